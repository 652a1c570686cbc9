"""What the room has the room of letters say; that stands above, so it is called by its task's name."""

import json

from bala.kernel import queue
from bala.people.models import Account


def tell(account: Account, kind: str, *, key: str, **context: object) -> None:
    """Have a letter of `kind` written to a person, in the transaction of the caller, once for `key`.

    The letter's words lie in templates/people/letters; `context` is all that they know.
    """
    queue.defer(
        "notify.tell",
        account_id=account.pk,
        kind=kind,
        key=f"{kind}:{key}",
        context=json.dumps(context, ensure_ascii=False),
    )
