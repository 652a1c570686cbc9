"""Planting: a family that takes part, with a word of its own in every personal field."""

import base64
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bala.certificates.models import Batch, Certificate, Design, Series
from bala.concept.enums import ActivityKind
from bala.files.actions import prepare, receive
from bala.files.models import StoredFile, Upload
from bala.kernel import clock
from bala.kernel.public_ids import new_public_id
from bala.notify.models import Address, Message
from bala.pages.actions.canary.needles import Needles
from bala.people.actions.consents import decide_consents
from bala.people.enums import ConsentPurpose, GuardianshipKind, Role
from bala.people.models import (
    Account,
    ActivityRecord,
    Child,
    ChildImport,
    ClassGroup,
    GuardianInvitation,
    Guardianship,
    RoleGrant,
    TakeOut,
)
from bala.people.queries.consents import current_notices
from bala.programme.actions.pictures import send_picture
from bala.programme.enums import CampaignStatus, PlanStatus
from bala.programme.models import Activity, Block, Campaign, Picture, PlanItem
from bala.programme.queries.campaigns import current_campaign
from bala.safeguarding import access
from bala.safeguarding.actions import decide, report
from bala.safeguarding.models import Decision, ModerationItem, Report, SecondLook
from bala.territory.enums import OrganisationKind
from bala.territory.models import Organisation, Region

HERE, THERE = "KZ-75", "KZ-79"


@dataclass(slots=True)
class Planted:
    """What was planted, and what is needed to read around it."""

    campaign: Campaign
    region: Region
    activity: Activity
    item: PlanItem
    needles: Needles = field(default_factory=Needles)
    # Public ids of what holds a word, by the room in whose addresses they stand.
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    consent: str = ""  # public id of one
    files: list[StoredFile] = field(default_factory=list)
    readers: dict[str, Account] = field(default_factory=dict)  # whom none of it concerns


def plant() -> Planted:
    """Plant the family and its readers; inside a transaction that the caller takes back."""
    planted = _ground()
    guardian, child = _family(planted)
    _letters(planted, guardian)
    _contributions(planted, guardian, child)
    _certificate(planted, child, guardian)
    _readers(planted)
    return planted


def _ground() -> Planted:
    """Take the campaign of the day, or make one where there is none yet."""
    today = clock.today()
    here = Region.objects.get(iso_code=HERE)
    campaign = current_campaign()
    if campaign is None or campaign.status != CampaignStatus.PUBLISHED:
        campaign = Campaign.objects.create(
            slug=f"canary-{new_public_id()}",
            title_kk="Сынақ науқаны",
            title_ru="Проверочная кампания",
            title_en="A campaign to test with",
            starts_on=today,
            ends_on=today + timedelta(days=30),
            status=CampaignStatus.PUBLISHED,
        )
    campaign.regions.add(here)
    activity = campaign.activities.filter(withdrawn_at__isnull=True).order_by("pk").first()
    if activity is None:
        block = Block.objects.create(campaign=campaign, number=1, title_kk="Блок", title_ru="Блок")
        activity = Activity.objects.create(
            campaign=campaign,
            block=block,
            number=1,
            kind=ActivityKind.SPORT,
            title_kk="Іс-шара",
            title_ru="Мероприятие",
        )
    item = PlanItem.objects.create(
        campaign=campaign,
        activity=activity,
        region=here,
        title_kk="Отбасылық эстафета",
        title_ru="Семейная эстафета",
        title_en="A relay of families",
        starts_on=today,
        ends_on=today,
        status=PlanStatus.APPROVED,
    )
    return Planted(campaign, here, activity, item)


