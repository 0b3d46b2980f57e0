"""Files that the torture of odd files found to be read wrongly, or not at all."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from picture_files import ALPHA, BITS, GRAY, IEND, RGB, chunk, ihdr, saved, tiff
from picture_files import png as packed
from PIL import Image as Pillow

from convgui.model import files, formats, reader
from convgui.model.files import display_name
from convgui.model.formats import Unreadable, png
from convgui.model.image import ImageError
from convgui.model.reader import read_image


def _refusal(data: bytes) -> str:
    with pytest.raises(ImageError) as caught:
        read_image(data)
    return str(caught.value)


def _field(data: bytes, tag: int, value: int) -> bytes:
    """Gives a little-endian TIFF in which a field of one value has another one."""
    place = int.from_bytes(data[4:8], "little")
    for start in range(place + 2, len(data) - 12, 12):
        if int.from_bytes(data[start : start + 2], "little") == tag:
            return data[: start + 8] + value.to_bytes(4, "little") + data[start + 12 :]
    raise AssertionError(f"no field {tag}")


@pytest.mark.parametrize("side", [16, 48, 64])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", [np.uint8, np.int8])
def test_bytes_in_tiles_of_any_size(side: int, order: str, kind: type) -> None:
    """OpenCV refuses those that are no multiple of 1,024 bytes."""
    gray = np.kron(GRAY, np.ones((3, 3), np.uint8)).astype(kind)
    colours = np.dstack([gray, gray[::-1], gray[:, ::-1]])
    options = {"tile": (side, side), "byteorder": order}
    for data, wanted in (
        (tiff(gray, **options), gray), (tiff(colours, photometric="rgb", **options), colours),
        (tiff(np.moveaxis(colours, 2, 0), photometric="rgb", planarconfig="separate", **options),
         colours),
    ):  # fmt: skip
        image = read_image(data)
        np.testing.assert_array_equal(image.pixels, wanted)
        assert not image.damaged


@pytest.mark.parametrize("bits", [2, 4])
@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("width", [35, 36, 37])
def test_grays_of_two_and_four_bits(bits: int, inverted: bool, width: int) -> None:
    most = (1 << bits) - 1
    values = (np.add.outer(np.arange(9), np.arange(width)) % (most + 1)).astype(np.uint8)
    each = np.unpackbits(values[:, :, None], axis=2)[:, :, 8 - bits :].reshape(9, -1)
    rows = np.packbits(each, axis=1)
    data = tiff(rows, photometric="miniswhite" if inverted else "minisblack", metadata=None)
    data = _field(_field(data, 256, width), 258, bits)
    wanted = (most - values if inverted else values) * (255 // most)
    np.testing.assert_array_equal(read_image(data).pixels, wanted)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_tiffs_with_palettes_of_every_size(bits: int) -> None:
    """OpenCV makes two colours gray, and refuses four."""
    values = (np.add.outer(np.arange(9), np.arange(40)) % (1 << bits)).astype(np.uint8)
    each = np.unpackbits(values[:, :, None], axis=2)[:, :, 8 - bits :].reshape(9, -1)
    palette = np.add.outer(np.arange(3) * 50, np.arange(1 << bits) * 83) % 256
    data = tiff(np.packbits(each, axis=1), photometric="palette", metadata=None,
                colormap=np.zeros((3, 256), np.uint16))  # fmt: skip
    data = _field(_field(data, 256, 40), 258, bits)
    place = int.from_bytes(data[4:8], "little")
    entry = next(i for i in range(place + 2, len(data), 12) if data[i : i + 2] == b"\x40\x01")
    packed_palette = (palette * 257).astype("<u2").tobytes()
    head = struct.pack("<HHII", 320, 3, palette.size, len(data))
    data = data[:entry] + head + data[entry + 12 :] + packed_palette
    wanted = palette[:, values].transpose(1, 2, 0)
    np.testing.assert_array_equal(read_image(data).pixels, wanted)


def test_a_tiff_that_lies() -> None:
    good = tiff(GRAY, metadata=None)
    assert "compressed in a way (12345)" in _refusal(_field(good, 259, 12345))
    wide = _field(_field(good, 256, 9000), 257, 5000)
    assert "far fewer" in _refusal(_field(wide, 259, 5))
    fax = saved(BITS, "TIFF", compression="group4")
    place = int.from_bytes(fax[4:8], "little")
    assert place > 8
    assert read_image(fax[:8] + bytes(range(place - 8)) + fax[place:]).damaged


def test_a_tiff_without_its_last_page_is_damaged() -> None:
    pages = io.BytesIO()
    Pillow.fromarray(RGB).save(pages, "TIFF", save_all=True, append_images=[Pillow.fromarray(GRAY)])
    data = pages.getvalue()
    assert not read_image(data).damaged
    for left in (len(data) - 20, len(data) - 300, len(data) * 3 // 4):
        image = read_image(data[:left])
        assert image.damaged
        np.testing.assert_array_equal(image.pixels, RGB)


def test_a_background_that_the_palette_does_not_have() -> None:
    data = bytearray(saved(Pillow.fromarray(RGB).quantize(16), "GIF"))
    before = read_image(bytes(data)).pixels
    data[11] = 0xFF
    np.testing.assert_array_equal(read_image(bytes(data)).pixels, before)


def test_a_bitmap_of_two_bytes_is_not_seven_thousand_pixels_wide() -> None:
    head = struct.pack("<IiiHHIIiiII", 40, 7000, 7000, 1, 8, 1, 2, 0, 0, 0, 0)
    data = b"BM" + struct.pack("<IHHI", 1080, 0, 0, 1078) + head + bytes(1024) + b"\0\1"
    assert "far fewer" in _refusal(data)


def test_a_progressive_jpeg_of_a_thousand_scans() -> None:
    """Each scan goes over all pixels: 50 megapixels would take half a minute."""
    data = saved(Pillow.new("L", (1700, 1700), 90), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    count = data.count(b"\xff\xda") + 999
    refusal = _refusal(data[:start] + data[start:-2] * 1000 + b"\xff\xd9")
    assert f"{count:,} scans" in refusal


def test_a_large_png_that_ends_early_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = saved(RGB, "PNG")
    monkeypatch.setattr(png, "_LARGE", 1000)
    monkeypatch.setattr(png, "_PIECE", 100)
    np.testing.assert_array_equal(read_image(whole).pixels, RGB)
    monkeypatch.setattr(reader, "decode", lambda data: pytest.fail("it was decoded"))
    rows = zlib.compress(bytes(109 * 20))
    assert "cut off" in _refusal(packed(ihdr(36, 24, 8, 2), chunk(b"IDAT", rows),
                                            IEND))  # fmt: skip
    broken = chunk(b"IDAT", rows[:-9] + bytes(9) + rows[-9:])
    assert "can't be" in _refusal(packed(ihdr(36, 24, 8, 2), broken, IEND))


def _bitmap(bits: int, rows: bytes, masks: bytes = b"", os2: bool = False) -> bytes:
    """Gives a bitmap of 4 x 2 pixels."""
    head = struct.pack("<IiiHHIIiiII", 40, 4, 2, 1, bits, 3 if masks else 0, 0, 0, 0, 0, 0) + masks
    if os2:
        head = struct.pack("<IHHHH", 12, 4, 2, 1, bits)
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + len(head)) + head + rows


def test_colours_of_five_and_six_bits_reach_white() -> None:
    """OpenCV gives 248 for the whitest of them."""
    fives = np.array([[0x7FFF, 0x7C00, 0x3E0, 0x1F], [0x3DEF, 0, 1, 0x4210]], "<u2")
    wanted = [[[255] * 3, [255, 0, 0], [0, 255, 0], [0, 0, 255]],
              [[123] * 3, [0] * 3, [0, 0, 8], [132] * 3]]  # fmt: skip
    np.testing.assert_array_equal(read_image(_bitmap(16, fives[::-1].tobytes())).pixels, wanted)
    sixes = np.array([[0xFFFF, 0xF800, 0x7E0, 0x1F], [0, 0x20, 0x400, 0x800]], "<u2")
    masks = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    image = read_image(_bitmap(16, sixes[::-1].tobytes(), masks))
    np.testing.assert_array_equal(image.pixels[0], wanted[0])
    assert image.pixels[1].tolist() == [[0] * 3, [0, 4, 0], [0, 130, 0], [8, 0, 0]]
    tens = np.array([[1023 << 22, 1023 << 11, 511, 0]] * 2, "<u4")
    masks = struct.pack("<III", 1023 << 22, 1023 << 11, 1023)
    assert read_image(_bitmap(32, tens.tobytes(), masks)).pixels[0].tolist() == [
        [255, 0, 0], [0, 255, 0], [0, 0, 127], [0, 0, 0]
    ]  # fmt: skip
    for wrong in ((0xFF, 0xFF, 0xFF), (0x5, 0, 0)):
        assert "masks" in _refusal(_bitmap(16, fives.tobytes(), struct.pack("<III", *wrong)))


def test_bitmaps_of_os2_keep_their_colours() -> None:
    """OpenCV makes them gray."""
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    image = read_image(_bitmap(24, pixels[::-1, :, ::-1].tobytes(), os2=True))
    np.testing.assert_array_equal(image.pixels, pixels)


@pytest.mark.parametrize("kind", ["png", "bmp"])
def test_icons(kind: str) -> None:
    picture = Pillow.fromarray(np.dstack([RGB, np.maximum(ALPHA, 1)])[:24, :24])
    data = saved(picture, "ICO", sizes=[(16, 16), (24, 24)], bitmap_format=kind)
    image = read_image(data)
    np.testing.assert_array_equal(image.pixels, RGB[:24, :24])
    assert image.notes[0] == "The file has 2 pictures; the largest is shown."
    assert "transparency" in image.notes[1]
    for left in range(4, len(data), 97):
        assert "can't be opened" in _refusal(data[:left])


@pytest.mark.parametrize("bits", [1, 8])
def test_sun_rasters_without_a_palette_are_gray(bits: int) -> None:
    """OpenCV shows them black."""
    rows = np.packbits(np.pad(BITS, ((0, 0), (0, 12))), axis=1) if bits == 1 else GRAY
    height, width = GRAY.shape
    head = struct.pack(">8I", 0x59A66A95, width, height, bits, rows.size, 1, 0, 0)
    data = head + rows.tobytes()
    with Pillow.open(io.BytesIO(data)) as image:
        wanted = np.asarray(image.convert("L"))
    np.testing.assert_array_equal(wanted, (1 - BITS) * 255 if bits == 1 else GRAY)
    seen = read_image(data).pixels
    np.testing.assert_array_equal(seen if seen.ndim == 2 else seen[:, :, 0], wanted)


def test_names_that_no_file_can_have() -> None:
    assert display_name(Path("\ud800.png")) == "?.png"
    assert len(display_name(Path("y" * 5000))) == 255
    with pytest.raises(ImageError, match=r"^\?\.png can't be opened: there is no such file\.$"):
        read_image("\ud800.png")


def test_a_file_that_has_nothing_yet_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's log is an ordinary file; what nobody has written yet is None, not nothing."""

    class Silent(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return None  # type: ignore[return-value]  # as a reader that does not wait gives it

    monkeypatch.setattr(files.os, "fdopen", lambda *_: Silent())
    with pytest.raises(Unreadable, match="the file is empty"):
        files.read_regular(Path(__file__), formats.recognise, 100)
