"""What a moderator decides, and what follows from it."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bala.files.enums import FileState
from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden
from bala.people.enums import ConsentPurpose
from bala.safeguarding.access import Desk
from bala.safeguarding.actions.errors import CannotDecide, ConsentMissing
from bala.safeguarding.actions.items import (
    check_consents,
    follow,
    hide,
    locked_item,
    set_free,
    show,
)
from bala.safeguarding.actions.letters import tell_of_decision
from bala.safeguarding.enums import ItemState, ReasonUse, ReportState, Verdict
from bala.safeguarding.models import Decision, ModerationItem, SecondLook
from bala.safeguarding.queries.reasons import all_reasons


@transaction.atomic
def decide(
    *,
    desk: Desk,
    item: ModerationItem,
    revision: int,
    approve: bool,
    shows_face: bool | None = None,
    reason: str = "",
    words: str = "",
) -> ModerationItem:
    """Decide on an item that waits, as it stood at `revision`; return it as it stands now.

    A picture or film wants the moderator's word on faces. The first yes to a face leaves the item
    waiting for a second, different moderator (docs: children first, rule 9); a no needs one, with a
    reason. Reports that were open are answered by the same decision. Raises EditConflict where it
    was decided, edited or reported meanwhile or another has it; Forbidden, CannotDecide and
    ConsentMissing.
    """
    locked = locked_item(item)
    _check_turn(desk, locked, revision)
    if approve:
        return _approve(desk, locked, shows_face)
    _check_reason(reason, words)
    return _say_no(desk, locked, reason, words, shows_face)


@transaction.atomic
def take_down(*, desk: Desk, item: ModerationItem, reason: str, words: str = "") -> ModerationItem:
    """Take something public down at once, for good; raises CannotDecide, or EditConflict."""
    _check_reason(reason, words)
    locked = locked_item(item)
    if locked.state != ItemState.APPROVED:
        raise EditConflict(_("It is not public; there is nothing to take down."))
    return _say_no(desk, locked, reason, words, locked.shows_face)


@transaction.atomic
def look_again(*, desk: Desk, decision: Decision, agrees: bool, words: str = "") -> SecondLook:
    """Say what one thinks of another's decision that was drawn for the sample.

    Disagreement brings the item back to the queue, out of the public's sight. Raises Forbidden for
    one's own decision, EditConflict where somebody was quicker, CannotDecide.
    """
    if decision.moderator_id == desk.account.pk:
        raise Forbidden(_("A second look is taken by somebody else."))
    if not agrees and not words.strip():
        raise CannotDecide(_("Say in a few words why you see it differently."))
    locked = locked_item(decision.item)
    look, made = SecondLook.objects.get_or_create(
        decision=decision,
        defaults={
            "moderator": desk.account,
            "agrees": agrees,
            "words": words.strip(),
            "made_at": clock.now(),
        },
    )
    if not made:
        raise EditConflict(_("Somebody has looked at this decision meanwhile."))
    stands = locked.decisions.order_by("-pk").values_list("pk", flat=True).first() == decision.pk
    decided = locked.waiting_since is None and locked.state != ItemState.WITHDRAWN
    if not agrees and stands and decided:
        _reopen(desk, locked, words.strip())
    return look


def _check_turn(desk: Desk, item: ModerationItem, revision: int) -> None:
    if item.waiting_since is None:
        raise EditConflict(_("Somebody has decided on this meanwhile."))
    if item.revision != revision:
        raise EditConflict(
            _("This changed while you were looking: it was edited or reported. Look at it again.")
        )
    others = item.claimed_by_id not in (None, desk.account.pk)
    if others and item.claimed_until is not None and item.claimed_until > clock.now():
        raise EditConflict(_("Another moderator is looking at this now."))


def _approve(desk: Desk, item: ModerationItem, shows_face: bool | None) -> ModerationItem:
    files = list(item.files.order_by("pk"))
    if any(file.state != FileState.READY for file in files):
        raise CannotDecide(_("A file of it is still being prepared, or was not accepted."))
    if files and shows_face is None and item.shows_face is None:
        raise CannotDecide(_("Say whether a face can be seen."))
    face = bool(files) and (bool(shows_face) or item.shows_face is True)
    _check_consent_to(item, face=face)
    reported = item.state != ItemState.PENDING
    if face and ConsentPurpose.PHOTO not in item.purposes and item.child_id is not None:
        item.purposes = [*item.purposes, str(ConsentPurpose.PHOTO)]
    seen_by_two = item.second_moderator_id is not None
    if face and not seen_by_two and not (item.first_at and item.first_moderator_id):
        return _first_yes(desk, item)
    if face and not seen_by_two:
        if item.first_moderator_id == desk.account.pk:
            raise Forbidden(_("A face wants a second pair of eyes: another moderator's."))
        item.second_moderator = desk.account
    item.shows_face = face if files else None
    if item.first_moderator_id is None:
        item.first_moderator = desk.account
    if reported:
        item.confirmed_at = clock.now()
    verdict = Verdict.RESTORE if reported else Verdict.APPROVE
    return _settle(desk, item, ItemState.APPROVED, verdict)


def _first_yes(desk: Desk, item: ModerationItem) -> ModerationItem:
    """Keep the first moderator's yes to a face; the item goes on waiting for another."""
    now = clock.now()
    decision = _write_decision(desk, item, Verdict.APPROVE, is_final=False, shows_face=True)
    item.shows_face = True
    item.first_moderator, item.first_at = desk.account, now
    # What was reported and turns out to show a face is judged anew by two.
    hide(item)
    item.state = ItemState.PENDING
    item.revision = decision.revision + 1
    set_free(item)
    item.save()
    follow(item)
    return item


