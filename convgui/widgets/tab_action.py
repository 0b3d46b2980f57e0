"""The entry that brings a tab to the front."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget


class TabAction(QAction):
    """Puts a page into a tab widget, and shows it; ticked while it is in front."""

    def __init__(self, tabs: QTabWidget, page: QWidget, title: str, shortcut: str) -> None:
        super().__init__(title, tabs)
        self._tabs = tabs
        self._page = page
        self.setCheckable(True)
        self.setShortcut(shortcut)
        self.setAutoRepeat(False)
        tip = QCoreApplication.translate("TabAction", "Bring this tab to the front ({0})")
        self.setToolTip(tip.format(shortcut))
        self.triggered.connect(self._trigger)
        tabs.currentChanged.connect(self._follow)
        tabs.setTabToolTip(tabs.addTab(page, title), self.toolTip())

    def _trigger(self) -> None:
        self._tabs.setCurrentWidget(self._page)
        self._page.setFocus()
        self._follow()

    def _follow(self) -> None:
        self.setChecked(self._tabs.currentWidget() is self._page)
