"""The people of the demonstration: one for each role."""

from bala.demo.enums import PASSWORD
from bala.people.actions import confirm_address
from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.programme.models import Campaign
from bala.territory.enums import OrganisationKind
from bala.territory.models import District, Organisation, Region

NAMES = {
    "coordinator": "Сәуле Ахметова",
    "two-step": "Динара Смағұлова",
    "organiser": "Ержан Оспанов",
    "district": "Гүлнар Төлегенова",
    "turkistan": "Бақыт Жұмабаев",
    "host": "Айгүл Сәрсенова",
    "library": "Наталья Ким",
    "editor": "Дана Қасымова",
    "moderator": "Жанар Әбенова",
    "moderator2": "Тимур Садықов",
    "juror": "Олег Петренко",
    "lawyer": "Марат Жүнісов",
    "inspector": "Асхат Бекмұратов",
    "benefactor": "Лаура Исаева",
    "representative": "Роза Қалиева",
    "teacher": "Светлана Ахметова",
    "guardian": "Гүлмира Нұрланова",
    "guardian2": "Нұрлан Сейітов",
    "guardian3": "Виктор Ким",
}


def make_account(who: str, language: str = "ru") -> Account:
    """Make (or find) an account of the demonstration."""
    email = f"{who}@demo.example"
    account = Account.objects.filter(email=email).first() or Account.objects.create_user(
        email, PASSWORD, full_name=NAMES[who], language=language
    )
    confirm_address(account=account)
    return account


def give_roles(campaign: Campaign) -> None:
    """Give each person of the demonstration a role; Almaty is where most of them work."""
    coordinator = make_account("coordinator")
    almaty = Region.objects.get(iso_code="KZ-75")
    turkistan = Region.objects.get(iso_code="KZ-61")
    medeu = District.objects.get(region=almaty, name_kk="Медеу ауданы")
    hosts = Organisation.objects.filter(region=almaty, district=medeu).order_by("pk")
    scopes: list[tuple[str, Role, dict[str, object]]] = [
        ("organiser", Role.ORGANISER, {"region": almaty}),
        ("district", Role.ORGANISER, {"region": almaty, "district": medeu}),
        ("turkistan", Role.ORGANISER, {"region": turkistan}),
        (
            "host",
            Role.HOST,
            {"organisation": hosts.filter(kind=OrganisationKind.SCHOOL).first(), "region": almaty},
        ),
        (
            "library",
            Role.HOST,
            {"organisation": hosts.filter(kind=OrganisationKind.LIBRARY).first(), "region": almaty},
        ),
        ("editor", Role.EDITOR, {}),
        ("moderator", Role.MODERATOR, {}),
        ("moderator2", Role.MODERATOR, {}),
        ("juror", Role.JUROR, {"region": almaty}),
        ("lawyer", Role.LAWYER, {"region": almaty}),
        ("inspector", Role.INSPECTOR, {"region": almaty}),
        ("benefactor", Role.BENEFACTOR, {}),
        (
            "representative",
            Role.REPRESENTATIVE,
            {
                "organisation": Organisation.objects.filter(
                    region=almaty, kind=OrganisationKind.ORPHANAGE
                )
                .order_by("pk")
                .first(),
                "region": almaty,
            },
        ),
        (
            "teacher",
            Role.HOST,
            {"organisation": hosts.filter(kind=OrganisationKind.SCHOOL).last(), "region": almaty},
        ),
    ]
    for who, role, scope in scopes:
        account = make_account(who, "kk" if who in ("host", "turkistan") else "ru")
        RoleGrant.objects.get_or_create(
            account=account,
            role=role,
            campaign_slug=campaign.slug,
            taken_at=None,
            **scope,
            defaults={"given_by": coordinator, "reason": "Приказ № 214 от 12.05.2021"},
        )
    _give_regions(campaign, coordinator)


def _give_regions(campaign: Campaign, coordinator: Account) -> None:
    """Give every other region an organiser, so that letters have somebody to reach."""
    organised = RoleGrant.objects.filter(role=Role.ORGANISER, campaign_slug=campaign.slug)
    taken = set(organised.values_list("region_id", flat=True))
    for region in campaign.regions.exclude(pk__in=taken).order_by("iso_code"):
        account = Account.objects.create_user(
            f"{region.iso_code.lower()}@regions.example",
            None,
            full_name=f"Білім басқармасы, {region.name_kk}",
            language="kk",
        )
        RoleGrant.objects.create(
            account=account,
            role=Role.ORGANISER,
            campaign_slug=campaign.slug,
            region=region,
            given_by=coordinator,
            reason="Приказ № 214 от 12.05.2021",
        )
