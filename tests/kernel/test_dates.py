"""Dates and numbers as official texts write them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.kernel import dates

FIRST = date(2021, 6, 1)


def plain(text: str) -> str:
    """Take no-break spaces for spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "official", "wanted"),
    [
        ("kk", False, "2021 ж. 1 маусым"),
        ("kk", True, "2021 жылғы 1 маусым"),
        ("ru", False, "1 июня 2021 г."),
        ("ru", True, "1 июня 2021 года"),
        ("en", False, "1 June 2021"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(
    language: str, official: bool, wanted: str
) -> None:
    assert plain(dates.format_date(FIRST, language, official=official)) == wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("kk", "2021 ж. 20 мамыр – 20 маусым"),
        ("ru", "20 мая – 20 июня 2021 г."),
        ("en", "20 May – 20 June 2021"),
    ],
)
def test_a_period_says_nothing_twice(language: str, wanted: str) -> None:
    assert plain(dates.format_period(date(2021, 5, 20), date(2021, 6, 20), language)) == wanted


def test_a_period_within_a_month_names_the_month_once() -> None:
    assert plain(dates.format_period(FIRST, date(2021, 6, 12), "ru")) == "1–12 июня 2021 г."
    assert plain(dates.format_period(FIRST, date(2021, 6, 12), "kk")) == "2021 ж. 1–12 маусым"


def test_a_period_over_new_year_names_both_years() -> None:
    text = plain(dates.format_period(date(2020, 12, 30), date(2021, 1, 3), "ru"))
    assert text == "30 декабря 2020 г. – 3 января 2021 г."


def test_a_period_of_one_day_is_a_date() -> None:
    assert dates.format_period(FIRST, FIRST, "en") == dates.format_date(FIRST, "en")
    assert dates.format_period(FIRST, None, "en") == dates.format_date(FIRST, "en")


@given(st.dates(), st.integers(0, 400), st.sampled_from(["kk", "ru", "en"]))
def test_every_period_names_its_last_day_and_year(first: date, length: int, language: str) -> None:
    last = first + timedelta(days=min(length, (date.max - first).days))
    text = dates.format_period(first, last, language)
    assert dates.format_day(last, language) in text
    assert str(last.year) in text


def test_money_has_thin_spaces_and_a_decimal_comma() -> None:
    assert plain(dates.format_money(Decimal(84628900), "kk")) == "84 628 900,00 ₸"
    assert plain(dates.format_money(Decimal(84628900), "en")) == "84,628,900.00 ₸"


def test_the_week_has_its_names() -> None:
    assert [dates.weekday_name(FIRST, code) for code in ("kk", "ru", "en")] == [
        "сейсенбі",
        "вторник",
        "Tuesday",
    ]
