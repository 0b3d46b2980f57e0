"""The leak check is worth something only if it catches a leak."""

from __future__ import annotations

import threading

from patience import WAIT_SECONDS
from PySide6.QtWidgets import QDialog, QWidget

from convgui.jobs import Jobs


def test_a_widget_left_behind_is_found(find_leaks):
    left = QWidget()
    left.setObjectName("forgotten")

    assert "forgotten" in " ".join(find_leaks())

    left.deleteLater()
    assert find_leaks() == []


def test_a_widget_that_nothing_but_a_cycle_holds_is_no_leak(find_leaks):
    widget = QWidget()
    widget.myself = widget
    del widget

    assert find_leaks() == []


def test_a_dialog_that_is_closed_but_not_deleted_is_found(find_leaks):
    dialog = QDialog()
    dialog.open()
    dialog.close()

    assert len(find_leaks()) == 1

    dialog.deleteLater()


def test_a_thread_left_behind_is_found(find_leaks):
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    try:
        assert "forgotten" in " ".join(find_leaks())
    finally:
        end.set()
        thread.join()
    assert find_leaks() == []


def test_a_job_that_runs_on_is_found(find_leaks):
    end = threading.Event()
    jobs = Jobs()
    jobs.submit("deaf", lambda progress: end.wait(WAIT_SECONDS))

    assert jobs.close(timeout=0.01) is False
    assert "convgui-deaf" in " ".join(find_leaks())

    end.set()
    for thread in threading.enumerate():
        if thread.name == "convgui-deaf":
            thread.join()
