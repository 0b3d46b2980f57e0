"""From a comparison to the run that stays of it."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from convgui.model.compute import Comparison, Outcome
from convgui.sessions.document import THUMBNAIL_SIDE, Figures, Run

PICTURED = ("lsh", "low-rank", "differential", "exact")
"""Whose output the thumbnail shows: the first of these that was run."""


def record(comparison: Comparison, number: int, when: datetime | None = None) -> Run:
    """Give the run that stays of a comparison."""
    request = comparison.request
    channels, height, width = request.image.shape
    return Run(
        number=number,
        session=request.session,
        image_name=request.image_name,
        size=(channels, height, width),
        when=(when or datetime.now()).isoformat(timespec="seconds"),
        figures=tuple(map(_figures, comparison.outcomes)),
        thumbnail=thumbnail(comparison),
    )


def _figures(outcome: Outcome) -> Figures:
    accuracy, executed = outcome.accuracy, outcome.result.executed
    return Figures(
        outcome.name, float(accuracy.psnr), float(accuracy.ssim), float(accuracy.max_abs_error),
        int(executed.multiplications), int(executed.additions), float(outcome.result.seconds),
    )  # fmt: skip


def thumbnail(comparison: Comparison) -> NDArray[np.uint8]:
    """Give a small grey picture of the first output, its extremes cut off.

    Only as many values are looked at as the picture needs, so that it takes no time.
    """
    name = next((each for each in PICTURED if each in comparison), "exact")
    # The exact output is there even where it was not asked for.
    outcome = comparison.exact if name == "exact" else comparison[name]
    plane = outcome.result.output[0]
    step = max(1, -(-max(plane.shape) // THUMBNAIL_SIDE))
    half = -(-step // 2)
    values = np.asarray(plane[::half, ::half], np.float64)
    if step > 1:
        # Four values a pixel: their mean flickers less than any one of them.
        values = np.pad(values, [(0, each % 2) for each in values.shape], mode="edge")
        rows, columns = (each // 2 for each in values.shape)
        values = values.reshape(rows, 2, columns, 2).mean(axis=(1, 3))
    finite = values[np.isfinite(values)]
    # A few values that stick out would leave the rest in one shade.
    low, high = map(float, np.percentile(finite, (1, 99))) if finite.size else (0.0, 1.0)
    scale = 255.0 / (high - low) if high > low else 0.0
    # Cut off first: what is infinite, or nearly, must not overflow.
    shown = np.nan_to_num((np.clip(values, low, high) - low) * scale, nan=0.0)
    return np.clip(np.rint(shown), 0, 255).astype(np.uint8)
