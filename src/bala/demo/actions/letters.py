"""Letters with which the demonstration begins."""

from bala.demo.actions.people import make_account
from bala.notify.actions.preferences import choose
from bala.notify.enums import Way
from bala.notify.models import Message
from bala.notify.queries.kinds import kind_of
from bala.programme.actions.reminders import write_to_responsible
from bala.programme.models import Campaign
from bala.territory.models import Region

GAP = "programme.gap"
#: Region, line of the concept, what the coordinator asks.
QUESTIONS = (
    (
        "KZ-75",
        (8, 4),
        "Осмотр бассейнов в плане города не указан. Когда он пройдёт и кто за него отвечает?",
    ),
    (
        "KZ-75",
        (6, 4),
        "Сколько бесплатных мест дадут кинотеатры и музеи? Внесите их в план до 1 июня.",
    ),
    (
        "KZ-61",
        (8, 6),
        "Проверка аттракционов в парках ещё не начата. Сообщите дату и состав комиссии.",
    ),
)


def make_letters(campaign: Campaign) -> None:
    """Let the coordinator write to two regions, unless it was done; Almaty reads once a day."""
    if Message.objects.filter(kind=GAP, about=campaign.slug).exists():
        return
    choose(account=make_account("organiser"), ways={kind_of(GAP): Way.DIGEST})
    coordinator = make_account("coordinator")
    for iso_code, (block, number), text in QUESTIONS:
        activity = campaign.activities.filter(block__number=block, number=number).first()
        write_to_responsible(
            account=coordinator,
            campaign=campaign,
            activity=activity,
            region=Region.objects.get(iso_code=iso_code),
            text=text,
        )
