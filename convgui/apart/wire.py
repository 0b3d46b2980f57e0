"""What goes through the fence: lines of JSON, each with as many bytes behind it as it says."""

from __future__ import annotations

import json
import struct
from typing import Any

HEAD = struct.Struct("<IQ")
MOST_WORDS = 1 << 20
"""Bytes of JSON in a message, at the most; what is longer is no message."""


class Garbled(Exception):
    """Says that what came is no message."""


def pack(words: dict[str, Any], follows: int = 0) -> bytes:
    """Gives the start of a message with so many bytes behind it."""
    # Escaped letters keep file names that are no valid Unicode, too.
    text = json.dumps(words, ensure_ascii=True).encode("ascii")
    return HEAD.pack(len(text), follows) + text


def lengths(head: bytes) -> tuple[int, int]:
    """Gives the bytes of JSON and the bytes behind it that a head announces.

    Raises
    ------
    Garbled
        If no message begins like that.
    """
    words, follows = HEAD.unpack(head)
    if not 2 <= words <= MOST_WORDS:
        raise Garbled(f"{words} bytes of words")
    return words, follows


def words_of(text: bytes) -> dict[str, Any]:
    """Gives the words of a message; Garbled if they are none."""
    try:
        words = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Garbled(str(problem)) from None
    if not isinstance(words, dict):
        raise Garbled(type(words).__name__)
    return words
