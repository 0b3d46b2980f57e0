"""Dragging a slider: results come first, and what is put off meanwhile is told whole at the end."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from driving import endless, noise, run_by, settle
from patience import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from convgui import tasks
from convgui.model import maps, planes
from convgui.model.prepare import prepared
from convgui.pace import Pace
from convgui.widgets.image_view import ImageView
from convgui.widgets.layer import Layer


@pytest.fixture
def slider(window, qtbot):
    """The slider of the divisor, beside a small image that was compared."""
    run_by(window, qtbot, window.controller.set_image, noise(60, 80))
    # The history takes a run once it is shown.
    QApplication.processEvents()
    return window.parameters.rows["divisor"].editor.slider


def test_the_history_takes_a_drag_when_it_is_over(window, slider, qtbot):
    before = len(window.history.recorder.journal.runs)
    results = []
    window.controller.compared.connect(results.append)
    slider.setSliderDown(True)
    for step in range(1, 5):
        run_by(window, qtbot, slider.setValue, slider.minimum() + 20 * step)
    QApplication.processEvents()
    assert len(results) >= 4
    assert len(window.history.recorder.journal.runs) == before
    slider.setSliderDown(False)
    settle(window, qtbot)
    QApplication.processEvents()
    runs = window.history.recorder.journal.runs
    assert len(runs) == before + 1
    assert runs[-1].session == window.controller.session
    assert runs[-1].session == window.controller.comparison.request.session


def test_steps_during_a_run_are_told_together_and_the_last_is_run(
    window, slider, qtbot, monkeypatch
):
    controller, told = window.controller, []
    whole = tasks.run
    monkeypatch.setattr(tasks, "run", endless)
    controller.session_changed.connect(lambda session, image: told.append(session))
    slider.setSliderDown(True)
    for step in range(1, 9):
        slider.setValue(slider.minimum() + 20 * step)
    # The first began a run; seven came while it went on.
    assert len(told) == 1
    assert controller.session.divisor != told[0].divisor
    monkeypatch.setattr(tasks, "run", whole)
    slider.setSliderDown(False)
    assert told[-1] is controller.session
    settle(window, qtbot)
    qtbot.waitUntil(
        lambda: controller.comparison.request.session == controller.session, timeout=WAIT_MS
    )
    controller.undo()
    assert controller.session.divisor == type(controller.session)().divisor
    settle(window, qtbot)


def test_a_change_that_was_put_off_is_told_soon_though_the_run_goes_on(
    window, slider, qtbot, monkeypatch
):
    monkeypatch.setattr(tasks, "run", endless)
    slider.setSliderDown(True)
    slider.setValue(slider.minimum() + 30)
    with qtbot.waitSignal(window.controller.session_changed, timeout=WAIT_MS) as told:
        slider.setValue(slider.minimum() + 60)
    assert told.args[0] is window.controller.session
    window.controller.cancel()
    slider.setSliderDown(False)


def test_another_filter_of_a_bank_is_worked_out_off_the_windows_thread(
    compared, qtbot, monkeypatch
):
    compared.controller.change("filter_name", "gabor")
    comparison = run_by(compared, qtbot, compared.controller.change, "filter_count", 3)
    workers = []
    work_out = planes._work_out

    def noted(*args):
        workers.append(threading.current_thread())
        return work_out(*args)

    monkeypatch.setattr(planes, "_work_out", noted)
    strip = compared.compare.bank.strip
    for index in (1, 2, 0):
        key = Qt.Key.Key_Right if index else Qt.Key.Key_Home
        qtbot.keyClick(strip, key)
        settle(compared, qtbot)
        assert compared.compare.filter_index == index
        shown = compared.compare.pictures["lsh"].view.layer.pixels
        np.testing.assert_array_equal(shown, comparison["lsh"].result.output[index])
    assert workers
    assert threading.main_thread() not in workers


def test_outside_of_a_drag_nothing_is_put_off(qapp):
    told = []
    pace = Pace(qapp, lambda: told.append(1))
    assert not pace.put_off(busy=True)
    assert pace.step("stride") is None
    pace.begin()
    assert not pace.put_off(busy=False)
    assert pace.put_off(busy=True)
    first = pace.step("stride")
    pace.end()
    assert told == [1]
    pace.catch_up()
    assert told == [1]
    pace.begin()
    assert pace.step("stride") != first
    pace.end()


def test_states_are_told_in_a_drag_only_where_they_are_others(qapp):
    pace = Pace(qapp, lambda: None)
    assert pace.is_news("idle")
    assert pace.is_news("idle")
    pace.begin()
    assert not pace.is_news("idle")
    assert pace.is_news("running")
    assert not pace.is_news("running")
    pace.end()
    assert pace.is_news("running")


def test_runs_of_one_image_share_its_planes_while_they_are_held():
    pixels = np.zeros((6, 8, 3), np.uint8)
    planes = prepared(pixels)
    assert prepared(pixels) is planes
    assert prepared(pixels, 4, 3) is not planes
    assert prepared(pixels, gray=True).shape == (1, 6, 8)
    assert prepared(pixels.copy()) is not planes


@pytest.mark.parametrize("percent", [0.1, 0.5, 10, 50, 90, 99.5, 99.9, 100])
@pytest.mark.parametrize("kind", ["normal", "two values", "sorted", "periodic", "few"])
def test_percentiles_of_many_values_are_exact(percent, kind):
    rng = np.random.default_rng(3)
    values = {
        "normal": rng.normal(0, 9, 40_000),
        "two values": np.repeat([0.0, 7.0], [39_990, 10]),
        "sorted": np.arange(40_000.0),
        # What a guess from every ninth value would take for all there is.
        "periodic": np.where(np.arange(40_000) % 9 == 0, 1000.0, rng.random(40_000)),
        "few": rng.integers(0, 4, 40_000).astype(float),
    }[kind].astype(np.float32)
    wanted = np.percentile(values.astype(np.float64), percent)
    assert maps.percentile([values], percent) == pytest.approx(
        np.percentile(np.abs(values).astype(np.float64), percent), rel=1e-12
    )
    levels = maps._quantile(values, percent)
    assert levels == pytest.approx(wanted, rel=1e-12)


def test_a_picture_that_is_the_same_is_not_taken_anew(qtbot):
    pixels = np.arange(48, dtype=np.uint8).reshape(6, 8)
    pixels.flags.writeable = False
    first, again = Layer(pixels, (0, 255)), Layer(pixels[:], (0, 255))
    assert again.looks_like(first)
    assert not again.looks_like(None)
    assert not Layer(pixels, (0, 99)).looks_like(first)
    assert not Layer(pixels[1:], (0, 255)).looks_like(first)
    changing = pixels.copy()
    assert not Layer(changing, (0, 255)).looks_like(Layer(changing, (0, 255)))
    view = ImageView()
    qtbot.addWidget(view)
    view.set_layer(first)
    view.set_layer(again)
    assert view.layer is first


class _Counting(ImageView):
    painted = 0

    def paintEvent(self, event):
        type(self).painted += 1
        super().paintEvent(event)


def test_another_picture_is_painted_once(qtbot):
    view = _Counting()
    qtbot.addWidget(view)
    view.resize(80, 60)
    view.show()
    qtbot.waitExposed(view)
    view.set_layer(Layer(np.zeros((6, 8)), (0.0, 1.0)))
    for _ in range(5):
        QApplication.processEvents()
    before = _Counting.painted
    view.set_layer(Layer(np.ones((6, 8)), (0.0, 1.0)))
    for _ in range(5):
        QApplication.processEvents()
    assert _Counting.painted == before + 1


def test_the_result_of_former_parameters_stays_dimmed_where_the_new_ones_are_refused(
    window, slider, qtbot
):
    controller, told = window.controller, []
    controller.change("hashes", 3)
    controller.allow = lambda *_: False
    controller.change("hashes", 5)
    controller.stale.connect(told.append)
    settle(window, qtbot)
    assert controller.comparison.request.session.hashes == 3
    assert controller.session.hashes == 5
    assert told[-1] is True
