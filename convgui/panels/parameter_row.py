"""One parameter in the dock: a dot when it is changed, its name, its editor."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from convgui.model.parameter import Parameter
from convgui.style import GRID, set_role
from convgui.widgets.number import NumberEdit

HEIGHT = 3 * GRID


class ChoiceEdit(QComboBox):
    """A choice out of a few; ``set_value`` never emits."""

    changed = Signal(object)

    def __init__(
        self, choices: tuple[tuple[str, str], ...], tips: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for value, label in choices:
            self.addItem(translated(label), value)
        for index, tip in enumerate(tips):
            self.setItemData(index, translated(tip), Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(self._activated)
        self.installEventFilter(self)

    def set_value(self, value: object) -> None:
        """Shows a choice."""
        self.setCurrentIndex(self.findData(value))

    def set_name(self, name: str) -> None:
        """Names the choice for screen readers."""
        self.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaves the wheel to the scroll area unless the choice has the focus."""
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _activated(self, index: int) -> None:
        self.changed.emit(self.itemData(index))


class SwitchEdit(QCheckBox):
    """On or off; ``set_value`` never emits."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.clicked.connect(self._clicked)

    def set_value(self, value: object) -> None:
        """Shows on or off."""
        self.setChecked(bool(value))

    def set_name(self, name: str) -> None:
        """Names the switch for screen readers."""
        self.setAccessibleName(name)

    def _clicked(self, checked: bool) -> None:
        self.changed.emit(checked)


def translated(text: str) -> str:
    """Gives a text of the parameter table in the user's language."""
    return QCoreApplication.translate("Parameters", text)


def _number(parameter: Parameter) -> NumberEdit:
    return NumberEdit(
        parameter.minimum,
        parameter.maximum,
        parameter.step,
        decimals=parameter.decimals if parameter.kind == "float" else 0,
        suffix=translated(parameter.suffix),
        slider=parameter.slider,
        special=translated(parameter.special),
    )


EDITORS = {
    "int": _number,
    "float": _number,
    "bool": lambda parameter: SwitchEdit(),
    "choice": lambda parameter: ChoiceEdit(parameter.choices, parameter.choice_tips),
}


class DotButton(QToolButton):
    """A dot on what is changed, an arrow back under the pointer."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "dot")
        self.setFixedSize(2 * GRID, 2 * GRID)
        self._changed = False

    def show_changed(self, changed: bool) -> None:
        """Shows the dot or nothing."""
        self._changed = changed
        self.setEnabled(changed)
        self._draw()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Shows what a click does."""
        self._draw()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Shows the dot again."""
        super().leaveEvent(event)
        self._draw()

    def _draw(self) -> None:
        mark = "↺" if self.underMouse() else "●"
        self.setText(mark if self._changed else "")


class ParameterRow(QWidget):
    """Shows and edits one row of the parameter table."""

    changed = Signal(str, object)
    drag_started = Signal()
    drag_finished = Signal()
    reset_requested = Signal(str)

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter
        name = translated(parameter.label)
        self.dot = DotButton()
        self.dot.setAccessibleName(self.tr("Reset {name}").format(name=name))
        self.dot.clicked.connect(self._reset)
        self.label = QLabel(name)
        self.editor = EDITORS[parameter.kind](parameter)
        self.editor.set_name(name)
        self.editor.setFixedHeight(HEIGHT)
        self.editor.changed.connect(self._edited)
        if isinstance(self.editor, NumberEdit):
            self.editor.drag_started.connect(self.drag_started)
            self.editor.drag_finished.connect(self.drag_finished)
        self.label.setBuddy(self.editor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.dot)
        row.addWidget(self.label)
        row.addWidget(self.editor, 1)
        self._shown: tuple[bool, str] | None = None
        self.show_value(parameter.default, "")

    def show_value(self, value: object, reason: str) -> None:
        """Shows a value, and why it can't be changed if it can't; emits nothing."""
        parameter = self.parameter
        self.editor.set_value(parameter.minimum if value is None else value)
        changed = value != parameter.default
        # All rows are told at every step of a drag, and mostly what they show already.
        if (changed, reason) == self._shown:
            return
        self._shown = changed, reason
        self.dot.show_changed(changed)
        self.dot.setToolTip(self.tr("Changed. Click to reset it.") if changed else "")
        self.editor.setEnabled(not reason)
        self.label.setEnabled(not reason)
        self.setToolTip(translated(reason or parameter.tip))

    def _edited(self, value: object) -> None:
        parameter = self.parameter
        if parameter.default is None and value == parameter.minimum:
            value = None
        self.changed.emit(parameter.key, value)

    def _reset(self) -> None:
        self.reset_requested.emit(self.parameter.key)
