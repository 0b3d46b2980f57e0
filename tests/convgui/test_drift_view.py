"""Drift along a row, and the terms of an image, against slow descriptions of both."""

from __future__ import annotations

import numpy as np
import pytest

from convgui.model import bits_view, drift_view
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from cyconv import Cancelled, bits, oracle


@pytest.fixture
def ramp():
    """A slope of two grey levels a pixel: each difference is left out, all the same way."""
    pixels = np.tile(2 * np.arange(60), (12, 1)).astype(np.uint8)
    return Image(pixels, "ramp")


def request_of(image, **values):
    return resolve(Session(kernel_size=3, **values), image)


def test_what_is_forgotten_grows_and_what_is_kept_does_not(ramp):
    request = request_of(ramp, reference="previous", threshold=3.0, filter_name="random")
    found = drift_view.measure(request, 3.0, "previous")
    assert found.grows("forgotten")
    assert not found.grows("kept")
    assert found.drift.kept.max() <= found.bound
    assert found.bound == pytest.approx(3 * np.abs(request.filters).sum())
    exact = oracle.convolve(request.image, request.filters)
    for residue in ("kept", "forgotten"):
        output = oracle.differential(
            request.image, request.filters, reference="previous", threshold=3, residue=residue
        )
        error = np.sqrt(np.mean((output - exact) ** 2, axis=(0, 1)))
        np.testing.assert_allclose(getattr(found.drift, residue), error, rtol=1e-6, atol=1e-9)
        ends = [np.sqrt(np.mean(part**2)) for part in (error[:14], error[-14:])]
        np.testing.assert_allclose(found.ends(residue), ends, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"reference": "previous"}, "lossless"),
        ({"reference": "previous", "threshold": 2.0}, ""),
        ({"reference": "best", "threshold": 2.0}, ""),
        ({"reference": "first", "threshold": 2.0}, "first"),
        ({"reference": "above"}, "above"),
        ({"differential_as_published": True}, "published"),
    ],
)
def test_where_nothing_drifts_the_reason_is_told(values, why):
    assert drift_view.why_not(Session(**values)) == why


def test_the_example_is_four_of_256_grey_levels_and_can_drift(ramp):
    assert drift_view.example(request_of(ramp)) == (4.0, "previous")
    own = request_of(ramp, reference="best", threshold=7.0)
    assert drift_view.example(own) == (7.0, "best")
    unit = Image((ramp.pixels / 255).astype(np.float32), "unit", stored="float32")
    assert drift_view.example(request_of(unit))[0] == pytest.approx(4 / 255)


def stop(report):
    raise Cancelled


def test_drift_can_be_given_up(ramp):
    with pytest.raises(Cancelled):
        drift_view.measure(request_of(ramp), 3.0, "previous", stop)


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 40, 50), (2, 3, 700_000)])
def test_terms_are_those_of_every_value(shape):
    image = np.random.default_rng(4).integers(0, 256, shape).astype(np.uint8)
    image[..., : shape[2] // 2] //= 64
    found = bits_view.measure(image)
    left = np.concatenate([np.zeros((*shape[:2], 1)), image[..., :-1]], axis=2)
    difference = image.astype(int) - left.astype(int)
    for form, count in (("binary", bits.ones), ("signed", bits.signed_digits)):
        spectrum = found[form]
        terms = bits.terms(image, form)
        assert spectrum.terms.raw == pytest.approx(terms.raw)
        assert spectrum.terms.differences == pytest.approx(terms.differences)
        for values, shares in ((image, spectrum.raw), (difference, spectrum.differences)):
            wanted = np.bincount(count(values).ravel(), minlength=len(shares)) / image.size
            np.testing.assert_allclose(shares, wanted)


def test_terms_are_of_8_bits_and_can_be_given_up():
    assert not bits_view.has_terms(np.zeros((1, 2, 2), np.float32))
    with pytest.raises(ValueError, match="must be uint8, got float32"):
        bits_view.measure(np.zeros((1, 2, 2), np.float32))
    with pytest.raises(Cancelled):
        bits_view.measure(np.zeros((1, 2, 2), np.uint8), stop)
