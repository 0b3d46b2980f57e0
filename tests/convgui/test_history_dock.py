"""The dock of the history, driven as a person would."""

from __future__ import annotations

import numpy as np
import pytest
from driving import WAIT_MS, noise, run_by, settle, wear
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider

import cyconv
from convgui.model.image import Image
from convgui.model.session import Session
from convgui.sessions import outputs


@pytest.fixture
def history(compared, qtbot):
    compared.dock_actions["history"].trigger()
    qtbot.waitUntil(lambda: len(runs(compared)) == 1)
    return compared.history


def runs(window):
    return window.history.recorder.journal.runs


def change(window, qtbot, key, value):
    """Changes a parameter and waits until its run is in the history."""
    before = len(runs(window))
    run_by(window, qtbot, window.controller.change, key, value)
    qtbot.waitUntil(lambda: len(runs(window)) > before)


def texts(sheet):
    return [[cell.text for cell in line.cells] for line in sheet.lines]


def test_every_finished_run_is_kept_the_latest_first(history, compared, qtbot):
    change(compared, qtbot, "hashes", 6)
    change(compared, qtbot, "gray", True)
    words = [history.runs.runs.index(row).data() for row in range(3)]
    assert words == ["Grey on", "Hash vectors 6", "As at first"]
    run_by(compared, qtbot, compared.controller.run)
    qtbot.waitUntil(lambda: len(runs(compared)) == 4)
    assert history.runs.runs.index(0).data() == "The same again"
    assert history.number == 4
    tip = history.runs.runs.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "Grey: off → on" in tip
    spoken = history.runs.runs.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Grey on, hand.png")
    assert "LSH no error" in spoken


def test_another_image_is_told(history, compared, qtbot):
    run_by(compared, qtbot, compared.controller.set_image, noise(20, 30))
    qtbot.waitUntil(lambda: len(runs(compared)) == 2)
    assert history.runs.runs.index(0).data() == "noise"


def test_a_drag_leaves_one_run(history, compared, qtbot):
    slider = compared.parameters.rows["hashes"].editor.findChild(QSlider)
    middle = slider.rect().center()
    seen = []
    compared.controller.compared.connect(seen.append)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(6, middle.y()))
    for x in range(10, slider.width() - 4, 3):
        QTest.mouseMove(slider, QPoint(x, middle.y()))
        settle(compared, qtbot)
    place = QPoint(slider.width() - 5, middle.y())
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place)
    settle(compared, qtbot)
    qtbot.waitUntil(lambda: runs(compared)[-1].session is compared.controller.session)
    assert len(seen) > 3
    assert len(runs(compared)) == 2
    # The same settings once more are a run of their own.
    run_by(compared, qtbot, compared.controller.run)
    qtbot.waitUntil(lambda: len(runs(compared)) == 3)


