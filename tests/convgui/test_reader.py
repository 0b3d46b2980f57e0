"""Every format and every way to store samples gives the pixels that independent readers give."""

from __future__ import annotations

import io
import pickle
from typing import Any

import numpy as np
import pytest
from picture_files import (
    ALPHA,
    BITS,
    COLOUR,
    DEEP,
    EVERY,
    GRAY,
    PALETTE,
    RGB,
    TURNED,
    pam,
    saved,
    tiff,
)  # fmt: skip
from PIL import Image as Pillow
from PIL import ImageOps

from convgui.model.image import Image
from convgui.model.reader import read_image

RGBA = np.dstack([RGB, ALPHA])
LA = np.dstack([GRAY, ALPHA])
PLAIN = np.asarray(PALETTE.convert("RGB"))
LEFT_OUT = "The transparency (alpha channel) was left out."
ANIMATED = "The file is animated; its first picture is shown."
TURNED_UPRIGHT = "The picture was turned upright as the file asks."
ORIENTATION = 274


def _same(image: Image, expected: Any, tolerance: float = 0) -> None:
    expected = np.asarray(expected)
    assert image.pixels.shape == expected.shape
    assert np.abs(image.pixels.astype(np.float64) - expected).max() <= tolerance
    assert not image.damaged


@pytest.mark.parametrize("name", EVERY)
def test_every_format_gives_its_pixels(name: str) -> None:
    data, pixels, tolerance = EVERY[name]
    image = read_image(data)
    _same(image, pixels, tolerance)
    assert image.notes == ((ANIMATED,) if name == "APNG" else ())
    assert image.name == "pasted image"
    assert image.path is None


@pytest.mark.parametrize(
    ("data", "pixels"),
    [
        (saved(RGBA, "PNG"), RGB), (saved(LA, "PNG"), GRAY), (saved(RGBA, "TIFF"), RGB),
        (saved(PALETTE, "PNG", transparency=3), PLAIN), (saved(GRAY, "PNG", transparency=3), GRAY),
        (saved(RGBA, "WEBP", lossless=True, exact=True), RGB), (pam(RGBA, 255), RGB),
        (pam(LA, 255), GRAY), (saved(PALETTE, "GIF", transparency=3), PLAIN),
        (saved(RGBA, "JPEG2000"), RGB),
    ],
)  # fmt: skip
def test_alpha_is_left_out_and_said(data: bytes, pixels: np.ndarray) -> None:
    image = read_image(data)
    _same(image, pixels)
    assert image.notes == (LEFT_OUT,)


@pytest.mark.parametrize(
    ("data", "pixels"),
    [
        (saved(BITS, "PNG"), BITS * 255), (saved(BITS, "TIFF", compression="group4"), BITS * 255),
        (saved(BITS, "BMP"), BITS * 255), (saved(PALETTE, "TIFF"), PLAIN),
        (saved(PALETTE, "BMP"), PLAIN), (saved(GRAY, "JPEG", quality=100), GRAY),
        (saved(COLOUR.convert("CMYK"), "TIFF"), RGB),
    ],
)  # fmt: skip
def test_few_bits_palettes_and_printing_colours(data: bytes, pixels: np.ndarray) -> None:
    _same(read_image(data), pixels, 2)


def test_a_cmyk_jpeg_looks_as_it_does_elsewhere() -> None:
    data = saved(COLOUR.convert("CMYK"), "JPEG", quality=98)
    image = read_image(data)
    _same(image, Pillow.open(io.BytesIO(data)).convert("RGB"), 3)
    assert image.notes == ("Printing colours (CMYK) were turned into RGB.",)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_are_turned_upright(kind: str, orientation: int) -> None:
    exif = Pillow.Exif()
    exif[ORIENTATION] = orientation
    options: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "TIFF":
        options = {"tiffinfo": {ORIENTATION: orientation}}
    data = saved(RGB, kind, **options)
    opened = Pillow.open(io.BytesIO(data))
    opened.load()
    image = read_image(data)
    _same(image, ImageOps.exif_transpose(opened), 3)
    assert image.notes == (() if orientation == 1 else (TURNED_UPRIGHT,))
    assert image.pixels.flags.c_contiguous


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("compression", [None, "tiff_lzw", "packbits", "group4"])
def test_turned_tiffs_of_all_compressions(orientation: int, compression: str | None) -> None:
    options: dict[str, Any] = {"tiffinfo": {ORIENTATION: orientation}}
    if compression:
        options["compression"] = compression
    data = saved(BITS if compression == "group4" else DEEP, "TIFF", **options)
    opened = Pillow.open(io.BytesIO(data))
    opened.load()
    expected = np.asarray(ImageOps.exif_transpose(opened)).astype(np.int64)
    _same(read_image(data), expected * 255 if compression == "group4" else expected)


TYPES = ("u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8")


