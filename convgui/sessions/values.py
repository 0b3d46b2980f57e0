"""JSON of which nothing is taken on trust: bounded in size and depth, every type checked."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from convgui.sessions.document import MOST_NAME
from convgui.sessions.problem import Unfit

MOST_JSON = 32 << 20
MOST_DEPTH = 32
MOST_TABLES, MOST_VALUES = 1 << 21, 1 << 21
"""Lists and tables, and all that they hold: each takes far more memory than the text of it."""
NAMES = {float("inf"): "inf", float("-inf"): "-inf"}
WORDS = {
    dict: "a table", list: "a list", str: "a text", int: "a whole number", float: "a number",
    bool: "true or false", type(None): "nothing",
}  # fmt: skip

T = TypeVar("T")


def dump(values: Mapping[str, Any]) -> bytes:
    """Give values as JSON, always in the same way; file names that are no Unicode are kept."""
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, indent=1, allow_nan=False)
    return text.encode("ascii") + b"\n"


def parse(data: bytes) -> dict[str, Any]:
    """Give the table that JSON describes.

    Raises
    ------
    Unfit
        If it is none, or is too large or too deep to be one of ours.
    """
    if len(data) > MOST_JSON:
        raise Unfit("its settings are longer than settings are")
    letters = _bare(data)
    if _depth(letters) > MOST_DEPTH:
        raise Unfit("its settings are nested deeper than settings are")
    tables, parted = (int(np.isin(letters, list(each)).sum()) for each in (b"[{", b",:"))
    if tables > MOST_TABLES or parted > MOST_VALUES:
        raise Unfit("its settings hold more values than settings do")
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unfit("its settings are damaged") from error
    if not isinstance(values, dict):
        raise Unfit(f"its settings are {words(values)}, not a table")
    return values


def _bare(data: bytes) -> NDArray[np.uint8]:
    """Give JSON without its texts, whether or not the rest is sound."""
    letters = np.frombuffer(data.replace(b"\\\\", b"").replace(b'\\"', b""), np.uint8)
    # Odd behind a mark that opens a text; it wraps, which leaves it odd or even.
    marks = np.cumsum(letters == ord('"'), dtype=np.uint8)
    bare: NDArray[np.uint8] = letters[(marks & 1) == 0]
    return bare


def _depth(letters: NDArray[np.uint8]) -> int:
    """Give how deep brackets nest."""
    steps = np.isin(letters, list(b"[{")).astype(np.int8) - np.isin(letters, list(b"]}"))
    return int(np.cumsum(steps, dtype=np.int64).max(initial=0))


def words(value: object) -> str:
    """Give what a value is, for a sentence."""
    return WORDS.get(type(value), "something else")


def take(values: Mapping[str, Any], key: str, kind: type[T], default: T | None = None) -> T:
    """Give the value of a key, of this very type; ``default`` where the key is missing.

    Raises
    ------
    Unfit
        If it is missing without a default, or of another type.
    """
    if key not in values:
        if default is None:
            raise Unfit(f"its {key} is missing")
        return default
    value = values[key]
    # True is an int to Python, but not to us.
    if type(value) is not kind:
        raise Unfit(f"its {key} is {words(value)}, not {WORDS[kind]}")
    return value


def each(values: list[Any], name: str, kind: type[T]) -> list[T]:
    """Give a list whose items are all of a type.

    Raises
    ------
    Unfit
        If one is not.
    """
    for value in values:
        if type(value) is not kind:
            raise Unfit(f"its {name} holds {words(value)} where {WORDS[kind]} should be")
    return values


def whole(values: Mapping[str, Any], key: str, least: int, most: int) -> int:
    """Give a whole number within bounds.

    Raises
    ------
    Unfit
        If it is none.
    """
    number = take(values, key, int)
    if not least <= number <= most:
        raise Unfit(f"its {key} is out of range")
    return number


def real(value: float) -> float | str:
    """Give a number as JSON can hold it, those that are not finite by name."""
    return float(value) if math.isfinite(value) else NAMES.get(value, "nan")


def real_from(values: Mapping[str, Any], key: str) -> float:
    """Give the number that `real` wrote.

    Raises
    ------
    Unfit
        If it is none.
    """
    value = values.get(key)
    if isinstance(value, str) and value in ("inf", "-inf", "nan"):
        return float(value)
    try:
        if type(value) in (int, float):
            return float(value)  # type: ignore[arg-type]  # one of the two
    except OverflowError:
        pass
    raise Unfit(f"its {key} is {words(value)}, not a number")


def clean(text: str, most: int = MOST_NAME) -> str:
    """Give a name as it can be shown on one line: no control characters, no broken letters."""
    kept = (each for each in text if unicodedata.category(each) not in ("Cc", "Cs"))
    # Cut short it may end in a blank again; what was cleaned once must stay as it is.
    return "".join(kept).strip()[:most].rstrip()
