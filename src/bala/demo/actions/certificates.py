"""Certificates of the demonstration: designs of each kind, and some that were issued."""

from datetime import date
from typing import Any

from django.db import transaction

from bala.certificates.access import IssuingPlace, Office, office_of
from bala.certificates.actions import Award, Occasion, Recipient, issue_many, revoke
from bala.certificates.actions.designs import approve_design, make_design
from bala.certificates.enums import Kind
from bala.certificates.models import Certificate, Design
from bala.certificates.queries.wording import FIRST_WORDS
from bala.demo.actions.people import make_account
from bala.demo.enums import CAMPAIGN_SLUG
from bala.kernel.errors import PersonError
from bala.people.access import taking_part
from bala.people.enums import Role
from bala.people.models import Account, Child, RoleGrant
from bala.people.queries.families import children_of
from bala.territory.models import Organisation

MINISTRY = {
    "issuer_kk": "Қазақстан Республикасының Білім және ғылым министрлігі",
    "issuer_ru": "Министерство образования и науки Республики Казахстан",
    "issuer_en": "Ministry of Education and Science of the Republic of Kazakhstan",
}
SIGNED = [
    {"name": "С. Ахметова", "post_kk": "Науқан үйлестірушісі", "post_ru": "Координатор акции"}
]
RELAY = Occasion(
    kk="«Отбасылық эстафета» спорт мерекесі",
    ru="спортивный праздник «Семейная эстафета»",
    en="Family relay",
)
DREAMS = Occasion(
    kk="«Балалар не армандайды?» бейнебайқауы",
    ru="видеоконкурс «О чем мечтают дети»",
    en="Video contest “What children dream of”",
)
CINEMA = Occasion(kk="«Мейірімділік – балаларға»", ru="«Добро – детям»", en="Kindness to children")
ISSUED_ON = date(2021, 5, 28)


@transaction.atomic
def make_certificates() -> None:
    """Make designs and certificates, unless they are there."""
    if Design.objects.filter(campaign_slug=CAMPAIGN_SLUG).exists():
        return
    office = office_of(make_account("coordinator"), CAMPAIGN_SLUG)
    designs = _designs(office)
    _to_families(office, designs)
    _to_adults(office, designs)
    _of_the_host(designs[Kind.PARTICIPATION])


def _designs(office: Office) -> dict[Kind, Design]:
    own: dict[Kind, dict[str, Any]] = {
        Kind.DIPLOMA: {"block": 4},
        Kind.PARTICIPATION: {"block": 1},
        Kind.LETTER: {"block": 6},
        Kind.VOUCHER: {
            "block": 6,
            "value_kk": "Киноға 2 билет",
            "value_ru": "2 билета в кино",
            "terms_kk": "2021 жылғы 20 маусымға дейін «Арман» кинотеатрында жарамды. Ақшаға айырбасталмайды.",
            "terms_ru": "Действует до 20 июня 2021 года в кинотеатре «Арман». Не обменивается на деньги.",
        },
        Kind.POSTER: {
            "block": 4,
            "heading_kk": "Балалар не армандайды?",
            "heading_ru": "О чем мечтают дети?",
            "lead_kk": "10–17 жастағы блогерлердің бейнебайқауы",
            "lead_ru": "Видеоконкурс блогеров 10–17 лет",
            "body_kk": "Арманың туралы екі минуттық бейне түсіріп, бізге жібер. Финал – 1 маусымда.",
            "body_ru": "Сними двухминутное видео о своей мечте и пришли нам. Финал – 1 июня.",
            "link": f"/kk/{CAMPAIGN_SLUG}/",
        },
    }
    made = {}
    for kind, words in own.items():
        values = {**FIRST_WORDS[kind], **MINISTRY, "signatories": SIGNED, **words}
        values["label"] = str(Kind(kind).label).capitalize()
        design = make_design(office=office, place=IssuingPlace(), kind=kind, values=values)
        made[kind] = approve_design(by=office.account, design=design, revision=design.revision)
    return made


def _to_families(office: Office, designs: dict[Kind, Design]) -> None:
    """The children of the guardian who can be signed in as, and of some other families."""
    own = list(children_of(Account.objects.get(email="guardian@demo.example")))
    others = list(
        Child.objects.filter(erased_at__isnull=True)
        .exclude(pk__in=[child.pk for child in own])
        .order_by("pk")[:40]
    )
    agreed = [child for child in [*own, *others] if _may(child)]
    relay = [Award(Recipient.of_child(child)) for child in agreed]
    _issue(office, designs[Kind.PARTICIPATION], RELAY, relay)
    winners = [Award(Recipient.of_child(child), place) for place, child in enumerate(agreed[:3], 1)]
    _issue(office, designs[Kind.DIPLOMA], DREAMS, winners)
    _issue(office, designs[Kind.VOUCHER], CINEMA, [Award(Recipient.of_child(agreed[0]))])
    wrong = Certificate.objects.filter(design=designs[Kind.PARTICIPATION]).latest("number")
    revoke(
        by=office.account, certificate=wrong, reason="Қате берілген: қатысқан жоқ / Выдан по ошибке"
    )


def _may(child: Child) -> bool:
    try:
        taking_part(child)
    except PersonError:
        return False
    return True


def _to_adults(office: Office, designs: dict[Kind, Design]) -> None:
    house = Organisation.objects.filter(region__iso_code="KZ-75").earliest("pk")
    thanked = [
        Award(Recipient.named("Лаура Исаева", is_public=True)),
        Award(Recipient.of_organisation(house, language="both")),
    ]
    _issue(office, designs[Kind.LETTER], CINEMA, thanked)


def _of_the_host(design: Design) -> None:
    """A class that the host of the demonstration gave certificates to, by plain names."""
    host = Account.objects.get(email="host@demo.example")
    grant = RoleGrant.objects.select_related("organisation__region").get(
        account=host, role=Role.HOST, taken_at__isnull=True
    )
    names = ("Айару Бекен", "Нұрислам Қайрат", "Дарья Ким", "Іңкәр Әділхан", "Ұлан О’Коннор-Өтеген")
    issue_many(
        by=host,
        design=design,
        occasion=RELAY,
        awards=[Award(Recipient.named(name, detail="5 «А»")) for name in names],
        issued_on=ISSUED_ON,
        region=grant.organisation.region if grant.organisation else None,
        organisation=grant.organisation,
    )


def _issue(office: Office, design: Design, occasion: Occasion, awards: list[Award]) -> None:
    issue_many(
        by=office.account, design=design, occasion=occasion, awards=awards, issued_on=ISSUED_ON
    )
