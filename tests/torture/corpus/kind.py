"""What is known of a file before anything reads it: its bytes, and the verdict that is right."""

from __future__ import annotations

from dataclasses import dataclass, field

DECODES, REFUSE, FLAG, EITHER = "decodes", "refuse", "flag", "either"
"""It is shown as sound; it is refused; it is refused or shown marked as damaged; either is right
as long as nothing crashes and no bound is passed."""

WEIGHTS = (".npy", ".npz", ".csv", ".txt")


@dataclass(frozen=True)
class Kind:
    """One file: its name, its bytes, and what must become of it."""

    name: str
    data: bytes = field(repr=False)
    verdict: str
    weights: bool = False


def broken(data: bytes, place: int, new: bytes) -> bytes:
    """Gives the data with other bytes from a place on; negative places count from the end."""
    place %= len(data)
    return data[:place] + new + data[place + len(new) :]


def cut(data: bytes, part: float) -> bytes:
    """Gives the beginning of the data."""
    return data[: round(len(data) * part)]
