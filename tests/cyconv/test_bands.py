"""Bands cover the rows once, jobs run and stop as told, and runs do not disturb each other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyconv import LSH, Differential, Exact, Part, bands, convolve, pool
from cyconv.bands import Runner, forced_height, split
from cyconv.shift import Shift

BIG = bands.SHORT + 1
PATIENCE = 120
"""Seconds after which a machine is not just full: something hangs."""


@given(st.integers(1, 5000), st.integers(0, 10**12), st.integers(0, 10**9), st.integers(1, 16))
def test_bands_cover_all_rows_once_in_order(rows, operations, size, threads):
    made = split(rows, operations, size, threads)
    assert [row for band in made for row in band] == list(range(rows))
    for band in made:
        assert len(band) == 1 or len(band) * operations <= bands.BAND_OPERATIONS
        assert len(band) == 1 or len(band) * size <= bands.BAND_BYTES


def test_work_worth_it_is_shared_by_all_threads():
    assert len(split(1000, 100_000, 10, 4)) >= 8
    assert len(split(100, 10, 10, 4)) == 1


def test_the_height_can_be_forced_for_a_while():
    before = split(10, 1, 1, 1)
    with forced_height(3):
        assert [len(band) for band in split(10, 1, 1, 1)] == [3, 3, 3, 1]
    assert split(10, 1, 1, 1) == before


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("weight", [1, BIG])
def test_a_runner_runs_every_job_once_and_adds_up(threads, weight):
    done = []

    def job(number):
        def work(stop):
            assert not stop[0]
            done.append(number)
            return [Part("a", number, 1), Part(f"b{number % 2}", 0, 1)]

        return work

    runner = Runner(threads, 100, None)
    runner.run((job(number) for number in range(20)), weight)
    assert sorted(done) == list(range(20))
    assert runner.executed["a"] == Part("a", 190, 20)
    assert runner.executed["b1"] == Part("b1", 0, 10)
    runner.run([], weight)
    assert runner.executed["a"] == Part("a", 190, 20)


def test_threads_beyond_reason_make_no_more_jobs():
    assert Runner(10**12, 1, None).threads == bands.MOST_THREADS
    assert len(split(10**6, 10**6, 1, bands.MOST_THREADS)) < 10**5
    image = np.random.default_rng(52).normal(size=(1, 300, 300)).astype(np.float32)
    bank, seen = np.ones((1, 1, 3, 3)), []
    begin = time.process_time()
    convolve(image, bank, LSH(32), threads=10**12, progress=lambda *each: seen.append(each))
    assert time.process_time() - begin < 10
    assert seen[-1][0] == 1


def test_jobs_run_at_once_but_no_more_than_threads():
    barrier = threading.Barrier(2)
    running, most, lock = 0, 0, threading.Lock()

    def work(stop):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        barrier.wait(timeout=PATIENCE)
        with lock:
            running -= 1
        return []

    Runner(2, 1, None).run([work] * 6, BIG)
    assert most == 2


def test_an_error_of_a_job_comes_out_once_all_others_have_stopped():
    started, ended = threading.Event(), threading.Event()

    def fails(stop):
        assert started.wait(timeout=PATIENCE)
        raise ZeroDivisionError

    def runs_until_told(stop):
        started.set()
        while not stop[0]:
            pass
        ended.set()
        return []

    with pytest.raises(ZeroDivisionError):
        Runner(2, 1, None).run([fails, runs_until_told, fails, fails], BIG)
    assert ended.is_set()


def test_runs_side_by_side_do_not_disturb_each_other():
    rng = np.random.default_rng(51)
    image = rng.normal(size=(3, 200, 211)).astype(np.float32)
    bank = rng.normal(size=(9, 3, 5, 5)).astype(np.float32)
    techniques = [Exact(), Differential(), Differential("previous"), LSH(6)] * 3
    wanted = [convolve(image, bank, each, threads=1).output for each in techniques]
    with ThreadPoolExecutor(6) as callers:
        given = list(callers.map(lambda each: convolve(image, bank, each, threads=3), techniques))
    for result, output in zip(given, wanted, strict=True):
        np.testing.assert_array_equal(result.output, output)


FORK = """
import os, sys, warnings
import numpy as np
from cyconv import convolve
image, bank = np.ones((1, 900, 900), np.float32), np.ones((4, 1, 5, 5))
assert (convolve(image, bank, threads=2).output == 25).all()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    child = os.fork()
if child == 0:
    os._exit(int(not (convolve(image, bank, threads=2).output == 25).all()))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(bands.os, "fork"), reason="there is no fork on this system")
