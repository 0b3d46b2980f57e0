"""Levels, tone and colours: what of the values can be seen, in the dock of analysis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from convgui.model import colour_maps, maps
from convgui.model.look import EXPOSURES, GAMMAS, Look
from convgui.model.maps import Levels
from convgui.style import GRID, set_role
from convgui.widgets.elided import ElidedLabel
from convgui.widgets.number import NumberEdit
from convgui.widgets.value_edit import ValueEdit

from .parameter_row import HEIGHT, ChoiceEdit, DotButton

LABEL = 9 * GRID


@dataclass(frozen=True)
class Automatic:
    """The levels that the values ask for, and what they are measured in.

    Attributes
    ----------
    outputs, errors : Levels
    unit, error_unit : str
    """

    outputs: Levels
    errors: Levels
    unit: str = ""
    error_unit: str = ""


class LevelsEdit(QWidget):
    """Two numbers with a dash between, or one after a sign of plus and minus.

    Signals
    -------
    changed(Levels)
    """

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.low, self.high = ValueEdit(), ValueEdit()
        self._between, self._unit = QLabel("–"), ElidedLabel()
        set_role(self._unit, "caption")
        self._even = False
        translate = QCoreApplication.translate
        self.low.setAccessibleName(translate("LookForm", "{0}, lowest").format(name))
        self.high.setAccessibleName(translate("LookForm", "{0}, highest").format(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for widget, stretch in ((self.low, 1), (self._between, 0), (self.high, 1), (self._unit, 0)):
            row.addWidget(widget, stretch)
        for each in (self.low, self.high):
            each.setFixedHeight(HEIGHT)
            each.changed.connect(self._edited)
        self.setFocusProxy(self.high)

    def show_levels(self, levels: Levels, unit: str, even: bool) -> None:
        """Shows levels; where they lie even about zero, only how far they reach."""
        self._even = even
        self.low.setVisible(not even)
        self._between.setText("±" if even else "–")
        self.low.set_value(levels.low)
        self.high.set_value(levels.high)
        self._unit.setText(unit)

    def _edited(self) -> None:
        low, high = self.low.value, self.high.value
        if self._even:
            low, high = -abs(high), abs(high)
        elif self.sender() is self.low and low >= high:
            high = low + max(abs(low), 1.0) * 1e-3
        elif low >= high:
            low = high - max(abs(high), 1.0) * 1e-3
        self.changed.emit(Levels(low, high))


class _Row(QWidget):
    """A dot where something is changed, a name, an editor: as in the dock of parameters."""

    def __init__(self, name: str, editor: QWidget, tip: str, reset: Any) -> None:
        super().__init__()
        self.dot = DotButton()
        self.dot.setAccessibleName(
            QCoreApplication.translate("LookForm", "Reset {0}").format(name)
        )
        self.dot.clicked.connect(reset)
        label = QLabel(name)
        label.setFixedWidth(LABEL)
        label.setBuddy(editor)
        editor.setFixedHeight(HEIGHT)
        self.setToolTip(tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for widget, stretch in ((self.dot, 0), (label, 0), (editor, 1)):
            row.addWidget(widget, stretch)

    def show_changed(self, changed: bool) -> None:
        """Shows that it is not at its default."""
        self.dot.show_changed(changed)
        tip = QCoreApplication.translate("LookForm", "Changed. Click to reset it.")
        self.dot.setToolTip(tip if changed else "")


class _Form(QWidget):
    """Rows below each other; tells the look that the user wants."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._look = Look()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, GRID)
        self._column.setSpacing(GRID // 2)

    def _add(self, name: str, editor: QWidget, tip: str, reset: Any) -> _Row:
        row = _Row(name, editor, tip, reset)
        self._column.addWidget(row)
        return row

    def _change(self, **choices: Any) -> None:
        try:
            look = replace(self._look, **choices)
        except ValueError:
            # Numbers that single precision can not tell apart; the field shows the old ones again.
            look = self._look
        self.changed.emit(look)


class ImagesForm(_Form):
    """Levels, exposure and gamma of the images."""

    def __init__(self) -> None:
        super().__init__()
        name = self.tr("Levels")
        self.levels = LevelsEdit(self.tr("Levels of the outputs"))
        self.levels.changed.connect(self._set_levels)
        tip = self.tr("The values shown black and white, in all outputs alike.")
        self._levels = self._add(name, self.levels, tip, self._reset_levels)
        self.exposure = NumberEdit(*EXPOSURES, 0.1, decimals=1, suffix=" EV", slider=True)
        self.exposure.changed.connect(self._set_exposure)
        tip = self.tr("Shows values 2^EV times as large. The values stay as they are.")
        self._exposure = self._add(self.tr("Exposure"), self.exposure, tip, self._reset_exposure)
        self.gamma = NumberEdit(*GAMMAS, 0.05, decimals=2, slider=True)
        self.gamma.changed.connect(self._set_gamma)
        tip = self.tr("Greys are raised to the power of 1/γ: above 1 dark parts open up.")
        self._gamma = self._add(self.tr("Gamma"), self.gamma, tip, self._reset_gamma)
        for editor, row in ((self.exposure, self.tr("Exposure")), (self.gamma, self.tr("Gamma"))):
            editor.set_name(row)

    def show_look(self, look: Look, automatic: Automatic) -> None:
        """Shows the choices; emits nothing."""
        self._look = look
        levels = look.output_levels or automatic.outputs
        self.levels.show_levels(levels, automatic.unit, False)
        self.exposure.set_value(look.exposure)
        self.gamma.set_value(look.gamma)
        self._levels.show_changed(look.output_levels is not None)
        self._exposure.show_changed(look.exposure != 0)
        self._gamma.show_changed(look.gamma != 1)

    def _set_levels(self, levels: Levels) -> None:
        self._change(output_levels=levels)

    def _set_exposure(self, value: float) -> None:
        self._change(exposure=round(value, 1))

    def _set_gamma(self, value: float) -> None:
        self._change(gamma=round(value, 2))

    def _reset_levels(self) -> None:
        self._change(output_levels=None)

    def _reset_exposure(self) -> None:
        self._change(exposure=0.0)

    def _reset_gamma(self) -> None:
        self._change(gamma=1.0)


class ErrorsForm(_Form):
    """Mode, colours and levels of the error maps."""

    def __init__(self, modes: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.mode = ChoiceEdit(tuple(modes))
        self.mode.changed.connect(self._set_mode)
        tip = self.tr("What is shown of the difference between an output and the exact one.")
        self._mode = self._add(self.tr("Show"), self.mode, tip, self._reset_mode)
        self.maps = {True: self._choice(colour_maps.SIGNED), False: self._choice(colour_maps.SIZES)}
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        for each in self.maps.values():
            row.addWidget(each)
        tip = self.tr("All of them can be told apart by colour-blind eyes.")
        self._map = self._add(self.tr("Colours"), both, tip, self._reset_map)
        self.levels = LevelsEdit(self.tr("Levels of the errors"))
        self.levels.changed.connect(self._set_levels)
        tip = self.tr("The errors shown in the first and the last colour, in all maps alike.")
        self._levels = self._add(self.tr("Levels"), self.levels, tip, self._reset_levels)
        self.mode.set_name(self.tr("Kind of error"))
        for each in self.maps.values():
            each.set_name(self.tr("Colours of the errors"))

    def show_look(self, look: Look, automatic: Automatic) -> None:
        """Shows the choices; emits nothing."""
        self._look = look
        signed = look.error_mode == maps.SIGNED
        self.mode.set_value(look.error_mode)
        for is_signed, editor in self.maps.items():
            editor.setVisible(is_signed == signed)
            editor.set_value(look.signed_map if is_signed else look.size_map)
        levels = look.error_levels or automatic.errors
        self.levels.show_levels(levels, automatic.error_unit, signed)
        self._mode.show_changed(look.error_mode != Look().error_mode)
        self._map.show_changed(look.error_map.name != self._default_map())
        self._levels.show_changed(look.error_levels is not None)

    def _choice(self, choices: tuple[colour_maps.ColourMap, ...]) -> ChoiceEdit:
        editor = ChoiceEdit(tuple((each.name, each.label) for each in choices))
        editor.changed.connect(self._set_map)
        return editor

    def _default_map(self) -> str:
        return colour_maps.of_mode(self._look.error_mode)[0].name

    def _set_mode(self, mode: str) -> None:
        # Levels that were typed were meant for the other mode.
        self._change(error_mode=mode, error_levels=None)

    def _set_map(self, name: str) -> None:
        signed = self._look.error_mode == maps.SIGNED
        self._change(**{"signed_map" if signed else "size_map": name})

    def _set_levels(self, levels: Levels) -> None:
        self._change(error_levels=levels)

    def _reset_mode(self) -> None:
        self._set_mode(Look().error_mode)

    def _reset_map(self) -> None:
        self._set_map(self._default_map())

    def _reset_levels(self) -> None:
        self._change(error_levels=None)
