"""Who may send pictures, and who may see them."""

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.access import own_child
from bala.people.models import Account, Child
from bala.people.queries.families import children_of
from bala.programme.access.campaigns import Person
from bala.programme.models import Activity, Campaign, Picture, PlanItem
from bala.programme.queries.pictures import pictures_sent, public_pictures
from bala.programme.queries.public import public_rows


def family_of(account: Person) -> tuple[Account, list[Child]]:
    """Return who asks, with the children for whom the person may send something: one's own.

    A child that signs in may for itself. The list is empty for whoever represents no child.
    """
    if not isinstance(account, Account):
        raise Forbidden(_("Sign in to send a picture."))
    itself = own_child(account)
    if itself is not None:
        return account, [itself]
    return account, list(children_of(account).select_related("region"))


def pictured_event(campaign: Campaign, activity: Activity, public_id: str) -> PlanItem:
    """Return the event of an activity that a picture is to be of, or raise NotHere."""
    item = public_rows(campaign).filter(activity=activity, public_id=public_id).first()
    if item is None:
        raise NotHere(_("There is no such event in the programme."))
    return item


def own_picture(account: Person, public_id: str) -> Picture:
    """Return a picture that the person, or the own family, sent in, or raise NotHere."""
    if isinstance(account, Account):
        picture = pictures_sent(account).filter(public_id=public_id).first()
        if picture is not None:
            return picture
    raise NotHere(_("You have sent in no such picture."))


def public_picture(campaign: Campaign, public_id: str) -> Picture:
    """Return a picture that the public may see at this moment, or raise NotHere."""
    picture = public_pictures(campaign).filter(public_id=public_id).first()
    if picture is None:
        raise NotHere(_("There is no such picture."))
    return picture
