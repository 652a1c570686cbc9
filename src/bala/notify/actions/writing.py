"""Telling a person something: a letter is written once, and a job sends it once."""

import json
from typing import Any

from django.db import transaction

from bala.kernel import queue
from bala.notify.enums import MessageState, Way
from bala.notify.models import Message
from bala.notify.queries.kinds import Kind, kind_of
from bala.notify.queries.recipients import child_behind, guardians_of, way_for
from bala.people.models import Account, Child


@transaction.atomic
def tell(
    *,
    account: Account,
    kind: str,
    key: str,
    context: dict[str, Any],
    about: str = "",
    written_by: Account | None = None,
) -> Message | None:
    """Tell a person something; return the letter when it is new, else None.

    `kind` is "ROOM.NAME" of the template ROOM/letters/NAME.txt. `key` says about what (at most 200
    characters): a letter with the same key is not written to the person again. `context` is JSON
    (texts, numbers, lists; days as "2021-05-28"); a text in three languages is {"kk", "ru", "en"}
    and comes out in the reader's. `about` is the campaign's slug.

    None also when the person has switched the kind off, and for an account that is closed. Nobody
    can send a child a message (docs: children first, rule 4): what is told to a child's account is
    told to each of its guardians, and what comes back is the first of their letters.

    Raises NoSuchKind, and TypeError for a context that is not JSON.
    """
    found = kind_of(kind)
    text = json.dumps(context, ensure_ascii=False)
    child = child_behind(account)
    receivers = [account] if child is None else guardians_of(child)
    written = [
        _write(one, found, key, text, about=about, child=child, written_by=written_by)
        for one in receivers
        if one.is_active
    ]
    return next((message for message in written if message is not None), None)


def queue_sending(message: Message) -> None:
    """Put the sending of a letter into the queue, in the caller's transaction."""
    queue.defer("notify.send", queueing_lock=f"notify.send:{message.pk}", message_id=message.pk)


def _write(
    account: Account,
    kind: Kind,
    key: str,
    context: str,
    *,
    about: str,
    child: Child | None,
    written_by: Account | None,
) -> Message | None:
    way = way_for(account, kind)
    if way is Way.OFF:
        return None
    state = MessageState.COLLECTED if way is Way.DIGEST else MessageState.WAITING
    message, made = Message.objects.get_or_create(
        account=account,
        key=key,
        defaults={
            "kind": kind.name,
            "context": context,
            "about": about,
            "child": child,
            "written_by": written_by,
            "state": state,
            "way": way,
        },
    )
    if not made:
        return None
    if state is MessageState.WAITING:
        queue_sending(message)
    return message
