"""Two people at the same decree, limit, organisation or district: nothing of either is lost."""

from datetime import date
from typing import Any

import pytest

from bala.kernel.revisions import RowConflict
from bala.territory.actions.organisations import CodeTaken, save_district, save_organisation
from bala.territory.actions.sanitary import DecreeThere, import_zones, save_decree, save_limit
from bala.territory.enums import Zone
from bala.territory.models import District, SanitaryLimit, ZoneDecree
from bala.territory.queries.sanitary import zone_of
from tests.programme.races import race
from tests.territory.factories import make_district, make_organisation, region

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 10)


def decree(**zones: Zone) -> ZoneDecree:
    """Make a decree of the tenth of June; zones by the region's code, KZ_75."""
    return save_decree(effective_on=DAY, number="№ 1", zones=by_id(**zones))


def by_id(**zones: Zone) -> dict[int, Zone]:
    return {region(code.replace("_", "-")).pk: zone for code, zone in zones.items()}


def write(known: ZoneDecree, revision: int, number: str = "№ 1", **zones: Zone) -> ZoneDecree:
    return save_decree(
        decree=known, revision=revision, effective_on=DAY, number=number, zones=by_id(**zones)
    )


def test_zones_that_two_people_change_in_different_regions_both_stay() -> None:
    known = decree(KZ_75=Zone.GREEN, KZ_79=Zone.GREEN)
    write(known, 1, KZ_75=Zone.RED, KZ_79=Zone.GREEN)
    write(known, 1, KZ_75=Zone.GREEN, KZ_79=Zone.YELLOW)  # the first region as it was seen
    assert zone_of(region("KZ-75"), DAY) is Zone.RED
    assert zone_of(region("KZ-79"), DAY) is Zone.YELLOW


def test_a_zone_that_two_people_change_is_shown_to_the_second() -> None:
    known = decree(KZ_75=Zone.RED)
    write(known, 1, KZ_75=Zone.GREEN)
    with pytest.raises(RowConflict) as caught:
        write(known, 1, number="№ 2", KZ_75=Zone.YELLOW)
    name = f"zone_{region('KZ-75').pk}"
    assert caught.value.fields == (name,)
    assert getattr(caught.value.theirs, name) is Zone.GREEN
    assert caught.value.mine == {"number": "№ 2", name: Zone.YELLOW}
    known.refresh_from_db()
    assert known.number == "№ 1"


def test_what_a_decree_said_at_each_revision_is_remembered() -> None:
    known = decree(KZ_75=Zone.RED, KZ_79=Zone.YELLOW)
    write(known, 1, KZ_75=Zone.GREEN)
    write(known, 2, KZ_75=Zone.YELLOW)
    write(known, 3, KZ_79=Zone.RED)
    # Seen at the second revision: green and yellow. Only the other region was changed by others.
    with pytest.raises(RowConflict):
        write(known, 2, KZ_75=Zone.RED, KZ_79=Zone.YELLOW)
    write(known, 3, KZ_75=Zone.RED, KZ_79=Zone.YELLOW)  # saw yellow, and nobody else changed it
    assert zone_of(region("KZ-75"), DAY) is Zone.RED
    assert zone_of(region("KZ-79"), DAY) is Zone.RED


def test_regions_outside_the_form_keep_their_zone() -> None:
    known = decree(KZ_75=Zone.RED, KZ_79=Zone.RED)
    write(known, 1, KZ_75=Zone.GREEN)
    assert zone_of(region("KZ-79"), DAY) is Zone.RED


def test_a_second_decree_of_a_day_replaces_none() -> None:
    decree(KZ_75=Zone.RED)
    with pytest.raises(DecreeThere):
        decree(KZ_75=Zone.GREEN)
    assert zone_of(region("KZ-75"), DAY) is Zone.RED


def test_a_decree_can_be_moved_to_another_day_and_leaves_no_copy() -> None:
    known = decree(KZ_75=Zone.RED)
    save_decree(decree=known, revision=1, effective_on=date(2021, 6, 11), number="№ 1", zones={})
    assert not ZoneDecree.objects.filter(effective_on=DAY).exists()
    assert zone_of(region("KZ-75"), date(2021, 6, 11)) is Zone.RED


