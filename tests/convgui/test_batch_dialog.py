"""A batch in the window: set up, run, told of, cancelled; several files that are dropped."""

from __future__ import annotations

import csv
import itertools
import threading

import numpy as np
import pytest
from driving import WAIT_MS, drop, run_by, settle
from patience import WAIT_SECONDS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from session_hands import press

from convgui.batch_dialog import BatchDialog
from convgui.export.figure_apart import DRAWER
from convgui.opencv import cv2
from convgui.parts.batch import CLOSING


@pytest.fixture
def pictures(tmp_path):
    """Files with pictures, and one that is cut off."""
    paths = []
    for name in ("a.png", "b.png", "c.png"):
        values = np.random.default_rng(0).integers(0, 256, (12, 16, 3)).astype(np.uint8)
        paths.append(tmp_path / name)
        paths[-1].write_bytes(cv2.imencode(".png", values)[1].tobytes())
    paths[1].write_bytes(paths[0].read_bytes()[:60])
    return paths


def rows(folder):
    with open(folder / "comparisons.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_bad_file_is_told_and_the_details_are_folded(window, qtbot, pictures, tmp_path):
    out = tmp_path / "out"
    with qtbot.waitSignal(window.batch.ended, timeout=WAIT_MS):
        window.batch.start(tuple(map(str, pictures)), str(out), "svg")
    bar = window.messages
    assert "2 of 3 images are exported" in bar.text.text()
    assert "1 skipped" in bar.text.text()
    assert str(out / "comparisons.csv") in bar.text.text()
    assert not bar.details.isVisible()
    qtbot.mouseClick(bar.unfold, Qt.MouseButton.LeftButton)
    assert bar.details.isVisible()
    assert "b.png" in bar.details.toPlainText()
    assert len(rows(out)) == 7
    assert not window.status.bar.isVisible()


@pytest.fixture
def held(monkeypatch):
    """Gives the events that the first and the third figure of a batch wait for."""
    events = {0: threading.Event(), 2: threading.Event()}
    numbers, real = itertools.count(), DRAWER.render

    def render(*args, **options):
        number = next(numbers)
        if number in events:
            events[number].wait(WAIT_SECONDS)
        return real(*args, **options)

    monkeypatch.setattr(DRAWER, "render", render)
    yield events
    for event in events.values():
        event.set()


def test_cancel_leaves_what_is_finished_and_says_so(compared, qtbot, pictures, tmp_path, held):
    """What is told is what is on the disk, though the key comes in the midst of a figure."""
    out = tmp_path / "out"
    many = tuple(str(path) for path in 40 * [pictures[0], pictures[2]])
    told = []
    compared.jobs.progressed.connect(lambda kind, report: told.append(report))
    with qtbot.waitSignal(compared.batch.ended, timeout=WAIT_MS) as ended:
        compared.batch.start(many, str(out), "png")
        qtbot.waitUntil(lambda: any("a.png (1 of 80)" in each.step_text for each in told))
        assert compared.status.bar.isVisible()
        held[0].set()
        qtbot.waitUntil(lambda: (out / "c-blur.png").exists())
        QTest.keyClick(compared, Qt.Key.Key_Escape)
        held[2].set()
    (summary,) = ended.args
    figures = sorted(each.name for each in out.glob("*.png"))
    assert summary.figures == 2
    assert figures == sorted(each.figure for each in summary.done)
    assert sorted({row["figure"] for row in rows(out)}) == figures
    assert f"Cancelled; {summary.figures} of {len(many)}" in compared.messages.text.text()
    assert not list(out.glob(".convgui*"))
    settle(compared, qtbot)
    assert compared.menus.entries["export-batch"].isEnabled()


def test_of_several_dropped_files_all_can_be_exported(window, qtbot, pictures):
    run_by(window, qtbot, drop, window, pictures)
    assert "3 files" in window.messages.text.text()
    qtbot.mouseClick(window.messages.accept, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(BatchDialog)
    assert dialog.form.list.sources() == tuple(map(str, pictures))
    dialog.reject()


def test_the_dialog_is_set_up_by_keyboard_and_by_dropping(window, qtbot, pictures, tmp_path):
    QTest.keySequence(window, "Ctrl+Alt+E")
    (dialog,) = window.findChildren(BatchDialog)
    form = dialog.form
    assert not dialog.start.isEnabled()
    assert "Add images" in dialog.start.toolTip()
    drop(form.list.viewport(), [*pictures, pictures[0], tmp_path])
    assert form.list.count() == 4
    assert "every image in it" in form.list.item(3).text()
    form.list.setCurrentRow(1)
    QTest.keyClick(form.list, Qt.Key.Key_Delete)
    assert form.list.sources() == (str(pictures[0]), str(pictures[2]), str(tmp_path))
    assert "where the figures go" in dialog.start.toolTip()
    qtbot.keyClicks(form.target, str(tmp_path / "out"))
    assert dialog.start.isEnabled()
    QTest.keyClick(form.target, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not (tmp_path / "out").exists()


def test_what_ends_a_batch_is_said(window, qtbot, pictures, tmp_path):
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.jobs.failed, timeout=WAIT_MS):
        window.batch.start((str(tmp_path / "empty"),), str(tmp_path / "out"), "pdf")
    assert "There is no image" in window.messages.text.text()
    with qtbot.waitSignal(window.jobs.failed, timeout=WAIT_MS):
        window.batch.start((str(pictures[0]),), str(pictures[0]), "pdf")
    assert "there already" in window.messages.text.text()


def test_folder_and_format_come_back(window, make_window, qtbot, pictures, tmp_path):
    with qtbot.waitSignal(window.batch.ended, timeout=WAIT_MS):
        window.batch.start((str(pictures[0]),), str(tmp_path / "out"), "svg")
    window.keeper.keep()
    again = make_window()
    again.batch.choose()
    (dialog,) = again.findChildren(BatchDialog)
    assert dialog.form.target.text() == str(tmp_path / "out")
    assert dialog.form.format.currentData() == "svg"
    dialog.reject()


def test_closing_asks_before_a_batch_is_broken_off(compared, qtbot, pictures, tmp_path):
    out = tmp_path / "out"
    many = tuple(str(path) for path in 40 * [pictures[0], pictures[2]])
    compared.batch.start(many, str(out), "png")
    compared.close()
    assert compared.isVisible()
    assert compared.messages.topic == CLOSING
    press(compared, "stay")
    assert compared.isVisible()
    assert compared.jobs.busy("batch")
    compared.close()
    press(compared, "close")
    assert not compared.isVisible()


def test_the_question_goes_with_the_batch(compared, qtbot, pictures, tmp_path):
    with qtbot.waitSignal(compared.batch.ended, timeout=WAIT_MS):
        compared.batch.start((str(pictures[0]),), str(tmp_path / "out"), "svg")
        compared.close()
        assert compared.messages.topic == CLOSING
    assert not compared.messages.answers
    compared.close()
    assert not compared.isVisible()


def test_two_questions_before_the_end_are_asked_once_each(compared, qtbot, pictures, tmp_path):
    compared.history.notes.setPlainText("worth asking about")
    compared.batch.start((str(pictures[0]),) * 80, str(tmp_path / "out"), "png")
    compared.close()
    assert compared.messages.topic == "unsaved"
    press(compared, "discard")
    assert compared.messages.topic == "batch-closing"
    assert compared.isVisible()
    press(compared, "close")
    assert not compared.isVisible()


def test_who_goes_on_with_a_batch_is_asked_about_changes_again(
    compared, qtbot, pictures, tmp_path
):
    compared.history.notes.setPlainText("worth asking about")
    compared.batch.start((str(pictures[0]),) * 80, str(tmp_path / "out"), "png")
    compared.close()
    press(compared, "discard")
    press(compared, "stay")
    compared.close()
    assert compared.messages.topic == "unsaved"
    press(compared, "discard")
    # What is new since then was not given up.
    compared.history.notes.setPlainText("more")
    press(compared, "close")
    assert compared.isVisible()
    assert compared.messages.topic == "unsaved"
    press(compared, "discard")
    press(compared, "close")
    assert not compared.isVisible()
