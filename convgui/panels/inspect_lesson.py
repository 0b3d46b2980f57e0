"""The strip above a lesson: where it is, what is printed, what slipped, on and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from convgui import style

from . import inspect_words

if TYPE_CHECKING:
    from convgui.model.inspection import Inspection
    from convgui.model.lesson import Lesson


class LessonStrip(QFrame):
    """Tells of one step.

    Signals
    -------
    stepped(int)
        One window on, or back.
    left()
        Back to the image.
    """

    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style.set_role(self, "message-info")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GRID, style.GRID // 2, style.GRID // 2, style.GRID // 2)
        row.addWidget(self.words, 1)
        self.back = self._button("‹", self.tr("Previous window"), self._go_back)
        self.on = self._button("›", self.tr("Next window"), self._go_on)
        self.close_button = self._button("✕", self.tr("Close the lesson"), self.left.emit)
        for each in (self.back, self.on, self.close_button):
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_step(self, lesson: Lesson, found: Inspection) -> None:
        """Tells of the step that is shown."""
        text, slip = inspect_words.lesson_words(lesson, found)
        self.words.setText(f"{text} {slip}" if slip else text)
        style.set_role(self, "message-error" if slip else "message-info")
        step = lesson.step_at(found.place)
        self.back.setEnabled(step.number > 1)
        self.on.setEnabled(step.number < len(lesson.steps))

    def _button(self, text: str, name: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        style.set_role(button, "flat")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(act)
        return button

    def _go_back(self) -> None:
        self.stepped.emit(-1)

    def _go_on(self) -> None:
        self.stepped.emit(1)
