"""The bar above the panels: what happened, what to do, details folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from convgui.style import GRID, set_role


class MessageBar(QFrame):
    """Shows one message at a time, an error, a piece of news or a question.

    A message has a topic, so that a good run takes away the error of the last run and leaves
    that of an export alone. What is offered with several answers waits behind other messages until
    it is answered: ``chosen(topic, answer)``.
    """

    accepted = Signal(str)
    dismissed = Signal(str)
    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic = ""
        self._offered: tuple[str, tuple[tuple[str, str], ...], str] | None = None
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.accept = QPushButton()
        self.accept.clicked.connect(self._accept)
        self.unfold = QPushButton(self.tr("Details"))
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._unfold)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        set_role(self.close_button, "flat")
        self.close_button.setToolTip(self.tr("Put this message away"))
        self.close_button.setAccessibleName(self.tr("Put this message away"))
        self.close_button.clicked.connect(self._dismiss)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        set_role(self.details, "fixed")
        self.details.setFixedHeight(12 * GRID)
        self.details.setAccessibleName(self.tr("Details"))

        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.accept)
        line.addWidget(self.unfold)
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(line)
        # Below the words: beside them several answers leave no room in a small window.
        self._answers = QHBoxLayout()
        self._answers.addStretch(1)
        self.answers: list[QPushButton] = []
        column.addLayout(self._answers)
        column.addWidget(self.details)
        self.setVisible(False)

    @property
    def topic(self) -> str:
        """What the message shown now is about; "" when none is shown."""
        return self._topic

    def show_error(self, text: str, details: str = "", topic: str = "error") -> None:
        """Shows what went wrong and what to do."""
        self._show("error", text, details, topic)

    def show_info(self, text: str, details: str = "", topic: str = "info") -> None:
        """Shows a piece of news."""
        self._show("info", text, details, topic)

    def ask(self, text: str, yes: str, topic: str) -> None:
        """Shows a question; ``accepted(topic)`` or ``dismissed(topic)`` is the answer."""
        self._show("info", text, "", topic)
        self.accept.setText(yes)
        self.accept.setVisible(True)

    def offer(self, text: str, answers: Sequence[tuple[str, str]], topic: str) -> None:
        """Shows a question with several answers, each a word for the program and one to read.

        Putting it away answers it with "".
        """
        self._offered = text, tuple(answers), topic
        self._show("info", text, "", topic)
        for answer, words in answers:
            button = QPushButton(words)
            button.setProperty("answer", answer)
            button.clicked.connect(self._choose)
            self._answers.addWidget(button)
            self.answers.append(button)

    def clear(self, topic: str | None = None) -> None:
        """Takes the message away, or only one about this topic; what was offered comes back."""
        if self._offered is not None and topic == self._offered[2]:
            self._offered = None
        if topic is None or topic == self._topic:
            self._topic = ""
            self.setVisible(False)
            if self._offered is not None:
                self.offer(*self._offered)

    def _show(self, role: str, text: str, details: str, topic: str) -> None:
        self._topic = topic
        set_role(self, f"message-{role}")
        self.text.setText(text)
        self.setAccessibleName(text)
        self.accept.setVisible(False)
        for button in self.answers:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.answers = []
        self.unfold.setVisible(bool(details))
        self.unfold.setChecked(False)
        self.details.setPlainText(details)
        self.details.setVisible(False)
        self.setVisible(True)

    def _unfold(self, unfolded: bool) -> None:
        self.details.setVisible(unfolded)

    def _accept(self) -> None:
        topic = self._topic
        self.clear()
        self.accepted.emit(topic)

    def _dismiss(self) -> None:
        topic = self._topic
        if self._is_offer():
            self._answer("")
            return
        self.clear()
        self.dismissed.emit(topic)

    def _is_offer(self) -> bool:
        return self._offered is not None and self._offered[2] == self._topic

    def _choose(self) -> None:
        self._answer(str(self.sender().property("answer")))

    def _answer(self, answer: str) -> None:
        topic = self._topic
        self._offered = None
        self.clear()
        self.chosen.emit(topic, answer)
