"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part
from convgui.parts import commander, damage, history, inspect, reuse_tab, sessions

PARTS: tuple[Part, ...] = (
    inspect.PART, reuse_tab.PART, damage.PART, history.PART, sessions.PART, commander.PART,
)  # fmt: skip
