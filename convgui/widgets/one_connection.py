"""Keeps a button from being joined to its action once more at every change of it."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton


class OneConnection(QObject):
    """Takes back what Qt 6.10 connects at every change of a button's default action.

    ``QToolButton.setDefaultAction`` joins the action's ``changed`` to the button, and the button
    calls it for every change: greying and ungreying thousands of times leaves as many connections,
    each called at the next change. They only notice a menu that the action is given later.
    """

    def __init__(self, action: QAction, button: QToolButton) -> None:
        super().__init__(button)
        self._action, self._button = action, button
        action.changed.connect(self._part)

    def _part(self) -> None:
        QObject.disconnect(self._action, SIGNAL("changed()"), self._button, None)
