"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import (
    batch,
    choose,
    commander,
    damage,
    diagnostics,
    history,
    inspect,
    memory,
    pair,
    recipes,
    reuse_tab,
    sessions,
)

PARTS: tuple[Part, ...] = (
    inspect.PART, reuse_tab.PART, damage.PART, history.PART, pair.PART, sessions.PART, batch.PART,
    recipes.PART, commander.PART, memory.PART,
    diagnostics.PART, choose.PART,
)  # fmt: skip
