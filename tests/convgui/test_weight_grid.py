"""The grid of weights: as many digits as fit, nothing cut off, the whole number at hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from convgui.widgets.short_numbers import fitted, room_for_zeros
from convgui.widgets.weight_grid import WeightGrid

MINUS = "\N{MINUS SIGN}"
# Beside its margins and its scroll bar, a dock of the first width has so many points.
DEFAULT_WIDTH = 266


def words(number, room, zero=False):
    (text,) = fitted(np.array([float(number)]), room, len, zero)
    return text


@pytest.mark.parametrize(
    ("number", "room", "text"),
    [
        (-0.034567, 6, "−.0346"),
        (-0.034567, 5, "−.035"),
        (-0.034567, 4, "−.03"),
        (3.2e-4, 5, ".0003"),
        (3.2e-4, 4, "3e−4"),
        (3.2e-4, 3, "≈0"),
        (0.5, 2, ".5"),
        (0, 1, "0"),
        (-1, 2, "−1"),
        (99.99, 3, "100"),
        (123456.7, 6, "123457"),
        (123456.7, 5, "1.2e5"),
        (-1e300, 6, "−1e300"),
        (float("nan"), 3, "NaN"),
        (float("-inf"), 2, "−∞"),
    ],
)
def test_a_number_has_the_digits_that_fit(number, room, text):
    assert words(number, room) == text


def test_zeros_before_the_point_stand_in_all_or_in_none():
    assert room_for_zeros(np.array([[0.111, -0.5]]), 5, len)
    assert not room_for_zeros(np.array([[0.111, -0.25, -0.123]]), 5, len)
    assert words(0.111, 5, zero=True) == "0.111"


@pytest.mark.parametrize(
    "weight", [0, 1, -1, 1 / 9, -1 / 273, 5e-5, -123456.0, 1e300, -1e-300, 99999, 0.99999]
)
@pytest.mark.parametrize("zero", [False, True])
def test_a_short_number_is_near_the_long_one(weight, zero):
    text = words(weight, 6, zero).replace(MINUS, "-").replace("≈", "")
    assert np.isclose(float(text), weight, rtol=0.5, atol=1e-3 if abs(weight) < 1e-3 else 0)


@pytest.fixture
def grid(qtbot):
    grid = WeightGrid()
    qtbot.addWidget(grid)
    grid.resize(DEFAULT_WIDTH, 100)
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


@pytest.mark.parametrize("size", [1, 3, 5, 7, 11, 31])
def test_nothing_is_cut_off(grid, size):
    weights = np.random.default_rng(size).normal(0, 0.03, (size, size))
    weights.flat[:: size + 1] *= -1e-2
    # As after a larger one.
    grid.show_weights(np.eye(11), editable=True)
    grid.show_weights(np.eye(7), editable=True)
    grid.show_weights(weights, editable=True)
    metrics = QFontMetricsF(grid.font())
    model = grid.model()
    for row in range(size):
        for column in range(size):
            text = model.data(model.index(row, column))
            assert metrics.horizontalAdvance(text) < grid.columnWidth(column)
    scrolled = grid.horizontalScrollBar().maximum() > 0
    assert scrolled == (size > 7)


def test_the_whole_number_is_in_the_tooltip(grid):
    grid.show_weights(np.full((7, 7), -1 / 3), editable=True)
    index = grid.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == repr(-1 / 3)
    assert grid.model().rowCount(QModelIndex()) == 7


def test_more_room_is_more_digits(grid, qtbot):
    grid.show_weights(np.full((3, 3), 1 / 9), editable=True)
    assert grid.model().index(0, 0).data() == "0.111"
    grid.resize(80, 100)
    qtbot.waitUntil(lambda: grid.model().index(0, 0).data() == ".11")


def test_a_filter_is_not_mirrored_where_text_runs_to_the_left(qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    grid = WeightGrid(outer)
    grid.resize(DEFAULT_WIDTH, 100)
    grid.show_weights(np.array([[-0.5, 0.25]]), editable=True)
    assert grid.columnViewportPosition(0) < grid.columnViewportPosition(1)
