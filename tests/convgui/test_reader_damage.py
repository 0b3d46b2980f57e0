"""A damaged file is refused with its reason or shown marked as damaged; nothing crashes."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_files import BITS, EVERY, IEND, RGB, chunk, chunks, ihdr, png, saved, tiff

from convgui.model import decode
from convgui.model.image import Image, ImageError
from convgui.model.reader import read_image


def _read(data: bytes) -> Image | None:
    """Give the image, or None if it is refused in one sentence."""
    try:
        return read_image(data)
    except ImageError as error:
        if "\n" in str(error) or not str(error).endswith("."):
            raise AssertionError(f"not one sentence: {error}") from error
        return None


@pytest.mark.parametrize("name", EVERY)
def test_a_file_without_its_last_part_is_never_taken_for_whole(name: str) -> None:
    data, pixels, _ = EVERY[name]
    for left in {len(data) // 3, len(data) // 2, 2 * len(data) // 3, len(data) - 4}:
        image = _read(data[:left])
        assert image is None or image.damaged
        assert image is None or image.pixels.shape == pixels.shape


@given(st.sampled_from(sorted(EVERY)), st.floats(0, 1))
def test_any_beginning_gives_an_image_or_a_sentence(name: str, part: float) -> None:
    data, pixels, _ = EVERY[name]
    image = _read(data[: round(part * len(data))])
    assert image is None or image.pixels.shape == pixels.shape


@settings(max_examples=200)
@given(st.sampled_from(sorted(EVERY)), st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1,
       max_size=3)), min_size=1, max_size=5))  # fmt: skip
def test_changed_bytes_give_an_image_or_a_sentence(
    name: str, changes: list[tuple[float, bytes]]
) -> None:
    data = bytearray(EVERY[name][0])
    for place, new in changes:
        start = round(place * (len(data) - 1))
        data[start : start + len(new)] = new
    _read(bytes(data))


@pytest.mark.parametrize("name", ["PNG", "APNG", "PNG with a palette"])
def test_every_changed_byte_of_a_png_is_noticed(name: str) -> None:
    """Checksums cover all but the ends; flips of animated files have crashed other readers."""
    data = EVERY[name][0]
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        image = _read(bytes(changed))
        assert image is None or image.damaged


def test_a_picture_cut_off_is_shown_as_far_as_it_goes() -> None:
    data = EVERY["JPEG"][0]
    image = read_image(data[: len(data) * 3 // 4])
    assert image.damaged
    assert image.notes == ("The file is cut off: the end of the picture is missing.",)
    assert np.abs(image.pixels[:8].astype(int) - RGB[:8]).max() < 12


def test_damage_within_a_jpeg_is_heard(capfd: pytest.CaptureFixture[str]) -> None:
    """The end is there, but a piece of the middle is not: only the decoder can tell."""
    noise = np.random.default_rng(3).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    data = saved(noise, "JPEG", quality=90)
    image = read_image(data[: len(data) // 2] + data[-2:])
    assert image.damaged
    assert image.notes == ("The file is damaged: parts of the picture may be missing or wrong.",)
    assert capfd.readouterr().err == ""


def test_damage_within_a_tiff_is_heard(capfd: pytest.CaptureFixture[str]) -> None:
    data = bytearray(saved(BITS, "TIFF", compression="group4"))
    data[12:16] = b"\x55\x00\xff\x12"
    image = _read(bytes(data))
    assert image is None or image.damaged
    assert capfd.readouterr().err == ""


def test_a_tiff_with_strips_beyond_its_end() -> None:
    data = tiff(RGB, photometric="rgb", rowsperstrip=4, metadata=None)
    image = _read(data[:-200])
    assert image is None or image.damaged
    deflated = tiff(RGB, photometric="rgb", rowsperstrip=4, compression="zlib", metadata=None)
    image = _read(deflated[:-10])
    assert image is None or image.damaged


def test_what_follows_a_picture_is_ignored() -> None:
    for name in ("PNG", "JPEG", "GIF", "BMP", "WebP"):
        data, pixels, tolerance = EVERY[name]
        image = read_image(data + EVERY["PNG"][0] + b"junk")
        assert not image.damaged
        assert np.abs(image.pixels.astype(int) - pixels).max() <= tolerance


def test_a_png_whose_data_do_not_inflate_is_refused() -> None:
    good = dict(chunks(EVERY["PNG"][0]))
    broken = png(ihdr(36, 24, 8, 2), chunk(b"IDAT", good[b"IDAT"][:-30] + bytes(30)), IEND)
    assert _read(broken) is None
    short = png(ihdr(36, 2400, 8, 2), chunk(b"IDAT", good[b"IDAT"]), IEND)
    image = _read(short)
    assert image is None or image.damaged


def test_other_lines_on_standard_error_are_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with decode._standard_error_caught() as lines:
        os.write(2, b"libpng warning: a decoder speaks\nsomebody else speaks\n")
    assert lines == ["libpng warning: a decoder speaks"]
    assert capfd.readouterr().err == "somebody else speaks\n"


CLOSED = """
import os, sys
os.close(2)
from convgui.model.reader import read_image
print(read_image(sys.stdin.buffer.read()).pixels.shape)
"""


def test_reading_works_without_a_standard_error_stream() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOSED], input=EVERY["PNG"][0], stdout=subprocess.PIPE, check=True,
        timeout=300,
    )  # fmt: skip
    assert done.stdout == b"(24, 36, 3)\n"


def test_noise_behind_every_signature() -> None:
    chance = random.Random(5)
    for data, _, _ in EVERY.values():
        for kept in (4, 12, 30, 60):
            assert _read(data[:kept] + chance.randbytes(300)) is None or kept > 4