def _family(planted: Planted) -> tuple[Account, Child]:
    needles = planted.needles
    guardian = _account(
        full_name=f"{needles.word('people.Account.full_name')} Canary",
        email=f"{needles.word('people.Account.email')}@example.kz".lower(),
    )
    school = Organisation.objects.create(
        region=planted.region,
        kind=OrganisationKind.SCHOOL,
        name_kk=needles.word("people.Child.school"),
        is_active=False,  # listed nowhere: it can be read only as this child's school
    )
    child = Child.objects.create(
        given_name=needles.word("people.Child.given_name"),
        family_name=needles.word("people.Child.family_name"),
        pseudonym="Ботақан",  # what may be public
        born_on=needles.day("people.Child.born_on", clock.today().year - 11),
        region=planted.region,
        school=school,
        needs=needles.word("people.Child.needs"),
        language="kk",
        account=_account(sign_in_name=needles.word("people.Account.sign_in_name").lower()),
    )
    invitation = GuardianInvitation.objects.create(
        child=child,
        email=f"{needles.word('people.GuardianInvitation.email')}@example.kz",
        language="kk",
        invited_by=guardian,
        expires_at=clock.now() + timedelta(days=7),
    )
    ActivityRecord.objects.create(
        child=child,
        kind="programme.picture",
        title={"kk": needles.word("people.ActivityRecord.title")},
    )
    Guardianship.objects.create(child=child, account=guardian, kind=GuardianshipKind.PARENT)
    notices = current_notices(clock.today())
    decide_consents(
        account=guardian,
        child=child,
        yes={purpose: notices[purpose].version for purpose in ConsentPurpose},
        language="kk",
    )
    RoleGrant.objects.create(
        account=guardian,
        role=Role.BENEFACTOR,
        campaign_slug="canary",
        reason=needles.word("people.RoleGrant.reason"),
    )
    told = needles.word("people.TakeOut.pdf")
    take_out = TakeOut.objects.create(
        account=guardian,
        language="kk",
        state="ready",
        made_at=clock.now(),
        data=json.dumps({"kept": needles.word("people.TakeOut.data")}),
        pdf=base64.b64encode(b"%PDF-1.7 " + told.encode()).decode(),
    )
    planted.ids["people"] += [guardian.public_id, child.public_id]
    planted.ids["people"] += [take_out.public_id, invitation.public_id]
    ChildImport.objects.create(
        organisation=school,
        sent_by=guardian,
        rows=json.dumps([{"name": needles.word("people.ChildImport.rows")}]),
    )
    group = ClassGroup.objects.create(
        organisation=school,
        name=needles.word("people.ClassGroup.name"),
        boys=9,
        girls=9,
        age_from=10,
        age_to=11,
        kept_by=guardian,
    )
    planted.ids["people"].append(group.public_id)
    planted.consent = child.consents.earliest("pk").public_id
    planted.ids["territory"].append(school.public_id)
    return guardian, child


def _letters(planted: Planted, guardian: Account) -> None:
    needles = planted.needles
    letter = Message.objects.create(
        account=guardian,
        kind="people.consent_withdrawn",
        key=f"canary:{new_public_id()}",
        context=json.dumps({"child": needles.word("notify.Message.context")}),
        error=needles.word("notify.Message.error"),
    )
    Address.objects.create(
        account=guardian,
        way="sms",
        value=needles.number("notify.Address.value"),
        confirmed_at=clock.now(),
    )
    planted.ids["notify"].append(letter.public_id)


def _contributions(planted: Planted, guardian: Account, child: Child) -> None:
    needles = planted.needles
    shown = _send(planted, guardian, child)
    desks = [access.desk_of(_moderator(planted)) for _ in range(2)]
    for desk in desks:
        item = ModerationItem.objects.get(pk=shown.moderation_id)
        decide(desk=desk, item=item, revision=item.revision, approve=True, shows_face=True)
    filed = report(item=shown.moderation, reason="else", words="", language="kk", source="canary")
    Report.objects.filter(pk=filed.report.pk).update(
        words=needles.word("safeguarding.Report.words")
    )
    waiting = _send(planted, guardian, child)
    Picture.objects.filter(pk=waiting.pk).update(caption=needles.word("programme.Picture.caption"))
    ModerationItem.objects.filter(pk=waiting.moderation_id).update(
        title=needles.word("safeguarding.ModerationItem.title"),
        text=needles.word("safeguarding.ModerationItem.text"),
    )
    decision = Decision.objects.create(
        item=waiting.moderation,
        revision=1,
        moderator=desks[0].account,
        verdict="refuse",
        words=needles.word("safeguarding.Decision.words"),
    )
    SecondLook.objects.create(
        decision=decision,
        moderator=desks[1].account,
        agrees=False,
        words=needles.word("safeguarding.SecondLook.words"),
    )
    began = StoredFile.objects.create(kind="picture", state="receiving", owner=guardian, bytes=10)
    Upload.objects.create(
        file=began,
        length=10,
        name=needles.word("files.Upload.name"),
        metadata=needles.word("files.Upload.metadata"),
        expires_at=clock.now() + timedelta(days=1),
    )
    for picture in (shown, waiting):
        planted.ids["programme"].append(picture.public_id)
        planted.ids["safeguarding"].append(picture.moderation.public_id)
        planted.ids["files"].append(picture.file.public_id)
    planted.ids["files"].append(began.public_id)
    planted.ids["safeguarding"].append(decision.public_id)
    planted.ids["programme"] += [planted.item.public_id, planted.activity.public_id]


