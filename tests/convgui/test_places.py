"""Places in the pictures: going to a pixel, panning by key, framing a region and measuring it."""

from __future__ import annotations

import numpy as np
import pytest
from driving import noise, run_by, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

import cyconv
from convgui.model import region
from convgui.model.region import Region
from convgui.panels.go_to import parsed
from convgui.widgets.layer import Grid, Layer

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(compared, qtbot):
    run_by(compared, qtbot, compared.controller.set_image, noise(48, 64))
    compared.dock_actions["analysis"].trigger()
    return compared


def view(window, name="lsh"):
    return window.compare.pictures[name].view


def frame(window, qtbot, one, other, name="lsh"):
    """Drags a frame over input pixels with Shift held."""
    at = view(window, name)
    scale, area = at.view.scale, at.area
    points = [
        QPoint(round((x - at.view.x) * scale + area.width() / 2),
               round((y - at.view.y) * scale + area.height() / 2))
        for x, y in (one, other)
    ]  # fmt: skip
    qtbot.mousePress(at.viewport(), LEFT, SHIFT, points[0])
    qtbot.mouseMove(at.viewport(), points[1])
    qtbot.mouseRelease(at.viewport(), LEFT, SHIFT, points[1])


class TestRegion:
    @pytest.mark.parametrize(("one", "other", "wanted"), [
        ((1.2, 2.9), (4.1, 3.0), (1, 2, 5, 3)),
        ((4.1, 3.5), (1.2, 2.9), (1, 2, 5, 4)),
        ((-9, -9), (99, 99), (0, 0, 8, 6)),
        ((-9, 2), (-1, 3), None),
        ((3, 2), (3, 4), None),
    ])  # fmt: skip
    def test_corners_frame_whole_pixels_of_the_image(self, one, other, wanted):
        assert Region.between(one, other, (6, 8)) == wanted

    @pytest.mark.parametrize("stride", [1, 2, 3])
    def test_a_part_is_the_pixels_whose_centres_lie_in_it(self, stride):
        grid = Grid(1.5, 0.5, stride, stride)
        pixels = np.arange(120.0).reshape(10, 12)
        layer = Layer(pixels, (0, 120), None, grid)
        part = layer.part(3, 2, 9, 7)
        inside = [
            pixels[row, column]
            for row in range(10)
            for column in range(12)
            if 3 <= layer.centre(row, column)[0] < 9 and 2 <= layer.centre(row, column)[1] < 7
        ]
        assert part.ravel().tolist() == inside
        assert layer.part(-50, -50, -40, -40).size == 0

    def test_statistics_are_those_of_numpy(self):
        rng = np.random.default_rng(0)
        exact = rng.normal(5, 2, (9, 7)).astype(np.float32)
        lsh = exact + rng.normal(0, 1, exact.shape).astype(np.float32)
        odd = exact.copy()
        odd[0, :3] = np.nan, np.inf, -np.inf
        found = region.measure({"exact": exact, "lsh": lsh, "odd": odd}, 20.0)
        assert found["exact"].accuracy is None
        for name, part in (("exact", exact), ("lsh", lsh), ("odd", odd[np.isfinite(odd)])):
            part = part.astype(np.float64)
            wanted = part.mean(), part.std(), part.min(), part.max()
            each = found[name]
            np.testing.assert_allclose(
                (each.mean, each.deviation, each.low, each.high), wanted, rtol=1e-6
            )
        assert found["odd"].unfit == 3
        mse = np.mean((lsh.astype(np.float64) - exact) ** 2)
        assert found["lsh"].accuracy.psnr == pytest.approx(10 * np.log10(400 / mse))
        nothing = region.measure({"a": np.full((2, 2), np.nan)})["a"]
        assert np.isnan(nothing.mean)

    def test_measuring_can_be_given_up(self):
        def stop(report):
            raise cyconv.Cancelled

        with pytest.raises(cyconv.Cancelled):
            region.measure({"a": np.zeros((2, 2))}, None, stop)


