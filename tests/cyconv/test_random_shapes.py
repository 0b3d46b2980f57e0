"""Kernels against the oracle, onnxruntime, SciPy and OpenCV over shapes nobody thought of."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import signal

from convgui.opencv import cv2
from cyconv import LSH, Differential, Exact, Geometry, convolve, oracle
from cyconv.bands import forced_height
from cyconv.isa import levels, use
from cyconv.techniques.lsh import hash_vectors

TECHNIQUES = [Exact(), Differential(), Differential("previous"), LSH(9), LSH(7, scope="window")]
LOSSLESS = TECHNIQUES[:3]
EPS = float(np.finfo(np.float32).eps)


@st.composite
def scenes(draw):
    """Draws an image, filters, geometry and bias that go together, none of them large."""
    sides = st.tuples(st.integers(1, 4), st.integers(1, 5))
    kernel, dilation = draw(sides), draw(st.tuples(st.integers(1, 2), st.integers(1, 3)))
    groups = draw(st.sampled_from([1, 1, 1, 2, 3]))
    depth, per_group = draw(st.integers(1, 3)), draw(st.sampled_from([1, 2, 3, 4, 5, 9, 13]))
    geometry = Geometry(
        draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        draw(st.just("same") | st.tuples(st.integers(0, 3), st.integers(0, 3))),
        dilation,
        groups,
    )
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 40))
    try:
        placement = geometry.place((height, width), kernel)
    except ValueError:
        assume(False)
    assume(placement.windows * depth * per_group * groups < 4000)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    dtype = draw(st.sampled_from([np.uint8, np.float32, np.float64]))
    if dtype is np.uint8:
        image = rng.integers(0, 256, (groups * depth, height, width)).astype(dtype)
    else:
        image = rng.normal(scale=100, size=(groups * depth, height, width)).astype(dtype)
    bank = rng.normal(size=(groups * per_group, depth, *kernel)).astype(np.float32)
    bias = rng.normal(size=len(bank)).astype(np.float32) if draw(st.booleans()) else None
    return image, bank, geometry, bias


def tolerance(image, bank, geometry, bias, technique):
    """Gives how far an output may be off: what the techniques' descriptions promise."""
    real = np.float64 if image.dtype == np.float64 else np.float32
    bound = 2 * oracle.error_bound(image, bank, geometry, bias, dtype=real)
    if technique == Exact():
        return bound
    # Differences of a window of zeros are as large as the reference, whatever its own bound.
    wide = oracle.error_bound(image, bank, geometry, bias, dtype=np.float64)
    return bound + 4 * image.shape[2] * wide.max()


@pytest.mark.parametrize("technique", LOSSLESS, ids=str)
@settings(max_examples=120, deadline=None)
@given(
    scene=scenes(),
    threads=st.integers(1, 3),
    height=st.sampled_from([None, 1, 2, 3, 5]),
    level=st.sampled_from(levels()),
)
def test_agrees_with_the_oracle(technique, scene, threads, height, level):
    image, bank, geometry, bias = scene
    with use(level), forced_height(height):
        result = convolve(image, bank, technique, geometry, bias=bias, threads=threads)
    wanted = oracle.convolve(image, bank, geometry, bias)
    assert result.output.shape == wanted.shape
    assert (
        np.abs(result.output - wanted) <= tolerance(image, bank, geometry, bias, technique)
    ).all()


@settings(max_examples=80, deadline=None)
@given(
    scene=scenes(),
    technique=st.builds(
        LSH,
        st.integers(1, 32),
        scope=st.sampled_from(["channel", "window"]),
        reuse=st.booleans(),
        seed=st.integers(0, 9),
    ),
    threads=st.integers(1, 3),
    level=st.sampled_from(levels()),
)
def test_lsh_agrees_with_the_oracle(scene, technique, threads, level):
    image, bank, geometry, bias = scene
    taps = bank[0, 0].size * (bank.shape[1] if technique.scope == "window" else 1)
    with use(level):
        result = convolve(image, bank, technique, geometry, bias=bias, threads=threads)
    wanted, clusters = oracle.lsh(
        image, bank, hash_vectors(technique, taps), geometry, scope=technique.scope
    )
    wanted += 0 if bias is None else bias[:, None, None]
    assert result.facts.clusters.tolist() == clusters
    # A window's centroid may be any other's, so the bound is the largest of all windows.
    size = np.abs(bank).sum(axis=(1, 2, 3)) * np.abs(image.astype(np.float64)).max()
    size += 0 if bias is None else np.abs(bias)
    bound = size * (bank[0].size + 2) * np.finfo(result.output.dtype).eps
    assert (np.abs(result.output - wanted) <= 2 * bound[:, None, None]).all()


