"""The dock of the history, joined to what runs and what is restored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt

from convgui.action_spec import ActionSpec
from convgui.model.compute import Comparison
from convgui.panels.history import HistoryPanel
from convgui.part import Part, Piece, Place, Plain
from convgui.recorder import Recorder
from convgui.style import GRID

if TYPE_CHECKING:
    from convgui.main_window import MainWindow


class History(HistoryPanel, Piece):
    """The panel with the recorder behind it, and the entries of the menu."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.recorder = Recorder(window.jobs, window)
        self._join(self.recorder)

    def _join(self, recorder: Recorder) -> None:
        window, controller = self._window, self._window.controller
        controller.pace.started.connect(recorder.begin_drag)
        controller.pace.finished.connect(recorder.end_drag)
        controller.session_changed.connect(recorder.note_session)
        # After the result is shown, so that it does not delay it.
        controller.compared.connect(self._take, Qt.ConnectionType.QueuedConnection)
        recorder.changed.connect(self.show_journal)
        recorder.versus_changed.connect(self.show_versus)
        recorder.asked.connect(window.messages.ask)
        window.messages.accepted.connect(recorder.accept)
        self.pin_requested.connect(recorder.pin)
        self.delete_requested.connect(recorder.delete)
        self.rename_requested.connect(recorder.rename)
        self.restore_requested.connect(self.restore_run)
        self.state_changed.connect(window.refresh)

    def _take(self, comparison: Comparison) -> None:
        # Another session may have been opened while it was on its way.
        if comparison is self._window.controller.comparison:
            self.recorder.take(comparison)

    def restore_run(self, number: int) -> None:
        """Goes back to the settings of a run, as one step of undo; the image stays."""
        run = self.recorder.journal.find(number)
        if run is not None:
            self._window.controller.take(run.session)

    def pin_chosen(self, place: int) -> None:
        """Compares the run that is chosen as A (0) or B (1)."""
        self.come_forward()
        self.pin_requested.emit(place, self.number)

    def restore_chosen(self) -> None:
        """Goes back to the settings of the run that is chosen."""
        self.restore_run(self.number)

    def name_chosen(self) -> None:
        """Lets the user name the run that is chosen."""
        self.come_forward()
        self.name()

    def delete_chosen(self) -> None:
        """Takes the run that is chosen out of the history."""
        self.delete_requested.emit(self.number)

    def write_notes(self) -> None:
        """Puts the keyboard into the notes."""
        self.come_forward()
        self.groups["notes"].set_folded(False)
        self.notes.setFocus()

    def states(self) -> set[str]:
        """Tells whether a run is chosen."""
        return {"run-chosen"} if self.number else set()

    def kept(self) -> dict[str, Plain]:
        """Gives which groups are folded."""
        return {"folded": ",".join(self.folded_groups())}

    def restore(self, kept: Mapping[str, Plain]) -> None:
        """Folds the groups again that were folded."""
        self.fold_groups(str(kept.get("folded", "")).split(","))

    def come_forward(self) -> None:
        """Shows the dock, in front of others."""
        dock = self._window.docks["history"]
        dock.show()
        dock.raise_()


def _entries() -> tuple[ActionSpec, ...]:
    rows = (
        ("pin-a", QT_TRANSLATE_NOOP("Actions", "Compare as &A"),
         QT_TRANSLATE_NOOP("Actions", "Pin the run chosen in the history as A, or take it off."),
         "pin_chosen", 0, "Ctrl+Alt+A"),
        ("pin-b", QT_TRANSLATE_NOOP("Actions", "Compare as &B"),
         QT_TRANSLATE_NOOP("Actions", "Pin the run chosen in the history as B, or take it off."),
         "pin_chosen", 1, "Ctrl+Alt+B"),
        ("restore", QT_TRANSLATE_NOOP("Actions", "&Restore its settings"),
         QT_TRANSLATE_NOOP("Actions", "Go back to the settings of the run chosen in the history."),
         "restore_chosen", None, "Ctrl+Alt+R"),
        ("name", QT_TRANSLATE_NOOP("Actions", "&Name it"),
         QT_TRANSLATE_NOOP("Actions", "Name the run chosen in the history, so that it stays."),
         "name_chosen", None, "F2"),
        ("delete", QT_TRANSLATE_NOOP("Actions", "&Delete it"),
         QT_TRANSLATE_NOOP("Actions", "Take the run chosen in the history out of it."),
         "delete_chosen", None, ""),
    )  # fmt: skip
    chosen = tuple(
        ActionSpec(
            f"history-{name}", text, tip, "Run/History", f"history.{method}", value,
            shortcut=shortcut, needs=("run-chosen",),
        )
        for name, text, tip, method, value, shortcut in rows
    )  # fmt: skip
    notes = ActionSpec(
        "notes", QT_TRANSLATE_NOOP("Actions", "Write n&otes"),
        QT_TRANSLATE_NOOP("Actions", "Put the keyboard into the notes of the session."),
        "Run/History", "history.write_notes", shortcut="Ctrl+Alt+N", separated=True,
    )  # fmt: skip
    return (*chosen, notes)


PART = Part(
    "history",
    History,
    Place(
        QT_TRANSLATE_NOOP("MainWindow", "History"), "F9", Qt.DockWidgetArea.RightDockWidgetArea,
        46 * GRID, behind="results", hidden=True,
    ),
    _entries(),
    {"Run/History": QT_TRANSLATE_NOOP("Actions", "&History")},
    {"run-chosen": QT_TRANSLATE_NOOP("Actions", "No run is chosen in the history.")},
)  # fmt: skip
