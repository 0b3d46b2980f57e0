"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import damage, history, sessions

PARTS: tuple[Part, ...] = (damage.PART, history.PART, sessions.PART)
