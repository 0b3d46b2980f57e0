"""Every text that is seen passes through Qt's translation, and a language is chosen by itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from driving import run_by, settle
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from convgui import translation

ROOT = Path(translation.__file__).parents[1]
WORD = re.compile(r"[A-Za-z]{3,}")
# Names and signs that are the same in every language.
SAME = {
    "convgui", "LSH", "PSNR", "SSIM", "FLIP", "RGB", "NaN", "hand", "icon", "png", "uint",
}  # fmt: skip


class Marker(QTranslator):
    """A language in which every text stands between marks."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"«{source}»" if WORD.search(source) else source

    def isEmpty(self):
        return False


@pytest.fixture
def marked(qapp, make_window):
    marker = Marker()
    QCoreApplication.installTranslator(marker)
    yield make_window
    QCoreApplication.removeTranslator(marker)


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
        elif isinstance(widget, QLineEdit):
            yield widget, widget.placeholderText()
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


def test_no_text_escapes_translation(marked, qtbot):
    window = marked()
    assert "\n".join(escaped(window)) == ""
    run_by(window, qtbot, window.opener.open_sample, "icon")
    window.compare.places.frame_seen()
    window.compare.profiler.step_line()
    for dock in window.docks.values():
        dock.show()
        dock.raise_()
        settle(window, qtbot)
        QApplication.processEvents()
    window.commander.ask()
    window.help.show_shortcuts()
    assert "\n".join(escaped(window)) == ""
    for line in (*window.results.accuracy.lines, *window.results.operations.lines):
        assert not unmarked(line.cells[0].text), line
    window.commander.palette.close_down()


def test_a_language_is_installed_with_its_direction(qapp, tmp_path):
    release = Path(sys.executable).with_name("pyside6-lrelease")
    release = release if release.exists() else shutil.which("pyside6-lrelease")
    source = tmp_path / "convgui_fa.ts"
    source.write_text(
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="fa">'
        "<context><name>Actions</name><message><source>&amp;Undo</source>"
        "<translation>برگردان</translation></message></context></TS>",
        encoding="utf-8",
    )
    subprocess.run([str(release), str(source)], check=True, capture_output=True)
    kept = qapp.layoutDirection()
    before = qapp.findChildren(QTranslator)
    try:
        persian = QLocale(QLocale.Language.Persian)
        assert not translation.install(qapp, persian, tmp_path / "nowhere")
        assert qapp.layoutDirection() == kept
        assert translation.install(qapp, persian, tmp_path)
        assert QCoreApplication.translate("Actions", "&Undo") == "برگردان"
        assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    finally:
        for each in qapp.findChildren(QTranslator):
            if each not in before:
                qapp.removeTranslator(each)
                each.deleteLater()
        qapp.setLayoutDirection(kept)


def test_english_needs_no_file(qapp):
    assert not translation.install(qapp, QLocale(QLocale.Language.English))


@pytest.fixture
def widgets(compared, qtbot):
    for dock in compared.findChildren(QDockWidget):
        dock.show()
        dock.raise_()
        settle(compared, qtbot)
    return compared.findChildren(QWidget)


def test_whatever_takes_the_focus_has_a_name(widgets):
    for each in widgets:
        if each.focusPolicy() == Qt.FocusPolicy.NoFocus or not each.isVisible():
            continue
        if each.focusProxy() is not None or each.objectName().startswith("qt_"):
            continue
        text = each.text() if isinstance(each, QAbstractButton) else ""
        assert each.accessibleName() or text, f"{each} in {each.parent()} has no name"
