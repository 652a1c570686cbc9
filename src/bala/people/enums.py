"""Choices of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in a campaign; each is held within a scope.

    Guardians and children hold no role: what they may do follows from guardianship.
    """

    COORDINATOR = "coordinator", _("coordinator")
    ORGANISER = "organiser", _("organiser")
    HOST = "host", _("host")
    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    JUROR = "juror", _("juror")
    LAWYER = "lawyer", _("lawyer")
    INSPECTOR = "inspector", _("inspector")
    BENEFACTOR = "benefactor", _("benefactor")
    # Acts for an orphanage or boarding school that is the legal representative of its children.
    REPRESENTATIVE = "representative", _("representative of an institution")


# Every role sees or decides for others than one's own family, so each wants a second factor.
ROLES_WITH_SECOND_FACTOR = frozenset(Role)


# Within what each role can be held: (what it needs, what it may have besides). A block is a number
# of the campaign's blocks.
ROLE_SCOPES: dict[Role, tuple[frozenset[str], frozenset[str]]] = {
    Role.COORDINATOR: (frozenset(), frozenset()),
    Role.EDITOR: (frozenset(), frozenset()),
    Role.ORGANISER: (frozenset({"region"}), frozenset({"district"})),
    Role.HOST: (frozenset({"organisation"}), frozenset()),
    Role.REPRESENTATIVE: (frozenset({"organisation"}), frozenset()),
    Role.INSPECTOR: (frozenset({"region"}), frozenset({"district", "organisation"})),
    Role.MODERATOR: (frozenset(), frozenset({"region", "block"})),
    Role.JUROR: (frozenset(), frozenset({"region", "block"})),
    Role.LAWYER: (frozenset(), frozenset({"region", "organisation"})),
    Role.BENEFACTOR: (frozenset(), frozenset({"region", "organisation"})),
}


class Language(TextChoices):
    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"


class GuardianshipKind(TextChoices):
    """By which right somebody is the legal representative of a child."""

    PARENT = "parent", _("parent")
    GUARDIAN = "guardian", _("guardian")
    TRUSTEE = "trustee", _("trustee")
    FOSTER_PARENT = "foster_parent", _("foster parent")
    INSTITUTION = "institution", _("institution")
    SELF = "self", _("oneself, since the age of majority")


# What somebody may say to be; the other two follow from what the person is.
CHOSEN_KINDS = tuple(kind for kind in GuardianshipKind if kind.value not in ("institution", "self"))


class ConsentPurpose(TextChoices):
    """What a legal representative consents to; each is asked for and withdrawn by itself."""

    TAKE_PART = "take_part", _("taking part")
    PHOTO = "photo", _("photographs and films in which the child can be seen")
    CONTEST = "contest", _("works in contests and showcases")
    RECORDING = "recording", _("recording of a meeting")
    PUBLICATION = "publication", _("publication with first name, age band and region")


class ConsentMethod(TextChoices):
    """How a consent reached us."""

    ACCOUNT = "account", _("in the account")
    PAPER = "paper", _("on paper, entered by the institution")


class WithdrawalMethod(TextChoices):
    """How a consent was taken back."""

    LINK = "link", _("by the link of the receipt")
    ACCOUNT = "account", _("in the account")
    GUARDIANSHIP_ENDED = "ended", _("the guardianship ended")
    ERASURE = "erasure", _("the family's data was erased")


class SeenWhy(TextChoices):
    """For which work somebody outside of the family saw a child's personal data."""

    INSTITUTION = "institution", _("represents the child")
    EVENT = "event", _("holds an event that the child is signed up for")
    CONTEST = "contest", _("works on a contest that the child takes part in")
    MODERATION = "moderation", _("looked at what the child sent in before it is public")
    AID = "aid", _("works on an application of the family")
    COUNSEL = "counsel", _("answers a question of the family")
    SAFEGUARDING = "safeguarding", _("looks after the child's safety")
    CERTIFICATE = "certificate", _("printed a certificate for the child")
    EXPORT = "export", _("exported a list with the child's data")


class TakeOutState(TextChoices):
    """How far the file with all of a family's data is."""

    WAITING = "waiting", _("being made")
    READY = "ready", _("ready")
    DELETED = "deleted", _("deleted")


class ImportState(TextChoices):
    """What became of a list of children."""

    PREVIEW = "preview", _("being looked at")
    DONE = "done", _("taken in")
    DISCARDED = "discarded", _("called off")
