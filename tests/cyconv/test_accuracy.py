"""Measures of an output against a reference; scikit-image is the judge of PSNR and SSIM."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from skimage import data, metrics

from cyconv import accuracy, compare
from cyconv.accuracy import Accuracy


def pair(shape, noise=0.1, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    reference = rng.uniform(-3, 7, shape).cumsum(axis=-1)
    return (reference + rng.normal(scale=noise, size=shape)).astype(dtype), reference.astype(dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(3, 40, 50), (17, 31), (1, 11, 11), (2, 9, 300)])
def test_the_plain_measures_follow_their_formulas(shape, dtype):
    output, reference = pair(shape, dtype=dtype)
    wide, target = output.astype(np.float64), reference.astype(np.float64)
    given = compare(output, reference)
    mse = np.mean((wide - target) ** 2)
    relative = np.linalg.norm(wide - target) / np.linalg.norm(target)
    assert given.mse == pytest.approx(mse, rel=1e-12)
    assert given.max_abs_error == np.abs(wide - target).max()
    assert given.relative_l2 == pytest.approx(relative, rel=1e-12)
    assert given.accuracy == pytest.approx(100 * (1 - relative), rel=1e-12)
    assert given.report_accuracy == pytest.approx((1 - mse) * 100, rel=1e-9)
    assert (given.nan_count, given.inf_count) == (0, 0)


@pytest.mark.parametrize("shape", [(11, 11), (12, 30), (110, 64), (220, 33)])
@pytest.mark.parametrize("noise", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("data_range", [None, 255.0])
def test_psnr_and_ssim_agree_with_scikit_image(shape, noise, data_range):
    output, reference = pair(shape, noise)
    peak = data_range or np.ptp(reference)
    given = compare(output, reference, data_range=data_range)
    psnr = metrics.peak_signal_noise_ratio(reference, output, data_range=peak)
    assert given.psnr == pytest.approx(psnr, rel=1e-12)
    assert given.ssim == pytest.approx(skimage_ssim(output, reference, peak), abs=1e-10)


def skimage_ssim(output, reference, peak):
    return metrics.structural_similarity(
        reference,
        output,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        data_range=peak,
    )


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_a_photograph_with_noise_agrees_with_scikit_image(dtype):
    reference = data.camera()[:300, :333]
    noise = np.random.default_rng(1).normal(scale=12, size=reference.shape)
    output = np.clip(reference + noise, 0, 255).astype(dtype)
    given = compare(output, reference)
    wanted = skimage_ssim(output.astype(float), reference.astype(float), np.ptp(reference))
    assert given.ssim == pytest.approx(wanted, abs=1e-9)
    assert 0.2 < given.ssim < 0.9


def test_ssim_is_the_mean_over_planes_with_one_range():
    output, reference = pair((3, 20, 25))
    peak = np.ptp(reference)
    wanted = np.mean([skimage_ssim(o, r, peak) for o, r in zip(output, reference, strict=True)])
    assert compare(output, reference).ssim == pytest.approx(wanted, abs=1e-10)


@pytest.mark.parametrize("shape", [(10, 40), (40, 10), (2, 3, 3), (1, 1)])
def test_planes_under_11_pixels_have_no_ssim(shape):
    output, reference = pair(shape)
    assert math.isnan(compare(output, reference).ssim)


@pytest.mark.parametrize("shape", [(2, 30, 30), (5, 5)])
def test_equal_arrays_are_perfect(shape):
    _, reference = pair(shape)
    given = compare(reference.copy(), reference)
    ssim = 1.0 if min(shape[-2:]) >= 11 else given.ssim
    assert given == Accuracy(0.0, math.inf, ssim, 0.0, 0.0, 100.0, 100.0, 0, 0)


def test_equal_planes_need_no_range():
    flat = np.full((20, 20), 3.0)
    given = compare(flat, flat)
    assert (given.mse, given.psnr, given.ssim) == (0.0, math.inf, 1.0)


def test_a_constant_reference_has_no_range_to_measure_against():
    given = compare(np.full((20, 20), 4.0), np.full((20, 20), 3.0))
    assert math.isnan(given.psnr)
    assert math.isnan(given.ssim)
    assert given.mse == 1.0
    assert given.relative_l2 == pytest.approx(1 / 3)
    with_range = compare(np.full((20, 20), 4.0), np.full((20, 20), 3.0), data_range=255)
    assert with_range.psnr == pytest.approx(20 * math.log10(255))
    assert with_range.ssim == pytest.approx((24 + 6.5025) / (25 + 6.5025))


def test_a_reference_of_zeros():
    zeros = np.zeros((12, 12))
    assert compare(zeros, zeros).accuracy == 100
    given = compare(zeros + 1, zeros)
    assert given.relative_l2 == math.inf
    assert given.accuracy == -math.inf
    assert given.report_accuracy == 0.0, "the mse is 1"


def test_infinity_is_reported_not_hidden():
    """What the published LSH gives: infinite sums, and so 0 % in the report."""
    output, reference = pair((2, 20, 20), dtype=np.float32)
    output[1, 3, 4], output[0, 0, 0] = np.inf, -np.inf
    given = compare(output, reference)
    assert given.inf_count == 2
    assert given.nan_count == 0
    assert given.mse == math.inf
    assert given.report_accuracy == 0.0
    assert given.psnr == -math.inf
    assert given.max_abs_error == math.inf
    assert given.accuracy == -math.inf
    assert math.isnan(given.ssim)


def test_nan_is_reported_not_hidden():
    output, reference = pair((300, 600))
    output[250:260, 4], output[0, 0] = np.nan, np.inf
    given = compare(output, reference)
    assert given.nan_count == 10
    assert given.inf_count == 1
    for measure in ("mse", "psnr", "ssim", "max_abs_error", "relative_l2", "accuracy"):
        assert math.isnan(getattr(given, measure)), measure


def test_a_reference_that_is_not_finite_gives_no_false_comfort():
    output, reference = pair((20, 20))
    reference[3, 3] = np.nan
    given = compare(output, reference)
    assert given.nan_count == 0
    assert math.isnan(given.mse)
    assert math.isnan(given.psnr)


def test_views_of_every_kind_are_taken_as_they_are():
    output, reference = pair((3, 24, 26))
    wanted = compare(output, reference)
    turned = np.asfortranarray(output), reference[:, ::-1][:, ::-1]
    swapped = output.astype(">f8"), reference.astype("<f8")
    for values, target in (turned, swapped, (output.tolist(), reference.tolist())):
        assert compare(values, target) == wanted
    frozen = output.copy()
    frozen.flags.writeable = False
    assert compare(frozen, reference) == wanted


def test_progress_rises_to_1_and_may_end_it(monkeypatch):
    output, reference = pair((2, 1000, 200))
    told = []
    wanted = compare(output, reference, progress=told.append)
    assert told[-1] == 1.0

    monkeypatch.setattr(accuracy, "TICK", 0.0)
    told.clear()
    assert compare(output, reference, progress=told.append) == wanted
    assert len(told) > 10, "every band of a plane is told, so that a large one can be ended"
    assert told == sorted(told)
    assert told[-2:] == [pytest.approx(1.0), 1.0]

    def stop(fraction):
        if fraction > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        compare(output, reference, progress=stop)


def test_planes_without_a_similarity_are_told_as_well(monkeypatch):
    monkeypatch.setattr(accuracy, "TICK", 0.0)
    told = []
    output, reference = pair((3, 5, 5))
    compare(output, reference, data_range=1, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_takes_little_memory():
    """Of 2 x 2 planes of 2.2 million values, each 18 MB in float64, less than one is held."""
    output, reference = pair((2, 1500, 1500), dtype=np.float32)
    compare(output[:, :50], reference[:, :50])
    tracemalloc.start()
    compare(output, reference)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 18e6


@pytest.mark.parametrize(
    ("output", "reference", "message"),
    [
        (np.ones((2, 3)), np.ones((3, 2)), r"shape of reference, \(3, 2\), got \(2, 3\)"),
        (np.ones((1, 2, 3)), np.ones((2, 3)), r"output must have the shape of reference"),
        (np.ones(3), np.ones(3), r"output must have 2 or 3 dimensions, got shape \(3,\)"),
        (np.ones((0, 3)), np.ones((0, 3)), r"output must not be empty, got shape \(0, 3\)"),
        (np.ones((2, 2), complex), np.ones((2, 2)), "output must hold real .* complex128"),
        (np.ones((2, 2)), np.ones((2, 2), object), "reference must hold real .* object"),
    ],
)  # fmt: skip
def test_bad_arrays_are_named(output, reference, message):
    with pytest.raises(ValueError, match=message):
        compare(output, reference)


def test_progress_that_can_not_be_called_is_named():
    with pytest.raises(ValueError, match="progress must be callable or None, got int"):
        compare(np.ones((2, 2)), np.ones((2, 2)), progress=3)


@pytest.mark.parametrize("data_range", [0, -1, math.inf, math.nan, "wide", 1j, 10**400])
def test_a_bad_range_is_named(data_range):
    with pytest.raises(ValueError, match="data_range must be a finite number above 0, got"):
        compare(np.ones((2, 2)), np.ones((2, 2)), data_range=data_range)


def test_similarity_keeps_its_digits_where_a_plane_is_nearly_even():
    """Values that lie 1000 times as far from 0 as from each other: summed here in long double."""
    rng = np.random.default_rng(8)
    reference = 56 + 0.02 * rng.random((17, 40))
    output = reference + 1e-5 * rng.normal(size=reference.shape)
    peak = np.ptp(reference)
    bell = np.exp(-((np.arange(11) - 5) ** 2) / 4.5).astype(np.longdouble)
    bell = np.outer(bell, bell) / np.outer(bell, bell).sum()
    x, y = (
        np.lib.stride_tricks.sliding_window_view(each.astype(np.longdouble), (11, 11))
        for each in (output, reference)
    )

    def mean(values):
        return (values * bell).sum(axis=(2, 3), keepdims=True)

    mx, my, c1, c2 = mean(x), mean(y), (0.01 * peak) ** 2, (0.03 * peak) ** 2
    mixed, spread = mean((x - mx) * (y - my)), mean((x - mx) ** 2) + mean((y - my) ** 2)
    alike = (2 * mx * my + c1) * (2 * mixed + c2) / ((mx**2 + my**2 + c1) * (spread + c2))
    assert compare(output, reference).ssim == pytest.approx(float(alike.mean()), abs=1e-11)
