"""A run that takes more memory than there is asks first, once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from driving import WAIT_MS, run_by
from PySide6.QtCore import Qt

from cyconv import memory


@pytest.fixture
def little(compared, monkeypatch):
    """The window when next to nothing is free any more."""
    monkeypatch.setattr(memory, "available", lambda: 50_000_000)
    return compared


def large(window):
    session = replace(window.controller.session, width=2000, height=2000)
    return lambda: window.controller.take(session)


def answer(window, qtbot, words):
    button = next(each for each in window.messages.answers if each.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_what_a_run_takes_and_what_is_free(compared):
    assert "free" in compared.status.memory.text()


def test_too_large_a_run_asks_and_can_be_left(little, qtbot):
    last = little.controller.comparison
    large(little)()
    assert little.messages.topic == "memory"
    assert "50" in little.messages.text.text()
    assert not little.jobs.busy("run")
    answer(little, qtbot, "Cancel")
    assert little.controller.comparison is last
    # Still larger: the answer is known.
    little.controller.change("height", 5000)
    assert little.messages.topic == ""
    assert not little.jobs.busy("run")
    # What fits just runs.
    run_by(little, qtbot, little.controller.reset_all)
    assert little.messages.topic == ""


def test_the_same_run_asks_again(little, qtbot):
    large(little)()
    answer(little, qtbot, "Cancel")
    little.menus.entries["run"].trigger()
    assert little.messages.topic == "memory"


def test_a_question_about_what_is_no_longer_wanted_goes(little, qtbot):
    large(little)()
    run_by(little, qtbot, little.controller.undo)
    assert little.messages.topic == ""


def test_run_anyway_runs_and_does_not_ask_twice(little, qtbot, monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 100_000)
    little.controller.change("hashes", 3)
    assert little.messages.topic == "memory"
    with qtbot.waitSignal(little.controller.compared, timeout=WAIT_MS):
        answer(little, qtbot, "Run anyway")
    run_by(little, qtbot, little.controller.change, "hashes", 1)
    assert little.messages.topic == ""


def test_what_is_not_shown_goes_before_it_asks(little, qtbot):
    run_by(little, qtbot, little.controller.change, "hashes", 3)
    run_by(little, qtbot, little.controller.change, "hashes", 4)
    recorder = little.history.recorder
    qtbot.waitUntil(lambda: recorder.journal.last == 3, timeout=WAIT_MS)
    held = recorder._outputs
    assert held.find(1) is not None
    large(little)()
    assert [number for number in (1, 2, 3) if held.find(number)] == [3]
