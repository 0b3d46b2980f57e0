"""Differences from the first window: what is multiplied, counted, taken over, one by one."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import Cancelled, Differential, Geometry, bands, convolve, predict
from cyconv.isa import kernels, levels, use

STOP = np.zeros(1, np.intc)
SCENES = [
    # C, H, W, M, K_h, K_w: whole tiles, narrow rows, few rows, many taps, many filters, groups.
    ((1, 9, 140), (1, 5, 4), {}),
    ((2, 12, 71), (1, 3, 3), {"padding": (1, 2)}),
    ((3, 8, 80), (1, 7, 3), {"padding": "same"}),
    ((1, 30, 69), (1, 3, 6), {"dilation": (2, 1)}),
    ((2, 11, 13), (5, 2, 3), {"stride": (2, 3)}),
    ((2, 6, 200), (6, 4, 1), {"stride": (1, 2), "padding": 1, "groups": 2}),
    ((4, 5, 75), (3, 4, 4), {"dilation": (1, 3)}),
    ((4, 7, 70), (4, 3, 3), {"groups": 4}),
    ((3, 3, 3), (2, 3, 3), {}),
    ((1, 4, 66), (7, 1, 1), {}),
]


def drawing(shape, dtype, rng):
    """Gives an image with plain areas that equal the first window's, and some that don't."""
    image = np.full(shape, 9, dtype)
    for _ in range(3):
        y, x = rng.integers(0, shape[1]), rng.integers(0, shape[2])
        patch = image[:, y : y + 3, x : x + 9]
        patch[...] = rng.integers(0, 256, patch.shape)
    return image


def windows(image, geometry, taps):
    """Gives the windows of each group, groups x O_h x O_w x D, in float64."""
    before = geometry.place(image.shape[1:], taps)
    padded = np.zeros((len(image), *before.padded))
    top, left = before.before
    padded[:, top : top + image.shape[1], left : left + image.shape[2]] = image
    (down, across), (tall, wide) = geometry.strides, geometry.dilations
    found = np.array([
        padded[
            :, y * down : y * down + (taps[0] - 1) * tall + 1 : tall,
            x * across : x * across + (taps[1] - 1) * wide + 1 : wide,
        ].reshape(geometry.groups, -1)
        for y, x in np.ndindex(before.output)
    ])  # fmt: skip
    return found.transpose(1, 0, 2)


def expected(image, weights, geometry, threshold, published):
    """Gives outputs in float64 and which windows differ, groups x N."""
    seen = windows(image, geometry, weights.shape[2:])
    away = seen - seen[:, :1]
    away[np.abs(away) <= threshold] = 0
    banks = weights.reshape(geometry.groups, -1, seen.shape[2]).astype(np.float64)
    base = np.einsum("gmd,gd->gm", banks, seen[:, 0])
    given = np.einsum("gmd,gnd->gmn", banks, away)
    differ = away.any(axis=2)
    if published:
        given, differ = -given, np.ones_like(differ)
        given[:, :, 0] = base
        differ[:, 0] = False
    else:
        given += base[:, :, None]
    return given.reshape(len(weights), -1), differ


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("scene", SCENES, ids=str)
@pytest.mark.parametrize(("threshold", "published"), [(0, False), (20, False), (0, True)])
def test_outputs_and_counts_are_those_of_a_slow_description(scene, dtype, threshold, published):
    rng = np.random.default_rng(51)
    shape, (count, *taps), more = scene
    geometry = Geometry(**more)
    image = drawing(shape, dtype, rng)
    weights = rng.normal(size=(count, shape[0] // geometry.groups, *taps)).astype(np.float32)
    wanted, differ = expected(image, weights, geometry, threshold, published)
    technique = Differential(threshold=threshold, as_published=published)
    each, depth = count // geometry.groups, weights[0].size
    made = each * (int(differ.sum()) + geometry.groups)
    for level in levels():
        for threads, height in ((1, None), (2, 3)):
            with use(level), bands.forced_height(height):
                result = convolve(image, weights, technique, geometry, threads=threads)
            np.testing.assert_allclose(
                result.output.reshape(count, -1), wanted, rtol=2e-7, atol=1e-9
            )
            assert result.facts.made == made
            assert result.executed["convolution"].multiplications == made * depth
            assert result.executed["differences"].additions == (
                (differ.shape[1] - 1) * geometry.groups * depth
            )
            model = predict(technique, image.shape, weights.shape, geometry, result.facts).model
            assert result.executed.parts == model.parts


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_error_keeps_to_its_bound(dtype):
    """Held against sums without rounding: those of integers."""
    rng = np.random.default_rng(52)
    image = rng.integers(-(2**20), 2**20, (3, 40, 90)).astype(dtype)
    weights = rng.integers(-(2**20), 2**20, (1, 3, 5, 5)).astype(dtype)
    seen = windows(image, Geometry(), (5, 5))[0]
    flat = weights.reshape(-1).astype(np.int64)
    exact = seen.astype(np.int64) @ flat
    size = (np.abs(seen) + np.abs(seen[:1])) @ np.abs(flat).astype(float)
    bound = 4 * flat.size * np.finfo(np.float64).eps * size + np.finfo(dtype).eps * np.abs(exact)
    for level in levels():
        with use(level):
            output = convolve(image, weights, Differential()).output.reshape(-1)
        assert (np.abs(output - exact) <= bound).all()


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("filters", [1, 3])
def test_what_is_no_finite_number_reaches_who_sees_it(value, filters):
    image = np.random.default_rng(53).normal(size=(1, 12, 90)).astype(np.float32)
    image[0, 6, 70] = value
    output = convolve(image, np.ones((filters, 1, 3, 3)), Differential()).output
    wanted = np.zeros(output.shape, bool)
    wanted[:, 4:7, 68:71] = True
    np.testing.assert_array_equal(~np.isfinite(output), wanted)
    image[0, 0, 0] = value
    output = convolve(image, np.ones((filters, 1, 3, 3)), Differential()).output
    assert np.isnan(output.reshape(filters, -1)[:, 1:]).all()


def test_the_kernel_refuses_what_does_not_fit():
    image = np.ones((2, 9, 42), np.float64)
    offsets = np.add.outer(np.arange(2) * 378, np.add.outer(np.arange(3) * 42, np.arange(3)))
    given = {
        "image": image, "out": np.zeros((2, 7 * 40), np.float64), "room": None, "above": 0,
        "left": 0, "phases": 1, "places": 42, "step": 1, "span": 3, "offsets": offsets.reshape(-1),
        "rows": 7, "width": 40, "height": 4, "down": 3, "across": 3, "groups": 1,
        "weights": np.ones((2, 18)), "reference": np.ones((1, 18)), "base": np.full(2, 18.0),
        "bias": None, "threshold": 0.0, "published": False,
        "scratch": np.empty(kernels().differences.room_for(2)),
        "following": np.zeros(1, np.intp), "made": np.zeros(2, np.intp), "stop": STOP,
    }  # fmt: skip
    bad = [
        ("image", image[:1]), ("image", image[:, ::-1]), ("image", image.astype(np.uint8)),
        ("out", given["out"][:1]), ("out", given["out"][:, 1:].copy()), ("room", np.empty(9)),
        ("offsets", given["offsets"] + 1), ("offsets", given["offsets"][:-1]), ("rows", 8),
        ("width", 41), ("height", 0), ("down", 0), ("down", 4), ("across", 0), ("groups", 0),
        ("groups", 3), ("weights", np.ones((2, 17))), ("weights", np.ones((1, 18))),
        ("reference", np.ones((2, 18))), ("reference", np.ones((1, 17))), ("base", np.ones(1)),
        ("bias", np.ones(3)), ("scratch", np.empty(kernels().differences.room_for(2) - 1)),
        ("following", np.zeros(0, np.intp)), ("made", np.zeros(1, np.intp)),
    ]  # fmt: skip
    for level in levels():
        with use(level):
            kernel = kernels().differences
            kernel.convolve(**(given | {"following": np.zeros(1, np.intp)}))
            assert (given["out"] == 18).all()
            for name, value in bad:
                with pytest.raises(IndexError):
                    kernel.convolve(**(given | {name: value}))
            for weights, reference, base in (
                ((2, 18), (1, 17), 2), ((2, 18), (3, 18), 2), ((2, 18), (1, 18), 3),
                ((2, 18), (0, 18), 2),
            ):  # fmt: skip
                with pytest.raises(IndexError):
                    kernel.multiply_reference(np.ones(weights), np.ones(reference), np.empty(base))


def test_a_run_can_be_stopped_and_tells_how_far_it_is():
    image = np.random.default_rng(54).integers(0, 256, (3, 400, 400)).astype(np.uint8)
    weights = np.ones((8, 3, 7, 7), np.float32)
    told = []
    result = convolve(
        image, weights, Differential(), progress=lambda done, so_far: told.append((done, so_far))
    )
    assert told[-1] == (1.0, result.executed)
    assert [done for done, _ in told] == sorted(done for done, _ in told)

    def cancel(done, so_far):
        raise Cancelled

    with pytest.raises(Cancelled):
        convolve(image, weights, Differential(), progress=cancel)
