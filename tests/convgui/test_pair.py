"""Two pinned runs as pictures: the tab "A and B", driven as a person would."""

from __future__ import annotations

import numpy as np
import pytest
from driving import WAIT_MS, noise, run_by, settle
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convgui.model import maps
from convgui.panels.pair_scene import DIFFERENCE, A, B
from convgui.sessions import outputs

LEFT = Qt.MouseButton.LeftButton


def runs(window):
    return window.history.recorder.journal.runs


def change(window, qtbot, key, value):
    """Changes a parameter, waits until its run is in the history, and gives what it gave."""
    before = len(runs(window))
    comparison = run_by(window, qtbot, window.controller.change, key, value)
    qtbot.waitUntil(lambda: len(runs(window)) > before, timeout=WAIT_MS)
    return comparison


def pin(window, place, number):
    """Chooses a run in the list and clicks a button."""
    history = window.history
    row = history.runs.runs.row_of(number)
    index = history.runs.runs.index(row)
    history.runs.scrollTo(index)
    at = history.runs.visualRect(index).center()
    QTest.mouseClick(history.runs.viewport(), LEFT, pos=at)
    QTest.mouseClick(history.buttons[f"pin-{place}"], LEFT)


@pytest.fixture
def pinned(compared, qtbot):
    """A window with two runs of the same image pinned; gives it and what they gave."""
    QTest.keyClick(compared, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(runs(compared)) == 1, timeout=WAIT_MS)
    first = run_by(compared, qtbot, compared.controller.set_image, noise(40, 50))
    qtbot.waitUntil(lambda: len(runs(compared)) == 2, timeout=WAIT_MS)
    second = change(compared, qtbot, "hashes", 6)
    pin(compared, "a", 2)
    pin(compared, "b", 3)
    settle(compared, qtbot)
    return compared, first, second


def shown(window, qtbot):
    """Waits until the tab shows something; gives its pictures' layers by name."""
    settle(window, qtbot)
    qtbot.waitUntil(lambda: window.pair.pictures[A].view.layer is not None, timeout=WAIT_MS)
    settle(window, qtbot)
    return {name: panel.view.layer for name, panel in window.pair.pictures.items()}


def test_the_button_shows_both_outputs_and_their_difference(pinned, qtbot):
    window, first, second = pinned
    QTest.mouseClick(window.history.look, LEFT)
    assert window.tabs.currentWidget() is window.pair
    layers = shown(window, qtbot)
    one, other = (each["lsh"].result.output[0] for each in (first, second))
    np.testing.assert_array_equal(layers[A].pixels, one)
    np.testing.assert_array_equal(layers[B].pixels, other)
    np.testing.assert_array_equal(layers[DIFFERENCE].pixels, other - one)
    # Nobody can compare greys that mean something else; zero is in the middle of the colours.
    assert layers[A].levels == layers[B].levels
    low, high = layers[DIFFERENCE].levels
    assert low == -high
    assert window.pair.pictures[DIFFERENCE].bar.accessibleName().endswith("grey levels")


def test_a_key_brings_it_to_the_front_and_the_line_is_dragged(pinned, qtbot):
    window = pinned[0]
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert window.tabs.currentWidget() is window.pair
    shown(window, qtbot)
    views = {name: window.pair.pictures[name].view for name in (A, B)}
    assert views[B].wipe is None
    QTest.keyClick(window, Qt.Key.Key_W)
    settle(window, qtbot)
    assert views[A].wipe is None
    assert views[B].wipe.upright
    assert [tag.name for tag in views[B].tags] == ["A · LSH", "B · LSH"]
    at = views[B].wipe.at(views[B].area)
    place = QPoint(at, 20)
    before = views[B].view
    QTest.mousePress(views[B].viewport(), LEFT, pos=place)
    QTest.mouseMove(views[B].viewport(), place + QPoint(40, 0))
    QTest.mouseRelease(views[B].viewport(), LEFT, pos=place + QPoint(40, 0))
    assert views[B].wipe.at(views[B].area) == at + 40
    assert views[B].view == before
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    settle(window, qtbot)
    assert not views[B].wipe.upright


