"""Closing the image: back to the empty state, whatever runs, and nothing of it comes back."""

from __future__ import annotations

import gc
import weakref

from driving import WAIT_MS, endless, noise, run_by, settle

from convgui import tasks
from convgui.model.samples import sample_path
from convgui.model.session import Session
from convgui.sessions import Document


def close(window):
    window.menus.entries["close"].trigger()


def is_empty(window):
    return (
        window.controller.image is None
        and window.controller.comparison is None
        and window.results.empty.isVisible()
        and not window.results.accuracy.isVisible()
        and window.compare._empty.isVisible()
        and window.status.step.text() == ""
        and not window.status.bar.isVisible()
    )


def test_everything_is_as_before_an_image_was_open(compared, qtbot):
    run_by(compared, qtbot, compared.controller.change, "hashes", 6)
    close(compared)
    qtbot.waitUntil(lambda: is_empty(compared), timeout=WAIT_MS)
    assert compared.controller.session == Session(hashes=6)
    for key in ("run", "close", "export-figure", "export-numbers", "zoom-fit"):
        assert not compared.menus.entries[key].isEnabled()
    assert "will stand here" in compared.results.empty.text()


def test_another_image_can_be_opened_after_it(compared, qtbot):
    close(compared)
    run_by(compared, qtbot, compared.opener.open_sample, "icon")
    qtbot.waitUntil(compared.results.accuracy.isVisible, timeout=WAIT_MS)
    assert not compared.results.empty.isVisible()


def test_a_run_is_dropped(window, qtbot, monkeypatch):
    monkeypatch.setattr(tasks, "run", endless)
    window.controller.set_image(noise(64, 64))
    with qtbot.waitSignal(window.controller.progressed, timeout=WAIT_MS):
        pass
    close(window)
    assert not window.jobs.busy()
    qtbot.waitUntil(lambda: not window.jobs.alive(), timeout=WAIT_MS)
    assert is_empty(window)


def test_a_result_that_is_on_its_way_is_not_shown(window, qtbot):
    # Numbers are drawn one step after they are told: the image is gone by then.
    window.controller.compared.connect(window.opener.close_image)
    with qtbot.waitSignal(window.controller.compared, timeout=WAIT_MS):
        window.controller.set_image(noise(64, 64))
    settle(window, qtbot)
    qtbot.waitUntil(lambda: is_empty(window), timeout=WAIT_MS)


def test_an_image_that_is_being_read_is_dropped(window, qtbot):
    opened = []
    window.opener.opened.connect(opened.append)
    window.opener.open_path(str(sample_path("coffee")))
    close(window)
    qtbot.waitUntil(lambda: not window.jobs.alive(), timeout=WAIT_MS)
    assert opened == []
    assert is_empty(window)


def test_what_was_said_about_it_goes_with_it(compared, qtbot):
    with qtbot.waitSignal(compared.controller.failed, timeout=WAIT_MS):
        compared.controller.change("kernel_size", 31)
    assert compared.messages.isVisible()
    close(compared)
    assert not compared.messages.isVisible()


def test_the_report_s_claims_go_with_it(compared, qtbot):
    with qtbot.waitSignal(compared.controller.measured, timeout=WAIT_MS):
        compared.controller.load_experiment("lsh")
    settle(compared, qtbot)
    close(compared)
    qtbot.waitUntil(lambda: is_empty(compared), timeout=WAIT_MS)
    assert not compared.results.published.isVisible()


def test_nothing_holds_it_or_its_result(window, qtbot):
    run_by(window, qtbot, window.opener.opened.emit, noise(64, 64))
    for dock in window.docks.values():
        dock.show()
    for number in range(window.tabs.count()):
        # Each tab is left with it, and hears of its end where nobody sees it.
        window.tabs.setCurrentIndex(number)
        settle(window, qtbot)
        window.grab()
    window.tabs.setCurrentIndex(0)
    comparison = window.controller.comparison
    outcomes = (comparison.exact, *comparison.outcomes)
    held = [weakref.ref(comparison), weakref.ref(window.controller.image)]
    held += [weakref.ref(each.result.output) for each in outcomes]
    del comparison, outcomes
    # The history goes with its session: what a run gave is kept to be compared with others.
    window.sessions.state.apply(Document(), "")

    def let_go():
        gc.collect()
        assert [type(each()) for each in held if each() is not None] == []

    qtbot.waitUntil(let_go, timeout=WAIT_MS)
