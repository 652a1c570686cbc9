"""Where the regions stand with their returns, and what differs between two states of one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from bala.kernel import clock
from bala.notify.models import Message
from bala.people.enums import Role
from bala.people.models import RoleGrant
from bala.programme.enums import Metric, PlanStatus
from bala.programme.models import Block, Campaign, MediaMention
from bala.returns.enums import REPORTED, ReturnStatus
from bala.returns.models import RegionalReturn, ReturnVersion
from bala.returns.queries.figures import METRICS, Change, Figures, changes, figures_of
from bala.returns.queries.words import name_of, plain, sentence, short
from bala.territory.models import Region

Number = tuple[Metric, str, str]  # what is counted, as it is printed, the key of its address


def numbers(figures: Figures, *path: str) -> list[Number]:
    """Return the figures of a place in the order in which they are shown."""
    return [
        (metric, short(metric, figures.get(*path, metric)), ".".join([*path, metric.value]))
        for metric in METRICS
    ]


@dataclass(frozen=True)
class RegionRow:
    """A region in the overview of returns."""

    region: Region
    regional_return: RegionalReturn | None
    figures: Figures
    days_late: int  # 0: not late, or reported
    has_changed: bool  # results came after the version that stands
    has_organiser: bool
    nudged_on: date | None

    @property
    def status(self) -> str:
        """Key of the state: a ReturnStatus, or "silent" where nothing was begun."""
        return self.regional_return.status if self.regional_return else "silent"

    @property
    def numbers(self) -> list[Number]:
        """The region's figures as they are printed."""
        return numbers(self.figures, self.region.iso_code)

    @property
    def has_reported(self) -> bool:
        """Whether a version stands."""
        return self.status in REPORTED


@dataclass(frozen=True)
class BlockPart:
    """A block in the return of a region."""

    block: Block
    numbers: list[Number]
    text: str
    proposed: str


def nudge_key(region: Region, day: date) -> str:
    """Return the key of the letter that asks a region for its return: one a day."""
    return f"return:{region.iso_code}:{day.isoformat()}"


def overview(campaign: Campaign, region_ids: frozenset[int] | None) -> list[RegionRow]:
    """Return the regions of a campaign (those of `region_ids`; None: all) with their returns."""
    regions: Any = campaign.regions.annotate(
        has_organiser=Exists(
            RoleGrant.objects.filter(
                role=Role.ORGANISER,
                region=OuterRef("pk"),
                taken_at__isnull=True,
                campaign_slug__in=("", campaign.slug),
            )
        )
    )
    if region_ids is not None:
        regions = regions.filter(pk__in=region_ids)
    now = figures_of(campaign)
    found = {r.region_id: r for r in RegionalReturn.objects.filter(campaign=campaign)}
    standing = standing_versions(campaign)
    nudges: dict[str, date] = {}
    for key, written_at in (
        Message.objects.filter(about=campaign.slug, key__startswith="return:")
        .order_by()
        .values_list("key", "written_at")
    ):
        iso, day = key.split(":")[1], written_at.date()
        nudges[iso] = max(nudges.get(iso, day), day)
    due, today = campaign.returns_due_on, clock.today()
    late = max((today - due).days, 0) if due else 0
    rows = []
    for region in sorted(regions, key=lambda one: one.sorting):
        one = found.get(region.pk)
        version = standing.get(region.pk)
        reported = one is not None and one.status in REPORTED
        rows.append(
            RegionRow(
                region=region,
                regional_return=one,
                figures=now,
                days_late=0 if reported else late,
                has_changed=bool(
                    reported
                    and version
                    and changes(Figures.from_json(version.figures), only(now, region.iso_code))
                ),
                has_organiser=region.has_organiser,
                nudged_on=nudges.get(region.iso_code),
            )
        )
    return rows


def states(rows: list[RegionRow]) -> list[tuple[str, str, str, int]]:
    """Return the states that occur: key, name, how it is coloured, how many regions."""
    names = (
        (ReturnStatus.ACCEPTED, _("returns accepted"), "good"),
        (ReturnStatus.SUBMITTED, _("wait for a decision"), ""),
        (ReturnStatus.SENT_BACK, _("sent back to be corrected"), "warn"),
        (ReturnStatus.DRAFT, _("begun, not submitted"), "warn"),
        ("silent", _("not begun"), "bad"),
    )
    counts = Counter(row.status for row in rows)
    return [(str(key), name, kind, counts[key]) for key, name, kind in names if counts[key]]


