"""The Inspect tab, driven as a person would: clicks, arrows, play, hover, the lesson."""

from __future__ import annotations

import numpy as np
import pytest
from driving import WAIT_MS, noise, run_by, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from convgui.model.inspect_window import Place
from convgui.widgets.tap_cells import Cells, cell_size
from convgui.widgets.tap_grid import TapGrid

KEYS = {
    Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}  # fmt: skip


def front(window, qtbot):
    QTest.keySequence(window, "Alt+2")
    qtbot.waitUntil(lambda: window.inspect.inspection is not None, timeout=WAIT_MS)
    settle(window, qtbot)
    return window.inspect


@pytest.fixture
def panel(window, qtbot):
    """The tab, in front, with an image of noise compared."""
    window.controller.change("show_low_rank", True)
    window.controller.change("family", "centred")
    run_by(window, qtbot, window.opener.opened.emit, noise(14, 17))
    return front(window, qtbot)


def choose(panel, name):
    panel.techniques.setCurrentIndex(panel.inspection.names.index(name))


def test_without_an_image_it_invites_to_open_one(window, qtbot):
    QTest.keySequence(window, "Alt+2")
    assert window.tabs.currentWidget() is window.inspect
    assert window.inspect._empty.isVisible()
    assert window.inspect.inspection is None


def test_the_arrows_step_window_by_window(panel, window, qtbot):
    assert panel.inspection.place == Place(0, 6, 7)
    view = panel.pictures.output.view
    view.setFocus()
    for key, (rows, columns) in KEYS.items():
        before = panel.inspection.place
        QTest.keyClick(view, key)
        settle(window, qtbot)
        after = panel.inspection.place
        assert (after.row - before.row, after.column - before.column) == (rows, columns)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    settle(window, qtbot)
    assert panel.inspection.place == Place(0, 6, 0)


@pytest.mark.parametrize("which", ["input", "output"])
def test_a_click_picks_the_output_under_it(panel, window, qtbot, which):
    view = getattr(panel.pictures, which).view
    layer = panel.pictures.output.view.layer
    wanted = panel.inspection.place
    x, y = layer.centre(wanted.row + 1, wanted.column - 1)
    left, top = view.view.corner(view.area, layer, wanted.row + 1, wanted.column - 1)
    half = layer.grid.pitch_x * view.view.scale / 2
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(left + half), int(top + half))
    )
    settle(window, qtbot)
    assert panel.inspection.place == Place(0, wanted.row + 1, wanted.column - 1)
    assert view.point == (x, y)


def test_play_goes_on_until_the_end(panel, window, qtbot):
    panel.inspector.go(Place(0, 11, 12))
    settle(window, qtbot)
    panel.bar.speed_chosen.emit(20)
    QTest.keyClick(panel.pictures.output.view, Qt.Key.Key_Space)
    assert panel.player.playing
    qtbot.waitUntil(lambda: not panel.player.playing, timeout=WAIT_MS)
    settle(window, qtbot)
    assert panel.inspection.place == Place(0, 11, 14)
    assert not panel.bar.play.isChecked()


def test_numbers_and_kernel_are_those_of_the_run(panel):
    place = panel.inspection.place
    for name in panel.inspection.names:
        choose(panel, name)
        lines = {line.key: line for line in panel.board.figures.lines}
        outcome = panel.inspection.comparison[name]
        kernel = float(outcome.result.output[0, place.row, place.column])
        assert lines[name].cells[2].full == repr(kernel)
        assert ("share" in lines) == (name != "exact")


def test_one_tap_is_pointed_at_in_every_grid(panel, qtbot):
    choose(panel, "exact")
    grid = panel.board.grids["window"]
    panel.scroll.ensureWidgetVisible(grid)
    grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(grid, key)
    for name in ("window", "filter", "products"):
        assert panel.board.grids[name].tap == (2, 1)
    assert panel.board.terms.text.startswith("Products 8/9: ")
    panel.board.grids["products"].pointed.emit((0, 0))
    assert grid.tap == (0, 0)
    grid.clearFocus()
    assert grid.tap is None


def test_grids_are_read_from_left_to_right(panel):
    shown = {}
    for name in panel.inspection.names:
        choose(panel, name)
        grids = [grid for grid in panel.board.grids.values() if not grid.isHidden()]
        shown[name] = {grid.accessibleName() for grid in grids}
        assert all(grid.layoutDirection() == Qt.LayoutDirection.LeftToRight for grid in grids)
    assert {"Window", "Filter"} < shown["exact"]
    assert {"Window", "Reference", "Difference", "Filter"} < shown["differential"]
    assert {"Window", "Mean of the cluster", "Filter"} < shown["lsh"]
    assert {"Window", "Mean window", "Filter"} < shown["low-rank"]


