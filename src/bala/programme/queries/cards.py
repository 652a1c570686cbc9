"""What a card of an event says, in plain values: the same card is rendered once (kernel.parts)."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.text import capfirst

from bala.concept.enums import ActivityKind, Format
from bala.kernel.translated import Shown as Text
from bala.programme.models import Activity
from bala.programme.queries.public import Figures, Shown


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


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in a list, with how much of it there is."""

    public_id: str
    number: int
    title: str
    title_language: str
    title_is_fallback: bool
    kind: str
    starts_on: date | None
    ends_on: date | None
    min_age: int | None
    max_age: int | None
    rows: int
    next_on: date | None

    @property
    def shown_title(self) -> Text:
        """The title with the language that it is in."""
        return Text(self.title, self.title_language, is_fallback=self.title_is_fallback)

    @property
    def kind_label(self) -> str:
        """The name of its kind."""
        return str(ActivityKind(self.kind).label)


def line_of(activity: Activity, figures: Figures) -> Line:
    """Return what a list says of an activity."""
    title = activity.title
    return Line(
        public_id=activity.public_id,
        number=activity.number,
        title=str(title),
        title_language=title.language,
        title_is_fallback=title.is_fallback,
        kind=str(activity.kind),
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        min_age=activity.min_age,
        max_age=activity.max_age,
        rows=figures.rows,
        next_on=figures.next_on,
    )


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
        title=str(title),
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
        region=str(item.region.name) if with_region else "",
    )
