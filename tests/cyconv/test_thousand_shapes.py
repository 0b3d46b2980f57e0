"""Exact convolution against float64 sums over a thousand shapes, others in every run."""

from __future__ import annotations

import secrets

import numpy as np
import pytest

from cyconv import Geometry, PreparedFilters, convolve, oracle
from cyconv.bands import forced_height
from cyconv.isa import levels, use

SHAPES = 1000
PARTS = 10
MOST_PRODUCTS = 2_000_000


def scene(rng):
    """Gives an image, filters, geometry and bias of any size that is soon done."""
    while True:
        groups = int(rng.choice([1, 1, 1, 1, 2, 5]))
        depth, members = int(rng.integers(1, 6)), int(rng.choice([1, 2, 3, 4, 7, 16, 33, 64, 80]))
        kernel = tuple(int(side) for side in rng.choice([1, 2, 3, 3, 5, 7, 11, 13, 16], 2))
        padding = "same" if rng.random() < 0.2 else tuple(int(p) for p in rng.integers(0, 9, 2))
        geometry = Geometry(
            tuple(int(s) for s in rng.choice([1, 1, 1, 2, 3], 2)), padding,
            tuple(int(d) for d in rng.choice([1, 1, 1, 2, 4], 2)), groups,
        )  # fmt: skip
        size = tuple(int(side) for side in rng.integers(1, 150, 2))
        try:
            windows = geometry.place(size, kernel).windows
        except ValueError:
            continue
        if windows * depth * members * groups * kernel[0] * kernel[1] > MOST_PRODUCTS:
            continue
        dtype = rng.choice([np.uint8, np.float32, np.float64])
        image = (rng.normal(size=(groups * depth, *size)) * 99).astype(dtype)
        bank = rng.normal(size=(groups * members, depth, *kernel))
        bias = rng.normal(size=groups * members) if rng.random() < 0.5 else None
        return image, bank, geometry, bias


def in_double(image, bank, geometry, bias):
    """Gives the convolution in float64: all windows at once, where the oracle goes one by one."""
    placement = geometry.place(image.shape[1:], bank.shape[2:])
    padded = np.zeros((len(image), *placement.padded))
    top, left = placement.before
    padded[:, top : top + image.shape[1], left : left + image.shape[2]] = image
    spans = [d * (k - 1) + 1 for d, k in zip(geometry.dilations, bank.shape[2:], strict=True)]
    view = np.lib.stride_tricks.sliding_window_view(padded, spans, (1, 2))
    view = view[:, :: geometry.strides[0], :: geometry.strides[1]]
    view = view[..., :: geometry.dilations[0], :: geometry.dilations[1]]
    shares = zip(
        np.split(view, geometry.groups), np.split(bank.astype(np.float64), geometry.groups),
        strict=True,
    )  # fmt: skip
    output = np.concatenate([
        np.tensordot(filters, windows, ((1, 2, 3), (0, 3, 4))) for windows, filters in shares
    ])
    return output if bias is None else output + bias.astype(np.float64)[:, None, None]


def bound(image, bank, geometry, bias):
    """Gives n sum |w| |x| for each output, to be multiplied with eps."""
    total = in_double(
        np.abs(image.astype(np.float64)), np.abs(bank), geometry,
        None if bias is None else np.abs(bias),
    )  # fmt: skip
    return total * (bank[0].size + (bias is not None))


def test_the_quick_sums_are_those_of_the_oracle():
    rng = np.random.default_rng(71)
    image, bank = rng.normal(size=(4, 9, 11)), rng.normal(size=(6, 2, 3, 2))
    for geometry in (Geometry(groups=2), Geometry((2, 3), (1, 2), (2, 1), 2)):
        np.testing.assert_allclose(
            in_double(image, bank, geometry, np.arange(6)),
            oracle.convolve(image, bank, geometry, np.arange(6)), rtol=1e-12, atol=1e-12,
        )  # fmt: skip


def seen_otherwise(rng, image):
    """Gives the same image in another order of memory, or read-only."""
    kind = rng.integers(4)
    if kind == 1:
        image = np.asfortranarray(image)
    elif kind == 2:
        image = np.repeat(image, 2, axis=2)[:, :, ::2]
    elif kind == 3:
        image = np.ascontiguousarray(image[:, ::-1])[:, ::-1]
    image.flags.writeable = False
    return image


@pytest.mark.parametrize("part", range(PARTS))
def test_no_shape_is_wrong(part):
    seed = secrets.randbits(32)
    rng = np.random.default_rng(seed)
    for number in range(SHAPES // PARTS):
        image, bank, geometry, bias = scene(rng)
        real = np.float64 if image.dtype == np.float64 else np.float32
        given = bank.astype(real)
        added = None if bias is None else bias.astype(real)
        level, height = str(rng.choice(levels())), rng.choice([None, 1, 3, 7])
        filters = PreparedFilters(given) if rng.random() < 0.5 else given
        with use(level), forced_height(height):
            output = convolve(
                seen_otherwise(rng, image), filters, geometry=geometry, bias=added,
                threads=int(rng.integers(1, 4)),
            ).output  # fmt: skip
        off = np.abs(output - in_double(image, given, geometry, added))
        # The sums in float64 are themselves off by as much as their own bound.
        eps = np.finfo(real).eps + np.finfo(np.float64).eps
        assert (off <= eps * bound(image, given, geometry, added)).all(), (
            f"seed {seed}, shape {number}: {image.shape} {image.dtype}, {bank.shape}, {geometry}, "
            f"level {level}, height {height}"
        )
