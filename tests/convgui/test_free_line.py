"""The profile along a line of one's own."""

from __future__ import annotations

import numpy as np
import pytest
from driving import noise, run_by
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from convgui.widgets.along import along, interpolated, length
from convgui.widgets.layer import Grid, Layer

ALT, LEFT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton


def slow(pixels, row, column):
    """Interpolates at one place, from its definition."""
    height, width = pixels.shape
    if not (0 <= row <= height - 1 and 0 <= column <= width - 1):
        return np.nan
    weights = {(r, c): max(0, 1 - abs(row - r)) * max(0, 1 - abs(column - c))
               for r in range(height) for c in range(width)}  # fmt: skip
    return sum(share * pixels[at] for at, share in weights.items() if share)


def test_values_between_pixels_are_interpolated():
    pixels = np.random.default_rng(0).normal(size=(5, 7))
    draw = np.random.default_rng(1)
    rows, columns = draw.uniform(-1, 5, 60), draw.uniform(-1, 7, 60)
    wanted = [slow(pixels, *place) for place in zip(rows, columns, strict=True)]
    np.testing.assert_allclose(interpolated(pixels, rows, columns), wanted, atol=1e-7)


def test_a_line_through_the_middles_of_a_row_gives_the_row():
    pixels = np.arange(30.0).reshape(5, 6)
    pixels[1, 2] = np.inf
    layer = Layer(pixels, (0, 30), None, Grid(2.0, 1.0, 2.0, 2.0))
    found = along(layer, ((3.0, 6.0), (13.0, 6.0)), "#000000")
    assert found.values[::2].tolist() == pixels[2].tolist()
    assert len(found.values) == 11
    assert found.step == 1.0


@pytest.mark.parametrize("line", [((1, 1), (1, 1)), ((-9, -9), (-5, -5))])
def test_no_line_is_too_short_or_too_far(line):
    found = along(Layer(np.ones((4, 4)), (0, 1)), line, "#000000")
    assert len(found.values) >= 1


@pytest.fixture
def shown(compared, qtbot):
    run_by(compared, qtbot, compared.controller.set_image, noise(48, 64))
    return compared


def place(view, x, y):
    at = view.view
    return QPoint(round((x - at.x) * at.scale + view.area.width() / 2),
                  round((y - at.y) * at.scale + view.area.height() / 2))  # fmt: skip


def test_dragging_with_alt_draws_one_in_all_pictures(shown, qtbot):
    told = []
    shown.compare.profiler.profiled.connect(lambda *what: told.append(what))
    view = shown.compare.pictures["lsh"].view
    qtbot.mousePress(view.viewport(), LEFT, ALT, place(view, 5, 5))
    qtbot.mouseMove(view.viewport(), place(view, 40, 30))
    qtbot.mouseRelease(view.viewport(), LEFT, ALT, place(view, 40, 30))
    line = shown.compare.profiler.line
    assert line[0] == pytest.approx((5, 5), abs=1)
    assert line[1] == pytest.approx((40, 30), abs=1)
    # The dock of analysis has come to the front for it.
    traces, ends, _, along_it = told[-1]
    assert along_it == line
    assert len(traces) == 3
    assert ends == (0, pytest.approx(length(line)))
    assert "Line" in shown.analysis.profile.words.text()
    assert view.view == shown.compare.pictures["exact"].view.view

    qtbot.mouseClick(view.viewport(), LEFT, ALT, place(view, 9, 9))
    assert shown.compare.profiler.line is None


def test_it_can_be_drawn_by_keys(shown, qtbot):
    view = shown.compare.pictures["lsh"].view
    view.setFocus()
    shown.compare._link.go((10.5, 10.5))
    QTest.keyClick(shown, Qt.Key.Key_P)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert shown.compare.profiler.line == ((10.5, 10.5), (40.5, 10.5))
    QTest.keyClick(shown, Qt.Key.Key_P)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert shown.compare.profiler.line == ((10.5, 10.5), (40.5, 10.5))
    QTest.keyClick(shown, Qt.Key.Key_P)
    assert shown.compare.profiler.line is None
