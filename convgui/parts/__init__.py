"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import (
    batch,
    choose,
    commander,
    damage,
    history,
    inspect,
    memory,
    recipes,
    reuse_tab,
    sessions,
)

PARTS: tuple[Part, ...] = (
    inspect.PART, reuse_tab.PART, damage.PART, history.PART, sessions.PART, batch.PART,
    recipes.PART, commander.PART, memory.PART, choose.PART,
)  # fmt: skip
