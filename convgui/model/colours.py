"""One colour for each technique, wherever it appears: title, bar, curve, figure."""

from __future__ import annotations

TECHNIQUE_COLOURS = {
    "exact": "#4c8dff",
    "differential": "#2fb67c",
    "lsh": "#f0923b",
}
