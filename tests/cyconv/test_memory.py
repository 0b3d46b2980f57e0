"""Memory is counted as it is lent, and refused before it is too much."""

from __future__ import annotations

import builtins
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cyconv import memory
from cyconv.memory import CACHE_LINE, Ledger, available, require


def test_arrays_are_aligned_and_of_the_shape_asked_for():
    ledger = Ledger()
    for shape, dtype in [((3, 5), np.float32), (7, np.float64), ((2, 0), np.uint8)]:
        array = ledger.array(shape, dtype)
        assert array.shape == np.empty(shape).shape
        assert array.dtype == dtype
        assert array.ctypes.data % CACHE_LINE == 0 or array.size == 0


def test_the_most_held_at_once_is_remembered():
    ledger = Ledger()
    with ledger.borrow(1000, np.uint8), ledger.borrow(500, np.uint8):
        pass
    with ledger.borrow(1200, np.uint8):
        pass
    assert ledger.most == 1500 + 2 * CACHE_LINE
    ledger.count(2000)
    ledger.array(10, np.float64)
    assert ledger.most == 2080 + CACHE_LINE


def test_what_was_lent_is_given_back_after_an_error():
    ledger = Ledger()
    with pytest.raises(KeyError), ledger.borrow(1000, np.uint8):
        raise KeyError
    with ledger.borrow(900, np.uint8):
        assert ledger.most == 1000 + CACHE_LINE


def test_threads_may_borrow_at_once():
    ledger = Ledger()

    def work(_):
        for _ in range(200):
            with ledger.borrow(64, np.uint8):
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert ledger.most <= 4 * (64 + CACHE_LINE)
    before = ledger.most
    ledger.count(before)
    assert ledger.most == before, "everything was given back"


def test_this_machine_says_what_it_has_left():
    assert available() is None or available() > 1 << 20


def test_a_container_has_no_more_than_its_limit(monkeypatch, tmp_path):
    """The machine around it may have much more; taking it would end the program."""
    limit = tmp_path / "memory.max"
    places = [(str(each), "memory.current", "inactive_file") for each in (tmp_path / "none", limit)]
    monkeypatch.setattr(memory, "LIMITS", places)
    limit.write_text("max\n")
    free = available()
    limit.write_text("20000000\n")
    assert available() == 20_000_000
    with pytest.raises(MemoryError, match="an array would take 29 MiB, only 19 MiB are free"):
        require(30_000_000, "an array")
    assert free is None or free > 20_000_000
    (tmp_path / "memory.current").write_text("15000000\n")
    assert available() == 5_000_000, "what it has taken can't be had again"
    (tmp_path / "memory.stat").write_text("anon 9000000\ninactive_file 4000000\nfile 6000000\n")
    assert available() == 9_000_000, "files that nobody reads make room"
    (tmp_path / "memory.current").write_text("25000000\n")
    assert available() == 0


def test_a_machine_that_says_nothing_is_trusted(monkeypatch):
    def refuse(*_, **__):
        raise OSError

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(memory.os, "sysconf", refuse, raising=False)
    assert available() is None
    require(1 << 40, "an array")


def test_what_can_not_be_had_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 100 << 20)
    require(100 << 20, "an array")
    with pytest.raises(MemoryError, match=r"an array would take 101 MiB, only 100 MiB are free"):
        require(101 << 20, "an array")
    with pytest.raises(MemoryError, match=r"what the technique keeps would take 200 MiB"):
        Ledger().array((100, 2 << 20), np.uint8)


def test_more_than_an_address_holds_is_refused_everywhere(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: None)
    with pytest.raises(MemoryError, match="an array would take"):
        require(1 << 70, "an array")


def test_what_was_given_back_is_lent_again(monkeypatch):
    memory.SPARE.clear()
    ledger = Ledger()
    with ledger.borrow(100_000, np.uint8) as first:
        place = first.ctypes.data
    with ledger.borrow(20_000, np.float32) as second:
        assert second.ctypes.data == place
        with ledger.borrow(100_000, np.uint8) as third:
            assert not np.may_share_memory(second, third)
    with ledger.borrow(1000, np.uint8) as small:
        assert small.ctypes.data != place
    monkeypatch.setattr(memory, "SPARE_BYTES", 150_000)
    with ledger.borrow(90_000, np.uint8), ledger.borrow(90_000, np.uint8):
        pass
    assert sum(block.size for block in memory.SPARE._blocks) <= 150_000
    memory.SPARE.clear()
