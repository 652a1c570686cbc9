"""Zones and limits: data of May and June 2021, and the rules by which they bind."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.territory.enums import VenueKind, Zone
from bala.territory.models import SanitaryLimit
from bala.territory.queries.sanitary import (
    Decree,
    Rule,
    RuleBook,
    limit_for,
    rule_book,
    zone_of,
    zones_on,
)
from tests.territory.factories import region

DAY = date(2021, 5, 28)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("iso_code", "day", "zone"),
    [
        ("KZ-71", date(2021, 5, 28), Zone.RED),
        ("KZ-75", date(2021, 5, 31), Zone.RED),
        ("KZ-75", date(2021, 6, 1), Zone.YELLOW),
        ("KZ-79", date(2021, 5, 18), Zone.YELLOW),
        ("KZ-79", date(2021, 5, 27), Zone.GREEN),  # no longer named
        ("KZ-31", date(2021, 5, 28), Zone.GREEN),  # never named
        ("KZ-71", date(2021, 5, 17), Zone.GREEN),  # before the first decree
        ("KZ-71", date(2021, 6, 20), Zone.RED),  # the last decree goes on
    ],
)
def test_the_zones_of_2021_are_those_of_the_decrees(iso_code: str, day: date, zone: Zone) -> None:
    assert zone_of(region(iso_code), day) == zone


@pytest.mark.django_db
def test_every_region_of_the_year_has_a_zone() -> None:
    zones = zones_on(DAY)
    assert len(zones) == 17
    assert sorted(zones.values()).count(Zone.RED) == 5
    assert len(zones_on(date(2023, 1, 1))) == 20


@pytest.mark.django_db
def test_a_cinema_in_the_red_zone_seats_three_of_ten() -> None:
    limit = limit_for(region("KZ-71"), DAY, VenueKind.CINEMA_OR_THEATRE, capacity=250)
    assert limit is not None
    assert (limit.people, limit.percent, limit.zone) == (75, 30, Zone.RED)
    assert limit.fits(75)
    assert not limit.fits(76)
    words = limit.explanations()
    assert "30%" in words["ru"]
    assert "красная зона" in words["ru"].lower()
    assert "қызыл аймақ" in words["kk"].lower()
    assert "red zone" in words["en"].lower()


@pytest.mark.django_db
def test_without_the_seats_the_share_is_told_and_the_number_asked_for() -> None:
    limit = limit_for(region("KZ-71"), DAY, VenueKind.CINEMA_OR_THEATRE)
    assert limit is not None
    assert (limit.people, limit.percent, limit.needs_capacity) == (None, 30, True)
    assert limit.fits(100_000)


@pytest.mark.django_db
def test_area_and_number_bind_together() -> None:
    hall = VenueKind.BANQUET_HALL
    small = limit_for(region("KZ-79"), DAY, hall, area=Decimal("101.5"))
    large = limit_for(region("KZ-79"), DAY, hall, area=Decimal(900))
    assert small is not None
    assert large is not None
    assert (small.people, large.people) == (25, 50)


@pytest.mark.django_db
def test_a_limit_for_every_zone_binds_everywhere() -> None:
    for code in ("KZ-71", "KZ-79"):
        limit = limit_for(region(code), DAY, VenueKind.EXCURSION)
        assert limit is not None
        assert limit.people == 15


@pytest.mark.django_db
def test_the_limits_of_2021_bind_nobody_in_another_year() -> None:
    assert limit_for(region("KZ-71"), date(2022, 6, 1), VenueKind.CULTURE_OBJECT) is None
    assert limit_for(region("KZ-71"), DAY, VenueKind.OPEN_AIR) is None


@pytest.mark.django_db
def test_a_regions_own_limit_takes_the_place_of_the_countrys() -> None:
    SanitaryLimit.objects.create(
        region=region("KZ-71"),
        zone=Zone.RED,
        venue_kind=VenueKind.CULTURE_OBJECT,
        max_people=45,
        valid_from=date(2021, 5, 20),
        decree_number="№ 27",
    )
    own = limit_for(region("KZ-71"), DAY, VenueKind.CULTURE_OBJECT)
    before = limit_for(region("KZ-71"), date(2021, 5, 19), VenueKind.CULTURE_OBJECT)
    others = limit_for(region("KZ-75"), DAY, VenueKind.CULTURE_OBJECT)
    assert own is not None
    assert before is not None
    assert others is not None
    assert (own.people, before.people, others.people) == (45, 30, 30)
    assert "№ 27" in own.explanation


@pytest.mark.django_db
def test_the_book_is_read_in_three_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        rule_book()


DAYS = st.dates(date(2021, 5, 1), date(2021, 7, 10))
ZONES = st.dictionaries(st.integers(1, 4), st.sampled_from([Zone.RED, Zone.YELLOW]), max_size=4)
RULES = st.builds(
    Rule,
    id=st.integers(1, 99),
    region_id=st.none() | st.integers(1, 4),
    zone=st.none() | st.sampled_from(Zone),
    venue_kind=st.sampled_from(["cinema_or_theatre", "excursion"]),
    percent=st.none() | st.integers(0, 100),
    people=st.none() | st.integers(0, 500),
    area_per_person=st.none() | st.integers(5, 100).map(lambda tenths: Decimal(tenths) / 10),
    decree_number=st.just(""),
    valid_from=DAYS,
    valid_until=st.none() | st.just(date(2021, 7, 31)),
)
BOOKS = st.builds(
    lambda decrees, rules: RuleBook(
        tuple(Decree(day, "", zones) for day, zones in sorted(decrees.items())), tuple(rules)
    ),
    st.dictionaries(DAYS, ZONES, max_size=5),
    st.lists(RULES, max_size=6),
)


@given(BOOKS, DAYS, st.integers(1, 4))
def test_the_zone_is_that_of_the_last_decree_in_effect(
    book: RuleBook, day: date, region_id: int
) -> None:
    in_effect = [decree for decree in book.decrees if decree.effective_on <= day]
    expected = in_effect[-1].zones.get(region_id, Zone.GREEN) if in_effect else Zone.GREEN
    assert book.zone_of(region_id, day) == expected


@given(BOOKS, DAYS, st.integers(1, 4), st.integers(0, 3000))
def test_a_limit_never_lets_in_more_than_any_rule_that_binds(
    book: RuleBook, day: date, region_id: int, capacity: int
) -> None:
    kind = "cinema_or_theatre"
    limit = book.limit_for(region_id=region_id, day=day, venue_kind=kind, capacity=capacity)
    rules = book.rules_for(region_id, day, kind)
    assert (limit is None) == (not rules)
    if limit is not None and limit.people is not None:
        allowed = [rule.people_in(capacity, None) for rule in rules]
        assert limit.people == min(n for n in allowed if n is not None)
        assert all(rule.percent is None or limit.people <= capacity for rule in rules)


@given(BOOKS, DAYS, st.integers(0, 40), st.integers(1, 4))
def test_segments_say_day_by_day_what_the_rules_say(
    book: RuleBook, first: date, length: int, region_id: int
) -> None:
    last = first + timedelta(days=length)
    segments = list(book.segments([region_id], first, last))
    for offset in range(length + 1):
        day = first + timedelta(days=offset)
        for kind in ("cinema_or_theatre", "excursion"):
            told = sorted(
                (s.percent, s.people, s.area_per_person).__repr__()
                for s in segments
                if s.venue_kind == kind and s.first <= day <= s.last
            )
            binding = sorted(
                (r.percent, r.people, r.area_per_person).__repr__()
                for r in book.rules_for(region_id, day, kind)
            )
            assert told == binding


@given(BOOKS, DAYS, st.integers(0, 40), st.integers(1, 4))
def test_the_strictest_over_a_period_is_that_of_some_day(
    book: RuleBook, first: date, length: int, region_id: int
) -> None:
    last = first + timedelta(days=length)
    kind = "excursion"
    found = book.strictest(book.turning_days(first, last), region_id=region_id, venue_kind=kind)
    every = [
        limit.people
        for offset in range(length + 1)
        if (
            limit := book.limit_for(
                region_id=region_id, day=first + timedelta(days=offset), venue_kind=kind
            )
        )
        and limit.people is not None
    ]
    assert (found.people if found else None) == min(every, default=None)
