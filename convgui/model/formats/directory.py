"""TIFF's directory of numbered fields, which EXIF uses too: read, and rewritten.

A field's values may lie anywhere in the file, so a changed directory is put behind the file's
bytes: every offset in it stays true, and the picture data needn't be touched.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from convgui.model.formats.header import Unreadable

ORIENTATION = 274

_BROKEN = "it is damaged: its TIFF structure is broken"
_MOST_FIELDS = 4096
# Bytes of a value, by the number of its type; and the types that are unsigned whole numbers.
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_SIZES |= {16: 8, 17: 8, 18: 8}
_WHOLE = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


@dataclass(frozen=True)
class Field:
    """One field: its raw entry, and its values where they lie within the file."""

    tag: int
    kind: int
    count: int
    entry: bytes
    values: bytes | None


@dataclass(frozen=True)
class Directory:
    """A directory of a file: fields by number, where the next one is, and how numbers are kept."""

    fields: dict[int, Field]
    following: int
    order: str
    big: bool

    def whole(self, tag: int, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Give a field of whole numbers; ``default`` where it is missing or lies out of reach."""
        field = self.fields.get(tag)
        if field is None or not field.values or field.kind not in _WHOLE:
            return default
        return struct.unpack(f"{self.order}{field.count}{_WHOLE[field.kind]}", field.values)

    def one(self, tag: int, default: int) -> int:
        """Give the first value of a field of whole numbers."""
        return self.whole(tag, (default,))[0]

    @property
    def broken_fields(self) -> bool:
        """Whether a field's values lie outside the file or are of no known type."""
        return any(field.values is None for field in self.fields.values())


def is_tiff(data: bytes) -> bool:
    """Tell whether the bytes begin like a TIFF, classic or big, of either byte order."""
    return data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def read_directory(data: bytes, offset: int | None = None) -> Directory:
    """Give a directory of a TIFF, the first one unless ``offset`` says otherwise."""
    if not is_tiff(data):
        raise Unreadable(_BROKEN)
    order, big = ("<" if data[:2] == b"II" else ">"), 43 in data[2:4]
    entry_size, count_size, pointer = (20, "Q", "Q") if big else (12, "H", "I")
    try:
        if offset is None:
            (offset,) = struct.unpack_from(order + pointer, data, 8 if big else 4)
        (count,) = struct.unpack_from(order + count_size, data, offset)
        start = offset + struct.calcsize(order + count_size)
        if not 0 < count <= _MOST_FIELDS or start + count * entry_size > len(data):
            raise Unreadable(_BROKEN)
        entries = (data[start + i * entry_size :][:entry_size] for i in range(count))
        fields = [_field(data, entry, order, big) for entry in entries]
        end = start + count * entry_size
        after = data[end : end + struct.calcsize(order + pointer)]
        following = struct.unpack(order + pointer, after)[0] if len(after) > 3 else 0
    except (struct.error, OverflowError):
        raise Unreadable(_BROKEN) from None
    # Where a number occurs twice the first counts, as in libtiff.
    return Directory({field.tag: field for field in reversed(fields)}, following, order, big)


def _field(data: bytes, entry: bytes, order: str, big: bool) -> Field:
    tag, kind, count = struct.unpack(order + ("HHQ" if big else "HHI"), entry[: 12 if big else 8])
    inline = entry[12 if big else 8 :]
    size = _SIZES.get(kind, 0) * count
    if kind in _SIZES and size <= len(inline):
        return Field(tag, kind, count, entry, inline[:size])
    (offset,) = struct.unpack(order + ("Q" if big else "I"), inline)
    within = kind in _SIZES and offset + size <= len(data)
    return Field(tag, kind, count, entry, data[offset : offset + size] if within else None)


def exif_orientation(data: bytes) -> int:
    """Give the orientation, 1 to 8, that an EXIF block states; 1 if it is broken or silent."""
    try:
        value = read_directory(data.removeprefix(b"Exif\0\0")).one(ORIENTATION, 1)
    except Unreadable:
        return 1
    return value if 1 <= value <= 8 else 1


def rewritten(data: bytes, changes: dict[int, tuple[int, ...] | None]) -> bytes:
    """Give the file with only its first directory, some fields of it replaced or left out."""
    directory = read_directory(data)
    order, big = directory.order, directory.big
    room, pointer, long_ = (8, "Q", 16) if big else (4, "I", 4)
    entries = {tag: field.entry for tag, field in directory.fields.items() if tag not in changes}
    padded = data + bytes(-len(data) % 8)
    tail = b""
    for tag, values in changes.items():
        if values is None:
            continue
        packed = struct.pack(f"{order}{len(values)}{pointer}", *values)
        if len(packed) > room:
            packed, tail = struct.pack(order + pointer, len(padded) + len(tail)), tail + packed
        head = struct.pack(order + ("HHQ" if big else "HHI"), tag, long_, len(values))
        entries[tag] = head + packed.ljust(room, b"\0")
    body = b"".join(entries[tag] for tag in sorted(entries))
    count = struct.pack(order + ("Q" if big else "H"), len(entries))
    place = struct.pack(order + pointer, len(padded) + len(tail))
    start = 8 if big else 4
    return padded[:start] + place + padded[start + len(place) :] + tail + count + body + bytes(8)
