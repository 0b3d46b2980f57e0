"""The "Compare" tab: what it shows of a comparison, and what the user can do with it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from convgui import style
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.look import Look
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.panels.compare import ComparePanel
from convgui.widgets.arrangement import ERROR, EXACT, INPUT
from convgui.widgets.view import View

TECHNIQUES = ("differential", "lsh")
PICTURES = {INPUT, EXACT, *TECHNIQUES, *(name + ERROR for name in TECHNIQUES)}


def make_image(height=60, width=80, name="scene.png"):
    noise = np.random.default_rng(0).integers(0, 40, (height, width, 3))
    slope = np.add.outer(np.arange(height), np.arange(width))[..., None] % 200
    return Image((slope + noise).astype(np.uint8), name)


IMAGE = make_image()


@pytest.fixture(scope="module")
def comparisons():
    sessions = {
        "blur": Session(),
        "bank": Session(filter_name="gabor", filter_count=6, kernel_size=5, stride=2, padding=1),
        "published": Session(lsh_as_published=True),
    }
    return {name: run(resolve(session, IMAGE)) for name, session in sessions.items()}


@pytest.fixture
def panel(qtbot):
    panel = ComparePanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.apply_theme(style.DARK)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def shown(panel, comparisons):
    panel.show_image(IMAGE)
    panel.show_comparison(comparisons["blur"])
    return panel


def picture(panel, name):
    return panel.pictures[name]


class TestShown:
    def test_an_image_is_shown_before_anything_is_run(self, panel):
        panel.show_image(IMAGE)
        assert picture(panel, INPUT).view.layer.pixels is IMAGE.pixels
        assert all(picture(panel, name).view.layer is None for name in PICTURES - {INPUT})

    def test_every_picture_shows_its_plane(self, shown, comparisons):
        comparison = comparisons["blur"]
        exact = comparison.exact.result.output[0]
        np.testing.assert_array_equal(picture(shown, EXACT).view.layer.pixels, exact)
        for name in TECHNIQUES:
            output = comparison[name].result.output[0]
            np.testing.assert_array_equal(picture(shown, name).view.layer.pixels, output)
            error = picture(shown, name + ERROR).view.layer.pixels
            np.testing.assert_allclose(error, output - exact)
        np.testing.assert_array_equal(picture(shown, INPUT).view.layer.pixels, IMAGE.pixels)

    def test_what_is_compared_has_the_same_levels(self, shown):
        outputs = {picture(shown, name).view.layer.levels for name in (EXACT, *TECHNIQUES)}
        errors = {picture(shown, name + ERROR).view.layer.levels for name in TECHNIQUES}
        assert len(outputs) == len(errors) == 1
        low, high = errors.pop()
        assert low == -high

    def test_absolute_errors_begin_at_zero(self, shown):
        shown.show_look(Look(error_mode="absolute"))
        panel = picture(shown, "lsh" + ERROR)
        assert panel.view.layer.levels[0] == 0
        assert (panel.view.layer.pixels >= 0).all()
        assert panel.title.accessibleName() == "|LSH − exact|"

    def test_titles_carry_the_figures(self, shown, comparisons):
        title = picture(shown, "lsh").title
        psnr = comparisons["blur"]["lsh"].accuracy.psnr
        assert f"{psnr:.1f} dB" in title.accessibleDescription()
        assert "200 % of the multiplications" in title.accessibleDescription()
        assert title.wording(10_000) == title.accessibleDescription()
        assert title.wording(60) == f"{psnr:.1f} dB"
        assert title.wording(0) == ""

    def test_values_that_are_not_finite_are_counted(self, panel, comparisons):
        comparison = comparisons["published"]
        panel.show_comparison(comparison)
        output = comparison["lsh"].result.output
        assert not np.isfinite(output).all()
        words = picture(panel, "lsh").title.accessibleDescription()
        assert "NaN" in words or "infinite" in words

    def test_a_flaw_that_is_left_in_is_named_and_never_cut(self, panel, comparisons):
        panel.show_comparison(comparisons["published"])
        title = picture(panel, "lsh").title
        assert title.accessibleName() == "LSH"
        assert "as published" in title.accessibleDescription()
        assert title.wording(100).startswith("as published")
        assert title.wording(40) == "publ."

    def test_a_short_title_makes_room_for_the_figures(self, shown):
        title = picture(shown, "differential" + ERROR).title
        assert title.name(1000) == "Differential − exact"
        assert title.name(150) == "Error"

    def test_the_chosen_filter_is_marked_in_every_theme(self, panel, comparisons):
        panel.show_comparison(comparisons["bank"])
        strip = panel.bank.strip
        for theme in (style.LIGHT, style.DARK):
            style.apply(theme)
            panel.apply_theme(theme)
            picture_ = strip.viewport().grab().toImage()
            assert picture_.pixelColor(strip.viewport().rect().bottomRight()).name() == (
                theme.image_background
            )
            place = strip.visualRect(strip.currentIndex())
            edge = {
                picture_.pixelColor(x, place.center().y()).name()
                for x in range(place.left(), place.left() + 6)
            }
            assert "#ffffff" in edge

    def test_a_bank_is_shown_one_filter_at_a_time(self, panel, comparisons, qtbot):
        comparison = comparisons["bank"]
        panel.show_comparison(comparison)
        strip = panel.bank.strip
        assert panel.bank.isVisible()
        assert strip.model().rowCount() == 6
        with qtbot.waitSignal(panel.filter_chosen) as asked:
            qtbot.keyClick(strip, Qt.Key.Key_Right)
        assert asked.args == [1]
        # Shown once its planes are at hand, which is not the panel's to see to.
        panel.set_filter_index(1)
        output = comparison["lsh"].result.output
        np.testing.assert_array_equal(picture(panel, "lsh").view.layer.pixels, output[1])
        with qtbot.assertNotEmitted(panel.filter_chosen):
            panel.set_filter_index(4)
        assert strip.currentIndex().row() == 4
        np.testing.assert_array_equal(picture(panel, "lsh").view.layer.pixels, output[4])

    def test_a_smaller_bank_shows_its_last_filter(self, panel, comparisons):
        panel.show_comparison(comparisons["bank"])
        panel.set_filter_index(5)
        panel.show_comparison(comparisons["blur"])
        assert not panel.bank.isVisible()
        exact = comparisons["blur"].exact.result.output
        np.testing.assert_array_equal(picture(panel, EXACT).view.layer.pixels, exact[0])

    def test_another_image_takes_the_old_results_away(self, shown):
        shown.show_image(make_image(30, 30))
        assert picture(shown, EXACT).view.layer is None

    def test_dimming_moves_nothing(self, shown):
        before = {name: picture(shown, name).geometry() for name in PICTURES}
        shown.show_progress_dimmed(True)
        assert {name: picture(shown, name).geometry() for name in PICTURES} == before
        shown.show_progress_dimmed(False)

    @pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=["light", "dark"])
    @pytest.mark.parametrize("size", [(380, 520), (1000, 500)])
    def test_it_paints_in_both_themes_and_all_sizes(self, shown, theme, size):
        shown.apply_theme(theme)
        shown.resize(*size)
        assert not shown.grab().isNull()

    @pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (3, 3)])
    def test_the_smallest_images_work(self, panel, shape):
        image = make_image(*shape)
        session = Session(filter_name="identity", kernel_size=1)
        panel.show_image(image)
        panel.show_comparison(run(resolve(session, image)))
        assert not panel.grab().isNull()


class TestLooking:
    def test_panels_look_at_the_same_place(self, shown):
        views = [picture(shown, name).view for name in PICTURES]
        assert len({view.view for view in views}) == 1
        views[2].moved.emit(View(20, 10, 9))
        assert {view.view for view in views} == {View(20, 10, 9)}
        shown.zoom_in()
        assert {view.view.scale for view in views} == {18}
        shown.zoom_out()
        shown.zoom_actual()
        assert {view.view.scale for view in views} == {1 / views[0].devicePixelRatioF()}
        shown.zoom_fit()
        assert {view.view.x for view in views} == {40}

    def test_unlinked_panels_move_alone(self, shown):
        shown.set_linked(False)
        exact, lsh = picture(shown, EXACT).view, picture(shown, "lsh").view
        before = exact.view
        lsh.moved.emit(View(20, 10, 9))
        assert (exact.view, lsh.view) == (before, View(20, 10, 9))
        shown.set_linked(True)
        assert exact.view == lsh.view

    def test_a_new_result_leaves_the_view_alone(self, shown, comparisons):
        view = picture(shown, EXACT).view
        view.moved.emit(View(20, 10, 9))
        shown.show_comparison(comparisons["bank"])
        assert view.view == View(20, 10, 9)

    def test_what_fits_still_fits_after_resizing(self, shown, qtbot):
        before = picture(shown, EXACT).view.view.scale
        shown.resize(1400, 1000)
        qtbot.waitUntil(lambda: picture(shown, EXACT).view.view.scale > before)
        views = {picture(shown, name).view.view for name in PICTURES}
        assert len(views) == 1

    def test_the_crosshair_is_at_the_same_place_in_all(self, shown, qtbot):
        view = picture(shown, "lsh").view
        middle = view.viewport().rect().center()
        with qtbot.waitSignal(shown.pixel_hovered) as asked:
            qtbot.mouseMove(view.viewport(), middle)
        points = {picture(shown, name).view.point for name in PICTURES}
        assert len(points) == 1
        probe = asked.args[0]
        x, y = points.pop()
        assert (probe.column, probe.row) == (int(x), int(y))

    def test_the_values_are_those_of_the_pixel(self, shown, comparisons, qtbot):
        comparison = comparisons["blur"]
        with qtbot.waitSignal(shown.pixel_hovered) as asked:
            picture(shown, EXACT).view.pointed.emit((20.5, 10.5))
        probe = asked.args[0]
        pixel = ",".join(f"{value:3d}".replace(" ", "\N{FIGURE SPACE}") for value in
                         IMAGE.pixels[10, 20])  # fmt: skip
        assert probe.texts[INPUT] == pixel
        # A 3 x 3 window without padding: its middle is one further right and down.
        exact = comparison.exact.result.output[0, 9, 19]
        lsh = comparison["lsh"].result.output[0, 9, 19]
        assert float(probe.texts[EXACT]) == pytest.approx(exact, abs=0.06)
        error = probe.texts["lsh" + ERROR].replace("−", "-")
        assert float(error) == pytest.approx(lsh - exact, abs=0.06)
        assert f"exact {probe.texts[EXACT]}" in shown.readout.text()

    def test_where_an_output_has_no_pixel_there_is_no_value(self, shown, qtbot):
        with qtbot.waitSignal(shown.pixel_hovered) as asked:
            picture(shown, INPUT).view.pointed.emit((0.5, 0.5))
        assert INPUT in asked.args[0].texts
        assert EXACT not in asked.args[0].texts
        with qtbot.waitSignal(shown.pixel_hovered) as asked:
            picture(shown, INPUT).view.pointed.emit(None)
        assert asked.args == [None]

    def test_the_values_keep_their_places(self, shown):
        readout = shown.readout
        height = readout.heightForWidth(300)
        shown.resize(1000, 600)
        picture(shown, EXACT).view.pointed.emit((20.5, 10.5))
        assert readout.heightForWidth(300) == height
        assert height >= 2 * readout.heightForWidth(5000)

    @pytest.mark.parametrize("width", range(260, 1000, 20))
    def test_a_technique_and_its_error_are_read_on_one_line(self, shown, width):
        lines = {field.key: y for field, _, y in shown.readout._places(width)}
        for name in TECHNIQUES:
            assert lines[name] == lines[name + ERROR]
        assert lines["x"] == lines["y"]

    def test_all_pictures_are_reached_by_key(self, shown, qtbot):
        view = picture(shown, EXACT).view
        view.setFocus(Qt.FocusReason.TabFocusReason)
        with qtbot.waitSignal(shown.pixel_hovered) as asked:
            qtbot.keyClick(view, Qt.Key.Key_Right)
        assert asked.args[0] is not None

    def test_everything_has_a_name(self, shown):
        for name in PICTURES:
            assert picture(shown, name).view.accessibleName()
            assert picture(shown, name).view.accessibleDescription() or name == INPUT
        assert shown.bank.strip.accessibleName()
        assert shown.accessibleName() == "Compare"

    def test_a_click_of_the_right_button_opens_nothing(self, shown, qtbot):
        view = picture(shown, EXACT).view
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(30, 30))
        assert QApplication.activePopupWidget() is None
