"""From what the user wants to what will run: a pure function, checked once, here.

A :class:`Request` is frozen and carries all that a run needs; making one never changes anything,
so it can be done on any thread and thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cyconv import Differential, Exact, Geometry, Technique, filters
from cyconv.memory import require

from . import reuse
from .image import Image
from .parameters import CUSTOM
from .prepare import prepared
from .session import Session
from .shown import shown


class ResolveError(ValueError):
    """A session that can't be run with an image; the message is one sentence for the user."""


@dataclass(frozen=True)
class Request:
    """All that a comparison needs.

    Attributes
    ----------
    image : ndarray, C x H x W
        Read-only planes, in the size and the channels that the session asks for.
    image_name : str
    image_path : Path or None
    filters : ndarray of float32, M x C x K_h x K_w
        Read-only.
    filter_name : str
        A preset's name or ``"custom"``.
    geometry : Geometry
    techniques : tuple
        What is run and shown.
    threads : int or None
        None uses every core.
    session : Session
        What the request was made from.
    stored : str
        NumPy name of the type that the image file's samples have, such as ``"uint16"``.
    """

    image: NDArray[Any]
    image_name: str
    image_path: Path | None
    filters: NDArray[np.float32]
    filter_name: str
    geometry: Geometry
    techniques: tuple[Technique, ...]
    threads: int | None
    session: Session
    stored: str = "uint8"

    @property
    def output_size(self) -> tuple[int, int]:
        """Height and width of every output plane."""
        height, width = self.image.shape[1:]
        rows, columns = self.filters.shape[2:]
        return self.geometry.place((height, width), (rows, columns)).output

    @property
    def output_values(self) -> int:
        """The number of values in one technique's output."""
        height, width = self.output_size
        return height * width * int(self.filters.shape[0])


def _differential(session: Session) -> Differential:
    # The flaw is the report's, which only knows the first window and leaves nothing out.
    if session.differential_as_published:
        return Differential(as_published=True)
    return Differential(session.reference, session.threshold, session.residue)


TECHNIQUES: dict[str, Callable[[Session], Technique]] = {
    "exact": lambda session: Exact(),
    "differential": _differential,
    "lsh": reuse.lsh,
    "low-rank": reuse.low_rank,
}


def resolve(
    session: Session, image: Image, techniques: Iterable[str] | None = None
) -> Request:
    """Gives the request for a session and an image.

    Parameters
    ----------
    session : Session
    image : Image
    techniques : iterable of str, optional
        Which techniques to run and show, of :data:`TECHNIQUES`; by default those that the
        session shows.

    Raises
    ------
    ResolveError
        If a value is out of range, or the values do not fit one another or the image.
    """
    wanted = set(shown(session) if techniques is None else techniques)
    if unknown := sorted(wanted - set(TECHNIQUES)):
        known = ", ".join(TECHNIQUES)
        raise ResolveError(f"technique must be one of {known}, got {unknown[0]!r}")
    try:
        planes = prepared(image.pixels, session.width, session.height, session.gray)
        bank = _filters(session, planes.shape[0])
        geometry = Geometry(
            session.stride, "same" if session.same_padding else session.padding, session.dilation
        )
        geometry.place(planes.shape[1:], bank.shape[2:])
        made = tuple(make(session) for name, make in TECHNIQUES.items() if name in wanted)
    except (ValueError, MemoryError) as error:
        raise ResolveError(str(error) or "there is not enough memory for this") from None
    if session.threads < 0:
        raise ResolveError(f"threads must be at least 0, got {session.threads}")
    return Request(
        planes, image.name, image.path, bank, session.filter_name, geometry, made,
        session.threads or None, session, image.stored,
    )  # fmt: skip


def _filters(session: Session, channels: int) -> NDArray[np.float32]:
    """Gives the bank M x C x K_h x K_w, read-only."""
    if session.filter_name == CUSTOM:
        bank = _own(session, channels)
    else:
        bank = filters.make(
            session.filter_name, session.kernel_size, session.filter_count, channels,
            divisor=session.divisor or None, sigma=session.sigma or None,
            seed=session.filter_seed,
        )  # fmt: skip
    single = bank.astype(np.float32)
    single.flags.writeable = False
    return single


def _own(session: Session, channels: int) -> NDArray[np.float64]:
    """Gives the user's weights as a bank: one plane serves all channels, and all filters."""
    if session.weights is None:
        raise ValueError("weights must be given for a filter of one's own")
    try:
        weights = np.array(session.weights, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("weights must be numbers, as many in every row") from None
    if weights.ndim not in (2, 4) or not weights.size:
        raise ValueError(f"weights must be K_h x K_w or M x C x K_h x K_w, got {weights.shape}")
    if weights.ndim == 2:
        size = session.filter_count * channels * weights.nbytes
        require(size, f"{session.filter_count} filters of {channels} channels")
        return np.tile(weights, (session.filter_count, channels, 1, 1))
    if weights.shape[1] == 1:
        return np.repeat(weights, channels, axis=1)
    if weights.shape[1] != channels:
        raise ValueError(
            f"weights must have as many channels as the image, {channels}, got {weights.shape[1]}"
        )
    return weights
