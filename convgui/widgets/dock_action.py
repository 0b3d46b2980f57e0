"""The entry that shows a dock, also from behind another one, or hides it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget


class DockAction(QAction):
    """Ticked while the dock is seen.

    Qt's own action would hide a dock that is behind another one, and leave the tabulator going
    through its editors, which nobody sees; both are mended here.
    """

    def __init__(self, dock: QDockWidget, shortcut: str) -> None:
        super().__init__(dock.windowTitle(), dock)
        self._dock = dock
        self.setCheckable(True)
        self.setShortcut(shortcut)
        self.setAutoRepeat(False)
        self.setToolTip(
            QCoreApplication.translate("DockAction", "Show or hide this dock ({0})").format(
                shortcut
            )
        )
        self.triggered.connect(self._trigger)
        dock.visibilityChanged.connect(self._follow)

    def _trigger(self, seen: bool) -> None:
        self._dock.setVisible(seen)
        if seen:
            self._dock.raise_()

    def _follow(self, seen: bool) -> None:
        self.setChecked(seen)
        # Not hidden: the room that docks share would then be shared out anew at every change.
        for part in (self._dock.widget(), self._dock.titleBarWidget()):
            if part is not None:
                part.setEnabled(seen)
