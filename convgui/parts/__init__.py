"""The parts of the window in the order of their tabs, docks and menu entries."""

from convgui.part import Part

from . import reuse_tab

PARTS: tuple[Part, ...] = (reuse_tab.PART,)
