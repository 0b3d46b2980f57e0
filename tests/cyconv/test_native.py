"""Kernels never reach outside what they are given: each one checks before it starts."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv.isa import kernels
from cyconv.memory import Ledger
from cyconv.products import pack_blocks

ROWS, WIDTH, STEP = 6, 130, 132
"""Output rows and columns, and the distance of two rows of the image; taps are 3 x 3."""

WINDOWS, TAPS, FILTERS, HASHES, CLUSTERS = ROWS * WIDTH, 9, 2, 3, 4
STOP = np.zeros(1, np.intc)
RNG = np.random.default_rng(61)
OFFSETS = np.add.outer(np.arange(3) * STEP, np.arange(3)).reshape(-1).astype(np.intp)
LENGTH = (ROWS - 1) * STEP + WIDTH - 1 + int(OFFSETS.max()) + 1
IDS = RNG.integers(0, CLUSTERS, WINDOWS).astype(np.int32)
IDS[:CLUSTERS] = range(CLUSTERS)


def windows(band):
    """Gives the windows as rows of a matrix."""
    starts = (np.arange(ROWS)[:, None] * STEP + np.arange(WIDTH)).reshape(-1)
    return band[starts[:, None] + OFFSETS].astype(np.float64)


def image(real):
    return RNG.integers(-9, 10, LENGTH).astype(real)


def tiles(real):
    weights = RNG.integers(-9, 10, (FILTERS, TAPS)).astype(real)
    columns = kernels().tiles.COLUMNS[np.dtype(real).name]
    call = {
        "band": image(real), "offsets": OFFSETS, "row_step": STEP, "width": WIDTH, "first": 0,
        "last": WINDOWS, "weights": pack_blocks(weights, np.dtype(real), Ledger()),
        "bias": np.ones(FILTERS, real), "sums": None,
        "packed": Ledger().array(kernels().tiles.CHUNK * columns + columns // 2, real),
        "out": np.zeros((FILTERS, WINDOWS), real), "stop": STOP,
    }  # fmt: skip
    return kernels().tiles.multiply, call, weights @ windows(call["band"]).T + 1


def hashing(real):
    """Summed up as doubles, whatever the band holds."""
    vectors = RNG.uniform(-1, 1, (HASHES, TAPS))
    call = {
        "band": image(real), "offsets": OFFSETS, "row_step": STEP, "width": WIDTH, "first": 0,
        "last": WINDOWS, "directions": vectors.T.copy(), "out": np.zeros((HASHES, WINDOWS)),
        "stop": STOP,
    }  # fmt: skip
    return kernels().hashing.project, call, vectors @ windows(call["band"]).T


def centroids(real):
    order = np.argsort(IDS, kind="stable").astype(np.int32)
    counts = np.bincount(IDS, minlength=CLUSTERS)
    call = {
        "band": image(real), "offsets": OFFSETS, "run": 3, "row_step": STEP, "width": WIDTH,
        "order": order, "starts": np.concatenate([[0], counts.cumsum()]).astype(np.int32),
        "first": 0, "last": CLUSTERS, "doubling": False, "sums": np.zeros(TAPS),
        "out": np.zeros((TAPS, CLUSTERS), real), "stop": STOP,
    }  # fmt: skip
    means = [windows(call["band"])[each == IDS].mean(axis=0) for each in range(CLUSTERS)]
    return kernels().clusters.centroids, call, np.array(means).T


SEEING = [tiles, hashing, centroids]


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", SEEING)
@pytest.mark.parametrize("real", [np.float32, np.float64])
class TestWindows:
    """Kernels that read windows from a band, which is just as long as they need it here."""

    def test_the_last_window_may_end_with_the_band(self, kernel, real):
        run, call, wanted = kernel(real)
        run(**call)
        np.testing.assert_allclose(call["out"], wanted, rtol=2e-7)

    @pytest.mark.parametrize(
        "change",
        [
            {"band": lambda band: band[:-1]},
            {"row_step": lambda step: step + 1},
            {"width": lambda width: 0},
            {"offsets": lambda offsets: offsets + 1},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_a_window_outside_is_refused_before_anything_is_written(self, kernel, real, change):
        run, call, _ = kernel(real)
        before = call["out"].copy()
        for name, changed in change.items():
            call[name] = changed(call[name])
        with pytest.raises(IndexError):
            run(**call)
        np.testing.assert_array_equal(call["out"], before)

    def test_room_that_is_too_small_is_refused(self, kernel, real):
        run, call, _ = kernel(real)
        call["out"] = call["out"][..., :-1].copy()
        with pytest.raises(IndexError):
            run(**call)

    def test_none_is_no_array(self, kernel, real):
        run, call, _ = kernel(real)
        for name in ("band", "offsets"):
            with pytest.raises(TypeError):
                run(**(call | {name: None}))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_products_check_weights_and_bias(real):
    run, call, _ = tiles(real)
    for name in ("weights", "bias"):
        with pytest.raises(IndexError):
            run(**(call | {name: call[name][: TAPS - 1 if name == "weights" else 1].copy()}))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("filters", range(1, 14))
def test_a_block_of_filters_must_be_there_whole(filters):
    """The zeros that fill the last block up are read, too."""
    run, call, _ = tiles(np.float32)
    weights = RNG.integers(-9, 10, (filters, TAPS)).astype(np.float32)
    packed = pack_blocks(weights, np.dtype(np.float32), Ledger())
    call |= {"bias": None, "out": np.zeros((filters, WINDOWS), np.float32)}
    run(**(call | {"weights": packed}))
    np.testing.assert_array_equal(call["out"], weights @ windows(call["band"]).T)
    with pytest.raises(IndexError):
        run(**(call | {"weights": packed[:-1]}))


def few_keys(keys, size):
    """Gives the arguments that number keys below ``size``; what is written is full of rubbish."""
    rubbish = (np.full(each, 7, np.int32) for each in (size, len(keys), size, (4, size)))
    return [keys, *rubbish, STOP]


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kinds", [1, 7, 64])
def test_numbers_follow_the_first_appearance(kinds):
    keys = RNG.integers(0, kinds, WINDOWS).astype(np.uint64)
    call = few_keys(keys, 64)
    found = kernels().codes.number_few(*call)
    _, ids, firsts, counts = call[1:5]
    unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    assert found == len(unique)
    np.testing.assert_array_equal(ids, np.argsort(np.argsort(first))[inverse])
    np.testing.assert_array_equal(firsts[:found], np.sort(first))
    np.testing.assert_array_equal(counts.sum(axis=0)[:found], np.bincount(ids))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize(
    ("place", "shape"), [(1, 63), (2, 8), (3, 63), (4, (4, 63)), (4, (3, 64))],
    ids=["no power of two", "too few ids", "too few firsts", "too few counts", "three rows"],
)  # fmt: skip
def test_tables_that_do_not_fit_the_keys_are_refused(place, shape):
    call = few_keys(np.zeros(9, np.uint64), 64)
    call[place] = np.zeros(shape, np.int32)
    with pytest.raises(IndexError):
        kernels().codes.number_few(*call)


@pytest.mark.usefixtures("each_level")
def test_only_the_bits_that_the_table_has_room_for_are_looked_at():
    keys = RNG.integers(0, 2**63, WINDOWS).astype(np.uint64)
    call, low = few_keys(keys, 64), few_keys(keys & np.uint64(63), 64)
    assert kernels().codes.number_few(*call) == kernels().codes.number_few(*low)
    np.testing.assert_array_equal(call[2], low[2])


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_keys_alone_take_room_for_a_row_of_products(real):
    _, call, wanted = hashing(real)
    keys, every = np.zeros(WINDOWS, np.uint64), np.zeros(HASHES)
    keyed = {
        "origins": every, "inverses": every, "bits": np.ones(HASHES, np.int32), "keys": keys
    }  # fmt: skip
    kernels().hashing.project(**(call | keyed | {"out": np.zeros((HASHES, WIDTH))}))
    np.testing.assert_array_equal(keys, [4, 2, 1] @ (wanted > 0))
    with pytest.raises(IndexError):
        kernels().hashing.project(**(call | {"out": np.zeros((HASHES, WIDTH))}))
    with pytest.raises(IndexError):
        kernels().hashing.project(**(call | keyed | {"out": np.zeros((HASHES, WIDTH - 1))}))


@pytest.mark.usefixtures("each_level")
def test_doubles_are_not_summed_up_as_floats():
    _, call, _ = hashing(np.float64)
    narrow = {name: call[name].astype(np.float32) for name in ("directions", "out")}
    with pytest.raises(ValueError, match="directions"):
        kernels().hashing.project(**(call | narrow))


@pytest.mark.usefixtures("each_level")
def test_members_are_listed_in_raster_order():
    starts, order = np.zeros(CLUSTERS + 1, np.int32), np.zeros(WINDOWS, np.int32)
    kernels().clusters.sort(IDS, starts, order, STOP)
    np.testing.assert_array_equal(order, np.argsort(IDS, kind="stable"))
    np.testing.assert_array_equal(np.diff(starts), np.bincount(IDS))
    counts, again = np.bincount(IDS).astype(np.int32), np.zeros(WINDOWS, np.int32)
    kernels().clusters.sort(IDS, starts, again, STOP, counts)
    np.testing.assert_array_equal(again, order)
    np.testing.assert_array_equal(np.diff(starts), counts)
    with pytest.raises(IndexError):
        kernels().clusters.sort(IDS, starts, order[1:].copy(), STOP)
    for wrong in (counts[1:], counts + 1, -counts):
        with pytest.raises(IndexError):
            kernels().clusters.sort(IDS, starts, order, STOP, wrong)


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [tiles, centroids])
def test_a_kernel_that_is_told_to_stop_leaves_most_of_its_work(kernel):
    run, call, wanted = kernel(np.float32)
    made = run(**(call | {"stop": np.ones(1, np.intc)}))
    assert made in (0, (0, 0))
    assert not np.allclose(call["out"], wanted)
