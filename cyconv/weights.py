"""Weights that a person typed, or keeps in a file, as arrays; every refusal is one sentence."""

from __future__ import annotations

import math
import os
import re
import stat
import warnings
from io import BufferedReader
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MAX_SIDE = 255
MAX_VALUES = 1 << 24
MAX_TEXT = 1 << 20
MAX_WORD = 1000
"""Letters of a number: a pattern that can part them in two ways tries all of them."""
MAX_HEADER = 10_000
MAX_NAME = 255

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\ufe63": "-", "\uff0d": "-"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DECIMAL = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = re.compile(rf"({_DECIMAL})(?:/({_DECIMAL}))?")
_COMMA_DECIMAL = re.compile(r"[+-]?[0-9]+(?:,[0-9]+)?")


def parse(text: str) -> Array:
    """Gives the weights that a text spells out.

    Rows stand on lines or between semicolons, numbers between blanks or commas; brackets around
    rows, as Python prints them, are understood, fractions such as 1/9 too, and any minus sign.
    Numbers with a decimal comma are understood where blanks alone part them ("0,5 0,25") and
    no point is in the text.

    Parameters
    ----------
    text : str
        For instance ``"-1 0 1; -2 0 2; -1 0 1"``.

    Returns
    -------
    ndarray of float64, K_h x K_w

    Raises
    ------
    ValueError
        One sentence that says what can't be read, and where.
    """
    if not isinstance(text, str):
        raise ValueError(f"Weights must be text to be read, got a {type(text).__name__}.")
    if len(text) > MAX_TEXT:
        raise ValueError(f"Weights must be at most {MAX_TEXT} characters long, got {len(text)}.")
    text = _between_rows(text.translate(_MINUS))
    text = re.sub(r"[\[\]()]", " ", text)
    text = re.sub(r"([0-9.])[^\S\n]*/[^\S\n]*(?=[0-9.+-])", r"\1/", text)
    return _table([row.strip() for row in re.split(r"[;\r\n]", text)])


def load(path: str | os.PathLike[str]) -> Array:
    """Gives the weights that a file holds.

    Parameters
    ----------
    path : str or path-like
        A ``.npy`` file (bool, integers or floats), a ``.txt`` file as :func:`parse` reads it, or
        a ``.csv`` file with commas, tabs or (then with points or decimal commas) semicolons
        between the columns. In text, what follows a # is a comment.

    Returns
    -------
    ndarray of float64, K_h x K_w or M x C x K_h x K_w

    Raises
    ------
    ValueError
        One sentence that says what is wrong with the file.
    """
    name = " ".join(os.fsencode(Path(path).name).decode(errors="replace").split())
    name = name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}..."
    suffix = Path(path).suffix.lower()
    if suffix not in (".npy", ".csv", ".txt"):
        raise ValueError(f"{name} can't be read: weights come in .npy, .csv or .txt files.")
    try:
        with _open(path) as file:
            return _load_npy(file) if suffix == ".npy" else _load_text(file, suffix)
    except OSError as error:
        raise ValueError(f"{name} can't be read: {error.strerror or error}.") from None
    except (EOFError, MemoryError):
        raise ValueError(f"{name} can't be read: the file is damaged or cut short.") from None
    except ValueError as error:
        reason = str(error)
        raise ValueError(f"{name} can't be read: {reason[:1].lower()}{reason[1:]}") from None


def _between_rows(text: str) -> str:
    """Gives a text with a line's end in place of what parts one bracketed row from the next.

    A pattern with blanks on both sides of its comma would go through a long gap once for each.
    """
    return re.sub(r"\][\s,]*\[", _line_end, text)


def _line_end(gap: re.Match[str]) -> str:
    return "\n" if gap[0].count(",") <= 1 else gap[0]


def _table(rows: list[str]) -> Array:
    """Gives the numbers of rows of text, empty rows left out."""
    rows = [row for row in rows if row]
    if not rows:
        raise ValueError("Weights must be numbers, got none.")
    decimal_comma = len(rows) <= MAX_SIDE and _has_decimal_commas(rows)
    numbers = []
    for count, row in enumerate(rows, 1):
        if decimal_comma:
            words = row.replace(",", ".").split()
        else:
            words = re.split(r"\s*,\s*|\s+", row.removesuffix(",").rstrip())
        if max(len(rows), len(words)) > MAX_SIDE:
            # Told before half a million words are made numbers.
            raise ValueError(
                f"Weights must be at most {MAX_SIDE} x {MAX_SIDE}, got {len(rows)} x {len(words)}."
            )
        numbers.append([_number(word, count) for word in words])
    lengths = [len(row) for row in numbers]
    for count, length in enumerate(lengths, 1):
        if length != lengths[0]:
            raise ValueError(
                f"Rows must be of one length, but row 1 has {lengths[0]} numbers and row {count} "
                f"has {length}."
            )
    return np.array(numbers, dtype=np.float64)


