"""Offers what a crash left behind, and gives it back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model.files import display_name
from convgui.sessions import Opened
from convgui.sessions.recovery import Orphan

FIND, READ = "recover-find", "recover"
CLOSE_SECONDS = 0.2


class Recoverer(QObject):
    """Looks for what a crash left behind and asks what is to become of it.

    What was left behind is removed only after it is on the disk as this window's own, so that
    another crash in between loses nothing; and it is never brought back unasked, so that a session
    which ends the program does not do so at every start.

    Signals
    -------
    offered(str, list, str)
        What there is, and the answers.
    wanted()
        The user wants it back; `read` is to be called once nothing else is lost by that.
    restored(Document)
        It is read.
    """

    offered = Signal(str, object, str)
    wanted = Signal()
    restored = Signal(object)
    failed = Signal(str, str, str)
    noted = Signal(str, str, str)
    state_changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._quiet = Jobs(parent=self)
        self._orphan: Orphan | None = None
        self._taken: Orphan | None = None
        self.waiting = False
        self._quiet.finished.connect(self._found)
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def look(self) -> None:
        """Looks for what was left behind, and asks about it."""
        if self._orphan is not None:
            self._offer()
        else:
            self._quiet.submit(FIND, tasks.find_orphan)

    def answer(self, topic: str, answer: str) -> None:
        """Does what the user decided."""
        orphan = self._orphan
        if topic != READ or orphan is None:
            return
        if answer == "restore":
            self.wanted.emit()
        elif answer == "discard":
            self._drop(discard=True)
            self.look()
        else:
            self._drop()
            self.waiting = True
            self.state_changed.emit()

    def read(self) -> None:
        """Reads what was left behind."""
        if self._orphan is not None:
            self._jobs.submit(READ, tasks.read_orphan, self._orphan)
            self.state_changed.emit()

    def note_kept(self) -> None:
        """Removes what was left behind: this window has kept it now."""
        if self._taken is not None:
            self._taken.discard()
            self._taken = None
            self.look()

    def close(self) -> None:
        """Leaves what was not decided on for the next start."""
        self._quiet.close(CLOSE_SECONDS)
        self._drop()
        if self._taken is not None:
            self._taken.release()
            self._taken = None

    def _drop(self, *, discard: bool = False) -> None:
        orphan, self._orphan = self._orphan, None
        if orphan is not None:
            if discard:
                orphan.discard()
            else:
                orphan.release()
        self.waiting = False
        self.state_changed.emit()

    def _found(self, kind: str, value: object) -> None:
        self._orphan = cast(Orphan | None, value)
        self.waiting = self._orphan is not None
        if self._orphan is not None:
            self._offer()
        self.state_changed.emit()

    def _offer(self) -> None:
        orphan = self._orphan
        if orphan is None:
            return
        when = datetime.fromtimestamp(orphan.when).isoformat(" ", "minutes")
        self.offered.emit(
            self.tr("convgui ended unexpectedly. What was there at {when} can be restored.").format(
                when=when
            ),
            [
                ("restore", self.tr("Restore")), ("discard", self.tr("Discard")),
                ("later", self.tr("Later")),
            ],
            READ,
        )  # fmt: skip

    def _finished(self, kind: str, value: object) -> None:
        if kind != READ:
            return
        opened = cast(Opened, value)
        self._taken, self._orphan = self._orphan, None
        self.waiting = False
        self.restored.emit(opened.document)
        name = display_name(Path(opened.document.origin)) if opened.document.origin else ""
        text = self.tr("Restored; it is not saved yet.")
        if name:
            text = self.tr("{name} is restored; the changes are not saved yet.").format(name=name)
        self.noted.emit(" ".join([text, *opened.remarks]), "", READ)
        self.state_changed.emit()

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind == READ:
            self._cancelled(kind)
            self.failed.emit(*explain(failure), READ)

    def _cancelled(self, kind: str) -> None:
        if kind == READ:
            self._drop()
            self.waiting = True
            self.state_changed.emit()
