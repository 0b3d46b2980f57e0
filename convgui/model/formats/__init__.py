"""Image formats by their signature: what a file holds, known before any of it is decoded.

A decoder believes the header that it is given: 57 bytes can make it take a gigabyte, and some
damaged files end the process. So every file passes `examine` first, which reads sizes, finds
missing data, and hands on only what a decoder needs.
"""

from __future__ import annotations

from collections.abc import Callable

from convgui.model.formats import bmp, boxed, gif, icon, jpeg, plain, png, tiff
from convgui.model.formats.foreign import describe
from convgui.model.formats.header import Header, Unreadable

NAMES = (
    "PNG, JPEG, TIFF, BMP, GIF, WebP, AVIF, JPEG 2000, PBM, PGM, PPM, PAM, PFM, Radiance HDR, "
    "Sun raster and Windows icons"
)
SUFFIXES = (
    ".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".bmp", ".dib", ".gif",
    ".webp", ".avif", ".jp2", ".j2k", ".j2c", ".pbm", ".pgm", ".ppm", ".pnm", ".pam", ".pfm",
    ".hdr", ".pic", ".ras", ".sr", ".ico", ".cur",
)  # fmt: skip

# Enough of a file to know its format by.
BEGINNING = 4096


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures)


def _followed_by_blank(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures) and data[2:3] in (b" ", b"\t", b"\n", b"\r")


_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Header]], ...] = (
    (_starts(png.SIGNATURE), png.examine),
    (_starts(jpeg.SIGNATURE), jpeg.examine),
    (tiff.is_tiff, tiff.examine),
    (_starts(*gif.SIGNATURES), gif.examine),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", boxed.examine_webp),
    (boxed.is_avif, boxed.examine_avif),
    (_starts(*boxed.JP2_SIGNATURES), boxed.examine_jpeg2000),
    (_followed_by_blank(*(b"P%d" % kind for kind in range(1, 7))), plain.examine_pnm),
    (_starts(b"P7\n"), plain.examine_pam),
    (_followed_by_blank(b"PF", b"Pf"), plain.examine_pfm),
    (_starts(b"#?RADIANCE", b"#?RGBE"), plain.examine_radiance),
    (_starts(b"\x59\xa6\x6a\x95"), plain.examine_sun),
    (_starts(b"BM"), bmp.examine),
    (icon.is_icon, icon.examine),
)


def recognise(data: bytes) -> Callable[[bytes], Header]:
    """Give the function that examines files that begin so, or raise Unreadable."""
    for matches, examine_one in _FORMATS:
        if matches(data):
            return examine_one
    raise Unreadable(describe(data[:BEGINNING], NAMES))


def examine(data: bytes) -> Header:
    """Give the header of an image file, or raise Unreadable with the reason.

    Time and memory go with the length of ``data``, never with the size that it claims.
    """
    return recognise(data)(data)


__all__ = ["BEGINNING", "NAMES", "SUFFIXES", "Header", "Unreadable", "examine", "recognise"]
