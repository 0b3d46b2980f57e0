"""The title of a dock, with buttons that can be seen in both themes and reached by key."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from convgui.style import GRID, Theme, set_role

ICON = 14


class DockTitle(QWidget):
    """Replaces the style's own title bar, whose symbols are dark in every theme.

    A press beside the buttons is left to the dock, which is moved by it.
    """

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        set_role(self, "panel")
        # A plain widget paints the style sheet's background only when it is told to.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel(dock.windowTitle())
        set_role(title, "title")
        self._dock = dock
        self._buttons = {
            "mdi6.dock-window": self._button(
                QCoreApplication.translate("DockTitle", "Detach {0}, or put it back")
            ),
            "mdi6.close": self._button(QCoreApplication.translate("DockTitle", "Hide {0}")),
        }
        detach, close = self._buttons.values()
        detach.clicked.connect(self._detach)
        close.clicked.connect(dock.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID // 2, 0)
        row.setSpacing(0)
        row.addWidget(title, 1)
        row.addWidget(detach)
        row.addWidget(close)

    def apply_theme(self, theme: Theme) -> None:
        """Draws the symbols in a theme's colours."""
        for name, button in self._buttons.items():
            button.setIcon(qtawesome.icon(name, color=theme.muted, color_active=theme.text))

    def _button(self, words: str) -> QToolButton:
        button = QToolButton()
        set_role(button, "flat")
        button.setIconSize(QSize(ICON, ICON))
        text = words.format(self._dock.windowTitle())
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _detach(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())
