"""Children and their guardians, and what others may read of a child."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bala.kernel.search import SearchText, search_query
from bala.people.enums import Role
from bala.people.models import Account, Child, Guardianship
from bala.people.queries.rights import rights_of
from bala.territory.enums import OrganisationKind
from bala.territory.models import Organisation, Region

# What the public reads in place of an age, in whole years from and to.
AGE_BANDS = ((0, 6), (7, 9), (10, 13), (14, 17))


@dataclass(frozen=True, slots=True)
class PublicAuthor:
    """All that the public may read of a child (docs: children first, rule 5)."""

    name: str  # first name, or the name that the family chose
    age_band: str  # "7–9"; "18+" once grown up
    region_id: int


def age_on(born_on: date, day: date) -> int:
    """Return the whole years between birth and `day`; who is born on 29 February ages on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_band(born_on: date, day: date) -> str:
    """Return the age band on `day`, as shown: "10–13"."""
    age = age_on(born_on, day)
    for first, last in AGE_BANDS:
        if age <= last:
            return f"{first}–{last}"
    return "18+"


def public_author(child: Child, day: date) -> PublicAuthor:
    """Return what the public may read of the child on `day`."""
    return PublicAuthor(
        child.pseudonym or child.given_name, age_band(child.born_on, day), child.region_id
    )


def guardianships_of(account: Account) -> QuerySet[Guardianship]:
    """Return the guardianships in force that the person acts for: one's own, and those of the
    institutions that one represents."""
    institutions = [
        scope.organisation_id for scope in rights_of(account).scopes.get(Role.REPRESENTATIVE, ())
    ]
    return Guardianship.objects.filter(
        Q(account=account) | Q(organisation_id__in=institutions), ended_at__isnull=True
    )


def children_of(account: Account) -> QuerySet[Child]:
    """Return the children whom the person represents, eldest first; erased ones are not there."""
    return Child.objects.filter(
        pk__in=guardianships_of(account).values("child_id"), erased_at__isnull=True
    ).order_by("born_on", "pk")


def family_of(account: Account) -> QuerySet[Child]:
    """Return the children whom the person represents as oneself, and not as an institution's."""
    own = Guardianship.objects.filter(account=account, ended_at__isnull=True)
    return Child.objects.filter(pk__in=own.values("child_id"), erased_at__isnull=True).order_by(
        "born_on", "pk"
    )


SCHOOL_KINDS = (
    OrganisationKind.SCHOOL,
    OrganisationKind.COLLEGE,
    OrganisationKind.KINDERGARTEN,
    OrganisationKind.BOARDING_SCHOOL,
)


def schools_named(region: Region, text: str) -> QuerySet[Organisation]:
    """Return the schools, colleges and kindergartens of a region with every word of `text`."""
    found = Organisation.objects.filter(region=region, kind__in=SCHOOL_KINDS, is_active=True)
    if text.strip():
        query = search_query(text)
        if query is None:
            return found.none()
        found = found.alias(words=SearchText("name_kk", "name_ru", "name_en")).filter(words=query)
    return found.order_by("sort_key", "pk")


def guardians_of(child: Child) -> QuerySet[Guardianship]:
    """Return the guardianships of the child that are in force, the earliest first, with persons."""
    return (
        Guardianship.objects.filter(child=child, ended_at__isnull=True)
        .select_related("account", "organisation")
        .order_by("began_at", "pk")
    )
