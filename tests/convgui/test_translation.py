"""Every text that is seen passes through Qt's translation, and a language is chosen by itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from driving import run_by, settle
from marking import escaped, unmarked
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QWidget

from convgui import translation
from convgui.model.compute import Progress
from cyconv import Operations, memory

ROOT = Path(translation.__file__).parents[1]
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


def test_what_a_run_does_is_translated(marked, qtbot):
    window = marked()
    run_by(window, qtbot, window.opener.open_sample, "icon")
    for step in ("LSH, accuracy", "Differential, cluster sums"):
        told = Progress("lsh", step, 0.5, Operations(), 1_000_000)
        window.status.show_progress(told)
        window.results.show_progress(told)
        assert not unmarked(window.status.step.text()), step
        assert not unmarked(window.results.total.text()), step


def test_a_question_about_memory_is_translated(marked, qtbot, monkeypatch):
    window = marked()
    run_by(window, qtbot, window.opener.open_sample, "icon")
    monkeypatch.setattr(memory, "available", lambda: 1000)
    window.controller.change("hashes", 5)
    assert window.messages.topic == "memory"
    assert "\n".join(escaped(window)) == ""


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
