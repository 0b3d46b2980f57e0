"""One colour for each technique, wherever it appears: title, bar, curve, figure."""

from __future__ import annotations

TECHNIQUE_COLOURS = {
    "exact": "#4c8dff",
    "differential": "#2fb67c",
    "lsh": "#f0923b",
    # Darker than the exact one's blue: hues that look alike to some differ in lightness.
    "low-rank": "#9d6be3",
}
