"""Names and passwords for children: pseudonyms that say nothing of who it is."""

import re
import secrets
from typing import Final

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError
from bala.kernel.search import fold
from bala.people.models import Account, Child

# Short words that a child can type on any keyboard: animals, plants, things of the sky and steppe.
WORDS: Final = (
    *("alma", "anar", "arman", "aspan", "balyq", "barys", "bulaq", "bulut", "gul", "jel"),
    *("juldyz", "kun", "kiik", "kemer", "kobelek", "laq", "minbe", "mysyq", "nur", "oshaq"),
    *("qarga", "qayin", "qoyan", "qulyn", "quyash", "sagat", "samal", "shana", "taban", "tau"),
    *("teniz", "terek", "tulpar", "tulki", "ular", "urpaq", "ushaq", "jidek", "jusan", "zere"),
)
SHAPE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NotASignInName(PersonError):
    """The name cannot be used to sign in; the message says why."""


def proposed_name() -> str:
    """Return a free name: two words and a number."""
    while True:
        words = "-".join(secrets.choice(WORDS) for _ in range(2))
        name = f"{words}-{secrets.randbelow(90) + 10}"
        if not Account.objects.filter(sign_in_name=name).exists():
            return name


def proposed_password() -> str:
    """Return a password of four words and a number: some 28 bits, guarded by limits of sign-in."""
    words = "-".join(secrets.choice(WORDS) for _ in range(4))
    return f"{words}-{secrets.randbelow(90) + 10}"


def clean_sign_in_name(text: str, child: Child) -> str:
    """Return the name as it is kept. Raises NotASignInName: its shape, or it names the child."""
    name = text.strip().lower()
    if not 4 <= len(name) <= 30 or SHAPE.fullmatch(name) is None:
        raise NotASignInName(
            _("4 to 30 Latin letters and digits, with hyphens between: for example, barys-alma-27.")
        )
    told = {fold(child.given_name), fold(child.family_name), str(child.born_on.year)} - {""}
    if any(part in told for part in fold(name.replace("-", " ")).split()):
        raise NotASignInName(_("Leave the child's name, surname and year of birth out of it."))
    return name
