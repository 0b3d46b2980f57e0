"""GIF: frames, palettes and interlacing; codes, blocks and sizes that are wrong."""

from __future__ import annotations

import struct

import numpy as np
from picture_files import COLOUR, PALETTE, TURNED, saved

from corpus.gif_codes import Codes, blocks
from corpus.kind import DECODES, EITHER, FLAG, REFUSE, Kind, broken, cut

GOOD = saved(PALETTE, "GIF")
INDICES = (np.add.outer(np.arange(16), np.arange(20)) % 4).astype(np.uint8)


def lzw(values: bytes, bits: int, *, clear: bool = True, end: bool = True) -> bytes:
    """Gives blocks of GIF's codes, without the byte that tells the bits."""
    table = {bytes([i]): i for i in range(1 << bits)}
    stop, width = (1 << bits) + 1, bits + 1
    count, now, codes = stop + 1, b"", Codes()
    if clear:
        codes.put(1 << bits, width)
    for value in values:
        longer = now + bytes([value])
        if longer in table:
            now = longer
            continue
        codes.put(table[now], width)
        if count < 4096:
            table[longer] = count
            width += count == 1 << width
            count += 1
        now = bytes([value])
    if now:
        codes.put(table[now], width)
        width += count < 4096 and count == 1 << width
    if end:
        codes.put(stop, width)
    return codes.blocks()


def gif(
    indices: np.ndarray = INDICES, *, screen: tuple[int, int] | None = None,
    box: tuple[int, int, int, int] | None = None, flags: int = 0, before: bytes = b"",
    coded: bytes | None = None, palette: bool = True, bits: int = 2, version: bytes = b"89a",
) -> bytes:  # fmt: skip
    """Gives a GIF of one picture, any part of which may be a lie."""
    height, width = indices.shape
    if flags & 0x40:
        order = [*range(0, height, 8), *range(4, height, 8), *range(2, height, 4),
                 *range(1, height, 2)]  # fmt: skip
        indices = indices[order]
    colours = bytes(i * 67 % 256 for i in range(3 << bits)) if palette else b""
    head = b"GIF" + version + struct.pack("<HH", *(screen or (width, height)))
    head += bytes([0x80 + bits - 1 if palette else 0, 0, 0]) + colours + before
    head += b"," + struct.pack("<HHHHB", *(box or (0, 0, width, height)), flags)
    return head + bytes([bits]) + (coded or lzw(indices.tobytes(), bits)) + b";"


def extension(label: int, data: bytes) -> bytes:
    """Gives an extension block."""
    return bytes([0x21, label]) + b"".join(blocks(data)) + b"\0"


def kinds() -> list[Kind]:
    """Gives GIF files."""
    frames = [TURNED.quantize(16), COLOUR.rotate(180).quantize(16)]
    animated = saved(PALETTE, "GIF", save_all=True, append_images=frames, duration=50, loop=0)
    looped = extension(0xFF, b"NETSCAPE2.0")[:-1] + b"\3\1\0\0\0"
    many = np.tile(INDICES, (40, 40))
    sound = {
        "plain": gif(), "87a": gif(version=b"87a"), "interlaced": gif(flags=0x40),
        "by-pillow": GOOD, "animated": animated, "loop": gif(before=looped),
        "transparent": gif(before=b"\x21\xf9\4\1\0\0\2\0"),
        "comment": gif(before=extension(0xFE, b"a comment" * 100)),
        "comment-empty": gif(before=b"\x21\xfe\0"),
        "unknown-extension": gif(before=extension(0x42, b"whatever")),
        "plain-text": gif(before=extension(1, bytes(12) + b"text")),
        "local-palette": _local(), "codes-of-12-bits": gif(many),
        "one-pixel": gif(np.zeros((1, 1), np.uint8)), "no-end": gif()[:-1],
        "no-stop-code": gif(coded=lzw(INDICES.tobytes(), 2, end=False)),
        "behind-the-end": gif() + bytes(99), "no-palette": gif(palette=False),
        "background-lies": broken(gif(), 11, b"\xff"), "row": gif(INDICES[:1]),
        "inside-screen": gif(screen=(40, 30), box=(3, 5, 20, 16)),
    }  # fmt: skip
    head = gif()[:25]
    refused = {
        "signature-alone": b"GIF89a", "version": b"GIF88z" + GOOD[6:], "screen-cut": GOOD[:10],
        "palette-cut": gif()[:20], "no-picture": head + b";", "nothing-behind-screen": head,
        "unknown-block": head + b"?" + gif()[25:], "width-zero": gif(screen=(0, 16)),
        "height-zero": gif(screen=(20, 0)), "picture-empty": gif(box=(0, 0, 0, 0)),
        "picture-width-zero": gif(box=(0, 0, 0, 16)), "code-size-0": gif(bits=2, coded=b"\0"),
        "code-size-13": broken(gif(), 35, b"\x0d"), "code-size-255": broken(gif(), 35, b"\xff"),
        "first-code-wild": gif(coded=b"\2\xfc\x1f\0"),
        "claims-65535": gif(screen=(65535, 65535), box=(0, 0, 65535, 65535)),
        "extension-cut": head + b"\x21\xf9\4",
    }  # fmt: skip
    coded = lzw(INDICES.tobytes(), 2)
    flagged = {
        "cut-in-codes": cut(GOOD, 0.7), "cut-at-last-block": gif()[:-2],
        "too-few-codes": gif(coded=lzw(INDICES.tobytes()[:100], 2)),
        "codes-wild": gif(many, coded=b"".join(blocks(bytes(range(256)) * 2)) + b"\0"),
    }
    either = {
        "extra-pixels": gif(coded=lzw(INDICES.tobytes() * 2, 2)),
        "outside-screen": gif(screen=(10, 8)),
        "outside-by-offset": gif(box=(8, 8, 20, 16)),
        "no-clear-code": gif(coded=lzw(INDICES.tobytes(), 2, clear=False)),
        "extra-data": gif(coded=coded[:-1] + b"\5extra\0"),
        "control-twice": gif(before=b"\x21\xf9\4\1\0\0\2\0" * 2),
        "frames-cut": cut(animated, 0.8),
        "control-of-wrong-length": gif(before=b"\x21\xf9\2\1\0\0"),
    }
    verdicts = ((sound, DECODES), (refused, REFUSE), (flagged, FLAG), (either, EITHER))
    return [
        Kind(f"gif-{name}.gif", data, verdict)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip


def _local() -> bytes:
    """Gives a GIF whose only palette belongs to its picture."""
    data = gif(palette=False, flags=0x81)
    start = data.index(b",") + 10
    return data[:start] + bytes(range(200, 212)) + data[start:]
