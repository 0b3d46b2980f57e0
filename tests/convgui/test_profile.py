"""The profile along the crosshair's row or column."""

from __future__ import annotations

import numpy as np
import pytest
from driving import noise, run_by
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from convgui import style
from convgui.panels.profile import trace
from convgui.widgets.layer import Grid, Layer
from convgui.widgets.profile_view import ProfileView, Trace, polyline


def test_a_line_is_the_values_at_their_places():
    values = np.array([1.0, np.nan, 3.0, np.inf, 5.0])
    line = polyline(Trace("#fff", 2.5, 2.0, values), 0, 20, 100)
    assert line.tolist() == [[2.5, 1.0], [6.5, 3.0], [10.5, 5.0]]
    part = polyline(Trace("#fff", 2.5, 2.0, np.arange(5.0)), 6, 7, 100)
    assert part[:, 0].min() <= 6
    assert part[:, 0].max() >= 7
    assert len(polyline(Trace("#fff", 0.5, 1.0, np.empty(0)), 0, 1, 100)) == 0


@pytest.mark.parametrize(("low", "high"), [(-90.0, -50.0), (-9.0, -4.0), (90.0, 95.0)])
def test_a_line_that_is_out_of_sight_has_no_points(low, high):
    trace = Trace("#fff", 2.5, 2.0, np.arange(5.0))
    assert polyline(trace, low, high, 100).shape == (0, 2)


def test_a_single_peak_of_many_values_is_kept():
    values = np.zeros(16_384, np.float32)
    values[9_999], values[5_000] = 7, -3
    line = polyline(Trace("#fff", 0.5, 1.0, values), 0, 16_384, 300)
    assert len(line) == 600
    assert line[:, 1].max() == 7
    assert line[:, 1].min() == -3
    assert abs(line[line[:, 1].argmax(), 0] - 9_999) < 16_384 / 300


@pytest.mark.parametrize("along_column", [False, True])
def test_a_trace_is_the_row_or_column_of_a_place(along_column):
    pixels = np.arange(30.0).reshape(5, 6)
    layer = Layer(pixels, (0, 30), None, Grid(1.5, 0.5, 2, 3))
    x, y = layer.centre(3, 4)
    found = trace(layer, (x, y), along_column, "#fff")
    wanted = pixels[:, 4] if along_column else pixels[3]
    np.testing.assert_array_equal(found.values, wanted)
    at = (y - found.first) / found.step if along_column else (x - found.first) / found.step
    assert wanted[round(at)] == pixels[3, 4]
    assert trace(layer, (-5, 2), along_column, "#fff") is None
    colour = Layer(np.zeros((4, 4, 3)), (0, 1))
    assert trace(colour, (1, 1), along_column, "#fff") is None


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("values", [np.arange(9.0), np.zeros(9), np.full(9, np.nan), np.empty(0)],
                         ids=["ramp", "flat", "nan", "none"])  # fmt: skip
def test_it_is_drawn_whatever_the_values_are(qtbot, theme, values):
    view = ProfileView()
    qtbot.addWidget(view)
    view.apply_theme(theme)
    view.resize(300, 140)
    traces = Trace("#4c8dff", 0.5, 1.0, values), Trace("#f0923b", 0.5, 1.0, np.arange(9.0))
    for at in (None, 4.5):
        view.show_traces(traces, (0.0, 9.0), at)
        assert not view.grab().isNull()
        view.show_traces(traces[:1], (0.0, 9.0), at)
        assert not view.grab().isNull()


class TestWindow:
    @pytest.fixture
    def shown(self, compared, qtbot):
        run_by(compared, qtbot, compared.controller.set_image, noise(48, 64))
        compared.dock_actions["analysis"].trigger()
        return compared

    def traces(self, window):
        return window.analysis.profile.view._traces

    def test_it_follows_the_crosshair(self, shown, qtbot):
        view = shown.compare.pictures["exact"].view
        view.setFocus()
        assert self.traces(shown) == ()
        QTest.keyClick(view, Qt.Key.Key_Down)
        outputs = {
            each.name: each.result.output[0] for each in shown.controller.comparison.outcomes
        }
        for _ in range(2):
            x, y = view.point
            assert len(self.traces(shown)) == 3
            for found, output in zip(self.traces(shown), outputs.values(), strict=True):
                np.testing.assert_array_equal(found.values, output[int(y) - 1])
            assert f"Row {int(y)}" in shown.analysis.profile.words.text()
            QTest.keyClick(view, Qt.Key.Key_Down)
        shown.analysis.profile.column.click()
        assert shown.view.look.along_column
        np.testing.assert_array_equal(
            self.traces(shown)[0].values, outputs["exact"][:, int(x) - 1]
        )
        assert f"Column {int(x)}" in shown.analysis.profile.words.text()

    def test_it_stays_when_the_pointer_leaves_and_follows_a_new_result(self, shown, qtbot):
        shown.compare.pictures["exact"].view.pointed.emit((20.5, 20.5))
        shown.compare.pictures["exact"].view.pointed.emit(None)
        before = self.traces(shown)
        assert len(before) == 3
        run_by(shown, qtbot, shown.controller.change, "kernel_size", 5)
        assert self.traces(shown)[0].values is not before[0].values
        assert len(self.traces(shown)[0].values) == 60

    def test_nothing_is_taken_that_nobody_sees(self, compared, qtbot):
        compared.compare.pictures["exact"].view.pointed.emit((2.5, 2.5))
        assert self.traces(compared) == ()
        compared.dock_actions["analysis"].trigger()
        assert len(self.traces(compared)) == 3