def test_a_forked_child_has_threads_of_its_own():
    """Threads do not survive a fork: a pool kept from the parent would be waited for for ever."""
    done = subprocess.run([sys.executable, "-P", "-c", FORK], timeout=PATIENCE, check=False)
    assert done.returncode == 0


LATE = """
import threading
import numpy as np
from cyconv import convolve
image, bank = np.ones((1, 900, 900), np.float32), np.ones((4, 1, 5, 5))
def work():
    threading.main_thread().join()
    assert (convolve(image, bank, threads=2, progress=lambda *_: None).output == 25).all()
    print("done")
convolve(image, bank, threads=2)
threading.Thread(target=work).start()
"""


def test_a_run_while_the_interpreter_ends_does_without_a_pool():
    """Pools take no more work once the main thread has ended, other threads may still run."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LATE],
        timeout=PATIENCE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_a_run_that_ends_does_not_wait_for_threads_that_others_keep_busy():
    go_on, threads = threading.Event(), pool.crew()
    busy = Shift(lambda _: go_on.wait(PATIENCE), threads)
    pool.offer(busy, threads)

    def cancel(fraction, operations):
        raise bands.Cancelled

    with pytest.raises(bands.Cancelled):
        Runner(2, 1, cancel).run([lambda stop: []] * 4, BIG)
    assert not busy.wait(0)
    go_on.set()
    assert busy.wait(PATIENCE)
    assert busy.failed is None


@pytest.mark.parametrize("weight", [1, BIG])
def test_progress_is_told_now_and_then_however_many_jobs_there_are(weight):
    told = []
    runner = Runner(1, 1, lambda *each: told.append(each))
    begin = time.monotonic()
    for _ in range(20):
        runner.run([lambda stop: []] * 100, weight)
    assert len(told) <= 1 + (time.monotonic() - begin) / bands.TICK


@pytest.mark.parametrize("weight", [1, BIG])
def test_many_short_stages_tell_progress_too(weight):
    told = []
    runner = Runner(1, 1, lambda *each: told.append(each))
    for _ in range(10):
        runner.run([lambda stop: time.sleep(bands.TICK / 2) or []], weight)
    assert len(told) >= 3


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores can't be chosen here")
def test_threads_keep_off_the_callers_core_only_while_it_computes(monkeypatch):
    monkeypatch.setattr(pool, "FEW_CORES", 10**6)
    seen = Shift(lambda _: None, 1)
    pool.offer(seen, pool.crew() and 1)
    assert seen.wait(PATIENCE)
    cores = os.sched_getaffinity(0)
    pool.use_cores(beside_caller=True)
    for thread in pool._threads:
        given = os.sched_getaffinity(thread)
        assert given <= cores
        assert len(given) == max(1, len(cores) - 1)
    pool.use_cores(beside_caller=False)
    assert all(os.sched_getaffinity(thread) == cores for thread in pool._threads)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_failure_on_any_thread_comes_out_once_all_have_ended(number):
    busy, begun = [], threading.Barrier(3)

    def work(index):
        busy.append(index)
        begun.wait(PATIENCE)
        if index == number:
            raise ZeroDivisionError(index)
        busy.remove(index)

    pool.crew()
    with pytest.raises(ZeroDivisionError, match=str(number)):
        pool.together(work, 3)
    assert busy == [number]


def test_work_is_done_together_again_and_again():
    for count in range(200):
        left, made = iter(range(count % 7)), []

        def work(index, left=left, made=made):
            made.extend(left)

        pool.together(work, 2)
        assert sorted(made) == list(range(count % 7))


def test_who_is_interrupted_while_waiting_still_waits_for_the_others(monkeypatch):
    begun, go_on, ended = threading.Event(), threading.Event(), []
    wait = Shift.wait

    def interrupted(shift, timeout=None, *, busily=False):
        if busily:
            go_on.set()
            raise KeyboardInterrupt
        return wait(shift, timeout)

    def work(index):
        if index == 1:
            begun.wait(PATIENCE)
            return
        begun.set()
        go_on.wait(PATIENCE)
        time.sleep(0.05)
        ended.append(index)

    monkeypatch.setattr(Shift, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pool.together(work, 2)
    assert ended == [0]
