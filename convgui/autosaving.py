"""Keeps what a crash would lose, soon after every change."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from convgui import tasks
from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.sessions import Document
from convgui.sessions.recovery import Slot

LOG = logging.getLogger(__name__)
KEEP = "autosave"
SOON_MS, BETWEEN_MS, MOST_MS = 20, 100, 800
"""From a change until it is written, and the least and the most from one writing to the next; what
changes meanwhile goes with it. So one step is lost at most, of those that come no quicker."""
SHARE = 4
"""Times as long as a writing took pass until the next: a long history is written more rarely."""
CLOSE_SECONDS = 0.7


class Autosaver(QObject):
    """Writes the session beside those of other windows while it is another one than its file.

    Parameters
    ----------
    document : callable
        Gives the session as it is.

    Signals
    -------
    kept()
        The session is on the disk as it is now.
    """

    kept = Signal()
    failed = Signal(str, str, str)

    def __init__(self, document: Callable[[], Document], parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._slot = Slot()
        # Jobs of its own: they are no work of the user's, which could be cancelled.
        self._jobs = Jobs(parent=self)
        self._wanted = False
        self._told = False
        self._begun = self._between = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)
        self._jobs.finished.connect(self._finished)
        self._jobs.failed.connect(self._failed)

    @property
    def path(self) -> Path:
        """The file that it writes."""
        return self._slot.path

    def note(self, modified: bool) -> None:
        """Keeps the session soon, or forgets it: its file has it all."""
        if modified:
            self._wanted = True
            # Not begun anew by every change: a drag that does not end is kept, too.
            if not self._timer.isActive():
                rest = self._begun + self._between - time.monotonic()
                self._timer.start(max(SOON_MS, round(1e3 * rest)))
        elif self._wanted:
            self._wanted = False
            self._timer.stop()
            self._jobs.submit(KEEP, tasks.forget_session, self._slot)

    def close(self) -> None:
        """Ends; what was kept goes, for the window ends as it should."""
        self._timer.stop()
        if self._jobs.close(CLOSE_SECONDS):
            self._slot.close()

    def busy(self) -> bool:
        """Tells whether something is still to be written."""
        return self._timer.isActive() or self._jobs.busy()

    def _write(self) -> None:
        self._begun = time.monotonic()
        self._jobs.submit(KEEP, tasks.keep_session, self._slot, self._document())

    def _finished(self, kind: str, value: object) -> None:
        self._told = False
        if value:
            taken = SHARE * (time.monotonic() - self._begun)
            self._between = min(max(BETWEEN_MS, 1e3 * taken), MOST_MS) / 1e3
        # Not while something newer is still to be written.
        if value and not self.busy():
            self.kept.emit()

    def _failed(self, kind: str, failure: Failure) -> None:
        text, details = explain(failure)
        LOG.warning("The session was not kept: %s", text)
        # Said once, not at every step.
        if not self._told:
            self._told = True
            self.failed.emit(text, details, KEEP)
