"""The named filters: the reports' weights, and what every preset promises."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage, signal

from cyconv import filters, oracle
from cyconv.geometry import Geometry

EDGES = ["laplacian", "laplacian4", "sobel-x", "sobel-y", "prewitt-x", "prewitt-y"]
NAMES = ["identity", "blur", "gaussian", *EDGES, "sharpen", "emboss", "gabor", "random"]
DIRECTED = ("sobel-x", "sobel-y", "prewitt-x", "prewitt-y", "emboss")


def plane(name, size=3, **options):
    return filters.make(name, size, **options)[0, 0]


def test_every_name_is_there():
    assert list(filters.PRESETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_describes_itself(name):
    preset = filters.PRESETS[name]
    assert preset.name == name
    assert preset.label
    assert preset.description.endswith(".")
    assert preset.bank.endswith(".")
    assert preset.default_size in preset.sizes
    assert preset.options <= {"divisor", "sigma", "count", "seed"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("channels", [1, 3])
def test_shape_and_channels(name, count, channels):
    for size in {filters.PRESETS[name].default_size, 3, 5, filters.PRESETS[name].sizes[-1]}:
        bank = filters.make(name, size, count, channels)
        assert bank.shape == (count, channels, size, size)
        assert bank.dtype == np.float64
        assert bank.flags.c_contiguous
        assert np.isfinite(bank.astype(np.float32)).all()
        if name != "random":
            np.testing.assert_array_equal(bank, np.repeat(bank[:, :1], channels, axis=1))


@pytest.mark.parametrize("name", NAMES)
def test_a_bank_differs_exactly_where_its_preset_says_so(name):
    bank = filters.make(name, 5, 3)
    differs = [not np.array_equal(bank[0], other) for other in bank[1:]]
    assert all(differs) if "count" in filters.PRESETS[name].options else not any(differs)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "gabor"])
def test_the_first_of_a_bank_is_the_filter_alone(name):
    np.testing.assert_array_equal(filters.make(name, 5, 4)[0], filters.make(name, 5, 1)[0])


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("identity", [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        ("laplacian", [[1, 1, 1], [1, -8, 1], [1, 1, 1]]),
        ("laplacian4", [[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
        ("sobel-y", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        ("sobel-x", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        ("prewitt-y", [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
        ("prewitt-x", [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
        ("sharpen", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        ("emboss", [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    ],
)
def test_three_by_three(name, rows):
    np.testing.assert_array_equal(plane(name), rows)


@pytest.mark.parametrize("divisor", [1, 9, 500, 1 / 0.11])
def test_blur_is_ones_over_the_divisor(divisor):
    np.testing.assert_allclose(plane("blur", divisor=divisor), np.full((3, 3), 1 / divisor))


def test_blur_is_the_mean_by_default():
    np.testing.assert_array_equal(plane("blur", 4), np.full((4, 4), 1 / 16))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 10])
def test_identity_leaves_the_image_when_the_size_is_kept(size):
    image = np.random.default_rng(0).normal(size=(6, 9))
    weights = filters.make("identity", size)
    np.testing.assert_array_equal(
        oracle.convolve(image, weights, Geometry(padding="same"))[0], image
    )


@pytest.mark.parametrize("sigma", [0.01, 0.5, 1.5, 40.0])
@pytest.mark.parametrize("size", [1, 2, 5, 8, 31])
def test_gaussian_is_the_sampled_bell(size, sigma):
    line = signal.windows.gaussian(size, sigma)
    wanted = np.outer(line, line)
    if wanted.sum() > 0:
        np.testing.assert_allclose(
            plane("gaussian", size, sigma=sigma), wanted / wanted.sum(), atol=1e-15
        )
    assert plane("gaussian", size, sigma=sigma).sum() == pytest.approx(1.0)


def test_gaussian_chooses_a_sigma_from_the_size():
    np.testing.assert_array_equal(
        plane("gaussian", 7, sigma=0), plane("gaussian", 7, sigma=0.3 * 2 + 0.8)
    )


def test_gaussian_bank_widens():
    centres = filters.make("gaussian", 9, 4)[:, 0, 4, 4]
    assert (np.diff(centres) < 0).all()


@pytest.mark.parametrize("name", [*EDGES, "gabor"])
@pytest.mark.parametrize("size", [3, 7])
def test_edge_filters_answer_flat_areas_with_0(name, size):
    for each in filters.make(name, size, 12)[:, 0]:
        assert each.sum() == pytest.approx(0, abs=1e-12 * np.abs(each).sum())


@pytest.mark.parametrize("name", ["identity", "sharpen", "emboss", "gaussian", "blur"])
@pytest.mark.parametrize("size", [3, 7])
def test_other_filters_keep_flat_areas(name, size):
    assert plane(name, size).sum() == pytest.approx(1)


@pytest.mark.parametrize("size", [3, 5, 7])
def test_sobel_agrees_with_scipy_and_its_larger_sizes_with_repeated_smoothing(size):
    rng = np.random.default_rng(5)
    image = rng.normal(size=(20, 20))
    wanted = ndimage.sobel(image, axis=1)
    for _ in range((size - 3) // 2):
        for axis in (0, 1):
            wanted = ndimage.correlate1d(wanted, [1, 2, 1], axis=axis)
    given = oracle.convolve(image, filters.make("sobel-x", size))[0]
    edge = size // 2
    np.testing.assert_allclose(given, wanted[edge:-edge, edge:-edge], atol=1e-10)


@pytest.mark.parametrize("axis", ["x", "y"])
def test_prewitt_agrees_with_scipy(axis):
    image = np.random.default_rng(6).normal(size=(9, 9))
    wanted = ndimage.prewitt(image, axis={"x": 1, "y": 0}[axis])[1:-1, 1:-1]
    given = oracle.convolve(image, filters.make(f"prewitt-{axis}"))[0]
    np.testing.assert_allclose(given, wanted, atol=1e-12)


@pytest.mark.parametrize("name", DIRECTED)
def test_a_bank_of_four_turns_by_quarters(name):
    bank = filters.make(name, 3, 4)[:, 0]
    for turns, each in enumerate(bank):
        np.testing.assert_array_equal(each, np.rot90(bank[0], -turns))
        assert not np.signbit(each[each == 0]).any()


def test_x_turned_by_a_quarter_is_y():
    for name in ("sobel", "prewitt"):
        np.testing.assert_array_equal(
            filters.make(f"{name}-x", 5, 4)[1], filters.make(f"{name}-y", 5)[0]
        )


@pytest.mark.parametrize("count", [1, 2, 8, 16, 48])
def test_gabor_bank_has_no_two_filters_alike(count):
    bank = filters.make("gabor", 9, count)[:, 0]
    np.testing.assert_allclose(np.abs(bank).sum(axis=(1, 2)), 1)
    flat = bank.reshape(count, -1)
    distance = np.abs(flat[:, None] - flat[None]).sum(axis=2)
    assert (distance + np.eye(count) > 0.02).all()


def test_gabor_answers_its_own_stripes_most():
    bank = filters.make("gabor", 11, 8)
    image = np.tile(np.cos(np.arange(60) * 2 * np.pi / 4), (60, 1))
    energy = np.square(oracle.convolve(image[:20, :20], bank)).sum(axis=(1, 2))
    assert energy.argmax() == 0, "the first filter's stripes stand upright"


def test_random_is_the_same_for_ever():
    """Four numbers of PCG64's raw stream, scaled by hand."""
    raw = [11749869230777074271, 4976686463289251617, 755828109848996024, 304881062738325533]
    wanted = [((r >> 11) / 2**52 - 1) / 4 for r in raw]
    np.testing.assert_array_equal(plane("random", 2).ravel(), wanted)


