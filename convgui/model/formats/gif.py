"""GIF: everything up to the end of the first picture, and nothing behind it.

A few bytes can describe thousands of pictures of any size; only one is shown, so only one is
handed on.
"""

from __future__ import annotations

from dataclasses import dataclass

from convgui.model.formats.header import CUT_OFF, Header, Unreadable

SIGNATURES = (b"GIF87a", b"GIF89a")

_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL = 0xF9
# Codes of up to 12 bits, each of which stands for at most 4096 pixels.
_MOST_PIXELS_OF_A_BYTE = 4096


@dataclass
class _Cursor:
    """A place in the file that moves on with what is read."""

    data: bytes
    place: int = 0

    def take(self, count: int) -> bytes:
        piece = self.data[self.place : self.place + count]
        if len(piece) < count:
            raise Unreadable(CUT_OFF)
        self.place += count
        return piece

    def skip_blocks(self) -> None:
        while length := self.take(1)[0]:
            self.take(length)


def examine(data: bytes) -> Header:
    """Give the header of a GIF file, or raise Unreadable."""
    cursor = _Cursor(data, 6)
    screen = cursor.take(7)
    width, height = int.from_bytes(screen[:2], "little"), int.from_bytes(screen[2:4], "little")
    if not width or not height:
        raise Unreadable("its header says that it has no pixels")
    colours = len(cursor.take(_palette_size(screen[4]))) // 3
    head, control = data[: cursor.place], b""
    if colours and screen[5] >= colours:
        # A background that the palette does not have; the picture covers it or stands on the first.
        head = head[:11] + b"\0" + head[12:]
    while (kind := cursor.take(1)[0]) != _PICTURE:
        start = cursor.place - 1
        if kind == _END:
            raise Unreadable("there is no picture in it")
        if kind != _EXTENSION:
            raise Unreadable("it is damaged: its GIF structure is broken")
        label = cursor.take(1)[0]
        cursor.skip_blocks()
        if label == _GRAPHIC_CONTROL:
            control = data[start : cursor.place]
    start = cursor.place - 1
    _check_picture(cursor, width, height)
    picture = data[start : cursor.place]
    return Header(
        format="GIF",
        width=width,
        height=height,
        channels=4,
        alpha=len(control) > 3 and bool(control[3] & 1),
        notes=("The file is animated; its first picture is shown.",) if _continues(cursor) else (),
        # Without the control block the colours under transparent pixels are kept, as in PNG.
        parts=(head + picture + bytes([_END]),),
    )


def _palette_size(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _check_picture(cursor: _Cursor, width: int, height: int) -> None:
    """Move behind the picture, or raise Unreadable if it can't be one of this file."""
    box = cursor.take(9)
    left, top, across, down = (int.from_bytes(box[i : i + 2], "little") for i in (0, 2, 4, 6))
    if not across or not down or left + across > width or top + down > height:
        raise Unreadable("it is damaged: its first picture does not fit in its frame")
    cursor.take(_palette_size(box[8]) + 1)
    start = cursor.place
    cursor.skip_blocks()
    if across * down > _MOST_PIXELS_OF_A_BYTE * (cursor.place - start):
        raise Unreadable(f"it claims {across} x {down} pixels but holds data for far fewer")


def _continues(cursor: _Cursor) -> bool:
    """Tell whether another picture follows."""
    try:
        while (kind := cursor.take(1)[0]) == _EXTENSION:
            cursor.take(1)
            cursor.skip_blocks()
    except Unreadable:
        return False
    return kind == _PICTURE
