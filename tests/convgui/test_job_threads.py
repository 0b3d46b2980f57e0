"""The threads that jobs are done on: kept from job to job, and no longer than the jobs."""

from __future__ import annotations

import threading
import time
import weakref

import pytest
from patience import WAIT_SECONDS

from convgui.jobs import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.close(WAIT_SECONDS)


def test_jobs_of_a_kind_share_a_thread_that_ends_with_them(jobs, qtbot):
    threads = []
    jobs.finished.connect(lambda kind, value: threads.append(value))
    for kind in ("one", "one", "other", "one"):
        with qtbot.waitSignal(jobs.finished):
            jobs.submit(kind, lambda progress: threading.current_thread())
    one, again, other, last = threads
    assert one is again is last
    assert other is not one
    assert one.is_alive()
    assert jobs.close(WAIT_SECONDS)
    assert not one.is_alive()
    assert not other.is_alive()


def test_a_thread_keeps_nothing_of_a_job_that_it_has_done(jobs, qtbot):
    class Large:
        """Can be referred to weakly, which a number can't."""

    def give(progress):
        made = Large()
        gone.append(weakref.ref(made))
        return made

    gone = []
    with qtbot.waitSignal(jobs.finished):
        jobs.submit("kind", give)
    with qtbot.waitSignal(jobs.finished):
        jobs.submit("other", lambda progress: None)
    qtbot.waitUntil(lambda: gone[0]() is None)


def test_what_two_answers_lead_to_happens_in_turns_of_their_own(jobs):
    told, counts = [], []
    jobs.finished.connect(lambda kind, value: told.append(kind))
    for kind in ("one", "other"):
        jobs.submit(kind, lambda progress: None)
    for job in list(jobs._running.values()):
        while job.look() is None:
            time.sleep(0.001)
    for _ in range(3):
        jobs._look()
        counts.append(len(told))
    assert counts == [1, 2, 2]
