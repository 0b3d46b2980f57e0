"""The front door: what is accepted, what is refused and how, and that values pass through."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import LSH, Differential, Exact, Geometry, convolve, oracle

TECHNIQUES = [Exact(), Differential(), Differential("previous"), LSH(), LSH(scope="window")]
RNG = np.random.default_rng(11)
IMAGE = RNG.integers(0, 256, (3, 14, 17)).astype(np.float32)
FILTERS = RNG.integers(-4, 5, (2, 3, 3, 3)).astype(np.float32)
WANTED = oracle.convolve(IMAGE, FILTERS)


@pytest.fixture(params=TECHNIQUES, ids=str)
def technique(request):
    return request.param


@pytest.fixture
def plain(technique):
    """Gives the output for the image as it is, contiguous."""
    return convolve(IMAGE, FILTERS, technique).output


def test_integers_convolve_exactly():
    result = convolve(IMAGE, FILTERS)
    assert result.output.dtype == np.float32
    assert result.output.flags.c_contiguous
    np.testing.assert_array_equal(result.output, WANTED)
    assert result.technique == Exact()
    assert result.facts.clusters is None
    assert result.seconds >= 0
    assert result.held_bytes >= 0


@pytest.mark.parametrize(
    ("dtype", "wanted"), [("u1", "f4"), ("f4", "f4"), ("f8", "f8"), (">f4", "f4"), (">f8", "f8")]
)
def test_image_types_and_the_types_they_give(technique, plain, dtype, wanted):
    output = convolve(IMAGE.astype(dtype), FILTERS, technique).output
    assert output.dtype == np.dtype(wanted)
    np.testing.assert_allclose(output, plain, rtol=1e-5, atol=1e-2)


@pytest.mark.parametrize("dtype", ["f8", "f2", "i4", "u1", "?", ">f4", ">i2"])
def test_filters_of_any_real_type(technique, dtype):
    bank = np.abs(FILTERS).astype(dtype)
    wanted = convolve(IMAGE, bank.astype(np.float32), technique).output
    np.testing.assert_array_equal(convolve(IMAGE, bank, technique).output, wanted)
    np.testing.assert_array_equal(convolve(IMAGE, bank.tolist(), technique).output, wanted)


def strided(array):
    room = np.full((array.shape[0], 2 * array.shape[1], 3 * array.shape[2] + 1), np.nan, "f4")
    view = room[:, ::2, 1::3]
    view[:] = array
    return view


def read_only(array):
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def unaligned(array):
    raw = np.zeros(array.nbytes + 1, np.uint8)
    view = raw[1:].view(array.dtype).reshape(array.shape)
    view[:] = array
    assert not view.flags.aligned
    return view


LAYOUTS = {
    "strided": strided,
    "reversed": lambda a: a[:, ::-1, ::-1].copy()[:, ::-1, ::-1],
    "channels last": lambda a: np.ascontiguousarray(a.transpose(1, 2, 0)).transpose(2, 0, 1),
    "fortran": np.asfortranarray,
    "read-only": read_only,
    "unaligned": unaligned,
    "channels reversed": lambda a: a[::-1].copy()[::-1],
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("padding", [0, 1])
def test_any_layout_in_memory_gives_the_same(technique, layout, padding):
    geometry = Geometry(padding=padding)
    wanted = convolve(IMAGE, FILTERS, technique, geometry).output
    np.testing.assert_array_equal(
        convolve(layout(IMAGE), FILTERS, technique, geometry).output, wanted
    )


def test_filters_of_any_layout_give_the_same(technique, plain):
    for bank in (np.asfortranarray(FILTERS), read_only(FILTERS), unaligned(FILTERS)):
        np.testing.assert_array_equal(convolve(IMAGE, bank, technique).output, plain)
    bank = FILTERS[::-1, :, ::-1, ::-1].copy()[::-1, :, ::-1, ::-1]
    np.testing.assert_array_equal(convolve(IMAGE, bank, technique).output, plain)


def test_repeated_values_in_memory(technique):
    """A broadcast view has strides of 0."""
    row = np.arange(17, dtype=np.float32)
    view = np.broadcast_to(row, (3, 14, 17))
    wanted = convolve(view.copy(), FILTERS, technique).output
    np.testing.assert_array_equal(convolve(view, FILTERS, technique).output, wanted)


def test_a_plane_is_an_image_of_one_channel(technique):
    plane, window = IMAGE[0], FILTERS[0, 0]
    wanted = convolve(plane[None], window[None, None], technique).output
    np.testing.assert_array_equal(convolve(plane, window, technique).output, wanted)
    np.testing.assert_array_equal(convolve(plane, window[None, None], technique).output, wanted)
    assert wanted.shape == (1, 12, 15)


def test_inputs_are_left_alone(technique):
    image, bank = IMAGE.copy(), FILTERS.copy()
    convolve(image, bank, technique, Geometry(padding=2), bias=np.ones(2))
    np.testing.assert_array_equal(image, IMAGE)
    np.testing.assert_array_equal(bank, FILTERS)


def test_bias_is_added_to_every_value(technique, plain):
    result = convolve(IMAGE, FILTERS, technique, bias=[8, -16])
    wanted = plain + np.float32([[[8]], [[-16]]])
    np.testing.assert_allclose(result.output, wanted, rtol=1e-6)
    assert result.executed["bias"].additions == wanted.size


def test_out_is_written_and_given_back(technique, plain):
    out = np.full(plain.shape, np.nan, np.float32)
    assert convolve(IMAGE, FILTERS, technique, out=out).output is out
    np.testing.assert_array_equal(out, plain)


def test_out_may_be_a_view(technique, plain):
    room = np.zeros((2, 24, 30), np.float32)
    out = room[:, ::2, ::-2]
    assert convolve(IMAGE, FILTERS, technique, out=out).output is out
    np.testing.assert_array_equal(out, plain)
    assert not room[:, 1::2].any()


@pytest.mark.parametrize("technique", [Exact(), Differential()], ids=str)
def test_out_may_be_the_image_itself(technique):
    image = IMAGE.copy()
    bank = np.tile(FILTERS[:1], (3, 1, 1, 1))
    wanted = convolve(image, bank, technique, Geometry(padding=1)).output
    convolve(image, bank, technique, Geometry(padding=1), out=image)
    np.testing.assert_array_equal(image, wanted)


@pytest.mark.parametrize("count", [1, 2, 5, 20])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_pass_through(count, value):
    image = np.random.default_rng(3).normal(size=(2, 20, 70)).astype(np.float32)
    image[1, 7, 33] = value
    bank = np.random.default_rng(4).normal(size=(count, 2, 3, 3)).astype(np.float32)
    bank[0, 1, 1, 1] = 0
    output = convolve(image, bank, geometry=Geometry(padding=1)).output
    wanted = oracle.convolve(image, bank, Geometry(padding=1))
    np.testing.assert_array_equal(np.isnan(output), np.isnan(wanted))
    np.testing.assert_array_equal(np.isposinf(output), np.isposinf(wanted))
    np.testing.assert_array_equal(np.isneginf(output), np.isneginf(wanted))
    assert np.isnan(output[0, 7, 33]), "0 times infinity is not a number"
    finite = np.isfinite(wanted)
    np.testing.assert_allclose(output[finite], wanted[finite], atol=1e-5)


def test_infinite_weights_and_bias_pass_through():
    bank = np.array([[[[np.inf]]], [[[1.0]]]])
    output = convolve(np.array([[[0.0, 1.0, -1.0]]]), bank, bias=[0, np.nan]).output
    np.testing.assert_array_equal(output[0], [[np.nan, np.inf, -np.inf]])
    assert np.isnan(output[1]).all()


def test_values_too_large_for_float32_become_infinite():
    output = convolve(np.full((1, 2, 2), 3e38, np.float32), np.full((1, 1, 2, 2), 1.0)).output
    assert np.isposinf(output).all()
    assert np.isposinf(convolve(IMAGE + 1, np.full((1, 3, 2, 2), 1e300)).output).all()
    wide = convolve(np.full((1, 2, 2), 3e38), np.full((1, 1, 2, 2), 1.0)).output
    np.testing.assert_allclose(wide, 1.2e39)
