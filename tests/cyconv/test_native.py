"""Kernels never reach outside what they are given: each one checks before it starts."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv.isa import kernels, levels, use
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
    vectors = RNG.uniform(-1, 1, (HASHES, TAPS))
    call = {
        "band": image(real), "offsets": OFFSETS, "row_step": STEP, "width": WIDTH, "first": 0,
        "last": WINDOWS, "vectors": vectors,
        "packed": Ledger().array(TAPS * kernels().hashing.COLUMNS, np.float64),
        "out": np.zeros(WINDOWS, np.uint32), "stop": STOP,
    }  # fmt: skip
    bits = windows(call["band"]) @ vectors.T > 0
    return kernels().hashing.signatures, call, bits @ [4, 2, 1]


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


@pytest.fixture(params=levels())
def each_level(request):
    with use(request.param):
        yield


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


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("direct", [True, False])
def test_numbers_follow_the_first_appearance(direct):
    signatures = RNG.integers(0, 50, WINDOWS).astype(np.uint32) * (1 if direct else 0x1234567)
    size = 64 if direct else 2048
    keys = None if direct else np.zeros(size, np.uint32)
    ids = np.zeros(WINDOWS, np.int32)
    found = kernels().clusters.number(signatures, np.full(size, 7, np.int32), keys, ids, STOP)
    unique, first, inverse = np.unique(signatures, return_index=True, return_inverse=True)
    assert found == len(unique)
    np.testing.assert_array_equal(ids, np.argsort(np.argsort(first))[inverse])


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize(
    ("slots", "keys", "ids"),
    [(63, None, 9), (64, None, 8), (16, 8, 9), (8, 8, 9)],
    ids=["no power of two", "too few ids", "too few keys", "a table that would be full"],
)
def test_tables_that_do_not_fit_the_signatures_are_refused(slots, keys, ids):
    with pytest.raises(IndexError):
        kernels().clusters.number(
            np.zeros(9, np.uint32),
            np.full(slots, -1, np.int32),
            None if keys is None else np.zeros(keys, np.uint32),
            np.zeros(ids, np.int32),
            STOP,
        )


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
