"""What the room does by itself: letters, take-outs, erasures."""

import html
import json

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from bala.kernel import queue
from bala.people.actions import coming_of_age, erasure, invitations, take_out
from bala.people.models import GuardianInvitation, RoleGrant
from bala.people.queries.invitations import invitation_token, is_open


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


@app.task(name="people.make_take_out")
def make_take_out(take_out_id: int) -> None:
    """Put together all that is kept on a family; twice does no harm."""
    take_out.make_take_out(take_out_id=take_out_id)


@app.periodic(cron="*/30 * * * *")
@app.task(name="people.erase_due", queueing_lock="people.erase_due")
def erase_due(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Erase the families whose day has come, each by itself; delete what has grown old.

    The last letter goes out when everything is gone, to an address that is kept nowhere any more: if
    the worker dies in between, it is not sent. The letter that announced the day was.
    """
    take_out.forget_take_outs()
    invitations.forget_addresses()
    for child_id in erasure.forsaken_children():
        erasure.erase_forsaken(child_id=child_id)
    for request_id in erasure.due_erasures():
        gone = erasure.erase_family(request_id=request_id)
        if gone is not None:
            address, language = gone
            with translation.override(language):
                send_mail(
                    _("Your family's data is erased"),
                    render_to_string("people/mails/erased.txt"),
                    None,
                    [address],
                )


@app.task(name="people.send_guardian_invitation")
def send_guardian_invitation(invitation_id: int) -> None:
    """Write to whoever is asked to represent a child too: perhaps somebody without an account."""
    invitation = (
        GuardianInvitation.objects.select_related("child", "invited_by")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None or not invitation.email or not is_open(invitation):
        return
    with translation.override(invitation.language):
        path = reverse("people:join", kwargs={"token": invitation_token(invitation)})
        context = {
            "child": invitation.child.given_name,
            "who": invitation.invited_by.full_name,
            "url": f"{settings.BALA_BASE_URL.rstrip('/')}{path}",
            "until": invitation.expires_at,
        }
        send_mail(
            _("You are asked to represent a child on the platform Bala"),
            render_to_string("people/mails/guardian_invitation.txt", context),
            None,
            [invitation.email],
        )


@app.periodic(cron="10 */6 * * *")
@app.task(name="people.come_of_age", queueing_lock="people.come_of_age")
def come_of_age(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Pass the accounts of those who are of age to them; several times a day, it is done once."""
    for child_id in coming_of_age.grown_children():
        coming_of_age.pass_to_person(child_id=child_id)
