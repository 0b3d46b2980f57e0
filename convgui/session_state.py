"""The session that the window holds: all of it as a record, and whether its file has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convgui.model.files import display_name
from convgui.model.look import Look
from convgui.model.samples import SAMPLES, sample_path
from convgui.sessions import SUFFIX, Document, Link
from convgui.sessions.document import Run

if TYPE_CHECKING:
    from convgui.main_window import MainWindow


class SessionState(QObject):
    """Takes the session from the window and gives it back, and keeps the window's title.

    Attributes
    ----------
    path : str
        The session's file; "" without one.
    inside : bool
        Whether the image is to be kept in the file.

    Signals
    -------
    changed(bool)
        Something changed; whether the session is another one than its file has.
    """

    changed = Signal(bool)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.path = ""
        self.inside = True
        self._link: Link | None = None
        self._linked: object = None
        self._revised = False
        self._base = self.document()

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

    def adopt(self, document: Document) -> None:
        """Takes a session that was brought back after a crash; its file does not have it."""
        self.apply(document, document.origin)
        self.note_revision()

    def is_worth_asking(self) -> bool:
        """Tells whether there is something that somebody put a name to, or wrote."""
        document = self.document()
        named = any(run.name for run in document.runs)
        return self.modified and bool(self.path or document.notes.strip() or named)

    def apply(self, document: Document, path: str) -> None:
        """Puts a session, and its file, in place of what the window holds."""
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
        self.path, self._revised = path, False
        self._base = replace(document, notes=window.history.notes.toPlainText())
        if document.image is not None:
            window.controller.set_image(document.image)
        self._tell()

    def take_saved(self, path: str, document: Document) -> None:
        """Notes what is in the file now; what changed while it was written is not."""
        now = self.document()
        # A run of what was saved may have ended meanwhile, which is nothing new.
        rest = tuple(
            run for run in now.runs if run in document.runs or run.session != document.session
        )
        same = rest == document.runs and now.pinned == document.pinned
        self.path, self._base = path, document
        self._revised = not same or self.inside != document.inside
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
