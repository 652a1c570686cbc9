"""Pictures of the demonstration, drawn by program: a queue as moderators find it in the morning."""

import io
from datetime import timedelta
from random import Random

from django.core.files.base import ContentFile

from bala.demo.actions.people import make_account
from bala.demo.actions.plans import SEED
from bala.files.actions import prepare, receive
from bala.kernel import clock
from bala.kernel.public_ids import new_public_id
from bala.people.actions import note_seen
from bala.people.enums import ConsentPurpose, Role, SeenWhy
from bala.people.models import Account, Child, RoleGrant
from bala.programme.actions.pictures import send_picture
from bala.programme.models import Campaign, Picture
from bala.safeguarding import access
from bala.safeguarding.actions import decide, report
from bala.safeguarding.models import ModerationItem

COUNT = 24
CAPTIONS = (
    ("kk", "Біздің отбасылық эстафета"),
    ("ru", "Рисунок на асфальте в парке"),
    ("kk", "Әжеммен бірге ағаш отырғыздық"),
    ("ru", "Наша команда в городской библиотеке"),
    ("kk", "Мектеп ауласындағы концерт"),
    ("ru", "Спортивный праздник во дворе"),
    ("kk", "Жануарлар бағына бардық"),
    ("ru", "Мы читали сказки по ролям"),
)
#: What the screening finds in some of them.
SPEAKING = {
    9: ("ru", "Пишите мне: 8 701 555 12 34"),
    13: ("kk", "Менің инстаграмым @dala_zhuldyzy"),
    17: ("ru", "Мне очень плохо, я не хочу жить"),
}
SKIES = ("#8fd3ff", "#ffd9a0", "#bfe8c8", "#ffc6d9", "#c9c4ff")
GROUNDS = ("#3d8f5f", "#c98b4b", "#557fb0", "#8a6bb0", "#d0a63c")


def make_pictures(campaign: Campaign) -> None:
    """Send in the pictures and decide on some, unless they are there."""
    if Picture.objects.filter(campaign=campaign).exists():
        return
    moderators = [make_account("moderator"), make_account("moderator2")]
    RoleGrant.objects.get_or_create(
        account=moderators[1], role=Role.MODERATOR, campaign_slug=campaign.slug, taken_at=None
    )
    desks = [access.desk_of(one) for one in moderators]
    chance = Random(f"{SEED}-pictures")
    activities = list(
        campaign.activities.filter(withdrawn_at__isnull=True).order_by("block__number", "number")
    )
    for number, (guardian, child) in enumerate(_families()):
        language, caption = SPEAKING.get(number) or CAPTIONS[number % len(CAPTIONS)]
        file = receive(owner=guardian, upload=ContentFile(_drawn(chance), name="picture.jpg"))
        prepare(file_id=file.pk)
        file.refresh_from_db()
        picture = send_picture(
            account=guardian,
            key=new_public_id(),
            activity=activities[(number * 5) % len(activities)],
            children=[child],
            caption=caption,
            language=language,
            file=file,
        )
        sent = clock.now() - timedelta(hours=1 + number * 2, minutes=chance.randrange(60))
        ModerationItem.objects.filter(pk=picture.moderation_id).update(
            submitted_at=sent, waiting_since=sent
        )
        if number not in SPEAKING:
            _decide(number, picture, desks)


def _families() -> list[tuple[Account, Child]]:
    """Return guardians with a child for whom everything is consented to; those of the sign-in first."""
    needed = (ConsentPurpose.TAKE_PART, ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION)
    found = []
    for child in Child.objects.filter(erased_at__isnull=True).order_by("pk"):
        tie = child.guardianships.filter(ended_at__isnull=True, account__isnull=False).first()
        all_given = child.consents.filter(withdrawal__isnull=True, purpose__in=needed)
        if tie is not None and all_given.values("purpose").distinct().count() == len(needed):
            found.append((tie.account, child))
        if len(found) == COUNT:
            break
    return found  # type: ignore[return-value] # the filter leaves no tie without an account


def _decide(number: int, picture: Picture, desks: list[access.Desk]) -> None:
    """A third is public, some are refused, one waits for a second look, one was reported."""
    if number % 3 == 2 and number > 3:
        return
    face = number % 2 == 0
    yes = number % 11 != 10
    turns = desks if yes and face else desks[:1]
    if number == 4:
        turns = desks[:1]  # the second moderator has not come yet
    for desk in turns:
        item = ModerationItem.objects.get(pk=picture.moderation_id)
        for child in item.children:
            note_seen(by=desk.account, child=child, why=SeenWhy.MODERATION)
        decide(
            desk=desk,
            item=item,
            revision=item.revision,
            approve=yes,
            shows_face=face,
            reason="" if yes else "quality",
        )
    if number == 6:
        item = ModerationItem.objects.get(pk=picture.moderation_id)
        report(
            item=item,
            reason="privacy",
            words="На снимке видна табличка с адресом.",
            language="ru",
            source="demonstration",
        )


def _drawn(chance: Random) -> bytes:
    """Draw a meadow with children under the sun."""
    from PIL import Image, ImageDraw  # heavy: only where it is used

    picture = Image.new("RGB", (960, 720), chance.choice(SKIES))
    brush = ImageDraw.Draw(picture)
    sun = chance.randrange(120, 800)
    brush.ellipse((sun - 70, 60, sun + 70, 200), fill="#ffcf33")
    ground = chance.choice(GROUNDS)
    hill = chance.randrange(380, 470)
    brush.ellipse((-300, hill, 700, 1200), fill=ground)
    brush.ellipse((300, hill + 40, 1300, 1300), fill=ground)
    for _child in range(chance.randrange(1, 5)):
        at, foot = chance.randrange(120, 840), chance.randrange(560, 660)
        shirt = chance.choice(("#e4572e", "#17bebb", "#ffc914", "#2e86ab", "#a23b72", "#f18f01"))
        brush.polygon(((at, foot - 150), (at - 45, foot), (at + 45, foot)), fill=shirt)
        brush.ellipse((at - 34, foot - 220, at + 34, foot - 152), fill="#f2c9a1")
        brush.pieslice((at - 36, foot - 224, at + 36, foot - 156), 180, 360, fill="#3b2a20")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
