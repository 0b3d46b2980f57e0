"""Kernels that take their work in units: they never read or write outside, and lose none."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import convolve
from cyconv.isa import kernels
from cyconv.memory import Ledger

ROWS, WIDTH, STEP, TAPS, FILTERS = 6, 130, 132, 9, 2
"""Output rows and columns, and the distance of two rows of the image; taps are 3 x 3."""

WINDOWS = ROWS * WIDTH
STOP = np.zeros(1, np.intc)
RNG = np.random.default_rng(62)
OFFSETS = np.add.outer(np.arange(3) * STEP, np.arange(3)).reshape(-1).astype(np.intp)


def windows(image):
    """Gives the windows as rows of a matrix."""
    view = np.lib.stride_tricks.sliding_window_view(image[0], (3, 3))
    return view.reshape(WINDOWS, TAPS).astype(np.float64)


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
    wanted = weights @ windows(call["image"]).T + 1
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
    call |= {"hop": 1, "shares": 1, "weights": packed, "bias": bias}
    return kernels().lanes.convolve, call, wanted


def columns(real, room=False, filters=FILTERS):
    call, weights, wanted, width = direct(real, room, filters)
    kernel, tile = kernels().columns, 2 * width
    packed = Ledger().array(kernel.padded(filters, 1) * TAPS, real)
    kernel.lay_out(weights, 1, packed)
    # Three tiles and what a copy of whole vectors writes too much.
    tiles = Ledger().array(3 * tile * TAPS + tile // 2, real)
    call |= {"shares": 1, "weights": packed, "packed": tiles}
    return kernel.convolve, call, wanted


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [few, lanes, columns])
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

    @pytest.mark.parametrize("from_end", [False, True])
    def test_threads_take_units_from_both_ends(self, kernel, room, real, from_end):
        run, call, wanted = kernel(real, room)
        # One unit is taken, by the thread that takes them from the other end.
        taken = np.array([1, from_end, not from_end, from_end], np.intp)
        run(**(call | {"following": taken}))
        made, whole = (each.reshape(FILTERS, ROWS, WIDTH) for each in (call["out"], wanted))
        own, other = (np.s_[:, 4:], np.s_[:, :4]) if from_end else (np.s_[:, :4], np.s_[:, 4:])
        np.testing.assert_array_equal(made[own], whole[own])
        assert not made[other].any()
        assert call["made"] == whole[own].size
        assert taken[3] == 1 + from_end


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("room", [True, False])
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_room_for_tiles_must_hold_one(real, room):
    run, call, wanted = columns(real, room)
    tile = kernels().columns.BYTES // np.dtype(real).itemsize
    least = tile * TAPS + tile // 2
    for wrong in (call["packed"][: least - 1], call["packed"][:0]):
        with pytest.raises(IndexError):
            run(**(call | {"packed": wrong}))
    if 2 * np.dtype(real).itemsize < kernels().columns.BYTES:
        with pytest.raises(ValueError, match="aligned"):
            run(**(call | {"packed": call["packed"][1:]}))
    assert not call["out"].any()
    run(**(call | {"packed": call["packed"][:least]}))
    np.testing.assert_array_equal(call["out"], wanted)


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_windows_two_values_apart_end_where_the_image_does(real):
    run, call, wanted = lanes(real)
    half = wanted.reshape(FILTERS, ROWS, WIDTH)[..., ::2].reshape(FILTERS, -1)
    call |= {"hop": 2, "width": WIDTH // 2, "out": np.zeros_like(half, real)}
    # The last window begins one column before the last that there is room for.
    run(**call)
    np.testing.assert_array_equal(call["out"], half)
    for change in (
        {"width": WIDTH // 2 + 1, "out": np.zeros((FILTERS, ROWS * (WIDTH // 2 + 1)), real)},
        {"hop": 3},
        {"hop": 0},
    ):
        with pytest.raises(IndexError):
            run(**(call | {"following": np.zeros(1, np.intp)} | change))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("filters", [*range(1, 20), 31, 33, 47, 49, 64, 79, 81])
@pytest.mark.parametrize("shares", [1, 2, 5])
@pytest.mark.parametrize("kernel", [lanes, columns])
def test_filters_of_any_number_are_shared_out_whole(kernel, filters, shares):
    run, call, wanted = kernel(np.float32, filters=filters)
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
@pytest.mark.parametrize("kernel", [few, lanes, columns])
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_a_bias_for_each_filter_is_wanted(kernel, real):
    run, call, _ = kernel(real)
    with pytest.raises(IndexError):
        run(**(call | {"bias": call["bias"][:1].copy()}))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("kernel", [few, lanes, columns])
def test_a_kernel_that_is_told_to_stop_takes_no_unit(kernel):
    run, call, _ = kernel(np.float32)
    run(**(call | {"stop": np.ones(1, np.intc)}))
    assert call["made"] == 0
    assert not call["out"].any()
