"""Notices when a key is let go, whichever part of the program has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

LEFT = (QEvent.Type.ApplicationDeactivate, QEvent.Type.WindowDeactivate)


class HeldKey(QObject):
    """Watches from the press of a shortcut's key to its release, and only then: a filter of every
    event has its cost.

    A shortcut tells that its key is pressed, not that it is let go. Where the window is left
    meanwhile, the release goes elsewhere, and leaving counts as one.
    """

    released = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watches = False

    def watch(self) -> None:
        """Tells the next release of any key that types, but for those that open and walk menus."""
        application = QCoreApplication.instance()
        if application is not None and not self._watches:
            self._watches = True
            application.installEventFilter(self)

    def forget(self) -> None:
        """Tells nothing until the next :meth:`watch`."""
        application = QCoreApplication.instance()
        if application is not None and self._watches:
            self._watches = False
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks on; takes nothing away."""
        kind = event.type()
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            # Repeats of a key that is held say release, too; a menu is left by Return or Space.
            if event.text().strip() and not event.isAutoRepeat():
                self.released.emit()
        elif kind in LEFT:
            self.released.emit()
        return False
