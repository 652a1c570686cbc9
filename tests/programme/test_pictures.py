"""Pictures of what was held: sent, looked at by two, shown, taken back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bala.files.models import Rendition, StoredFile
from bala.kernel.errors import Forbidden
from bala.kernel.public_ids import new_public_id
from bala.people.access import ConsentMissing
from bala.people.actions.erasure import erase_child
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import Account, Child, Consent, ConsentWithdrawal
from bala.people.queries.consents import withdrawal_token
from bala.people.queries.personal_data import kept_on
from bala.programme.actions.outcomes import record_result
from bala.programme.actions.pictures import (
    NoChildNamed,
    PaperMissing,
    PicturesClosed,
    edit_picture,
    send_picture,
)
from bala.programme.enums import CampaignStatus
from bala.programme.models import Activity, Picture, PlanItem
from bala.programme.queries.pictures import gallery, public_pictures
from bala.safeguarding import actions as safeguarding
from bala.safeguarding.actions.upkeep import follow_consents
from bala.safeguarding.enums import ItemState
from tests.conftest import CAMPAIGN_DAY
from tests.files.factories import make_picture
from tests.files.samples import CANARY, jpeg, phone_jpeg
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.pictures import approved_picture, make_hosts_picture, make_picture_of
from tests.safeguarding.factories import make_desk, make_family
from tests.territory.factories import make_organisation, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return make_activity()


def addresses(picture: Picture) -> list[str]:
    """The addresses of all that was made of a picture's file."""
    made = Rendition.objects.filter(file=picture.file).order_by("name")
    return [reverse("media:file", args=[picture.file.public_id, one.name]) for one in made]


def statuses(client: Client, picture: Picture) -> set[int]:
    """What the public gets for the page of a picture and for each of its files."""
    page = f"/kk/c/{picture.campaign.slug}/picture/{picture.public_id}/"
    return {client.get(one).status_code for one in (page, *addresses(picture))}


def pages_with_galleries(picture: Picture) -> list[str]:
    slug = picture.campaign.slug
    return [
        f"/kk/c/{slug}/activity/{picture.activity.public_id}/",
        f"/kk/c/{slug}/region/{picture.region.iso_code}/",
        f"/kk/c/{slug}/pictures/",
    ]


