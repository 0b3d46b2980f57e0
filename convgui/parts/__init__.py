"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import batch, damage, recipes

PARTS: tuple[Part, ...] = (damage.PART, batch.PART, recipes.PART)
