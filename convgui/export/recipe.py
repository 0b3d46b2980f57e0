"""A run as text that repeats it: as Python, and as a command line.

Only what changes the run is said: what is at its default, and what another choice settles, is left
out. Numbers are written so that they come back to the last bit.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from convgui.model.image import Image
from convgui.model.parameters import CUSTOM, bank_weights
from convgui.model.session import Session

from .atomic import make_folder, write_atomically
from .command_line import command_line, rows
from .script import script

PYTHON, COMMAND = "python", "command"
INLINE_COMMAND = 1000
"""Weights longer than this, in letters, go by a file on a command line, as do those of banks."""
INLINE_PYTHON = 512
"""More weights than these go by a file in Python."""


@dataclass(frozen=True)
class Recipe:
    """A text that repeats a run, and the file of weights that it reads, "" where it reads none."""

    text: str
    weights: str = ""


def make(kind: str, session: Session, image: Image | None, folder: Path) -> Recipe:
    """Gives a run as text; weights that are too long for it are written to a file.

    Parameters
    ----------
    kind : str
        ``"python"`` or ``"command"``.
    session : Session
    image : Image or None
        One that has a file; without one the first sample is taken.
    folder : Path
        Where the weights go, under a name that is made from them: the same weights, the same
        file.

    Raises
    ------
    ValueError
        If the image has no file, or its name can't be written as text.
    OSError
        If the weights can't be written.
    """
    source = _source(image)
    weights = ""
    if session.filter_name == CUSTOM and not _inline(kind, session):
        weights = str(_kept(session, folder))
    write = script if kind == PYTHON else command_line
    return Recipe(write(session, image, source, weights), weights)


def _source(image: Image | None) -> str:
    if image is None:
        return ""
    if image.path is None:
        raise ValueError(f"{image.name} has no file. Save it, and open the file.")
    source = str(image.path)
    try:
        source.encode()
    except UnicodeEncodeError:
        raise ValueError(
            f"The name of {image.name} can't be written as text. Give the file another name."
        ) from None
    return source


def _inline(kind: str, session: Session) -> bool:
    """Tells whether weights of one's own are short enough to stand in the text."""
    if kind == PYTHON:
        return np.size(session.weights) <= INLINE_PYTHON
    return not bank_weights(session) and len(rows(session)) <= INLINE_COMMAND


def _kept(session: Session, folder: Path) -> Path:
    """Gives the file of a session's weights, written if it is not there."""
    data = io.BytesIO()
    np.save(data, np.array(session.weights, dtype=np.float64))
    path = folder / f"weights-{hashlib.sha256(data.getvalue()).hexdigest()[:12]}.npy"
    if not path.is_file() or path.read_bytes() != data.getvalue():
        make_folder(folder)
        write_atomically(path, data.getvalue())
    return path
