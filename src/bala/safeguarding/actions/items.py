"""Sending in, sending in again and withdrawing: the way of content to the moderators."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from bala.files.actions import claim as claim_files
from bala.files.actions import release, withhold
from bala.files.models import StoredFile
from bala.kernel import clock
from bala.kernel.keeping import take_back_all
from bala.people.enums import ConsentPurpose
from bala.people.models import Account, Child
from bala.people.queries.consents import missing
from bala.people.queries.families import children_of
from bala.safeguarding.actions.errors import ConsentMissing, NothingToWithdraw, NotYours
from bala.safeguarding.actions.letters import tell_of_distress
from bala.safeguarding.enums import KINDS, ItemState
from bala.safeguarding.models import ModerationItem
from bala.safeguarding.queries.items import own_items
from bala.safeguarding.queries.screening import is_distress, screen
from bala.territory.models import Region

_LANGUAGE: Final = re.compile(r"^/(kk|ru|en)(?=/)")


@transaction.atomic
def submit(
    *,
    author: Account,
    kind: str,
    address: str,
    campaign_slug: str,
    language: str,
    title: str = "",
    text: str = "",
    files: Sequence[StoredFile] = (),
    child: Child | None = None,
    others: Sequence[Child] = (),
    region: Region | None = None,
    purposes: Iterable[ConsentPurpose] = (),
    about: str = "",
    consent_on_paper: bool = False,
) -> ModerationItem:
    """Send a piece of content to the moderators; until they approve it the public gets 404.

    `kind` is "ROOM.NAME" of a registered kind, `address` the path where it will be read, `text` all
    that was typed (it is screened), `purposes` what must be consented to for `child` and for the
    `others` of the family who can be seen too. Words of distress make the item urgent, and the
    moderators are told at once. Raises NotYours where the author does not represent the child, and
    ConsentMissing.
    """
    item = ModerationItem(
        author=author,
        kind=kind,
        address=_LANGUAGE.sub("", address),
        campaign_slug=campaign_slug,
        child=child,
        region=region or (child.region if child else None),
        purposes=[str(purpose) for purpose in purposes],
        about=about,
    )
    if child is not None:
        for one in (child, *others):
            _check_family(author, one)
        item.waiting_since = clock.now()
        item.save()
        item.others.set(others)
    return _send(
        item, title, text, files, language, sender=author, consent_on_paper=consent_on_paper
    )


@transaction.atomic
def resubmit(
    *,
    item: ModerationItem,
    by: Account,
    title: str,
    text: str,
    files: Sequence[StoredFile] | None = None,
    language: str = "",
    consent_on_paper: bool | None = None,
) -> ModerationItem:
    """Send an edited thing back to the queue: it is not public until it is looked at again.

    `files` are the files it has now; None leaves them. Whatever a moderator has open at this moment
    cannot be approved unseen: the revision moves. Raises NotYours and ConsentMissing.
    """
    locked = locked_item(item)
    if not own_items(by).filter(pk=locked.pk).exists():
        raise NotYours(_("This belongs to somebody else."))
    hide(locked)
    locked.revision += 1
    return _send(
        locked,
        title,
        text,
        list(locked.files.order_by("pk")) if files is None else files,
        language or locked.language,
        sender=by,
        consent_on_paper=locked.consent_on_paper if consent_on_paper is None else consent_on_paper,
    )


@transaction.atomic
def withdraw(*, item: ModerationItem, by: Account) -> ModerationItem:
    """Take back what oneself or the own child sent in; it is gone from the public at once.

    Raises NotYours, or NothingToWithdraw.
    """
    locked = locked_item(item)
    if not own_items(by).filter(pk=locked.pk).exists():
        raise NotYours(_("This belongs to somebody else."))
    if locked.state == ItemState.WITHDRAWN:
        raise NothingToWithdraw(_("It has been withdrawn already."))
    return close(locked, ItemState.WITHDRAWN)


def close(locked: ModerationItem, state: ItemState) -> ModerationItem:
    """Take a locked item out of the queue and out of sight, in a state that is not public."""
    hide(locked)
    locked.state = state
    locked.waiting_since = None
    locked.urgent = False
    locked.revision += 1
    set_free(locked)
    locked.save()
    follow(locked)
    return locked


def locked_item(item: ModerationItem) -> ModerationItem:
    """Read an item again and hold it until the transaction ends."""
    return ModerationItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def set_free(item: ModerationItem) -> None:
    """Let anybody take the item up, without saving it."""
    item.claimed_by = None
    item.claimed_until = None


def follow(item: ModerationItem) -> None:
    """Let the room of the item's kind write what follows from its state, in this transaction."""
    kind = KINDS.get(item.kind)
    if kind is not None and kind.follow is not None:
        kind.follow(item)


def show(item: ModerationItem) -> None:
    """Let the public have the files of an item."""
    release(files=list(item.files.all()))


def hide(item: ModerationItem) -> None:
    """Take the item's files from the public, and every kept page that may show them, at once."""
    if item.state == ItemState.APPROVED:
        withhold(files=list(item.files.all()))
        take_back_all()


def _send(
    item: ModerationItem,
    title: str,
    text: str,
    files: Sequence[StoredFile],
    language: str,
    *,
    sender: Account,
    consent_on_paper: bool,
) -> ModerationItem:
    children = item.children
    for child in children:
        check_consents(child, item.purposes, item.about)
    now = clock.now()
    read = f"{title}\n{text}" if title and title not in text else text
    findings = screen(read)
    item.title, item.text, item.language = title[:300], read, language
    item.consent_on_paper = consent_on_paper
    item.findings = [finding.stored() for finding in findings]
    item.distress = item.urgent = is_distress(findings)
    item.state = ItemState.PENDING
    item.submitted_at = item.waiting_since = now
    item.shows_face = item.decided_at = None
    item.first_moderator = item.first_at = item.second_moderator = None
    item.confirmed_at = item.escalated_at = None
    set_free(item)
    item.save()
    known = set(item.files.values_list("pk", flat=True))
    fresh = [file for file in files if file.pk not in known]
    if fresh:
        claim_files(owner=sender, files=fresh, child=item.child, others=children[1:])
    item.files.set(files)
    follow(item)
    if item.distress:
        tell_of_distress(item)
    return item


def check_consents(child: Child, purposes: Iterable[str], about: str) -> None:
    """Raise ConsentMissing, with what is missing by name, unless all purposes are consented to."""
    lacking = missing(child, [ConsentPurpose(purpose) for purpose in purposes], about)
    if lacking:
        raise ConsentMissing(
            _("This needs the consent of a legal representative to: %(purposes)s.")
            % {"purposes": get_text_list([str(one.label) for one in lacking], _("and"))}
        )


def _check_family(author: Account, child: Child) -> None:
    if child.account_id != author.pk and not children_of(author).filter(pk=child.pk).exists():
        raise NotYours(_("Only the child's family can send this in."))
