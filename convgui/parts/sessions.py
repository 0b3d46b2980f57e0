"""Session files: the entries of the File menu, the title of the window, what a crash leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer

from convgui.action_spec import ActionSpec
from convgui.autosaving import Autosaver
from convgui.part import Part, Piece
from convgui.recovering import Recoverer
from convgui.session_files import SessionFiles
from convgui.session_state import SessionState

if TYPE_CHECKING:
    from convgui.main_window import MainWindow


class Sessions(QObject, Piece):
    """The session of a window with its file, its copy for a crash, and what a crash left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.state = SessionState(window)
        self.files = SessionFiles(self.state, window)
        self.autosaver = Autosaver(self.state.document_to_keep, self)
        self.recoverer = Recoverer(window.jobs, self)
        self._join_changes(window)
        self._join_messages(window)
        # Once the window is there to ask.
        self._start = QTimer(self, singleShot=True, interval=0)
        self._start.timeout.connect(self.recoverer.look)
        self._start.start()

    def _join_changes(self, window: MainWindow) -> None:
        files, state, recorder = self.files, self.state, window.history.recorder
        window.opener.session_chosen.connect(files.open_path)
        window.controller.session_changed.connect(state.note_change)
        window.history.notes_changed.connect(state.note_change)
        recorder.revised.connect(state.note_revision)
        recorder.recorded.connect(state.note_run)
        state.changed.connect(self.autosaver.note)
        for signal in (files.opened, files.saved):
            signal.connect(window.keeper.remember_path)
        files.saved.connect(self._tell_saved)
        self.autosaver.kept.connect(self.recoverer.note_kept)
        self.recoverer.wanted.connect(self._restore)
        self.recoverer.restored.connect(state.adopt)

    def _join_messages(self, window: MainWindow) -> None:
        messages = window.messages
        for source in (self.files, self.recoverer):
            source.failed.connect(messages.show_error)
            source.noted.connect(messages.show_info)
            source.offered.connect(messages.offer)
            source.state_changed.connect(window.refresh)
            messages.chosen.connect(source.answer)
        self.autosaver.failed.connect(messages.show_error)
        self.files.settled.connect(messages.clear)
        self.files.busy.connect(window.status.show_busy)

    def recover(self) -> None:
        """Asks again about what a crash left behind."""
        self.recoverer.look()

    def states(self) -> set[str]:
        """Tells whether a crash left something that was not decided on."""
        return {"left-behind"} if self.recoverer.waiting else set()

    def chosen(self) -> set[str]:
        """Tells whether the image is kept inside."""
        return {"session-inside"} if self.state.inside else set()

    def may_close(self) -> bool:
        """Asks before changes are lost."""
        return self.files.may_close()

    def close_down(self) -> None:
        """Removes the copy that is for a crash: this is none."""
        self._start.stop()
        self.autosaver.close()
        self.recoverer.close()

    def _restore(self) -> None:
        self.files.guard(self.recoverer.read)

    def _tell_saved(self, path: str) -> None:
        self._window.status.show_idle(self.tr("Saved to {path}.").format(path=path))


def _entries() -> tuple[ActionSpec, ...]:
    rows = (
        ("new", QT_TRANSLATE_NOOP("Actions", "&New session"),
         QT_TRANSLATE_NOOP("Actions", "Begin a session with nothing in it."),
         "new", "mdi6.file-outline", "Ctrl+N"),
        ("open", QT_TRANSLATE_NOOP("Actions", "Open s&ession…"),
         QT_TRANSLATE_NOOP("Actions", "Open a session file: image, parameters, history, notes."),
         "choose", "mdi6.folder-clock-outline", "Ctrl+Shift+O"),
        ("save", QT_TRANSLATE_NOOP("Actions", "&Save session"),
         QT_TRANSLATE_NOOP("Actions", "Write image, parameters, history and notes to one file."),
         "save", "mdi6.content-save-outline", "Ctrl+S"),
        ("save-as", QT_TRANSLATE_NOOP("Actions", "Save session &as…"),
         QT_TRANSLATE_NOOP("Actions", "Write the session to another file."),
         "choose_save", "", "Ctrl+Alt+S"),
    )  # fmt: skip
    entries, after = [], "close"
    for name, text, tip, method, icon, shortcut in rows:
        entries.append(
            ActionSpec(
                f"session-{name}", text, tip, "File", f"sessions.files.{method}", icon=icon,
                shortcut=shortcut, separated=name == "new", after=after,
            )
        )  # fmt: skip
        after = f"session-{name}"
    entries.append(
        ActionSpec(
            "session-inside", QT_TRANSLATE_NOOP("Actions", "&Keep the image in the session"),
            QT_TRANSLATE_NOOP(
                "Actions",
                "Write the image into the session's file; else only its path and SHA-256.",
            ),
            "File", "sessions.state.set_inside", checkable=True, after=after,
        )
    )  # fmt: skip
    entries.append(
        ActionSpec(
            "recover", QT_TRANSLATE_NOOP("Actions", "&Restore after a crash…"),
            QT_TRANSLATE_NOOP("Actions", "Ask again about what a crash left behind."),
            "File", "sessions.recover", needs=("left-behind",), after="session-inside",
        )
    )  # fmt: skip
    return tuple(entries)


PART = Part(
    "sessions",
    Sessions,
    entries=_entries(),
    reasons={"left-behind": QT_TRANSLATE_NOOP("Actions", "No crash left anything behind.")},
)
