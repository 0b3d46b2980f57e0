"""The leak check is worth something only if it catches a leak."""

from __future__ import annotations

import mmap
import os
import subprocess
import sys
import threading

import pytest
from patience import WAIT_SECONDS
from PySide6.QtCore import QTimer, QVariantAnimation
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


def test_a_timer_left_ticking_is_found(find_leaks):
    timer = QTimer(interval=60_000, objectName="forgotten")
    assert find_leaks() == []
    timer.start()
    assert "forgotten" in " ".join(find_leaks())
    timer.stop()
    assert find_leaks() == []


def test_an_animation_left_running_is_found(find_leaks):
    animation = QVariantAnimation(startValue=0, endValue=9, duration=60_000)
    animation.start()
    assert "QVariantAnimation" in " ".join(find_leaks())
    animation.stop()
    assert find_leaks() == []


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux")
def test_a_process_left_behind_is_found(find_leaks):
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert find_leaks() == [f"process {child.pid}"]
    finally:
        child.communicate(b"\n")
    assert find_leaks() == []


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux")
def test_shared_memory_left_behind_is_found(find_leaks):
    descriptor = os.memfd_create("forgotten")
    os.ftruncate(descriptor, 4096)
    with mmap.mmap(descriptor, 4096):
        os.close(descriptor)
        assert "forgotten" in " ".join(find_leaks())
    assert find_leaks() == []