@pytest.mark.parametrize("options", [{}, {"byteorder": ">"}, {"bigtiff": True}], ids=str)
@pytest.mark.parametrize("kind", TYPES)
def test_tiffs_of_every_type_and_layout(kind: str, options: dict[str, Any]) -> None:
    """Some of these layouts OpenCV gives wrongly, or not at all, when it is asked plainly."""
    random = np.random.default_rng(0)
    values = random.integers(0, 100, (20, 30, 4)).astype(kind)
    rgb, planes = values[:, :, :3], np.ascontiguousarray(values.transpose(2, 0, 1))
    colours, alpha = {"photometric": "rgb", **options}, {"extrasamples": ["unassalpha"]}
    gray = {"photometric": "minisblack", **options}
    packed = {"compression": "zlib", "predictor": kind[0] != "f"}
    for data, expected in (
        (tiff(rgb, **colours), rgb),
        (tiff(rgb, **colours, **packed), rgb),
        (tiff(rgb, tile=(32, 32), **colours), rgb),
        (tiff(planes[:3], planarconfig="separate", **colours), rgb),
        (tiff(planes[:3], planarconfig="separate", rowsperstrip=7, **packed, **colours), rgb),
        (tiff(values, **alpha, **colours), rgb),
        (tiff(values, **alpha, **packed, **colours), rgb),
        (tiff(values, tile=(16, 16), compression="zlib", **alpha, **colours), rgb),
        (tiff(values[:, :, 0], **gray), values[:, :, 0]),
        (tiff(values[:, :, :2], planarconfig="contig", **alpha, **gray), values[:, :, 0]),
        (tiff(planes[:2], planarconfig="separate", **alpha, **gray), values[:, :, 0]),
    ):
        image = read_image(data)
        _same(image, expected)
        assert image.stored == values.dtype.name
        assert image.pixels.dtype == (np.uint8 if kind == "u1" else np.float32)


@pytest.mark.parametrize("kind", ["u1", "u2", "u4"])
def test_white_may_be_zero(kind: str) -> None:
    values = np.arange(100).reshape(10, 10).astype(kind)
    expected = np.iinfo(kind).max - values.astype(np.int64)
    read = read_image(tiff(values, photometric="miniswhite"))
    _same(read, expected.astype(np.float32))


def test_further_channels_are_left_out_and_said() -> None:
    values = np.random.default_rng(1).integers(0, 9, (8, 9, 7)).astype(np.uint16)
    image = read_image(tiff(values, photometric="minisblack", planarconfig="contig"))
    _same(image, values[:, :, 0])
    assert image.notes == ("The file has 6 further channels, which were left out.",)


def test_sixteen_bits_are_kept() -> None:
    for data in (saved(DEEP, "PNG"), saved(DEEP, "TIFF"), saved(DEEP, "PPM"),
                 saved(DEEP, "JPEG2000")):  # fmt: skip
        image = read_image(data)
        _same(image, DEEP)
        assert image.pixels.dtype == np.float32
        assert (image.stored, image.peak) == ("uint16", 65535)
    assert read_image(saved(RGB, "PNG")).peak == 255


def test_numbers_that_are_not_finite_pass_and_are_counted() -> None:
    values = np.linspace(-1, 3, 60, dtype=np.float32).reshape(6, 10)
    values[0, :3] = np.nan, np.inf, -np.inf
    image = read_image(tiff(values))
    np.testing.assert_array_equal(image.pixels, values)
    assert image.notes == ("3 values are not finite numbers.",)
    assert image.peak == 3
    wide = read_image(tiff(np.full((2, 2), 1e300)))
    assert np.isinf(wide.pixels).all()
    assert wide.peak == 1


def test_few_levels_are_scaled_and_said() -> None:
    few = np.minimum(GRAY, 100)
    for data in (b"P5\n36 24\n100\n" + few.tobytes(), pam(few[:, :, None], 100),
                 b"P2\n36 24\n100\n" + " ".join(map(str, few.ravel())).encode()):  # fmt: skip
        _same(read_image(data), few.astype(int) * 255 // 100, 1)
    image = read_image(b"P5 36 24 100 " + few.tobytes())
    assert image.notes == ("The values 0 to 100 were scaled to 0 to 255.",)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_the_first_picture_of_several_is_shown(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {"quality": 100} if kind == "AVIF" else {}
    first = PALETTE if kind == "GIF" else COLOUR
    data = saved(first, kind, save_all=True, append_images=[TURNED, TURNED], **options)
    image = read_image(data)
    _same(image, first.convert("RGB"), 12 if kind == "AVIF" else 0)
    pages = "The file has 3 pages; the first is shown."
    assert image.notes == ((pages,) if kind == "TIFF" else (ANIMATED,))


def test_an_image_can_be_pickled_and_never_changed() -> None:
    image = read_image(saved(RGBA, "PNG"), name="from the clipboard")
    again = pickle.loads(pickle.dumps(image))
    for each in (image, again):
        assert each.name == "from the clipboard"
        assert each.notes == (LEFT_OUT,)
        assert (each.width, each.height, each.channels) == (36, 24, 3)
        with pytest.raises(ValueError, match="read-only"):
            each.pixels[0, 0, 0] = 1
    np.testing.assert_array_equal(image.pixels, again.pixels)


def test_an_image_does_not_share_an_array_that_can_change() -> None:
    pixels = np.zeros((3, 4), np.uint8)
    image, view = Image(pixels, "a"), Image(pixels[:, ::2], "b")
    pixels[:] = 9
    assert image.pixels.max() == 0
    assert view.pixels.max() == 0
    assert Image(pixels, "c").stored == "uint8"


@pytest.mark.parametrize(
    "pixels", [np.zeros(4, np.uint8), np.zeros((2, 2, 4), np.uint8), np.zeros((0, 2), np.uint8),
               np.zeros((2, 2)), np.zeros((2, 2), np.uint16)],
)  # fmt: skip
def test_an_image_is_gray_or_rgb_in_bytes_or_floats(pixels: Any) -> None:
    with pytest.raises(ValueError, match="pixels must be"):
        Image(pixels, "wrong")