def _has_decimal_commas(rows: list[str]) -> bool:
    """Says whether commas can only be decimal ones: "0,5 0,25", but not "1, 2" or "1,2,3"."""
    table = [row.split() for row in rows]
    words = [word for row in table for word in row]
    return (
        any("," in word for word in words)
        and len(table[0]) > 1
        and len({len(row) for row in table}) == 1
        and all(_COMMA_DECIMAL.fullmatch(word) for word in words)
    )


def _number(word: str, row: int) -> float:
    """Gives the value of a number or a fraction."""
    match = _NUMBER.fullmatch(word) if len(word) <= MAX_WORD else None
    if match is None:
        what = f"{word[:20]!r} is no number" if word else "a number is missing beside a comma"
        raise ValueError(f"Row {row} can't be read: {what}.")
    value, divisor = float(match[1]), float(match[2] or 1)
    if divisor == 0:
        raise ValueError(f"Row {row} can't be read: {word[:20]!r} divides by 0.")
    if not math.isfinite(value / divisor):
        raise ValueError(f"Row {row} can't be read: {word[:20]!r} is too large.")
    return value / divisor


def _open(path: str | os.PathLike[str]) -> BufferedReader:
    """Opens a regular file; a pipe or a device would be waited for without end."""
    descriptor = os.open(
        path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ValueError("It is no ordinary file.")
    return os.fdopen(descriptor, "rb")


def _load_text(file: BufferedReader, suffix: str) -> Array:
    """Gives the table in a text file, in UTF-8 or (with its mark) UTF-16."""
    data = file.read(MAX_TEXT + 1)
    if len(data) > MAX_TEXT:
        raise ValueError(f"It is larger than {MAX_TEXT} bytes.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError("It holds something other than text.") from None
    if _CONTROL.search(text):
        raise ValueError("It holds something other than text.")
    text = re.sub(r"#[^\r\n]*", "", text)
    if suffix == ".txt" or ";" not in text:
        return parse(text)
    # A spreadsheet writes semicolons between columns where the comma is the decimal one.
    rows = [row.strip() for row in text.translate(_MINUS).splitlines()]
    return parse("\n".join(row.rstrip(";").replace(",", ".").replace(";", ", ") for row in rows))


def _load_npy(file: BufferedReader) -> Array:
    """Gives the array in a .npy file, whose header is checked before any of it is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Headers from Python 2 are understood and warned about.
        shape, dtype = _read_header(file)
        if dtype.kind not in "biuf":
            raise ValueError(f"It must hold real numbers, but holds {dtype}.")
        if len(shape) not in (2, 4):
            raise ValueError(
                "It must have 2 dimensions (K_h x K_w) or 4 (M x C x K_h x K_w), but has "
                f"{len(shape)}."
            )
        if min(shape) < 1 or math.prod(shape) > MAX_VALUES or max(shape[-2:]) > MAX_SIDE:
            raise ValueError(
                f"It must hold 1 to {MAX_VALUES} values in windows of at most {MAX_SIDE} x "
                f"{MAX_SIDE}, but its shape is {' x '.join(map(str, shape))}."
            )
        file.seek(0)
        try:
            array = np.load(file, allow_pickle=False)
        except (ValueError, TypeError):
            raise EOFError from None
    with np.errstate(over="ignore"):
        weights = np.ascontiguousarray(array, dtype=np.float64)
    if not np.isfinite(weights).all():
        raise ValueError("All weights must be finite, but some are not a number or infinite.")
    return weights


def _read_header(file: BufferedReader) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Gives shape and dtype; a header that makes no sense counts as a damaged file."""
    readers = {
        (1, 0): (np.lib.format.read_array_header_1_0, 2),
        (2, 0): (np.lib.format.read_array_header_2_0, 4),
        # As 2, but for names of fields beyond Latin-1, and weights have none.
        (3, 0): (np.lib.format.read_array_header_2_0, 4),
    }
    try:
        read, size = readers[np.lib.format.read_magic(file)]
        # NumPy takes room for as much as is stated, up to 4 GB, before it looks at it.
        if int.from_bytes(file.peek(size)[:size], "little") > MAX_HEADER:
            raise EOFError
        shape, _, dtype = read(file, max_header_size=MAX_HEADER)
    except (ValueError, KeyError, TypeError, SyntaxError, TokenError, RecursionError):
        raise EOFError from None
    if any(isinstance(side, bool) for side in shape):
        raise EOFError
    return shape, dtype
