"""PNG: every chunk checked, and only those that make the picture handed on.

Decoders have crashed on damaged animation chunks and taken gigabytes for a chunk that only claims
to be long. A copy of the header, palette, transparency and pixel chunks is all that is decoded.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import partial

from convgui.model.formats.directory import exif_orientation
from convgui.model.formats.header import CUT_OFF, Header, Unreadable

_BROKEN = "it is damaged: its PNG structure is broken"

SIGNATURE = b"\x89PNG\r\n\x1a\n"

# Colour type: samples of a pixel, and the bit depths that go with it.
_COLOURS = {
    0: (1, (1, 2, 4, 8, 16)),
    2: (3, (8, 16)),
    3: (1, (1, 2, 4, 8)),
    4: (2, (8, 16)),
    6: (4, (8, 16)),
}
_PALETTE = 3
# Chunks that mean nothing without content: a writer that leaves them empty has gone wrong.
_NEVER_EMPTY = (b"cHRM", b"gAMA", b"sRGB", b"pHYs", b"tIME", b"tRNS", b"bKGD", b"eXIf", b"iCCP")
_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
# Deflate makes at most 1032 bytes of one.
_MOST_FROM_ONE_BYTE = 1032
# Bytes of unpacked pixels above which they are counted before they are decoded.
_LARGE, _PIECE = 128 << 20, 1 << 20
# libpng, and so OpenCV, refuses more.
_MOST_SIDE = 1_000_000


@dataclass(frozen=True)
class Chunk:
    """One chunk: its four-letter kind, its data, and whether the checksum is right."""

    kind: bytes
    data: bytes
    intact: bool

    @property
    def ancillary(self) -> bool:
        """Whether a reader may do without it."""
        return bool(self.kind[0] & 0x20)


def examine(data: bytes) -> Header:
    """Give the header of a PNG file, or raise Unreadable."""
    chunks = _chunks(data)
    _check_order(chunks)
    header = chunks[0].data
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    bits, colour, compression, filtering, interlace = header[8:13]
    samples, depths = _COLOURS.get(colour, (0, ()))
    if bits not in depths or compression or filtering or interlace > 1:
        raise Unreadable("its PNG header has values that the format does not know")
    if not width or not height:
        raise Unreadable("its header says that it has no pixels")
    if max(width, height) > _MOST_SIDE:
        raise Unreadable(f"it is {width} x {height} pixels, and PNG reading ends at 1,000,000")
    pixels = b"".join(chunk.data for chunk in chunks if chunk.kind == b"IDAT")
    rows = height * (width * samples * bits + 7) // 8
    if rows > _MOST_FROM_ONE_BYTE * (len(pixels) + 16):
        raise Unreadable(f"it claims {width} x {height} pixels but holds data for far fewer")

    kept, extra = [chunks[0]], {chunk.kind: chunk for chunk in chunks if chunk.intact}
    if b"PLTE" in extra:
        kept.append(_palette(extra[b"PLTE"], colour))
    elif colour == _PALETTE:
        raise Unreadable("its palette is missing")
    transparent = b"tRNS" in extra
    if transparent:
        kept.append(extra[b"tRNS"])
    shows_colour = colour in (2, _PALETTE, 6)
    return Header(
        format="PNG",
        width=width,
        height=height,
        channels=(3 if shows_colour else 1) + (transparent or colour >= 4),
        bits=max(bits, 8),
        gray=not shows_colour,
        alpha=transparent or colour >= 4,
        orientation=exif_orientation(extra[b"eXIf"].data) if b"eXIf" in extra else 1,
        notes=_notes(chunks),
        verify=partial(_check_length, pixels, rows) if rows > _LARGE else _nothing,
        damaged=not all(chunk.intact for chunk in chunks),
        parts=(_packed([*kept, Chunk(b"IDAT", pixels, True), Chunk(b"IEND", b"", True)]),),
    )


def _check_length(packed: bytes, count: int) -> None:
    """Raise Unreadable unless the pixel data give so many bytes.

    The decoder finds that out at the end only, which takes seconds where the picture is large.
    """
    unpacker, rest = zlib.decompressobj(), packed
    try:
        while count > 0 and not unpacker.eof:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            count -= len(piece)
            if not piece and not rest:
                break
    except zlib.error:
        raise Unreadable("it is damaged: its picture data can't be unpacked") from None
    if count > 0:
        raise Unreadable(CUT_OFF)


def _nothing() -> None:
    """Does nothing: a small picture is soon decoded."""


def _chunks(data: bytes) -> list[Chunk]:
    """Give the chunks up to the end chunk; what follows it belongs to no picture."""
    chunks: list[Chunk] = []
    place = len(SIGNATURE)
    while not chunks or chunks[-1].kind != b"IEND":
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        if len(kind) < 4:
            raise Unreadable(CUT_OFF)
        if not kind.isalpha() or (not chunks and kind != b"IHDR"):
            raise Unreadable(_BROKEN)
        end = place + 12 + length
        if end > len(data):
            raise Unreadable(CUT_OFF)
        body = data[place + 8 : end - 4]
        intact = zlib.crc32(body, zlib.crc32(kind)) == int.from_bytes(data[end - 4 : end])
        chunks.append(Chunk(kind, body, intact))
        place = end
    return chunks


def _check_order(chunks: list[Chunk]) -> None:
    """Raise Unreadable unless the chunks that make the picture are whole and in order."""
    for chunk in chunks:
        if chunk.kind in _NEVER_EMPTY and not chunk.data:
            raise Unreadable(_BROKEN)
        if chunk.ancillary:
            continue
        if chunk.kind not in _CRITICAL:
            name = chunk.kind.decode("ascii")
            raise Unreadable(f"it needs a PNG extension ({name}) that convgui does not know")
        if not chunk.intact:
            raise Unreadable("it is damaged: a checksum of its picture data is wrong")
    kinds = [chunk.kind for chunk in chunks]
    if len(chunks[0].data) != 13 or kinds.count(b"IHDR") != 1 or kinds.count(b"PLTE") > 1:
        raise Unreadable(_BROKEN)
    if b"IDAT" not in kinds:
        raise Unreadable("there is no picture data in it")
    first = kinds.index(b"IDAT")
    run = kinds[first : first + kinds.count(b"IDAT")]
    late_palette = b"PLTE" in kinds and kinds.index(b"PLTE") > first
    if any(kind != b"IDAT" for kind in run) or late_palette:
        raise Unreadable("it is damaged: its PNG chunks are out of order")


def _palette(chunk: Chunk, colour: int) -> Chunk:
    if len(chunk.data) % 3 or not 3 <= len(chunk.data) <= 768 or colour in (0, 4):
        raise Unreadable("it is damaged: its palette is broken")
    return chunk


def _notes(chunks: list[Chunk]) -> tuple[str, ...]:
    notes = []
    if any(chunk.kind in (b"acTL", b"fcTL", b"fdAT") for chunk in chunks):
        notes.append("The file is animated; its first picture is shown.")
    if not all(chunk.intact for chunk in chunks):
        notes.append("A checksum beside the picture data is wrong.")
    return tuple(notes)


def _packed(chunks: list[Chunk]) -> bytes:
    pieces = [SIGNATURE]
    for chunk in chunks:
        check = zlib.crc32(chunk.data, zlib.crc32(chunk.kind))
        pieces += [len(chunk.data).to_bytes(4), chunk.kind, chunk.data, check.to_bytes(4)]
    return b"".join(pieces)
