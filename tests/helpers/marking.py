"""A language of marks: what of a window's texts has not passed through Qt's translation."""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_lines import all_lines

WORD = re.compile(r"[A-Za-z]{3,}")
# Names and signs that are the same in every language.
SAME = {
    "convgui", "LSH", "PSNR", "SSIM", "FLIP", "RGB", "NaN", "MSE", "hand", "icon", "png", "uint",
}  # fmt: skip


class Marker(QTranslator):
    """A language in which every text stands between marks."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"«{source}»" if WORD.search(source) else source

    def isEmpty(self):
        return False


def unmarked(text):
    """Gives the words of a text that no mark stands around."""
    depth, outside = 0, []
    for letter in text:
        depth += (letter == "«") - (letter == "»")
        outside.append(letter if depth == 0 else " ")
    left = "".join(outside).replace("&", "")
    left = re.sub(r"\b(Ctrl|Shift|Alt|Esc|Home|End|F\d+)\b", "", left)
    return [word for word in WORD.findall(left) if word not in SAME]


def texts(root):
    """Gives every text of a window, and where it is."""
    for action in root.findChildren(QAction):
        yield action, action.text()
        yield action, action.toolTip()
    for widget in (root, *root.findChildren(QWidget)):
        for text in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(),
                     widget.windowTitle()):  # fmt: skip
            yield widget, text
        if isinstance(widget, (QAbstractButton, QLabel)):
            yield widget, widget.text()
        elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
            yield widget, widget.placeholderText()
        elif isinstance(widget, Sheet):
            for line in all_lines(widget.lines):
                yield from ((widget, cell.text) for cell in line.cells)
        elif isinstance(widget, QComboBox):
            yield from ((widget, widget.itemText(at)) for at in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from ((widget, widget.tabText(at)) for at in range(widget.count()))
        elif isinstance(widget, QGroupBox):
            yield widget, widget.title()
        elif isinstance(widget, QTreeWidget):
            walk = QTreeWidgetItemIterator(widget)
            while walk.value():
                yield from ((widget, walk.value().text(at)) for at in range(widget.columnCount()))
                walk += 1


def escaped(window):
    return sorted({f"{type(at).__name__}: {text}" for at, text in texts(window) if unmarked(text)})
