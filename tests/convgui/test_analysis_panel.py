"""The dock of analysis: levels typed in, exposure and gamma dragged, colours chosen."""

from __future__ import annotations

import numpy as np
import pytest
from driving import noise, run_by, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from convgui.model import planes
from convgui.model.maps import Levels
from convgui.widgets.value_edit import ValueEdit, parsed, short


@pytest.fixture
def analysis(compared):
    compared.dock_actions["analysis"].trigger()
    return compared.analysis


def type_in(edit, text):
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def levels(window, name):
    return window.compare.pictures[name].view.layer.levels


class TestValueEdit:
    @pytest.mark.parametrize(("text", "value"), [
        ("2.5", 2.5), ("−3", -3.0), ("1,5", 1.5), ("1e-7", 1e-7), (" 4 ", 4.0),
        ("nan", None), ("inf", None), ("", None), ("2..5", None),
    ])  # fmt: skip
    def test_numbers_are_read_as_people_type_them(self, text, value):
        assert parsed(text) == value

    @pytest.mark.parametrize(("value", "text"), [
        (572.2831, "572.28"), (-0.0, "0"), (1.5e-7, "1.5e−7"), (-2e12, "−2e12"), (100.0, "100"),
    ])  # fmt: skip
    def test_numbers_are_short(self, value, text):
        assert short(value) == text
        assert parsed(text) == pytest.approx(value, rel=1e-4)

    def test_what_is_no_number_is_taken_back(self, qtbot):
        edit = ValueEdit()
        qtbot.addWidget(edit)
        edit.set_value(1 / 3)
        with qtbot.assertNotEmitted(edit.changed):
            type_in(edit, "much")
            QTest.keyClick(edit, Qt.Key.Key_Return)
        assert edit.text() == "0.33333"
        assert edit.value == 1 / 3


def test_levels_that_are_typed_hold_for_all_that_is_compared(compared, analysis):
    automatic = levels(compared, "exact")
    form = analysis.images
    assert form.levels.high.value == pytest.approx(automatic[1])
    type_in(form.levels.low, "10")
    type_in(form.levels.high, "90")
    for name in ("exact", "differential", "lsh"):
        assert levels(compared, name) == (10.0, 90.0)
    assert levels(compared, "input") == (0.0, 255.0)
    assert form.findChildren(type(form._levels.dot))[0].text() == "●"
    form._levels.dot.click()
    assert levels(compared, "lsh") == automatic
    assert not compared.menus.entries["levels-auto"].isEnabled()


def test_signed_errors_keep_zero_in_the_middle(compared, analysis):
    form = analysis.errors
    assert not form.levels.low.isVisible()
    type_in(form.levels.high, "-40")
    assert levels(compared, "lsh.error") == (-40.0, 40.0)
    assert form.levels.high.text() == "40"


def test_levels_meant_for_another_kind_of_error_go_with_it(compared, analysis, qtbot):
    type_in(analysis.errors.levels.high, "40")
    analysis.errors.mode.setFocus()
    QTest.keyClick(analysis.errors.mode, Qt.Key.Key_Down)
    settle(compared, qtbot)
    assert compared.view.look.error_mode == "absolute"
    assert levels(compared, "lsh.error")[0] == 0
    assert levels(compared, "lsh.error")[1] != 40
    assert analysis.errors.levels.low.isVisible()
    type_in(analysis.errors.levels.low, "5")
    assert levels(compared, "lsh.error")[0] == 5


@pytest.mark.parametrize(("low", "high"), [("90", "10"), ("50", "50")])
def test_levels_the_wrong_way_round_give_way_to_the_last_one(compared, analysis, low, high):
    type_in(analysis.images.levels.low, low)
    type_in(analysis.images.levels.high, high)
    shown = levels(compared, "exact")
    assert shown[0] < shown[1] == float(high)


def test_dragging_exposure_and_gamma_changes_what_is_seen_alone(compared, analysis):
    view = compared.compare.pictures["exact"].view
    before, session = view.layer, compared.controller.session
    form = analysis.images
    form.exposure.slider.setValue(form.exposure.slider.value() + 10)
    form.gamma.slider.setValue(form.gamma.slider.value() + 10)
    look = compared.view.look
    assert (look.exposure, look.gamma) == (1.0, 1.5)
    assert view.layer.levels == (before.levels[0] / 2, before.levels[1] / 2)
    assert view.layer.table[100, 0] > 100
    assert view.layer.pixels is before.pixels
    colour = compared.compare.pictures["input"].view.layer
    assert colour.tone is not None or colour.table is not None
    assert compared.controller.session == session
    assert not compared.jobs.busy("run")
    words = compared.compare.pictures["exact"].bar.accessibleName()
    assert "γ 1.5" in words


def test_the_form_shows_what_the_menu_chose(compared, analysis, qtbot):
    compared.menus.entries["error-squared"].trigger()
    compared.menus.entries["map-sea"].trigger()
    settle(compared, qtbot)
    form = analysis.errors
    assert form.mode.currentData() == "squared"
    assert form.maps[False].isVisible()
    assert form.maps[False].currentData() == "sea"
    shown = levels(compared, "lsh.error")[1]
    qtbot.waitUntil(lambda: form.levels.high.value == pytest.approx(shown))


def test_a_kind_of_error_is_worked_out_off_the_window_s_thread(compared, qtbot, monkeypatch):
    told = []
    run_by(compared, qtbot, compared.controller.set_image, noise(64, 64))
    compared.jobs.started.connect(told.append)
    compared.view.set_error_mode("relative")
    before = compared.compare.pictures["lsh.error"].view.layer
    settle(compared, qtbot)
    assert told[0] == "look"
    after = compared.compare.pictures["lsh.error"].view.layer
    assert after is not before
    ready = planes.prepare(compared.controller.comparison, 0, "relative")
    np.testing.assert_array_equal(after.pixels, ready.errors["lsh"])
    told.clear()
    compared.view.set_error_mode("signed")
    assert compared.compare.pictures["lsh.error"].view.layer.levels[0] < 0, "at hand still"


def test_the_figure_shows_errors_as_the_window_does(compared, qtbot):
    compared.view.set_error_mode("squared")
    compared.view.change_look(size_map="sea", error_levels=Levels(0.0, 5.0), gamma=2.0)
    settle(compared, qtbot)
    options = compared.exporter.options()
    assert (options.error_mode, options.error_map) == ("squared", "sea")
    assert (options.error_levels, options.output_levels) == (Levels(0.0, 5.0), None)
    compared.view.set_automatic()
    assert compared.exporter.options().error_levels is None


def test_a_cancelled_look_is_shown_all_the_same(compared, qtbot):
    compared.view.set_error_mode("relative")
    compared.controller.cancel()
    settle(compared, qtbot)
    assert compared.compare.pictures["lsh.error"].view.layer.levels[0] == 0


def test_folded_groups_return(make_window, qtbot):
    first = make_window()
    first.dock_actions["analysis"].trigger()
    first.analysis.groups["images"].header.click()
    assert first.close()
    assert make_window().analysis.folded_groups() == ("images",)
