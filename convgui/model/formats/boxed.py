"""Formats made of boxes that state their length: WebP, AVIF, JPEG 2000."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from convgui.model.formats.directory import exif_orientation
from convgui.model.formats.header import CUT_OFF, Header, Unreadable

_NO_PIXELS = "its header says that it has no pixels"
_BROKEN = "it is damaged: its {} structure is broken"

_WEBP_ANIMATED, _WEBP_ALPHA = 0x02, 0x10


def examine_webp(data: bytes) -> Header:
    """Give the header of a WebP file, or raise Unreadable."""
    size = 8 + int.from_bytes(data[4:8], "little")
    if size > len(data) + 1 or len(data) < 30:
        raise Unreadable(CUT_OFF)
    kind, orientation, flags = data[12:16], 1, 0
    if kind == b"VP8X":
        flags = data[20]
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
        for name, body in _riff_chunks(data, size):
            if name == b"EXIF":
                orientation = exif_orientation(body)
    elif kind == b"VP8L":
        packed = int.from_bytes(data[21:25], "little")
        width, height = 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
        flags = _WEBP_ALPHA if packed >> 28 & 1 else 0
    elif kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = (value & 0x3FFF for value in struct.unpack_from("<HH", data, 26))
    else:
        raise Unreadable(_BROKEN.format("WebP"))
    if not width or not height:
        raise Unreadable(_NO_PIXELS)
    animated = flags & _WEBP_ANIMATED
    return Header(
        format="WebP", width=width, height=height, channels=4 if flags & _WEBP_ALPHA else 3,
        alpha=bool(flags & _WEBP_ALPHA), orientation=orientation,
        notes=("The file is animated; its first picture is shown.",) if animated else (),
        parts=(data[:size],),
    )  # fmt: skip


def _riff_chunks(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= end:
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + (length & 1)


def is_avif(data: bytes) -> bool:
    """Tell whether the bytes begin like an AVIF file, by the brands that it names."""
    length = int.from_bytes(data[:4])
    brands = data[8 : min(length, 256)]
    return data[4:8] == b"ftyp" and any(name in brands for name in (b"avif", b"avis"))


def examine_avif(data: bytes) -> Header:
    """Give the header of an AVIF file, or raise Unreadable.

    The largest picture that any property describes counts: it bounds what decoding takes.
    """
    sizes, bits, turns, mirror = [(0, 0)], 8, 0, -1
    notes: tuple[str, ...] = ()
    if b"avis" in data[8:12]:
        notes = ("The file is animated; its first picture is shown.",)
    alpha = False
    for kind, body in _boxes(data, 0, len(data), 0):
        if kind == b"ispe" and len(body) >= 12:
            sizes.append(struct.unpack(">II", body[4:12]))
        elif kind == b"av1C" and len(body) >= 3:
            bits = max(bits, 12 if body[2] & 0x20 else 10 if body[2] & 0x40 else 8)
        elif kind == b"auxC":
            alpha = alpha or b"alpha" in body
        elif kind == b"irot" and body:
            turns = body[0] & 3
        elif kind == b"imir" and body:
            mirror = body[0] & 1
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    if not width or not height:
        raise Unreadable(_BROKEN.format("AVIF"))
    return Header(
        format="AVIF", width=width, height=height, channels=4 if alpha else 3, bits=bits,
        alpha=alpha, orientation=_as_exif(turns, mirror), notes=notes, parts=(data,),
    )  # fmt: skip


def _as_exif(turns: int, mirror: int) -> int:
    """Give the EXIF orientation that turns anticlockwise by quarters, then mirrors.

    Mirroring 0 exchanges top and bottom, 1 left and right, -1 nothing.
    """
    return {-1: (1, 8, 3, 6), 0: (4, 5, 2, 7), 1: (2, 7, 4, 5)}[mirror][turns]


# Boxes that hold boxes, and how many bytes come before those.
_CONTAINERS = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0}


def _boxes(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[bytes, bytes]]:
    while start + 8 <= end:
        length, kind = int.from_bytes(data[start : start + 4]), data[start + 4 : start + 8]
        head = 8
        if length == 1:
            length, head = int.from_bytes(data[start + 8 : start + 16]), 16
        length = length or end - start
        if length < head:
            raise Unreadable(_BROKEN.format("AVIF"))
        if start + length > end:
            raise Unreadable(CUT_OFF)
        if kind in _CONTAINERS and depth < 8:
            inner = start + head + _CONTAINERS[kind]
            yield from _boxes(data, inner, start + length, depth + 1)
        elif kind != b"mdat":
            yield kind, data[start + head : start + length]
        start += length


JP2_SIGNATURES = (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")
_MOST_TILES = 65_535


def examine_jpeg2000(data: bytes) -> Header:
    """Give the header of a JPEG 2000 file or bare codestream, or raise Unreadable."""
    start = data.find(b"\xff\x4f\xff\x51")
    body = data[start + 6 : start + 42] if start >= 0 else b""
    if len(body) < 36:
        raise Unreadable(CUT_OFF)
    _, x1, y1, x0, y0, tile_w, tile_h, tile_x, tile_y, channels = struct.unpack(">H8IH", body)
    width, height = x1 - x0, y1 - y0
    if width <= 0 or height <= 0 or not tile_w or not tile_h:
        raise Unreadable(_NO_PIXELS)
    if -(-(x1 - tile_x) // tile_w) * -(-(y1 - tile_y) // tile_h) > _MOST_TILES:
        raise Unreadable(_BROKEN.format("JPEG 2000"))
    samples = data[start + 42 : start + 42 + 3 * channels : 3]
    if not 1 <= channels <= 4 or len(samples) < channels:
        raise Unreadable(f"it has {channels} channels, which is not read")
    bits = max((value & 0x7F) + 1 for value in samples)
    # Packets never hold this marker, so it can only be the end of the picture.
    ended = data.find(b"\xff\xd9", start) >= 0
    if bits > 16:
        raise Unreadable(f"it has {bits} bits a channel, which is not read")
    return Header(
        format="JPEG 2000", width=width, height=height, channels=channels, bits=bits,
        gray=channels < 3, alpha=channels in (2, 4), damaged=not ended,
        notes=() if ended else ("The file is cut off: a part of the picture is missing.",),
        parts=(data,),
    )  # fmt: skip
