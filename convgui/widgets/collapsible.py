"""A titled group that folds away at a click on its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from convgui.style import set_role


class CollapsibleGroup(QWidget):
    """A title that folds and unfolds the body below it.

    Parameters
    ----------
    title : str
        Shown beside the arrow.
    body : QWidget
        What is folded away.
    """

    folded = Signal(bool)

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = QToolButton()
        set_role(self.header, "group")
        self.header.setText(title)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setAutoRaise(True)
        self.header.clicked.connect(self._toggle)
        self.body = body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(body)
        self._folded = False
        self.set_folded(False)

    @property
    def is_folded(self) -> bool:
        """Whether the body is folded away."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Folds or unfolds the body."""
        self._folded = folded
        self.body.setVisible(not folded)
        self.header.setArrowType(
            Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow
        )

    def _toggle(self) -> None:
        self.set_folded(not self._folded)
        self.folded.emit(self._folded)
