"""Dates and periods as officials write them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bala.concept.dates import (
    NoSuchDay,
    Period,
    PeriodReversed,
    find_period,
    find_year,
    parse_period,
    strip_period,
)

_NAMES = re.findall(
    r"\S+",
    """
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан
""",
)
RUSSIAN, KAZAKH = _NAMES[:12], _NAMES[12:]
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))


def span(text: str) -> str:
    period = parse_period(text, default_year=2021)
    assert period is not None
    return f"{period.starts_on or ''}/{period.ends_on or ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 20 мая по 20 июня 2021 года", "2021-05-20/2021-06-20"),
        ("с «20» мая по «20» июня 2021 года", "2021-05-20/2021-06-20"),
        ("1-12 июня", "2021-06-01/2021-06-12"),
        ("1\u00a0–\u00a012\u00a0июня", "2021-06-01/2021-06-12"),
        ("финал 1 июня 2021 года", "2021-06-01/2021-06-01"),
        ("Май-июнь 2021 года", "2021-05-01/2021-06-30"),
        ("2 квартал", "2021-04-01/2021-06-30"),
        ("ІІ-ІІІ квартал 2022 года", "2022-04-01/2022-09-30"),
        ("2021 жылғы 2 тоқсан", "2021-04-01/2021-06-30"),
        ("І тоқсан", "2021-01-01/2021-03-31"),
        ("I полугодие 2022 г.", "2022-01-01/2022-06-30"),
        ("3 декада февраля 2024 года", "2024-02-21/2024-02-29"),
        ("01.06.2021", "2021-06-01/2021-06-01"),
        ("01.06.21 г.", "2021-06-01/2021-06-01"),
        ("2021-06-01", "2021-06-01/2021-06-01"),
        ("01.06-12.06.2021", "2021-06-01/2021-06-12"),
        ("20.05.-20.06.2021 г.", "2021-05-20/2021-06-20"),
        ("10.11.2019 ж. бастап 10.01.2020 ж. дейін", "2019-11-10/2020-01-10"),
        ("2023 жылғы 20 қазанға дейін", "/2023-10-20"),
        ("08.05.2023-14.05.2023 аралығы", "2023-05-08/2023-05-14"),
        ("шілде айының 17-28 аралығында", "2021-07-17/2021-07-28"),
        ("2021 жылғы 20 мамыр – 20 маусым", "2021-05-20/2021-06-20"),
        ("2021 жылғы 20 мамырдан 20 маусымға дейін", "2021-05-20/2021-06-20"),
        ("2021 жылғы 20 мамыр мен 20 маусым аралығында", "2021-05-20/2021-06-20"),
        ("2021 ж. 1 маусым", "2021-06-01/2021-06-01"),
        ("17-нен 28 шілдеге дейін", "2021-07-17/2021-07-28"),
        ("с 20 декабря по 10 января 2022 года", "2021-12-20/2022-01-10"),
        ("до 20 июня 2021 года", "/2021-06-20"),
        ("не позднее 1 июля", "/2021-07-01"),
        ("с 1 июня", "2021-06-01/"),
        ("в течение года", "2021-01-01/2021-12-31"),
        ("жыл бойы", "2021-01-01/2021-12-31"),
        ("2021-2025 годы", "2021-01-01/2025-12-31"),
        ("в 15.00 1 июня", "2021-06-01/2021-06-01"),
    ],
)
def test_forms_that_officials_use(text: str, expected: str) -> None:
    assert span(text) == expected


@pytest.mark.parametrize("text", ["на постоянной основе", "ежемесячно", "тұрақты", "постоянно"])
def test_what_has_no_bounds_is_open_ended(text: str) -> None:
    assert parse_period(text, default_year=2021) == Period(None, None, (), True)


@pytest.mark.parametrize(
    "text", ["", "по согласованию", "дети 10-17 лет", "5 школ", "ул. Абая, 12"]
)
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert parse_period(text, default_year=2021) is None


def test_several_days_are_listed() -> None:
    period = parse_period("1, 5 и 7 июня 2021 года", default_year=None)
    assert period is not None
    assert period.days == (date(2021, 6, 1), date(2021, 6, 5), date(2021, 6, 7))
    assert (period.starts_on, period.ends_on) == (period.days[0], period.days[-1])


def test_without_any_year_nothing_is_invented() -> None:
    assert parse_period("1-12 июня", default_year=None) is None


@pytest.mark.parametrize(
    "text", ["12-1 июня", "с 20 июня по 20 мая 2021 года", "5.06.2021-1.06.2021"]
)
def test_a_period_that_ends_before_it_starts_is_refused(text: str) -> None:
    with pytest.raises(PeriodReversed):
        parse_period(text, default_year=2021)


@pytest.mark.parametrize("text", ["30 февраля 2021 года", "31.04.2021"])
def test_a_day_that_is_not_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_period(text, default_year=2021)


def test_sentences_cite_papers_and_years_without_planning_them() -> None:
    assert find_period("исполнение Послания от 1 сентября 2020 года", default_year=2021) is None
    assert find_period("итоги 2020 года", default_year=2021) is None
    assert find_period("12 дней борьбы (1-12 июня)", default_year=2021) == Period(
        date(2021, 6, 1), date(2021, 6, 12)
    )


def test_the_year_and_the_place_are_told_apart_from_the_period() -> None:
    assert find_year("Концепция (2021 год)") == 2021
    assert find_year("2020 и 2021 годы") is None
    assert strip_period("регионы республики,      с 20 мая по 20 июня 2021 года.") == (
        "регионы республики"
    )
    assert strip_period("школы города") == "школы города"


@given(day=DAYS)
def test_every_day_reads_back_in_every_form(day: date) -> None:
    month = day.month - 1
    for text in (
        f"{day:%d.%m.%Y}",
        f"{day.day} {RUSSIAN[month]} {day.year} года",
        f"{day.year} жылғы {day.day} {KAZAKH[month]}",
        f"{day.year} ж. {day.day} {KAZAKH[month]}",
    ):
        assert parse_period(text, default_year=None) == Period(day, day), text


@given(first=DAYS, length=st.integers(min_value=1, max_value=900))
def test_every_period_with_both_years_reads_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    ru_first = f"{first.day} {RUSSIAN[first.month - 1]} {first.year} года"
    ru_last = f"{last.day} {RUSSIAN[last.month - 1]} {last.year} года"
    for text in (
        f"с {ru_first} по {ru_last}",
        f"{ru_first} – {ru_last}",
        f"{first:%d.%m.%Y}-{last:%d.%m.%Y} аралығы",
        f"{first:%d.%m.%Y} ж. бастап {last:%d.%m.%Y} ж. дейін",
        (
            f"{first.year} жылғы {first.day} {KAZAKH[first.month - 1]} – "
            f"{last.year} жылғы {last.day} {KAZAKH[last.month - 1]}"
        ),
    ):
        assert parse_period(text, default_year=None) == Period(first, last), text


@given(first=DAYS, last=DAYS)
def test_a_reversed_period_is_never_taken(first: date, last: date) -> None:
    assume(first > last)
    with pytest.raises(PeriodReversed):
        parse_period(f"{first:%d.%m.%Y}-{last:%d.%m.%Y}", default_year=None)


@given(text=st.text(alphabet="0123456789.-– ,;()сподмаяиюнлжыіғдейінбастап\n", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        period = parse_period(text, default_year=2021)
    except (NoSuchDay, PeriodReversed):
        return
    if period and period.starts_on and period.ends_on:
        assert period.starts_on <= period.ends_on
