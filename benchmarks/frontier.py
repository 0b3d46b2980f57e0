"""Draws what reuse gives for what it costs: PSNR against multiplications and against time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

FAMILIES = ("report", "centred", "quantised", "principal", "outputs", "low rank")
SHOWN = 64
"""Filters of the rows that are drawn, where there are such."""


def draw(table: list[dict[str, Any]], path: Path) -> None:
    """Writes a figure with a panel for each cost; marks are photographs and other images."""
    counts = {row["filters"] for row in table}
    count = SHOWN if SHOWN in counts else max(counts)
    shown = [row for row in table if row["filters"] == count]
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    images = list(dict.fromkeys(row["image"] for row in shown))
    for place, family in enumerate(FAMILIES):
        for mark, image in zip("osD^v", images, strict=False):
            here = [
                row for row in shown
                if row["setting"].startswith(family) and row["image"] == image
            ]
            label = family if image == images[0] else None
            for axes, cost in ((left, "multiplications"), (right, "speed")):
                axes.plot(
                    [row[cost] for row in here], [min(row["psnr"], 80) for row in here], mark,
                    color=f"C{place}", markersize=5, alpha=0.8, label=label,
                )
    left.set_xlabel("multiplications executed, next to exact")
    right.set_xlabel("speed, next to our own exact kernel")
    left.axvline(1, color="grey", linewidth=0.8)
    right.axvline(1, color="grey", linewidth=0.8)
    left.set_xlim(0, 1.2)
    left.set_ylabel("PSNR of all outputs (dB)")
    left.legend(frameon=False)
    marks = ", ".join(
        f"{image} {name}"
        for image, name in zip(images, ("●", "■", "◆", "▲", "▼"), strict=False)
    )
    figure.suptitle(f"{count} filters of 3 x 7 x 7 on {marks}", fontsize=10)
    figure.savefig(path, dpi=150)
