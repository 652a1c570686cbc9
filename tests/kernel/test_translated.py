"""Texts in three languages."""

from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bala.kernel.translated import TranslatedText, pick


class Thing:
    """Something with a title."""

    title_kk, title_ru, title_en = "Бақыт", "Счастье", ""
    title = TranslatedText()


def test_the_text_of_the_active_language_is_read() -> None:
    with translation.override("kk"):
        assert Thing().title == "Бақыт"
        assert not Thing().title.is_fallback


def test_a_missing_text_falls_back_and_says_so() -> None:
    with translation.override("en"):
        text = Thing().title
        page = Template("{{ thing.title|shown }}").render(Context({"thing": Thing()}))
    assert (text, text.language, text.is_fallback) == ("Счастье", "ru", True)
    assert 'lang="ru"' in page
    assert "рус" in page


def test_what_is_shown_is_escaped() -> None:
    thing = Thing()
    thing.title_ru = "<b>"
    with translation.override("en"):
        assert "<b>" not in Template("{{ thing.title|shown }}").render(Context({"thing": thing}))


@given(st.fixed_dictionaries({code: st.text(max_size=5) for code in ("kk", "ru", "en")}))
def test_something_is_shown_whenever_anything_is_there(texts: dict[str, str]) -> None:
    for language in texts:
        assert bool(pick(texts, language)) == any(texts.values())
