"""A number with a spin box and, where people drag it, a slider."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSlider, QSpinBox, QWidget

from convgui.style import GRID, set_role

SLIDER_STEPS = 200
WIDE_RATIO = 100
# Beside a slider all spin boxes are as wide as this, or as narrow as that where room is short.
WIDE, NARROW = 13 * GRID, 10 * GRID


class _Slider(QSlider):
    """A slider that is filled from its low end, on whichever side that is.

    The style sheet fills what is left of the handle; the role turns that round.
    """

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._follow()

    def _follow(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        set_role(self, "mirrored" if mirrored else "")


class NumberEdit(QWidget):
    """Edits an int or a float; ``set_value`` never emits.

    Parameters
    ----------
    minimum, maximum, step : float
        Bounds and the step of the arrows.
    decimals : int
        Digits behind the point; 0 edits an int.
    suffix : str
        The unit with the blank before it, shown behind the number.
    slider : bool
        Whether a slider stands beside the spin box. Over a range of more than a hundredfold it
        is logarithmic, so that small values can be met too.
    special : str
        When given, shown in place of the minimum.
    """

    changed = Signal(object)
    drag_started = Signal()
    drag_finished = Signal()

    def __init__(
        self,
        minimum: float,
        maximum: float,
        step: float = 1,
        *,
        decimals: int = 0,
        suffix: str = "",
        slider: bool = False,
        special: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._minimum, self._maximum, self._step = minimum, maximum, step
        self._whole = decimals == 0
        self.spin: QSpinBox | QDoubleSpinBox
        if self._whole:
            self.spin = QSpinBox()
            self.spin.setRange(int(minimum), int(maximum))
            self.spin.setSingleStep(int(step))
        else:
            self.spin = QDoubleSpinBox()
            self.spin.setDecimals(decimals)
            self.spin.setRange(minimum, maximum)
            self.spin.setSingleStep(step)
        self.spin.setSuffix(suffix)
        self.spin.setSpecialValueText(special)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setAccelerated(True)
        # Half a typed number is not a wish: a run starts at Enter or when the box is left.
        self.spin.setKeyboardTracking(False)
        self.spin.valueChanged.connect(self._spin_changed)
        self._text = self.spin.text()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.slider: QSlider | None = None
        if slider:
            self.slider = self._make_slider()
            row.addWidget(self.slider, 1)
            self.spin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.spin.setMinimumWidth(NARROW)
            self.spin.setMaximumWidth(WIDE)
        row.addWidget(self.spin, 2)
        self.setFocusProxy(self.spin)
        for child in (self.spin, self.slider):
            if child is not None:
                child.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                child.installEventFilter(self)

    def value(self) -> float:
        """The number shown."""
        return self.spin.value()

    def set_value(self, value: float) -> None:
        """Shows a number, without a signal."""
        blocked = self.spin.blockSignals(True)
        self.spin.setValue(int(value) if self._whole else value)  # type: ignore[arg-type]  # as the spin box is
        self.spin.blockSignals(blocked)
        self._move_slider()

    def set_name(self, name: str) -> None:
        """Names the number for screen readers."""
        self.spin.setAccessibleName(name)
        if self.slider is not None:
            self.slider.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaves to others what is not meant for the number.

        That is the wheel while the number has no focus, and undo, redo and the pasting of
        images unless a number is being typed.
        """
        kind = event.type()
        if kind == QEvent.Type.Wheel:
            leave = isinstance(watched, QWidget) and not watched.hasFocus()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            leave = self._is_for_window(event)
        else:
            return False
        if leave:
            event.ignore()
        return leave

    def _is_for_window(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo) or event.matches(keys.Redo):
            return self.spin.text() == self._text
        return event.matches(keys.Paste) and not QGuiApplication.clipboard().text()

    def _make_slider(self) -> QSlider:
        slider = _Slider(Qt.Orientation.Horizontal)
        low, high = self._minimum, self._maximum
        self._logarithmic = high / max(low, self._step) > WIDE_RATIO
        exact_steps = round((high - low) / self._step)
        slider.setRange(0, SLIDER_STEPS if self._logarithmic else exact_steps)
        slider.setMinimumWidth(4 * GRID)
        slider.valueChanged.connect(self._slider_changed)
        slider.sliderPressed.connect(self.drag_started)
        slider.sliderReleased.connect(self.drag_finished)
        return slider

    def _at(self, position: int) -> float:
        """Gives the number that a position of the slider means."""
        low, high = self._minimum, self._maximum
        if not self._logarithmic:
            return low + position * self._step
        if position == 0:
            return low
        base = max(low, self._step)
        value = base * (high / base) ** ((position - 1) / (SLIDER_STEPS - 1))
        return min(high, low + round((value - low) / self._step) * self._step)

    def _position(self, value: float) -> int:
        """Gives the position of the slider that is nearest to a number."""
        low, high = self._minimum, self._maximum
        if not self._logarithmic:
            return round((value - low) / self._step)
        base = max(low, self._step)
        if value < base:
            return 0
        fraction = math.log(value / base) / math.log(high / base)
        return 1 + round(fraction * (SLIDER_STEPS - 1))

    def _move_slider(self) -> None:
        """Brings the slider to the number, and notes how a number looks that nobody types at."""
        self._text = self.spin.text()
        if self.slider is not None and not self.slider.isSliderDown():
            blocked = self.slider.blockSignals(True)
            self.slider.setValue(self._position(self.spin.value()))
            self.slider.blockSignals(blocked)

    def _slider_changed(self, position: int) -> None:
        before = self.spin.value()
        blocked = self.spin.blockSignals(True)
        value = self._at(position)
        self.spin.setValue(round(value) if self._whole else value)  # type: ignore[arg-type]  # as the spin box is
        self.spin.blockSignals(blocked)
        self._text = self.spin.text()
        if self.spin.value() != before:
            self.changed.emit(self.spin.value())

    def _spin_changed(self, value: float) -> None:
        self._move_slider()
        self.changed.emit(value)
