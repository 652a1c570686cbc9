"""What a card of an event says, in plain values: the same card is rendered once (kernel.parts)."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.text import capfirst

from bala.concept.enums import Format
from bala.kernel.translated import Shown as Text
from bala.programme.queries.public import Shown


@dataclass(frozen=True, slots=True)
class Card:
    """A row of a plan on its card."""

    slug: str
    public_id: str
    title: str
    title_language: str
    title_is_fallback: bool
    day: date
    starts_on: date
    ends_on: date
    is_long: bool
    is_over: bool  # past or cancelled: the day is grey
    starts_at: time | None
    place: str
    format: str
    block: int
    min_age: int | None
    max_age: int | None
    mark: str  # "cancelled", "held", "moved" or ""
    region: str

    @property
    def shown_title(self) -> Text:
        """The title with the language that it is in."""
        return Text(self.title, self.title_language, is_fallback=self.title_is_fallback)

    @property
    def format_label(self) -> str:
        """The name of its format."""
        return str(Format(self.format).label)


def card_of(row: Shown, *, with_region: bool = False) -> Card:
    """Return what the card of a row says; with its region where the list goes over several."""
    item = row.item
    activity = item.activity
    title = item.title or activity.title
    place = item.place
    if not place and item.format != Format.ONLINE:
        place = capfirst(str(item.organisation or item.region.name))
    return Card(
        slug=item.campaign.slug,
        public_id=item.public_id,
        title=str.__str__(title),
        title_language=title.language,
        title_is_fallback=title.is_fallback,
        day=row.day,
        starts_on=item.starts_on,
        ends_on=item.ends_on,
        is_long=row.is_long,
        is_over=row.is_past or row.is_cancelled,
        starts_at=item.starts_at,
        place=place,
        format=str(item.format),
        block=activity.block.number,
        min_age=activity.min_age,
        max_age=activity.max_age,
        mark=str(item.status) if row.is_marked else "",
        region=str.__str__(item.region.name) if with_region else "",
    )
