"""Jobs: newest wins, progress, cancel, failure, and a close after which nothing is told."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from patience import WAIT_SECONDS
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QThread

from convgui import jobs as jobs_module
from convgui.jobs import PROGRESS_SECONDS, QUIET_SECONDS, Failure, Jobs
from cyconv import Cancelled


class Gate:
    """A job that runs until it is let go, and polls like a kernel does."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.go = threading.Event()
        self.ended = threading.Event()
        self.told = 0

    def __call__(self, value, progress):
        self.started.set()
        try:
            while not self.go.wait(0.001):
                self.told += 1
                progress(self.told)
        finally:
            self.ended.set()
        return value


@pytest.fixture
def jobs(qapp):
    made = Jobs(grace={"patient": WAIT_SECONDS, "kind": 0.05})
    yield made
    assert made.close(WAIT_SECONDS)


@pytest.fixture
def heard(jobs):
    """Everything that the jobs tell, in order."""
    told = []
    jobs.finished.connect(lambda kind, value: told.append(("finished", kind, value)))
    jobs.failed.connect(lambda kind, failure: told.append(("failed", kind, failure)))
    jobs.cancelled.connect(lambda kind: told.append(("cancelled", kind)))
    return told


def spin(milliseconds):
    """Lets the event loop run for a while, where nothing is to be heard."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < milliseconds:
        QCoreApplication.processEvents()


def test_a_result_comes_on_the_thread_of_the_window(jobs, qtbot):
    here = []
    jobs.finished.connect(lambda kind, value: here.append(QThread.currentThread()))

    with qtbot.waitSignal(jobs.finished) as signal:
        jobs.submit("kind", lambda a, b, progress: (a, b, threading.current_thread()), 1, 2)

    kind, (a, b, thread) = signal.args
    assert (kind, a, b) == ("kind", 1, 2)
    assert thread is not threading.main_thread()
    assert here == [QThread.currentThread()]
    assert not jobs.busy()


def test_the_newest_of_a_kind_wins_and_those_between_never_start(jobs, heard, qtbot):
    old, between, newest = Gate(), Gate(), Gate()
    newest.go.set()
    jobs.submit("other", old, "old")
    qtbot.waitUntil(old.started.is_set)
    jobs.submit("other", between, "between")

    with qtbot.waitSignal(jobs.finished):
        jobs.submit("other", newest, "newest")

    assert heard == [("finished", "other", "newest")]
    assert old.ended.is_set()
    assert not between.started.is_set()


def test_a_short_job_with_grace_is_shown_though_a_newer_one_waits(jobs, heard, qtbot):
    old, newest = Gate(), Gate()
    jobs.submit("patient", old, "old")
    qtbot.waitUntil(old.started.is_set)
    jobs.submit("patient", newest, "newest")
    old.go.set()
    newest.go.set()

    qtbot.waitUntil(lambda: len(heard) == 2)
    assert [value for _, _, value in heard] == ["old", "newest"]


def test_a_long_job_loses_its_grace(jobs, heard, qtbot):
    old, newest = Gate(), Gate()
    newest.go.set()
    jobs.submit("kind", old, "old")
    qtbot.waitUntil(old.started.is_set)

    with qtbot.waitSignal(jobs.finished):
        jobs.submit("kind", newest, "newest")

    assert heard == [("finished", "kind", "newest")]


def test_kinds_do_not_hinder_each_other(jobs, heard, qtbot):
    slow = Gate()
    jobs.submit("kind", slow, "slow")
    qtbot.waitUntil(slow.started.is_set)

    with qtbot.waitSignal(jobs.finished):
        jobs.submit("other", lambda progress: "quick")

    assert heard == [("finished", "other", "quick")]
    assert jobs.busy("kind")
    slow.go.set()
    qtbot.waitUntil(lambda: not jobs.busy())


def test_progress_is_throttled_and_in_order(jobs, qtbot, monkeypatch):
    """However much a job tells: one report for each stretch of time, by a clock of the test's."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(jobs_module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    gate, reports = Gate(), []
    jobs.progressed.connect(lambda kind, report: reports.append(report))
    jobs.submit("kind", gate, None)

    def hears_more():
        before = gate.told
        qtbot.waitUntil(lambda: gate.told > before + 5)

    hears_more()
    clock.now += 0.9 * QUIET_SECONDS
    hears_more()
    # What is over by now shows no bar.
    assert not reports
    clock.now += 0.2 * QUIET_SECONDS
    for count in range(1, 6):
        qtbot.waitUntil(lambda wanted=count: len(reports) == wanted)
        hears_more()
        clock.now += 0.9 * PROGRESS_SECONDS
        hears_more()
        assert len(reports) == count
        clock.now += 0.2 * PROGRESS_SECONDS
    qtbot.waitUntil(lambda: len(reports) == 6)
    gate.go.set()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert reports == sorted(reports)
    assert gate.told > 50


