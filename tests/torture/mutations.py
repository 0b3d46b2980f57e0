"""Ways in which a file is damaged, or made hostile: each is made again from its number."""

from __future__ import annotations

import random
import struct
import zlib

EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Gives the file with up to six things done to it; ``other`` is one to take pieces from."""
    changed = bytearray(data)
    for _ in range(1 + chance.randrange(6) * chance.randrange(2)):
        chance.choice(WAYS)(changed, other, chance)
        if not changed:
            break
    if changed.startswith(b"\x89PNG") and chance.random() < 0.7:
        mend_checksums(changed)
    return bytes(changed)


def _place(data: bytearray, chance: random.Random) -> int:
    """Gives a place, half of the time near the start, where the headers are."""
    most = len(data) if chance.random() < 0.5 else min(len(data), 120)
    return chance.randrange(max(1, most))


def flip(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Changes a bit."""
    data[_place(data, chance)] ^= 1 << chance.randrange(8)


def byte(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Changes a byte."""
    data[_place(data, chance)] = chance.randrange(256)


def number(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Writes a number at the edge of what its bytes hold."""
    order, letter = chance.choice("<>"), chance.choice("BHI")
    packed = struct.pack(order + letter, chance.choice(EDGES) % (1 << 8 * struct.calcsize(letter)))
    place = _place(data, chance)
    data[place : place + len(packed)] = packed


def nudge(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Makes a byte a little larger or smaller, as counts are when somebody is off by one."""
    place = _place(data, chance)
    data[place] = (data[place] + chance.choice((-2, -1, 1, 2, 16))) % 256


def leave_out(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Leaves out some bytes."""
    place = _place(data, chance)
    del data[place : place + 1 + chance.randrange(40)]


def put_in(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Puts in some bytes."""
    place = _place(data, chance)
    data[place:place] = chance.randbytes(1 + chance.randrange(40))


def repeat(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Repeats a piece."""
    place = _place(data, chance)
    piece = data[place : place + 1 + chance.randrange(60)]
    data[place:place] = piece * (1 + chance.randrange(4))


def splice(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Writes a piece of another file over this one."""
    start = chance.randrange(len(other))
    piece = other[start : start + 1 + chance.randrange(200)]
    place = _place(data, chance)
    data[place : place + len(piece)] = piece


def cut_off(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Leaves the beginning."""
    del data[chance.randrange(len(data)) :]


def blank(data: bytearray, other: bytes, chance: random.Random) -> None:
    """Makes a piece all zeros or all ones."""
    place, length = _place(data, chance), 1 + chance.randrange(64)
    data[place : place + length] = chance.choice((b"\0", b"\xff")) * length


WAYS = (flip, flip, byte, byte, number, number, nudge, leave_out, put_in, repeat, splice, cut_off,
        blank)  # fmt: skip


def mend_checksums(data: bytearray) -> None:
    """Makes the checksums of a PNG right again, as far as its chunks can be followed."""
    place = 8
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4])
        if end + 4 > len(data):
            return
        data[end : end + 4] = zlib.crc32(data[place + 4 : end]).to_bytes(4)
        place = end + 4
