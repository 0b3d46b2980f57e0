"""Which output is looked at, and stepping to the next one: numbers, play, speed, close-up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QToolButton, QWidget

from convgui import style
from convgui.model.inspect_window import Place
from convgui.widgets.flow import Flow

from .inspect_player import FIRST, SPEEDS

LEFT = "\N{LEFT-TO-RIGHT MARK}"
"""Around what would be turned round in a language from right to left."""


class InspectBar(QWidget):
    """Its setters never emit.

    Signals
    -------
    place_chosen(Place)
    play_wanted(bool), close_wanted(bool)
    speed_chosen(int)
        Windows a second.
    """

    place_chosen = Signal(object)
    play_wanted = Signal(bool)
    speed_chosen = Signal(int)
    close_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = Flow(self, gap=style.GRID // 2, centred=True)
        self.column = self._number("x", self.tr("Column of the output"))
        self.row = self._number("y", self.tr("Row of the output"))
        self.filter = self._number(self.tr("Filter"), self.tr("Filter of the bank"))
        self.play = self._button("▶", self.tr("Play"), self.tr(
            "Step window by window by itself; the space bar starts and stops it, too."
        ))
        self.play.setCheckable(True)
        self.play.clicked.connect(self.play_wanted)
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Windows a second"))
        for each in SPEEDS:
            self.speed.addItem(f"{LEFT}{self.tr('{0} / s').format(each)}{LEFT}", each)
        self.speed.setCurrentIndex(SPEEDS.index(FIRST))
        self.speed.activated.connect(self._tell_speed)
        self.close_up = self._button(self.tr("Close up"), self.tr("Close up"), self.tr(
            "Show the window and what is around it large, in place of the whole image."
        ))
        self.close_up.setCheckable(True)
        self.close_up.clicked.connect(self.close_wanted)
        for each in (
            self._label("x", self.column), self.column, self._label("y", self.row), self.row,
            self._label(self.tr("Filter"), self.filter), self.filter,
            self.play, self.speed, self.close_up,
        ):
            row.addWidget(each)

    def show_place(self, place: Place, size: tuple[int, int], filters: int) -> None:
        """Shows another place, of an output of this size."""
        for spin, value, most, first in (
            (self.column, place.column, size[1], 0), (self.row, place.row, size[0], 0),
            (self.filter, place.index, filters, 1),
        ):  # fmt: skip
            spin.blockSignals(True)
            spin.setRange(first, most - 1 + first)
            spin.setValue(value + first)
            spin.blockSignals(False)
        self.filter.setEnabled(filters > 1)

    def show_playing(self, playing: bool) -> None:
        """Shows whether it steps by itself."""
        self.play.setChecked(playing)
        self.play.setText("⏸" if playing else "▶")

    def show_close_up(self, close: bool) -> None:
        """Shows whether the picture is seen close up."""
        self.close_up.setChecked(close)

    def _number(self, name: str, words: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setAccessibleName(words)
        spin.setToolTip(words)
        spin.setKeyboardTracking(False)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        spin.valueChanged.connect(self._tell_place)
        return spin

    def _label(self, text: str, spin: QSpinBox) -> QLabel:
        label = QLabel(text)
        style.set_role(label, "caption")
        label.setBuddy(spin)
        return label

    def _button(self, text: str, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        style.set_role(button, "button")
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _tell_place(self) -> None:
        self.place_chosen.emit(
            Place(self.filter.value() - 1, self.row.value(), self.column.value())
        )

    def _tell_speed(self) -> None:
        self.speed_chosen.emit(self.speed.currentData())
