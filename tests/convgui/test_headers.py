"""Size, depth and damage are known from headers, before anything is decoded."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_files import (
    ALPHA,
    EVERY,
    GRAY,
    HEIGHT,
    IEND,
    RGB,
    WIDTH,
    chunk,
    chunks,
    ihdr,
    pam,
    png,
    saved,
    tiff,
)
from PIL import Image as Pillow

from convgui.model import formats
from convgui.model.formats import Unreadable, examine
from convgui.model.formats.directory import ORIENTATION, exif_orientation, read_directory, rewritten
from convgui.model.formats.header import Header, upright

HUGE_JPEG = saved(GRAY, "JPEG")


def _refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        examine(data)
    return str(caught.value)


def _examined(data: bytes) -> Header | None:
    """Give the header, or None if there is a reason, in one line, why there is none."""
    try:
        return examine(data)
    except Unreadable as reason:
        if not str(reason) or "\n" in str(reason):
            raise AssertionError(f"no one-line reason: {reason}") from reason
        return None


@pytest.mark.parametrize("name", EVERY)
def test_size_and_channels_are_read(name: str) -> None:
    data, pixels, _ = EVERY[name]
    header = examine(data)
    assert (header.height, header.width) == pixels.shape[:2]
    assert header.gray == (pixels.ndim == 2) or header.format in ("BMP", "PNG")
    assert header.format in formats.NAMES
    assert not header.damaged
    assert header.bytes_needed >= pixels.size


@pytest.mark.parametrize("name", EVERY)
def test_a_beginning_is_refused_or_known_to_be_cut_off(name: str) -> None:
    """Whatever is left, `examine` gives a header or a reason, and nothing else."""
    data = EVERY[name][0]
    for length in sorted({*range(0, len(data), max(1, len(data) // 150)), len(data) - 1}):
        header = _examined(data[:length])
        if header is not None:
            assert (header.height, header.width) == EVERY[name][1].shape[:2]


@given(st.binary(max_size=200), st.sampled_from([data[:120] for data, _, _ in EVERY.values()]))
def test_any_bytes_at_all_give_a_header_or_a_reason(noise: bytes, start: bytes) -> None:
    for data in (noise, start + noise, start[: len(noise)] + noise):
        header = _examined(data)
        assert header is None or min(header.width, header.height) > 0


@given(st.sampled_from(sorted(EVERY)), st.data())
def test_changed_bytes_give_a_header_or_a_reason(name: str, choice: st.DataObject) -> None:
    data = bytearray(EVERY[name][0])
    for _ in range(choice.draw(st.integers(1, 4))):
        place = choice.draw(st.integers(0, min(len(data) - 1, 400)))
        data[place] = choice.draw(st.integers(0, 255))
    _examined(bytes(data))


def _bmp(width: int, height: int) -> bytes:
    return b"BM" + bytes(8) + struct.pack("<IIiiHHI", 54, 40, width, height, 1, 24, 0) + bytes(44)


def _screen(width: int, height: int, box: tuple[int, int, int, int]) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return head + b"," + struct.pack("<HHHHB", *box, 0) + b"\x02\x02\x4c\x01\x00;"


@pytest.mark.parametrize(
    "data",
    [
        png(ihdr(30000, 30000), chunk(b"IDAT", b"x\x9c\x03\0\0\0\0\1"), IEND),
        _bmp(30000, 30000),
        _screen(60000, 60000, (0, 0, 60000, 60000)),
        b"P6\n30000 30000\n255\n" + bytes(100),
        b"P2\n30000 30000\n255\n" + b"1 " * 100,
        b"P7\nWIDTH 30000\nHEIGHT 30000\nDEPTH 3\nMAXVAL 255\nENDHDR\n" + bytes(100),
        b"PF\n16000 16000\n-1.0\n" + bytes(100),
        b"#?RADIANCE\n\n-Y 30000 +X 30000\n" + bytes(100),
        b"\x59\xa6\x6a\x95" + struct.pack(">7I", 30000, 30000, 24, 0, 1, 0, 0) + bytes(100),
        HUGE_JPEG.replace(struct.pack(">HH", HEIGHT, WIDTH), struct.pack(">HH", 60000, 60000)),
    ],
    ids=["png", "bmp", "gif", "ppm", "text", "pam", "pfm", "hdr", "sun", "jpeg"],
)
def test_a_huge_size_with_hardly_any_data_is_seen_through(data: bytes) -> None:
    assert "cut off" in _refusal(data) or "far fewer" in _refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png(ihdr(1, 1), b"\x7f\xff\xff\xf0IDAT"), "cut off"),
        (png(ihdr(1, 1), chunk(b"IDAT", b"x")), "cut off"),
        (png(ihdr(1, 1), IEND), "no picture data"),
        (png(ihdr(0, 1), chunk(b"IDAT", b"x"), IEND), "no pixels"),
        (png(ihdr(1, 1, 3), chunk(b"IDAT", b"x"), IEND), "does not know"),
        (png(ihdr(1, 1, 8, 1), chunk(b"IDAT", b"x"), IEND), "does not know"),
        (png(ihdr(1, 1, 8, 0, 9, 0, 0), chunk(b"IDAT", b"x"), IEND), "does not know"),
        (png(ihdr(1, 1, 8, 3), chunk(b"IDAT", b"x"), IEND), "palette is missing"),
        (png(ihdr(1, 1, 8, 3), chunk(b"PLTE", b"x"), chunk(b"IDAT", b"x"), IEND), "palette is b"),
        (png(ihdr(1, 1), chunk(b"IDAT", b"x", 7), IEND), "checksum"),
        (png(ihdr(1, 1), chunk(b"CgBI"), chunk(b"IDAT", b"x"), IEND), "extension (CgBI)"),
        (png(ihdr(1, 1), chunk(b"ID@T", b"x"), IEND), "structure is broken"),
        (png(ihdr(1, 1), ihdr(1, 1), chunk(b"IDAT", b"x"), IEND), "structure is broken"),
        (png(ihdr(1, 1), chunk(b"gAMA"), chunk(b"IDAT", b"x"), IEND), "structure is broken"),
        (png(chunk(b"IDAT", b"x"), IEND), "structure is broken"),
        (png(ihdr(1, 1), chunk(b"IDAT", b"x"), chunk(b"tIME", b"x"), chunk(b"IDAT"), IEND),
         "out of order"),
        (png(ihdr(2_000_000, 1), chunk(b"IDAT", bytes(3000)), IEND), "1,000,000"),
    ],
)  # fmt: skip
def test_a_broken_png_is_refused_with_its_reason(data: bytes, words: str) -> None:
    assert words in _refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"), (b"Dear reader,\n", "text"), ("سلام".encode(), "text"),
        ("text".encode("utf-16"), "text"), (b"<svg xmlns='x'/>", "SVG"),
        (b"<?xml version='1.0'?>\n<svg\n>", "SVG"), (b"%PDF-1.7", "PDF"), (bytes(50), "zeros"),
        (b"\x7fELF\2\1", "program"), (b"PK\3\4", "archive"), (b"\x93NUMPY\1\0", "weights"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "video"), (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\1\0\0\0", "icon"), (b"8BPS\0\1", "Photoshop"), (b"\x76\x2f\x31\x01", "OpenEXR"),
        (b"\x01\x02\x03", "none of the formats"), (b"\x89PNG\r\n\x1a", "none of the formats"),
        (b"BM: a note", "cut off"), (b"P5 and so on", "numbers"),
    ],
)  # fmt: skip
def test_what_is_no_image_is_named(data: bytes, words: str) -> None:
    assert words in _refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_screen(4, 4, (2, 2, 4, 4)), "does not fit"), (_screen(0, 4, (0, 0, 1, 1)), "no pixels"),
        (b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0, 0, 0) + b";", "no picture"),
        (b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0, 0, 0) + b"?", "broken"),
        (b"\xff\xd8\xff\xd9\0\0", "no picture data"), (b"\xff\xd8\xff\xe0\0\x10JF", "cut off"),
        (b"P5 4 4 70000 " + bytes(99), "largest value"), (b"P5 0 4 255 ", "no pixels"),
        (_bmp(0, 5), "no pixels"), (b"BM" + bytes(40), "no known size"),
    ],
)  # fmt: skip
def test_other_broken_headers_are_refused(data: bytes, words: str) -> None:
    assert words in _refusal(data)


def test_an_animation_is_not_handed_to_the_decoder() -> None:
    animated = EVERY["APNG"][0]
    assert {b"acTL", b"fcTL", b"fdAT"} <= {kind for kind, _ in chunks(animated)}
    header = examine(animated)
    assert [kind for kind, _ in chunks(header.parts[0])] == [b"IHDR", b"IDAT", b"IEND"]
    assert header.notes == ("The file is animated; its first picture is shown.",)
    frames = [Pillow.fromarray(np.roll(RGB, step, axis=0)) for step in range(1, 9)]
    gif = saved(RGB, "GIF", save_all=True, append_images=frames)
    header = examine(gif)
    assert len(header.parts[0]) < len(gif) / 4
    assert Pillow.open(io.BytesIO(header.parts[0])).n_frames == 1  # type: ignore[attr-defined]  # of files with frames


def test_a_wrong_checksum_beside_the_picture_is_damage_but_no_refusal() -> None:
    data = png(*(chunk(*each) for each in chunks(EVERY["PNG"][0])[:-1]),
               chunk(b"tEXt", b"Comment\0x", 7), IEND)  # fmt: skip
    assert examine(data).damaged


def test_alpha_is_known() -> None:
    rgba, la = np.dstack([RGB, ALPHA]), np.dstack([GRAY, ALPHA])
    for data in (saved(rgba, "PNG"), saved(la, "PNG"), saved(rgba, "WEBP"), saved(rgba, "TIFF"),
                 saved(rgba, "AVIF"), pam(rgba, 255), saved(RGB, "PNG", transparency=(0, 0, 0)),
                 saved(rgba, "WEBP", lossless=True)):  # fmt: skip
        assert examine(data).alpha
    assert not any(examine(data).alpha for data, _, _ in EVERY.values())


def test_upright_undoes_what_the_orientations_mean() -> None:
    """EXIF says where row 0 and column 0 are; 2 x 3 numbers are enough to tell all eight."""
    stored = np.arange(6).reshape(2, 3)
    shown = {
        1: [[0, 1, 2], [3, 4, 5]], 2: [[2, 1, 0], [5, 4, 3]], 3: [[5, 4, 3], [2, 1, 0]],
        4: [[3, 4, 5], [0, 1, 2]], 5: [[0, 3], [1, 4], [2, 5]], 6: [[3, 0], [4, 1], [5, 2]],
        7: [[5, 2], [4, 1], [3, 0]], 8: [[2, 5], [1, 4], [0, 3]],
    }  # fmt: skip
    for orientation, expected in shown.items():
        assert upright(stored, orientation).tolist() == expected


@pytest.mark.parametrize("exif", [b"", b"II*\0", b"MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0junk"])
def test_broken_exif_is_upright(exif: bytes) -> None:
    assert exif_orientation(exif) == 1


@pytest.mark.parametrize("value", [0, 9, 70000])
def test_an_orientation_that_does_not_exist_is_upright(value: int) -> None:
    entry = struct.pack(">HHII", ORIENTATION, 4, 1, value)
    assert exif_orientation(b"MM\0*\0\0\0\x08\0\1" + entry + bytes(4)) == 1


@pytest.mark.parametrize("options", [{}, {"bigtiff": True}, {"byteorder": ">"}])
def test_a_rewritten_directory_says_what_was_changed_and_nothing_else(
    options: dict[str, object],
) -> None:
    before = tiff(RGB, photometric="rgb", rowsperstrip=5, **options)
    after = rewritten(before, {ORIENTATION: (6,), 273: (1, 2, 3), 305: None, 999: (70000,)})
    old, new = read_directory(before), read_directory(after)
    assert new.whole(ORIENTATION) == (6,)
    assert new.whole(273) == (1, 2, 3)
    assert new.whole(999) == (70000,)
    assert 305 in old.fields
    assert 305 not in new.fields
    assert list(new.fields) == sorted(new.fields, reverse=True)
    for tag in set(old.fields) - {ORIENTATION, 273, 305, 999}:
        assert new.fields[tag].values == old.fields[tag].values
    assert not new.broken_fields
