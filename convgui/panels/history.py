"""The dock of the history: the finished runs, two of them as A and B, and the session's notes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from convgui import style
from convgui.sessions.document import Run
from convgui.sessions.journal import Journal
from convgui.widgets import scrolled
from convgui.widgets.collapsible import CollapsibleGroup, fold_named, folded_names
from convgui.widgets.sheet import Sheet

from .pinned_lines import pinned_lines
from .run_list import RunList, picture
from .run_words import PLACES

NARROWEST = 42 * style.GRID
PICTURE = QSize(18 * style.GRID, 12 * style.GRID)


class HistoryPanel(QWidget):
    """Shows the history; what is to become of it is told, never done here.

    Signals
    -------
    pin_requested(int, int)
        A run, by number, is to be A (0) or B (1), or no longer.
    restore_requested(int), delete_requested(int)
    rename_requested(int, str)
    notes_changed(str)
    look_requested()
        The pictures of A and B are to be compared.
    state_changed()
        Another run is chosen, or there are runs at last.
    """

    pin_requested = Signal(int, int)
    restore_requested = Signal(int)
    delete_requested = Signal(int)
    rename_requested = Signal(int, str)
    notes_changed = Signal(str)
    look_requested = Signal()
    state_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._journal = Journal()
        self._found: dict[str, object] = {}
        self._held = True
        self.runs = RunList(self.tr("Finished runs, the latest first"))
        self.runs.restored.connect(self.restore_requested)
        self.runs.deleted.connect(self.delete_requested)
        self.runs.runs.renamed.connect(self.rename_requested)
        self.runs.chosen.connect(self._tell_state)
        self.empty = _caption(self.tr("Every finished run will be kept here."))
        self.buttons = {
            "pin-a": self._button("A", self.tr("Compare this run as A"), self._pin_a),
            "pin-b": self._button("B", self.tr("Compare this run as B"), self._pin_b),
            "restore": self._button(
                self.tr("Restore"), self.tr("Go back to the settings of this run (Return)"),
                self._restore,
            ),
            "name": self._button(
                self.tr("Name"), self.tr("Give this run a name, so that it stays (F2)"), self.name
            ),
            "delete": self._button(
                self.tr("Delete"), self.tr("Take this run out of the history (Delete)"),
                self._delete,
            ),
        }  # fmt: skip
        self.sheet = Sheet(self.tr("A and B"))
        self.why = _caption("")
        self.pictures = {place: QLabel() for place in PLACES}
        self.captions = {place: _caption("") for place in PLACES}
        self.look = self._button(
            self.tr("Compare the pictures"),
            self.tr("Show the outputs of A and B, their difference, a line between them (Alt+4)"),
            self.look_requested,
        )
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName(self.tr("Notes"))
        self.notes.setPlaceholderText(self.tr("What was tried, and what came of it."))
        self.notes.setTabChangesFocus(True)
        self.notes.setMinimumHeight(10 * style.GRID)
        self.notes.textChanged.connect(self._tell_notes)
        self.groups = {
            "pair": CollapsibleGroup(self.tr("A and B"), self._pair()),
            "notes": CollapsibleGroup(self.tr("Notes"), self.notes),
        }
        self._lay_out()
        self.setAccessibleName(self.tr("History"))
        self.show_journal(self._journal)
        self._show_pair()

    @property
    def number(self) -> int:
        """The run that is chosen; 0 without one."""
        return self.runs.number

    def show_journal(self, journal: Journal) -> None:
        """Shows other runs; emits nothing but that the choice changed."""
        before, self._journal = self._journal, journal
        self.runs.show_journal(journal)
        self.empty.setVisible(not journal.runs)
        self.runs.setVisible(bool(journal.runs))
        for button in self.buttons.values():
            button.setEnabled(bool(journal.runs))
        if before.pinned != journal.pinned:
            self._found = {}
        # Most often a run was added, and the pair is as it was.
        if _pair_of(before) != _pair_of(journal):
            self._show_pair()
        if bool(before.runs) != bool(journal.runs):
            self.state_changed.emit()

    def show_versus(self, versus: object) -> None:
        """Shows how near B's outputs are to A's, or why that is not known."""
        self._found = dict(versus.found)
        self._held = versus.held
        self._show_pair()

    def show_notes(self, notes: str) -> None:
        """Shows other notes; emits nothing."""
        if notes != self.notes.toPlainText():
            blocked = self.notes.blockSignals(True)
            self.notes.setPlainText(notes)
            self.notes.blockSignals(blocked)

    def name(self) -> None:
        """Lets the user name the run that is chosen, in its place."""
        # Asked again while a name is typed, Qt would complain.
        if self.number and self.runs.state() != self.runs.State.EditingState:
            self.runs.setFocus()
            self.runs.edit(self.runs.currentIndex())

    def folded_groups(self) -> tuple[str, ...]:
        """The groups that are folded away."""
        return folded_names(self.groups)

    def fold_groups(self, names: Iterable[str]) -> None:
        """Folds these groups and unfolds the others."""
        fold_named(self.groups, names)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.runs.apply_theme(theme)
        self.sheet.apply_theme(theme)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def _show_pair(self) -> None:
        runs = _pair_of(self._journal)
        for place, run in zip(PLACES, runs, strict=True):
            label, caption = self.pictures[place], self.captions[place]
            for widget in (label, caption):
                widget.setVisible(run is not None)
            if run is not None:
                words = self.tr("{place} · run {number}").format(place=place, number=run.number)
                caption.setText(f"{words} · {run.name}" if run.name else words)
                shown = QPixmap.fromImage(picture(run)).scaled(
                    PICTURE, Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )  # fmt: skip
                label.setPixmap(shown)
        one, other = runs
        if one is None or other is None:
            self.sheet.show_lines(())
            words = self.tr("Pin one run as A and another one as B to compare them.")
            self.why.setText(words)
        else:
            self.sheet.show_lines(pinned_lines(one, other, self._found))
            self.why.setText(self._reason())
        self.why.setVisible(bool(self.why.text()))
        self.look.setVisible(None not in runs)

    def _reason(self) -> str:
        """Says why B's outputs are not measured against A's, where they are not."""
        if self._found:
            return ""
        if self._held:
            return self.tr("B can't be measured against A: their outputs differ in size.")
        return self.tr(
            "The outputs are no longer held. Restore the settings of A and of B to compare them."
        )

    def _pair(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        for column, (place, label) in enumerate(self.pictures.items()):
            label.setAccessibleName(self.tr("Picture of {0}").format(place))
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(label, 0, column)
            grid.setColumnStretch(column, 1)
            self.captions[place].setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.captions[place].setContentsMargins(0, 0, 0, 0)
            grid.addWidget(self.captions[place], 1, column)
        grid.addWidget(self.why, 2, 0, 1, 2)
        grid.addWidget(self.look, 3, 0, 1, 2)
        grid.addWidget(self.sheet, 4, 0, 1, 2)
        return body

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(style.GRID, style.GRID // 2, style.GRID, style.GRID // 2)
        row.setSpacing(style.GRID // 2)
        for button in self.buttons.values():
            row.addWidget(button)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.empty, 1)
        column.addWidget(self.runs, 1)
        column.addLayout(row)
        upper.setMinimumHeight(24 * style.GRID)
        body = QWidget()
        groups = QVBoxLayout(body)
        groups.setContentsMargins(style.GRID // 2, style.GRID // 2, style.GRID, style.GRID // 2)
        for group in self.groups.values():
            groups.addWidget(group)
        groups.addStretch(1)
        style.set_role(body, "panel")
        style.set_role(upper, "panel")
        lower = QScrollArea()
        scrolled.fill(lower, body)
        lower.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _button(self, text: str, tip: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(slot)
        return button

    def _tell_state(self) -> None:
        self.state_changed.emit()

    def _tell_notes(self) -> None:
        self.notes_changed.emit(self.notes.toPlainText())

    def _pin_a(self) -> None:
        self.pin_requested.emit(0, self.number)

    def _pin_b(self) -> None:
        self.pin_requested.emit(1, self.number)

    def _restore(self) -> None:
        self.restore_requested.emit(self.number)

    def _delete(self) -> None:
        self.delete_requested.emit(self.number)


def _pair_of(journal: Journal) -> list[Run | None]:
    return [journal.find(number) for number in journal.pinned]


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    style.set_role(label, "caption")
    label.setWordWrap(True)
    label.setContentsMargins(style.GRID, style.GRID, style.GRID, style.GRID)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
