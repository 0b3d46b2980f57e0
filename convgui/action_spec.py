"""What an entry of the menus and tool bars is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ActionSpec:
    """One entry.

    Attributes
    ----------
    key : str
        Its name within the program.
    text, tip : str
        What the menu and the tooltip say.
    menu : str
        A key of :data:`convgui.actions.MENUS`.
    callback : str
        Dotted path of a method, from the window.
    value : object
        Passed to the method when it is not None; a checkable entry without one passes whether
        it is checked.
    icon, shortcut : str
        Of qtawesome, and as :class:`QKeySequence` reads a list, the one that is shown first.
    needs : tuple of str
        The states of :data:`convgui.actions.REASONS` without which it is greyed.
    choice : str
        Entries of one choice exclude each other.
    checkable : bool
    separated : bool
        Whether a line stands above it.
    after : str
        The key of the entry that a part's entry follows; at the end of its menu without.
    """

    key: str
    text: str
    tip: str
    menu: str
    callback: str
    value: Any = None
    icon: str = ""
    shortcut: str = ""
    needs: tuple[str, ...] = ()
    choice: str = ""
    checkable: bool = False
    separated: bool = False
    after: str = ""
