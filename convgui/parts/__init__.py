"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import batch, commander, damage, inspect, recipes

PARTS: tuple[Part, ...] = (
    inspect.PART, damage.PART, batch.PART, recipes.PART, commander.PART,
)  # fmt: skip