def only(figures: Figures, iso_code: str) -> Figures:
    """Return the figures of one region out of those of the campaign."""
    values = {k: v for k, v in figures.values.items() if k.startswith(f"{iso_code}.")}
    return Figures(figures.as_of, values, figures.parts)


def standing_versions(campaign: Campaign) -> dict[int, ReturnVersion]:
    """Return the last version of each region that has reported, by region id."""
    versions = ReturnVersion.objects.filter(
        regional_return__campaign=campaign, regional_return__status__in=REPORTED
    ).select_related("regional_return")
    return {
        v.regional_return.region_id: v for v in versions if v.number == v.regional_return.version
    }


def return_of(campaign: Campaign, region: Region) -> RegionalReturn | None:
    """Return the return of a region, or None where it is not begun."""
    return (
        RegionalReturn.objects.filter(campaign=campaign, region=region)
        .select_related("submitted_by", "decided_by", "region", "campaign")
        .first()
    )


def block_parts(
    campaign: Campaign, region: Region, one: RegionalReturn | None, figures: Figures
) -> list[BlockPart]:
    """Return the blocks with the region's figures, its words, and words proposed from the figures."""
    texts = dict(one.texts.values_list("block_id", "text")) if one else {}
    parts = []
    for block in campaign.blocks.filter(withdrawn_at__isnull=True):
        values = {m: figures.get(region.iso_code, f"b{block.number}", m) for m in METRICS}
        parts.append(
            BlockPart(
                block,
                numbers(figures, region.iso_code, f"b{block.number}"),
                texts.get(block.pk, ""),
                plain(sentence(values)),
            )
        )
    return parts


def media_of_plan(campaign: Campaign, region: Region, limit: int = 200) -> list[MediaMention]:
    """Return the media items of what the region held, the first by date."""
    return list(
        MediaMention.objects.filter(
            plan_item__campaign=campaign,
            plan_item__region=region,
            plan_item__status=PlanStatus.HELD,
        ).order_by("published_on", "pk")[:limit]
    )


def content_of(one: RegionalReturn) -> dict[str, Any]:
    """Return the words of a return as they are frozen in a version."""
    return {
        "texts": {t.block.public_id: t.text for t in one.texts.select_related("block") if t.text},
        "difficulties": one.difficulties,
        "proposals": one.proposals,
        "media": [
            {
                "outlet": m.outlet,
                "title": m.title,
                "url": m.url,
                "published_on": m.published_on.isoformat() if m.published_on else "",
            }
            for m in one.media.all()
        ],
    }


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that differs between two versions; `pieces` are (same/removed/added, words)."""

    name: str
    pieces: list[tuple[str, str]]


def text_changes(
    campaign: Campaign, before: dict[str, Any], after: dict[str, Any]
) -> list[TextChange]:
    """Return the texts and media that differ between the contents of two versions."""
    names = {
        b.public_id: _("block %(n)s") % {"n": b.number} + f". {b.title}"
        for b in campaign.blocks.all()
    }
    pairs = [
        (names.get(code, code), before["texts"].get(code, ""), after["texts"].get(code, ""))
        for code in sorted(
            before["texts"].keys() | after["texts"].keys(), key=lambda code: names.get(code, code)
        )
    ]
    pairs += [
        (_("Difficulties"), before["difficulties"], after["difficulties"]),
        (_("Proposals"), before["proposals"], after["proposals"]),
        (_("Media"), _lines(before["media"]), _lines(after["media"])),
    ]
    return [TextChange(name, word_changes(a, b)) for name, a, b in pairs if a != b]


def _lines(media: list[dict[str, str]]) -> str:
    return "\n".join(" ".join(v for v in (m["outlet"], m["title"], m["url"]) if v) for m in media)


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words of two texts as pieces: same, removed, added."""
    old, new = before.split(), after.split()
    pieces: list[tuple[str, str]] = []
    for op, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(("same", " ".join(old[a1:a2])))
            continue
        if a2 > a1:
            pieces.append(("removed", " ".join(old[a1:a2])))
        if b2 > b1:
            pieces.append(("added", " ".join(new[b1:b2])))
    return pieces


