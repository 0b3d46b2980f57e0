"""Figures from the window: another process draws them, as this one would, and goes with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from driving import WAIT_MS, settle
from patience import WAIT_SECONDS
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convgui import tasks
from convgui.export import figure_apart
from convgui.export.figure import planned, render
from convgui.export.figure_apart import DRAWER, LOST
from convgui.export.figure_layout import drawn
from convgui.export.figure_options import FigureChoices
from convgui.figure_dialog import FigureDialog
from convgui.opencv import cv2

ROOT = Path(tasks.__file__).parents[1]
SMALL = FigureChoices(dpi=60)


@pytest.fixture
def elsewhere(monkeypatch, compared):
    """The window with a result, in whose process no figure may be drawn."""

    def drawn(*_):
        raise AssertionError("the window's process drew")

    monkeypatch.setattr(figure_apart, "drawn", drawn)
    compared.exporter.set_choices(SMALL)
    return compared


def exported(window, qtbot, path):
    """Gives what is written to a file."""
    with qtbot.waitSignal(window.exporter.written, timeout=WAIT_MS):
        window.exporter.export_figure(str(path))
    settle(window, qtbot)
    return path.read_bytes()


@pytest.mark.parametrize("format", ["pdf", "svg", "png"])
def test_an_export_has_the_same_bytes(elsewhere, qtbot, tmp_path, format):
    data = exported(elsewhere, qtbot, tmp_path / f"f.{format}")
    assert data == render(elsewhere.controller.comparison, format, elsewhere.exporter.options())


def test_the_clipboard_and_the_preview_have_the_same_bytes(elsewhere, qtbot, monkeypatch):
    comparison = elsewhere.controller.comparison
    with qtbot.waitSignal(elsewhere.exporter.noted, timeout=WAIT_MS):
        elsewhere.exporter.copy_figure()
    copied = bytes(QApplication.clipboard().mimeData().data("image/png"))
    seen = QApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
    assert seen == QImage.fromData(copied).convertToFormat(QImage.Format.Format_RGB32)
    QApplication.clipboard().clear()
    assert copied == render(comparison, "png", elsewhere.exporter.options())
    asked, shown = [], []
    real = DRAWER.draw

    def noted(*args, **options):
        asked.append(args[:3])
        return real(*args, **options)

    monkeypatch.setattr(DRAWER, "draw", noted)
    QTest.keySequence(elsewhere, "Ctrl+E")
    (dialog,) = elsewhere.findChildren(FigureDialog)
    monkeypatch.setattr(dialog.preview, "show_figure", lambda *figure: shown.append(figure))
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT_MS)
    dialog.reject()
    wanted = drawn(planned(*asked[-1]), "png", raster=True)
    assert shown[-1] == (wanted.raster, wanted.width_mm, wanted.height_mm)


def test_a_batch_has_the_same_bytes(elsewhere, qtbot, tmp_path, monkeypatch):
    path, folder = tmp_path / "it.png", tmp_path / "out"
    cv2.imwrite(str(path), elsewhere.controller.image.pixels)
    asked, real = [], DRAWER.render

    def noted(*args, **options):
        asked.append(args)
        return real(*args, **options)

    monkeypatch.setattr(DRAWER, "render", noted)
    with qtbot.waitSignal(elsewhere.batch.ended, timeout=WAIT_MS) as ended:
        elsewhere.batch.start((str(path),), str(folder), "svg")
    settle(elsewhere, qtbot)
    (done,), (drawn,) = ended.args[0].done, asked
    assert (folder / done.figure).read_bytes() == render(*drawn)


def test_a_process_that_is_killed_is_replaced(elsewhere, qtbot, tmp_path):
    wanted = exported(elsewhere, qtbot, tmp_path / "f.svg")
    first = DRAWER.process
    os.kill(first, signal.SIGKILL)
    assert exported(elsewhere, qtbot, tmp_path / "g.svg") == wanted
    assert DRAWER.process not in (None, first)


def test_where_it_always_dies_one_sentence_appears(elsewhere, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(figure_apart.Drawer, "_asked", died)
    path = tmp_path / "f.pdf"
    with qtbot.waitSignal(elsewhere.exporter.failed, timeout=WAIT_MS) as failed:
        elsewhere.exporter.export_figure(str(path))
    assert failed.args[0] == LOST
    assert elsewhere.messages.text.text() == LOST
    assert not path.exists()


def died(drawer, process, *_):
    raise figure_apart.Gone("exit status -11")


@pytest.fixture
def halted(elsewhere, qtbot, tmp_path):
    """The window whose figures take for ever, until the process that draws them goes on."""
    exported(elsewhere, qtbot, tmp_path / "first.png")
    process = DRAWER.process
    os.kill(process, signal.SIGSTOP)
    yield elsewhere
    if DRAWER.process == process:
        os.kill(process, signal.SIGCONT)


def test_escape_ends_an_export_at_once_and_nothing_is_written(halted, qtbot, tmp_path):
    path = tmp_path / "f.png"
    halted.exporter.export_figure(str(path))
    qtbot.waitUntil(lambda: DRAWER._process.owed, timeout=WAIT_MS)
    with qtbot.waitSignal(halted.jobs.cancelled, timeout=WAIT_MS):
        halted.menus.entries["cancel"].trigger()
    # Also its thread ends, though nobody ever answers it.
    qtbot.waitUntil(lambda: not halted.jobs.alive(), timeout=WAIT_MS)
    assert not path.exists()
    # And the next one is drawn, by another process.
    first = DRAWER.process
    assert exported(halted, qtbot, path).startswith(b"\x89PNG")
    assert DRAWER.process != first


def test_a_preview_that_is_not_wanted_any_more_holds_nothing_up(halted, qtbot):
    QTest.keySequence(halted, "Ctrl+E")
    (dialog,) = halted.findChildren(FigureDialog)
    qtbot.waitUntil(lambda: DRAWER._process.owed, timeout=WAIT_MS)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not halted.jobs.alive(), timeout=WAIT_MS)


def test_the_dialog_starts_the_process(window, qtbot, compared):
    DRAWER.close()
    QTest.keySequence(compared, "Ctrl+E")
    (dialog,) = compared.findChildren(FigureDialog)
    assert DRAWER.process is not None
    dialog.reject()
    settle(compared, qtbot)


CLOSING = """
import sys
from PySide6.QtCore import QTimer
from convgui import app, main_window
from convgui.export.figure_apart import DRAWER

