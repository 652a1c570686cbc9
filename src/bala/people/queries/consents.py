"""Which consents are in force. Whoever shows anything of a child asks here, at every reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere
from bala.kernel.translated import Shown, pick
from bala.people.enums import ConsentPurpose
from bala.people.models import Child, Consent, ConsentNotice

_SALT: Final = "bala.people.consents"


def in_force(consents: QuerySet[Consent] | None = None) -> QuerySet[Consent]:
    """Narrow consents (all of them unless given) to those that nobody has withdrawn."""
    found = Consent.objects.all() if consents is None else consents
    return found.filter(withdrawal__isnull=True)


def consented(child: str, *purposes: ConsentPurpose, about: str = "") -> Q:
    """Return the condition that the child in column `child` has every one of the purposes.

    `child` names the foreign key from the outer row ("child", "work__child"). A consent for any use
    counts, and one for the exact use `about`. Use it in filters, so that a withdrawal hides a thing
    in the moment it is written: `Picture.objects.filter(consented("child", PHOTO, PUBLICATION))`.
    """
    condition = Q()
    uses = {"", about}
    for purpose in purposes:
        condition &= Q(
            Exists(
                in_force().filter(child_id=OuterRef(f"{child}_id"), purpose=purpose, about__in=uses)
            )
        )
    return condition


def missing(
    child: Child, purposes: Iterable[ConsentPurpose], about: str = ""
) -> list[ConsentPurpose]:
    """Return those of `purposes` for which the child has no consent in force; one query."""
    found = set(
        in_force()
        .filter(child=child, about__in={"", about})
        .order_by()
        .values_list("purpose", flat=True)
    )
    return [purpose for purpose in purposes if purpose not in found]


def current_notice(purpose: ConsentPurpose) -> ConsentNotice:
    """Return the newest words of the purpose; ConsentNotice.DoesNotExist where none are loaded."""
    return ConsentNotice.objects.filter(purpose=purpose).order_by("-version")[:1].get()


def current_notices(day: date) -> dict[ConsentPurpose, ConsentNotice]:
    """Return the words in force on `day` by purpose, in the order in which they are asked; one query.

    A purpose for which no words are loaded is not asked for.
    """
    newest = {
        ConsentPurpose(notice.purpose): notice
        for notice in ConsentNotice.objects.filter(in_force_from__lte=day).order_by("version")
    }
    return {purpose: newest[purpose] for purpose in ConsentPurpose if purpose in newest}


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with one purpose for one child."""

    purpose: ConsentPurpose
    notice: ConsentNotice | None
    consent: Consent | None  # the newest in force; None: not consented

    @property
    def outdated(self) -> bool:
        """Whether the consent was given to older words: it holds, and is asked for anew."""
        return bool(self.consent and self.notice and self.consent.notice_id != self.notice.pk)


def standings(children: Iterable[Child], day: date) -> dict[int, list[Standing]]:
    """Return how each purpose stands for each child, by the child's row id; two queries."""
    ids = [child.pk for child in children]
    notices = current_notices(day)
    newest: dict[tuple[int, str], Consent] = {}
    for consent in (
        in_force()
        .filter(child__in=ids, about="")
        .select_related("notice", "given_by")
        .order_by("given_at", "pk")
    ):
        newest[consent.child_id, consent.purpose] = consent
    return {
        pk: [
            Standing(
                purpose,
                notices.get(purpose),
                newest.get((pk, purpose)),
            )
            for purpose in ConsentPurpose
        ]
        for pk in ids
    }


def history_of(child: Child) -> QuerySet[Consent]:
    """Return all consents that were ever given for the child, latest first, with their ends."""
    return (
        Consent.objects.filter(child=child)
        .select_related("notice", "given_by", "withdrawal", "withdrawal__withdrawn_by")
        .order_by("-given_at", "-pk")
    )


def withdrawal_token(consent: Consent) -> str:
    """Return what stands in the link that withdraws the consent. It does not grow old."""
    return Signer(salt=_SALT).sign(consent.public_id)


def consent_of_token(token: str) -> Consent:
    """Return the consent that a receipt's link names; raise NotHere for any other text."""
    try:
        public_id = Signer(salt=_SALT).unsign(token)
    except BadSignature as error:
        raise NotHere(_("This link is not whole. Copy all of it from the letter.")) from error
    found = (
        Consent.objects.filter(public_id=public_id)
        .select_related("child", "notice", "given_by")
        .first()
    )
    if found is None:
        raise NotHere(_("This link is not whole. Copy all of it from the letter."))
    return found


def words_read(consent: Consent) -> Shown:
    """Return the words in the language in which they were read and agreed to."""
    notice = consent.notice
    texts = {"kk": notice.text_kk, "ru": notice.text_ru, "en": notice.text_en}
    return pick(texts, consent.language)
