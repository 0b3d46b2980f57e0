"""Draws the report's conclusion, measured: more clusters, more accuracy, exact in the limit.

usage: clusters_figure.py FILE      (.svg, .png or .pdf)

The report's setting: 38 x 38 pixels, one filter of 3 x 7 x 7 whose weights are all 0.11, each
channel's windows clustered by themselves, means as representatives. Beside its hash stand signs
cut at the mean window and quantised projections. Each mark is the mean of several seeds, the
band their range. A run takes 32 vectors at the most; with more, the slow description is drawn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter
from numpy.typing import NDArray
from PIL import Image

import cyconv
from cyconv import LSH, filters
from cyconv.oracle_reuse import Hashing, reuse

SAMPLE = Path(__file__).parents[1] / "resources" / "samples" / "coffee.jpg"
SIDE, TAPS = 38, 49
SEEDS = range(20)
FEW = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 28, 32)
MANY = (48, 64, 96, 128, 256, 512, 1024)
STEPS = (2000, 1000, 500, 250, 128, 64, 32, 16, 8, 4, 2, 1, 0.25)

Points = list[tuple[float, list[float]]]
IMAGE = np.asarray(Image.open(SAMPLE).resize((SIDE, SIDE), Image.Resampling.BOX))
IMAGE = np.ascontiguousarray(IMAGE.transpose(2, 0, 1))
BANK = filters.make("blur", 7, channels=3, divisor=1 / 0.11)
EXACT = cyconv.convolve(IMAGE, BANK).output


def measured(settings: list[LSH]) -> tuple[float, list[float]]:
    """Gives the clusters a channel, on average, and the accuracy in per cent of each run."""
    runs = [cyconv.convolve(IMAGE, BANK, each) for each in settings]
    clusters = float(np.mean([run.facts.clusters for run in runs]))
    return clusters, [cyconv.compare(run.output, EXACT).accuracy for run in runs]


def described(hashes: int, seeds: range) -> tuple[float, list[float]]:
    """Gives the same of the report's hash with any number of vectors, by its slow description."""
    clusters, accuracies = [], []
    for seed in seeds:
        vectors = np.random.default_rng(seed).uniform(-1, 1, (hashes, TAPS))
        hashings = [
            Hashing(0, start, start + TAPS, vectors, np.zeros(hashes), np.zeros(hashes))
            for start in range(0, 3 * TAPS, TAPS)
        ]
        output, found = reuse(IMAGE, BANK, hashings, dtype=np.float64)
        clusters.append(np.mean(found))
        accuracies.append(cyconv.compare(output, EXACT).accuracy)
    return float(np.mean(clusters)), accuracies


def lines() -> dict[str, Points]:
    """Gives what is drawn, by name."""
    made: dict[str, Points] = {
        f"{text}, 1 to 32 vectors": [
            measured([LSH(hashes, family, seed=seed) for seed in SEEDS]) for hashes in FEW
        ]
        for family, text in (("report", "the report's signs"), ("centred", "centred signs"))
    }
    made["2 quantised projections, finer and finer"] = [
        measured([LSH(2, "quantised", step, seed=seed) for seed in SEEDS]) for step in STEPS
    ]
    more = [described(hashes, SEEDS[:5]) for hashes in MANY]
    made["the report's signs, up to 1024 vectors"] = [next(iter(made.values()))[-1], *more]
    return made


def draw(made: dict[str, Points], path: Path) -> None:
    """Writes the figure."""
    figure = Figure(figsize=(7.5, 4.2), layout="constrained")
    axes = figure.subplots()
    colours = ("C3", "C0", "C2", "C3")
    for (text, points), colour in zip(made.items(), colours, strict=True):
        clusters = [each[0] for each in points]
        runs: list[NDArray[np.float64]] = [np.array(each[1]) for each in points]
        line = "--" if "1024" in text else "-"
        axes.plot(clusters, [each.mean() for each in runs], line, marker="o", markersize=3.5,
                  color=colour, label=text)
        axes.fill_between(clusters, [each.min() for each in runs], [each.max() for each in runs],
                          color=colour, alpha=0.12, linewidth=0)
    windows = EXACT[0].size
    axes.axvline(windows, color="grey", linewidth=0.8)
    axes.annotate("one cluster\na window: exact", (windows, 66), ha="right", fontsize=9,
                  xytext=(-5, 0), textcoords="offset points")
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(ScalarFormatter())
    axes.set_xlabel("clusters of a channel's 1024 windows")
    axes.set_ylabel("accuracy: 100 % less the relative error")
    axes.set_ylim(62, 101)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, fontsize=9, loc="upper left")
    # The same file from the same figures.
    with mpl.rc_context({"svg.hashsalt": "clusters", "svg.fonttype": "none"}):
        figure.savefig(path, dpi=120, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> int:
    """Measures, prints and draws."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    made = lines()
    for text, points in made.items():
        print(text)
        for clusters, accuracies in points:
            print(f"  {clusters:7.1f} clusters {np.mean(accuracies):8.3f} %")
    draw(made, parser.parse_args().file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
