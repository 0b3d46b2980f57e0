"""Where windows lie: output sizes, "same" padding, and what is refused."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv.geometry import Geometry, Placement


@pytest.mark.parametrize(
    ("size", "kernel", "geometry", "output"),
    [
        ((360, 300), (3, 3), Geometry(), (358, 298)),
        ((38, 38), (7, 7), Geometry(), (32, 32)),
        ((5, 5), (3, 3), Geometry(padding=1), (5, 5)),
        ((256, 256), (7, 7), Geometry(padding=3), (256, 256)),
        ((256, 256), (5, 5), Geometry(stride=2), (126, 126)),
        ((28, 28), (3, 3), Geometry(stride=2, padding=1), (14, 14)),
        ((9, 7), (3, 2), Geometry(stride=(2, 3), padding=(1, 0), dilation=(2, 1)), (4, 2)),
        ((4, 4), (4, 4), Geometry(), (1, 1)),
    ],
)
def test_output_size_follows_the_formula(size, kernel, geometry, output):
    assert geometry.place(size, kernel).output == output


@pytest.mark.parametrize("size", range(1, 12))
@pytest.mark.parametrize("kernel", range(1, 6))
def test_output_size_is_the_number_of_windows_that_fit(size, kernel):
    for stride, padding, dilation in itertools.product((1, 2, 3), (0, 1, 2), (1, 2)):
        span = dilation * (kernel - 1) + 1
        starts = range(0, size + 2 * padding - span + 1, stride)
        geometry = Geometry(stride, padding, dilation)
        if not starts:
            with pytest.raises(ValueError, match="filters must fit the padded image"):
                geometry.place((size, size), (kernel, kernel))
            continue
        placement = geometry.place((size, size), (kernel, kernel))
        assert placement == Placement(
            (len(starts),) * 2, (size + 2 * padding,) * 2, (padding, padding)
        )


@pytest.mark.parametrize("size", range(1, 10))
@pytest.mark.parametrize("kernel", range(1, 6))
@pytest.mark.parametrize("stride", range(1, 4))
@pytest.mark.parametrize("dilation", range(1, 3))
def test_same_padding_gives_the_size_over_the_stride(size, kernel, stride, dilation):
    geometry = Geometry(stride, "same", dilation)
    placement = geometry.place((size, size + 1), (kernel, kernel))
    assert placement.output == (-(-size // stride), -(-(size + 1) // stride))
    for axis, length in enumerate((size, size + 1)):
        before = placement.before[axis]
        after = placement.padded[axis] - length - before
        assert after - before in (0, 1), "an odd one out goes below or to the right"


def test_placement_counts_the_windows():
    assert Geometry().place((10, 8), (3, 3)).windows == 8 * 6


def test_pairs_and_integers_mean_the_same():
    assert Geometry(2, 1, 3) == Geometry((2, 2), (1, 1), (3, 3))
    assert Geometry(np.int64(2), [1, 1]) == Geometry(2, 1)
    assert hash(Geometry(2)) == hash(Geometry((2, 2)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"stride": 0}, r"stride must be at least 1, got 0"),
        ({"stride": (1, 0)}, r"stride must be at least 1, got \(1, 0\)"),
        ({"stride": 1.5}, r"stride must be an int or a pair .* got 1\.5"),
        ({"stride": True}, r"stride must be an int or a pair .* got True"),
        ({"stride": (1, 2, 3)}, r"stride must be an int or a pair .* got \(1, 2, 3\)"),
        ({"stride": None}, r"stride must be an int or a pair .* got None"),
        ({"padding": -1}, r"padding must be at least 0, got -1"),
        ({"padding": "full"}, r"padding must be an int, a pair of ints or \"same\", got 'full'"),
        ({"dilation": 0}, r"dilation must be at least 1, got 0"),
        ({"groups": 0}, r"groups must be an int of at least 1, got 0"),
        ({"groups": 2.0}, r"groups must be an int of at least 1, got 2\.0"),
        ({"groups": True}, r"groups must be an int of at least 1, got True"),
    ],
)
def test_bad_values_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Geometry(**arguments)


@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
def test_steps_beyond_what_can_be_counted_are_refused(name):
    with pytest.raises(ValueError, match=f"{name} must be at most 2147483647, got 1000000000000"):
        Geometry(**{name: 10**30})


def test_a_filter_that_does_not_fit_is_told_with_its_span():
    with pytest.raises(
        ValueError, match=r"window of 3 x 3 spans 5 rows, the padded image has only 4"
    ):
        Geometry(dilation=2).place((4, 9), (3, 3))
    with pytest.raises(ValueError, match=r"spans 5 columns, the padded image has only 4"):
        Geometry(dilation=2).place((9, 4), (3, 3))
