"""Numbers in rows and columns: rows unfold, bars lie under them, all of it can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyleOptionViewItem, QTreeView, QWidget

from convgui import style

from .drawn import drawn
from .sheet_delegate import CELL, LINE, ROW, Fonts, SheetDelegate
from .sheet_lines import Line, all_lines

BETWEEN, NEAREST = 10, 5
"""Points between columns of numbers, and where there is no room for the names."""
INDENT = 2 * style.GRID
WIDENED = 8 * style.GRID
"""Points that a column of numbers grows by at most, where there is room."""
DIMMED = 0.4
FAINT = 0.45


class Sheet(QTreeView):
    """Shows lines, as high as they are. Ctrl+C copies all of them, numbers in full."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._fitted: tuple[list[float], int] = [], 0
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self._fonts = Fonts()
        self._delegate = SheetDelegate(self._fonts, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(INDENT)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.header().setMinimumSectionSize(0)
        self.header().setStretchLastSection(False)
        self.expanded.connect(self._fit_height)
        self.collapsed.connect(self._keep_open)
        # The key itself is taken in keyPressEvent, so that it works in the table that has the
        # focus and does not compete with the window's own shortcuts.
        copy = QAction(self.tr("Copy table"), self)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows other lines; what is unfolded and where the keyboard is stays."""
        before, self._lines = self._lines, tuple(lines)
        # A table of nothing is no place that can be seen, so no key leads there.
        focus = Qt.FocusPolicy.StrongFocus if lines else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        columns = max((len(line.cells) for line in lines), default=1)
        anew = self._model.columnCount() != columns
        if anew:
            # Row by row: what a model clears at once is never let go by its Python halves.
            self._model.removeRows(0, self._model.rowCount())
            self._model.clear()
            self._model.setColumnCount(columns)
            before, self._fitted = (), ([], 0)
        if before and self._lines == before:
            return
        filled = self._fill(self._model.invisibleRootItem(), self._lines, before, QModelIndex())
        if filled or anew:
            self._fit_height()
        self._fit_columns()

    def update_part(self, key: str, part: Line) -> None:
        """Shows another line in place of a part of the line ``key``; only its own row is drawn."""
        for row, line in enumerate(self._lines):
            if line.key != key:
                continue
            parts = tuple(part if each.key == part.key else each for each in line.parts)
            changed = replace(line, parts=parts)
            self._lines = (*self._lines[:row], changed, *self._lines[row + 1 :])
            item = self._model.item(row)
            item.setData(changed, LINE)
            for number, (each, before) in enumerate(zip(parts, line.parts, strict=True)):
                if each is part and each != before:
                    self._write(item, number, part, before)

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws all but live lines faintly."""
        opacity = DIMMED if dimmed else 1.0
        if opacity != self._delegate.opacity:
            self._delegate.opacity = opacity
            self.viewport().update()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._fonts.forget()
        self._delegate.muted = QColor(theme.muted)
        self._delegate.text = QColor(theme.text)
        self._delegate.chosen = QColor(theme.selection)
        self._fit_columns()
        self.viewport().update()

    def tsv(self) -> str:
        """Gives all lines as tab-separated text, parts too."""
        return "".join(
            "\t".join(cell.full or cell.text for cell in line.cells) + "\n"
            for line in all_lines(self._lines)
        )

    def copy(self) -> None:
        """Puts the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.tsv())

    def sizeHint(self) -> QSize:
        return QSize(30 * style.GRID, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @drawn
    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().drawRow(painter, option, index)
        if self.hasFocus() and index.siblingAtColumn(0) == self.currentIndex().siblingAtColumn(0):
            painter.setPen(self._delegate.muted)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        line = index.siblingAtColumn(0).data(LINE)
        if not isinstance(line, Line) or line.bar is None:
            return
        strong, faint = line.bar
        # All bars begin at the same place, parts' too, so that their lengths compare.
        left, room = INDENT, self.viewport().width() - INDENT
        y = option.rect.bottom() - 2.0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setOpacity(1.0 if line.live else self._delegate.opacity)
        colour = QColor(line.colour)
        for start, length, alpha in ((0.0, strong, 1.0), (strong, faint, FAINT)):
            colour.setAlphaF(alpha)
            x = room * (1 - start - length) if mirrored else left + room * start
            painter.fillRect(QRectF(x, y, room * length, 2), colour)
        painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self._model.rowCount():
            chosen = QItemSelectionModel.SelectionFlag.SelectCurrent
            self.selectionModel().setCurrentIndex(self._model.index(0, 0), chosen)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _fill(
        self, parent: QStandardItem, lines: Sequence[Line], before: Sequence[Line], at: QModelIndex
    ) -> bool:
        """Brings the rows under an item up to date, in place where they are the same ones.

        What is there, ``before``, is compared with here: to ask the model for it takes longer.
        Gives whether there are other rows than before.
        """
        anew = [line.key for line in before] != [line.key for line in lines]
        if anew:
            parent.removeRows(0, parent.rowCount())
            for line in lines:
                parent.appendRow([QStandardItem() for _ in line.cells])
        changed = anew
        known: Sequence[Line | None] = [None] * len(lines) if anew else before
        for row, (line, old) in enumerate(zip(lines, known, strict=True)):
            if line == old:
                continue
            first = self._write(parent, row, line, old)
            spanned = not any(cell.text for cell in line.cells[1:])
            if old is None or spanned == any(cell.text for cell in old.cells[1:]):
                self.setFirstColumnSpanned(row, at, spanned)
            changed |= self._fill(first, line.parts, old.parts if old else (), first.index())
            if line.heading and line.parts:
                self.setExpanded(first.index(), True)
        return changed

    def _write(
        self, parent: QStandardItem, row: int, line: Line, before: Line | None
    ) -> QStandardItem:
        """Writes a line into its row, where it differs from what is there; gives the first item."""
        first = parent.child(row)
        first.setData(line, LINE)
        # All of the row looks different when the line is live, even where its numbers are the same.
        place = self.visualRect(first.index())
        self.viewport().update(0, place.top(), self.viewport().width(), place.height())
        name = line.cells[0].text
        known = before.cells if before is not None and before.cells[0] == line.cells[0] else ()
        for column, cell in enumerate(line.cells):
            if column < len(known) and known[column] == cell:
                continue
            item = parent.child(row, column)
            item.setData(cell, CELL)
            item.setText(cell.text)
            item.setToolTip(cell.full)
            words = f"{name}: {cell.full or cell.text}" if column else name
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
        return first

    def _keep_open(self, index: QModelIndex) -> None:
        """Unfolds a heading again: what it heads is the table."""
        line = index.data(LINE)
        if isinstance(line, Line) and line.heading:
            self.expand(index)
        self._fit_height()

    def _fit_columns(self) -> None:
        """Gives numbers the width they need, and the names what is left."""
        count = self._model.columnCount()
        if not count:
            return
        needed = [0.0] * count
        for line in all_lines(self._lines):
            for column, cell in enumerate(line.cells):
                wide = self._fonts.width(line, cell, number=column > 0)
                needed[column] = max(needed[column], wide + (BETWEEN if column else 2 * INDENT))
        room = self.viewport().width()
        if (needed, room) == self._fitted:
            return
        self._fitted = list(needed), room
        if sum(needed) > room:
            needed[1:] = (each - BETWEEN + NEAREST for each in needed[1:])
        spare = (room - sum(needed)) / count
        for column in range(count):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.Fixed
            self.header().setSectionResizeMode(column, mode)
            if column:
                wide = needed[column] + min(max(spare, 0.0), WIDENED)
                self.header().resizeSection(column, round(wide))

    def _fit_height(self) -> None:
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        rows, index = 0, self._model.index(0, 0)
        while index.isValid():
            rows += 1
            index = self.indexBelow(index)
        return rows * ROW