def test_cancel_is_told_at_once_and_ends_the_job_when_it_next_asks(jobs, heard, qtbot):
    gate = Gate()
    jobs.submit("kind", gate, None)
    qtbot.waitUntil(lambda: gate.told > 0)

    jobs.cancel()
    before = gate.told
    assert heard == [("cancelled", "kind")]
    assert not jobs.busy()
    assert gate.ended.wait(WAIT_SECONDS)
    assert gate.told <= before + 1
    qtbot.waitUntil(lambda: not jobs.alive())
    assert heard == [("cancelled", "kind")]


def test_cancel_also_forgets_what_waits(jobs, heard, qtbot):
    running, waiting = Gate(), Gate()
    jobs.submit("kind", running, None)
    jobs.submit("kind", waiting, None)
    jobs.cancel("kind")
    qtbot.waitUntil(lambda: not jobs.alive())

    assert heard == [("cancelled", "kind")]
    assert not waiting.started.is_set()


def test_cancel_of_nothing_says_nothing(jobs, heard):
    jobs.cancel()
    jobs.cancel("kind")
    assert heard == []


def test_a_new_job_after_a_cancel_runs(jobs, heard, qtbot):
    first = Gate()
    jobs.submit("kind", first, "first")
    jobs.cancel()
    with qtbot.waitSignal(jobs.finished):
        jobs.submit("kind", lambda progress: "second")
    assert heard[-1] == ("finished", "kind", "second")


def test_a_dropped_job_is_silent(jobs, heard, qtbot):
    gate = Gate()
    jobs.submit("kind", gate, None)
    assert jobs.drop("kind") is True
    assert jobs.drop("kind") is False
    qtbot.waitUntil(lambda: not jobs.alive())
    assert heard == []


@pytest.mark.parametrize("kind_of_error", [ValueError, MemoryError, KeyError, SystemExit])
def test_a_failure_is_told_with_its_traceback_as_text(jobs, heard, qtbot, kind_of_error):
    def fails(progress):
        raise kind_of_error("no such thing")

    with qtbot.waitSignal(jobs.failed):
        jobs.submit("kind", fails)

    failure = heard[0][2]
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, kind_of_error)
    assert failure.error.__traceback__ is None
    assert "in fails" in failure.details


def test_a_job_that_cancels_itself_is_told_as_cancelled(jobs, heard, qtbot):
    def gives_up(progress):
        raise Cancelled

    with qtbot.waitSignal(jobs.cancelled):
        jobs.submit("kind", gives_up)
    assert heard == [("cancelled", "kind")]


def test_the_failure_of_an_old_job_is_not_told(jobs, heard, qtbot):
    go = threading.Event()

    def fails(progress):
        go.wait(WAIT_SECONDS)
        raise ValueError("old")

    jobs.submit("kind", fails)
    with qtbot.waitSignal(jobs.finished):
        jobs.submit("kind", lambda progress: "new")
        go.set()
    assert heard == [("finished", "kind", "new")]


def test_nothing_is_told_after_close(qapp, qtbot):
    jobs = Jobs()
    told = []
    for signal in (jobs.progressed, jobs.finished, jobs.failed):
        signal.connect(lambda *args: told.append(args))
    jobs.cancelled.connect(lambda kind: told.append(kind))
    gate = Gate()
    jobs.submit("kind", gate, None)
    assert gate.started.wait(WAIT_SECONDS)

    assert jobs.close(WAIT_SECONDS) is True
    assert gate.ended.is_set()
    jobs.submit("kind", gate, None)
    spin(50)
    assert told == []
    assert not jobs.busy()


def test_close_does_not_wait_for_ever(qapp):
    jobs, end = Jobs(), threading.Event()
    jobs.submit("deaf", lambda progress: end.wait(WAIT_SECONDS))
    (thread,) = (each for each in threading.enumerate() if each.name == "convgui-deaf")
    assert jobs.close(timeout=0.05) is False
    assert thread.is_alive(), "it is not waited for"
    end.set()
    thread.join()


def test_jobs_that_are_deleted_while_one_runs_do_no_harm(qapp):
    gate = Gate()
    jobs = Jobs()
    jobs.submit("kind", gate, None)
    assert gate.started.wait(WAIT_SECONDS)
    (thread,) = (each for each in threading.enumerate() if each.name == "convgui-kind")
    jobs.deleteLater()
    del jobs
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    spin(30)
    gate.go.set()
    assert gate.ended.wait(WAIT_SECONDS)
    thread.join(WAIT_SECONDS)
    assert not thread.is_alive()
