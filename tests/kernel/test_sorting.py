"""Kazakh alphabetical order."""

from hypothesis import given
from hypothesis import strategies as st

from bala.kernel.sorting import ALPHABET, kazakh_sort_key


def test_the_alphabet_has_42_letters_in_order() -> None:
    assert len(ALPHABET) == 42
    assert sorted(set(ALPHABET), key=kazakh_sort_key) == list(ALPHABET)


def test_kazakh_letters_stand_where_the_alphabet_puts_them() -> None:
    words = [
        "Қызылорда",
        "Көкшетау",
        "Ақтөбе",
        "Абай",
        "Әулиеата",
        "Ұлытау",
        "Үржар",
        "Шымкент",
        "Іле",
        "Өскемен",
    ]
    assert sorted(words, key=kazakh_sort_key) == [
        "Абай", "Ақтөбе", "Әулиеата", "Көкшетау", "Қызылорда", "Өскемен", "Ұлытау", "Үржар", "Шымкент", "Іле",
    ]  # fmt: skip


def test_a_latin_i_in_a_kazakh_word_is_the_kazakh_letter() -> None:
    assert kazakh_sort_key("Жетiсу") == kazakh_sort_key("Жетісу")


def test_digits_come_first_then_latin_then_kazakh() -> None:
    assert sorted(["арман", "7-мектеп", "arman"], key=kazakh_sort_key) == [
        "7-мектеп",
        "arman",
        "арман",
    ]


@given(st.text())
def test_any_text_has_a_key_that_does_not_depend_on_case_or_quotes(text: str) -> None:
    assert kazakh_sort_key(f"«{text}»") == kazakh_sort_key(text)
    assert kazakh_sort_key(text).isascii()
