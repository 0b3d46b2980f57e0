"""Work that threads do together: who may join, how it ends, what comes out of it."""

import threading

import numpy as np
import pytest

from cyconv._native import probe
from cyconv.shift import Shift

PATIENCE = 120


def joined(shift, threads):
    """Lets so many threads join and waits for all of them."""
    crew = [threading.Thread(target=shift.join) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join(PATIENCE)


def test_every_place_is_taken_once():
    places = []
    shift = Shift(places.append, 5)
    joined(shift, 9)
    assert sorted(places) == [0, 1, 2, 3, 4]
    assert shift.wait(0)
    assert shift.failed is None


@pytest.mark.parametrize("busily", [False, True])
def test_it_is_not_over_before_all_have_worked(busily):
    go_on = threading.Event()
    shift = Shift(lambda place: go_on.wait(PATIENCE), 2)
    crew = [threading.Thread(target=shift.join) for _ in range(2)]
    crew[0].start()
    assert not shift.wait(0.01, busily=busily)
    crew[1].start()
    assert not shift.wait(0.01, busily=busily)
    go_on.set()
    assert shift.wait(PATIENCE, busily=busily)
    assert shift.wait(busily=busily), "it may be asked again"
    for thread in crew:
        thread.join(PATIENCE)


def test_places_that_nobody_took_are_not_waited_for():
    places = []
    shift = Shift(places.append, 3)
    shift.join()
    assert not shift.wait(0)
    shift.close()
    shift.close()
    assert shift.wait(0)
    shift.join()
    assert places == [2]


def test_the_first_failure_is_kept_and_the_others_work_on():
    def work(place):
        if place:
            raise ZeroDivisionError(place)

    shift = Shift(work, 3)
    for _ in range(3):
        shift.join()
    assert shift.wait(0)
    assert shift.failed.args == (2,)


def test_a_flag_is_looked_at_for_a_while():
    flag = np.zeros(1, np.intc)
    assert not probe.wait_busily(flag, 100)
    flag[0] = 1
    assert probe.wait_busily(flag, 0)
    with pytest.raises(IndexError):
        probe.wait_busily(flag[:0], 1)


def test_who_ends_last_is_told_to_say_so():
    shift = Shift(lambda place: None, 2)
    assert [shift.join(), shift.join(), shift.join()] == [False, True, False]
    assert not shift.ended[0]
    unneeded = Shift(lambda place: None, 2)
    assert not unneeded.join()
    unneeded.close()
    assert unneeded.ended[0]


def test_a_call_ends_looking_out():
    done, calls = np.zeros(1, np.intc), np.zeros(1, np.intp)
    looking = threading.Thread(target=probe.look_out, args=(done, calls, 0, 10**12, 1))
    looking.start()
    assert probe.wait_busily(done, 10**9), "it is said at once, not at the end"
    probe.call(calls)
    looking.join(PATIENCE)
    assert not looking.is_alive()
    assert calls[0] == 1
    probe.look_out(None, calls, 0, 10**12, 0)
    probe.look_out(None, calls, 1, 5, 0)
    with pytest.raises(IndexError):
        probe.look_out(done[:0], calls, 0, 1, 0)
    with pytest.raises(IndexError):
        probe.look_out(None, calls[:0], 0, 1, 0)
    with pytest.raises(IndexError):
        probe.call(calls[:0])