def _say_no(
    desk: Desk, item: ModerationItem, reason: str, words: str, shows_face: bool | None
) -> ModerationItem:
    if shows_face is not None:
        item.shows_face = item.shows_face or shows_face
    pending = item.state == ItemState.PENDING
    state = ItemState.REFUSED if pending else ItemState.TAKEN_DOWN
    verdict = Verdict.REFUSE if pending else Verdict.TAKE_DOWN
    return _settle(desk, item, state, verdict, reason=reason, words=words.strip())


def _settle(
    desk: Desk,
    item: ModerationItem,
    state: ItemState,
    verdict: Verdict,
    *,
    reason: str = "",
    words: str = "",
) -> ModerationItem:
    decision = _write_decision(desk, item, verdict, reason=reason, words=words)
    approved = state == ItemState.APPROVED
    if not approved:
        hide(item)
    item.state = state
    item.decided_at = decision.made_at
    item.waiting_since = item.escalated_at = None
    item.urgent = False
    item.revision = decision.revision + 1
    _answer_reports(desk, item, upheld=not approved)
    set_free(item)
    item.save()
    if approved:
        show(item)
    follow(item)
    tell_of_decision(item, decision)
    return item


def _answer_reports(desk: Desk, item: ModerationItem, *, upheld: bool) -> None:
    item.open_reports = 0
    item.reports.filter(state=ReportState.OPEN).update(
        state=ReportState.UPHELD if upheld else ReportState.REJECTED,
        decided_at=clock.now(),
        decided_by=desk.account,
    )


def _reopen(desk: Desk, item: ModerationItem, words: str) -> None:
    decision = _write_decision(desk, item, Verdict.REOPEN, words=words)
    hide(item)
    item.state = ItemState.PENDING
    item.waiting_since = decision.made_at
    item.decided_at = item.first_at = None
    item.first_moderator = item.second_moderator = None
    item.revision = decision.revision + 1
    item.save()
    follow(item)


def _write_decision(
    desk: Desk,
    item: ModerationItem,
    verdict: Verdict,
    *,
    is_final: bool = True,
    shows_face: bool | None = None,
    reason: str = "",
    words: str = "",
) -> Decision:
    now = clock.now()
    waited = (now - item.waiting_since).total_seconds() if item.waiting_since else 0
    decision = Decision(
        item=item,
        revision=item.revision,
        moderator=desk.account,
        verdict=verdict,
        is_final=is_final,
        shows_face=item.shows_face if shows_face is None else shows_face,
        reason=reason,
        words=words[:500],
        waited_seconds=max(int(waited), 0),
        made_at=now,
    )
    decision.sampled = is_final and verdict != Verdict.REOPEN and _is_drawn(decision.public_id)
    decision.save()
    return decision


def _is_drawn(public_id: str) -> bool:
    """Whether a decision is in the sample: nobody can tell beforehand, and it cannot be chosen."""
    drawn = salted_hmac("bala.safeguarding.sample", public_id, algorithm="sha256").digest()
    number = int.from_bytes(hashlib.sha256(drawn).digest()[:4], "big") % 100
    return number < int(settings.BALA_MODERATION_SAMPLE_PERCENT)


def _check_reason(reason: str, words: str) -> None:
    known = all_reasons().get(reason)
    if known is None or known.use != ReasonUse.REFUSE:
        raise CannotDecide(_("Choose a reason: the author will read it."))
    if reason == "other" and not words.strip():
        raise CannotDecide(_("Say the reason in your own words."))


def _check_consent_to(item: ModerationItem, *, face: bool) -> None:
    if item.child is not None:
        photo = [ConsentPurpose.PHOTO] if face else []
        for child in item.children:
            check_consents(child, dict.fromkeys([*item.purposes, *map(str, photo)]), item.about)
    elif face and not item.consent_on_paper:
        raise ConsentMissing(
            _("A face can be seen, and the author did not say that those shown consented.")
        )
