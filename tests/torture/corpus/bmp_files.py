"""Windows bitmaps: every header and depth, run lengths, masks, rows from the top, lies."""

from __future__ import annotations

import struct

import numpy as np
from picture_files import GRAY, RGB, saved

from corpus.kind import DECODES, EITHER, FLAG, REFUSE, Kind, broken, cut

HEIGHT, WIDTH = GRAY.shape
PALETTE = bytes(value for i in range(256) for value in (i, 255 - i, i // 2, 0))


def bmp(
    bits: int, rows: bytes, *, width: int = WIDTH, height: int = HEIGHT, compression: int = 0,
    palette: bytes = b"", head: int = 40, masks: bytes = b"", colours: int = 0, start: int | None =
    None, size: int | None = None, planes: int = 1,
) -> bytes:  # fmt: skip
    """Gives a bitmap, any field of which may be a lie."""
    if head == 12:
        info = struct.pack("<IHHHH", 12, width, height, planes, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", head, width, height, planes, bits, compression,
                           len(rows), 2835, 2835, colours, 0)  # fmt: skip
        info += masks if head == 40 else masks.ljust(head - 40, b"\0")
    place = 14 + len(info) + len(palette) if start is None else start
    total = 14 + len(info) + len(palette) + len(rows) if size is None else size
    return b"BM" + struct.pack("<IHHI", total, 0, 0, place) + info + palette + rows


def lines(values: np.ndarray) -> bytes:
    """Gives rows of bytes from the bottom, each filled up to four bytes."""
    rows = np.ascontiguousarray(values).reshape(len(values), -1).view(np.uint8)
    return np.pad(rows, ((0, 0), (0, -rows.shape[1] % 4)))[::-1].tobytes()


def runs8(values: np.ndarray) -> bytes:
    """Gives run lengths of 8 bits: every pixel a run of its own."""
    rows = [b"".join(b"\1%c" % value for value in row) + b"\0\0" for row in values[::-1].tolist()]
    return b"".join(rows) + b"\0\1"


def kinds() -> list[Kind]:
    """Gives bitmaps."""
    nibbles = (GRAY[:, ::2] & 0xF0) | (GRAY[:, 1::2] >> 4)
    bits = np.packbits(GRAY > 99, axis=1)
    small = RGB.astype(np.uint16)
    words = (small[:, :, 0] >> 3) << 10 | (small[:, :, 1] >> 3) << 5 | small[:, :, 2] >> 3
    words565 = (small[:, :, 0] >> 3) << 11 | (small[:, :, 1] >> 2) << 5 | small[:, :, 2] >> 3
    masks565, masks555 = (struct.pack("<III", *each) for each in (
        (0xF800, 0x7E0, 0x1F), (0x7C00, 0x3E0, 0x1F)))  # fmt: skip
    four = np.dstack([RGB[:, :, ::-1], GRAY])
    masks32 = struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)
    good24 = bmp(24, lines(RGB[:, :, ::-1]))
    runs4 = b"".join(b"\x24\x5a\0\0" for _ in range(HEIGHT)) + b"\0\1"
    absolute = b"".join(
        b"\0\x24" + row.tobytes() + b"\0\0" for row in np.ascontiguousarray(GRAY[::-1])
    ) + b"\0\1"  # fmt: skip
    sound = {
        "24": good24, "by-pillow": saved(RGB, "BMP"), "grey-by-pillow": saved(GRAY, "BMP"),
        "8": bmp(8, lines(GRAY), palette=PALETTE), "4": bmp(4, lines(nibbles),
        palette=PALETTE[:64]),
        "1": bmp(1, lines(bits), palette=PALETTE[:8]), "16": bmp(16, lines(words)),
        "16-565": bmp(16, lines(words565), compression=3, masks=masks565),
        "16-555": bmp(16, lines(words), compression=3, masks=masks555),
        "32": bmp(32, lines(four)), "32-masks": bmp(32, lines(four), compression=3, masks=masks32),
        "os2-24": bmp(24, lines(RGB[:, :, ::-1]), head=12),
        "os2-8": bmp(8, lines(GRAY), head=12, palette=bytes(i // 3 for i in range(768))),
        "v4": bmp(24, lines(RGB[:, :, ::-1]), head=108),
        "v5": bmp(24, lines(RGB[:, :, ::-1]), head=124),
        "v5-32-masks": bmp(32, lines(four), head=124, compression=3,
                           masks=masks32 + b"\0\0\0\xff"),
        "from-the-top": bmp(24, lines(RGB[::-1, :, ::-1]), height=-HEIGHT),
        "8-from-the-top": bmp(8, lines(GRAY[::-1]), height=-HEIGHT, palette=PALETTE),
        "runs8": bmp(8, runs8(GRAY), compression=1, palette=PALETTE),
        "runs8-absolute": bmp(8, absolute, compression=1, palette=PALETTE),
        "runs4": bmp(4, runs4, compression=2, palette=PALETTE[:64]),
        "few-colours": bmp(8, lines(GRAY % 5), palette=PALETTE[:20], colours=5),
        "8-palette-counted": bmp(8, lines(GRAY), palette=PALETTE, colours=256),
        "file-size-zero": bmp(24, lines(RGB[:, :, ::-1]), size=0),
        "gap-before-pixels": bmp(24, bytes(40) + lines(RGB[:, :, ::-1]), start=94),
        "behind-the-end": good24 + bytes(50), "one-pixel": bmp(24, bytes(4), width=1, height=1),
        "24-with-palette": bmp(24, lines(RGB[:, :, ::-1]), palette=PALETTE, colours=256),
    }  # fmt: skip
    refused = {
        "signature-alone": b"BM", "header-cut": good24[:30], "cut": cut(good24, 0.5),
        "last-byte-missing": good24[:-5], "width-zero": bmp(24, b"", width=0),
        "height-zero": bmp(24, b"", height=0), "width-negative": broken(good24, 18,
        b"\xdc\xff\xff\xff"),
        "height-least": bmp(24, bytes(99), height=-(2**31)),
        "claims-30000": bmp(24, bytes(100), width=30_000, height=30_000),
        "claims-30000-runs": bmp(8, b"\0\1", width=30_000, height=30_000, compression=1,
                                 palette=PALETTE),
        "claims-7000-runs": bmp(8, b"\0\1", width=7000, height=7000, compression=1,
                                palette=PALETTE),
        "width-2-31": bmp(24, bytes(100), width=2**31 - 1), "bits-0": bmp(0, lines(RGB)),
        "bits-7": bmp(7, lines(RGB)), "bits-65535": bmp(65535, lines(RGB)),
        "header-of-13": broken(good24, 14, b"\x0d"), "header-of-2-32": broken(good24, 14,
        b"\xff" * 4),
        "start-outside": bmp(24, lines(RGB), start=1 << 30), "compression-9": bmp(
            24, lines(RGB), compression=9), "compression-2-32": bmp(
            24, lines(RGB), compression=2**32 - 1),
        "runs-of-24-bits": bmp(24, lines(RGB), compression=1),
        "jpeg-inside": bmp(0, saved(RGB, "JPEG"), compression=4),
        "png-inside": bmp(0, saved(RGB, "PNG"), compression=5),
    }  # fmt: skip
    flagged = {
        "runs8-cut": bmp(8, runs8(GRAY)[:600], compression=1, palette=PALETTE),
        "runs4-cut": bmp(4, runs4[:30], compression=2, palette=PALETTE[:64]),
    }
    either = {
        "runs8-too-long": bmp(8, b"\xff\7" * 90 + b"\0\1", compression=1, palette=PALETTE),
        "runs8-jumps-outside": bmp(8, b"\0\2\xff\xff" * 9 + b"\0\1", compression=1,
                                   palette=PALETTE),
        "runs8-no-end": bmp(8, runs8(GRAY)[:-2], compression=1, palette=PALETTE),
        "runs-from-the-top": bmp(8, runs8(GRAY), height=-HEIGHT, compression=1, palette=PALETTE),
        "planes-9": bmp(24, lines(RGB), planes=9), "planes-0": bmp(24, lines(RGB), planes=0),
        "colours-too-many": bmp(8, lines(GRAY), palette=PALETTE, colours=70_000),
        "colours-2-32": bmp(8, lines(GRAY), palette=PALETTE, colours=2**32 - 1),
        "index-too-large": bmp(8, lines(GRAY), palette=PALETTE[:20], colours=5),
        "palette-missing": bmp(8, lines(GRAY)), "start-in-header": bmp(24, lines(RGB), start=20),
        "masks-overlap": bmp(16, lines(words), compression=3, masks=struct.pack(
            "<III", 0xFFFF, 0xFFFF, 0xFFFF)),
        "masks-zero": bmp(16, lines(words), compression=3, masks=bytes(12)),
        "masks-odd": bmp(32, lines(four), compression=3, masks=struct.pack(
            "<III", 0xFFE00000, 0x1FFC00, 0x3FF)),
        "2": bmp(2, lines(bits), width=18, palette=PALETTE[:16]),
        "64": bmp(64, lines(RGB)), "file-size-lies": bmp(24, lines(RGB), size=99),
    }  # fmt: skip
    verdicts = ((sound, DECODES), (refused, REFUSE), (flagged, FLAG), (either, EITHER))
    return [
        Kind(f"bmp-{name}.bmp", data, verdict)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip
