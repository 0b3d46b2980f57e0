"""The strip of finished runs: a small picture, the settings in short, the figures that matter."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from convgui import style
from convgui.sessions.document import MOST_NAME, Run
from convgui.sessions.journal import Journal

from .run_delegate import NUMBER, THUMBNAIL, WORDS, Index, RunDelegate
from .run_words import run_words

ROOT = QModelIndex()


def picture(run: Run) -> QImage:
    """Gives a run's thumbnail, with pixels of its own."""
    grey = np.ascontiguousarray(run.thumbnail)
    height, width = grey.shape
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


class RunModel(QAbstractListModel):
    """The runs, the latest first."""

    renamed = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._pinned = (0, 0)
        self._pictures: dict[int, tuple[Run, QImage]] = {}

    def show_journal(self, journal: Journal) -> None:
        """Shows other runs; where only one was added, only that is drawn."""
        runs = journal.runs[::-1]
        same = [each.number for each in runs] == [each.number for each in self._runs]
        added = runs[1:] == self._runs
        if added:
            self.beginInsertRows(QModelIndex(), 0, 0)
        elif not same:
            self.beginResetModel()
        self._runs, self._pinned = runs, journal.pinned
        numbers = {each.number for each in runs}
        self._pictures = {key: each for key, each in self._pictures.items() if key in numbers}
        if added:
            self.endInsertRows()
        elif not same:
            self.endResetModel()
        if runs:
            self.dataChanged.emit(self.index(0), self.index(len(runs) - 1))

    def row_of(self, number: int) -> int:
        """Gives the row of a run; -1 if it is not there."""
        numbers = [each.number for each in self._runs]
        return numbers.index(number) if number in numbers else -1

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not 0 <= row < len(self._runs):
            return None
        run = self._runs[row]
        if role == NUMBER:
            return run.number
        if role == THUMBNAIL:
            return self._picture(run)
        if role == Qt.ItemDataRole.EditRole:
            return run.name
        before = self._runs[row + 1] if row + 1 < len(self._runs) else None
        words = run_words(run, before, self._pinned)
        texts = {
            WORDS: words,
            Qt.ItemDataRole.DisplayRole: words.title,
            Qt.ItemDataRole.ToolTipRole: words.tip,
            Qt.ItemDataRole.AccessibleTextRole: words.spoken,
        }
        return texts.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not 0 <= index.row() < len(self._runs):
            return False
        self.renamed.emit(self._runs[index.row()].number, str(value)[:MOST_NAME])
        return True

    def _picture(self, run: Run) -> QImage:
        known = self._pictures.get(run.number)
        if known is None or known[0] is not run:
            self._pictures[run.number] = run, picture(run)
        return self._pictures[run.number][1]


class RunList(QListView):
    """Lists the runs; keys and double clicks say what is to become of one."""

    chosen = Signal(int)
    restored = Signal(int)
    deleted = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunModel(self)
        self._delegate = RunDelegate(self)
        self.setModel(self.runs)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._restore)

    @property
    def number(self) -> int:
        """The run that is chosen; 0 without one."""
        return int(self.currentIndex().data(NUMBER) or 0)

    def show_journal(self, journal: Journal) -> None:
        """Shows other runs; the newest stays chosen if it was, else the one that was."""
        before, first = self.number, self.currentIndex().row() <= 0
        self.runs.show_journal(journal)
        row = 0 if first else max(self.runs.row_of(before), 0)
        if self.runs.rowCount():
            self.setCurrentIndex(self.runs.index(row))

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: self.restored, Qt.Key.Key_Enter: self.restored,
            Qt.Key.Key_Delete: self.deleted,
        }  # fmt: skip
        signal = keys.get(Qt.Key(event.key()))
        if signal is not None and self.number:
            signal.emit(self.number)
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(int(current.data(NUMBER) or 0))

    def _restore(self, index: QModelIndex) -> None:
        self.restored.emit(int(index.data(NUMBER) or 0))
