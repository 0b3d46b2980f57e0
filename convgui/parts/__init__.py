"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import history, sessions

PARTS: tuple[Part, ...] = (history.PART, sessions.PART)
