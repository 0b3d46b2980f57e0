"""The line at the bottom, and labels that give way."""

from __future__ import annotations

import pytest

from convgui.model.compute import Progress
from convgui.panels.status import STEPS, StatusLine
from convgui.widgets.elided import ElidedLabel
from cyconv import Operations, Part


@pytest.fixture
def line(qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(900, 30)
    return made


def test_a_run_shows_how_far_it_is_and_what_it_did(line):
    operations = Operations((Part("products", 100_000_000, 28_400_000),))
    line.show_progress(Progress("lsh", "LSH, products", 0.613, operations, 24_100_000))
    assert line.step.text() == "LSH, products, 61 %"
    assert line.bar.value() == round(0.613 * STEPS)
    assert "128.4 M" in line.operations.text()
    assert "24.1 MB" in line.memory.text()
    assert not line.bar.isHidden()
    assert not line.cancel.isHidden()


def test_what_can_not_tell_how_far_it_is_shows_that_it_runs(line):
    line.show_busy("Reading photo.png")
    assert (line.bar.minimum(), line.bar.maximum()) == (0, 0)
    assert line.operations.text() == ""
    assert not line.cancel.isHidden()


def test_at_rest_there_is_nothing_to_cancel(line):
    height = line.minimumHeight()
    line.show_busy("Reading photo.png")
    line.show_idle("photo.png")
    assert line.bar.isHidden()
    assert line.cancel.isHidden()
    assert line.step.text() == "photo.png"
    assert line.minimumHeight() == height


def test_cancel_is_asked_for(line, qtbot):
    line.show_busy("Reading photo.png")
    with qtbot.waitSignal(line.cancel_requested):
        line.cancel.click()


def test_it_says_what_it_runs_on(line):
    line.show_machine("v4", 2)
    assert line.machine.text() == "v4 × 2"
    assert "2 threads" in line.machine.toolTip()


def test_a_long_text_needs_no_room_and_is_whole_in_the_tooltip(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    text = "a very long name of a file " * 10
    label.setText(text)
    label.resize(80, 20)
    assert label.minimumSizeHint().width() == 0
    assert label.toolTip() == text
    assert not label.grab().isNull()
