"""What is chosen of a figure: its panels, size, letters, colours and caption."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from convgui.export.figure_options import COLUMNS, LONGEST_CAPTION, RANGES, FigureChoices
from convgui.model import colour_maps
from convgui.model.compute import EXACT, Comparison
from convgui.style import GRID, set_role
from convgui.widgets.number import NumberEdit

from .names import technique_label
from .parameter_row import HEIGHT, ChoiceEdit

OWN = 0.0
CAPTION_LINES = 4
PANELS = {
    "input": QT_TRANSLATE_NOOP("FigureForm", "Input"),
    "filter": QT_TRANSLATE_NOOP("FigureForm", "Filter"),
    "operations": QT_TRANSLATE_NOOP("FigureForm", "Operations"),
    "table": QT_TRANSLATE_NOOP("FigureForm", "Table"),
    "settings": QT_TRANSLATE_NOOP("FigureForm", "Settings"),
}


def _translated(text: str) -> str:
    return QCoreApplication.translate("FigureForm", text)


class FigureForm(QWidget):
    """Edits the choices of a figure; ``show_choices`` never emits.

    Signals
    -------
    changed(FigureChoices)
    """

    changed = Signal(object)

    def __init__(self, comparison: Comparison, error_mode: str) -> None:
        super().__init__()
        self._choices = FigureChoices()
        self.panels: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        title = QLabel(self.tr("Panels"))
        set_role(title, "title")
        column.addWidget(title)
        column.addLayout(self._panels(comparison))
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        widths = (
            (OWN, self.tr("Own width")),
            *((width, f"{_translated(name)}, {width:g} mm") for name, width in COLUMNS),
        )
        self.column = self._added(form, self.tr("&Column"), ChoiceEdit(widths), "width_mm")
        self.width_mm = self._number(form, self.tr("&Width"), "width_mm", 1, 1, " mm")
        self.dpi = self._number(form, self.tr("&Resolution"), "dpi", 50, 0, " dpi")
        self.dpi.setToolTip(self.tr("Of PNG, and of the pictures inside PDF and SVG."))
        self.font_size = self._number(form, self.tr("&Letters"), "font_size", 0.5, 1, " pt")
        maps = [("", self.tr("As in the window"))]
        maps += [
            (each.name, QCoreApplication.translate("Actions", each.label))
            for each in colour_maps.of_mode(error_mode)
        ]
        self.own_map = self._added(form, self.tr("&Error colours"), ChoiceEdit(tuple(maps)),
                                   "own_map")  # fmt: skip
        column.addLayout(form)
        self.caption = QPlainTextEdit()
        self.caption.setTabChangesFocus(True)
        self.caption.setAccessibleName(self.tr("Caption"))
        self.caption.setPlaceholderText(self.tr("Text below the figure"))
        self.caption.setFixedHeight(
            CAPTION_LINES * self.caption.fontMetrics().lineSpacing() + 2 * GRID
        )
        self.caption.textChanged.connect(self._caption_typed)
        label = QLabel(self.tr("C&aption"))
        label.setBuddy(self.caption)
        column.addWidget(label)
        column.addWidget(self.caption)
        column.addStretch(1)

    def show_choices(self, choices: FigureChoices) -> None:
        """Shows the choices."""
        self._choices = choices
        for name, box in self.panels.items():
            box.setChecked(name not in choices.hidden)
        widths = [width for _, width in COLUMNS]
        self.column.set_value(choices.width_mm if choices.width_mm in widths else OWN)
        for name in RANGES:
            getattr(self, name).set_value(getattr(choices, name))
        self.own_map.set_value(choices.own_map)
        if self.own_map.currentIndex() < 0:
            # Colours for errors of the other kind.
            self.own_map.set_value("")
        if self.caption.toPlainText() != choices.caption:
            blocked = self.caption.blockSignals(True)
            self.caption.setPlainText(choices.caption)
            self.caption.blockSignals(blocked)

    def _panels(self, comparison: Comparison) -> QGridLayout:
        """Gives switches, outputs at the left, their errors beside them."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        names = [each.name for each in comparison.outcomes]
        rows: list[tuple[str, ...]] = [("input", "filter"), (EXACT, "operations")]
        rows += [(name, f"error-{name}") for name in names if name != EXACT]
        rows += [("table", "settings")]
        for line, row in enumerate(rows):
            for place, name in enumerate(row):
                if name == EXACT and EXACT not in names:
                    continue
                if name in PANELS:
                    text = _translated(PANELS[name])
                elif name.startswith("error-"):
                    label = technique_label(name.removeprefix("error-"))
                    text = self.tr("Error, {name}").format(name=label)
                else:
                    text = technique_label(name)
                box = QCheckBox(text)
                box.clicked.connect(self._panel_clicked)
                self.panels[name] = box
                grid.addWidget(box, line, place)
        return grid

    def _number(
        self, form: QFormLayout, label: str, name: str, step: float, decimals: int, unit: str
    ) -> NumberEdit:
        low, high = RANGES[name]
        edit = NumberEdit(low, high, step, decimals=decimals, suffix=unit)
        return self._added(form, label, edit, name)

    def _added(self, form: QFormLayout, label: str, editor: Any, name: str) -> Any:
        editor.setFixedHeight(HEIGHT)
        editor.set_name(label.replace("&", ""))
        editor.setObjectName(name)
        editor.changed.connect(self._edited)
        form.addRow(label, editor)
        return editor

    def _edited(self, value: object) -> None:
        if value == OWN and self.sender() is self.column:
            # The width stays as it is, to be typed over.
            self.width_mm.spin.setFocus()
            return
        name = self.sender().objectName()
        self._change(**{name: value})

    def _panel_clicked(self) -> None:
        # What another comparison shows stays as it was chosen.
        others = tuple(name for name in self._choices.hidden if name not in self.panels)
        here = tuple(name for name, box in self.panels.items() if not box.isChecked())
        self._change(hidden=(*others, *here))

    def _caption_typed(self) -> None:
        self._change(caption=self.caption.toPlainText()[:LONGEST_CAPTION])

    def _change(self, **choices: Any) -> None:
        changed = replace(self._choices, **choices)
        if changed != self._choices:
            self._choices = changed
            self.show_choices(changed)
            self.changed.emit(changed)
