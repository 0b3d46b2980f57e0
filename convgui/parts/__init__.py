"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import commander, damage, inspect

PARTS: tuple[Part, ...] = (inspect.PART, damage.PART, commander.PART)
