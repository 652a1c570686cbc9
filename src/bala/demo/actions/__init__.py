"""Making the demonstration, and moving its clock."""

from bala.demo.actions.clock import move_clock
from bala.demo.actions.load import load_demonstration

__all__ = ["load_demonstration", "move_clock"]
