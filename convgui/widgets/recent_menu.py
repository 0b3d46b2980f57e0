"""A menu of the files that were opened last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class RecentMenu(QMenu):
    """Lists paths; ``chosen`` gives the one that was clicked."""

    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.triggered.connect(self._triggered)
        self.show_paths(())

    def show_paths(self, paths: Sequence[str]) -> None:
        """Lists these paths, and an entry that forgets them."""
        self.clear()
        for number, path in enumerate(paths, start=1):
            name = Path(path).name.replace("&", "&&")
            action = QAction(f"&{number % 10}  {name}", self)
            action.setData(path)
            action.setToolTip(path)
            self.addAction(action)
        self.menuAction().setEnabled(bool(paths))
        self.menuAction().setToolTip("" if paths else self.tr("No file was opened yet."))
        if paths:
            self.addSeparator()
            self.addAction(self.tr("&Forget these"))

    def _triggered(self, action: QAction) -> None:
        path = action.data()
        if path is None:
            self.cleared.emit()
        else:
            self.chosen.emit(path)
