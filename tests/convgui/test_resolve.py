"""From session and image to request."""

from dataclasses import replace

import numpy as np
import pytest

from convgui.model.image import Image
from convgui.model.parameters import CUSTOM
from convgui.model.prepare import MOST_SIDE, prepare
from convgui.model.resolve import ResolveError, resolve
from convgui.model.session import Session
from cyconv import LSH, Differential, Exact, Geometry, filters


@pytest.fixture
def image():
    random = np.random.default_rng(0)
    return Image(random.integers(0, 256, (20, 30, 3), dtype=np.uint8), "noise.png", None)


def test_the_default_session_asks_for_all_three(image):
    request = resolve(Session(), image)
    assert request.techniques == (Exact(), Differential(), LSH())
    assert request.geometry == Geometry()
    assert request.threads is None
    assert (request.image_name, request.filter_name) == ("noise.png", "blur")
    np.testing.assert_array_equal(request.image, image.pixels.transpose(2, 0, 1))
    assert request.image.dtype == np.uint8
    np.testing.assert_allclose(request.filters, np.full((1, 3, 3, 3), 1 / 9), rtol=1e-7)
    assert request.output_size == (18, 28)
    assert request.output_values == 18 * 28


def test_a_request_can_not_be_changed(image):
    request = resolve(Session(), image)
    with pytest.raises(ValueError, match="read-only"):
        request.image[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        request.filters[0, 0, 0, 0] = 1


def test_every_parameter_arrives(image):
    session = Session(
        width=24, height=16, gray=True, filter_name="random", kernel_size=5, filter_count=4,
        filter_seed=7, stride=2, padding=3, dilation=2, reference="previous", hashes=5,
        scope="window", lsh_seed=9, reuse=False, threads=2,
    )  # fmt: skip
    request = resolve(session, image)
    assert request.image.shape == (1, 16, 24)
    np.testing.assert_array_equal(
        request.filters, filters.make("random", 5, 4, 1, seed=7).astype(np.float32)
    )
    assert request.geometry == Geometry(2, 3, 2)
    assert request.techniques[1:] == (
        Differential("previous"),
        LSH(5, scope="window", reuse=False, seed=9),
    )
    assert request.threads == 2
    assert request.session is session


def test_divisor_and_sigma_arrive(image):
    blur = resolve(Session(divisor=500.0), image).filters
    np.testing.assert_allclose(blur, 1 / 500, rtol=1e-7)
    narrow, wide = (
        resolve(Session(filter_name="gaussian", kernel_size=7, sigma=sigma), image).filters
        for sigma in (0.5, 3.0)
    )
    assert narrow[0, 0, 3, 3] > wide[0, 0, 3, 3]


def test_the_report_only_knows_the_first_window(image):
    session = Session(reference="previous", differential_as_published=True, lsh_as_published=True)
    assert resolve(session, image).techniques[1:] == (
        Differential("first", as_published=True),
        LSH(as_published=True),
    )


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_same_padding_keeps_the_size(image, stride):
    session = Session(same_padding=True, padding=9, kernel_size=4, stride=stride)
    assert resolve(session, image).output_size == (-(-20 // stride), -(-30 // stride))


def test_techniques_can_be_chosen_and_keep_their_order(image):
    assert resolve(Session(), image, ("lsh", "exact")).techniques == (Exact(), LSH())
    with pytest.raises(ResolveError, match=r"one of exact, .* got 'magic'"):
        resolve(Session(), image, ("magic",))


def test_one_plane_of_weights_serves_all_channels_and_filters(image):
    session = Session(filter_name=CUSTOM, weights=((1.0, 2.0, 3.0),), filter_count=2)
    bank = resolve(session, image).filters
    assert bank.shape == (2, 3, 1, 3)
    np.testing.assert_array_equal(bank, np.broadcast_to([1, 2, 3], (2, 3, 1, 3)))


def test_a_bank_of_weights_is_taken_as_it_is(image):
    weights = np.arange(2 * 3 * 2 * 2, dtype=float).reshape(2, 3, 2, 2)
    nested = tuple(
        tuple(tuple(tuple(row) for row in plane) for plane in one) for one in weights.tolist()
    )
    session = Session(filter_name=CUSTOM, weights=nested, filter_count=5)
    np.testing.assert_array_equal(resolve(session, image).filters, weights)
    one_channel = replace(session, weights=tuple(each[:1] for each in nested))
    np.testing.assert_array_equal(
        resolve(one_channel, image).filters, np.repeat(weights[:, :1], 3, axis=1)
    )
    two_channels = replace(session, weights=tuple(each[:2] for each in nested))
    with pytest.raises(ResolveError, match="as many channels as the image, 3, got 2"):
        resolve(two_channels, image)


def test_what_is_left_out_goes_with_any_reference_but_as_published(image):
    session = Session(reference="best", threshold=3.0, residue="forgotten")
    differential = resolve(session, image, ["differential"]).techniques[0]
    assert differential == Differential("best", 3.0, "forgotten")
    published = replace(session, differential_as_published=True)
    assert resolve(published, image, ["differential"]).techniques[0] == Differential(
        as_published=True
    )


def test_sixteen_bit_values_stay_as_they_are():
    pixels = np.linspace(0, 65535, 48, dtype=np.float32).reshape(6, 8)
    request = resolve(Session(), Image(pixels, "deep.png", None, stored="uint16"))
    np.testing.assert_array_equal(request.image[0], pixels)
    assert request.stored == "uint16"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stride": 0}, "stride must be at least 1, got 0"),
        ({"padding": -1}, "padding must be at least 0, got -1"),
        ({"dilation": 0}, "dilation must be at least 1, got 0"),
        ({"hashes": 33}, "hashes must be an int of 1 to 32, got 33"),
        ({"scope": "nothing"}, "scope must be"),
        ({"reference": "last"}, "reference must be"),
        ({"threshold": -1.0}, "threshold must be a number of at least 0, got -1"),
        ({"residue": "lost"}, "residue must be"),
        ({"threads": -1}, "threads must be at least 0, got -1"),
        ({"kernel_size": 21}, "filters must fit the padded image"),
        ({"kernel_size": 0}, "size must be at least 1"),
        ({"filter_count": 0}, "count must be at least 1"),
        ({"filter_name": "swirl"}, "name must be one of"),
        ({"filter_name": "sobel-x", "kernel_size": 4}, "size must be an odd number"),
        ({"filter_name": CUSTOM}, "weights must be given"),
        ({"filter_name": CUSTOM, "weights": ((1.0, 2.0), (3.0,))}, "as many in every row"),
        ({"filter_name": CUSTOM, "weights": (1.0, 2.0)}, "weights must be K_h x K_w or"),
        ({"width": MOST_SIDE + 1}, "width must be 1 to 65535 pixels, got 65536"),
        ({"height": -3}, "height must be 1 to 65535 pixels, got -3"),
        ({"width": MOST_SIDE, "height": MOST_SIDE}, "width x height must be at most"),
    ],
)
def test_what_can_not_be_run_is_one_sentence(image, changes, message):
    with pytest.raises(ResolveError, match=message) as caught:
        resolve(Session(**changes), image)
    assert "\n" not in str(caught.value)


def test_gray_is_brightness_and_green_weighs_most():
    pixels = np.zeros((2, 3, 3), np.uint8)
    pixels[:, range(3), range(3)] = 255
    assert prepare(pixels, gray=True)[0].tolist() == [[76, 150, 29]] * 2


def test_shrinking_averages_and_enlarging_keeps_the_range():
    pixels = np.array([[0, 255], [255, 0]], np.uint8).repeat(4, 0).repeat(4, 1)
    assert prepare(pixels, 1, 1).item() in (127, 128)
    wide = prepare(pixels, 64, 32)
    assert wide.shape == (1, 32, 64)
    assert (wide.min(), wide.max()) == (0, 255)


def test_zero_stands_for_the_size_as_it_is(image):
    assert prepare(image.pixels, 0, 10).shape == (3, 10, 30)
