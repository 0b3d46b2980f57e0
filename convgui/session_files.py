"""Sessions opened and saved, and the question before one is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.dialogs import open_dialog, save_dialog
from convgui.explain import explain
from convgui.jobs import Failure
from convgui.model.files import display_name
from convgui.session_state import SessionState
from convgui.sessions import SUFFIX, Document, Opened

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

OPEN, SAVE, UNSAVED = "session-open", "session-save", "unsaved"
CHANGED = "session-changed"


Stamp = tuple[int, int, int]


def stamp(path: str) -> Stamp | None:
    """Gives what tells one state of a file from another; None where there is no file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


class SessionFiles(QObject):
    """Opens and saves sessions in jobs, and asks before anything is lost that was worth keeping.

    Signals
    -------
    offered(str, list, str)
        A question with several answers.
    opened(str), saved(str)
        The path of a session that was.
    """

    offered = Signal(str, object, str)
    opened = Signal(str)
    saved = Signal(str)
    failed = Signal(str, str, str)
    noted = Signal(str, str, str)
    settled = Signal(str)
    busy = Signal(str)
    state_changed = Signal()

    def __init__(self, state: SessionState, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.state = state
        self.folder = ""
        self._known: tuple[str, Stamp | None] = "", None
        self._may_close = self._closing = False
        self._then: Callable[[], object] | None = None
        self._after_save: Callable[[], object] | None = None
        state.changed.connect(self._note_change)
        window.jobs.finished.connect(self._finished)
        window.jobs.failed.connect(self._failed)
        window.jobs.cancelled.connect(self._cancelled)

    def new(self) -> None:
        """Begins a session with nothing in it."""
        self.guard(partial(self._replace, Document(), ""))

    def choose(self) -> None:
        """Lets the user choose a session to open."""
        dialog = open_dialog(
            self._window, self.tr("Open a session"), [self._kind(), self.tr("All files (*)")],
            self.folder,
        )  # fmt: skip
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def open_path(self, path: str) -> None:
        """Opens a session file in place of what is there."""
        self.guard(partial(self._read, os.path.abspath(path)))

    def save(self) -> None:
        """Writes the session to its file, or asks for one, or what to do if that changed."""
        path = self.state.path
        of, known = self._known
        now = stamp(path) if path and path == of else None
        if now is not None and known is not None and now != known:
            self._ask_over(display_name(Path(path)))
        elif path:
            self.save_to(self.state.path)
        else:
            self.choose_save()

    def choose_save(self) -> None:
        """Lets the user say where the session goes."""
        folder, name = self.folder, self._window.exporter.default_name() + SUFFIX
        if self.state.path:
            folder, name = os.path.split(self.state.path)
        dialog = save_dialog(
            self._window, self.tr("Save the session"), [self._kind()], folder, name, SUFFIX
        )
        dialog.fileSelected.connect(self.save_to)
        dialog.rejected.connect(self._forget_plans)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Writes the session to a file."""
        path = os.path.abspath(path)
        self.folder = str(Path(path).parent)
        self._window.jobs.submit(SAVE, tasks.save_session, self.state.document(), path)
        self.busy.emit(self.tr("Writing {name}").format(name=display_name(Path(path))))
        self.state_changed.emit()

    def guard(self, then: Callable[[], object], *, closing: bool = False) -> None:
        """Does something that ends the session, once nothing is lost by it."""
        if not self.state.is_worth_asking():
            then()
            return
        self._then, self._closing = then, closing
        name = self.state.name or self.tr("This session")
        self.offered.emit(
            self.tr("{name} has changes that are not saved.").format(name=name),
            [("save", self.tr("Save")), ("discard", self.tr("Go on without saving"))],
            UNSAVED,
        )

    def answer(self, topic: str, answer: str) -> None:
        """Takes the answer to the question of :meth:`guard`."""
        if topic == CHANGED:
            self._answer_over(answer)
        if topic != UNSAVED:
            # Who is kept by something else stays with the session, too.
            self._may_close = self._may_close and answer == "close"
            return
        then, self._then = self._then, None
        if answer == "save":
            self._after_save = then
            self.save()
        elif answer == "discard" and then is not None:
            self._may_close = True
            then()
            # Something else may ask before the window closes; then this is not asked again. But
            # what is read in its place may be refused; then this is still here to be lost.
            self._may_close = self._closing or not self._window.isVisible()

    def _ask_over(self, name: str) -> None:
        text = self.tr("{name} was changed by another window or program since it was opened here.")
        self.offered.emit(
            text.format(name=name),
            [("over", self.tr("Save over it")), ("other", self.tr("Save as…"))],
            CHANGED,
        )

    def _answer_over(self, answer: str) -> None:
        if answer == "over":
            self.save_to(self.state.path)
        elif answer == "other":
            self.choose_save()
        else:
            self._forget_plans()

    def may_close(self) -> bool:
        """Tells whether the window may close now; asks, or waits for a save, where not."""
        if self._window.jobs.busy(SAVE):
            self._after_save = self._window.close
            return False
        if self._may_close or not self.state.is_worth_asking():
            return True
        self.guard(self._window.close, closing=True)
        return False

    def _note_change(self) -> None:
        """Notes that there is more to be lost than what was given up."""
        self._may_close = False

    def _replace(self, document: Document, path: str) -> None:
        self.state.apply(document, path)

    def _kind(self) -> str:
        return self.tr("Sessions (*{suffix})").format(suffix=SUFFIX)

    def _read(self, path: str) -> None:
        self.folder = str(Path(path).parent)
        self._window.jobs.submit(OPEN, tasks.open_session, path)
        self.busy.emit(self.tr("Reading {name}").format(name=display_name(Path(path))))
        self.state_changed.emit()

    def _finished(self, kind: str, value: object) -> None:
        if kind == OPEN:
            path, opened = cast(tuple[str, Opened], value)
            self.settled.emit(OPEN)
            self._replace(opened.document, path)
            self._known = path, stamp(path)
            if opened.remarks:
                self.noted.emit(" ".join(opened.remarks), "", OPEN)
            self.opened.emit(path)
        elif kind == SAVE:
            self.settled.emit(SAVE)
            path, document = cast(tuple[str, Document], value)
            self.state.take_saved(path, document)
            self._known = path, stamp(path)
            self.saved.emit(path)
            then, self._after_save = self._after_save, None
            if then is not None:
                then()
        if kind in (OPEN, SAVE):
            self.state_changed.emit()

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind in (OPEN, SAVE):
            self._forget_plans()
            self.failed.emit(*explain(failure), kind)
            self.state_changed.emit()

    def _cancelled(self, kind: str) -> None:
        if kind in (OPEN, SAVE):
            self._forget_plans()
            self.state_changed.emit()

    def _forget_plans(self) -> None:
        """What was to come after a save does not, where it was not saved."""
        self._after_save = None
