"""The session that the window holds: where it is kept, whether it changed, how it is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.dialogs import open_dialog, save_dialog
from convgui.explain import explain
from convgui.jobs import Failure
from convgui.model.files import display_name
from convgui.model.look import Look
from convgui.model.samples import SAMPLES, sample_path
from convgui.sessions import SUFFIX, Document, Link, Opened
from convgui.sessions.document import Run

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

OPEN, SAVE, UNSAVED = "session-open", "session-save", "unsaved"


class SessionFiles(QObject):
    """Opens and saves sessions in jobs, and asks before anything is lost that was worth keeping.

    Signals
    -------
    changed(bool)
        Something changed; whether the session is another one than its file has.
    offered(str, list, str)
        A question with several answers.
    opened(str), saved(str)
        The path of a session that was.
    """

    changed = Signal(bool)
    offered = Signal(str, object, str)
    opened = Signal(str)
    saved = Signal(str)
    failed = Signal(str, str, str)
    noted = Signal(str, str, str)
    settled = Signal(str)
    busy = Signal(str)
    state_changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.path = ""
        self.inside = True
        self.folder = ""
        self._link: Link | None = None
        self._linked: object = None
        self._revised = False
        self._may_close = False
        self._then: Callable[[], object] | None = None
        self._after_save: Callable[[], object] | None = None
        self._base = self.document()
        window.jobs.finished.connect(self._finished)
        window.jobs.failed.connect(self._failed)
        window.jobs.cancelled.connect(self._cancelled)

    @property
    def modified(self) -> bool:
        """Whether the window holds something that the file, or a new session, does not."""
        window, base = self._window, self._base
        return (
            self._revised
            or window.controller.image is not base.image
            or window.history.notes.toPlainText() != base.notes
            or window.controller.session != base.session
        )

    @property
    def name(self) -> str:
        """What the session is called; "" while it has no file."""
        return display_name(Path(self.path)).removesuffix(SUFFIX) if self.path else ""

    def document(self) -> Document:
        """Gives all that the window holds."""
        window = self._window
        image, journal = window.controller.image, window.history.recorder.journal
        return Document(
            session=window.controller.session,
            image=image,
            link=self._link if image is self._linked else None,
            inside=self.inside,
            look=window.view.look.to_plain(),
            notes=window.history.notes.toPlainText(),
            runs=journal.runs,
            pinned=journal.pinned,
        )

    def document_to_keep(self) -> Document:
        """Gives all that the window holds, and the file that it belongs to, for after a crash."""
        return replace(self.document(), origin=self.path)

    def note_change(self) -> None:
        """Looks whether the session is still what its file has."""
        image, base = self._window.controller.image, self._base
        samples = [Path(sample_path(sample.name)) for sample in SAMPLES]
        fresh = not self.path and not self._revised and base.image is None
        if fresh and image is not None and image.path in samples:
            # A sample that stands in a new session is nothing that anybody made.
            self._base = replace(base, image=image)
        self._tell()

    def note_revision(self) -> None:
        """Notes that the user changed the history."""
        self._revised = True
        self._tell()

    def note_run(self, run: Run) -> None:
        """Notes that a run was added; one of what was saved is nothing new."""
        same = run.session == self._base.session
        if not (same and self._window.controller.image is self._base.image):
            self._revised = True
        self._tell()

    def set_inside(self, inside: bool) -> None:
        """Keeps the image in the session's file, or only its path and its digest."""
        self.inside = inside
        self.note_revision()

    def new(self) -> None:
        """Begins a session with nothing in it."""
        self.guard(partial(self._apply, Document(), ""))

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
        self.guard(partial(self._read, path))

    def save(self) -> None:
        """Writes the session to its file, or asks for one."""
        if self.path:
            self.save_to(self.path)
        else:
            self.choose_save()

    def choose_save(self) -> None:
        """Lets the user say where the session goes."""
        dialog = save_dialog(
            self._window, self.tr("Save the session"), [self._kind()],
            str(Path(self.path).parent) if self.path else self.folder,
            Path(self.path).name if self.path else self._window.exporter.default_name() + SUFFIX,
            SUFFIX,
        )  # fmt: skip
        dialog.fileSelected.connect(self.save_to)
        dialog.rejected.connect(self._forget_plans)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Writes the session to a file."""
        self.folder = str(Path(path).parent)
        self._window.jobs.submit(SAVE, tasks.save_session, self.document(), path)
        self.busy.emit(self.tr("Writing {name}").format(name=display_name(Path(path))))
        self.state_changed.emit()

    def guard(self, then: Callable[[], object]) -> None:
        """Does something that ends the session, once nothing is lost by it."""
        if not self._is_worth_asking():
            then()
            return
        self._then = then
        name = self.name or self.tr("This session")
        self.offered.emit(
            self.tr("{name} has changes that are not saved.").format(name=name),
            [("save", self.tr("Save")), ("discard", self.tr("Go on without saving"))],
            UNSAVED,
        )

    def answer(self, topic: str, answer: str) -> None:
        """Takes the answer to the question of :meth:`guard`."""
        if topic != UNSAVED:
            return
        then, self._then = self._then, None
        if answer == "save":
            self._after_save = then
            self.save()
        elif answer == "discard" and then is not None:
            self._may_close = True
            then()

    def may_close(self) -> bool:
        """Tells whether the window may close now; asks, or waits for a save, where not."""
        if self._window.jobs.busy(SAVE):
            self._after_save = self._window.close
            return False
        if self._may_close or not self._is_worth_asking():
            return True
        self.guard(self._window.close)
        return False

    def adopt(self, document: Document) -> None:
        """Takes a session that was brought back after a crash; its file does not have it."""
        self._apply(document, document.origin)
        self.note_revision()

    def _is_worth_asking(self) -> bool:
        """Tells whether there is something that somebody put a name to, or wrote."""
        document = self.document()
        named = any(run.name for run in document.runs)
        return self.modified and bool(self.path or document.notes.strip() or named)

    def _apply(self, document: Document, path: str) -> None:
        window = self._window
        # Nothing runs until all is there.
        window.opener.close_image()
        window.history.recorder.load(document.runs, document.pinned)
        window.controller.take(document.session, fresh=True)
        window.history.show_notes(document.notes)
        if document.look:
            window.view.set_look(Look.from_plain(document.look))
        self.inside = document.inside
        self._link, self._linked = document.link, document.image
        self.path, self._revised, self._may_close = path, False, False
        self._base = replace(document, notes=window.history.notes.toPlainText())
        if document.image is not None:
            window.controller.set_image(document.image)
        self._tell()

    def _tell(self) -> None:
        modified = self.modified
        # A placeholder of Qt's that stands in the name itself is written twice.
        name = (self.name or self.tr("Untitled")).replace("[*]", "[*][*]")
        title = f"{name}[*] – convgui"
        if title != self._window.windowTitle():
            self._window.setWindowTitle(title)
        self._window.setWindowModified(modified)
        self.changed.emit(modified)

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
            self._apply(opened.document, path)
            if opened.remarks:
                self.noted.emit(" ".join(opened.remarks), "", OPEN)
            self.opened.emit(path)
        elif kind == SAVE:
            self._take_saved(*cast(tuple[str, Document], value))
        if kind in (OPEN, SAVE):
            self.state_changed.emit()

    def _take_saved(self, path: str, document: Document) -> None:
        """Notes what is in the file now; what changed while it was written is not."""
        self.settled.emit(SAVE)
        now = self.document()
        # A run of what was saved may have ended meanwhile, which is nothing new.
        rest = tuple(
            run for run in now.runs if run in document.runs or run.session != document.session
        )
        same = rest == document.runs and now.pinned == document.pinned
        self.path, self._base = path, document
        self._revised = not same or self.inside != document.inside
        self._tell()
        self.saved.emit(path)
        then, self._after_save = self._after_save, None
        if then is not None:
            then()

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
