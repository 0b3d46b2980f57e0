"""The kernels of reuse, one by one: what they give, and that they stay inside what they get."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv.isa import kernels
from cyconv.memory import Ledger

STOP = np.zeros(1, np.intc)
RNG = np.random.default_rng(71)
ROWS, WIDTH, STEP = 5, 61, 63
OFFSETS = np.add.outer(np.arange(3) * STEP, np.arange(3)).reshape(-1).astype(np.intp)
LENGTH = (ROWS - 1) * STEP + WIDTH - 1 + int(OFFSETS.max()) + 1
WINDOWS = ROWS * WIDTH
STARTS = (np.arange(ROWS)[:, None] * STEP + np.arange(WIDTH)).reshape(-1)
IDS = np.concatenate([np.arange(4), RNG.integers(0, 4, WINDOWS - 4)]).astype(np.int32)
ORDER = np.argsort(IDS, kind="stable").astype(np.int32)
FIRSTS = np.concatenate([[0], np.bincount(IDS).cumsum()]).astype(np.int32)


@pytest.fixture(autouse=True)
def at_each_level(each_level):
    """Every test is of each level."""


def aligned(values):
    room = Ledger().array(values.shape, values.dtype)
    room[...] = values
    return room


@pytest.mark.parametrize("real", [np.float32, np.float64])
@pytest.mark.parametrize("module", ["projections", "hashing"])
@pytest.mark.parametrize("hashes", [1, 2, 3, 7, 8, 13, 19])
def test_projections_are_products(real, module, hashes):
    band = RNG.integers(0, 256, LENGTH).astype(real)
    directions = RNG.integers(-9, 10, (9, hashes)).astype(real)
    project = getattr(kernels(), module).project
    for first, last in ((0, WINDOWS), (3, 40), (58, 64), (7, 8)):
        out = np.full((hashes, last - first), np.nan, real)
        made = project(band, OFFSETS, STEP, WIDTH, first, last, directions, out, STOP)
        assert made == (last - first) * hashes
        wanted = band[STARTS[first:last, None] + OFFSETS] @ directions
        np.testing.assert_array_equal(out.T, wanted)
        # With a grid the first of them become keys on the way, as they would afterwards.
        coded = min(hashes, 9)
        grid = [
            np.full(coded, -900.5), np.where(np.arange(coded) % 3, 0.02, 0.0),
            np.where(np.arange(coded) % 3, 7, 1).astype(np.int32),
        ]
        keys = np.full((2, last - first), 5, np.uint64)
        keys[1] = 0
        project(band, OFFSETS, STEP, WIDTH, first, last, directions, out, STOP, *grid, keys[0])
        np.testing.assert_array_equal(out.T, wanted)
        kernels().codes.encode(out[:coded], *grid, keys[1], STOP)
        np.testing.assert_array_equal(*keys)


def test_projections_refuse_what_does_not_fit():
    band, out = np.zeros(LENGTH, np.float32), np.zeros((2, WINDOWS), np.float32)
    good = [band, OFFSETS, STEP, WIDTH, 0, WINDOWS, np.zeros((9, 2), np.float32), out, STOP]
    for index, bad in ((0, band[1:]), (6, np.zeros((8, 2), np.float32)), (7, out[:, 1:]),
                       (7, out[:1]), (7, np.zeros((WINDOWS, 2), np.float32).T)):  # fmt: skip
        with pytest.raises(IndexError):
            kernels().projections.project(*good[:index], bad, *good[index + 1 :])
    grid = [np.zeros(2), np.zeros(2), np.ones(2, np.int32), np.zeros(WINDOWS, np.uint64)]
    for index, bad in ((0, None), (1, np.zeros(3)), (2, np.ones(1, np.int32)), (3, grid[3][1:])):
        with pytest.raises(IndexError):
            kernels().projections.project(*good, *grid[:index], bad, *grid[index + 1 :])


@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_codes_are_put_side_by_side(real):
    planes = RNG.normal(scale=40, size=(3, 2100)).astype(real)
    planes[0, 7], planes[1, 9], planes[2, 11] = np.nan, np.inf, -np.inf
    keys = np.full(2100, 5, np.uint64)
    origins, inverses = np.array([-200.0, 3.0, -150.0]), np.array([0.25, 0.0, 0.5])
    kernels().codes.encode(planes, origins, inverses, np.array([8, 1, 4], np.int32), keys, STOP)
    with np.errstate(invalid="ignore"):
        first = np.clip(np.nan_to_num(np.floor((planes[0] + 200) / 4)), 0, 255)
        last = np.clip(np.floor((planes[2] + 150) / 2), 0, 15)
    wanted = (((5 * 256 + first) * 2 + (planes[1] > 3)) * 16 + last).astype(np.uint64)
    np.testing.assert_array_equal(keys, wanted)
    with pytest.raises(ValueError, match="1 to 31 bits"):
        kernels().codes.encode(planes, origins, inverses, np.array([8, 0, 4], np.int32), keys, STOP)
    with pytest.raises(IndexError):
        kernels().codes.encode(planes, origins[1:], inverses, np.ones(3, np.int32), keys, STOP)


def test_keys_are_numbered_as_they_appear_in_tables_that_grow():
    keys = RNG.integers(0, 700, 5000).astype(np.uint64) << np.uint64(33)
    ids = np.zeros(5000, np.int32)
    firsts, counts = np.zeros(2500, np.int32), np.zeros(2500, np.int32)
    at = found = 0
    for size in (4, 64, 1024, 8192):
        slots = np.full((size, 2), 9, np.uint64)
        room = [np.concatenate([each, np.zeros(3000, np.int32)]) for each in (firsts, counts)]
        at, found = kernels().codes.number(keys, slots, ids, *room, at, found, STOP)
        firsts, counts = room
        assert at == 5000 or found == size // 2
    _, where, inverse, size = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(where)
    assert found == len(where)
    np.testing.assert_array_equal(firsts[:found], where[order])
    np.testing.assert_array_equal(counts[:found], size[order])
    np.testing.assert_array_equal(ids, np.argsort(order)[inverse])
    with pytest.raises(IndexError):
        kernels().codes.number(keys, np.zeros((3, 2), np.uint64), ids, firsts, counts, 0, 0, STOP)
    few = np.zeros(10, np.int32)
    with pytest.raises(IndexError):
        kernels().codes.number(keys, np.zeros((64, 2), np.uint64), ids, few, few, 0, 0, STOP)


def chosen(cluster, most):
    members = np.flatnonzero(cluster == IDS)
    if most >= len(members):
        return members
    return members[[(2 * k + 1) * len(members) // (2 * most) for k in range(most)]] if (
        most > 1
    ) else members[:1]


@pytest.mark.parametrize("most", [1, 3, 2**31 - 1])
@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_means_are_those_of_the_members(most, real):
    band = RNG.integers(0, 256, LENGTH).astype(real)
    wanted = np.array([
        band[STARTS[chosen(each, most), None] + OFFSETS].mean(axis=0, dtype=np.float64)
        for each in range(4)
    ]).T.astype(real)
    for run in (1, 3):
        out = np.full((9, 4), np.nan, real)
        divided, added = kernels().tables.means(
            band, OFFSETS, run, STEP, WIDTH, ORDER, FIRSTS, 0, 4, most, np.zeros(72), out, STOP
        )
        np.testing.assert_array_equal(out, wanted)
        taken = sum(len(chosen(each, most)) for each in range(4))
        assert (divided, added) == (36 * (most > 1), 9 * (taken - 4))
    with pytest.raises(IndexError):
        kernels().tables.means(
            band, OFFSETS, 3, STEP, WIDTH, ORDER, FIRSTS, 0, 5, most, np.zeros(72), out, STOP
        )
    # The same windows as bytes: 600 members and more go through sums of 16 bits.
    pixels = np.concatenate([band.astype(np.uint8), np.zeros(32, np.uint8)])
    out = np.full((9, 4), np.nan, real)
    room = [np.zeros(96, kind) for kind in (np.uint16, np.uint64, real)]
    rows, taps = np.arange(3) * STEP, np.arange(9)
    call = [pixels, rows, 3, taps, STEP, 1, WIDTH, ORDER, FIRSTS, 0, 4, most, *room, out, STOP]
    assert kernels().pixels.means(*call) == (divided, added)
    np.testing.assert_array_equal(out, wanted)
    for index, bad in ((0, pixels[:-4]), (3, taps + 1), (1, -rows), (12, room[0][1:])):
        with pytest.raises(IndexError):
            kernels().pixels.means(*call[:index], bad, *call[index + 1 :])


def test_sums_of_many_bright_pixels_do_not_overflow():
    """More members than 16 bits hold of white pixels, and more than twice as many."""
    count = 700
    pixels = np.concatenate([np.full(count + 2, 255), np.zeros(32)]).astype(np.uint8)
    order, starts = np.arange(count, dtype=np.int32), np.array([0, count], np.int32)
    out = np.zeros((3, 1), np.float32)
    room = [np.zeros(32, kind) for kind in (np.uint16, np.uint64, np.float32)]
    kernels().pixels.means(
        pixels, np.zeros(1, np.intp), 3, np.arange(3), count, 1, count, order, starts, 0, 1,
        2**31 - 1, *room, out, STOP,
    )
    assert (out == 255).all()


@pytest.mark.parametrize("real", [np.float32, np.float64])
@pytest.mark.parametrize("filters", [1, 5, 16, 17, 40, 49])
@pytest.mark.parametrize("count", [1, 5, 13, 14, 33])
def test_products_are_rows_of_a_table(real, filters, count):
    lanes = kernels().lanes.BYTES // np.dtype(real).itemsize
    pitch = kernels().lanes.padded(filters, 1, lanes)
    weights = RNG.integers(-9, 10, (filters, 9)).astype(real)
    packed = aligned(np.zeros(pitch * 9, real))
    kernels().lanes.lay_out(weights, 1, packed)
    columns = RNG.integers(-9, 10, (9, 40)).astype(real)
    table = aligned(np.full((count, pitch), np.nan, real))
    offsets = np.arange(9) * 40
    kernels().tables.products(columns, offsets, count, packed, table, STOP)
    np.testing.assert_array_equal(table[:, :filters], (weights @ columns[:, :count]).T)
    with pytest.raises(IndexError):
        kernels().tables.products(columns, offsets + 1, count, packed, table, STOP)
    with pytest.raises(IndexError):
        kernels().tables.products(columns, offsets, count, packed[1:], table, STOP)


@pytest.mark.parametrize("real", [np.float32, np.float64])
@pytest.mark.parametrize("filters", [3, 16, 21])
@pytest.mark.parametrize("parts", [0, 1, 3])
@pytest.mark.parametrize("planes", [0, 1, 5])
@pytest.mark.parametrize("windows", [3, 150, 256, 700])
def test_outputs_are_put_together(real, filters, parts, planes, windows):
    lanes = kernels().lanes.BYTES // np.dtype(real).itemsize
    pitch, outputs = -(-filters // lanes) * lanes, kernels().outputs
    table = aligned(RNG.integers(-9, 10, (30, pitch)).astype(real))
    ids = RNG.integers(0, 30, (max(parts, 1), windows + outputs.PAD)).astype(np.int32)
    projections = RNG.integers(-9, 10, (planes, windows + 64)).astype(real)
    coefficients = RNG.integers(-9, 10, (planes, pitch)).astype(real)
    bias = RNG.integers(-9, 10, pitch).astype(real)
    wanted = bias[:, None] + coefficients.T @ projections[:, :windows]
    if parts:
        wanted = wanted + table[ids[:, :windows]].sum(axis=0).T
    waiting = aligned(np.zeros(filters * (64 // np.dtype(real).itemsize), real))
    for room in (None, waiting):
        out = np.full((filters, windows + 3), np.nan, real)[:, 2:-1]
        call = [out, table if parts else None, ids if parts else None, projections, coefficients,
                bias, room, STOP]  # fmt: skip
        assert outputs.put_together(*call) == filters * windows
        np.testing.assert_array_equal(out, wanted[:filters])
    bad = [(6, waiting[:-1]), (5, bias[1:]), (0, out[:, ::2])]
    bad += [(2, ids[:, 1:]), (2, ids + 30), (1, table[:, 1:].copy())] if parts else []
    bad += [(3, projections[:, :windows]), (4, coefficients[1:])] if planes else []
    if lanes == 1:
        bad.remove(next(each for each in bad if each[0] == 3))
    for index, wrong in bad:
        with pytest.raises(IndexError):
            outputs.put_together(*call[:index], wrong, *call[index + 1 :])
