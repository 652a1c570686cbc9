"""Correcting the draft: small pages without JavaScript, parts of the review page with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.middleware import HtmxDetails

from bala.kernel.errors import NotHere, PersonError
from bala.programme.access.concepts import draft_document, version_draft
from bala.programme.actions.concept_lines import (
    DraftChanged,
    delete_activity,
    delete_block,
    merge_activities,
    move_activity,
)
from bala.programme.forms.concept import (
    AddBlockForm,
    AddLineForm,
    BlockForm,
    FrontForm,
    LineForm,
    SplitForm,
)
from bala.programme.forms.concept_pairs import PairForm
from bala.programme.forms.stages import LineStagesForm
from bala.programme.models import ConceptDocument
from bala.programme.queries.concepts import review_page
from bala.programme.queries.drafts import ReviewBlock, ReviewLine, review_of


def _review_url(document: ConceptDocument, anchor: str = "") -> str:
    url = reverse("programme:concept_review", kwargs={"public_id": document.public_id})
    return f"{url}#{anchor}" if anchor else url


def _line(document: ConceptDocument, key: str) -> tuple[ReviewBlock, int, ReviewLine]:
    found = review_of(document).find_line(key)
    if found is None:
        raise NotHere(_("This line is no longer in the draft: somebody has joined or removed it."))
    return found


def _block(document: ConceptDocument, key: str) -> ReviewBlock:
    found = review_of(document).find_block(key)
    if found is None:
        raise NotHere(_("This block is no longer in the draft."))
    return found


def _form_page(  # what differs between the small pages
    request: HttpRequest,
    document: ConceptDocument,
    make: Callable[[QueryDict | None], Any],
    *,
    heading: str,
    button: str,
    anchor: str = "",
    template: str = "programme/concept/form.html",
    back: str = "",
) -> HttpResponse:
    """Show a form over a piece of the draft and save it; a conflict shows both versions.

    From it one comes back to the `anchor` in the review, or to `back`.
    """
    form = make(request.POST if request.method == "POST" else None)
    conflict: Sequence[tuple[str, str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save(document)
        except DraftChanged as error:
            document.refresh_from_db()
            form, conflict = _again(form, make, request, error)
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            place = made if isinstance(made, str) else anchor
            return redirect(back or _review_url(document, place))
    context = {
        "document": document,
        "form": form,
        "heading": heading,
        "button": button,
        "conflict": conflict,
        "back": back or _review_url(document, anchor),
    }
    status = 409 if conflict is not None else 422 if form.errors else 200
    return render(request, template, context, status=status)


def _again(
    form: forms.Form,
    make: Callable[[QueryDict | None], Any],
    request: HttpRequest,
    error: Exception,
) -> tuple[Any, list[tuple[str, str, str]]]:
    """Make the form again over the present state, with what was typed; list where they differ."""
    fresh = make(None)
    data = request.POST.copy()
    data[fresh.add_prefix("revision")] = str(fresh.initial["revision"])
    again = make(data)
    again.is_valid()
    again.add_error(None, str(error))
    differ = [
        (str(fresh.fields[name].label), _words(fresh, name), _words_typed(form, name))
        for name in fresh.fields
        if name != "revision" and _plain(fresh.initial.get(name)) != _plain(form.cleaned_data[name])
    ]
    return again, differ


def _plain(value: Any) -> Any:
    return value or None


def _words(form: forms.Form, name: str) -> str:
    return _say(form.fields[name], form.initial.get(name))


def _words_typed(form: forms.Form, name: str) -> str:
    return _say(form.fields[name], form.cleaned_data[name])


def _say(field: forms.Field, value: Any) -> str:
    choices = dict(_flat(cast(Any, field).choices)) if isinstance(field, forms.ChoiceField) else {}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one not in (None, "")) or "–"


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Give the choices of a field without the groups that they stand in."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


@require_http_methods(["GET", "POST"])
def concept_front(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft's words about the whole campaign."""
    document = draft_document(request.user, public_id)
    return _form_page(
        request,
        document,
        lambda data: FrontForm(data, review=review_of(document)),
        heading=_("About the campaign"),
        button=_("Save"),
        anchor="front",
    )