def changes_since(one: RegionalReturn, now: Figures) -> list[Change]:
    """Return the figures that changed since the version that stands; none where nothing stands."""
    if one.status not in REPORTED:
        return []
    version = one.versions.filter(number=one.version).first()
    if version is None:
        return []
    return changes(Figures.from_json(version.figures), only(now, one.region.iso_code))


def waiting_for_decision(campaign: Campaign) -> int:
    """Return how many returns wait for the coordinator."""
    return RegionalReturn.objects.filter(campaign=campaign, status=ReturnStatus.SUBMITTED).count()


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that differs, in words."""

    key: str
    name: str
    metric: str
    before: str
    after: str
    delta: Any


def named_changes(
    found: list[Change], *, places: dict[str, str] | None = None
) -> list[FigureChange]:
    """Return differing figures in words, in the active language."""
    if places is None:
        places = {r.iso_code: str(r.name) for r in Region.objects.all()}
    rows = []
    for one in found:
        metric = one.key.rsplit(".", 1)[-1]
        rows.append(
            FigureChange(
                one.key,
                name_of(one.key, places=places),
                metric,
                short(metric, one.before),
                short(metric, one.after),
                one.delta,
            )
        )
    return rows


@dataclass(frozen=True)
class ShownBlock:
    """A block of a version: its figures and the region's words."""

    block: Block
    figures: list[Number]
    text: str


@dataclass(frozen=True)
class ShownReturn:
    """A return as it is read: one version, what differs from another, and what changed since."""

    version: ReturnVersion | None
    versions: list[ReturnVersion]
    blocks: list[ShownBlock]
    total: list[Number]
    content: dict[str, Any]
    against: ReturnVersion | None
    text_changes: list[TextChange]
    figure_changes: list[FigureChange]
    since: list[FigureChange]
    steps: list[Any]


def shown_return(one: RegionalReturn, *, version: str = "", against: str = "") -> ShownReturn:
    """Return what the page of a return shows; numbers that name no version mean the usual ones.

    The usual version is the last; it is compared with the one before it. A return that was never
    submitted is shown as it stands now.
    """
    campaign, iso = one.campaign, one.region.iso_code
    versions = list(one.versions.select_related("made_by").order_by("number"))
    by_number = {str(v.number): v for v in versions}
    chosen = by_number.get(version, versions[-1] if versions else None)
    other = by_number.get(against)
    if other is None and chosen is not None:
        other = by_number.get(str(chosen.number - 1))
    now = figures_of(campaign, one.region)
    figures = Figures.from_json(chosen.figures) if chosen else now
    content = chosen.content if chosen else content_of(one)
    places = {iso: str(one.region.name)}
    old = Figures.from_json(other.figures) if other else None
    return ShownReturn(
        version=chosen,
        versions=versions,
        blocks=[
            ShownBlock(
                block,
                numbers(figures, iso, f"b{block.number}"),
                content["texts"].get(block.public_id, ""),
            )
            for block in campaign.blocks.filter(withdrawn_at__isnull=True)
        ],
        total=numbers(figures, iso),
        content=content,
        against=other,
        text_changes=text_changes(campaign, other.content, content) if other else [],
        figure_changes=named_changes(changes(old, figures), places=places) if old else [],
        since=named_changes(changes_since(one, now), places=places),
        steps=list(one.steps.select_related("by").order_by("at", "pk")),
    )


def theirs(
    one: RegionalReturn | None, parts: list[BlockPart], mine: dict[str, Any]
) -> list[tuple[str, str]]:
    """Return what somebody else saved where it differs from what is being typed: (name, text)."""
    if one is None:
        return []
    texts = dict(one.texts.values_list("block_id", "text"))
    pairs = [
        (
            _("block %(n)s") % {"n": p.block.number},
            texts.get(p.block.pk, ""),
            mine.get(f"block_{p.block.pk}", ""),
        )
        for p in parts
    ]
    pairs += [
        (_("Difficulties"), one.difficulties, mine.get("difficulties", "")),
        (_("Proposals"), one.proposals, mine.get("proposals", "")),
    ]
    return [(name, saved) for name, saved, typed in pairs if saved != typed]
