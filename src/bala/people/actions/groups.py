"""Groups as numbers."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import EditConflict, PersonError
from bala.people.models import Account, ClassGroup
from bala.territory.models import Organisation


class NotAGroup(PersonError):
    """The numbers do not make a group."""


class NameInUse(PersonError):
    """The organisation has a group of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupData:
    """What a teacher says about a group."""

    name: str
    boys: int
    girls: int
    age_from: int
    age_to: int

    def checked(self) -> dict[str, object]:
        """Return the columns to write. Raises NotAGroup."""
        if not self.boys and not self.girls:
            raise NotAGroup(_("A group has at least one child."))
        if self.age_from > self.age_to:
            raise NotAGroup(_("The youngest cannot be older than the eldest."))
        return {
            "name": " ".join(self.name.split())[:60],
            "boys": self.boys,
            "girls": self.girls,
            "age_from": self.age_from,
            "age_to": self.age_to,
        }


def keep_group(
    *,
    account: Account,
    organisation: Organisation,
    data: GroupData,
    group: ClassGroup | None = None,
    revision: int = 0,
) -> ClassGroup:
    """Add a group, or change one that nobody has changed since `revision` was read.

    Raises NotAGroup, NameInUse, EditConflict.
    """
    columns = {**data.checked(), "kept_by": account, "changed_at": clock.now()}
    try:
        with transaction.atomic():
            if group is None:
                return ClassGroup.objects.create(organisation=organisation, **columns)
            changed = ClassGroup.objects.filter(
                pk=group.pk, revision=revision, closed_at__isnull=True
            ).update(**columns, revision=F("revision") + 1)
    except IntegrityError as error:
        raise NameInUse(_("There is a group of this name.")) from error
    if not changed:
        raise EditConflict(
            _("Somebody else changed this meanwhile. Look at what stands there now and try again.")
        )
    group.refresh_from_db()
    return group


def close_group(*, group: ClassGroup) -> None:
    """Let a group be no longer offered; what it took part in stays. Can be repeated."""
    ClassGroup.objects.filter(pk=group.pk, closed_at__isnull=True).update(closed_at=clock.now())
