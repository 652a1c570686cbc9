"""Letters of the room."""

import html
import json

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from bala.kernel import queue
from bala.people.models import RoleGrant


@app.task(name="people.send_invitation")
def send_invitation(grant_id: int, is_new: bool) -> None:
    """Tell a person about the new role; whoever is new gets a link to choose a password."""
    grant = (
        RoleGrant.objects.select_related(
            "account", "region", "district", "organisation", "given_by"
        )
        .filter(pk=grant_id, taken_at__isnull=True)
        .first()
    )
    if grant is None:  # taken back before the letter went out
        return
    account = grant.account
    with translation.override(account.language):
        if is_new or not account.has_usable_password():
            key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
            uid, token = key.split("-", 1)
            path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        else:
            path = reverse("account_login")
        context = {
            "role": str(grant.get_role_display()),
            "where": html.unescape(
                render_to_string("people/_scope.html", {"grant": grant})
            ).strip(),
            "given_by": str(grant.given_by or ""),
            "reason": grant.reason,
            "url": f"{settings.BALA_BASE_URL}{path}",
        }
    queue.defer(
        "notify.tell",
        account_id=account.pk,
        kind="people.invitation",
        key=f"invitation:{grant.public_id}",
        context=json.dumps(context, ensure_ascii=False),
        about=grant.campaign_slug,
    )
