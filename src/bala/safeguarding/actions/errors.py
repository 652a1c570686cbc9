"""What can be wrong with what people ask of this room."""

from bala.kernel.errors import PersonError


class NotYours(PersonError):
    """Somebody sends in, edits or withdraws what belongs to another family."""


class ConsentMissing(PersonError):
    """A consent that the publication needs is not in force."""


class CannotDecide(PersonError):
    """The decision lacks something: a reason, a word on faces, a file that is ready."""


class NothingToWithdraw(PersonError):
    """The thing was withdrawn before."""
