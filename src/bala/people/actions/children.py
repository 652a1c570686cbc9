"""Adding children to a family, and changing what is kept about them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden, PersonError
from bala.kernel.public_ids import ALPHABET, LENGTH
from bala.people.enums import GuardianshipKind, Language
from bala.people.models import Account, Child, Guardianship
from bala.people.queries.accounts import has_confirmed_address, is_child
from bala.people.queries.families import age_on
from bala.people.queries.names import clean_name, clean_optional_name, names_a_surname
from bala.territory.models import District, Organisation, Region


class NotYetConfirmed(Forbidden):
    """The guardian has not opened the letter that confirms the e-mail."""


class NotAChild(PersonError):
    """The date of birth is that of nobody under age."""


class SurnameShown(PersonError):
    """A name that others would read holds the surname."""


class DistrictElsewhere(PersonError):
    """The district or school lies in another region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildData:
    """What a guardian says about a child. Texts may come as they were typed."""

    given_name: str
    born_on: date
    region: Region
    family_name: str = ""
    pseudonym: str = ""
    district: District | None = None
    school: Organisation | None = None
    language: Language = Language.KK
    needs: str = ""

    def checked(self, today: date) -> dict[str, object]:
        """Return the columns to write.

        Raises NotAName, NotAChild (born after `today`, or of age on it), SurnameShown or
        DistrictElsewhere.
        """
        given, family = clean_name(self.given_name), clean_optional_name(self.family_name)
        pseudonym = clean_optional_name(self.pseudonym)
        if self.born_on > today:
            raise NotAChild(_("This day has not come yet."))
        if age_on(self.born_on, today) >= settings.BALA_ADULT_AGE:
            raise NotAChild(
                _("Whoever was born on this day is grown up and needs an account of one's own.")
            )
        if family and (names_a_surname(given, family) or names_a_surname(pseudonym, family)):
            raise SurnameShown(
                _("Others read this name: leave the surname out of it, it is never shown.")
            )
        for place in (self.district, self.school):
            if place is not None and place.region_id != self.region.pk:
                raise DistrictElsewhere(_("District and school have to lie in the region."))
        return {
            "given_name": given,
            "family_name": family,
            "pseudonym": pseudonym[:60],
            "born_on": self.born_on,
            "region": self.region,
            "district": self.district,
            "school": self.school,
            "language": self.language,
            "needs": self.needs.strip(),
        }


def add_child(
    *, guardian: Account, kind: GuardianshipKind, data: ChildData, once: str = ""
) -> Child:
    """Add a child whom `guardian` represents; without any consent it takes part in nothing yet.

    `once` is a fresh public id that the form carries: sent twice, it adds one child. Raises
    Forbidden for a child's own account, NotYetConfirmed, and what ChildData.checked raises.
    """
    if is_child(guardian):
        raise Forbidden(_("Children are added by their guardians."))
    if not has_confirmed_address(guardian):
        raise NotYetConfirmed(_("First confirm your e-mail: open the link in our letter."))
    columns = data.checked(clock.today())
    if len(once) == LENGTH and set(once) <= set(ALPHABET):
        columns["public_id"] = once
    try:
        with transaction.atomic():
            child = Child.objects.create(**columns)
            Guardianship.objects.create(child=child, account=guardian, kind=kind)
            return child
    except IntegrityError:
        known = Child.objects.filter(public_id=once, guardianships__account=guardian).first()
        if known is None:
            raise
        return known


@transaction.atomic
def edit_child(*, child: Child, data: ChildData, revision: int) -> Child:
    """Change what is kept about a child, if nobody has changed it since `revision` was read.

    Raises EditConflict, and what ChildData.checked raises.
    """
    columns = data.checked(clock.today())
    changed = Child.objects.filter(pk=child.pk, revision=revision, erased_at__isnull=True).update(
        **columns, revision=F("revision") + 1
    )
    if not changed:
        raise EditConflict(
            _("Somebody else changed this meanwhile. Look at what stands there now and try again.")
        )
    child.refresh_from_db()
    return child
