"""Who acts for an institution that represents children, and who keeps a school's groups."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import ImportState, Role
from bala.people.models import Account, ChildImport, ClassGroup
from bala.people.queries.rights import rights_of
from bala.territory.models import Organisation

Person = Account | AnonymousUser


def represented_institutions(account: Person) -> QuerySet[Organisation]:
    """Return the institutions that the person acts for, or raise Forbidden."""
    ids = _organisations(account, Role.REPRESENTATIVE)
    if not ids:
        raise Forbidden(_("This page is for those who represent a children's home."))
    return Organisation.objects.filter(pk__in=ids).select_related("region").order_by("pk")


def represented_institution(account: Person, public_id: str) -> Organisation:
    """Return an institution that the person acts for; raise Forbidden or NotHere."""
    found = represented_institutions(account).filter(public_id=public_id).first()
    if found is None:
        raise NotHere(_("There is no such institution of yours."))
    return found


def own_import(account: Person, institution: Organisation, public_id: str) -> ChildImport:
    """Return a list that was sent in for the institution and can still be decided on."""
    found = (
        ChildImport.objects.filter(
            organisation=institution, public_id=public_id, sent_by__in=[account]
        )
        .exclude(state=ImportState.DISCARDED)
        .first()
    )
    if found is None:
        raise NotHere(_("This list is not there any more. Send it again."))
    return found


def group_keeper(account: Person) -> QuerySet[Organisation]:
    """Return the organisations whose groups the person keeps, or raise Forbidden."""
    ids = _organisations(account, Role.HOST)
    if not ids:
        raise Forbidden(_("This page is for teachers and other hosts."))
    return Organisation.objects.filter(pk__in=ids).order_by("pk")


def kept_group(account: Person, public_id: str) -> ClassGroup:
    """Return a group that the person keeps; raise Forbidden or NotHere."""
    found = (
        ClassGroup.objects.filter(organisation__in=group_keeper(account), closed_at__isnull=True)
        .select_related("organisation")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotHere(_("There is no such group of yours."))
    return found


def _organisations(account: Person, role: Role) -> set[int]:
    scopes = rights_of(account).scopes.get(role, ())
    return {scope.organisation_id for scope in scopes if scope.organisation_id is not None}