def test_settings_are_restored_by_a_double_click_as_one_step(history, compared, qtbot):
    for key, value in (("hashes", 6), ("gray", True), ("kernel_size", 5)):
        change(compared, qtbot, key, value)
    last = compared.controller.session
    place = history.runs.visualRect(history.runs.runs.index(3)).center()
    QTest.mouseClick(history.runs.viewport(), Qt.MouseButton.LeftButton, pos=place)
    comparison = run_by(
        compared, qtbot, QTest.mouseDClick, history.runs.viewport(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier, place,
    )  # fmt: skip
    assert comparison.request.session == Session()
    assert run_by(compared, qtbot, compared.controller.undo).request.session == last


def test_keys_restore_and_delete(history, compared, qtbot):
    change(compared, qtbot, "hashes", 6)
    history.runs.setFocus()
    QTest.keyClick(history.runs, Qt.Key.Key_Down)
    comparison = run_by(compared, qtbot, QTest.keyClick, history.runs, Qt.Key.Key_Return)
    assert comparison.request.session == Session()
    qtbot.waitUntil(lambda: len(runs(compared)) == 3)
    QTest.keyClick(history.runs, Qt.Key.Key_Delete)
    assert len(runs(compared)) == 2
    assert compared.messages.topic == "history-deleted"


def test_two_runs_are_compared_as_a_and_b(history, compared, qtbot):
    first = run_by(compared, qtbot, compared.controller.set_image, noise(40, 50))
    qtbot.waitUntil(lambda: len(runs(compared)) == 2)
    change(compared, qtbot, "hashes", 6)
    second = compared.controller.comparison
    history.buttons["pin-b"].click()
    history.runs.setCurrentIndex(history.runs.runs.index(1))
    history.buttons["pin-a"].click()
    assert history.recorder.journal.pinned == (2, 3)
    qtbot.waitUntil(lambda: bool(history._found), timeout=WAIT_MS)
    lines = {line.key: [cell.text for cell in line.cells] for line in history.sheet.lines}
    assert lines["hashes"] == ["≠ LSH: Hash vectors", "2", "6"]
    wanted = cyconv.compare(second["lsh"].result.output, first["lsh"].result.output)
    assert lines["lsh-versus"][2] == f"{wanted.psnr:.1f} dB"
    assert lines["exact-versus"][2] == "∞"
    assert history.why.isHidden()
    settle(compared, qtbot)


def test_outputs_of_other_sizes_have_no_psnr(history, compared, qtbot):
    change(compared, qtbot, "stride", 2)
    history.recorder.pin(0, 1)
    history.recorder.pin(1, 2)
    settle(compared, qtbot)
    assert "differ in size" in history.why.text()
    assert not [line for line in history.sheet.lines if line.key.endswith("versus")]


def test_outputs_that_are_no_longer_held_say_so(history, compared, qtbot, monkeypatch):
    monkeypatch.setattr(outputs, "MOST_RUNS", 1)
    change(compared, qtbot, "hashes", 6)
    history.recorder.pin(0, 1)
    history.recorder.pin(1, 2)
    settle(compared, qtbot)
    assert "no longer held" in history.why.text()


def test_no_more_outputs_are_held_than_there_is_room_for(monkeypatch, compared):
    held = outputs.Outputs()
    size = sum(each.result.output.nbytes for each in compared.controller.comparison.outcomes)
    monkeypatch.setattr(outputs, "MOST_BYTES", 3 * size)
    for number in range(1, 7):
        held.keep(number, compared.controller.comparison, pinned=(2, 0))
    assert [number for number in range(1, 7) if held.find(number)] == [2, 5, 6]


def test_bringing_a_run_back(history, compared, qtbot):
    change(compared, qtbot, "hashes", 6)
    history.buttons["delete"].click()
    assert [run.number for run in runs(compared)] == [1]
    QTest.mouseClick(compared.messages.accept, Qt.MouseButton.LeftButton)
    assert [run.number for run in runs(compared)] == [1, 2]


def test_an_empty_history_says_what_will_be_there(window):
    window.dock_actions["history"].trigger()
    assert window.history.empty.isVisible()
    assert not window.history.runs.isVisible()
    assert not any(button.isEnabled() for button in window.history.buttons.values())
    assert "Pin one run" in window.history.why.text()


def test_letters_go_into_the_notes_and_undo_stays_there(history, compared, qtbot):
    before = compared.controller.session
    history.notes.setFocus()
    qtbot.keyClicks(history.notes, "wipe x ray")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert compared.controller.session is before
    assert history.notes.toPlainText() != "wipe x ray"


def test_rows_are_drawn_in_both_directions_and_themes(history, compared, qtbot):
    run_by(compared, qtbot, compared.controller.set_image,
           Image(np.full((5, 9), 7, np.uint8), "flat"))  # fmt: skip
    for theme in ("light", "dark"):
        wear(compared, qtbot, theme)
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            history.runs.setLayoutDirection(direction)
            picture = history.runs.grab().toImage()
            columns, lines = range(picture.width()), range(0, 60, 3)
            colours = {picture.pixel(x, y) for x in columns for y in lines}
            assert len(colours) > 2