def upload(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_2021.jpg", content or jpeg(), "image/jpeg")


def form_of(activity: Activity, *children: Child, **fields: Any) -> dict[str, Any]:
    return {
        "key": new_public_id(),
        "picture": upload(),
        "activity": activity.public_id,
        "children": [child.public_id for child in children],
        "caption": "Біз жүгірдік",
        "language": "kk",
        **fields,
    }


def test_a_picture_and_its_files_are_404_until_two_moderators_have_said_yes(
    client: Client, activity: Activity
) -> None:
    guardian, child = make_family()
    picture = make_picture_of(activity, guardian, child)
    assert addresses(picture)
    assert statuses(client, picture) == {404}
    approved_picture(picture, make_desk())
    assert picture.moderation.first_at is not None
    assert statuses(client, picture) == {404}
    assert picture.shown_at is None
    approved_picture(picture, make_desk())
    assert statuses(client, picture) == {200}
    assert picture.shown_at is not None
    for page in pages_with_galleries(picture):
        assert picture.caption in client.get(page).content.decode(), page


def test_caches_in_front_keep_a_page_only_while_it_shows_no_picture(
    client: Client, activity: Activity
) -> None:
    picture = make_picture_of(activity, *make_family())
    pages = pages_with_galleries(picture)[:2]
    for page in pages:
        assert client.get(page)["Cache-Control"].startswith("public, max-age="), page
    approved_picture(picture)
    for page in pages:
        assert client.get(page)["Cache-Control"] == "public, no-cache", page


def test_the_same_moderator_cannot_say_both_yeses_to_a_face(activity: Activity) -> None:
    picture, desk = make_picture_of(activity, *make_family()), make_desk()
    approved_picture(picture, desk)
    with pytest.raises(Forbidden):
        approved_picture(picture, desk)
    assert not public_pictures(activity.campaign).exists()


def test_the_public_reads_first_name_band_and_region_and_nothing_else(
    client: Client, activity: Activity
) -> None:
    guardian, child = make_family(family_name="Құпияұлы", given_name="Айсұлу")
    picture = approved_picture(make_picture_of(activity, guardian, child))
    for page in (
        *pages_with_galleries(picture),
        f"/kk/c/{picture.campaign.slug}/picture/{picture.public_id}/",
    ):
        text = client.get(page).content.decode()
        assert "Айсұлу, 10–13" in text
        assert "Құпияұлы" not in text
        assert guardian.email not in text
        assert "2011" not in text


def test_what_is_served_has_lost_all_that_the_phone_wrote_into_it(
    client: Client, activity: Activity
) -> None:
    guardian, child = make_family()
    picture = approved_picture(make_picture_of(activity, guardian, child, content=phone_jpeg()))
    for address in addresses(picture):
        served = client.get(address).getvalue()
        assert served
        assert CANARY not in served
        assert b"Exif" not in served
        assert b"GPS" not in served


@pytest.mark.parametrize("purpose", [ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION])
def test_the_link_of_the_receipt_takes_page_and_files_away_at_once(
    client: Client, activity: Activity, purpose: ConsentPurpose
) -> None:
    guardian, child = make_family()
    picture = approved_picture(make_picture_of(activity, guardian, child))
    consents = Consent.objects.filter(child=child, purpose=purpose)
    for consent in consents:
        client.post(f"/kk/consent/{withdrawal_token(consent)}/")
    assert statuses(client, picture) == {404}
    for page in pages_with_galleries(picture):
        assert picture.caption not in client.get(page).content.decode(), page
    assert follow_consents() == 1
    picture.refresh_from_db()
    assert picture.shown_at is None


def test_a_picture_of_two_children_goes_when_the_consent_for_either_goes(
    client: Client, activity: Activity
) -> None:
    guardian, child = make_family()
    sister = make_child(guardian, given_name="Дана")
    picture = approved_picture(make_picture_of(activity, guardian, child, sister))
    assert statuses(client, picture) == {200}
    photo = Consent.objects.filter(child=sister, purpose=ConsentPurpose.PHOTO).get()
    ConsentWithdrawal.objects.create(consent=photo, method="link")
    assert statuses(client, picture) == {404}
    assert follow_consents() == 1


def test_every_child_named_needs_the_photo_consent(activity: Activity) -> None:
    guardian, child = make_family()
    sister = make_child(guardian)
    make_consents(sister, ConsentPurpose.TAKE_PART, ConsentPurpose.PUBLICATION)
    fields: dict[str, Any] = {
        "account": guardian,
        "activity": activity,
        "caption": "Жүгіріс",
        "language": "kk",
        "file": make_picture(guardian),
    }
    with pytest.raises(ConsentMissing):
        send_picture(key=new_public_id(), children=[child, sister], **fields)
    with pytest.raises(NoChildNamed):
        send_picture(key=new_public_id(), children=[], **fields)
    _stranger, foreign = make_family()
    with pytest.raises(safeguarding.NotYours):
        send_picture(key=new_public_id(), children=[child, foreign], **fields)
    assert not Picture.objects.exists()


def test_a_consent_that_ends_between_the_two_looks_stops_the_second(activity: Activity) -> None:
    guardian, child = make_family()
    sister = make_child(guardian)
    picture = make_picture_of(activity, guardian, child, sister)
    approved_picture(picture, make_desk())
    photo = Consent.objects.filter(child=sister, purpose=ConsentPurpose.PHOTO).get()
    ConsentWithdrawal.objects.create(consent=photo, method="link")
    with pytest.raises(safeguarding.ConsentMissing):
        approved_picture(picture, make_desk())


def test_an_edit_hides_it_until_it_is_looked_at_again_and_the_old_file_goes(
    client: Client, activity: Activity
) -> None:
    guardian, child = make_family()
    picture = approved_picture(make_picture_of(activity, guardian, child))
    old = picture.file
    edited = edit_picture(
        picture=picture, by=guardian, caption="Жаңа сөз", language="kk", file=make_picture(guardian)
    )
    assert edited.moderation.state == ItemState.PENDING
    assert statuses(client, edited) == {404}
    old.refresh_from_db()
    assert old.state == "deleted"
    assert {client.get(one).status_code for one in addresses(picture)} == {404}
    approved_picture(edited)
    assert statuses(client, edited) == {200}
    with pytest.raises(safeguarding.NotYours):
        edit_picture(picture=edited, by=make_account(), caption="x", language="kk")


def test_a_form_sent_twice_makes_one_picture(client: Client, activity: Activity) -> None:
    guardian, child = make_family()
    client.force_login(guardian)
    data = form_of(activity, child)
    assert client.post("/kk/family/pictures/add/", data).status_code == 302
    data["picture"] = upload()
    assert client.post("/kk/family/pictures/add/", data).status_code == 302
    assert Picture.objects.count() == 1


def test_a_fault_in_another_field_keeps_the_file(client: Client, activity: Activity) -> None:
    guardian, child = make_family(family_name="Сәрсенова")
    client.force_login(guardian)
    data = form_of(activity, child, caption="Әлия Сәрсенова жүгірді")
    answer = client.post("/kk/family/pictures/add/", data)
    assert answer.status_code == 422
    stored = StoredFile.objects.get()
    assert f'name="picture" value="{stored.public_id}"' in answer.content.decode()
    assert not Picture.objects.exists()
    again = {**data, "caption": "Әлия жүгірді", "picture": stored.public_id}
    assert client.post("/kk/family/pictures/add/", again).status_code == 302
    assert Picture.objects.get().file == stored


@pytest.mark.parametrize("content", [b"", b"GIF89a" + b"0" * 50, b"%PDF-1.7" + b"0" * 500])
def test_what_is_no_picture_is_told_beside_the_field(
    client: Client, activity: Activity, content: bytes
) -> None:
    guardian, child = make_family()
    client.force_login(guardian)
    file = SimpleUploadedFile("IMG.jpg", content, "image/jpeg")
    answer = client.post("/ru/family/pictures/add/", form_of(activity, child, picture=file))
    assert answer.status_code == 422
    assert "picture" in answer.context["form"].errors
    assert "Біз жүгірдік" in answer.content.decode()


def test_another_familys_kept_file_cannot_be_taken(client: Client, activity: Activity) -> None:
    guardian, child = make_family()
    foreign = make_picture(make_account())
    client.force_login(guardian)
    data = form_of(activity, child, picture=foreign.public_id)
    assert client.post("/kk/family/pictures/add/", data).status_code == 422
    assert not Picture.objects.exists()


def test_a_closed_campaign_takes_no_pictures(activity: Activity) -> None:
    activity.campaign.status = CampaignStatus.CLOSED
    activity.campaign.save()
    with pytest.raises(PicturesClosed):
        make_picture_of(activity, *make_family())


def test_a_hosts_picture_of_children_needs_its_word_on_paper(activity: Activity) -> None:
    host, item = hosted(activity)
    with pytest.raises(PaperMissing):
        make_hosts_picture(item, host, on_paper=False)
    quiet = make_hosts_picture(item, host, shows_children=False, on_paper=False)
    with pytest.raises(safeguarding.ConsentMissing):
        approved_picture(quiet)
    other = make_person(Role.HOST, organisation=make_organisation(region("KZ-79")))
    with pytest.raises(Forbidden):
        make_hosts_picture(item, other)


def test_a_caption_of_the_result_gets_its_picture(client: Client, activity: Activity) -> None:
    host, item = hosted(activity)
    record_result(
        account=host,
        item=item,
        revision=item.revision,
        held_on=CAMPAIGN_DAY.date(),
        children=40,
        adults=8,
        captions=["Старт", "Марапаттау"],
    )
    caption = item.photo_captions.get(text="Старт")
    client.force_login(host)
    page = f"/kk/console/rows/{item.public_id}/pictures/"
    assert "Марапаттау" in client.get(page).content.decode()
    data = {
        "key": new_public_id(),
        "picture": upload(),
        "captioned": str(caption.pk),
        "caption": "",
        "language": "kk",
        "shows_children": "yes",
        "on_paper": "on",
    }
    answer = client.post(page, data)
    assert answer.status_code == 302
    picture = Picture.objects.get()
    caption.refresh_from_db()
    assert (picture.caption, caption.picture) == ("Старт", picture)
    assert picture.organisation == item.organisation
    run_jobs("files.prepare")
    approved_picture(picture)
    shown = gallery(activity.campaign, item=item)
    assert item.organisation is not None
    assert [one.from_whom for one in shown] == [str(item.organisation.name)]


def test_lists_cost_the_same_for_one_and_for_three(
    client: Client, activity: Activity, django_assert_max_num_queries: Any
) -> None:
    guardian, child = make_family()
    item = make_plan_item(activity)
    counts = []
    for size in (1, 3):
        while Picture.objects.count() < size:
            approved_picture(make_picture_of(activity, guardian, child, item=item))
        first = Picture.objects.order_by("pk").first()
        assert first is not None
        found = []
        for page in (*pages_with_galleries(first), "/kk/family/pictures/"):
            if page.endswith("family/pictures/"):
                client.force_login(guardian)
            with django_assert_max_num_queries(60) as counted:
                assert client.get(page).status_code == 200
            found.append(len(counted))
            client.logout()
        counts.append(found)
    assert counts[0] == counts[1]


def hosted(activity: Activity) -> tuple[Account, PlanItem]:
    """A host with an event of its own."""
    house = make_organisation(region("KZ-75"))
    host = make_person(Role.HOST, organisation=house, campaign_slug=activity.campaign.slug)
    return host, make_plan_item(activity, organisation=house)


def test_a_file_stands_for_one_picture(client: Client, activity: Activity) -> None:
    guardian, child = make_family()
    picture = make_picture_of(activity, guardian, child)
    client.force_login(guardian)
    answer = client.post(
        "/kk/family/pictures/add/", form_of(activity, child, picture=picture.file.public_id)
    )
    assert answer.status_code == 422
    assert Picture.objects.get() == picture


def test_an_erased_brother_takes_the_picture_of_both_along(activity: Activity) -> None:
    guardian, child = make_family()
    brother = make_child(guardian, given_name="Нұрлан")
    picture = approved_picture(
        make_picture_of(activity, guardian, child, brother, caption="Нұрлан мен Әлия")
    )
    told = {one.source.name: one.rows for one in kept_on(brother)}
    assert [row["caption"] for row in told["programme.pictures"]] == ["Нұрлан мен Әлия"]
    erase_child(child=brother, by=guardian)
    picture.refresh_from_db()
    assert (picture.caption, picture.shown_at) == ("", None)
    assert picture.file.state == "deleted"
    assert picture.moderation.title == ""
    assert not public_pictures(activity.campaign).exists()


def test_a_picture_whose_file_was_deleted_is_gone_from_the_galleries_at_once() -> None:
    from bala.files.actions import delete
    from bala.files.queries.uses import uses_of

    activity = make_activity()
    guardian = make_account()
    picture = approved_picture(make_picture_of(activity, guardian, make_child(guardian)))
    assert list(public_pictures(activity.campaign)) == [picture]
    (use,) = uses_of([picture.file])[picture.file_id]
    assert use.label == str(activity.title)
    assert use.url.endswith(f"/{activity.public_id}/")
    delete(file=picture.file)
    assert list(public_pictures(activity.campaign)) == []
