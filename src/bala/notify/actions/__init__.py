"""What the room does; `tell` is what other rooms come for."""

from bala.notify.actions.writing import tell

__all__ = ["tell"]
