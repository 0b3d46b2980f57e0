"""From the named bytes of a session file to the document, every type and range checked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from convgui.model.image import Image
from convgui.model.session import Session, Weights
from convgui.model.session_json import from_json, to_json
from convgui.sessions import arrays, values
from convgui.sessions.document import (
    MOST_NOTES,
    MOST_REMARK,
    SCHEMA,
    THUMBNAIL_SIDE,
    Document,
    Figures,
    Link,
    Plain,
    Run,
)
from convgui.sessions.encode import FORMAT, IMAGE, NOTES, SETTINGS, thumbnail_name
from convgui.sessions.journal import MOST_RUNS
from convgui.sessions.migrate import MIGRATIONS
from convgui.sessions.problem import Unfit

MOST_COUNT = 1 << 62
MOST_NUMBER = 1 << 31
MOST_RUN = 1_000_000_000
"""The highest number of a run: as many can follow before Qt's signals can't carry them."""
MOST_PATH = 1 << 14
MOST_FIGURES = 16
_TYPE = re.compile(r"[a-z]{3,10}[0-9]{0,3}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{64}|")


class Newer(Unfit):
    """The file is of a later schema than this program knows."""


@dataclass
class Entries:
    """The entries of a file, and what was odd about them.

    Attributes
    ----------
    content : mapping of str to bytes
    odd : set of str
        Names of parameters that held what they can't hold, and have their defaults.
    """

    content: Mapping[str, bytes]
    odd: set[str] = field(default_factory=set)
    _weights: dict[str, Weights] = field(default_factory=dict)

    def weights(self, name: str) -> Weights:
        """Give weights as nested tuples, the same ones for all runs that share an entry."""
        if name not in self._weights:
            if not name.startswith("weights/") or name not in self.content:
                raise Unfit("weights that it speaks of are missing")
            array = arrays.decode(self.content[name], name, ("float64",), (2, 4))
            weights = from_json({"filter_name": "custom", "weights": array.tolist()}).weights
            if weights is None:
                raise Unfit(f"{name} are no weights")
            self._weights[name] = weights
        return self._weights[name]


def schema(told: Mapping[str, Any]) -> int:
    """Give the version of a file's layout.

    Raises
    ------
    Unfit
        If it is no session at all.
    """
    if told.get("format") != FORMAT:
        raise Unfit("it is no session file")
    return values.whole(told, "schema", 1, MOST_NUMBER)


def decode(content: Mapping[str, bytes]) -> tuple[Document, tuple[str, ...]]:
    """Give the document in a file's entries, and the parameters that could not be understood.

    Raises
    ------
    Newer
        If a later convgui saved it.
    Unfit
        If it is not what a session file is.
    """
    if SETTINGS not in content:
        raise Unfit("it is no session file")
    told = values.parse(content[SETTINGS])
    version = schema(told)
    if version > SCHEMA:
        raise Newer(
            f"a newer convgui saved it, in format {version}; this one reads up to format {SCHEMA}"
        )
    entries = Entries(dict(content))
    for step in range(version, SCHEMA):
        told, entries.content = MIGRATIONS[step](told, entries.content)
    runs = _runs(told, entries)
    image, link = _image(told, entries)
    document = Document(
        session=_session(values.take(told, "settings", dict), entries),
        image=image,
        link=link,
        inside=values.take(told, "inside", bool, True),
        look=MappingProxyType(_plain(values.take(told, "look", dict, {}))),
        notes=_notes(entries.content.get(NOTES, b"")),
        runs=runs,
        pinned=_pinned(told, runs),
        origin=_path(told, "origin"),
    )
    return document, tuple(sorted(entries.odd))


def _session(told: dict[str, Any], entries: Entries) -> Session:
    plain = dict(told)
    own = None
    if plain.get("weights") is not None:
        own = entries.weights(values.take(plain, "weights", str))
        # The real ones come after: they were checked, and may be a million.
        plain["weights"] = ((1.0,),)
    session = from_json(plain)
    taken = to_json(session)
    entries.odd |= {key for key in plain if key not in taken or taken[key] != plain[key]}
    return session if own is None else replace(session, weights=own)


def _runs(told: Mapping[str, Any], entries: Entries) -> tuple[Run, ...]:
    listed = values.take(told, "runs", list, [])
    if len(listed) > MOST_RUNS:
        raise Unfit(f"its history is longer than {MOST_RUNS} runs")
    runs = tuple(_run(each, entries) for each in values.each(listed, "history", dict))
    numbers = [run.number for run in runs]
    if numbers != sorted(set(numbers)):
        raise Unfit("its runs are not numbered in order")
    return runs


def _run(told: dict[str, Any], entries: Entries) -> Run:
    number = values.whole(told, "number", 1, MOST_RUN)
    size = values.each(values.take(told, "size", list), "size of an image", int)
    if len(size) != 3 or not all(0 < each < MOST_NUMBER for each in size):
        raise Unfit("a run's image has no size")
    figures = values.each(values.take(told, "figures", list), "figures", dict)
    if len(figures) > MOST_FIGURES:
        raise Unfit("a run has more techniques than there are")
    name = thumbnail_name(number)
    if name not in entries.content:
        raise Unfit(f"{name} is missing")
    thumbnail = arrays.decode(entries.content[name], name, ("uint8",), (2,))
    if max(thumbnail.shape) > THUMBNAIL_SIDE:
        raise Unfit(f"{name} is larger than a thumbnail")
    return Run(
        number=number,
        session=_session(values.take(told, "settings", dict), entries),
        image_name=values.clean(values.take(told, "image", str)),
        size=(size[0], size[1], size[2]),
        when=values.clean(values.take(told, "when", str, ""), 32),
        figures=tuple(map(_figures, figures)),
        thumbnail=thumbnail,
        name=values.clean(values.take(told, "name", str, "")),
    )


def _figures(told: dict[str, Any]) -> Figures:
    return Figures(
        technique=values.clean(values.take(told, "technique", str), 32),
        psnr=values.real_from(told, "psnr"),
        ssim=values.real_from(told, "ssim"),
        max_abs_error=values.real_from(told, "max_abs_error"),
        multiplications=values.whole(told, "multiplications", 0, MOST_COUNT),
        additions=values.whole(told, "additions", 0, MOST_COUNT),
        seconds=values.real_from(told, "seconds"),
    )


def _image(told: Mapping[str, Any], entries: Entries) -> tuple[Image | None, Link | None]:
    if told.get("image") is None:
        return None, None
    record = values.take(told, "image", dict)
    kept = values.take(record, "kept", str)
    name, path = values.clean(values.take(record, "name", str)), _path(record, "path")
    if kept == "elsewhere":
        shape = values.each(values.take(record, "shape", list), "shape of the image", int)
        digests = [values.take(record, key, str, "") for key in ("sha256", "pixels")]
        if not all(map(_HEXADECIMAL.fullmatch, digests)):
            raise Unfit("its image has no digest")
        return None, Link(name, path, digests[0], digests[1], tuple(shape))
    if kept != "inside" or IMAGE not in entries.content:
        raise Unfit("its image is missing")
    pixels = arrays.decode(entries.content[IMAGE], "its image", ("uint8", "float32"), (2, 3))
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        raise Unfit("its image has a shape that it should not")
    stored = values.take(record, "stored", str)
    if not _TYPE.fullmatch(stored):
        raise Unfit("its image has values of no kind that is known")
    remarks = values.each(values.take(record, "remarks", list, []), "remarks", str)
    image = Image(
        pixels,
        name,
        Path(path) if path else None,
        tuple(values.clean(each, MOST_REMARK) for each in remarks),
        values.take(record, "damaged", bool, False),
        stored,
    )
    return image, None


def _path(told: Mapping[str, Any], key: str) -> str:
    path = values.take(told, key, str, "")
    if "\0" in path or len(path) > MOST_PATH:
        raise Unfit(f"its {key} is no path")
    return path


def _pinned(told: Mapping[str, Any], runs: tuple[Run, ...]) -> tuple[int, int]:
    listed = values.each(values.take(told, "pinned", list, [0, 0]), "pins", int)
    known = {run.number for run in runs}
    kept = [number if number in known else 0 for number in listed]
    if len(kept) != 2:
        raise Unfit("its pins are not two")
    return kept[0], kept[1]


def _plain(told: dict[str, Any]) -> dict[str, Plain]:
    """Give what is plain; the look itself passes over what it does not know."""
    return {
        values.clean(key): value
        for key, value in told.items()
        if isinstance(value, (str, bool, int))
        or (isinstance(value, float) and math.isfinite(value))
    }


def _notes(data: bytes) -> str:
    if len(data) > 4 * MOST_NOTES:
        raise Unfit("its notes are longer than notes are")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unfit("its notes are no text") from error
