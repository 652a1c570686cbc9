"""Pages by key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.kernel.keyset import page_of
from bala.territory.models import Region


@pytest.mark.django_db
def test_pages_walk_forward_and_back_over_every_row_once() -> None:
    everything = list(Region.objects.order_by("-kind", "sort_key", "pk"))
    seen: list[Region] = []
    cursor = ""
    while True:
        page = page_of(
            Region.objects.all(), order=["-kind", "sort_key", "pk"], cursor=cursor, size=7
        )
        seen += page.rows
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert seen == everything
    back = page_of(
        Region.objects.all(), order=["-kind", "sort_key", "pk"], cursor=page.previous_cursor, size=7
    )
    assert list(back.rows) == everything[7:14]
    assert back.previous_cursor


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["rubbish", "ö", "W10", "WyJuIiwgbnVsbF0", "WyJuIixbMV1d"])
def test_an_unreadable_cursor_means_the_first_page(cursor: str) -> None:
    page = page_of(Region.objects.all(), order=["pk"], cursor=cursor, size=3)
    assert [row.pk for row in page.rows] == sorted(Region.objects.values_list("pk", flat=True))[:3]
    assert page.previous_cursor == ""


@pytest.mark.django_db
def test_a_cursor_of_the_wrong_type_means_the_first_page() -> None:
    cursor = page_of(Region.objects.all(), order=["sort_key"], size=1).next_cursor
    assert page_of(Region.objects.all(), order=["pk"], cursor=cursor, size=1).rows


@given(st.text())
def test_any_text_can_be_given_as_a_cursor(text: str) -> None:
    from bala.kernel.keyset import _read

    backward, key = _read(text, 2)
    assert isinstance(backward, bool)
    assert len(key) in (0, 2)
