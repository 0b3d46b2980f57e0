"""Error planes, the levels they are shown in, and their colours."""

import numpy as np
import pytest

from convgui.model import lookup, maps

ODD_VALUES = np.array([[np.nan, np.inf], [-np.inf, 5.0]], np.float32)


def test_a_plane_is_one_filters_output():
    output = np.arange(24.0).reshape(2, 3, 4)
    np.testing.assert_array_equal(maps.plane(output, 1), output[1])
    assert maps.plane(output, 1).base is not None
    np.testing.assert_array_equal(maps.plane(output[0], 0), output[0])


def test_errors_are_signed_or_absolute():
    exact = np.zeros((2, 2, 2), np.float32)
    output = exact + np.array([[1, -2], [3, -4]], np.float32)
    assert maps.error(output, exact, 1).tolist() == [[1, -2], [3, -4]]
    assert maps.error(output, exact, 1, maps.ABSOLUTE).tolist() == [[1, 2], [3, 4]]
    assert maps.error(output, exact, 1, maps.SQUARED).tolist() == [[1, 4], [9, 16]]
    np.testing.assert_array_equal(exact, 0)
    with pytest.raises(ValueError, match="relative, squared, flip, got 'odd'"):
        maps.error(output, exact, 0, "odd")


def test_relative_errors_are_percent_of_the_exact_value():
    exact = np.array([[200.0, -100.0, 0.0, 0.0]], np.float32)
    output = np.array([[210.0, -90.0, 1.0, 0.0]], np.float32)
    # tev's formula, whose floor is a hundredth of the largest value.
    wanted = [100 * 10 / 202, 100 * 10 / 102, 100 * 1 / 2, 0]
    np.testing.assert_allclose(maps.error(output, exact, 0, maps.RELATIVE)[0], wanted, rtol=1e-6)
    nothing = np.zeros((2, 2), np.float32)
    assert not maps.error(nothing, nothing, 0, maps.RELATIVE).any()
    assert np.isinf(maps.error(nothing + 1, nothing, 0, maps.RELATIVE)).all()


def test_what_is_not_finite_stays_so_in_the_error():
    error = maps.error(ODD_VALUES, np.zeros((2, 2), np.float32))
    np.testing.assert_array_equal(np.isfinite(error), np.isfinite(ODD_VALUES))
    assert maps.unfit(ODD_VALUES) == (1, 2)
    assert maps.largest(ODD_VALUES) == 5.0


@pytest.mark.parametrize("mode", maps.ERROR_MODES)
@pytest.mark.parametrize(
    "planes",
    [
        [],
        [np.zeros((4, 4), np.float32)],
        [np.full((4, 4), np.nan)],
        [np.full((4, 4), -np.inf), np.full((2, 2), np.inf)],
        [ODD_VALUES],
        [np.array([[1e38, -1e38]], np.float32), np.array([[1e-38]], np.float32)],
        [np.array([[1e300]])],
        [np.array([[1e-300]])],
        [np.zeros((0, 4))],
    ],
    ids=str,
)
def test_error_levels_are_always_sensible(planes, mode):
    low, high = maps.error_levels(planes, mode)
    assert np.isfinite([low, high]).all()
    assert low < high
    assert low == (-high if mode == maps.SIGNED else 0)
    # What shows them computes in single precision.
    assert np.isfinite(np.float32(high) - np.float32(low))


def test_error_levels_pass_over_rare_peaks_but_not_over_all():
    noise = np.random.default_rng(0).uniform(-2, 2, (400, 400))
    noise[0, :3] = 1000
    assert maps.error_levels([noise]).high == pytest.approx(2, abs=0.05)
    spike = np.zeros((400, 400))
    spike[200, 201] = -7
    assert maps.error_levels([spike]) == (-7, 7)


def test_error_levels_are_shared():
    small, large = np.full((4, 4), 0.5), np.full((4, 4), -8.0)
    assert maps.error_levels([small, large]) == (-8, 8)


def test_a_technique_that_failed_does_not_flatten_the_others():
    exact, small, gone = np.full((4, 4), -50.0), np.full((4, 4), 20.0), np.full((4, 4), 1e30)
    assert maps.error_levels([small, gone], exact=exact) == (-100, 100)
    assert maps.error_levels([small], exact=exact) == (-20, 20)
    assert maps.error_levels([small], exact=np.zeros((4, 4))) == (-20, 20)
    assert maps.error_levels([small**2, gone], maps.SQUARED, exact) == (0, 10_000)
    assert maps.error_levels([gone], maps.RELATIVE, exact) == (0, 200)


