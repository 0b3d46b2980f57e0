"""Menus and tool bar made from the table of actions, and kept in step with what is possible."""

from __future__ import annotations

import operator
from collections.abc import Container, Mapping, Sequence

import qtawesome
from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton

from convgui.actions import ACTIONS, MENUS, REASONS, TOOL_BAR, ActionSpec
from convgui.style import Theme, faded
from convgui.widgets.one_connection import OneConnection

ICON = 18
MENU_ICONS = {
    "File/Samples": "mdi6.image-multiple-outline",
    "View/Errors": "mdi6.plus-minus-variant",
}


def translated(text: str) -> str:
    """Gives a text of the action table in the user's language."""
    return QCoreApplication.translate("Actions", text)


class Entry(QAction):
    """An action that does what its row of the table says."""

    def __init__(self, spec: ActionSpec, window: QMainWindow) -> None:
        super().__init__(translated(spec.text), window)
        self.spec = spec
        self._window = window
        self.setObjectName(spec.key)
        self.setIconText(self.text().replace("&", "").rstrip("…"))
        self.setCheckable(spec.checkable)
        # What is on or off must not flutter while its key is held.
        self.setAutoRepeat(not spec.checkable)
        if spec.shortcut:
            self.setShortcuts(QKeySequence.listFromString(spec.shortcut))
        self._told: str | None = ""
        self.allow(REASONS)
        self.triggered.connect(self._run)

    def allow(self, states: Container[str]) -> None:
        """Enables the entry, or greys it and lets the tooltip say why."""
        missing = next((need for need in self.spec.needs if need not in states), None)
        # Asked at every step of a drag, and mostly as before.
        if missing == self._told:
            return
        self._told = missing
        self.setEnabled(missing is None)
        keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if missing is not None:
            self.setToolTip(translated(REASONS[missing]))
        else:
            self.setToolTip(translated(self.spec.tip) + (f" ({keys})" if keys else ""))

    def _run(self, checked: bool) -> None:
        method = operator.attrgetter(self.spec.callback)(self._window)
        if self.spec.value is not None:
            method(self.spec.value)
        elif self.spec.checkable:
            method(checked)
        else:
            method()


class Menus(QObject):
    """Builds the menus and the tool bar of a window.

    Parameters
    ----------
    window : QMainWindow
        Has the methods that the table names.
    after : mapping of str to sequence of QAction or QMenu
        What belongs below an entry but is made elsewhere, by the entry's key.
    """

    def __init__(
        self, window: QMainWindow, after: Mapping[str, Sequence[QAction | QMenu]]
    ) -> None:
        super().__init__(window)
        self.entries = {spec.key: Entry(spec, window) for spec in ACTIONS}
        self.menus: dict[str, QMenu] = {}
        self._choices: dict[str, QActionGroup] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        for name in (each for each in MENUS if "/" not in each):
            self.menus[name] = window.menuBar().addMenu(translated(MENUS[name]))
        for spec in ACTIONS:
            self._add(spec, after.get(spec.key, ()))
        for menu in self.menus.values():
            menu.setToolTipsVisible(True)
        self.tool_bar = self._tool_bar(window)

    def refresh(self, states: Container[str], chosen: Container[str]) -> None:
        """Greys what the states do not allow, and ticks what is chosen."""
        for key, entry in self.entries.items():
            entry.allow(states)
            if entry.isCheckable():
                entry.setChecked(key in chosen)

    def paint(self, theme: Theme) -> None:
        """Draws all icons in the colours of a theme."""
        for entry in self.entries.values():
            if entry.spec.icon:
                entry.setIcon(self._icon(entry.spec.icon, theme))
        for name, symbol in MENU_ICONS.items():
            self.menus[name].setIcon(self._icon(symbol, theme))

    def _icon(self, name: str, theme: Theme) -> QIcon:
        """Gives an icon in the colours of a theme, made once: all of them take a while."""
        key = name, theme.name
        if key not in self._icons:
            colours = {"color": theme.text, "color_disabled": faded(theme)}
            self._icons[key] = qtawesome.icon(name, **colours)
        return self._icons[key]

    def _add(self, spec: ActionSpec, more: Sequence[QAction | QMenu]) -> None:
        menu = self._menu(spec.menu)
        if spec.separated:
            menu.addSeparator()
        entry = self.entries[spec.key]
        menu.addAction(entry)
        if spec.choice:
            group = self._choices.setdefault(spec.choice, QActionGroup(self))
            group.addAction(entry)
        for each in more:
            if isinstance(each, QMenu):
                menu.addMenu(each)
                each.setToolTipsVisible(True)
            else:
                menu.addAction(each)

    def _menu(self, name: str) -> QMenu:
        if name not in self.menus:
            parent = self.menus[name.partition("/")[0]]
            self.menus[name] = parent.addMenu(translated(MENUS[name]))
        return self.menus[name]

    def _tool_bar(self, window: QMainWindow) -> QToolBar:
        bar = window.addToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(ICON, ICON))
        bar.toggleViewAction().setVisible(False)
        for name in TOOL_BAR:
            if name is None:
                bar.addSeparator()
                continue
            key = name.removeprefix("+")
            action = self.entries[key] if key in self.entries else self.menus[key].menuAction()
            bar.addAction(action)
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                OneConnection(action, button)
                if action.menu() is not None:
                    action.setIconText(f"{action.text().replace('&', '')} ▾")
                    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
                if name.startswith("+"):
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return bar