@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
@pytest.mark.parametrize("level", levels())
@settings(max_examples=30, deadline=None)
@given(scene=scenes(), threads=st.integers(2, 3), height=st.integers(1, 6))
def test_depends_neither_on_threads_nor_on_bands(technique, level, scene, threads, height):
    image, bank, geometry, bias = scene
    with use(level):
        wanted = convolve(image, bank, technique, geometry, bias=bias, threads=1).output
        with forced_height(height):
            given = convolve(image, bank, technique, geometry, bias=bias, threads=threads).output
    np.testing.assert_array_equal(given, wanted)


def large_scene(seed, count=None):
    """Gives a scene in which every edge of the kernels' tiles is somewhere."""
    rng = np.random.default_rng(seed)
    groups = int(rng.choice([1, 1, 1, 2, 4]))
    depth = int(rng.integers(1, 5))
    kernel = rng.integers(1, 8, 2)
    count = count or int(rng.integers(1, 30))
    padding = "same" if rng.integers(3) == 0 else tuple(rng.integers(0, 4, 2).tolist())
    stride = int(rng.choice([1, 1, 2, 3])), int(rng.choice([1, 1, 2, 3]))
    dilation = tuple(rng.choice([1, 1, 2], 2).tolist())
    image = rng.normal(size=(groups * depth, *rng.integers(15, 150, 2))).astype(np.float32)
    bank = rng.normal(size=(groups * count, depth, *kernel)).astype(np.float32)
    return image, bank, Geometry(stride, padding, dilation, groups)


def bound_by_magnitude(image, bank, geometry):
    """Gives the oracle's bound, worked out by the (tested) kernels in float64 for speed."""
    size = convolve(np.abs(image).astype(np.float64), np.abs(bank), geometry=geometry).output
    return size * bank[0].size * EPS


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("technique", LOSSLESS, ids=str)
def test_agrees_with_onnxruntime_on_large_scenes(onnx_convolve, level, technique):
    for seed in range(12):
        image, bank, geometry = large_scene(seed)
        with use(level):
            given = convolve(image, bank, technique, geometry, threads=1 + seed % 3).output
        wanted = onnx_convolve(image, bank, geometry)
        bound = 2 * bound_by_magnitude(image, bank, geometry) + 1e-9
        assert (np.abs(given - wanted) <= bound).all(), seed


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_number_of_filters_and_every_width(level, dtype):
    """Where blocks and tiles end: 1 to 40 filters, rows of 1 to 200 windows."""
    rng = np.random.default_rng(31)
    image = rng.integers(-9, 10, (2, 6, 204)).astype(dtype)
    bank = rng.integers(-9, 10, (40, 2, 3, 5)).astype(dtype)
    wanted = signal_convolve(image, bank)
    with use(level):
        for count in range(1, 41):
            given = convolve(image, bank[:count]).output
            np.testing.assert_array_equal(given, wanted[:count])
        for width, count in itertools.product([*range(1, 70), 127, 128, 129, 199, 200], [1, 3, 4]):
            given = convolve(image[:, :, : width + 4], bank[:count]).output
            np.testing.assert_array_equal(given, wanted[:count, :, :width])


def signal_convolve(image, bank):
    """Gives SciPy's convolution, channel by channel, in float64."""
    wide = image.astype(np.float64)
    return np.array([
        sum(
            signal.correlate(plane, weights.astype(np.float64), "valid", "direct")
            for plane, weights in zip(wide, each, strict=True)
        )
        for each in bank
    ])  # fmt: skip


@pytest.mark.parametrize("technique", LOSSLESS, ids=str)
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_agrees_with_scipy_and_strides_pick_from_it(technique, dtype):
    rng = np.random.default_rng(32)
    image = rng.integers(0, 256, (2, 40, 61)).astype(dtype)
    bank = rng.normal(size=(3, 2, 5, 4))
    wanted = signal_convolve(image, bank)
    size = signal_convolve(image, np.abs(bank)).max() * bank[0].size
    for stride in itertools.product((1, 2, 3), (1, 2, 5)):
        given = convolve(image, bank, technique, Geometry(stride)).output
        picked = wanted[:, :: stride[0], :: stride[1]]
        np.testing.assert_allclose(given, picked, rtol=0, atol=2 * np.finfo(given.dtype).eps * size)


