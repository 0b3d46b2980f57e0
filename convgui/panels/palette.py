"""The command palette: a field over the window, and below it what fits the letters in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
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
from convgui.model import fuzzy

WIDEST, ROWS = 76 * style.GRID, 12
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -(ROWS - 1),
    Qt.Key.Key_PageDown: ROWS - 1,
}
_OWN = (*_MOVES, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Choice:
    """One line of the palette.

    Attributes
    ----------
    key : str
        What is told when it is chosen.
    text, path, keys : str
        What it is called, where it is found, and its shortcut.
    reason : str
        Why it can not be done now; "" where it can.
    tip : str
        What it does.
    """

    key: str
    text: str
    path: str
    keys: str = ""
    reason: str = ""
    tip: str = ""


class _Field(QLineEdit):
    """Tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Palette(QFrame):
    """Lists choices over a window; knows nothing of what they do.

    Signals
    -------
    chosen(str)
        The key of a choice.
    closed()
        It is gone again, chosen from or not.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._choices: Sequence[Choice] = ()
        self._recent: Sequence[str] = ()
        self._theme = style.LIGHT
        style.set_role(self, "popup")
        self.setAccessibleName(self.tr("Command palette"))
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Type a few letters of what you want to do"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        style.set_role(self.list, "lines")
        self.list.setAccessibleName(self.tr("Commands that fit"))
        # The field keeps the keyboard; it moves the choice.
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate((
            QHeaderView.ResizeMode.ResizeToContents,
            QHeaderView.ResizeMode.Stretch,
            QHeaderView.ResizeMode.ResizeToContents,
        )):  # fmt: skip
            header.setSectionResizeMode(column, mode)
        self.hint = QLabel()
        style.set_role(self.hint, "caption")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID, style.GRID, style.GRID, style.GRID)
        column.setSpacing(style.GRID)
        for each in (self.field, self.list, self.hint):
            column.addWidget(each)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._search)
        self.field.left.connect(self.close_down)
        self.list.itemClicked.connect(self._choose)
        self.list.currentItemChanged.connect(self._tell)
        window.installEventFilter(self)
        self.hide()

    def ask(self, choices: Sequence[Choice], recent: Sequence[str]) -> None:
        """Shows the palette; what was chosen lately comes first while nothing is typed."""
        self._choices, self._recent = choices, recent
        self.field.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_down(self) -> None:
        """Goes away without a choice."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._theme = theme

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the keys that move and choose before shortcuts and the field get them."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _OWN:
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(Qt.Key(event.key()))
        return False

    def _press(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_down()
        elif key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentItem())
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        count = self.list.topLevelItemCount()
        if count:
            at = self.list.indexOfTopLevelItem(self.list.currentItem()) + by
            # One step beyond an end goes round, a page stops there.
            at = at % count if abs(by) == 1 else min(max(at, 0), count - 1)
            self.list.setCurrentItem(self.list.topLevelItem(at))

    def _search(self, query: str) -> None:
        scores = {
            each.key: fuzzy.score(query, each.text, f"{each.path} {each.text}", each.keys)
            for each in self._choices
        }
        found = [each for each in self._choices if scores[each.key] is not None]
        ranks = {key: place for place, key in enumerate(self._recent)}

        def order(choice: Choice) -> tuple[float, int]:
            return -(scores[choice.key] or 0.0), ranks.get(choice.key, len(ranks))

        self.list.clear()
        self.list.addTopLevelItems([self._item(each) for each in sorted(found, key=order)])
        if found:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        else:
            self.hint.setText(self.tr("Nothing is called so."))

    def _item(self, choice: Choice) -> QTreeWidgetItem:
        item = QTreeWidgetItem([choice.text, choice.reason or choice.path, choice.keys])
        item.setData(0, Qt.ItemDataRole.UserRole, choice)
        words = ", ".join(filter(None, (choice.text, choice.path, choice.keys, choice.reason)))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        muted = QBrush(QColor(self._theme.muted))
        for column in (0, 1, 2) if choice.reason else (1, 2):
            item.setForeground(column, muted)
        return item

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            choice = item.data(0, Qt.ItemDataRole.UserRole)
            self.hint.setText(choice.reason or choice.tip)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        choice = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        # What is greyed stays in view with its reason.
        if choice is not None and not choice.reason:
            self.close_down()
            self.chosen.emit(choice.key)

    def _place(self) -> None:
        room = self._window.size()
        wide = min(WIDEST, room.width() - 4 * style.GRID)
        row = max(self.list.sizeHintForRow(0), 3 * style.GRID)
        high = self.sizeHint().height() - self.list.sizeHint().height() + ROWS * row + 4
        high = min(high, room.height() - 12 * style.GRID)
        self.setGeometry((room.width() - wide) // 2, 8 * style.GRID, wide, high)


def no_reason() -> str:
    """Says that something can't be done now, where nothing says why."""
    return QCoreApplication.translate("Palette", "This is not possible now.")