def test_members_are_lit_where_there_is_a_cluster(panel):
    choose(panel, "lsh")
    marks = panel.pictures.output.view.marks[0]
    span = panel.inspection.reuse["lsh"].spans[0]
    np.testing.assert_array_equal(marks, span.mask)
    assert panel.board.bars.isVisible()
    assert len(panel.board.bars.shown.values) == 2
    assert f"cluster {span.cluster + 1} of" in panel.board.words.text()
    choose(panel, "exact")
    assert panel.pictures.output.view.marks is None
    assert not panel.board.bars.isVisible()


def test_the_sum_over_channels_is_a_table(panel):
    choose(panel, "exact")
    panel.channels.setCurrentIndex(3)
    assert panel.channels.tabText(3) == "Sum"
    cells = panel.board.sums.lines[-1].cells
    assert float(cells[2].full) == pytest.approx(panel.inspection.exact.total)
    choose(panel, "lsh")
    assert panel.channels.currentIndex() == 3


def test_the_last_explanation_is_dimmed_while_a_run_goes_on(panel, window, qtbot):
    before = panel.inspection
    window.controller.stale.emit(True)
    assert not panel.board.words.isEnabled()
    assert panel.inspection is before
    run_by(window, qtbot, window.controller.change, "kernel_size", 5)
    settle(window, qtbot)
    assert panel.board.words.isEnabled()
    assert panel.inspection.taps.shape == (3, 5, 5)


@pytest.mark.parametrize("size", [1, 31])
def test_smallest_and_largest_windows_are_shown(panel, window, qtbot, size):
    for key, value in (("filter_name", "random"), ("same_padding", True)):
        window.controller.change(key, value)
    run_by(window, qtbot, window.controller.change, "kernel_size", size)
    settle(window, qtbot)
    for name in panel.inspection.names:
        choose(panel, name)
        grid = panel.board.grids["window"]
        assert grid.cells.values.shape == (size, size)
        assert not panel.board.grab().isNull()
        corner = (size - 1, size - 1)
        assert grid.tap_at(grid.centre_of(corner)) == corner


def test_enter_on_a_picture_inspects_its_pixel(compared, qtbot):
    view = compared.compare.pictures["exact"].view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    row, column = view.layer.at(*view.point)
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: compared.inspect.inspection is not None, timeout=WAIT_MS)
    settle(compared, qtbot)
    assert compared.tabs.currentWidget() is compared.inspect
    assert compared.inspect.inspection.place == Place(0, row, column)


def test_the_lesson_tells_every_printed_number_and_the_slip(window, qtbot):
    """It needs no image."""
    window.menus.entries["lesson"].trigger()
    panel = window.inspect
    qtbot.waitUntil(lambda: panel.inspection is not None, timeout=WAIT_MS)
    settle(window, qtbot)
    told = []
    for number in range(1, 26):
        assert f"window {number} of 25" in panel.strip.words.text()
        told.append(panel.strip.words.text())
        if number < 25:
            qtbot.mouseClick(panel.strip.on, Qt.MouseButton.LeftButton)
            settle(window, qtbot)
    assert not panel.strip.on.isEnabled()
    assert "prints −70" in told[2]
    assert "prints −50" in told[12]
    assert "Misprint: it follows −60" in told[12]
    assert sum("Misprint" in each for each in told) == 3
    panel.strip.close_button.click()
    settle(window, qtbot)
    assert panel._empty.isVisible()


def test_nothing_is_worked_out_or_held_while_nobody_looks(window, qtbot):
    run_by(window, qtbot, window.opener.opened.emit, noise(14, 17))
    assert window.inspect.inspection is None
    front(window, qtbot)
    QTest.keySequence(window, "Alt+1")
    place = window.inspect.inspection.place
    run_by(window, qtbot, window.controller.change, "kernel_size", 5)
    # The last one would keep the outputs of a run that is over.
    assert window.inspect.inspection is None
    QTest.keySequence(window, "Alt+2")
    settle(window, qtbot)
    assert window.inspect.inspection.place == place
    assert window.inspect.inspection.taps.shape == (3, 5, 5)


def test_closing_the_image_empties_the_tab(panel, window, qtbot):
    window.opener.close_image()
    assert panel.inspection is None
    assert panel._empty.isVisible()


def test_cells_are_written_into_while_they_are_large():
    assert cell_size(3, 3)[2]
    assert cell_size(11, 9)[2]
    assert not cell_size(31, 31)[2]
    assert cell_size(31, 31)[0] * 31 <= 320


def test_marks_of_cells_are_drawn(qtbot):
    grid = TapGrid("Window")
    qtbot.addWidget(grid)
    plain = Cells(np.ones((2, 2)))
    looks = []
    for mark in (None, "outside", "faint", "crossed", "absent"):
        marked = np.array([[True, False], [False, False]])
        cells = plain if mark is None else Cells(plain.values, **{mark: marked})
        grid.show_cells(cells, "Window")
        grid.resize(grid.sizeHint())
        looks.append(grid.grab().toImage())
    assert all(one != other for i, one in enumerate(looks) for other in looks[:i])