@require_http_methods(["GET", "POST"])
def concept_block(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """A block's number, title and goal."""
    document = draft_document(request.user, public_id)
    return _form_page(
        request,
        document,
        lambda data: BlockForm(data, block=_block(document, key)),
        heading=_("Block"),
        button=_("Save"),
        anchor=key,
    )


@require_http_methods(["GET", "POST"])
def concept_block_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A block that the document does not have."""
    document = draft_document(request.user, public_id)
    return _form_page(request, document, AddBlockForm, heading=_("Add a block"), button=_("Add"))


@require_http_methods(["GET", "POST"])
def concept_line_add(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """An activity that the document does not have."""
    document = draft_document(request.user, public_id)
    return _form_page(
        request,
        document,
        lambda data: AddLineForm(data, block=_block(document, key)),
        heading=_("Add an activity"),
        button=_("Add"),
        anchor=key,
    )


@require_http_methods(["GET", "POST"])
def concept_split(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Cut a line in two."""
    document = draft_document(request.user, public_id)
    return _form_page(
        request,
        document,
        lambda data: SplitForm(data, line=_line(document, key)[2]),
        heading=_("Cut the line in two"),
        button=_("Cut"),
        anchor=key,
    )


@require_http_methods(["GET", "POST"])
def concept_stages(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The steps of a contest."""
    document = draft_document(request.user, public_id)
    return _form_page(
        request,
        document,
        lambda data: LineStagesForm(data, line=_line(document, key)[2]),
        heading=_("Stages of the contest"),
        button=_("Save"),
        anchor=key,
        template="programme/concept/stages.html",
    )


@require_http_methods(["GET", "POST"])
def concept_pair(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Say which activity of the campaign a line of its next version is."""
    document = version_draft(request.user, public_id)
    publish_url = reverse("programme:concept_publish", kwargs={"public_id": public_id})
    return _form_page(
        request,
        document,
        lambda data: PairForm(data, document=document, line=_line(document, key)[2]),
        heading=_("Which activity is this?"),
        button=_("Save"),
        template="programme/concept/pair.html",
        back=f"{publish_url}#{key}",
    )


@require_http_methods(["GET", "POST"])
def concept_line(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """An activity's titles, kind, level, formats, dates and ages; in place with htmx."""
    document = draft_document(request.user, public_id)
    form = LineForm(request.POST or None, line=_line(document, key)[2])
    conflict: Sequence[tuple[str, str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            form.save(document)
        except DraftChanged as error:
            document.refresh_from_db()
            form, conflict = _again(
                form,
                lambda data: LineForm(data, line=_line(document, key)[2]),
                request,
                error,
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            if not _in_place(request):
                return redirect(_review_url(document, key))
            document.refresh_from_db()
            return _line_part(request, document, key)
    if request.method == "GET" and request.GET.get("shown") == "1" and _in_place(request):
        return _line_part(request, document, key)
    context = {
        "document": document,
        "form": form,
        "line": form.line,
        "conflict": conflict,
        "back": _review_url(document, key),
    }
    if _in_place(request):  # htmx puts in place what comes with 200 only
        return render(request, "programme/concept/_line_form.html", context)
    status = 409 if conflict is not None else 422 if form.errors else 200
    return render(request, "programme/concept/line.html", context, status=status)


def _in_place(request: HttpRequest) -> bool:
    return bool(cast(HtmxDetails, cast(Any, request).htmx))


def _line_part(request: HttpRequest, document: ConceptDocument, key: str) -> HttpResponse:
    block, index, line = _line(document, key)
    context = {
        "document": document,
        "page": review_page(document),
        "block": block,
        "line": line,
        "number": index + 1,
        "last": index + 1 == len(block.lines),
        "open": True,
    }
    return render(request, "programme/concept/_line.html", context)


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0


@require_POST
def concept_merge(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Join a line with the next."""
    document = draft_document(request.user, public_id)
    return _step(
        request,
        document,
        key,
        lambda: merge_activities(document=document, key=key, revision=_revision(request)),
    )


@require_POST
def concept_move(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Move a line up or down."""
    document = draft_document(request.user, public_id)
    step = -1 if request.POST.get("step") == "up" else 1
    return _step(
        request,
        document,
        key,
        lambda: move_activity(document=document, key=key, revision=_revision(request), step=step),
    )


@require_http_methods(["GET", "POST"])
def concept_line_delete(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Ask, then take a line out of the draft."""
    document = draft_document(request.user, public_id)
    block, _index, line = _line(document, key)
    if request.method == "POST":
        return _step(
            request,
            document,
            block.key,
            lambda: delete_activity(document=document, key=key, revision=_revision(request)),
        )
    context = {"document": document, "piece": line, "back": _review_url(document, key)}
    return render(request, "programme/concept/delete.html", context)


@require_http_methods(["GET", "POST"])
def concept_block_delete(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Ask, then take a block with its lines out of the draft."""
    document = draft_document(request.user, public_id)
    block = _block(document, key)
    if request.method == "POST":
        return _step(
            request,
            document,
            "front",
            lambda: delete_block(document=document, key=key, revision=_revision(request)),
        )
    context = {
        "document": document,
        "piece": block,
        "lines": block.lines,
        "back": _review_url(document, key),
    }
    return render(request, "programme/concept/delete.html", context)


def _step(
    request: HttpRequest, document: ConceptDocument, anchor: str, do: Callable[[], None]
) -> HttpResponse:
    """Take a step on the draft, say what went wrong, and come back to the place."""
    try:
        do()
    except PersonError as error:
        messages.error(request, str(error))
    return redirect(_review_url(document, anchor))
