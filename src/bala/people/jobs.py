"""Letters of the room."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from bala.people.models import RoleGrant


@app.task(name="people.send_invitation")
def send_invitation(grant_id: int, is_new: bool) -> None:
    """Tell a person about the new role; whoever is new gets a link to choose a password."""
    grant = (
        RoleGrant.objects.select_related("account", "region", "organisation", "given_by")
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
        text = render_to_string(
            "people/email/invitation.txt",
            {"grant": grant, "account": account, "url": f"{settings.BALA_BASE_URL}{path}"},
        )
    subject, _gap, body = text.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [account.email])