@pytest.mark.parametrize("kernel", [(3, 3), (7, 7), (5, 9), (2, 4)])
@pytest.mark.parametrize("technique", LOSSLESS, ids=str)
@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_agrees_with_filter2d_of_opencv(technique, kernel, dtype):
    rng = np.random.default_rng(33)
    image = rng.integers(0, 256, (67, 150)).astype(dtype)
    bank = rng.normal(size=kernel).astype(np.float32)
    # "same" pads (K - 1) // 2 before the image; OpenCV's own anchor is at K // 2.
    anchor = (kernel[1] - 1) // 2, (kernel[0] - 1) // 2
    wanted = cv2.filter2D(image, cv2.CV_32F, bank, anchor=anchor, borderType=cv2.BORDER_CONSTANT)
    given = convolve(image, bank, technique, Geometry(padding="same")).output[0]
    np.testing.assert_allclose(given, wanted, atol=255 * np.abs(bank).sum() * bank.size * EPS)


class TestProperties:
    """What a convolution is, told without another implementation."""

    @pytest.fixture(params=LOSSLESS, ids=str)
    def output(self, request):
        def run(image, bank, geometry=Geometry()):  # noqa: B008 (frozen)
            return convolve(image, bank, request.param, geometry).output

        return run

    @pytest.fixture
    def scene(self):
        rng = np.random.default_rng(34)
        image = rng.integers(-50, 50, (4, 30, 41)).astype(np.float32)
        return image, rng.integers(-5, 6, (5, 4, 3, 3)).astype(np.float32)

    def test_linear_in_the_image_and_in_the_filters(self, scene, output):
        image, bank = scene
        other = image[:, ::-1].copy()
        np.testing.assert_array_equal(
            output(2 * image - other, bank), 2 * output(image, bank) - output(other, bank)
        )
        turned = bank[:, :, ::-1].copy()
        np.testing.assert_array_equal(
            output(image, 3 * bank + turned), 3 * output(image, bank) + output(image, turned)
        )

    def test_a_shifted_image_gives_a_shifted_output(self, scene, output):
        image, bank = scene
        np.testing.assert_array_equal(
            output(image[:, 2:, 5:].copy(), bank), output(image, bank)[:, 2:, 5:]
        )

    def test_a_single_one_gives_the_image_back(self, scene, output):
        image, _ = scene
        bank = np.zeros((1, 4, 3, 3))
        bank[0, 2, 1, 1] = 1
        np.testing.assert_array_equal(output(image, bank, Geometry(padding=1))[0], image[2])

    def test_channels_may_be_split_and_added(self, scene, output):
        image, bank = scene
        np.testing.assert_array_equal(
            output(image[:1], bank[:, :1]) + output(image[1:], bank[:, 1:]), output(image, bank)
        )

    def test_groups_are_convolutions_side_by_side(self, scene, output):
        image, bank = scene
        bank = bank[:4, :2]
        np.testing.assert_array_equal(
            output(image, bank, Geometry(groups=2)),
            np.concatenate([output(image[:2], bank[:2]), output(image[2:], bank[2:])]),
        )

    def test_dilation_is_a_filter_with_holes(self, scene, output):
        image, bank = scene
        holes = np.zeros((5, 4, 5, 7), np.float32)
        holes[:, :, ::2, ::3] = bank
        np.testing.assert_array_equal(
            output(image, bank, Geometry(dilation=(2, 3))), output(image, holes)
        )

    def test_padding_is_an_image_with_a_frame_of_zeros(self, scene, output):
        image, bank = scene
        framed = np.pad(image, ((0, 0), (2, 2), (1, 1)))
        np.testing.assert_array_equal(
            output(image, bank, Geometry(padding=(2, 1))), output(framed, bank)
        )

    def test_every_filter_stands_alone(self, scene, output):
        image, bank = scene
        together = output(image, bank)
        for each in range(len(bank)):
            np.testing.assert_array_equal(output(image, bank[each : each + 1])[0], together[each])
