"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import batch, recipes

PARTS: tuple[Part, ...] = (batch.PART, recipes.PART)
