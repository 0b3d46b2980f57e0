"""What a part of the window is: a tab, a dock or a service that joins itself to the rest.

A new part is one file that ends in a record ``PART`` and one row of :data:`convgui.parts.PARTS`;
the window makes it, gives it its place, its menu entries and its keys, and asks it for what is
named in :class:`Piece`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from convgui.action_spec import ActionSpec
from convgui.style import Theme

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

Plain = str | int | float | bool


class Piece:
    """What the window asks of every part; a part overrides what it has an answer to."""

    def apply_theme(self, theme: Theme) -> None:
        """Draws what does not follow the palette by itself in a theme's colours."""

    def states(self) -> set[str]:
        """Gives the states that hold, as the reasons of its entries name them."""
        return set()

    def chosen(self) -> set[str]:
        """Gives the keys of its entries that are ticked."""
        return set()

    def kept(self) -> dict[str, Plain]:
        """Gives what it wants back at the next start."""
        return {}

    def restore(self, kept: Mapping[str, Plain]) -> None:
        """Takes back what it gave, or what is left of it; the file may have been edited."""

    def may_close(self) -> bool:
        """Tells whether the window may close now; who says no asks why, and closes it later."""
        return True

    def close_down(self) -> None:
        """Ends what it has under way; the window closes."""


@dataclass(frozen=True)
class Place:
    """Where a part is seen: a tab in the middle, or a dock at a side.

    Attributes
    ----------
    title : str
        What the tab or the dock is called.
    shortcut : str
        The key that brings it to the front.
    area : Qt.DockWidgetArea
        The side of a dock; none for a tab.
    width : int
        Of a dock at first, in pixels.
    behind : str
        The dock whose place it shares, behind which it is at first.
    hidden : bool
        Whether a dock is hidden at the very first start.
    """

    title: str
    shortcut: str
    area: Qt.DockWidgetArea = Qt.DockWidgetArea.NoDockWidgetArea
    width: int = 0
    behind: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Part:
    """One part.

    Attributes
    ----------
    name : str
        The window's attribute that holds it; entries call it by this name.
    make : callable
        Makes it and joins it to the signals of the window, whose own panels are all there; what
        it gives is a :class:`Piece`, and a QWidget where it has a place.
    place : Place, optional
        Where it is seen; a service has none.
    entries : tuple of ActionSpec
        Its entries, each in a menu of :data:`convgui.actions.MENUS` or of `menus`.
    menus, reasons : mapping of str to str
        Further menus, and the sentences on states that its entries need.
    """

    name: str
    make: Callable[[MainWindow], QObject]
    place: Place | None = None
    entries: tuple[ActionSpec, ...] = ()
    menus: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
