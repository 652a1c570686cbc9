"""The families of the demonstration: a few to sign in as, and many that take part."""

from datetime import date, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.db import transaction

from bala.demo.actions.people import make_account
from bala.demo.actions.plans import SEED
from bala.demo.enums import (
    CHILDREN_OF_HOME,
    FAMILIES,
    FAMILY_COUNT,
    FATHERS,
    MOTHERS,
    NAMES_OF_CHILDREN,
)
from bala.kernel import clock
from bala.people.actions.children import ChildData, add_child
from bala.people.actions.consents import decide_consents
from bala.people.enums import ConsentMethod, ConsentPurpose, GuardianshipKind, Language, Role
from bala.people.models import Account, Child, Consent, Guardianship, RoleGrant
from bala.people.queries.consents import current_notices
from bala.people.queries.families import children_of
from bala.territory.enums import OrganisationKind
from bala.territory.models import District, Organisation, Region

NOBODYS = "families.example"  # where nobody signs in


@transaction.atomic
def make_families() -> None:
    """Make the families, unless they are there."""
    _make_signed_in()
    _make_second_guardian()
    _make_children_of_home()
    if not Account.objects.filter(email__endswith=f"@{NOBODYS}").exists():
        _make_many()


def _make_signed_in() -> None:
    for who, language, code, children in FAMILIES:
        guardian = make_account(who, language)
        if children_of(guardian).exists():
            continue
        for name, surname, born_on, purposes in children:
            child = add_child(
                guardian=guardian,
                kind=GuardianshipKind.PARENT,
                data=ChildData(
                    given_name=name,
                    family_name=surname,
                    born_on=date.fromisoformat(born_on),
                    region=Region.objects.get(iso_code=code),
                    language=Language(language),
                ),
            )
            if purposes:
                notices = current_notices(clock.today())
                decide_consents(
                    account=guardian,
                    child=child,
                    yes={ConsentPurpose(p): notices[ConsentPurpose(p)].version for p in purposes},
                    language=language,
                )


def _make_second_guardian() -> None:
    """The father sees the same children as the mother."""
    mother, father = make_account("guardian", "kk"), make_account("guardian2", "ru")
    for child in children_of(mother):
        Guardianship.objects.get_or_create(
            child=child, account=father, ended_at=None, defaults={"kind": GuardianshipKind.PARENT}
        )


def home_of_children() -> Organisation:
    """Return the children's home in Almaty that a representative of the demonstration acts for."""
    return Organisation.objects.filter(
        region__iso_code="KZ-75", kind=OrganisationKind.ORPHANAGE
    ).earliest("pk")


def _make_children_of_home() -> None:
    home = home_of_children()
    if Guardianship.objects.filter(organisation=home).exists():
        return
    director = RoleGrant.objects.filter(
        role=Role.REPRESENTATIVE, organisation=home, taken_at__isnull=True
    ).earliest("pk")
    chance = Random(f"{SEED}-home")
    children = [
        Child(
            given_name=name,
            family_name=surname,
            born_on=date(2005, 9, 1) + timedelta(days=chance.randrange(4000)),
            region_id=home.region_id,
            district_id=home.district_id,
            language="kk",
        )
        for name, surname in CHILDREN_OF_HOME
    ]
    Child.objects.bulk_create(children)
    ties = [
        Guardianship(child=child, organisation=home, kind=GuardianshipKind.INSTITUTION)
        for child in children
    ]
    Guardianship.objects.bulk_create(ties)
    _consent(ties[:-3], director.account, ConsentMethod.PAPER, [ConsentPurpose.TAKE_PART])


def _make_many() -> None:
    """Sixty families over all regions, each with one to three children; written in bulk."""
    regions = list(Region.objects.exclude(districts=None).order_by("pk").distinct())
    districts: dict[int, list[District]] = {}
    for district in District.objects.order_by("pk"):
        districts.setdefault(district.region_id, []).append(district)
    chance = Random(f"{SEED}-families")
    guardians = []
    for number in range(FAMILY_COUNT):
        is_mother = number % 4 != 3
        first, last = chance.choice(MOTHERS if is_mother else FATHERS)
        guardians.append(
            Account(
                email=f"family{number + 1:02d}@{NOBODYS}",
                full_name=f"{first} {last}",
                language="ru" if number % 3 == 2 else "kk",
                password="!",  # noqa: S106 - none: nobody signs in as them
            )
        )
    Account.objects.bulk_create(guardians)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in guardians
    )
    children, ties = [], []
    for number, guardian in enumerate(guardians):
        region = regions[number % len(regions)]
        surname = guardian.full_name.split()[-1]
        for _child in range(1 + (number % 5 > 1) + (number % 7 == 0)):
            own = districts.get(region.pk)
            child = Child(
                given_name=chance.choice(NAMES_OF_CHILDREN),
                family_name=surname,
                born_on=date(2005, 9, 1) + timedelta(days=chance.randrange(4100)),
                region=region,
                district=chance.choice(own) if own else None,
                language=guardian.language,
            )
            children.append(child)
            ties.append(Guardianship(child=child, account=guardian, kind=GuardianshipKind.PARENT))
    Child.objects.bulk_create(children)
    Guardianship.objects.bulk_create(ties)
    _consent(
        [tie for number, tie in enumerate(ties) if number % 9 != 8],
        None,
        ConsentMethod.ACCOUNT,
        list(ConsentPurpose),
    )


def _consent(
    ties: list[Guardianship],
    given_by: Account | None,
    method: ConsentMethod,
    purposes: list[ConsentPurpose],
) -> None:
    """Write consents of many children at once; `given_by` None: each guardian."""
    notices = current_notices(clock.today())
    Consent.objects.bulk_create(
        [
            Consent(
                child=tie.child,
                purpose=purpose,
                notice=notices[purpose],
                language=tie.child.language,
                given_by=given_by or tie.account,
                guardianship=tie,
                method=method,
                basis="№ 17, 14.05.2021" if method == ConsentMethod.PAPER else "",
            )
            for tie in ties
            for purpose in purposes
            if purpose in notices
        ]
    )
