"""PNG: lies in the header, chunks that are cut, long or out of order, bombs, wrong checksums."""

from __future__ import annotations

import zlib

from picture_files import EVERY, IEND, chunk, ihdr, png

from corpus.kind import EITHER, FLAG, REFUSE, Kind, broken, cut
from corpus.png_parts import claimed, made, packed, picture
from corpus.png_sound import wide

GOOD = made(8, 2)
PIXELS = chunk(b"IDAT", zlib.compress(packed(picture(8, 2), 8)))
HEAD = ihdr(19, 19, 8, 2)


def _apng(kind: bytes, place: int, new: bytes) -> bytes:
    """Gives an animation with other bytes in the data of a chunk, its checksum wrong or not."""
    data = EVERY["APNG"][0]
    return broken(data, data.index(kind) + 4 + place, new)


def kinds() -> list[Kind]:
    """Gives PNG files that are damaged, hostile, or not what they say."""
    refused = {
        "signature-7bit": b"\x09" + GOOD[1:],
        "signature-newlines": GOOD.replace(b"\r\n\x1a\n", b"\n\x1a\n", 1),
        "signature-alone": GOOD[:8],
        "header-alone": png(HEAD),
        "no-end": png(HEAD, PIXELS),
        "no-pixels": png(HEAD, IEND),
        "end-cut": GOOD[:-3],
        "end-length-cut": GOOD[:-9],
        "cut-in-header": GOOD[:20],
        "cut-in-pixels": cut(GOOD, 0.5),
        "width-zero": png(ihdr(0, 19, 8, 2), PIXELS, IEND),
        "height-zero": png(ihdr(19, 0, 8, 2), PIXELS, IEND),
        "width-negative": png(ihdr(0xFFFFFFF0, 19, 8, 2), PIXELS, IEND),
        "bits-0": png(ihdr(19, 19, 0, 2), PIXELS, IEND),
        "bits-3": png(ihdr(19, 19, 3, 0), PIXELS, IEND),
        "bits-99": png(ihdr(19, 19, 99, 2), PIXELS, IEND),
        "bits-4-rgb": png(ihdr(19, 19, 4, 2), PIXELS, IEND),
        "bits-16-palette": png(ihdr(19, 19, 16, 3), PIXELS, IEND),
        "colour-1": png(ihdr(19, 19, 8, 1), PIXELS, IEND),
        "colour-9": png(ihdr(19, 19, 8, 9), PIXELS, IEND),
        "compression-1": png(ihdr(19, 19, 8, 2, 1, 0, 0), PIXELS, IEND),
        "filtering-1": png(ihdr(19, 19, 8, 2, 0, 1, 0), PIXELS, IEND),
        "interlace-2": png(ihdr(19, 19, 8, 2, 0, 0, 2), PIXELS, IEND),
        "header-checksum": broken(GOOD, 29, b"\0\0"),
        "pixels-checksum": png(HEAD, chunk(b"IDAT", PIXELS[8:-4], 7), IEND),
        "header-short": png(chunk(b"IHDR", HEAD[8:18]), PIXELS, IEND),
        "header-long": png(chunk(b"IHDR", HEAD[8:-4] + b"\0"), PIXELS, IEND),
        "header-twice": png(HEAD, HEAD, PIXELS, IEND),
        "header-not-first": png(chunk(b"gAMA", b"\0\0\1\0"), HEAD, PIXELS, IEND),
        "palette-missing": png(ihdr(19, 19, 8, 3), PIXELS, IEND),
        "palette-of-nothing": made(8, 3, before=chunk(b"PLTE")),
        "palette-of-7-bytes": made(8, 3, before=chunk(b"PLTE", bytes(7))),
        "palette-of-300": made(8, 3, before=chunk(b"PLTE", bytes(900))),
        "pixels-apart": png(HEAD, chunk(b"IDAT", PIXELS[8:30]), chunk(b"tEXt", b"a\0b"),
                            chunk(b"IDAT", PIXELS[30:-4]), IEND),
        "pixels-empty": png(HEAD, chunk(b"IDAT"), IEND),
        "pixels-no-zlib": png(HEAD, chunk(b"IDAT", b"this is no compressed stream" * 9), IEND),
        "pixels-bad-window": png(HEAD, chunk(b"IDAT", b"\x98\x9c" + PIXELS[10:-4]), IEND),
        "pixels-dictionary": png(HEAD, chunk(b"IDAT", b"\x78\xbb" + PIXELS[10:-4]), IEND),
        "pixels-half": claimed(19, 190, 8, 2, packed(picture(8, 2), 8), 0),
        "pixels-bits-flipped": png(HEAD, chunk(b"IDAT", PIXELS[8:60] + bytes(40)), IEND),
        "filter-9": png(HEAD, chunk(b"IDAT", zlib.compress(packed(picture(8, 2), 8, 9))), IEND),
        "unknown-critical": png(HEAD, chunk(b"ABCD", b"x"), PIXELS, IEND),
        "chunk-not-letters": png(HEAD, chunk(b"t\0Xt", b"x"), PIXELS, IEND),
        "chunk-length-lies": broken(GOOD, 33, b"\x7f\xff\xff\xff"),
        "chunk-length-negative": broken(GOOD, 33, b"\xff\xff\xff\xfe"),
        "wide-1000001": wide(1_000_001),
        "wide-1048577": wide(1_048_577),
        "claims-30000": claimed(30_000, 30_000, 8, 2, bytes(90_001)),
        "claims-2-31": claimed(2**31 - 1, 2**31 - 1, 16, 6, bytes(99)),
    }  # fmt: skip
    for name in (b"iCCP", b"eXIf", b"cHRM", b"tIME", b"bKGD", b"pCAL", b"juNK", b"zTXt", b"hIST"):
        huge = b"\x7f\xff\xff\xf0" + name + b"x"
        refused[f"huge-{name.decode()}"] = png(ihdr(1, 1), huge)
    for name in (b"cHRM", b"gAMA", b"sRGB", b"pHYs", b"tIME", b"tRNS", b"bKGD", b"eXIf"):
        refused[f"empty-{name.decode()}"] = made(8, 2, chunk(name))
    either = {
        "checksum-adler": made(8, 2).replace(PIXELS, chunk(b"IDAT", PIXELS[8:-8] + b"oops")),
        "palette-in-grey": made(8, 0, before=chunk(b"PLTE", bytes(12))),
        "transparency-late": GOOD.replace(IEND, chunk(b"tRNS", bytes(6)) + IEND),
        "transparency-with-alpha": made(8, 6, chunk(b"tRNS", bytes(6))),
        "colours-of-nonsense": made(8, 2, chunk(b"cHRM", b"short")),
        "icc-nonsense": made(8, 2, chunk(b"iCCP", b"no zero, no profile")),
        "exif-cyclic": made(8, 2, chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\1" + b"\x87\x69\0\4\0\0\0\1"
                                        b"\0\0\0\x08" + b"\0\0\0\x08")),
    }  # fmt: skip
    flagged = {
        "text-checksum": made(8, 2, chunk(b"tEXt", b"Comment\0x", 7)),
        "apng-control-cut": _apng(b"fcTL", 8, b"\xff\xff"),
        "apng-picture-outside": _apng(b"fcTL", 12, b"\x7f\xff\xff\xff"),
        "apng-data-broken": _apng(b"fdAT", 9, b"\0\xff\0"),
        "apng-frames-lie": _apng(b"acTL", 0, b"\x7f\xff\xff\xff"),
        "apng-frames-none": _apng(b"acTL", 0, bytes(4)),
    }
    found = [Kind(f"png-{name}.png", data, REFUSE) for name, data in refused.items()]
    found += [Kind(f"png-{name}.png", data, EITHER) for name, data in either.items()]
    found += [Kind(f"png-{name}.png", data, FLAG) for name, data in flagged.items()]
    return found
