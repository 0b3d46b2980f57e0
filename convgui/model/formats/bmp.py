"""Windows bitmaps of every header; those of OS/2 are rewritten, those with masks read here.

OpenCV makes OS/2's colours gray, and of five bits only the upper ones of eight: white is 248.
Source: Microsoft, "BITMAPINFOHEADER" and "BITMAPV5HEADER".
"""

from __future__ import annotations

import struct
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from convgui.model.formats.header import CUT_OFF, Header, Unreadable

_FILE_HEAD, _OS2_HEAD, _HEAD = 14, 12, 40
_NONE, _MASKS, _ALPHA_MASKS = 0, 3, 6
_FIVE_BITS = (0x7C00, 0x3E0, 0x1F)
# A run of a bitmap is 255 pixels in two bytes; jumps may leave some of them out.
_MOST_PIXELS_OF_A_BYTE = 2048


def examine(data: bytes) -> Header:
    """Give the header of a Windows bitmap, or raise Unreadable."""
    if len(data) < 30:
        raise Unreadable(CUT_OFF)
    if int.from_bytes(data[14:18], "little") == _OS2_HEAD:
        data = _modern(data)
    start, size = struct.unpack_from("<II", data, 10)
    if not 16 <= size <= 256:
        raise Unreadable("it is damaged: its bitmap header is of no known size")
    width, height, _, bits = struct.unpack_from("<iiHH", data, 18)
    compression = int.from_bytes(data[30:34], "little")
    upwards, height = height > 0, abs(height)
    if width <= 0 or height == 0:
        raise Unreadable("its header says that it has no pixels")
    if bits not in (1, 4, 8, 16, 24, 32):
        raise Unreadable(f"it is a bitmap of {bits} bits a pixel, which is not read")
    plain = compression in (_NONE, _MASKS, _ALPHA_MASKS)
    if plain and start + _row(width, bits) * height > len(data) + 3:
        raise Unreadable(CUT_OFF)
    if width * height > _MOST_PIXELS_OF_A_BYTE * len(data):
        raise Unreadable(f"it claims {width} x {height} pixels but holds data for far fewer")
    header = partial(
        Header, format="BMP", width=width, height=height, channels=4 if bits == 32 else 3
    )
    if (bits == 16 and plain) or (bits == 32 and plain and compression != _NONE):
        masks = _FIVE_BITS if compression == _NONE else _masks(data)
        read = partial(_masked, data, start, width, height, bits, masks, upwards)
        return header(join=lambda parts: read())
    return header(parts=(data,))


def _row(width: int, bits: int) -> int:
    """Give the bytes of a row: rows begin at multiples of four."""
    return (width * bits + 31) // 32 * 4


def _modern(data: bytes) -> bytes:
    """Give a bitmap of OS/2 with the header and the palette of a Windows bitmap."""
    start = int.from_bytes(data[10:14], "little")
    width, height, planes, bits = struct.unpack_from("<HHHH", data, 18)
    colours = (3 << bits) if bits <= 8 else 0
    palette = data[_FILE_HEAD + _OS2_HEAD : min(start, _FILE_HEAD + _OS2_HEAD + colours)]
    wide = b"".join(palette[i : i + 3].ljust(4, b"\0") for i in range(0, len(palette), 3))
    count = len(wide) // 4
    head = struct.pack("<IiiHHIIiiII", _HEAD, width, height, planes, bits, 0, 0, 0, 0, count, 0)
    place = _FILE_HEAD + _HEAD + len(wide)
    return data[:10] + place.to_bytes(4, "little") + head + wide + data[start:]


def _masks(data: bytes) -> tuple[int, ...]:
    """Give the bits of red, green and blue; refuse those that overlap or have gaps."""
    place = _FILE_HEAD + _HEAD
    if len(data) < place + 12:
        raise Unreadable(CUT_OFF)
    masks = struct.unpack_from("<III", data, place)
    together = [mask for mask in masks if (mask >> _shift(mask)) & ((mask >> _shift(mask)) + 1)]
    if together or sum(masks) != masks[0] | masks[1] | masks[2]:
        raise Unreadable("it is damaged: the masks of its colours are impossible")
    return masks


def _shift(mask: int) -> int:
    """Give how many zeros stand behind the lowest one."""
    return max(0, (mask & -mask).bit_length() - 1)


def _masked(
    data: bytes, start: int, width: int, height: int, bits: int, masks: tuple[int, ...],
    upwards: bool,
) -> npt.NDArray[Any]:  # fmt: skip
    """Give the pixels, H x W x 3, blue first, every channel over the range of a byte."""
    across = _row(width, bits) * 8 // bits
    count = across * height
    padded = data[start : start + count * bits // 8].ljust(count * bits // 8, b"\0")
    words = np.frombuffer(padded, f"<u{bits // 8}", count).reshape(height, across)[:, :width]
    pixels = np.empty((height, width, 3), np.uint8)
    for channel, mask in enumerate(reversed(masks)):
        most = mask >> _shift(mask)
        values = (words & words.dtype.type(mask & (1 << bits) - 1)) >> _shift(mask)
        if most <= 0xFFFF:
            table = (np.arange(most + 1) * 255 + most // 2) // max(most, 1)
            pixels[:, :, channel] = table.astype(np.uint8)[values]
        else:
            pixels[:, :, channel] = values.astype(np.float64) * (255 / most) + 0.5
    return pixels[::-1] if upwards else pixels
