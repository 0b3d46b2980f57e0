"""The benchmark as a roofline: speed against arithmetic intensity, under the machine's limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from rivals import OURS

from convgui.model.colours import TECHNIQUE_COLOURS

RIVAL_MARKS = {"OpenCV": "s", "PyTorch": "^", "onnxruntime": "v"}


def draw(tables: list[dict[str, Any]], file: Path) -> None:
    """Writes a figure with a panel for each number of threads.

    Parameters
    ----------
    tables : list of dict
        As ``bench.table`` gives them.
    file : Path
        Its suffix chooses the format.
    """
    figure = Figure(figsize=(7.0, 3.4), layout="constrained")
    panels = figure.subplots(1, len(tables), squeeze=False, sharey=True)[0]
    for panel, table in zip(panels, tables, strict=True):
        intensity = np.array([row["operations"] / row["traffic"] for row in table["rows"]])
        across = np.geomspace(intensity.min() / 2, intensity.max() * 2)
        roof = np.minimum(table["gflops"], across * table["gigabytes_per_second"])
        panel.loglog(across, roof, color="0.4", linewidth=1)
        for name, mark in {OURS: "o", **RIVAL_MARKS}.items():
            points = [
                (each, row["operations"] / row["seconds"][name] / 1e9)
                for each, row in zip(intensity, table["rows"], strict=True)
                if name in row["seconds"]
            ]
            if points:
                mine = name == OURS
                panel.loglog(
                    *zip(*points, strict=True), mark, label=name, markersize=4,
                    color=TECHNIQUE_COLOURS["exact"] if mine else "0.6",
                    zorder=3 if mine else 2,
                )
        panel.set_title(f"{table['threads']} thread{'s' * (table['threads'] > 1)}", fontsize=9)
        panel.set_xlabel("operations per byte", fontsize=8)
        panel.tick_params(labelsize=8)
    panels[0].set_ylabel("GFLOP/s", fontsize=8)
    panels[0].legend(fontsize=7, loc="lower right")
    figure.savefig(file, dpi=200)
