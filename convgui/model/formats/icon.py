"""Windows icons and cursors: the largest picture, a PNG or a bitmap of twice the height.

Source: Microsoft, "ICO file format"; the lower half of such a bitmap is a mask of what is seen.
"""

from __future__ import annotations

import struct
from dataclasses import replace

from convgui.model.formats import bmp, png
from convgui.model.formats.header import CUT_OFF, Header, Unreadable

SIGNATURES = (b"\0\0\1\0", b"\0\0\2\0")

_ENTRY = struct.Struct("<BBBBHHII")
_FILE_HEAD, _BITMAP_HEAD = 14, 40
_BROKEN = "it is damaged: its icon structure is broken"


def is_icon(data: bytes) -> bool:
    """Tell whether the bytes begin like an icon or a cursor with pictures in it."""
    return data.startswith(SIGNATURES) and data[4:6] not in (b"", b"\0", b"\0\0")


def examine(data: bytes) -> Header:
    """Give the header of the largest picture of an icon, or raise Unreadable."""
    count = int.from_bytes(data[4:6], "little")
    if 6 + count * _ENTRY.size > len(data):
        raise Unreadable(CUT_OFF)
    entries = [_ENTRY.unpack_from(data, 6 + i * _ENTRY.size) for i in range(count)]
    # A side of 256 is written as 0; of pictures of one size the one with most colours counts.
    *_, size, place = max(entries, key=lambda e: ((e[0] or 256) * (e[1] or 256), e[5]))
    if place + size > len(data):
        raise Unreadable(CUT_OFF)
    picture = data[place : place + size]
    header = png.examine(picture) if picture.startswith(png.SIGNATURE) else _bitmap(picture)
    notes = (f"The file has {count} pictures; the largest is shown.",) if count > 1 else ()
    return replace(header, format="Windows icon", notes=(*notes, *header.notes))


def _bitmap(picture: bytes) -> Header:
    """Give the header of a bitmap without the head of a file, its mask left out."""
    if len(picture) < _BITMAP_HEAD:
        raise Unreadable(CUT_OFF)
    size, _, height, _, bits, compression = struct.unpack_from("<IiiHHI", picture)
    colours = int.from_bytes(picture[32:36], "little")
    if size != _BITMAP_HEAD or compression or height < 2 or colours > 256:
        raise Unreadable(_BROKEN)
    palette = 4 * (colours or 1 << bits) if bits <= 8 else 0
    start = _FILE_HEAD + _BITMAP_HEAD + palette
    head = struct.pack("<2sIHHI", b"BM", _FILE_HEAD + len(picture), 0, 0, start)
    half = picture[:8] + (height // 2).to_bytes(4, "little") + picture[12:]
    return replace(bmp.examine(head + half), alpha=True)
