"""Makers of pictures of what was held."""

from typing import Any

from bala.kernel.public_ids import new_public_id
from bala.people.models import Account, Child
from bala.programme.actions.pictures import send_hosts_picture, send_picture
from bala.programme.models import Activity, Picture, PlanItem
from bala.safeguarding import actions
from bala.safeguarding.access import Desk
from tests.files.factories import make_picture
from tests.people.factories import make_consents
from tests.safeguarding.factories import make_desk


def make_picture_of(
    activity: Activity, guardian: Account, child: Child, *others: Child, **fields: Any
) -> Picture:
    """Let a guardian send in a picture, with all that the children need consented to."""
    for one in (child, *others):
        make_consents(one)
    fields.setdefault("caption", "Біздің отбасылық эстафета")
    return send_picture(
        account=guardian,
        key=new_public_id(),
        activity=activity,
        children=[child, *others],
        language="kk",
        file=make_picture(guardian, content=fields.pop("content", b"")),
        **fields,
    )


def make_hosts_picture(item: PlanItem, host: Account, **fields: Any) -> Picture:
    """Let a host send in a picture of an event."""
    fields.setdefault("shows_children", True)
    fields.setdefault("on_paper", True)
    return send_hosts_picture(
        account=host,
        key=new_public_id(),
        item=item,
        caption=fields.pop("caption", "Мектеп ауласындағы сурет"),
        language="kk",
        file=make_picture(host),
        **fields,
    )


def approved_picture(picture: Picture, *desks: Desk, face: bool = True) -> Picture:
    """Let two moderators approve a picture with a face, or one a picture without."""
    for desk in desks or ((make_desk(), make_desk()) if face else (make_desk(),)):
        item = picture.moderation
        item.refresh_from_db()
        actions.decide(desk=desk, item=item, revision=item.revision, approve=True, shows_face=face)
    picture.refresh_from_db()
    return picture
