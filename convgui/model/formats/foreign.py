"""What a file is when it is no image that convgui reads, so the refusal can name it."""

from __future__ import annotations

import re

# Signature, where it stands, and what to say.
_KNOWN: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF", 0, "it is a PDF document; save the page as a PNG first"),
    (b"8BPS", 0, "it is a Photoshop document; save it as a PNG first"),
    (b"\x76\x2f\x31\x01", 0, "it is an OpenEXR image, which is not read; save it as a TIFF first"),
    (b"\0\0\1\0", 0, "it is a Windows icon without a picture"),
    (b"gimp xcf", 0, "it is a GIMP document; export it as a PNG first"),
    (b"\xff\x0a", 0, "it is a JPEG XL image, which is not read; save it as a PNG first"),
    (b"\0\0\0\x0cJXL ", 0, "it is a JPEG XL image, which is not read; save it as a PNG first"),
    (b"ftyphei", 4, "it is a HEIC photo, which is not read; save it as a JPEG first"),
    (b"ftypmif1", 4, "it is a HEIF photo, which is not read; save it as a JPEG first"),
    (b"ftyp", 4, "it is a video, not an image"),
    (b"\x1a\x45\xdf\xa3", 0, "it is a video, not an image"),
    (b"AVI ", 8, "it is a video, not an image"),
    (b"PK\3\4", 0, "it is an archive or an office document, not an image"),
    (b"\x1f\x8b", 0, "it is a compressed file, not an image"),
    (b"7z\xbc\xaf", 0, "it is an archive, not an image"),
    (b"\x7fELF", 0, "it is a program, not an image"),
    (b"MZ", 0, "it is a program, not an image"),
    (b"\x93NUMPY", 0, "it is a NumPy array; arrays can be opened as filter weights, not as images"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SVG = re.compile(rb"<svg[\s>]")


def describe(data: bytes, formats: str) -> str:
    """Give the reason, as a clause, why bytes that begin so are not read as an image."""
    if not data:
        return "the file is empty"
    for signature, place, words in _KNOWN:
        if data.startswith(signature, place):
            return words
    if _SVG.search(data):
        return "it is an SVG drawing; export it as a PNG first"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or not _CONTROL.search(data):
        return "it holds text, not an image"
    if not data.strip(b"\0"):
        return "there is nothing but zeros in it"
    return f"it is in none of the formats that are read: {formats}"
