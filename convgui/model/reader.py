"""Reading an image: a pure function from a file or bytes to pixels, or to a sentence why not.

It keeps no state and its result can be pickled, so it can run in any thread or process.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from convgui.model import formats
from convgui.model.damage import ANYTHING, LEVELS, STRICT, TRUNCATED, WARN
from convgui.model.decode import DecodeError, decode
from convgui.model.files import display_name, read_regular
from convgui.model.formats.header import CUT_OFF, Header, Unreadable, upright
from convgui.model.image import Image, ImageError, ImageTooLarge, Pixels, kept, rounding

ASK_ABOVE = 50_000_000
CEILING = 2_000_000_000
# Zeros put behind a file that ends too early: a picture of 16 megapixels' worth.
FILLED = 48_000_000
# OpenCV's limit on a side.
MOST_SIDE = 1 << 20


def warm() -> None:
    """Imports what the first image would have to wait for."""
    from convgui.opencv import cv2

    cv2.setNumThreads(1)


def read_image(
    source: str | Path | bytes,
    *,
    max_pixels: int | None = ASK_ABOVE,
    name: str = "",
    damage: str = WARN,
) -> Image:
    """Give the image in a file or in bytes, upright, as gray or RGB, in the file's own values.

    Parameters
    ----------
    source : str, Path or bytes
        A file, or the content of one, as from the clipboard.
    max_pixels : int or None
        Refuse more than these without decoding; None allows up to 2 gigapixels.
    name : str
        What to call the image; the file's name by default.
    damage : {"warn", "strict", "truncated", "anything"}
        What is done with damaged files. "warn" shows what is whole enough to be decoded as it
        should be, marked as damaged, "strict" refuses that too. "truncated" also shows what is
        left of files that end too early, "anything" whatever a decoder makes of a file, marked.

    Raises
    ------
    ImageTooLarge
        If there are more than ``max_pixels``; ask, then call again with None.
    ImageError
        If there is no image to be had. The text is one sentence for the user.
    """
    path = None if isinstance(source, bytes) else Path(source)
    name = name or (display_name(path) if path else "pasted image")
    if damage not in LEVELS:
        raise ValueError(f"damage must be one of {', '.join(LEVELS)}, got {damage!r}")
    try:
        data = source
        if not isinstance(data, bytes):
            data = read_regular(Path(data), formats.recognise, formats.BEGINNING)
        try:
            header = formats.examine(data)
            _check_size(name, header, max_pixels)
            header.verify()
            pixels, damaged = _decoded(header)
        except Unreadable as problem:
            if damage not in (TRUNCATED, ANYTHING) or (
                damage == TRUNCATED and str(problem) != CUT_OFF
            ):
                raise
            header, pixels, damaged = _rest(data, problem, max_pixels)
        if damage == STRICT and (damaged or header.damaged):
            raise Unreadable("it is damaged, and damaged files are to be refused")
    except Unreadable as problem:
        raise ImageError(f"{name} can't be opened: {problem}.") from None
    except MemoryError:
        raise ImageError(f"{name} can't be opened: there is not enough memory for it.") from None
    pixels = _upright_rgb(pixels, header)
    pixels, stored = kept(pixels)
    return Image(
        pixels,
        name,
        Path(os.path.abspath(path)) if path else None,
        (*header.notes, *_notes(header, pixels, stored, damaged)),
        damaged or header.damaged,
        stored,
    )


def _rest(
    data: bytes, problem: Unreadable, max_pixels: int | None
) -> tuple[Header, npt.NDArray[Any], bool]:
    """Give what a decoder makes of a file whose structure is wrong; the problem if nothing.

    Decoders that want all the bytes that a header announces get zeros for those that are missing.
    """
    for given in (data, data + bytes(FILLED)):
        try:
            pixels, _ = decode(given)
            break
        except DecodeError:
            continue
    else:
        raise problem
    height, width = pixels.shape[:2]
    if height * width > (max_pixels or CEILING):
        raise problem
    notes = (f"The file is damaged ({problem}); this is what is left of it.",)
    return Header("", width, height, notes=notes, damaged=True), pixels, True


def _check_size(name: str, header: Header, max_pixels: int | None) -> None:
    count = header.width * header.height
    size = f"{header.width:,} x {header.height:,} pixels"
    if count > CEILING or max(header.width, header.height) > MOST_SIDE:
        raise Unreadable(f"its {size} are more than convgui can hold")
    if max_pixels is not None and count > max_pixels:
        limit = f"{max_pixels / 1e6:g} megapixels"
        raise ImageTooLarge(
            f"{name} has {size}, more than {limit}.",
            header.width, header.height, header.bytes_needed,
        )  # fmt: skip


def _decoded(header: Header) -> tuple[npt.NDArray[Any], bool]:
    """Give the decoded image as stored, and whether the decoder spoke of damage."""
    try:
        decoded = [decode(part) for part in header.parts]
        pixels = header.join([part for part, _ in decoded])
    except DecodeError as problem:
        reason = f"its {header.format} data are damaged or of a kind that is not read"
        raise Unreadable(CUT_OFF if header.damaged else reason) from problem
    if pixels.shape[:2] != (header.height, header.width):
        raise Unreadable("it is damaged: its header and its picture differ in size")
    return pixels, any(damaged for _, damaged in decoded)


def _upright_rgb(pixels: npt.NDArray[Any], header: Header) -> npt.NDArray[Any]:
    """Give H x W or H x W x 3 RGB, turned as the file asks, still in the file's type."""
    if pixels.ndim == 3:
        pixels = pixels[:, :, 0] if header.gray or pixels.shape[2] < 3 else pixels[:, :, 2::-1]
    return upright(pixels, header.orientation)


def _notes(header: Header, pixels: Pixels, stored: str, damaged: bool) -> list[str]:
    """Give one sentence for everything that was done, or was found, beyond plain decoding."""
    notes = []
    if header.orientation != 1:
        notes.append("The picture was turned upright as the file asks.")
    if header.alpha:
        notes.append("The transparency (alpha channel) was left out.")
    notes += rounding(stored)
    if pixels.dtype == np.float32 and stored.startswith("float"):
        odd = int(np.count_nonzero(~np.isfinite(pixels)))
        if odd:
            notes.append(f"{odd:,} values are not finite numbers.")
    if damaged and not header.damaged:
        notes.append("The file is damaged: parts of the picture may be missing or wrong.")
    return notes
