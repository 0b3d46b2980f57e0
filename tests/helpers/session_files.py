"""Documents and session files for tests, sound ones and made-up ones."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import numpy as np

from convgui.model.image import Image
from convgui.model.session import Session
from convgui.sessions import Document
from convgui.sessions.document import Figures, Run
from convgui.sessions.store import to_bytes

OWN = ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0), (0.0, 1.0, 0.5))


def picture(seed=0, shape=(20, 30, 3), kind=np.uint8):
    """Gives pixels without a pattern."""
    return np.random.default_rng(seed).integers(0, 256, shape).astype(kind)


def run(number=1, session=None, **changes):
    """Gives a run with every kind of figure."""
    figures = (
        Figures("exact", float("inf"), 1.0, 0.0, 10**15, 7, 0.25),
        Figures("lsh", 26.61, float("nan"), 13.5, 123, 456, 1e-5),
    )
    made = Run(
        number, session or replace(Session(), hashes=number), "coffee.png", (3, 20, 30),
        "2026-11-22T22:41:05", figures, picture(number, (9, 13)),
    )  # fmt: skip
    return replace(made, **changes)


def document(**changes):
    """Gives a document with something in every place."""
    own = replace(Session(), filter_name="custom", weights=OWN, sigma=1.5, width=31)
    made = Document(
        session=own,
        image=Image(picture(), "coffee.png", notes=("It was turned upright.",)),
        look={"gamma": 1.5, "error_mode": "squared", "log_counts": False},
        notes="First line\nدفترچه\n",
        runs=(run(1), run(2, own, name="with my own weights"), run(5, own)),
        pinned=(2, 0),
    )
    return replace(made, **changes)


def entries(data):
    """Gives what is in a zip file, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, kind=zipfile.ZIP_DEFLATED):
    """Gives a zip file of pairs of name and content; a name may come twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def altered(change, source=None):
    """Gives a session file whose settings were changed by hand."""
    parts = entries(to_bytes(source or document()))
    told = json.loads(parts["session.json"])
    change(told)
    parts["session.json"] = json.dumps(told).encode()
    return zipped(parts.items())


def version_1():
    """Gives a file as format 1 had it: no history, weights written out among the settings."""
    settings = {"hashes": 9, "filter_name": "custom", "weights": [list(row) for row in OWN]}
    image = {"kept": "inside", "name": "old.png", "path": "", "stored": "uint8"}
    stream = io.BytesIO()
    np.save(stream, picture(3), allow_pickle=False)
    told = {
        "format": "convgui session", "schema": 1, "session": settings, "image": image,
        "notes": "from before",
    }  # fmt: skip
    return zipped([("session.json", json.dumps(told)), ("image.npy", stream.getvalue())])
