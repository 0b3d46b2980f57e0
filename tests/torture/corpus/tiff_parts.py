"""TIFF files built field by field, so that any of them may be wrong."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np

Values = int | Sequence[int] | bytes | None


def tiff_of(
    width: int, height: int, pieces: Sequence[bytes], fields: Mapping[int, Values] = {},
    *, order: str = "<", big: bool = False, tiled: bool = False, following: int = 0,
) -> bytes:  # fmt: skip
    """Gives a TIFF of one page.

    Parameters
    ----------
    width, height : int
        As the header states them.
    pieces : sequence of bytes
        Strips or tiles.
    fields : mapping
        Further fields, or other values for the usual ones; None leaves one out.
    order : {"<", ">"}
        Little or big endian.
    big : bool
        Whether it is a BigTIFF.
    tiled : bool
        Whether the pieces are tiles.
    following : int
        Where the next page is said to be.
    """
    start = 16 if big else 8
    places, at = [], start
    for piece in pieces:
        places.append(at)
        at += len(piece)
    body = b"".join(pieces) + bytes(-sum(map(len, pieces)) % 8)
    where, lengths = (324, 325) if tiled else (273, 279)
    usual: dict[int, Values] = {
        256: width, 257: height, 258: 8, 259: 1, 262: 1, where: places, 277: 1,
        lengths: [len(piece) for piece in pieces],
    }  # fmt: skip
    if not tiled:
        usual[278] = height
    usual |= fields
    word, letter = (8, "Q") if big else (4, "I")
    entries, tail = [], b""
    place = start + len(body)
    kept = {tag: values for tag, values in sorted(usual.items()) if values is not None}
    behind = place + (8 if big else 2) + len(kept) * (20 if big else 12) + word
    for tag, values in kept.items():
        if isinstance(values, bytes):
            kind, count, data = 7, len(values), values
        else:
            numbers = [values] if isinstance(values, int) else list(values)
            kind, count = (16 if big else 4), len(numbers)
            data = struct.pack(f"{order}{count}{letter}", *(n % (1 << 8 * word) for n in numbers))
        if len(data) > word:
            data, tail = struct.pack(order + letter, behind + len(tail)), tail + data
        head = struct.pack(order + ("HHQ" if big else "HHI"), tag, kind, count)
        entries.append(head + data.ljust(word, b"\0"))
    mark = b"II" if order == "<" else b"MM"
    first = struct.pack(order + "HHHQ", 43, 8, 0, place) if big else (
        struct.pack(order + "HI", 42, place)
    )
    count_of = struct.pack(order + ("Q" if big else "H"), len(kept))
    after = struct.pack(order + letter, following)
    return mark + first + body + count_of + b"".join(entries) + after + tail


def strips(values: np.ndarray, rows: int) -> list[bytes]:
    """Gives strips of so many rows."""
    return [values[i : i + rows].tobytes() for i in range(0, len(values), rows)]
