"""Which consents are in force. Whoever shows anything of a child asks here, at every reading."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from bala.people.enums import ConsentPurpose
from bala.people.models import Child, Consent, ConsentNotice


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
