"""Layouts that earlier versions wrote, brought to the one that is read, a version at a time.

Format 1 had neither a history nor pins; its settings stood under ``session`` with the weights
written out in them, and its notes were a text beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from convgui.model.session_json import from_json
from convgui.sessions import arrays, values
from convgui.sessions.problem import Unfit

Told = dict[str, Any]
Content = Mapping[str, bytes]


def _from_1(told: Told, content: Content) -> tuple[Told, Content]:
    settings = dict(values.take(told, "session", dict))
    entries = dict(content)
    if settings.get("weights") is not None:
        written = settings["weights"]
        # Checked as any weights, before they are made an array.
        if from_json({"filter_name": "custom", "weights": written}).weights is None:
            raise Unfit("its weights are no weights")
        settings["weights"] = "weights/own.npy"
        entries["weights/own.npy"] = arrays.encode(np.array(written, np.float64))
    entries["notes.txt"] = values.take(told, "notes", str, "").encode("utf-8", "replace")
    kept: Told = {key: told[key] for key in ("format", "image") if key in told}
    return {**kept, "settings": settings, "schema": 2}, entries


MIGRATIONS: dict[int, Callable[[Told, Content], tuple[Told, Content]]] = {1: _from_1}
"""What leads from a version of the layout to the next one, by the version that it leads from."""
