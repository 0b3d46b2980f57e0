"""TIFF: the first page, asked for in a layout that OpenCV decodes rightly.

OpenCV gives uninitialised memory for 16-bit planes, multiplies 8-bit colours with their alpha,
drops 16 bits with alpha to 8, and refuses some orientations, grays of 2 and 4 bits, and tiles of
bytes in any but some sizes. A changed directory over the same picture data avoids all of it: each
plane is asked for as a gray image, samples side by side as a gray image of several times the width,
small samples as bytes and bytes in tiles as pairs, and palettes and turning are left to us.
"""

from __future__ import annotations

from convgui.model.formats.directory import (
    ORIENTATION,
    Directory,
    is_tiff,
    read_directory,
    rewritten,
)
from convgui.model.formats.header import Header, Unreadable
from convgui.model.formats.tiff_layout import (
    BLACK_IS_ZERO,
    CMYK,
    EXPANSION,
    FLOAT,
    PALETTE,
    SIGNED,
    Layout,
    joined,
)

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIP_OFFSETS, SAMPLES, ROWS_PER_STRIP, STRIP_BYTES, PLANAR = 273, 277, 278, 279, 284
PREDICTOR, TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_BYTES = 317, 322, 323, 324, 325
COLOUR_MAP, EXTRA_SAMPLES, SAMPLE_FORMAT = 320, 338, 339

_MOST_PAGES = 10_000


def examine(data: bytes) -> Header:
    """Give the header of a TIFF file, or raise Unreadable."""
    directory = read_directory(data)
    layout = _layout(directory)
    _check_coding(layout, len(data))
    missing = _missing_pieces(directory, layout, len(data))
    orientation = directory.one(ORIENTATION, 1)
    notes = []
    pages, pages_missing = _pages(data, directory)
    if pages > 1:
        notes.append(f"The file has {pages} pages; the first is shown.")
    if layout.photometric == CMYK:
        notes.append("Printing colours (CMYK) were turned into RGB.")
    surplus = layout.samples - layout.colours if layout.plain else 0
    if surplus > 1:
        notes.append(f"The file has {surplus} further channels, which were left out.")
    if missing:
        notes.append("The file is cut off: a part of the picture is missing.")
    elif directory.broken_fields:
        notes.append("Some of its TIFF fields are broken.")
    elif pages_missing:
        notes.append("The file is cut off: pages behind the first are missing.")
    colour = layout.colours == 3 or layout.photometric in (PALETTE, CMYK)
    return Header(
        format="TIFF",
        width=layout.width,
        height=layout.height,
        channels=max(layout.samples, 3 if colour else 1),
        bits=layout.bits,
        gray=not colour,
        alpha=surplus == 1,
        orientation=orientation if 1 <= orientation <= 8 else 1,
        notes=tuple(notes),
        damaged=missing or directory.broken_fields or pages_missing,
        parts=_parts(data, directory, layout),
        join=lambda parts: joined(parts, layout),
    )


def _layout(directory: Directory) -> Layout:
    width, height = directory.one(WIDTH, 0), directory.one(HEIGHT, 0)
    samples, bits = directory.one(SAMPLES, 1), max(directory.whole(BITS, (1,)))
    if not width or not height:
        raise Unreadable("its header says that it has no pixels")
    if not 1 <= samples <= 64 or not 1 <= bits <= 64:
        raise Unreadable(f"it has {samples} channels of {bits} bits, which is not read")
    tile = directory.one(TILE_WIDTH, 0) * directory.one(TILE_HEIGHT, 0)
    if tile > 4 * width * height + (1 << 24):
        raise Unreadable("it is damaged: its tiles are far larger than the picture")
    return Layout(
        width=width,
        height=height,
        samples=samples,
        bits=bits,
        float_=directory.one(SAMPLE_FORMAT, 1) == FLOAT,
        signed=directory.one(SAMPLE_FORMAT, 1) == SIGNED,
        photometric=directory.one(PHOTOMETRIC, BLACK_IS_ZERO),
        planar=directory.one(PLANAR, 1) == 2,
        predictor=directory.one(PREDICTOR, 1),
        compression=directory.one(COMPRESSION, 1),
        tiled=bool(directory.one(TILE_WIDTH, 0)),
        order=directory.order,
        palette=directory.whole(COLOUR_MAP),
    )