def test_random_follows_its_seed_and_only_grows_with_the_bank():
    assert not np.array_equal(plane("random", seed=1), plane("random", seed=2))
    np.testing.assert_array_equal(
        filters.make("random", 3, 5, 2, seed=7)[:2], filters.make("random", 3, 2, 2, seed=7)
    )
    bank = filters.make("random", 5, 40, 3)
    assert -1 / 25 <= bank.min() < -0.99 / 25
    assert 0.99 / 25 < bank.max() < 1 / 25
    assert len(np.unique(bank)) == bank.size


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "blurr"}, "name must be one of identity, blur, .*, got 'blurr'"),
        ({"name": ["blur"]}, "name must be one of .*, got \\['blur'\\]"),
        ({"name": "gabor", "sigma": 0.01}, r"sigma must be large enough .* 3 x 3, got 0\.01"),
        ({"name": "sobel-x", "size": 4}, "must be an odd number from 3 to 31 for 'sobel-x', got 4"),
        ({"name": "sobel-x", "size": 33}, "size must be an odd number from 3 to 31"),
        ({"name": "gabor", "size": 2}, "size must be a number from 3 to 255 for 'gabor', got 2"),
        ({"name": "blur", "size": 256}, "size must be a number from 1 to 255 for 'blur', got 256"),
        ({"name": "blur", "size": 0}, "size must be at least 1, got 0"),
        ({"name": "blur", "size": 3.0}, r"size must be an int, got 3\.0"),
        ({"name": "blur", "count": 0}, "count must be at least 1, got 0"),
        ({"name": "blur", "count": True}, "count must be an int, got True"),
        ({"name": "blur", "channels": 0}, "channels must be at least 1, got 0"),
        ({"name": "blur", "divisor": 0}, "divisor must not be 0"),
        ({"name": "blur", "divisor": 1e-320}, "divisor must not be 0 or too near to it"),
        ({"name": "blur", "divisor": float("nan")}, "divisor must be finite, got nan"),
        ({"name": "blur", "divisor": "x"}, "divisor must be a number, got 'x'"),
        ({"name": "gaussian", "sigma": -1}, r"sigma must be above 0, got -1\.0"),
        ({"name": "gaussian", "sigma": float("inf")}, "sigma must be finite, got inf"),
        ({"name": "random", "seed": -1}, "seed must be at least 0, got -1"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        filters.make(**arguments)


@pytest.mark.parametrize("size", [1, 4, 5, 255])
@pytest.mark.parametrize("sigma", [5e-324, 1e-300, 1e-3, 1e300])
def test_gaussian_of_any_sigma_sums_to_1(size, sigma):
    """A tiny sigma leaves the nearest tap or taps, a huge one weighs all the same."""
    given = plane("gaussian", size, sigma=sigma)
    nearest = 1 if size % 2 else 4
    assert given.sum() == pytest.approx(1)
    assert given.max() == pytest.approx(1 / (size * size if sigma > 1 else nearest))


def test_a_bank_of_any_number_of_gaussians():
    last = filters.make("gaussian", 5, 3000)[-1]
    np.testing.assert_allclose(last, np.full((1, 5, 5), 1 / 25))


def test_a_bank_that_does_not_fit_is_refused_before_it_is_made():
    with pytest.raises(MemoryError, match="filters of 3 x 9 x 9 would take"):
        filters.make("blur", 9, 10**22, 3)