def _send(planted: Planted, guardian: Account, child: Child) -> Picture:
    """Send in a photograph as a telephone makes it: name and metadata hold words too."""
    needles = planted.needles
    name = needles.words.get("the name of a file") or (needles.word("the name of a file"),)
    upload = SimpleUploadedFile(f"{name[0]}.jpg", _photograph(needles), "image/jpeg")
    file = receive(owner=guardian, upload=upload)
    prepare(file_id=file.pk)
    file.refresh_from_db()
    planted.files.append(file)
    return send_picture(
        account=guardian,
        key=new_public_id(),
        activity=planted.activity,
        item=planted.item,
        children=[child],
        caption="Біз жүгірдік",
        language="kk",
        file=file,
    )


def _photograph(needles: Needles) -> bytes:
    known = needles.words.get("the metadata of a file")
    word = known[0] if known else needles.word("the metadata of a file")
    data = Image.Exif()
    data[0x010F] = data[0x013B] = word  # make, artist
    data.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + word.encode()
    position = data.get_ifd(0x8825)
    position[1], position[2], position[29] = "N", (43.0, 14.0, 17.02), word
    out = io.BytesIO()
    picture = Image.radial_gradient("L").resize((640, 480)).convert("RGB")
    picture.save(out, "JPEG", exif=data.tobytes(), comment=word.encode())
    return out.getvalue() + word.encode()


def _certificate(planted: Planted, child: Child, guardian: Account) -> None:
    needles, slug = planted.needles, planted.campaign.slug
    design = Design.objects.create(
        campaign_slug=slug, kind="participation", label="Canary", campaign_kk="Сынақ"
    )
    series, _made = Series.objects.get_or_create(
        campaign_slug=f"{slug[:60]}-canary", kind=design.kind, defaults={"year": 2021}
    )
    certificate = Certificate.objects.create(
        design=design,
        campaign_slug=slug,
        region=planted.region,
        series=series,
        number=1,
        recipient_kind="child",
        recipient_key=f"child:{child.pk}",
        child=child,
        name=needles.word("certificates.Certificate.name"),
        detail=needles.word("certificates.Certificate.detail"),
        naming="child",
        occasion_kk="Қатысқаны үшін",
        occasion_hash="canary",
        language="kk",
        issued_on=clock.today(),
        content_sha256="0" * 64,
    )
    batch = Batch.objects.create(
        design=design,
        campaign_slug=slug,
        issued_on=clock.today(),
        source=needles.word("certificates.Batch.source"),
        rows=[{"row": 1, "name": needles.word("certificates.Batch.rows")}],
        total=1,
        made_by=guardian,
    )
    planted.ids["certificates"] += [certificate.public_id, batch.public_id, design.public_id]


def _readers(planted: Planted) -> None:
    """People with rights of their own elsewhere: nothing of this family is theirs to read."""
    there = Region.objects.get(iso_code=THERE)
    house = Organisation.objects.create(
        region=there, kind=OrganisationKind.SCHOOL, name_kk="Мектеп", name_ru="Школа"
    )
    slug = planted.campaign.slug
    stranger = _account()
    child = Child.objects.create(
        given_name="Дана", born_on=clock.today() - timedelta(days=4100), region=there,
        account=_account(),
    )  # fmt: skip
    Guardianship.objects.create(child=child, account=stranger, kind=GuardianshipKind.PARENT)
    assert child.account is not None  # noqa: S101 - made above
    planted.readers = {
        "guardian of another family": stranger,
        "another child": child.account,
        "host elsewhere": _with_role(Role.HOST, campaign_slug=slug, organisation=house),
        "organiser elsewhere": _with_role(Role.ORGANISER, campaign_slug=slug, region=there),
        "juror": _with_role(Role.JUROR, campaign_slug=slug),
        "benefactor": _with_role(Role.BENEFACTOR, campaign_slug=slug),
    }


def _moderator(planted: Planted) -> Account:
    return _with_role(Role.MODERATOR, campaign_slug=planted.campaign.slug)


def _with_role(role: Role, **scope: Any) -> Account:
    account = _account()
    RoleGrant.objects.create(account=account, role=role, **scope)
    return account


def _account(email: str = "", full_name: str = "Canary", **fields: Any) -> Account:
    email = email or f"{new_public_id()}@example.kz"
    account = Account.objects.create_user(email, full_name=full_name, **fields)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def renditions_of(planted: Planted) -> Iterator[str]:
    """Give the paths in the storage of all that was made of the planted files."""
    for file in planted.files:
        yield from file.renditions.order_by("pk").values_list("path", flat=True)
