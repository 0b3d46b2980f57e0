"""The dock of parameters: a form made by looping over the parameter table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from convgui.model.edit import ShownWeights
from convgui.model.image import Image
from convgui.model.parameters import GROUPS, PARAMETERS
from convgui.model.session import Session
from convgui.panels.parameter_row import ParameterRow, translated
from convgui.panels.weights import WeightsEditor
from convgui.style import GRID
from convgui.widgets import scrolled
from convgui.widgets.collapsible import CollapsibleGroup, fold_named, folded_names


class ParameterPanel(QScrollArea):
    """Shows a session; tells what the user wants changed and changes nothing itself."""

    changed = Signal(str, object)
    drag_started = Signal()
    drag_finished = Signal()
    reset_requested = Signal(str)
    weights_edited = Signal(str)
    weights_file_requested = Signal()
    choose_requested = Signal()
    folding_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, ParameterRow] = {}
        self.groups: dict[str, CollapsibleGroup] = {}
        self.choose = QPushButton(self.tr("Choose for me…"))
        self.choose.setToolTip(
            self.tr("Pick these for a budget of multiplications, or for a wanted PSNR.")
        )
        self.choose.clicked.connect(self.choose_requested)
        self.weights = WeightsEditor()
        self.weights.edited.connect(self.weights_edited)
        self.weights.file_requested.connect(self.weights_file_requested)
        self.content = QWidget()
        self.content.setBackgroundRole(QPalette.ColorRole.Base)
        self.content.setAutoFillBackground(True)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(GRID // 2, GRID // 2, GRID, GRID)
        column.setSpacing(GRID // 2)
        for name in GROUPS:
            column.addWidget(self._group(name))
        column.addStretch(1)
        self._align_labels()
        scrolled.fill(self, self.content)
        # Its editors are reached by key, and scroll it as they are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self.content.minimumSizeHint().width() + bar)

    def show_session(self, session: Session, image: Image | None) -> None:
        """Shows every parameter of a session, and which of them matter now."""
        for key, row in self.rows.items():
            row.show_value(getattr(session, key), row.parameter.disabled_reason(session, image))

    def show_weights(self, shown: ShownWeights, index: int) -> None:
        """Shows the weights of one filter of the bank."""
        rows, columns = shown.weights.shape
        # Weights that cancel leave a rest of rounding, which is no news.
        total = round(float(shown.weights.sum()), 12) + 0.0
        what = self.tr("Weights")
        if shown.count > 1:
            what = self.tr("Filter {number} of {count}").format(
                number=index + 1, count=shown.count
            )
        caption = self.tr("{what}, {rows} × {columns}, sum {total:.4g}").format(
            what=what, rows=rows, columns=columns, total=total
        )
        self.weights.show_weights(shown.weights, translated(shown.fixed), caption)

    def folded_groups(self) -> tuple[str, ...]:
        """The groups that are folded away."""
        return folded_names(self.groups)

    def fold_groups(self, names: Iterable[str]) -> None:
        """Folds these groups and unfolds the others."""
        fold_named(self.groups, names)

    def _align_labels(self) -> None:
        width = max(row.label.sizeHint().width() for row in self.rows.values())
        for row in self.rows.values():
            row.label.setFixedWidth(width)

    def _group(self, name: str) -> CollapsibleGroup:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        for parameter in PARAMETERS:
            if parameter.group == name:
                row = ParameterRow(parameter)
                row.changed.connect(self.changed)
                row.drag_started.connect(self.drag_started)
                row.drag_finished.connect(self.drag_finished)
                row.reset_requested.connect(self.reset_requested)
                self.rows[parameter.key] = row
                column.addWidget(row)
        if name == "Filter":
            column.addWidget(self.weights)
        if name == "LSH":
            column.addWidget(self.choose)
        group = CollapsibleGroup(translated(name), body)
        group.folded.connect(self.folding_changed)
        self.groups[name] = group
        return group
