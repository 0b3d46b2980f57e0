"""The histogram of the errors: its counts, its percentiles, and whose pixels it marks."""

from __future__ import annotations

import numpy as np
import pytest
from driving import noise, run_by, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from convgui import style
from convgui.model import histogram, lookup, maps
from convgui.model.histogram import BINS
from convgui.model.maps import Levels
from convgui.widgets.histogram_view import Curve, HistogramView
from convgui.widgets.layer import Grid, Layer
from convgui.widgets.marked_view import MarkedView
from convgui.widgets.view import View
from cyconv import Cancelled

RNG = np.random.default_rng(3)
PLANES = {
    "normal": RNG.normal(0, 3, (301, 207)).astype(np.float32),
    "double": RNG.normal(2, 8, (301, 207)),
    "odd": np.where(RNG.random((301, 207)) < 0.1, np.nan, RNG.normal(0, 1, (301, 207))),
    "infinite": np.array([[np.inf, -np.inf, 1.0, -4.0]], np.float32),
    "none": np.full((3, 2), np.nan, np.float32),
    "zero": np.zeros((5, 5), np.float32),
}
SPAN = Levels(-9.0, 9.0)


@pytest.mark.parametrize("name", PLANES)
def test_counts_are_those_of_numpy(name):
    plane = PLANES[name]
    measured = histogram.measure({name: plane}, maps.SIGNED, SPAN)
    finite = plane[np.isfinite(plane)].astype(np.float64)
    wanted, edges = np.histogram(np.clip(finite, *SPAN), BINS, SPAN)
    # Single precision may put a value that lies on an edge into the next bin.
    assert np.abs(np.cumsum(measured.counts[name] - wanted)).max(initial=0) <= 2
    assert measured.counts[name].sum() == finite.size
    assert measured.unfit[name] == plane.size - finite.size
    assert measured.edges(0).low == edges[0]
    assert measured.edges(BINS - 1).high == pytest.approx(edges[-1])
    percentiles = np.percentile(finite, measured.percents) if finite.size else ()
    np.testing.assert_allclose(measured.percentiles[name], percentiles, rtol=1e-5)