def test_a_list_that_replaces_a_decree_is_met_by_whoever_had_it_open() -> None:
    known = decree(KZ_75=Zone.RED, KZ_79=Zone.RED)
    import_zones(rows=[["дата", "код", "зона"],
                       ["2021-06-10", "KZ-75", "yellow"]])  # fmt: skip
    assert zone_of(region("KZ-79"), DAY) is Zone.GREEN  # not named by the list
    with pytest.raises(RowConflict):
        write(known, 1, KZ_75=Zone.GREEN)


@pytest.fixture
def limit() -> SanitaryLimit:
    """A limit of the reference data."""
    return SanitaryLimit.objects.order_by("pk")[0]


def limit_values(limit: SanitaryLimit, **changed: Any) -> dict[str, Any]:
    names = ("venue_kind", "zone", "max_people", "decree_number", "valid_from", "note")
    return {name: getattr(limit, name) for name in names} | changed


def test_of_two_who_change_a_limits_number_the_second_sees_both(limit: SanitaryLimit) -> None:
    first, second = (limit_values(limit, max_people=n) for n in (10, 20))
    save_limit(limit=limit, values=first, revision=1)
    with pytest.raises(RowConflict) as caught:
        save_limit(limit=limit, values=second, revision=1)
    assert (caught.value.theirs.max_people, caught.value.mine) == (10, {"max_people": 20})
    save_limit(limit=limit, values=second, revision=2)  # knowingly
    limit.refresh_from_db()
    assert (limit.max_people, limit.revision) == (20, 3)


def test_different_fields_of_an_organisation_both_stay() -> None:
    house = make_organisation(phone="1")
    seen = {"name_ru": house.name_ru, "phone": "1", "address": ""}
    save_organisation(organisation=house, values=seen | {"phone": "2"}, revision=1)
    save_organisation(organisation=house, values=seen | {"address": "Абая, 1"}, revision=1)
    house.refresh_from_db()
    assert (house.phone, house.address, house.revision) == ("2", "Абая, 1", 3)


def test_the_same_field_of_an_organisation_is_shown_to_the_second() -> None:
    house = make_organisation(phone="1")
    save_organisation(organisation=house, values={"phone": "2"}, revision=1)
    with pytest.raises(RowConflict) as caught:
        save_organisation(organisation=house, values={"phone": "3"}, revision=1)
    assert caught.value.theirs.phone == "2"
    save_organisation(organisation=house, values={"phone": "2"}, revision=1)  # both wrote the same


def test_saving_what_stands_changes_nothing() -> None:
    house = make_organisation(phone="1")
    save_organisation(organisation=house, values={"phone": "1"}, revision=1)
    house.refresh_from_db()
    assert house.revision == 1


def test_a_district_is_renamed_closed_and_stays_in_its_region() -> None:
    district = make_district(name_kk="Ескі аудан")
    values = {"name_kk": "Жаңа аудан", "is_active": False, "region": region("KZ-79")}
    save_district(district=district, values=values, revision=1)
    district.refresh_from_db()
    assert (district.name_kk, district.is_active) == ("Жаңа аудан", False)
    assert district.region == region("KZ-75")
    assert district.sort_key > make_district(name_kk="Ескі аудан").sort_key  # ж after е


def test_the_same_name_of_a_district_is_shown_to_the_second() -> None:
    district = make_district()
    save_district(district=district, values={"name_ru": "Первый"}, revision=1)
    with pytest.raises(RowConflict) as caught:
        save_district(district=district, values={"name_ru": "Второй"}, revision=1)
    assert caught.value.theirs.name_ru == "Первый"


def test_a_code_of_another_district_is_refused() -> None:
    one, other = make_district(code="750001"), make_district(code="750002")
    with pytest.raises(CodeTaken):
        save_district(district=other, values={"code": one.code}, revision=1)


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_that_close_and_rename_a_district_one_name_wins() -> None:
    district = make_district()

    def act(number: int) -> str:
        save_district(district=district, values={"name_ru": f"№ {number}"}, revision=1)
        return f"№ {number}"

    said = race(act, times=8)
    stands = District.objects.get(pk=district.pk)
    assert [one for one in said if one != "RowConflict"] == [stands.name_ru]
    assert stands.revision == 2
