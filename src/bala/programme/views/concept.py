"""Bringing a concept in: upload, review beside the source text, publish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.programme.access.concepts import (
    coordinated_campaigns,
    draft_document,
    importer,
    readable_document,
    readable_documents,
)
from bala.programme.actions.concept import (
    AlreadyPublished,
    attach_concept,
    discard_concept,
    publish_concept,
)
from bala.programme.actions.versions import publish_version
from bala.programme.enums import ConceptStatus
from bala.programme.forms.concept import UploadForm
from bala.programme.models import Campaign, ConceptDocument
from bala.programme.queries.concepts import alike_campaign, review_page
from bala.programme.queries.drafts import review_of
from bala.programme.queries.readiness import faults_of, notes_of
from bala.programme.queries.versions import differences

PAGE = 20


@require_GET
def concepts(request: HttpRequest) -> HttpResponse:
    """All documents that were brought in, and the way for another."""
    account = importer(request.user)
    page = page_of(
        readable_documents(account),
        order=["-uploaded_at", "-pk"],
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    form = UploadForm(account=account)
    return render(request, "programme/concept/list.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def concept_upload(request: HttpRequest) -> HttpResponse:
    """Read a document; what is wrong with it stands beside the field."""
    account = importer(request.user)
    form = UploadForm(request.POST or None, request.FILES or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            document = form.save()
        except PersonError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The document is read. Look through it, then publish."))
            return redirect("programme:concept_review", public_id=document.public_id)
    status = 422 if form.errors else 200
    return render(request, "programme/concept/upload.html", {"form": form}, status=status)


@require_GET
def concept_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft beside its source text."""
    document = readable_document(request.user, public_id)
    context = {
        "page": review_page(document),
        "document": document,
        "open": document.status == ConceptStatus.DRAFT,
    }
    return render(request, "programme/concept/review.html", context)


@require_http_methods(["GET", "POST"])
def concept_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then put a draft aside."""
    document = draft_document(request.user, public_id)
    if request.method == "POST":
        discard_concept(document=document)
        messages.success(request, _("The document is put aside. It stays in the list."))
        return redirect("programme:concepts")
    return render(request, "programme/concept/discard.html", {"document": document})


@require_POST
def concept_attach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the draft the next version of a campaign that already stands."""
    document = draft_document(request.user, public_id)
    account = importer(request.user)
    campaign = coordinated_campaigns(account).filter(slug=request.POST.get("campaign", "")).first()
    if campaign is not None:
        attach_concept(account=account, document=document, campaign=campaign)
    return redirect("programme:concept_publish", public_id=public_id)


@require_http_methods(["GET", "POST"])
def concept_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what publishing would do, with the checks; then do it."""
    document = readable_document(request.user, public_id)
    if document.status != ConceptStatus.DRAFT:
        return _published_before(request, document)
    if request.method == "POST":
        try:
            campaign = _publish(request, document)
        except AlreadyPublished:
            document.refresh_from_db()
            return _published_before(request, document)
        except PersonError as error:
            messages.error(request, str(error))
            return redirect("programme:concept_publish", public_id=public_id)
        messages.success(request, _("Published. The regions can plan now."))
        return redirect("programme:campaign_edit", slug=campaign.slug)
    return render(request, "programme/concept/publish.html", _checks(request, document))


def _publish(request: HttpRequest, document: ConceptDocument) -> Campaign:
    account = importer(request.user)
    if document.campaign is None:
        public = request.POST.get("public") == "1"
        return publish_concept(account=account, document=document, public=public)
    mark = request.POST.get("fingerprint", "")
    publish_version(account=account, document=document, fingerprint=mark)
    return document.campaign


def _checks(request: HttpRequest, document: ConceptDocument) -> dict[str, Any]:
    review = review_of(document)
    context: dict[str, Any] = {
        "document": document,
        "review": review,
        "faults": faults_of(review),
        "notes": notes_of(review),
        "activities": sum(len(block.lines) for block in review.blocks),
    }
    if document.campaign is not None:
        context["campaign"] = document.campaign
        context["differences"] = differences(document.campaign, review)
    else:
        context["alike"] = alike_campaign(review, list(coordinated_campaigns(request.user)[:200]))
    return context


def _published_before(request: HttpRequest, document: ConceptDocument) -> HttpResponse:
    if document.campaign is not None and document.status == ConceptStatus.PUBLISHED:
        messages.info(request, _("This document is already published."))
        return redirect("programme:campaign_edit", slug=document.campaign.slug)
    messages.info(request, _("This document is no longer under review."))
    return redirect(reverse("programme:concept_review", kwargs={"public_id": document.public_id}))
