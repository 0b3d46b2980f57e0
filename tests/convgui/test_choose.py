"""A setting of LSH that is chosen: asked for, taken as one step of undo, confirmed or refuted."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest
from driving import noise, run_by, settle
from patience import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import cyconv
from convgui.model import choosing
from convgui.model.choosing import Wish
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from cyconv import LSH, Exact, LowRank


@pytest.fixture
def banked(window, qtbot):
    """A window with smooth pixels and a bank, where reuse pays."""
    y, x = np.mgrid[:96, :96] / 96
    pixels = np.round(120 + 60 * np.sin(5 * x) + 50 * np.cos(4 * y)).astype(np.uint8)
    run_by(window, qtbot, window.controller.set_image, Image(pixels, "smooth"))
    window.controller.change("filter_name", "gabor")
    run_by(window, qtbot, window.controller.change, "filter_count", 32)
    return window


def ask(window):
    """Clicks the button among LSH's parameters; gives the dialog."""
    QTest.mouseClick(window.parameters.choose, Qt.MouseButton.LeftButton)
    dialog = window.choose.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_a_budget_leads_to_a_setting_and_its_run_to_a_verdict(banked, qtbot):
    before = banked.controller.session
    dialog = ask(banked)
    dialog.percent.setValue(60)
    with qtbot.waitSignal(banked.choose.judged, timeout=WAIT_MS) as judged:
        QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    settle(banked, qtbot)
    (verdict,) = judged.args
    words = banked.messages.text.text()
    assert ("Confirmed" if verdict.confirmed else "Refuted") in words
    assert f"{verdict.psnr:.1f} dB" in words
    assert f"{verdict.fraction:.1%}" in words
    # The reason and all settings are there to unfold.
    assert "settings tried" in banked.messages.details.toPlainText()
    taken = banked.controller.session
    assert taken != before
    banked.controller.undo()
    assert banked.controller.session == before
    settle(banked, qtbot)


def test_an_accuracy_can_be_wanted_instead(banked, qtbot):
    dialog = ask(banked)
    assert not dialog.decibels.isEnabled()
    QTest.keyClick(dialog.by_accuracy, Qt.Key.Key_Space)
    assert dialog.decibels.isEnabled()
    dialog.decibels.setValue(20)
    with qtbot.waitSignal(banked.choose.judged, timeout=WAIT_MS) as judged:
        QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    settle(banked, qtbot)
    assert judged.args[0].psnr > 15
    assert banked.choose.kept()["budget"] is False


def test_where_nothing_pays_nothing_is_changed_and_it_is_said(window, qtbot):
    run_by(window, qtbot, window.controller.set_image, noise(40, 40))
    before = window.controller.session
    with qtbot.waitSignal(window.choose.noted, timeout=WAIT_MS) as told:
        window.choose.choose(Wish(False, decibels=140))
    settle(window, qtbot)
    assert window.controller.session == before
    assert "exact convolution" in told.args[0]


def test_a_change_meanwhile_is_not_written_over(compared, qtbot):
    compared.choose.choose(Wish(True, 60))
    run_by(compared, qtbot, compared.controller.change, "stride", 2)
    settle(compared, qtbot)
    assert compared.controller.session.family == Session().family
    assert "meanwhile" in compared.messages.text.text()


def test_the_settings_tried_are_counted_where_the_state_is_shown(compared, qtbot, monkeypatch):
    go_on = threading.Event()

    def held(image, filters, geometry, *, progress, **aim):
        for begun in itertools.count(1):
            progress(begun)
            if begun == 7:
                assert go_on.wait(WAIT_MS / 1000)
                raise cyconv.Cancelled

    monkeypatch.setattr(cyconv, "choose", held)
    compared.choose.choose(Wish(True, 60))
    qtbot.waitUntil(lambda: "7 tried" in compared.status.step.text(), timeout=WAIT_MS)
    go_on.set()
    qtbot.waitUntil(lambda: not compared.jobs.alive(), timeout=WAIT_MS)


def test_cancel_gives_the_choice_up(compared, qtbot):
    before = compared.controller.session
    compared.choose.choose(Wish(True, 60))
    assert compared.status.bar.isVisible()
    QTest.keyClick(compared, Qt.Key.Key_Escape)
    assert not compared.jobs.busy("choose")
    qtbot.waitUntil(lambda: not compared.jobs.alive(), timeout=WAIT_MS)
    assert compared.controller.session == before


def test_without_an_image_it_says_what_to_do(window):
    QTest.mouseClick(window.parameters.choose, Qt.MouseButton.LeftButton)
    assert window.choose.dialog is None
    assert "Open an image" in window.messages.text.text()


@pytest.mark.parametrize(
    "technique",
    [
        LSH(5, "principal", 12.5, "window", correction="projection", seed=3),
        LSH(3, "centred", None, 7, "first"),
        LowRank(4, "principal", seed=2),
    ],
)
def test_a_session_says_what_was_chosen(technique, compared):
    session = choosing.applied(Session(), technique)
    made = resolve(session, compared.controller.image).techniques
    assert technique in made


def test_exact_has_no_settings():
    assert choosing.applied(Session(), Exact()) is None


@pytest.mark.parametrize("kept", [{}, {"percent": "x"}, {"percent": -1.0, "decibels": 1e9}])
def test_what_was_wanted_last_is_taken_back_if_it_is_sound(window, kept):
    window.choose.restore(kept)
    assert window.choose.kept() == {"budget": True, "percent": 25.0, "decibels": 40.0}
    window.choose.restore({"budget": False, "percent": 12, "decibels": 33.5})
    assert window.choose.kept() == {"budget": False, "percent": 12.0, "decibels": 33.5}
