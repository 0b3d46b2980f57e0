"""Channels that are all alike: one is multiplied, and no bound is lost."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import Differential, Exact, Geometry, PreparedFilters, convolve, oracle, predict
from cyconv.techniques import skipping

REFERENCES = ("previous", "above", "best")
DTYPES = (np.uint8, np.float32, np.float64)


def drawing(dtype=np.uint8):
    """Gives one channel, plain but for a spot and a noisy corner."""
    rng = np.random.default_rng(5)
    image = np.full((1, 21, 83), 200)
    image[:, 8:11, 30:34] = 17
    image[:, -4:, -9:] = rng.integers(0, 256, (1, 4, 9))
    return image.astype(dtype)


def same_counts(result, image, weights, geometry, bias):
    model = predict(
        result.technique, image.shape, weights.shape, geometry, result.facts, bias=bias
    ).model
    executed = {part.name: part for part in result.executed.parts}
    assert executed == {part.name: part for part in model.parts}



@pytest.mark.parametrize("pays", [True, False])
@pytest.mark.parametrize("dtype", DTYPES)

@pytest.mark.parametrize("known", [True, False])
def test_one_is_multiplied_with_the_sum_of_the_weights(pays, dtype, known, monkeypatch):
    for name in ("WORTH", "SIDE_BY_SIDE"):
        monkeypatch.setattr(skipping, name, np.inf if pays else 0.9)
    gray, bias = drawing(dtype), np.array([2.0, -1.0])
    image = np.repeat(gray, 3, axis=0)
    weights = np.random.default_rng(9).normal(size=(2, 3, 5, 3)).astype(np.float32)
    wanted = oracle.convolve(image, weights, None, bias)
    filters = PreparedFilters(weights) if known else weights
    for reference in REFERENCES:
        result = convolve(image, filters, Differential(reference), bias=bias)
        assert result.facts.alike
        assert result.facts.path == ("skipping" if pays else "exact")
        bound = oracle.error_bound(image, weights, None, bias, dtype=result.output.dtype)
        assert (np.abs(result.output - wanted) <= bound).all()
        same_counts(result, image, weights, Geometry(), True)
        made = result.executed["convolution"].multiplications
        outputs_made = result.facts.made if pays else result.output.size
        assert made == outputs_made * 15
        # Each pixel of two channels with the first, and two sums a tap and filter.
        assert result.executed["channels"].additions == 2 * gray.size + 2 * 2 * 15
    np.testing.assert_array_equal(
        convolve(image, filters, bias=bias, threads=1).output,
        convolve(image, weights, bias=bias, threads=1).output,
    )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_like_nothing(value):
    image = np.repeat(drawing(np.float32), 3, axis=0)
    weights = np.random.default_rng(9).normal(size=(1, 3, 5, 3))
    image[:, 7, 9] = value
    result = convolve(image, weights, Differential("best"))
    assert not result.facts.alike
    np.testing.assert_array_equal(result.output, convolve(image, weights).output)
    image[:, 7, 9], weights[0, 1, 2, 2] = 0, value
    assert not convolve(image, weights, Differential("best")).facts.alike


@pytest.mark.parametrize("way", ["one pixel", "groups", "interleaved"])
def test_channels_are_compared_to_the_last_pixel(way):
    image = np.repeat(drawing(), 3, axis=0)
    weights, geometry = np.ones((3, 3, 2, 2)), Geometry()
    if way == "groups":
        weights, geometry = np.ones((3, 1, 2, 2)), Geometry(groups=3)
    if way == "interleaved":
        image = np.ascontiguousarray(image.transpose(1, 2, 0)).transpose(2, 0, 1)
        assert convolve(image, weights, Differential("above")).facts.alike
    image[2, -1, -1] ^= 1
    result = convolve(image, weights, Differential("above"), geometry)
    assert not result.facts.alike
    assert result.facts.paired == (0 if way == "groups" else 2 * image[0].size)
    same_counts(result, image, weights, geometry, False)
    exact = convolve(image, weights, Exact(), geometry)
    np.testing.assert_array_equal(result.output, exact.output)
