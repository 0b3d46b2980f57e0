"""Formats whose header is followed by rows of numbers: PNM, PAM, PFM, Sun raster, Radiance."""

from __future__ import annotations

import re
import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from convgui.model.formats.header import CUT_OFF, Header, Unreadable

_NO_PIXELS = "its header says that it has no pixels"


def examine_pnm(data: bytes) -> Header:
    """Give the header of a PBM, PGM or PPM file, as text or binary, or raise Unreadable."""
    kind = data[1:2]
    fields = _words(data, 2 if kind in b"14" else 3)
    values, place = fields
    width, height = values[:2]
    most = 1 if kind in b"14" else values[2]
    if not width or not height:
        raise Unreadable(_NO_PIXELS)
    if not 0 < most < 65536:
        raise Unreadable("its header states an impossible largest value")
    channels, bits = (3 if kind in b"36" else 1), (8 if most < 256 else 16)
    # A number and the blank after it; 1 and 0 of a bitmap may stand without blanks.
    row = {b"4": (width + 7) // 8, b"1": width, b"2": 2 * width, b"3": 6 * width}.get(
        kind, width * channels * bits // 8
    )
    if row * height > len(data) - place + 1:
        raise Unreadable(CUT_OFF)
    scale = most if kind in b"56" else 255
    return Header(
        format={b"1": "PBM", b"4": "PBM", b"2": "PGM", b"5": "PGM"}.get(kind, "PPM"),
        width=width, height=height, channels=channels, bits=bits, gray=channels == 1,
        # OpenCV misses the last number of a text that ends with it.
        notes=_scaling_note(scale), parts=(data + b"\n" if kind in b"123" else data,),
        join=lambda parts: _to_255(parts[0], scale),
    )  # fmt: skip


def _scaling_note(most: int) -> tuple[str, ...]:
    return (f"The values 0 to {most} were scaled to 0 to 255.",) if most < 255 else ()


def _to_255(pixels: npt.NDArray[Any], most: int) -> npt.NDArray[Any]:
    """Give bytes that run to ``most`` scaled to 255: OpenCV does so for text, not for binary."""
    if most >= 255:
        return pixels
    scaled = (np.minimum(np.arange(256), most) * 255 // most).astype(np.uint8)
    return np.take(scaled, pixels)


def _words(data: bytes, count: int) -> tuple[list[int], int]:
    """Give the numbers behind the two-letter signature, comments left out, and where they end."""
    values, place = [], 2
    pattern = re.compile(rb"(?:\s+|#[^\n\r]*[\n\r])+(\d{1,9})(?=\s|#)")
    for _ in range(count):
        found = pattern.match(data, place)
        if found is None:
            raise Unreadable("it is damaged: the numbers of its header are missing")
        values.append(int(found[1]))
        place = found.end()
    return values, place + 1


def examine_pam(data: bytes) -> Header:
    """Give the header of a PAM file, or raise Unreadable."""
    end = data.find(b"ENDHDR\n")
    if end < 0 or end > 4096:
        raise Unreadable("it is damaged: its header does not end")
    found = dict(re.findall(rb"^(WIDTH|HEIGHT|DEPTH|MAXVAL)\s+(\d{1,9})\s*$", data[:end], re.M))
    width, height = int(found.get(b"WIDTH", 0)), int(found.get(b"HEIGHT", 0))
    channels, most = int(found.get(b"DEPTH", 0)), int(found.get(b"MAXVAL", 0))
    if not width or not height:
        raise Unreadable(_NO_PIXELS)
    if not 1 <= channels <= 4 or not 0 < most < 65536:
        raise Unreadable("its header states channels or values that are not read")
    bits, colours = 8 if most < 256 else 16, 3 if channels > 2 else 1
    count = width * height * channels
    if end + 7 + count * bits // 8 > len(data):
        raise Unreadable(CUT_OFF)
    # OpenCV takes PAM's red for blue, so it is given a PNM of the same samples.
    samples = np.frombuffer(data, np.dtype(f">u{bits // 8}"), count, end + 7)
    kept = samples.reshape(-1, channels)[:, :colours].tobytes()
    same = b"P%d\n%d %d\n%d\n" % (5 if colours == 1 else 6, width, height, most) + kept
    return Header(
        format="PAM", width=width, height=height, channels=channels, bits=bits,
        gray=colours == 1, alpha=channels in (2, 4), notes=_scaling_note(most), parts=(same,),
        join=lambda parts: _to_255(parts[0], most),
    )  # fmt: skip


def examine_pfm(data: bytes) -> Header:
    """Give the header of a portable float map, or raise Unreadable."""
    found = re.match(rb"P([Ff])\s+(\d{1,9})\s+(\d{1,9})\s+-?[\d.eE+-]+\s", data[:200])
    if found is None:
        raise Unreadable("it is damaged: the numbers of its header are missing")
    channels = 3 if found[1] == b"F" else 1
    width, height = int(found[2]), int(found[3])
    if not width or not height:
        raise Unreadable(_NO_PIXELS)
    if found.end() + 4 * width * height * channels > len(data):
        raise Unreadable(CUT_OFF)
    return Header(
        format="PFM", width=width, height=height, channels=channels, bits=32,
        gray=channels == 1, parts=(data,),
    )  # fmt: skip


def examine_radiance(data: bytes) -> Header:
    """Give the header of a Radiance high-dynamic-range image, or raise Unreadable."""
    found = re.search(rb"\n\n-Y (\d{1,9}) \+X (\d{1,9})\n", data[:16384])
    if found is None:
        raise Unreadable("its Radiance header is damaged or of a turned picture, which is not read")
    height, width = int(found[1]), int(found[2])
    if not width or not height:
        raise Unreadable(_NO_PIXELS)
    # Four channels, runs of at most 127 from two bytes, four bytes to begin a row.
    if height * (4 + width // 16) > len(data):
        raise Unreadable(CUT_OFF)
    return Header(format="Radiance HDR", width=width, height=height, bits=32, parts=(data,))


def examine_sun(data: bytes) -> Header:
    """Give the header of a Sun raster file, or raise Unreadable."""
    if len(data) < 32:
        raise Unreadable(CUT_OFF)
    _, width, height, bits, _, kind, _, palette = struct.unpack(">8I", data[:32])
    if not width or not height:
        raise Unreadable(_NO_PIXELS)
    if bits not in (1, 8, 24, 32):
        raise Unreadable(f"it is a raster of {bits} bits a pixel, which is not read")
    if kind < 2 and 32 + palette + (width * bits + 15) // 16 * 2 * height > len(data):
        raise Unreadable(CUT_OFF)
    gray = bits <= 8 and not palette
    if gray:
        # OpenCV takes a palette that is not there for a black one.
        levels = bytes((255, 0)) if bits == 1 else bytes(range(256))
        head = data[:24] + struct.pack(">II", 1, 3 * len(levels))
        data = head + 3 * levels + data[32:]
    return Header(
        format="Sun raster", width=width, height=height, channels=4 if bits == 32 else 3,
        parts=(data,),
    )  # fmt: skip