def test_zero_is_in_the_middle_of_signed_errors():
    measured = histogram.measure({"zero": PLANES["zero"]}, maps.SIGNED, SPAN)
    assert measured.counts["zero"][BINS // 2] == 25
    assert measured.bin_at(0.0) == BINS // 2
    low, high = measured.edges(BINS // 2)
    assert low == pytest.approx(-high)


@pytest.mark.parametrize("name", PLANES)
def test_marked_pixels_are_those_that_were_counted(name):
    plane = PLANES[name]
    measured = histogram.measure({name: plane}, maps.SIGNED, SPAN)
    together = np.zeros(plane.shape, int)
    for index in (0, 40, BINS // 2, 100, BINS - 1):
        mask = histogram.marked(plane, SPAN, index)[0]
        assert mask.sum() == measured.counts[name][index]
        together += mask
    assert together.max(initial=0) <= 1


@pytest.mark.parametrize("shape", [(301, 207), (1, 1000), (129, 64), (3, 3)])
def test_a_single_pixel_is_seen_at_every_size(shape):
    plane = np.zeros(shape, np.float32)
    row, column = shape[0] - 1, shape[1] // 3
    plane[row, column] = 8.9
    levels = histogram.marked(plane, SPAN, BINS - 1)
    for step, level in enumerate(levels):
        assert level.sum() == 1
        assert level[row >> step, column >> step]
    assert max(levels[-1].shape) <= 64


def test_counting_can_be_given_up():
    calls = []

    def stop(report):
        calls.append(report)
        if len(calls) == 2:
            raise Cancelled

    plane = np.zeros((2000, 1000), np.float32)
    with pytest.raises(Cancelled):
        histogram.measure({"a": plane}, maps.SIGNED, SPAN, stop)
    calls.clear()
    with pytest.raises(Cancelled):
        histogram.marked(plane, SPAN, 3, stop)


def test_one_value_far_off_does_not_push_all_others_into_a_bin():
    planes = {"a": np.array([[1.0, -2.0, 1e30]]), "b": np.array([[3.0, 0.0, np.nan]])}
    assert histogram.span_of(planes, maps.SIGNED, Levels(-3.0, 3.0)) == (-12.0, 12.0)
    assert histogram.span_of(planes, maps.ABSOLUTE, Levels(0.0, 3.0)) == (0.0, 12.0)
    near = {"b": planes["b"]}
    assert histogram.span_of(near, maps.SIGNED, Levels(-2.0, 2.0)) == (-3.0, 3.0)
    assert histogram.span_of({}, maps.SIGNED, Levels(-1.0, 1.0)) == (-1.0, 1.0)


class TestView:
    @pytest.fixture
    def view(self, qtbot):
        view = HistogramView()
        qtbot.addWidget(view)
        view.resize(BINS * 2 + 2, 160)
        counts = np.zeros(BINS, np.int64)
        counts[10], counts[64], counts[100] = 1, 1_000_000, 30
        with qtbot.waitExposed(view):
            view.show()
        view.show_curves([Curve("LSH", "#f0923b", counts, (0.1, 0.8, 0.5))], [(0.5, "0")])
        return view

    def test_a_single_pixel_shows_among_millions_if_logarithmic(self, view):
        counts = np.array([0, 1, 1_000_000])
        assert view.heights(counts).tolist() == [0, pytest.approx(0.05, abs=0.01), 1]
        view.set_logarithmic(False)
        assert view.heights(counts).tolist() == [0, 1e-6, 1]

    def test_a_bin_is_chosen_while_it_is_pointed_at(self, view, qtbot):
        with qtbot.waitSignal(view.chosen) as asked:
            qtbot.mouseMove(view, QPoint(1 + 2 * 30, 80))
        assert asked.args == [30]
        with qtbot.waitSignal(view.chosen) as asked:
            qtbot.mouseMove(view, QPoint(1 + 2 * 31, 80))
        assert asked.args == [31]

    def test_a_click_keeps_a_bin_and_another_lets_it_go(self, view, qtbot):
        at = QPoint(1 + 2 * 30, 80)
        qtbot.mouseMove(view, at)
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
        view.leaveEvent(None)
        assert view.bin == 30
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
        view.leaveEvent(None)
        assert view.bin == -1

    def test_keys_walk_through_the_bins(self, view, qtbot):
        told = []
        view.chosen.connect(told.append)
        shift = Qt.KeyboardModifier.ShiftModifier
        for key, modifier in (
            (Qt.Key.Key_Right, None), (Qt.Key.Key_Right, None), (Qt.Key.Key_Left, shift),
            (Qt.Key.Key_End, None), (Qt.Key.Key_Right, None), (Qt.Key.Key_Home, None),
            (Qt.Key.Key_Escape, None),
        ):  # fmt: skip
            QTest.keyClick(view, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert told == [64, 65, 55, 128, 0, -1]

    @pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=["light", "dark"])
    def test_it_is_drawn_in_both_themes_and_without_counts(self, view, theme):
        view.apply_theme(theme)
        assert not view.grab().isNull()
        view.show_curves([Curve("none", "#f0923b", np.zeros(BINS, np.int64))], ())
        assert not view.grab().isNull()
        view.show_curves((), ())
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert view.bin == -1


class TestMarks:
    @pytest.fixture
    def view(self, qtbot):
        view = MarkedView()
        qtbot.addWidget(view)
        view.set_colours("#808080", "#ff0000")
        view.resize(200, 160)
        with qtbot.waitExposed(view):
            view.show()
        return view

    def seen(self, view):
        image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.frombuffer(image.constBits(), np.uint8)
        return rows.reshape(image.height(), image.bytesPerLine())[:, : image.width()].astype(int)

    def test_marked_pixels_are_white_where_they_are(self, view):
        plane = np.full((16, 20), -8.0, np.float32)
        plane[5, 7] = 8.0
        view.set_layer(Layer(plane, SPAN, lookup.gray(), Grid(1, 1)))
        view.set_view(View(11, 9, 10))
        view.set_marks(histogram.marked(plane, SPAN, 121))
        screen = self.seen(view)
        x, y = (8.5 - 11) * 10 + 100, (6.5 - 9) * 10 + 80
        assert (screen[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4] == 255).all()
        assert screen.max() == 255
        assert (screen == 255).sum() == 100
        view.set_marks(None)
        assert screen[100, 150] <= self.seen(view)[100, 150]

    def test_one_marked_pixel_of_a_huge_picture_is_seen(self, view):
        plane = np.zeros((4000, 5000), np.float32)
        plane[1234, 2345] = 8.9
        view.set_layer(Layer(plane, SPAN, lookup.gray()))
        view.set_view(View(2500, 2000, 0.04))
        view.set_marks(histogram.marked(plane, SPAN, BINS - 1))
        screen = self.seen(view)
        rows, columns = np.nonzero(screen > 150)
        assert 1 <= len(rows) <= 9
        assert abs(columns.mean() - (2345 - 2500) * 0.04 - 100) < 2
        assert abs(rows.mean() - (1234 - 2000) * 0.04 - 80) < 2


class TestWindow:
    @pytest.fixture
    def shown(self, compared, qtbot):
        run_by(compared, qtbot, compared.controller.set_image, noise(40, 60))
        compared.dock_actions["analysis"].trigger()
        panel = compared.analysis.histogram
        qtbot.waitUntil(lambda: panel.table.lines != ())
        return compared

    def test_it_is_counted_only_while_it_is_seen(self, compared, qtbot):
        told = []
        compared.jobs.started.connect(told.append)
        run_by(compared, qtbot, compared.controller.change, "hashes", 5)
        assert "errors" not in told
        compared.dock_actions["analysis"].trigger()
        assert "errors" in told
        settle(compared, qtbot)
        told.clear()
        compared.analysis.groups["histogram"].header.click()
        run_by(compared, qtbot, compared.controller.change, "hashes", 6)
        assert "errors" not in told

    def test_choosing_a_bin_marks_its_pixels_in_every_map(self, shown, qtbot):
        panel = shown.analysis.histogram
        panel.view.setFocus()
        QTest.keyClick(panel.view, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: shown.compare.pictures["lsh.error"].view.marks is not None)
        for name in ("differential", "lsh"):
            view = shown.compare.pictures[name + ".error"].view
            wanted = panel._histogram.counts[name][panel.view.bin]
            assert view.marks[0].shape == view.layer.size
            assert view.marks[0].sum() == wanted
            assert f"{wanted:,}" in panel.words.text()
        before = shown.compare.pictures["lsh.error"].view.marks
        QTest.keyClick(panel.view, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: shown.compare.pictures["lsh.error"].view.marks is not before)
        QTest.keyClick(panel.view, Qt.Key.Key_Escape)
        assert shown.compare.pictures["lsh.error"].view.marks is None

    def test_a_new_result_counts_again_and_marks_nothing(self, shown, qtbot):
        panel = shown.analysis.histogram
        before = panel._histogram
        QTest.keyClick(panel.view, Qt.Key.Key_Home)
        run_by(shown, qtbot, shown.controller.change, "hashes", 9)
        qtbot.waitUntil(lambda: panel._histogram is not before)
        assert shown.compare.pictures["lsh.error"].view.marks is None
        assert panel.view.bin == -1

    def test_typed_levels_are_what_it_spans(self, shown, qtbot):
        shown.view.change_look(error_levels=Levels(-7.0, 7.0))
        panel = shown.analysis.histogram
        qtbot.waitUntil(lambda: panel._histogram.span == (-7.0, 7.0))
        QTest.keyClick(panel.view, Qt.Key.Key_End)
        assert "beyond" in panel.words.text()

    def test_nothing_moves_while_bins_are_walked_through(self, shown, qtbot):
        panel = shown.analysis.histogram
        before = panel.table.geometry()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            QTest.keyClick(panel.view, key)
            assert panel.words.fontMetrics().boundingRect(
                panel.words.rect(), Qt.TextFlag.TextWordWrap, panel.words.text()
            ).height() <= panel.words.height()  # fmt: skip
        assert panel.table.geometry() == before

    def test_without_an_image_there_is_nothing(self, shown, qtbot):
        shown.opener.close_image()
        panel = shown.analysis.histogram
        qtbot.waitUntil(lambda: panel.table.lines == ())
        assert panel.words.text() == ""
