"""Faults inside the program: each is shown in a line, and the window lives on."""

from __future__ import annotations

import pytest
from driving import SMALL, WAIT_MS, run_by, settle
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from convgui import rescue, tasks
from convgui.explain import MOST_LETTERS, fault


def failing(*_):
    raise KeyError("deep\nwithin " + "x" * 500)


@pytest.fixture
def net(window):
    made = rescue.Rescue()
    made.caught.connect(window.tell_caught)
    made.install()
    yield made
    made.remove()


@pytest.mark.parametrize(
    ("task", "act"),
    [
        ("measure_errors", lambda window: window.looker.want_histogram(True)),
        ("prepare_planes", lambda window: window.menus.entries["error-flip"].trigger()),
    ],
)
def test_a_fault_in_a_job_that_nobody_speaks_for_is_shown(compared, qtbot, monkeypatch, task, act):
    monkeypatch.setattr(tasks, task, failing)
    act(compared)
    qtbot.waitUntil(lambda: "KeyError" in compared.messages.text.text(), timeout=WAIT_MS)
    text = compared.messages.text.text()
    assert "\n" not in text
    assert len(text) < MOST_LETTERS + 100
    assert "in failing" in compared.messages.details.toPlainText()
    monkeypatch.undo()
    settle(compared, qtbot)
    assert run_by(compared, qtbot, compared.opener.open_sample, SMALL) is not None


def test_a_want_of_memory_is_told_in_words_wherever_it_comes():
    assert "not enough memory" in fault("MemoryError")
    assert "not enough memory" in fault("_ArrayMemoryError: Unable to allocate 7 TiB")


def test_the_calls_of_qt_that_a_fault_came_through_are_left_to_the_details():
    through = "Error calling Python override of QFrame::eventFilter(): "
    assert "program: KeyError: 'x'. You" in fault(f"KeyError: {through * 30}'x'")


@pytest.mark.parametrize("name", ["keeper.keep", "exporter.may_close", "inspect.close_down"])
def test_the_window_closes_whatever_fails_meanwhile(compared, net, monkeypatch, name):
    part, method = name.split(".")
    monkeypatch.setattr(getattr(compared, part), method, failing)
    assert compared.close()
    assert not compared.jobs.alive()
    assert "KeyError" in compared.messages.text.text()


def test_bytes_that_call_themselves_an_image_are_no_image(window):
    data = QMimeData()
    data.setData("application/x-qt-image", b"\x89PNG")
    QGuiApplication.clipboard().setMimeData(data)
    window.opener.paste()
    assert "no image to paste" in window.messages.text.text()
    QGuiApplication.clipboard().clear()