class TestFraming:
    def test_a_frame_that_is_dragged_is_measured_in_every_panel(self, shown, qtbot):
        before = view(shown).view
        frame(shown, qtbot, (10.5, 8.5), (40.5, 30.5))
        settle(shown, qtbot)
        places, sheet = shown.compare.places, shown.analysis.region
        assert view(shown).view == before, "not panned"
        left, top, right, bottom = places.region
        assert abs(left - 10) <= 1
        assert abs(bottom - 31) <= 1
        comparison = shown.controller.comparison
        rows = {line.key: [cell.full for cell in line.cells[1:]] for line in sheet.table.lines}
        pixels = shown.controller.image.pixels[top:bottom, left:right]
        assert float(rows["mean"][0]) == pytest.approx(pixels.mean())
        # A 3 x 3 window without padding: its middle is one further right and down.
        part = comparison["lsh"].result.output[0, top - 1 : bottom - 1, left - 1 : right - 1]
        exact = comparison.exact.result.output[0]
        assert float(rows["high"][3]) == pytest.approx(part.max())
        inside = exact[top - 1 : bottom - 1, left - 1 : right - 1]
        wanted = cyconv.compare(part, inside, data_range=float(exact.max() - exact.min()))
        assert float(rows["psnr"][3]) == pytest.approx(wanted.psnr)
        assert f"{right - left} × {bottom - top}" in sheet.words.text()
        assert all(view(shown, name)._region is not None for name in shown.compare.pictures)

    def test_a_new_result_is_measured_in_the_same_region(self, shown, qtbot):
        frame(shown, qtbot, (10, 8), (40, 30))
        settle(shown, qtbot)
        before = shown.analysis.region.table.lines
        kept = shown.compare.places.region
        run_by(shown, qtbot, shown.controller.change, "kernel_size", 5)
        qtbot.waitUntil(lambda: shown.analysis.region.table.lines != before)
        assert shown.compare.places.region == kept

    def test_it_is_measured_only_while_it_is_seen(self, shown, qtbot):
        shown.analysis.groups["region"].header.click()
        told = []
        shown.jobs.started.connect(told.append)
        frame(shown, qtbot, (10, 8), (40, 30))
        assert "region" not in told
        shown.analysis.groups["region"].header.click()
        assert "region" in told
        settle(shown, qtbot)

    def test_a_click_with_shift_takes_the_frame_away(self, shown, qtbot):
        frame(shown, qtbot, (10, 8), (40, 30))
        qtbot.mouseClick(view(shown).viewport(), LEFT, SHIFT, QPoint(20, 20))
        assert shown.compare.places.region is None
        assert shown.analysis.region.table.lines == ()
        settle(shown, qtbot)

    def test_without_shift_the_picture_is_dragged(self, shown, qtbot):
        viewport = view(shown).viewport()
        with qtbot.waitSignal(view(shown).moved):
            qtbot.mousePress(viewport, LEFT, pos=QPoint(20, 20))
            qtbot.mouseMove(viewport, QPoint(40, 30))
            qtbot.mouseRelease(viewport, LEFT, pos=QPoint(40, 30))
        assert shown.compare.places.region is None

    def test_another_image_has_a_region_only_where_it_reaches(self, shown, qtbot):
        frame(shown, qtbot, (30, 20), (60, 40))
        run_by(shown, qtbot, shown.controller.set_image, noise(12, 16))
        assert shown.compare.places.region is None
        settle(shown, qtbot)


class TestGoing:
    @pytest.mark.parametrize(("text", "place"), [
        ("120, 88", (120, 88)), ("120 88", (120, 88)), ("x 3 y 4", (3, 4)), ("(5;6)", (5, 6)),
        ("7", None), ("", None), ("a, b", None), ("1 2 3", None),
    ])  # fmt: skip
    def test_a_pixel_is_read_as_people_type_it(self, text, place):
        assert parsed(text) == place

    def ask(self, window, qtbot, text):
        QTest.keyClick(window, Qt.Key.Key_G, CONTROL)
        go_to = window.compare.places.go_to
        assert go_to.isVisible()
        assert go_to.field.hasFocus()
        QTest.keyClicks(go_to.field, text)
        QTest.keyClick(go_to.field, Qt.Key.Key_Return)
        return go_to

    def test_the_crosshair_goes_there_in_all_panels(self, shown, qtbot):
        go_to = self.ask(shown, qtbot, "20, 30")
        assert not go_to.isVisible()
        assert {view(shown, name).point for name in shown.compare.pictures} == {(20.5, 30.5)}
        assert view(shown, "input").hasFocus(), "the arrows go on from there"

    def test_close_up_the_view_goes_there_too(self, shown, qtbot):
        for _ in range(4):
            shown.compare.zoom_in()
        self.ask(shown, qtbot, "60 40")
        assert (view(shown).view.x, view(shown).view.y) == (60.5, 40.5)

    def test_beyond_the_image_it_is_the_last_pixel(self, shown, qtbot):
        self.ask(shown, qtbot, "9999 9999")
        assert view(shown).point == (63.5, 47.5)

    def test_what_is_no_pixel_stays_to_be_mended(self, shown, qtbot):
        go_to = self.ask(shown, qtbot, "here")
        assert go_to.isVisible()
        QTest.keyClick(go_to.field, Qt.Key.Key_Escape)
        assert not go_to.isVisible()

    def test_control_and_arrows_pan(self, shown, qtbot):
        shown.compare.zoom_in()
        at = view(shown)
        at.setFocus()
        before, wide = at.view, at.view.seen(at.area).width()
        with qtbot.assertNotEmitted(at.pointed):
            QTest.keyClick(at, Qt.Key.Key_Right, CONTROL)
        assert at.view.x == pytest.approx(before.x + wide / 8)
        assert view(shown, "input").view == at.view
        QTest.keyClick(at, Qt.Key.Key_Left, CONTROL)
        QTest.keyClick(at, Qt.Key.Key_Up, CONTROL)
        assert at.view.x == pytest.approx(before.x)
        assert at.view.y < before.y
