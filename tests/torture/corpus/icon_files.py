"""Windows icons and cursors: pictures as PNG or as a bitmap of twice the height, and lies."""

from __future__ import annotations

import struct

import numpy as np
from picture_files import ALPHA, RGB

from corpus.kind import DECODES, EITHER, REFUSE, Kind, broken, cut
from corpus.png_parts import claimed, made

SIDE = 16
FOUR = np.dstack([RGB[:SIDE, :SIDE, ::-1], ALPHA[:SIDE, :SIDE]])


def dib(
    bits: int, rows: bytes, palette: bytes = b"", width: int = SIDE, height: int = SIDE
) -> bytes:
    """Gives a bitmap without a file header, and a mask behind it, as icons hold them."""
    head = struct.pack("<IiiHHIIiiII", 40, width, 2 * height, 1, bits, 0, 0, 0, 0, 0, 0)
    return head + palette + rows + bytes((width + 31) // 32 * 4 * height)


def icon(*pictures: bytes, kind: int = 1, count: int | None = None, size: int | None = None,
         place: int | None = None) -> bytes:  # fmt: skip
    """Gives an icon of pictures of 16 x 16, whose count, length or place may be a lie."""
    count = len(pictures) if count is None else count
    head, at = struct.pack("<HHH", 0, kind, count), 6 + 16 * len(pictures)
    for picture in pictures:
        length = len(picture) if size is None else size
        head += struct.pack("<BBBBHHII", SIDE, SIDE, 0, 0, 1, 32, length,
                            at if place is None else place)  # fmt: skip
        at += len(picture)
    return head + b"".join(pictures)


def kinds() -> list[Kind]:
    """Gives icons."""
    full = dib(32, FOUR[::-1].tobytes())
    png, palette = made(8, 6), bytes(range(200)) * 6
    indexed = dib(8, bytes(range(256)), palette[:1024])
    sound = {
        "32-bits": icon(full), "png": icon(png), "24-bits": icon(dib(24, FOUR[::-1, :,
        :3].tobytes())),
        "8-bits": icon(indexed), "4-bits": icon(dib(4, bytes(range(128)), palette[:64])),
        "1-bit": icon(dib(1, bytes(range(64)), palette[:8])), "two": icon(full, png),
        "cursor": icon(full, kind=2),
    }  # fmt: skip
    refused = {
        "head-alone": icon(full)[:6], "of-nothing": icon(count=0), "kind-9": icon(full, kind=9),
        "outside": icon(full, place=1 << 30), "empty": icon(b""), "cut": cut(icon(full), 0.5),
        "png-cut": cut(icon(png), 0.7), "nonsense": icon(b"neither of the two kinds" * 20),
        "png-bomb": icon(claimed(30_000, 30_000, 8, 6, bytes(99))),
        "bitmap-bomb": icon(dib(32, b"", width=1, height=1)[:4] + struct.pack("<ii", 60_000,
        120_000)
                            + full[12:]),
        "place-in-head": icon(full, place=0), "bits-5": icon(dib(5, bytes(500))),
        "count-65535": icon(full, count=65535)[:30],
    }  # fmt: skip
    either = {
        "length-lies": icon(full, size=40), "length-2-32": icon(full, size=2**32 - 1),
        "reserved": broken(icon(full), 0, b"\1"), "count-too-large": icon(full, count=3),
        "mask-missing": icon(full[:-64]), "height-odd": icon(broken(full, 8, b"\x21")),
    }
    verdicts = ((sound, DECODES), (refused, REFUSE), (either, EITHER))
    return [
        Kind(f"icon-{name}.ico", data, verdict)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip
