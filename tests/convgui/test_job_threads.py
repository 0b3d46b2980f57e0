"""Jobs whose thread never begins, or ends without a word: failed, and in nobody's way."""

from __future__ import annotations

import threading

from convgui.jobs import Jobs, _Job


def test_a_thread_that_ends_without_a_word_has_failed(qtbot, monkeypatch):
    monkeypatch.setattr(_Job, "_work", lambda job: None)
    jobs = Jobs()
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.submit("silent", lambda progress: 1)
    assert "without a word" in str(told.args[1].error)
    assert not jobs.busy()
    monkeypatch.undo()
    with qtbot.waitSignal(jobs.finished):
        jobs.submit("silent", lambda progress: 1)
    assert jobs.close()


def test_a_system_without_threads_is_told(qtbot, monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    jobs = Jobs()
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.submit("refused", lambda progress: 1)
    assert "new thread" in str(told.args[1].error)
    monkeypatch.undo()
    assert jobs.close()


def test_a_fault_in_a_job_that_nobody_waits_for_is_written_down(qtbot, caplog):
    began, go, told = threading.Event(), threading.Event(), []

    def fail(error, progress):
        began.set()
        go.wait()
        raise error

    jobs = Jobs()
    jobs.failed.connect(lambda *each: told.append(each))
    for error in (KeyError("in vain"), ValueError("the user's own")):
        began.clear()
        go.clear()
        jobs.submit("old", fail, error)
        qtbot.waitUntil(began.is_set)
        with qtbot.waitSignal(jobs.finished):
            jobs.submit("old", lambda progress: 1)
            go.set()
    written = [each.getMessage() for each in caplog.records if "wanted" in each.getMessage()]
    assert len(written) == 1
    assert "in vain" in written[0]
    assert not told
    assert jobs.close()