class Window(main_window.MainWindow):
    def show(self):
        super().show()
        self.watch = QTimer(self, interval=2)
        self.watch.timeout.connect(self.look)
        self.watch.start()
        self.begun = False

    def look(self):
        if self.controller.comparison is None:
            return
        if not self.begun:
            self.begun = True
            self.exporter.copy_figure() if sys.argv[1] == "copy" else self.exporter.choose_figure()
        process = DRAWER._process
        if process is not None and process.owed and process.ready is (sys.argv[2] == "drawing"):
            print(DRAWER.process, flush=True)
            # Not the window's own question, which would wait for what is copied.
            self.exporter.may_close = lambda: True
            self.watch.stop()
            self.close()

app.MainWindow = Window
sys.exit(app.run(["--", sys.argv[3]]))
"""


@pytest.mark.parametrize("what", ["copy", "preview"])
@pytest.mark.parametrize("stage", ["starting", "drawing"])
def test_closing_while_a_figure_is_drawn_leaves_no_process(what, stage):
    picture = ROOT / "resources" / "samples"
    path = min(picture.glob("*.png"), key=lambda each: each.stat().st_size)
    done = subprocess.run(
        [sys.executable, "-c", CLOSING, what, stage, str(path)], cwd=ROOT, check=False,
        capture_output=True, text=True, timeout=WAIT_SECONDS,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    child = int(done.stdout)
    until = time.monotonic() + WAIT_SECONDS
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{child}").exists()
