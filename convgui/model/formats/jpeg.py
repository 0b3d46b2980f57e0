"""JPEG: size, channels and orientation from the segments before the picture."""

from __future__ import annotations

from convgui.model.formats.directory import exif_orientation
from convgui.model.formats.header import CUT_OFF, Header, Unreadable

SIGNATURE = b"\xff\xd8\xff"

_START_OF_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_END_MARKER = bytes((0xFF, _END))
_EXIF = b"Exif\0\0"
# A progressive picture has some ten scans; each goes over all of it, however few bytes it has.
_SCAN_MARKER, _MOST_SCANS, _MOST_WORK = b"\xff\xda", 64, 2_000_000_000
# No coding gets under a bit for every 64 pixels of a plane; this leaves room for oddities.
_MOST_PIXELS_OF_A_BYTE = 8192


def examine(data: bytes) -> Header:
    """Give the header of a JPEG file, or raise Unreadable."""
    frame, orientation, place = b"", 1, 2
    while True:
        place = data.find(b"\xff", place)
        while 0 <= place < len(data) - 1 and data[place + 1] == 0xFF:
            place += 1
        if place < 0 or place + 4 > len(data):
            raise Unreadable(CUT_OFF)
        marker = data[place + 1]
        if marker == 0 or marker in _WITHOUT_LENGTH:
            place += 2
            continue
        if marker in (_START_OF_SCAN, _END):
            break
        length = int.from_bytes(data[place + 2 : place + 4])
        segment = data[place + 4 : place + 2 + length]
        if length < 2 or len(segment) != length - 2:
            raise Unreadable(CUT_OFF)
        if marker in _FRAMES and not frame:
            frame = segment
        elif marker == 0xE1 and segment.startswith(_EXIF) and orientation == 1:
            orientation = exif_orientation(segment[len(_EXIF) :])
        place += 2 + length
    if len(frame) < 6 or marker == _END:
        raise Unreadable("there is no picture data in it")
    bits, channels = frame[0], frame[5]
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    if not width or not height:
        raise Unreadable("its header says that it has no pixels")
    if bits != 8 or channels not in (1, 3, 4):
        raise Unreadable(f"it is a JPEG of {bits} bits and {channels} channels, which is not read")
    if width * height > _MOST_PIXELS_OF_A_BYTE * len(data):
        raise Unreadable(f"it claims {width} x {height} pixels but holds data for far fewer")
    scans = data.count(_SCAN_MARKER, place)
    if scans > _MOST_SCANS and scans * width * height > _MOST_WORK:
        raise Unreadable(f"it is made of {scans:,} scans, far more than a picture of its size has")
    ended = data.find(_END_MARKER, place) >= 0
    return Header(
        format="JPEG",
        width=width,
        height=height,
        channels=channels,
        gray=channels == 1,
        orientation=orientation,
        notes=_notes(channels, ended),
        damaged=not ended,
        # With an end the decoder shows what there is; without one it gives nothing.
        parts=(data if ended else data + _END_MARKER,),
    )


def _notes(channels: int, ended: bool) -> tuple[str, ...]:
    notes = []
    if channels == 4:
        notes.append("Printing colours (CMYK) were turned into RGB.")
    if not ended:
        notes.append("The file is cut off: the end of the picture is missing.")
    return tuple(notes)
