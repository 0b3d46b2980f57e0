"""What a report of a fault needs, as text that may be shown to anybody: no private paths in it."""

from __future__ import annotations

import json
import os
import re
import site
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from convgui import about, log
from convgui.model.image import Image
from convgui.model.session import Session
from cyconv.bands import cores
from cyconv.isa import levels
from cyconv.memory import available

LOG_LINES = 60
PRIVATE = ("path", "folder", "recent", "file")
"""Parts of the names of kept values that are left out: they hold where somebody's files are."""

# With blanks in a folder's name too: up to the last separator of the line.
_PATH = re.compile(
    r"(?<![\w<>~./])(?:[A-Za-z]:[\\/]|\\\\|/(?=[^\s/]))(?:[^\"'\n]*[\\/])?[^\s\"'<>|:;,)]*"
)
_QUOTED = re.compile(r"(?P<mark>[\"'])(?:[A-Za-z]:[\\/]|\\\\|/)(?:(?!(?P=mark)).)*(?P=mark)")


def places() -> list[tuple[str, str]]:
    """Gives the folders that are told by other names, the longest first."""
    known = {
        str(Path(about.__file__).parents[1]): "<program>",
        sysconfig.get_path("stdlib"): "<python>",
        sys.prefix: "<environment>",
        sys.base_prefix: "<python>",
        **dict.fromkeys(site.getsitepackages(), "<packages>"),
    }
    return sorted(known.items(), key=lambda pair: -len(pair[0]))


def without_paths(text: str) -> str:
    """Gives text in which the program's own folders have names, and all other paths are gone."""
    for folder, name in places():
        text = text.replace(folder, name)
    text = _QUOTED.sub("<a path>", text)
    text = _PATH.sub("<a path>", text)
    user = Path.home().name
    return re.sub(rf"\b{re.escape(user)}\b", "<user>", text) if len(user) > 2 else text


def report(
    session: Session, image: Image | None, kept: Mapping[str, object], lines: Sequence[str]
) -> str:
    """Gives the text.

    Parameters
    ----------
    session : Session
    image : Image or None
        Only what it is like is told, neither its name nor a pixel of it.
    kept : mapping
        What returns at the next start.
    lines : sequence of str
        The last ones of the log.
    """
    free = available()
    facts = [
        ("levels", ", ".join(levels())),
        ("cores", f"{cores()} of {os.cpu_count()}"),
        ("memory free", "unknown" if free is None else f"{free / 1e9:.1f} GB"),
        ("Qt platform", os.environ.get("QT_QPA_PLATFORM", "") or "as Qt chooses"),
        ("image", "none" if image is None else f"{image.pixels.shape} {image.pixels.dtype}, "
                                               f"{image.stored} in its file"),
    ]  # fmt: skip
    told = {
        key: value for key, value in kept.items() if not any(word in key for word in PRIVATE)
    }
    parts = (
        about.info(),
        "\n".join(f"{name:12} {value}" for name, value in facts),
        "parameters " + json.dumps(_parameters(session)),
        "settings " + json.dumps(told, default=str),
        "log\n" + ("\n".join(lines) or "empty"),
    )
    return without_paths("\n\n".join(parts)) + "\n"


def _parameters(session: Session) -> dict[str, object]:
    """Gives the parameters that are not as at first; of somebody's weights only how many."""
    plain = asdict(Session())
    changed = {key: value for key, value in asdict(session).items() if value != plain[key]}
    if session.weights is not None:
        changed["weights"] = f"{len(session.weights)} rows or filters"
    return changed


def now(session: Session, image: Image | None, kept: Mapping[str, object]) -> str:
    """Gives the text with the log as it is now."""
    return report(session, image, kept, log.tail(LOG_LINES))