def _check_coding(layout: Layout, size: int) -> None:
    """Raise Unreadable for a coding that is unknown, or could not make so much of so few bytes."""
    if layout.compression not in EXPANSION:
        raise Unreadable(f"it is compressed in a way ({layout.compression}) that is not read")
    needed = layout.width * layout.height * layout.samples * layout.bits // 8
    if needed > EXPANSION[layout.compression] * size:
        raise Unreadable(
            f"it claims {layout.width} x {layout.height} pixels but holds data for far fewer"
        )


def _missing_pieces(directory: Directory, layout: Layout, size: int) -> bool:
    """Tell whether picture data lie beyond the end of the file; refuse if all of them do."""
    offsets = directory.whole(STRIP_OFFSETS) or directory.whole(TILE_OFFSETS)
    counts = directory.whole(STRIP_BYTES) or directory.whole(TILE_BYTES)
    if not offsets or offsets[0] >= size:
        raise Unreadable("there is no picture data in it")
    rows = min(directory.one(ROWS_PER_STRIP, layout.height) or 1, layout.height)
    pieces = -(-layout.height // rows)
    if layout.compression == 1 and not layout.tiled:
        # Byte counts of uncompressed strips are often wrong, and follow from the size anyway.
        together = 1 if layout.planar else layout.samples
        row = (layout.width * together * layout.bits + 7) // 8
        last = (layout.height - rows * (pieces - 1)) * row
        counts = tuple(rows * row if (i + 1) % pieces else last for i in range(len(offsets)))
    if layout.tiled:
        tile = directory.one(TILE_WIDTH, 1), max(1, directory.one(TILE_HEIGHT, 1))
        pieces = -(-layout.width // tile[0]) * -(-layout.height // tile[1])
    if len(offsets) < pieces * (layout.samples if layout.planar else 1):
        return True
    return any(offset + count > size for offset, count in zip(offsets, counts, strict=False))


def _pages(data: bytes, directory: Directory) -> tuple[int, bool]:
    """Give how many pages there are, and whether the end of the file leaves one incomplete."""
    pages, seen = 1, set[int]()
    while directory.following and directory.following not in seen and pages < _MOST_PAGES:
        seen.add(directory.following)
        try:
            directory = read_directory(data, directory.following)
        except Unreadable:
            return pages, True
        pages += 1
        for where, lengths in ((STRIP_OFFSETS, STRIP_BYTES), (TILE_OFFSETS, TILE_BYTES)):
            pieces = zip(directory.whole(where), directory.whole(lengths), strict=False)
            if any(offset + length > len(data) for offset, length in pieces):
                return pages, True
    return pages, False


def _parts(data: bytes, directory: Directory, layout: Layout) -> tuple[bytes, ...]:
    """Give the files to decode: the one that came, or others over the same picture data."""
    alone: dict[int, tuple[int, ...] | None] = {
        ORIENTATION: None, EXTRA_SAMPLES: None, SAMPLES: (1,), BITS: (layout.carrier,),
        PHOTOMETRIC: (BLACK_IS_ZERO,), PLANAR: (1,),
        SAMPLE_FORMAT: (1,) if layout.bits == 16 and layout.float_
        else (directory.one(SAMPLE_FORMAT, 1),),
    }  # fmt: skip
    together = 1 if layout.as_planes else layout.samples
    alone[WIDTH] = (layout.carriers(layout.width, together),)
    if tile := directory.one(TILE_WIDTH, 0):
        alone[TILE_WIDTH] = (layout.carriers(tile, together),)
    if layout.as_planes:
        return tuple(
            rewritten(data, alone | _pieces_of(directory, plane, layout.samples))
            for plane in range(layout.colours)
        )
    if layout.as_wide:
        return (rewritten(data, alone | {PREDICTOR: None}),)
    if ORIENTATION in directory.fields:
        return (rewritten(data, {ORIENTATION: None}),)
    return (data,)


def _pieces_of(
    directory: Directory, plane: int, planes: int
) -> dict[int, tuple[int, ...] | None]:
    """Give the fields that point at the strips or tiles of one plane."""
    pieces: dict[int, tuple[int, ...] | None] = {}
    for tag in (STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES):
        if values := directory.whole(tag):
            each = len(values) // planes
            pieces[tag] = values[plane * each : (plane + 1) * each] or values[:1]
    return pieces


__all__ = ["examine", "is_tiff"]