def test_images_keep_the_range_of_their_type():
    assert maps.image_levels(np.zeros((2, 2), np.uint8)) == (0, 255)
    assert maps.image_levels(np.array([0.2, 0.9], np.float32)) == (0, 1)
    assert maps.image_levels(np.array([0, 40000], np.float32)) == (0, 65535)
    assert maps.image_levels(np.array([-3, 5], np.float32)) == (-3, 5)
    assert maps.image_levels(np.full((2, 2), np.nan, np.float32)) == (0, 1)


def test_outputs_span_the_exact_one():
    positive = np.linspace(100, 700, 5000).reshape(50, 100)
    low, high = maps.output_levels(positive)
    assert (low, high) == (pytest.approx(100, abs=1), pytest.approx(700, abs=1))
    signed = np.linspace(-300, 200, 5000).reshape(50, 100)
    low, high = maps.output_levels(signed)
    assert low == -high == pytest.approx(-300, abs=1)


@pytest.mark.parametrize(
    "exact",
    [np.full((3, 3), 7.0), np.full((3, 3), np.nan), np.array([[np.inf, 1.0]]),
     np.array([[-3e38, 3e38]], np.float32), np.array([[1e8, 1e8 + 1e-9]])],
    ids=str,
)  # fmt: skip
def test_output_levels_are_always_sensible(exact):
    low, high = maps.output_levels(exact)
    assert np.isfinite([low, high]).all()
    assert low < high
    assert np.isfinite(np.float32(high) - np.float32(low))


def test_paintable_values_are_finite_and_within_the_levels():
    levels = maps.Levels(-1.0, 2.0)
    painted = maps.paintable(ODD_VALUES, levels)
    assert painted.dtype == np.float32
    assert painted.flags.c_contiguous
    assert painted.tolist() == [[-1, 2], [-1, 2]]
    assert np.isnan(ODD_VALUES[0, 0])


def test_reducing_averages_and_keeps_what_is_not_finite():
    values = np.arange(35.0).reshape(5, 7)
    assert maps.reduced(values, 7) is values
    np.testing.assert_array_equal(maps.reduced(values, 4), [[4, 6, 8], [18, 20, 22]])
    values[1, 1] = np.nan
    assert np.isnan(maps.reduced(values, 4)[0, 0])
    assert maps.reduced(np.ones((1, 1000)), 10).shape == (1, 10)
    assert maps.reduced(np.ones((4, 6, 3)), 3).shape == (2, 3, 3)


def test_gamma_bends_greys_and_keeps_the_ends():
    plain, lighter = lookup.gray()[:, 0].astype(int), lookup.gray(2.2)[:, 0].astype(int)
    assert plain.tolist() == list(range(256))
    assert (lighter[1:-1] >= plain[1:-1]).all()
    assert lighter[[0, 255]].tolist() == [0, 255]
    assert lighter[128] == round(255 * (128 / 255) ** (1 / 2.2))


def test_gamma_leaves_zero_in_the_middle_where_values_take_both_signs():
    greys = lookup.gray(2.2, True)[:, 0].astype(int)
    np.testing.assert_array_equal(greys + greys[::-1], 255)
    assert greys[127] < 128 <= greys[128]
    assert greys[192] > 192


def test_painting_reaches_both_ends_and_marks_what_is_not_finite():
    values = np.array([[-1.0, 0.0, 1.0, 9.0, np.nan, -np.inf]])
    painted = lookup.painted(values, maps.Levels(0, 1), lookup.gray())
    assert painted[0, :4, 0].tolist() == [0, 0, 255, 255]
    assert painted[0, 4:].tolist() == [list(lookup.UNFIT)] * 2



@pytest.mark.parametrize("percent", [0.1, 50, 99.5, 99.9, 100])
@pytest.mark.parametrize("count", [1, 2, 1000, 4096])
def test_percentiles_of_singles_are_those_of_doubles(percent, count):
    values = np.random.default_rng(count).normal(0, 100, count).astype(np.float32)
    wanted = np.percentile(np.abs(values).astype(np.float64), percent)
    assert maps.percentile([values], percent) == pytest.approx(wanted, rel=1e-14)


@pytest.mark.parametrize("value", [0.0, 7.0, -6.5e16, 6.543074726300877e16, 3e38, -3e38])
def test_levels_of_one_value_differ_however_large_it_is(value):
    assert maps.sensible(maps.apart(value, value))
