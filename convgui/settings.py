"""What returns at the next start: the last session, the window's layout, recent files, the theme.

It is one JSON file in the user's configuration folder. A broken or newer file never stops the
start: what can be understood is used, and the file is kept beside the new one.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from convgui.export.atomic import make_folder, write_atomically
from convgui.export.temporary import tidy
from convgui.model.session import Session
from convgui.model.session_json import from_json, to_json

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
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Settings(problem=f"The settings could not be read ({reason}); defaults are used.")
    try:
        values = json.loads(data) if len(data) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        kept = _keep_aside(file, data, "broken")
        return Settings(problem=f"The settings file was damaged; defaults are used.{kept}")
    problem = ""
    version = values.get("version")
    if isinstance(version, int) and version > VERSION:
        kept = _keep_aside(file, data, "newer")
        problem = f"The settings are of a newer convgui; what it knows beyond is not used.{kept}"
    return _from_values(values, problem)


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings to a file, `path` by default, whole or not at all.

    Raises
    ------
    OSError
        With one sentence for the user; the old file is then unchanged.
    """
    file = file or path()
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
    # Escaped letters keep file names that are no valid Unicode, too.
    write_atomically(file, json.dumps(values, indent=1, ensure_ascii=True).encode("ascii") + b"\n")


def reset(file: Path | None = None) -> None:
    """Forget all settings."""
    with suppress(OSError):
        (file or path()).unlink()


def with_recent(recent: tuple[str, ...], opened: str) -> tuple[str, ...]:
    """Give the recent files after one more was opened: it first, each only once."""
    return (opened, *(each for each in recent if each != opened))[:MOST_RECENT]


def _keep_aside(file: Path, data: bytes, word: str) -> str:
    """Copy the file so that its owner can mend it, and give the sentence that says where."""
    copy = file.with_name(f"{file.stem}.{word}{file.suffix}")
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
