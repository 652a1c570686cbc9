"""How often something may be done, over all processes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from bala.kernel import clock, limits
from bala.kernel.models import DailySalt, Hits
from tests.programme.races import race

HOUR = timedelta(hours=1)
NOON = datetime(2021, 6, 1, 6, 0, tzinfo=UTC)


def allowed(times: int, *, key: str = "k", limit: int = 3) -> list[bool]:
    """Do it so many times; tell which were let through."""
    out = []
    for _time in range(times):
        try:
            limits.hit(key, limit=limit, per=HOUR)
        except limits.TooOften:
            out.append(False)
        else:
            out.append(True)
    return out


@pytest.mark.django_db
def test_so_many_are_let_through_and_no_more() -> None:
    assert allowed(5) == [True, True, True, False, False]
    assert allowed(1, key="another") == [True]


@pytest.mark.django_db
def test_the_limit_is_fresh_when_its_time_is_over() -> None:
    with clock.at(NOON):
        assert allowed(4)[-1] is False
    with clock.at(NOON + HOUR - timedelta(seconds=1)):
        assert allowed(1) == [False]
    with clock.at(NOON + HOUR):
        assert allowed(4) == [True, True, True, False]


@pytest.mark.django_db
def test_whoever_is_refused_hears_how_long_to_wait() -> None:
    with clock.at(NOON):
        allowed(3)
    with clock.at(NOON + timedelta(minutes=20)), pytest.raises(limits.TooOften) as refused:
        limits.hit("k", limit=3, per=HOUR)
    assert refused.value.wait == timedelta(minutes=40)
    assert "через 40 минут" in str(refused.value)


@pytest.mark.django_db
def test_the_key_is_not_kept_in_clear() -> None:
    limits.hit("form:192.0.2.7", limit=1, per=HOUR)
    assert "192.0.2.7" not in str(Hits.objects.values_list())


@pytest.mark.django_db(transaction=True)
def test_processes_share_one_limit() -> None:
    def act(_number: int) -> str:
        limits.hit("race", limit=7, per=HOUR)
        return "in"

    said = race(act, times=24)
    assert sorted(said) == ["TooOften"] * 17 + ["in"] * 7


@pytest.mark.django_db(transaction=True)
def test_processes_hash_an_address_alike() -> None:
    limits._salt.cache_clear()

    def act(_number: int) -> str:
        return limits.visitor(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))

    assert len(set(race(act, times=8))) == 1
    assert DailySalt.objects.count() == 1


@pytest.mark.django_db
def test_an_address_has_another_name_each_day() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    names = set()
    for day in range(3):
        with clock.at(NOON + timedelta(days=day)):
            names.add(limits.visitor(request))
    assert len(names) == 3
    assert not any("192" in name for name in names)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_addresses_of_one_household_count_together(one: str, other: str, same: bool) -> None:
    first, second = (limits.visitor(RequestFactory().get("/", REMOTE_ADDR=a)) for a in (one, other))
    assert (first == second) is same


@pytest.mark.parametrize(("behind", "expected"), [(True, "198.51.100.4"), (False, "10.0.0.1")])
def test_only_the_proxys_own_word_about_an_address_is_believed(
    behind: bool, expected: str, settings: pytest.FixtureRequest
) -> None:
    settings.BALA_BEHIND_PROXY = behind  # type: ignore[attr-defined]
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4"
    )
    assert limits.address(request) == expected


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    with clock.at(NOON):
        limits.hit("k", limit=1, per=HOUR)
        limits._salt.cache_clear()
        limits.visitor(RequestFactory().get("/"))
    with clock.at(NOON + timedelta(days=2)):
        limits.forget_old()
    assert not Hits.objects.exists()
    assert not DailySalt.objects.exists()


@pytest.mark.django_db
def test_a_hit_is_one_statement(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        limits.hit("k", limit=5, per=HOUR)
    assert connection.vendor == "postgresql"
