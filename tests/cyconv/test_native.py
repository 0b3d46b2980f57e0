"""Kernels never reach outside what they are given: each one checks before it starts."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import convolve
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


def direct(real, room, filters=FILTERS):
    """Gives what the kernels for exact convolution want: an image of just what they read."""
    lanes = kernels().lanes.BYTES // np.dtype(real).itemsize
    height, width = ROWS + 2, WIDTH + 2
    call = {
        "image": RNG.integers(-9, 10, (1, height, width)).astype(real),
        "out": np.zeros((filters, WINDOWS), real), "room": None, "above": 0,
        "left": 0, "phases": 1, "places": STEP, "step": 1, "span": 3, "offsets": OFFSETS,
        "rows": ROWS, "width": WIDTH, "height": 4, "groups": 1, "bias": np.ones(filters, real),
        "following": np.zeros(1, np.intp), "made": np.zeros(1, np.intp), "stop": STOP,
    }  # fmt: skip
    if room:
        call |= {"room": np.zeros(6 * STEP, real)}
    weights = RNG.integers(-9, 10, (filters, TAPS)).astype(real)
    wanted = weights @ windows(call["image"].reshape(-1)).T + 1
    return call, weights, wanted, lanes


def few(real, room=False):
    call, weights, wanted, _ = direct(real, room)
    call |= {"down": 3, "across": 3, "weights": weights.reshape(-1)}
    return kernels().few.convolve, call, wanted


def lanes(real, room=False, filters=FILTERS):
    call, weights, wanted, width = direct(real, room, filters)
    padded = -(-filters // width) * width
    packed = Ledger().array(padded * TAPS, real)
    kernels().lanes.lay_out(weights, 1, packed)
    bias = Ledger().array(padded, real)
    bias[:] = 1
    call |= {"shares": 1, "weights": packed, "bias": bias}
    return kernels().lanes.convolve, call, wanted


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


def subtract_reference(real):
    reference = RNG.integers(-9, 10, TAPS).astype(np.float64)
    call = {
        "band": image(real), "offsets": OFFSETS, "row_step": STEP, "width": WIDTH, "first": 0,
        "last": WINDOWS, "reference": reference, "reverse": False,
        "out": np.zeros((TAPS, WINDOWS)),
    }  # fmt: skip
    call["matrix"] = call.pop("out")
    return kernels().differences.subtract_reference, call, (windows(call["band"]) - reference).T


def subtract_left(real):
    call = {
        "band": image(real), "offsets": OFFSETS, "row_step": STEP, "width": WIDTH, "first": 0,
        "last": WINDOWS, "matrix": np.zeros((TAPS, WINDOWS)),
    }  # fmt: skip
    wanted = windows(call["band"]).T.reshape(TAPS, ROWS, WIDTH)
    wanted[:, :, 1:] -= wanted[:, :, :-1].copy()
    return kernels().differences.subtract_left, call, wanted.reshape(TAPS, WINDOWS)


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


SEEING = [tiles, hashing, subtract_reference, subtract_left, centroids]


def written(call):
    return call["out"] if "out" in call else call["matrix"]


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
        np.testing.assert_allclose(written(call), wanted, rtol=2e-7)

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
        before = written(call).copy()
        for name, changed in change.items():
            call[name] = changed(call[name])
        with pytest.raises(IndexError):
            run(**call)
        np.testing.assert_array_equal(written(call), before)

    def test_room_that_is_too_small_is_refused(self, kernel, real):
        run, call, _ = kernel(real)
        name = "out" if "out" in call else "matrix"
        call[name] = call[name][..., :-1].copy()
        with pytest.raises(IndexError):
            run(**call)

    def test_none_is_no_array(self, kernel, real):
        run, call, _ = kernel(real)
        for name in ("band", "offsets"):
            with pytest.raises(TypeError):
                run(**(call | {name: None}))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [few, lanes, tiles])
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_products_check_weights_and_bias(kernel, real):
    run, call, _ = kernel(real)
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
    with pytest.raises(IndexError):
        kernels().clusters.sort(IDS, starts, order[1:].copy(), STOP)


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [few, lanes])
@pytest.mark.parametrize("room", [True, False])
@pytest.mark.parametrize("real", [np.float32, np.float64])
class TestUnits:
    """Kernels that lay rows out themselves and take their work in units."""

    def test_the_last_window_may_end_with_the_image(self, kernel, room, real):
        run, call, wanted = kernel(real, room)
        run(**call)
        np.testing.assert_array_equal(call["out"], wanted)
        assert call["made"] == wanted.size
        assert call["following"] > 1

    @pytest.mark.parametrize(
        "change",
        [
            {"rows": lambda rows: rows + 1, "out": lambda _: np.zeros((FILTERS, 7 * WIDTH))},
            {"width": lambda width: width + 1, "out": lambda _: np.zeros((FILTERS, 6 * 131))},
            {"offsets": lambda offsets: offsets + 1},
            {"offsets": lambda offsets: offsets - 1},
            {"step": lambda step: 2},
            {"height": lambda height: 0},
            {"groups": lambda groups: 3},
            {"left": lambda left: -1},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_what_would_read_outside_is_refused(self, kernel, room, real, change):
        run, call, _ = kernel(real, room)
        for name, changed in change.items():
            call[name] = changed(call[name])
        call["out"] = call["out"].astype(real)
        if room and "rows" in change:
            call["height"] = 7
        with pytest.raises(IndexError):
            run(**call)
        assert not call["out"].any()

    def test_room_that_is_too_small_is_refused(self, kernel, room, real):
        run, call, _ = kernel(real, room)
        wrong = [{"out": call["out"][:, :-1].copy()}, {"weights": call["weights"][:-1]}]
        if room:
            wrong += [{"room": call["room"][:-1].copy()}, {"places": STEP + 1}]
        for each in wrong:
            with pytest.raises(IndexError):
                run(**(call | each))

    def test_an_image_of_another_kind_is_not_read_in_place(self, kernel, room, real):
        run, call, wanted = kernel(real, room)
        image = np.asfortranarray(call["image"])
        if room:
            run(**(call | {"image": image.astype(real)}))
            np.testing.assert_array_equal(call["out"], wanted)
            return
        for other in (image, call["image"][:, ::-1]):
            with pytest.raises(IndexError):
                run(**(call | {"image": other}))

    def test_units_that_others_took_are_left_alone(self, kernel, room, real):
        run, call, wanted = kernel(real, room)
        call["following"][0] = 1
        run(**call)
        made = call["out"].reshape(FILTERS, ROWS, WIDTH)
        assert not made[:, :4].any()
        np.testing.assert_array_equal(made[:, 4:], wanted.reshape(FILTERS, ROWS, WIDTH)[:, 4:])
        assert call["made"] == FILTERS * 2 * WIDTH


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("filters", [*range(1, 20), 31, 33, 47, 49, 64, 79, 81])
@pytest.mark.parametrize("shares", [1, 2, 5])
def test_filters_of_any_number_are_shared_out_whole(filters, shares):
    run, call, wanted = lanes(np.float32, filters=filters)
    run(**(call | {"shares": shares}))
    np.testing.assert_array_equal(call["out"], wanted)
    assert call["made"] == wanted.size


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("width", range(1, 70))
def test_rows_of_any_width_end_where_they_should(width):
    image = RNG.integers(-9, 10, (1, 9, width + 2)).astype(np.float32)
    for filters in (1, 48, 64):
        bank = RNG.integers(-9, 10, (filters, 1, 3, 3)).astype(np.float32)
        out = np.full((filters + 2, 7, width), 77, np.float32)
        convolve(image, bank, out=out[1:-1], threads=1)
        view = np.lib.stride_tricks.sliding_window_view(image[0], (3, 3))
        np.testing.assert_array_equal(
            out[1:-1], np.tensordot(bank[:, 0], view, ((1, 2), (2, 3)))
        )
        assert (out[[0, -1]] == 77).all()


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [tiles, centroids])
def test_a_kernel_that_is_told_to_stop_leaves_most_of_its_work(kernel):
    run, call, wanted = kernel(np.float32)
    made = run(**(call | {"stop": np.ones(1, np.intc)}))
    assert made in (0, (0, 0))
    assert not np.allclose(written(call), wanted)


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [few, lanes])
def test_a_kernel_that_is_told_to_stop_takes_no_unit(kernel):
    run, call, _ = kernel(np.float32)
    run(**(call | {"stop": np.ones(1, np.intc)}))
    assert call["made"] == 0
    assert not call["out"].any()