def test_while_the_key_is_held_a_is_seen_in_place_of_b(pinned, qtbot):
    window = pinned[0]
    change(window, qtbot, "filter_name", "sobel-x")
    pin(window, "b", 4)
    window.tab_actions["pair"].trigger()
    shown(window, qtbot)
    view, other = (window.pair.pictures[name].view for name in (B, A))
    # The tab is laid out some time after it was shown.
    qtbot.waitUntil(
        lambda: min(side for each in (view, other) for side in each.size().toTuple()) > 130,
        timeout=WAIT_MS,
    )

    def looks_as_a():
        one, two = (each.grab().toImage() for each in (view, other))
        points = [QPoint(x, y) for x in range(20, 120, 7) for y in range(60, 120, 7)]
        return sum(one.pixel(each) == two.pixel(each) for each in points) / len(points)

    assert looks_as_a() < 0.3
    QTest.keyPress(window, Qt.Key.Key_X)
    # The two panels may differ by a point in width.
    assert looks_as_a() > 0.85
    release = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
    QApplication.sendEvent(window, release)
    assert looks_as_a() < 0.3


def test_any_technique_is_held_against_any_other(pinned, qtbot):
    window, first, second = pinned
    window.tab_actions["pair"].trigger()
    shown(window, qtbot)
    edit = window.pair.techniques[1]
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Home)
    settle(window, qtbot)
    layers = shown(window, qtbot)
    np.testing.assert_array_equal(layers[B].pixels, second["exact"].result.output[0])
    np.testing.assert_array_equal(layers[A].pixels, first["lsh"].result.output[0])
    # The choice stays when another run is pinned.
    change(window, qtbot, "hashes", 5)
    pin(window, "b", 4)
    assert shown(window, qtbot)[B].pixels.shape == (38, 48)
    assert edit.currentData() == "exact"


def test_the_kind_of_difference_is_that_of_the_error_maps(pinned, qtbot):
    window, first, second = pinned
    window.tab_actions["pair"].trigger()
    one, other = (each["lsh"].result.output[0] for each in (first, second))
    for mode, title in ((maps.ABSOLUTE, "|B − A|"), (maps.FLIP, "FLIP(B, A)")):
        window.menus.entries[f"error-{mode}"].trigger()
        layers = shown(window, qtbot)
        wanted = maps.error(other, one, 0, mode, window.view.look.shown)
        np.testing.assert_array_equal(layers[DIFFERENCE].pixels, wanted)
        assert window.pair.pictures[DIFFERENCE].title.accessibleName() == title


def test_settings_may_be_any_others(pinned, qtbot):
    window = pinned[0]
    third = change(window, qtbot, "stride", 2)
    pin(window, "b", 4)
    window.tab_actions["pair"].trigger()
    layers = shown(window, qtbot)
    np.testing.assert_array_equal(layers[B].pixels, third["lsh"].result.output[0])
    # Both lie at their place on the image, so that a line parts the same place.
    assert (layers[A].grid.pitch_x, layers[B].grid.pitch_x) == (1, 2)
    assert layers[DIFFERENCE] is None
    assert "differ in size" in window.pair.note.text()
    window.view.toggle_wipe("vertical")
    settle(window, qtbot)
    assert window.pair.pictures[B].view.wipe is not None


def test_values_under_the_pointer_are_told(pinned, qtbot):
    window = pinned[0]
    window.tab_actions["pair"].trigger()
    layers = shown(window, qtbot)
    view = window.pair.pictures[A].view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    row, column = layers[A].at(*window.pair.link.point)
    words = window.pair.readout.text()
    for name in (A, B, DIFFERENCE):
        assert layers[name].texts(row, column)[0] in words


def test_a_bank_is_looked_through(pinned, qtbot):
    window = pinned[0]
    change(window, qtbot, "filter_name", "gabor")
    last = change(window, qtbot, "filter_count", 3)
    pin(window, "a", 5)
    window.tab_actions["pair"].trigger()
    shown(window, qtbot)
    # B has one filter only, so there is nothing to choose.
    assert not window.pair.filter.isVisible()
    change(window, qtbot, "hashes", 4)
    pin(window, "b", 6)
    shown(window, qtbot)
    assert window.pair.filter.isVisible()
    QTest.keyClick(window.pair.filter, Qt.Key.Key_Up)
    layers = shown(window, qtbot)
    np.testing.assert_array_equal(layers[A].pixels, last["lsh"].result.output[1])


def test_without_pins_it_says_so_and_leads_to_the_history(compared, qtbot):
    compared.tab_actions["pair"].trigger()
    assert "Pin one run" in compared.pair.why.text()
    QTest.mouseClick(compared.pair.open_history, LEFT)
    assert compared.history.isVisible()


def test_outputs_that_are_gone_say_so(pinned, qtbot, monkeypatch):
    window = pinned[0]
    window.tab_actions["pair"].trigger()
    shown(window, qtbot)
    monkeypatch.setattr(outputs, "MOST_RUNS", 1)
    change(window, qtbot, "hashes", 5)
    settle(window, qtbot)
    assert "no longer held" in window.pair.why.text()
    assert window.pair.pictures[A].view.layer is None
