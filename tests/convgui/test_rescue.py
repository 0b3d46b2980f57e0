"""Faults that nobody else catches are logged and told, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning

from convgui import log, rescue


@pytest.fixture
def net(qapp):
    made = rescue.Rescue()
    made.told = []
    made.caught.connect(lambda text, details: made.told.append((text, details)))
    before = sys.excepthook, threading.excepthook
    made.install()
    yield made
    made.remove()
    sys.excepthook, threading.excepthook = before


def fault():
    raise KeyError("nobody thought of this")


def test_an_exception_in_a_slot_is_logged_and_told(net):
    try:
        fault()
    except KeyError:
        sys.excepthook(*sys.exc_info())
    ((text, details),) = net.told
    assert "nobody thought of this" in text
    assert "in fault" in details
    assert "in fault" in log.path().read_text(encoding="utf-8")


def test_an_exception_in_a_thread_is_told_on_the_window_s_thread(net, qtbot):
    threads = []
    net.caught.connect(lambda text, details: threads.append(threading.current_thread()))
    thread = threading.Thread(target=fault)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(net.told) == 1)
    assert "nobody thought of this" in net.told[0][0]


def test_a_keyboard_interrupt_ends_the_program_as_usual(net, capsys):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert net.told == []


def test_a_fault_at_every_repaint_is_told_once(net):
    for _ in range(100):
        try:
            fault()
        except KeyError:
            sys.excepthook(*sys.exc_info())
    assert len(net.told) == 1
    assert log.path().read_text(encoding="utf-8").count("Traceback") == 1


def test_a_fault_is_the_same_whichever_way_it_came_and_whatever_numbers_it_names(net):
    def numbered(number, deep=0):
        if deep:
            numbered(number, deep - 1)
        raise KeyError(f"at every repaint, number {number}")

    for number in range(100):
        rescue.attempted(lambda number=number: numbered(number, number % 7))
    # Raised in the line itself, and told apart from one that is raised elsewhere.
    assert len(net.told) == 1
    rescue.attempted(fault)
    assert len(net.told) == 2
    net.forget()
    rescue.attempted(fault)
    assert len(net.told) == 3


def test_a_flood_of_different_faults_is_told_in_part(net, monkeypatch):
    for number in range(5 * rescue.MOST_KNOWN):
        sys.excepthook(KeyError, KeyError(number), None)
    assert len(net.told) == rescue.MOST_KNOWN
    # What comes later is told again.
    monkeypatch.setattr(rescue, "SAME_SECONDS", 0.0)
    rescue.attempted(fault)
    assert len(net.told) == rescue.MOST_KNOWN + 1


def test_an_exception_that_can_not_be_told_in_words_is_told_by_name(net):
    class Wordless(Exception):
        def __str__(self):
            raise ValueError("no words")

    sys.excepthook(Wordless, Wordless(), None)
    assert net.told[0][0] == "Wordless"


def test_a_fault_while_something_is_put_away_is_told(net):
    class Stubborn:
        def __del__(self):
            fault()

    Stubborn()
    assert "nobody thought of this" in net.told[0][0]


def test_a_fault_with_nobody_to_read_it_in_a_terminal_is_told(net, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    sys.excepthook(KeyError, KeyError("silent"), None)
    assert len(net.told) == 1


def test_an_attempt_that_fails_is_told_and_gives_the_other_answer(net):
    assert rescue.attempted(fault, 7) == 7
    assert rescue.attempted(lambda: 5, 7) == 5
    assert len(net.told) == 1


def test_what_qt_says_goes_to_the_log(net):
    qWarning("a warning of Qt")
    assert "a warning of Qt" in log.path().read_text(encoding="utf-8")


def test_a_log_that_can_not_be_written_stops_nothing(qapp, own_folders):
    own_folders.write_text("a file where a folder should be")
    net = rescue.Rescue()
    net.install()
    logging.getLogger("convgui").info("still here")
    net.remove()
    assert sys.excepthook is sys.__excepthook__
