"""A document as the named bytes of its file: the same document, the same bytes."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from convgui.model.image import Image
from convgui.model.session import Session
from convgui.model.session_json import to_json
from convgui.sessions import arrays, values
from convgui.sessions.document import (
    MOST_NOTES,
    MOST_REMARK,
    SCHEMA,
    Document,
    Figures,
    Link,
    Run,
)
from convgui.sessions.problem import SessionError

FORMAT = "convgui session"
SETTINGS, NOTES, IMAGE = "session.json", "notes.txt", "image.npy"


def encode(document: Document, beside: str = "") -> dict[str, bytes]:
    """Give the entries of a document's file, its settings first.

    An image that is not to be kept inside needs a link. With its digest as ``beside``, the image
    is told as if it were inside, but its pixels are left to the caller.

    Raises
    ------
    SessionError
        If the notes are longer than would be read again.
    """
    if len(document.notes) > MOST_NOTES:
        raise SessionError(f"The notes are longer than {MOST_NOTES:,} characters.")
    weights: dict[str, bytes] = {}
    told: dict[str, Any] = {
        "format": FORMAT,
        "schema": SCHEMA,
        "settings": _settings(document.session, weights),
        "image": _image(document, beside),
        "inside": document.inside,
        "look": dict(document.look),
        "runs": [_run(run, weights) for run in document.runs],
        "pinned": list(document.pinned),
    }
    if document.origin:
        told["origin"] = document.origin
    entries = {SETTINGS: values.dump(told), NOTES: document.notes.encode("utf-8", "replace")}
    entries |= dict(sorted(weights.items()))
    entries |= {thumbnail_name(run.number): arrays.encode(run.thumbnail) for run in document.runs}
    if document.image is not None and document.inside and not beside:
        entries[IMAGE] = arrays.encode(document.image.pixels)
    return entries


def thumbnail_name(number: int) -> str:
    """Give the entry that holds a run's thumbnail."""
    return f"thumbnails/{number}.npy"


def _settings(session: Session, weights: dict[str, bytes]) -> dict[str, Any]:
    """Give the parameters, with the name of an entry in place of the user's own weights."""
    told = to_json(session)
    if session.weights is not None:
        content = arrays.encode(np.array(session.weights, np.float64))
        # Runs with the same weights share them.
        told["weights"] = f"weights/{hashlib.sha256(content).hexdigest()[:24]}.npy"
        weights[told["weights"]] = content
    return told


def _image(document: Document, beside: str) -> dict[str, Any] | None:
    if document.image is not None and document.inside:
        told = _inside(document.image)
        return {**told, "pixels": beside} if beside else told
    return None if document.link is None else _linked(document.link)


def _inside(image: Image) -> dict[str, Any]:
    return {
        "kept": "inside",
        "name": values.clean(image.name),
        "path": "" if image.path is None else str(image.path),
        "remarks": [values.clean(each, MOST_REMARK) for each in image.notes],
        "damaged": image.damaged,
        "stored": image.stored,
    }


def _linked(link: Link) -> dict[str, Any]:
    return {
        "kept": "elsewhere",
        "name": values.clean(link.name),
        "path": link.path,
        "sha256": link.sha256,
        "pixels": link.pixels,
        "shape": list(link.shape),
    }


def _run(run: Run, weights: dict[str, bytes]) -> dict[str, Any]:
    return {
        "number": run.number,
        "name": values.clean(run.name),
        "when": run.when,
        "image": values.clean(run.image_name),
        "size": list(run.size),
        "settings": _settings(run.session, weights),
        "figures": [_figures(each) for each in run.figures],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "technique": figures.technique,
        "psnr": values.real(figures.psnr),
        "ssim": values.real(figures.ssim),
        "max_abs_error": values.real(figures.max_abs_error),
        "multiplications": figures.multiplications,
        "additions": figures.additions,
        "seconds": values.real(figures.seconds),
    }
