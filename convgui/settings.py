"""What returns at the next start: the last session, the window's layout, recent files, the theme.

It is one JSON file in the user's configuration folder. A broken or newer file never stops the
start: what can be understood is used. A broken one is kept beside the new one; one of a newer
program is left as it is, and nothing is written in its place.
"""

from __future__ import annotations

import base64
import json
import math
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from convgui.export.atomic import make_folder, write_atomically
from convgui.export.temporary import tidy
from convgui.model.files import read_regular
from convgui.model.formats.header import Unreadable
from convgui.model.session import Session
from convgui.model.session_json import from_json, to_json
from convgui.sessions.problem import Unfit
from convgui.sessions.values import parse

VERSION = 1
MOST_RECENT = 10
MOST_BYTES = 16 << 20
THEMES = ("system", "light", "dark")

Plain = str | int | float | bool


@dataclass(frozen=True)
class Settings:
    """All that is kept between two starts.

    Attributes
    ----------
    session : Session
        The last parameters.
    recent : tuple of str
        Paths of the files opened last, the latest first.
    geometry, state : str
        Place of the window and of its docks, as Qt gives them, in base64; "" before the first end.
    theme : str
        One of `THEMES`.
    figure, view : mapping of str to str, int, float or bool
        Options of the exported figure, and how results are looked at.
    problem : str
        A sentence for the user where the file could not be used as it was; never kept.
    """

    session: Session = field(default_factory=Session)
    recent: tuple[str, ...] = ()
    geometry: str = ""
    state: str = ""
    theme: str = "system"
    figure: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))
    view: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))
    problem: str = ""


def path() -> Path:
    """Give the file that settings are kept in, whether it exists or not."""
    return platformdirs.user_config_path("convgui", appauthor=False) / "settings.json"


def load(file: Path | None = None) -> Settings:
    """Give the settings kept in a file, `path` by default; defaults for all that is unusable."""
    file = file or path()
    tidy(str(file.parent))
    try:
        data = read_regular(file, _anything, 1, MOST_BYTES) if os.path.lexists(file) else None
    except Unreadable as error:
        return Settings(problem=f"The settings could not be read ({error}); defaults are used.")
    if data is None:
        return Settings()
    values = _parsed(data)
    if values is None:
        kept = _keep_aside(file, data)
        return Settings(problem=f"The settings file was damaged; defaults are used.{kept}")
    problem = ""
    if _is_newer(values):
        problem = (
            "The settings are of a newer convgui: what is understood of them is used, the file is "
            "left as it is, and changes are not kept."
        )
    return _from_values(values, problem)


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings to a file, `path` by default, whole or not at all.

    Raises
    ------
    OSError
        With one sentence for the user; the old file is then unchanged. A file of a newer convgui
        always is.
    """
    file = file or path()
    if _is_newer(_there(file)):
        raise OSError(f"{file.name} is of a newer convgui and is left as it is.")
    values = {
        "version": VERSION,
        "session": to_json(settings.session),
        "recent": list(settings.recent[:MOST_RECENT]),
        "geometry": settings.geometry,
        "state": settings.state,
        "theme": settings.theme,
        "figure": dict(settings.figure),
        "view": dict(settings.view),
    }
    make_folder(file.parent, mode=0o700)
    data = _written(values)
    if len(data) > MOST_BYTES:
        # It would not be read again; a bank so large comes back by its file, or its session.
        data = _written(values | {"session": to_json(replace(settings.session, weights=None))})
    write_atomically(file, data)


def _written(values: dict[str, Any]) -> bytes:
    # Escaped letters keep file names that are no valid Unicode, too.
    return json.dumps(values, indent=1, ensure_ascii=True).encode("ascii") + b"\n"


def reset(file: Path | None = None) -> None:
    """Forget all settings."""
    with suppress(OSError):
        (file or path()).unlink()


def with_recent(recent: tuple[str, ...], opened: str) -> tuple[str, ...]:
    """Give the recent files after one more was opened: it first, each only once."""
    return (opened, *(each for each in recent if each != opened))[:MOST_RECENT]


def _there(file: Path) -> dict[str, Any] | None:
    """Give what a file holds now, None where that is nothing that is understood."""
    try:
        return _parsed(read_regular(file, _anything, 1, MOST_BYTES))
    except Unreadable:
        return None


def _parsed(data: bytes) -> dict[str, Any] | None:
    """Give the table that JSON describes, None if it describes none or too large a one."""
    try:
        values = parse(data)
    except Unfit:
        return None
    return values


def _is_newer(values: dict[str, Any] | None) -> bool:
    version = None if values is None else values.get("version")
    return isinstance(version, (int, float)) and version > VERSION


def _anything(beginning: bytes) -> None:
    """Accept any beginning."""


def _keep_aside(file: Path, data: bytes) -> str:
    """Copy the file so that its owner can mend it, and give the sentence that says where."""
    copy = file.with_name(f"{file.stem}.broken{file.suffix}")
    try:
        write_atomically(copy, data)
    except OSError:
        return ""
    return f" The file is kept as {copy.name}."


def _from_values(values: dict[str, Any], problem: str) -> Settings:
    recent = values.get("recent")
    figure, view = values.get("figure"), values.get("view")
    theme = values.get("theme")
    return Settings(
        session=from_json(values.get("session")),
        recent=_texts(recent) if isinstance(recent, list) else (),
        geometry=_base64(values.get("geometry")),
        state=_base64(values.get("state")),
        theme=theme if theme in THEMES else Settings().theme,
        figure=MappingProxyType(_plain(figure) if isinstance(figure, dict) else {}),
        view=MappingProxyType(_plain(view) if isinstance(view, dict) else {}),
        problem=problem,
    )


def _texts(values: list[Any]) -> tuple[str, ...]:
    texts = (each for each in values if isinstance(each, str) and each and "\0" not in each)
    return tuple(dict.fromkeys(texts))[:MOST_RECENT]


def _plain(values: dict[Any, Any]) -> dict[str, Plain]:
    return {
        key: value
        for key, value in values.items()
        if isinstance(value, (str, bool, int))
        or (isinstance(value, float) and math.isfinite(value))
    }


def _base64(value: object) -> str:
    """Give the text if it is base64 that Qt could have written, else ""."""
    if not isinstance(value, str):
        return ""
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return ""
    return value
