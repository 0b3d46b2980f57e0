"""What a session file holds, as records that never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from convgui.model.image import Image
from convgui.model.session import Session

SCHEMA = 2
"""Version of the file's layout that is written; earlier ones are read, too."""
SUFFIX = ".convgui"
THUMBNAIL_SIDE = 128
"""Most rows or columns of a thumbnail."""
MOST_NOTES = 1 << 20
"""Characters of notes."""
MOST_NAME, MOST_REMARK = 300, 2000
"""Characters of the name of a run or an image, and of a remark on one."""

Plain = str | int | float | bool


@dataclass(frozen=True)
class Figures:
    """What one technique gave and cost in a run.

    Attributes
    ----------
    technique : str
        As :data:`convgui.model.compute.LABELS` has it.
    psnr, ssim, max_abs_error : float
        Against the exact output; decibels, no unit, grey levels.
    multiplications, additions : int
        Executed.
    seconds : float
    """

    technique: str
    psnr: float
    ssim: float
    max_abs_error: float
    multiplications: int
    additions: int
    seconds: float


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run: its settings and figures, and a small picture in place of its outputs.

    Attributes
    ----------
    number : int
        Counts from 1 within a session, and is never used again.
    session : Session
    image_name : str
    size : (int, int, int)
        Channels, height and width of what was convolved.
    when : str
        Local time of its end, ISO 8601 to the second.
    figures : tuple of Figures
    thumbnail : ndarray of uint8, H x W
        The output of the technique that approximates, grey.
    name : str
        What the user calls it; "" without a name.
    """

    number: int
    session: Session
    image_name: str
    size: tuple[int, int, int]
    when: str
    figures: tuple[Figures, ...]
    thumbnail: NDArray[np.uint8]
    name: str = ""


@dataclass(frozen=True)
class Link:
    """An image that is not in the session file but named by it.

    Attributes
    ----------
    name : str
    path : str
        "" where it never had one.
    sha256 : str
        Of the file when the session was saved, as ``sha256sum`` prints it; "" if it was gone then.
    pixels : str
        SHA-256 of the decoded pixels, which tells whether it is still the same picture.
    shape : tuple of int
        H x W or H x W x 3.
    """

    name: str
    path: str
    sha256: str
    pixels: str
    shape: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Document:
    """All that a session file holds.

    Attributes
    ----------
    session : Session
        The parameters.
    image : Image or None
    link : Link or None
        What is known of an image that is not kept inside; it may be gone, and then ``image``
        is None.
    inside : bool
        Whether the image's pixels are to be kept in the file.
    look : mapping of str to str, int, float or bool
        How results are looked at.
    notes : str
    runs : tuple of Run
        The oldest first.
    pinned : (int, int)
        Numbers of the runs that are compared as A and B; 0 for none.
    origin : str
        In what is kept for recovery only: the session file that it was.
    """

    session: Session = field(default_factory=Session)
    image: Image | None = None
    link: Link | None = None
    inside: bool = True
    look: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))
    notes: str = ""
    runs: tuple[Run, ...] = ()
    pinned: tuple[int, int] = (0, 0)
    origin: str = ""
