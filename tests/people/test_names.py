"""What may be a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.people.queries.names import NotAName, clean_name, names_a_surname

KAZAKH = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя"


@pytest.mark.parametrize(
    "name",
    ["Ә", "О'Коннор", "Анна-Мария", "Д’Артаньян", "Нұр Сұлтан", "Ө" * 200, "José", "Дж.", KAZAKH],
)
def test_names_of_every_kind_are_taken(name: str) -> None:
    assert clean_name(f"  {name} ") == name


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "Ә" * 201, "Әлия7", "110308500123", "+7 701 123 45 67", "a@b.kz"),
        *("@aliya", "Әлия<b>", "Әлия\u202eяилӘ", "Әлия_2", "🙂", "Ⅷ", "٣"),
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(NotAName):
        clean_name(text)


@given(st.text(alphabet=KAZAKH + "-' ", min_size=1, max_size=200))
def test_what_is_taken_stays_as_it_is(text: str) -> None:
    try:
        taken = clean_name(text)
    except NotAName:
        assert not any(c.isalpha() for c in text)
    else:
        assert clean_name(taken) == taken
        assert [c for c in taken if c.isalpha()] == [c for c in text if c.isalpha()]


@given(st.text(max_size=250))
def test_no_taken_name_holds_a_digit_or_an_address(text: str) -> None:
    try:
        taken = clean_name(text)
    except NotAName:
        return
    assert taken
    assert not any(c.isdigit() or c in "@<>&/:" for c in taken)


def test_a_surname_is_found_however_it_is_written() -> None:
    assert names_a_surname("Әлия САРСЕНОВА", "Сәрсенова")
    assert not names_a_surname("Әлия", "Сәрсенова")
    assert not names_a_surname("", "")
