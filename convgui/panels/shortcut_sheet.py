"""The sheet of keys: what every key and movement of the mouse does, in groups, to search in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from convgui import style
from convgui.dialogs import ask_once
from convgui.model import fuzzy

SIZE = QSize(68 * style.GRID, 80 * style.GRID)
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Titles, and under each what is pressed and what it does."""


class ShortcutSheet(QDialog):
    """A window of its own beside the one that is worked in; it never waits for an answer."""

    def __init__(self, groups: Groups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ask_once(self)
        self.setWindowTitle(self.tr("Keys and mouse"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search keys and what they do"))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.list = QTreeWidget()
        style.set_role(self.list, "lines")
        self.list.setAccessibleName(self.tr("Keys, and what they do"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(0)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.nothing = QLabel(self.tr("No key does that. The command palette finds what has none."))
        style.set_role(self.nothing, "caption")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * style.GRID] * 4)
        column.setSpacing(style.GRID)
        for each in (self.field, self.list, self.nothing):
            column.addWidget(each)
        self._fill(groups)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.9))
        self.field.setFocus()

    def lines(self) -> list[tuple[str, str]]:
        """Gives what is shown now, without the titles."""
        return [
            (row.text(0).strip(), row.text(1))
            for group in self._groups()
            for row in (group.child(at) for at in range(group.childCount()))
            if not row.isHidden()
        ]

    def _groups(self) -> list[QTreeWidgetItem]:
        return [self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount())]

    def _fill(self, groups: Groups) -> None:
        titled = style.font(style.TITLE, semibold=True)
        for title, rows in groups:
            group = QTreeWidgetItem([title])
            group.setFont(0, titled)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setSizeHint(0, QSize(0, 4 * style.GRID))
            self.list.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            for keys, text in rows:
                row = QTreeWidgetItem([f"{keys}     ", text])
                row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{keys}: {text}")
                group.addChild(row)
            group.setExpanded(True)

    def _search(self, query: str) -> None:
        found = 0
        for group in self._groups():
            left = 0
            for at in range(group.childCount()):
                row = group.child(at)
                fits = fuzzy.score(query, row.text(1), row.text(0), group.text(0)) is not None
                row.setHidden(not fits)
                left += fits
            group.setHidden(not left)
            found += left
        self.nothing.setVisible(not found)
