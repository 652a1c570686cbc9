"""Who gets what at the addresses of the room."""

from typing import Any

from bala.people.actions.breaches import approve_breach_list, ask_breach_list
from bala.people.actions.invitations import invite_guardian
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import (
    BreachList,
    ChildImport,
    ClassGroup,
    GuardianInvitation,
    RoleGrant,
    TakeOut,
)
from bala.people.queries.consents import withdrawal_token
from bala.people.queries.invitations import invitation_token
from tests.access import Row, everyone, only
from tests.people.factories import make_consents, make_person
from tests.world import Persona, World


def slug(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def a_grant(world: World) -> dict[str, Any]:
    """The right of the host in Almaty."""
    grant = RoleGrant.objects.get(account=world.people[Persona.HOST])
    return {**slug(world), "public_id": grant.public_id}


def a_child(world: World) -> dict[str, Any]:
    """The child of the guardian."""
    return {"public_id": world.child.public_id}


def a_consent(world: World) -> dict[str, Any]:
    """What the guardian agreed to for that child."""
    (consent,) = make_consents(world.child, ConsentPurpose.PHOTO)
    return {**a_child(world), "consent_id": consent.public_id}


def a_link(world: World) -> dict[str, Any]:
    """The link of that consent's receipt: whoever holds it may use it."""
    (consent,) = make_consents(world.child, ConsentPurpose.PHOTO)
    return {"token": withdrawal_token(consent)}


def a_take_out(world: World) -> dict[str, Any]:
    """All that is kept on the guardian's family."""
    guardian = world.people[Persona.GUARDIAN]
    found = TakeOut.objects.create(account=guardian, language="kk", state="ready")
    return {"public_id": found.public_id, "ending": "json"}


def invitation_for(world: World) -> GuardianInvitation:
    guardian = world.people[Persona.GUARDIAN]
    return invite_guardian(
        guardian=guardian, child=world.child, email="ata@example.kz", language="kk"
    )


def an_invitation(world: World) -> dict[str, Any]:
    """A second guardian's invitation that waits."""
    return {**a_child(world), "invitation_id": invitation_for(world).public_id}


def a_join_link(world: World) -> dict[str, Any]:
    """The link in that invitation's letter."""
    return {"token": invitation_token(invitation_for(world))}


def a_home(world: World) -> dict[str, Any]:
    """The children's home that the representative acts for."""
    grant = RoleGrant.objects.get(account=world.people[Persona.REPRESENTATIVE])
    assert grant.organisation is not None
    return {"public_id": grant.organisation.public_id}


def a_list(world: World) -> dict[str, Any]:
    """A list of children that the representative has sent in."""
    account = world.people[Persona.REPRESENTATIVE]
    home = RoleGrant.objects.get(account=account).organisation
    assert home is not None
    found = ChildImport.objects.create(organisation=home, sent_by=account, rows="[]")
    return {**a_home(world), "import_id": found.public_id}


def a_group(world: World) -> dict[str, Any]:
    """A class of the host's school."""
    group = ClassGroup.objects.create(
        organisation=world.organisation,
        name="5 «А»",
        boys=1,
        girls=1,
        age_from=10,
        age_to=11,
        kept_by=world.people[Persona.HOST],
    )
    return {"public_id": group.public_id}


TEACHERS = (Persona.HOST, Persona.OTHER_HOST)
GROWN_UP = {**everyone(), Persona.VISITOR: 302, Persona.CHILD: 403}
OWN = only(Persona.GUARDIAN, refused=404)
GIVERS = (Persona.COORDINATOR, Persona.ORGANISER, Persona.OTHER_ORGANISER)


def asked(world: World) -> dict[str, Any]:
    """A list of those affected that somebody else asked for."""
    first = make_person(Role.COORDINATOR, campaign_slug=world.campaign.slug)
    found = ask_breach_list(
        by=first, campaign_slug=world.campaign.slug, reason="Қате хат", region=None, since=None
    )
    return {"slug": world.campaign.slug, "public_id": found.public_id}


def opened(world: World) -> dict[str, Any]:
    """The same, approved."""
    kwargs = asked(world)
    second = make_person(Role.COORDINATOR, campaign_slug=world.campaign.slug)
    found = BreachList.objects.get(public_id=kwargs["public_id"])
    approve_breach_list(by=second, asked=found)
    return kwargs


ACCESS: dict[str, Row] = {
    "people:me": Row({**everyone(), Persona.VISITOR: 302}),
    "people:language": Row(everyone(302), method="post"),
    "people:rights": Row(only(*GIVERS), slug),
    "people:give": Row(only(*GIVERS), slug),
    "people:take": Row(
        {**only(Persona.COORDINATOR, Persona.ORGANISER), Persona.OTHER_ORGANISER: 404}, a_grant
    ),
    "people:invited_only": Row(everyone()),
    "people:mine": Row(everyone(302)),
    "people:family": Row(GROWN_UP),
    "people:child_add": Row(GROWN_UP),
    "people:schools": Row({**everyone(), Persona.VISITOR: 302}),
    "people:child": Row(OWN, a_child),
    "people:child_edit": Row(OWN, a_child),
    "people:child_remove": Row(OWN, a_child),
    "people:seen": Row(OWN, a_child),
    "people:consents": Row(OWN, a_child),
    "people:withdraw": Row(
        {**OWN, Persona.GUARDIAN: 302},
        a_child,
        method="post",
        data=lambda _world: {"purpose": "photo"},
    ),
    "people:history": Row(OWN, a_child),
    "people:receipt": Row(OWN, a_consent),
    "people:invite": Row(OWN, a_child),
    "people:invite_cancel": Row({**OWN, Persona.GUARDIAN: 302}, an_invitation, method="post"),
    "people:leave": Row(OWN, a_child),
    "people:join": Row({**everyone(), Persona.CHILD: 403}, a_join_link),
    "people:sign_in_settings": Row(OWN, a_child),
    # The guardian has pressed before the child comes: it is signed out then.
    "people:sign_in_stop": Row(
        {**OWN, Persona.GUARDIAN: 302, Persona.CHILD: 302}, a_child, method="post"
    ),
    "people:card_make": Row({**OWN, Persona.GUARDIAN: 302}, a_child, method="post"),
    "people:card_revoke": Row({**OWN, Persona.GUARDIAN: 302}, a_child, method="post"),
    "people:activity": Row(OWN, a_child),
    "people:child_home": Row(only(Persona.CHILD)),
    "people:child_sign_in": Row(everyone()),
    "people:child_sign_out": Row(everyone(302), method="post"),
    "people:card": Row(everyone(), lambda _world: {"token": "a-card-of-nobody"}),
    "people:institutions": Row(only(Persona.REPRESENTATIVE, status=302)),
    "people:institution": Row(only(Persona.REPRESENTATIVE), a_home),
    "people:child_list": Row(only(Persona.REPRESENTATIVE), a_home),
    "people:child_list_preview": Row(only(Persona.REPRESENTATIVE), a_list),
    "people:paper_consents": Row(only(Persona.REPRESENTATIVE), a_home),
    "people:groups": Row(only(*TEACHERS)),
    "people:group_add": Row(only(*TEACHERS)),
    "people:group_edit": Row({**only(Persona.HOST), Persona.OTHER_HOST: 404}, a_group),
    "people:group_close": Row(
        {**only(Persona.HOST, status=302), Persona.OTHER_HOST: 404}, a_group, method="post"
    ),
    "people:data": Row(GROWN_UP),
    # Whoever may is sent to type the password again.
    "people:take_out": Row({**everyone(302), Persona.CHILD: 403}, method="post"),
    "people:take_out_file": Row(only(Persona.GUARDIAN, status=302, refused=404), a_take_out),
    "people:erase": Row({**everyone(302), Persona.CHILD: 403}),
    "people:erase_cancel": Row({**everyone(302), Persona.CHILD: 403}, method="post"),
    "people:withdraw_link": Row(everyone(), a_link),
    "people:breaches": Row(only(Persona.COORDINATOR), lambda w: {"slug": w.campaign.slug}),
    "people:breach": Row(only(Persona.COORDINATOR), asked),
    "people:breach_approve": Row(only(Persona.COORDINATOR, status=302), asked, method="post"),
    "people:breach_take": Row(only(Persona.COORDINATOR), opened, method="post"),
}
