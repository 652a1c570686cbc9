"""Taking out all that is kept on a family: asked for, made by a job, deleted after some days."""

import base64
import json
from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bala.kernel import clock, queue
from bala.people.actions.letters import tell
from bala.people.actions.printing import sheet_pdf
from bala.people.enums import TakeOutState
from bala.people.models import Account, TakeOut
from bala.people.queries.take_out import as_data, as_words, everything_of


def ask_take_out(*, account: Account, language: str) -> TakeOut:
    """Let a job put together all that is kept on the family; one at a time. Can be repeated."""
    try:
        with transaction.atomic():
            made = TakeOut.objects.create(account=account, language=language)
            queue.defer("people.make_take_out", take_out_id=made.pk)
            return made
    except IntegrityError:  # pressed twice
        return TakeOut.objects.get(account=account, state=TakeOutState.WAITING)


@transaction.atomic
def make_take_out(*, take_out_id: int) -> None:
    """Put it together; what is there already, or was deleted, is left alone."""
    found = (
        TakeOut.objects.select_for_update(of=["self"])
        .select_related("account")
        .filter(pk=take_out_id, state=TakeOutState.WAITING)
        .first()
    )
    if found is None:
        return
    with translation.override(found.language):
        everything = everything_of(found.account)
        found.data = json.dumps(
            as_data(everything), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
        )
        words = as_words(everything, found.language)
        found.pdf = base64.b64encode(sheet_pdf("take-out", words)).decode()
    found.state = TakeOutState.READY
    found.made_at = clock.now()
    found.save(update_fields=["data", "pdf", "state", "made_at"])
    tell(
        found.account,
        "people.take_out_ready",
        key=found.public_id,
        days=settings.BALA_TAKE_OUT_DAYS,
    )


def forget_take_outs() -> int:
    """Delete what was put together some days ago (BALA_TAKE_OUT_DAYS); return how many."""
    old = clock.now() - timedelta(days=settings.BALA_TAKE_OUT_DAYS)
    return TakeOut.objects.filter(state=TakeOutState.READY, made_at__lte=old).update(
        state=TakeOutState.DELETED, data="", pdf=""
    )


def content_of(take_out: TakeOut, ending: str) -> tuple[bytes, str, str]:
    """Return the bytes of a take-out that is ready, their type, and a name for the file."""
    assert take_out.made_at is not None  # noqa: S101
    day = take_out.made_at.astimezone(clock.NATIONAL_ZONE).date()
    name = f"{_('bala-family')}-{day}.{ending}"
    if ending == "json":
        return take_out.data.encode(), "application/json", name
    return base64.b64decode(take_out.pdf), "application/pdf", name
