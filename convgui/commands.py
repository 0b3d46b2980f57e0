"""Everything that the menus can do, as one list: what the palette searches and the keys' sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

BETWEEN = " › "


@dataclass(frozen=True, eq=False)
class Command:
    """One entry of a menu.

    Attributes
    ----------
    action : QAction
        Does it.
    key : str
        Its name, the same at the next start.
    text, path : str
        What it is called, and the titles of the menus that lead to it.
    keys : tuple of str
        All of its shortcuts as they are written on this system.
    """

    action: QAction
    key: str
    text: str
    path: str
    keys: tuple[str, ...]

    @property
    def words(self) -> str:
        """What it does, or why it can not be done now."""
        return self.action.toolTip()


def commands(window: QMainWindow) -> list[Command]:
    """Gives the entries of all menus of a window, in their order."""
    return list(_of(window.menuBar().actions(), ()))


def plain(text: str) -> str:
    """Gives the text of an entry without the mark of its letter and the dots at its end."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _of(actions: list[QAction], titles: tuple[str, ...]) -> Iterator[Command]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _of(menu.actions(), (*titles, plain(action.text())))
        elif not action.isSeparator() and action.isVisible():
            text, path = plain(action.text()), BETWEEN.join(titles)
            keys = tuple(
                each.toString(QKeySequence.SequenceFormat.NativeText)
                for each in action.shortcuts()
            )
            yield Command(action, action.objectName() or f"{path}/{text}", text, path, keys)
