"""What does not fit is refused by the kernels that differences are found and made with."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import bands
from cyconv.isa import kernels, levels, use

ROWS, WIDTH = 9, 40
STOP = np.zeros(1, np.intc)


@pytest.fixture(params=levels())
def native(request):
    with use(request.param):
        yield kernels()


def refused(call, given, changes, kinds=(IndexError,)):
    """Calls with one argument changed at a time; all must be refused."""
    call(*given.values())
    for name, value in changes:
        with pytest.raises(kinds):
            call(*(given | {name: value}).values())


def looked(pixel=np.uint8):
    """Gives what changes.plan takes for windows of 3 x 3 on an image of 11 x 42."""
    return {
        "image": np.zeros((2, ROWS + 2, WIDTH + 2), pixel), "before": None, "groups": 1,
        "above": 0, "left": 0, "references": np.array([[0, 1, 0]]), "down": np.arange(6),
        "last_down": np.arange(3), "taps": 3, "spread": 1, "stride": 1, "step": 4, "rows": ROWS,
        "width": WIDTH, "samples": 4, "worth": 1.0, "marks": np.empty((8, 2), np.uint64),
        "room": np.empty(6, np.intp), "counts": np.empty(3, np.intp),
        "tiles": np.empty((4, 3), np.intp), "taken": np.empty(3, np.uint8),
    }  # fmt: skip


@pytest.mark.parametrize("pixel", [np.uint8, np.float32, np.float64])
def test_looking(native, pixel):
    image = np.zeros((2, ROWS + 2, WIDTH + 2), pixel)
    refused(native.changes.plan, looked(pixel), [
        ("image", image[:0]), ("image", image[:, :0]), ("groups", 0), ("groups", 3), ("above", -1),
        ("left", -1),
        ("references", np.zeros((0, 3), int)), ("references", np.zeros((3, 3), int)),
        ("references", np.zeros((1, 2), int)), ("references", np.array([[0, -1, 0]])),
        ("references", np.array([[0, 0, 2]])), ("down", np.arange(7)), ("down", np.zeros(3, int)),
        ("down", np.zeros(0, int)), ("last_down", np.array([-1])), ("taps", 0), ("spread", 0),
        ("spread", 2**61), ("stride", 0), ("stride", 2**61), ("step", 0), ("rows", 0),
        ("rows", 20), ("width", 0), ("width", 90), ("samples", 0),
        ("marks", np.empty((7, 2), np.uint64)), ("marks", np.empty((8, 1), np.uint64)),
        ("room", np.empty(5, np.intp)), ("counts", np.empty(2, np.intp)),
        ("tiles", np.empty((3, 3), np.intp)), ("tiles", np.empty((4, 2), np.intp)),
        ("taken", np.empty(2, np.uint8)),
    ])  # fmt: skip
    frames = looked(pixel) | {"before": image, "references": np.array([[0, 0, 2]])}
    refused(native.changes.plan, frames, [
        ("before", None), ("before", image[:, 1:]), ("before", image[..., ::-1]),
    ])  # fmt: skip
    refused(native.changes.plan, looked(pixel), [
        ("image", np.zeros((2, 9, 9), int)), ("image", image[0]),
        ("marks", np.empty((8, 2), np.int64)), ("down", np.arange(6.0)),
    ], (ValueError, TypeError))  # fmt: skip


def test_comparing_channels(native):
    for empty in ((0, 3, 3), (2, 0, 3), (2, 3, 0)):
        with pytest.raises(IndexError):
            native.changes.alike(np.zeros(empty, np.uint8))
    with pytest.raises((ValueError, TypeError)):
        native.changes.alike(np.zeros((2, 3, 3), int))


def tiles(native):
    """Gives what follows the weights in skipping.convolve, from the tiles on."""
    return {
        "counts": np.array([3, 1, 1]), "kinds": np.array([1, 0, 1], np.uint8),
        "columns": np.array([[0, 16, 24], [0, 0, 0], [5, 0, 0], [0, 0, 0]]),
    }  # fmt: skip


def test_making_and_taking(native):
    def make(image, out, room, height, groups, weights, bias, tiles, before, ready, made, stop):
        offsets = np.add.outer(np.arange(3) * (WIDTH + 2), np.arange(3)).reshape(-1)
        native.skipping.convolve(
            image, out, room, 0, 0, 1, WIDTH + 2, 1, 3, offsets, 3, 3, ROWS, WIDTH, height,
            groups, weights, bias, tiles["counts"], tiles["columns"], tiles["kinds"], before,
            ready, True, np.zeros(8, np.intp), made, stop,
        )

    def settle(out, tiles, first, last, groups=1):
        native.taking.settle(
            out, ROWS, WIDTH, groups, tiles["counts"], tiles["columns"], tiles["kinds"],
            first, last,
        )

    image, out = np.ones((1, 11, WIDTH + 2), np.uint8), np.empty((2, ROWS * WIDTH), np.float32)
    given = {
        "image": image, "out": out, "room": np.empty(11 * (WIDTH + 2), np.float32), "height": 12,
        "groups": 1, "weights": np.ones(18, np.float32), "bias": None, "tiles": tiles(native),
        "before": None, "ready": np.empty(2, np.intp), "made": np.zeros(8, np.intp), "stop": STOP,
    }  # fmt: skip
    bad = [
        given["tiles"] | each
        for each in (
            {"counts": np.array([3, 1])}, {"counts": np.array([3, 4, 1])},
            {"counts": np.array([3, -1, 1])}, {"kinds": np.array([1, 0, 3], np.uint8)},
            {"kinds": np.array([1, 0, 0], np.uint8)}, {"kinds": np.array([1, 0], np.uint8)},
            {"columns": np.array([[0, 16, 25], [0, 0, 0], [5, 0, 0], [0, 0, 0]])},
            {"columns": np.array([[0, 24, 16], [0, 0, 0], [5, 0, 0], [0, 0, 0]])},
            {"columns": np.array([[-1, 16, 24], [0, 0, 0], [5, 0, 0], [0, 0, 0]])},
        )
    ]  # fmt: skip
    former = given["tiles"] | {"kinds": np.array([1, 0, 2], np.uint8)}
    refused(make, given, [
        ("image", image[:0]), ("out", out[:, 1:].copy()), ("out", out[:0]), ("room", out[0, :9]),
        ("height", 0), ("height", 6), ("groups", 0), ("groups", 2),
        ("weights", np.ones(17, np.float32)), ("bias", np.ones(1, np.float32)),
        ("before", out[:1]), ("ready", np.empty(1, np.intp)), ("ready", None), ("tiles", former),
        ("made", np.zeros(0, np.intp)), *(("tiles", each) for each in bad),
    ])  # fmt: skip
    refused(settle, {"out": out, "tiles": given["tiles"], "first": 0, "last": 2}, [
        ("out", out[:, 1:].copy()), ("first", -1), ("first", 3), ("last", 3),
        *(("tiles", each) for each in bad),
    ])  # fmt: skip
    assert (out == 9).all()
    with pytest.raises((ValueError, TypeError)):
        make(**(given | {"weights": np.ones(18)}))


def test_leaving_out(native):
    def leave_out(image, back, aside, reached, out, above):
        native.residues.leave_out(image, 1.0, True, back, aside, reached, out, above)

    image = np.zeros((2, 5, 6), np.uint8)
    refused(leave_out, {
        "image": image, "back": 1, "aside": 1, "reached": np.empty((3, 2, 6)),
        "out": np.empty((2, 5, 6), np.float32), "above": np.empty(5, np.uint8),
    }, [
        ("image", image[:0]), ("image", image[:, :0]), ("image", image[:, :4]), ("back", -1),
        ("aside", -1), ("back", 2), ("reached", np.empty((3, 1, 6))),
        ("reached", np.empty((3, 2, 5))), ("out", np.empty((2, 5, 5), np.float32)),
        ("out", np.empty((1, 5, 6), np.float32)), ("above", np.empty(4, np.uint8)),
    ])  # fmt: skip


def test_a_stage_of_little_work_is_one_threads():
    runner = bands.Runner(3, 1, None)
    assert runner.sharing(9, bands.INLINE) == 3
    assert runner.sharing(2, bands.INLINE) == 2
    assert runner.sharing(9, bands.INLINE - 1) == 1
