"""Compares ways of reuse: PSNR against multiplications and against time, losing rows too.

usage: bench_reuse.py [--image TEXT] [--filters M ...] [--only TEXT] [--json FILE] [--figure FILE]

Every setting is run on photographs, an icon and a page of text, with 1, 16, 64 and 256 filters
of 3 x 7 x 7, half of them of mean 0, on one thread. Time is the median of a burst of runs into
an output of its own, next to our own exact kernel's (and PyTorch's, where it is installed):
above 1x, reuse is faster. Multiplications are those that were executed, everything counted, next
to exact.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import cyconv
from cyconv import LSH, Exact, LowRank, Technique

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
SIDE = 512
FILTERS = (1, 16, 64, 256)
RUNS, SECONDS = 5, 0.12

Planes = NDArray[np.uint8]


def pixels(image: Any) -> Planes:
    """Gives the middle of an image as planes, 512 pixels a side if it has as many."""
    array = np.asarray(image.convert("RGB") if isinstance(image, Image.Image) else image)
    top, left = (max(0, (size - SIDE) // 2) for size in array.shape[:2])
    array = array[top : top + SIDE, left : left + SIDE, :3]
    return np.ascontiguousarray(array.transpose(2, 0, 1))


def images() -> Iterator[tuple[str, Planes]]:
    """Gives the names and planes of all images; the icon is enlarged, as screens do."""
    try:
        from skimage import data

        yield "astronaut", pixels(data.astronaut())
    except ImportError:
        pass
    yield "coffee", pixels(Image.open(SAMPLES / "coffee.jpg"))
    yield "chelsea", pixels(Image.open(SAMPLES / "chelsea.jpg"))
    icon = Image.open(SAMPLES / "icon.png").convert("RGB")
    times = -(-SIDE // max(icon.size))
    yield "icon", pixels(icon.resize((icon.width * times, icon.height * times), Image.NEAREST))
    page = pixels(Image.open(SAMPLES / "page.png"))
    yield "page", page


def bank(count: int) -> NDArray[np.float32]:
    """Gives random filters, every other one of mean 0, the same every time."""
    weights = np.random.default_rng(0).normal(size=(count, 3, 7, 7))
    weights[::2] -= weights[::2].mean(axis=(1, 2, 3), keepdims=True)
    return weights.astype(np.float32)


def settings() -> dict[str, Technique]:
    """Gives what is compared, by name."""
    whole: dict[str, Any] = {"scope": "window"}
    made: dict[str, Technique] = {"report 2": LSH(2)}
    for correction in ("none", "brightness", "projection"):
        with_it = f" + {correction}" if correction != "none" else ""
        made[f"report 8{with_it}"] = LSH(8, correction=correction, **whole)
        made[f"centred 8{with_it}"] = LSH(8, "centred", correction=correction, **whole)
        made[f"quantised 4 / 200{with_it}"] = LSH(
            4, "quantised", 200, correction=correction, **whole
        )
        made[f"principal 4 / 64{with_it}"] = LSH(
            4, "principal", 64, correction=correction, **whole
        )
    projected: dict[str, Any] = {"correction": "projection", **whole}
    for family, hashes, step in (
        ("principal", 8, 256), ("principal", 8, 192), ("outputs", 4, 128), ("outputs", 6, 73),
        ("outputs", 8, 256), ("outputs", 8, 128),
    ):  # fmt: skip
        made[f"{family} {hashes} / {step} + projection"] = LSH(hashes, family, step, **projected)
    made["outputs 4 / 200, mean of 16"] = LSH(4, "outputs", 200, representative=16, **projected)
    made["outputs 4 / 220, mean of 16"] = LSH(4, "outputs", 220, representative=16, **projected)
    made["outputs 4 / 256, mean of 16"] = LSH(4, "outputs", 256, representative=16, **projected)
    made["outputs 6 / 256, mean of 16"] = LSH(6, "outputs", 256, representative=16, **projected)
    made["outputs 8 / 256, mean of 16"] = LSH(8, "outputs", 256, representative=16, **projected)
    made["outputs 9, signs, mean of 16"] = LSH(9, "outputs", representative=16, **projected)
    made["principal 8, signs, first"] = LSH(8, "principal", representative="first", **projected)
    for family in ("principal", "outputs"):
        for hashes in (4, 6, 8, 12, 16):
            made[f"low rank {hashes}, {family}"] = LowRank(hashes, family)
    return made


def median(run: Callable[[], object]) -> float:
    """Gives the median seconds of a burst of runs."""
    run()
    taken: list[float] = []
    while len(taken) < RUNS and (len(taken) < 3 or sum(taken) < SECONDS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def pytorch(image: Planes, weights: NDArray[np.float32]) -> float | None:
    """Gives PyTorch's median seconds for the exact convolution, or None without it."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    pixels_here = torch.from_numpy(image[None].astype(np.float32))
    filters = torch.from_numpy(weights)
    with torch.inference_mode():
        return median(lambda: torch.nn.functional.conv2d(pixels_here, filters))


def decibels(output: NDArray[Any], exact: NDArray[Any], peak: float) -> float:
    """Gives the PSNR over all outputs."""
    mse = statistics.fmean(
        float(np.square(a - b, dtype=np.float32).mean(dtype=np.float64))
        for a, b in zip(output, exact, strict=True)
    )
    return 10 * float(np.log10(peak**2 / mse)) if mse > 0 else float("inf")


def rows(name: str, image: Planes, count: int, only: str) -> Iterator[dict[str, Any]]:
    """Gives a row for each setting."""
    weights = bank(count)
    exact = cyconv.convolve(image, weights, threads=1)
    peak, room = float(np.ptp(exact.output)), np.ones_like(exact.output)

    def timed(technique: Technique) -> tuple[cyconv.Result, float]:
        def run() -> cyconv.Result:
            return cyconv.convolve(image, weights, technique, out=room, threads=1)

        taken = median(run)
        return run(), taken

    baseline = timed(Exact())[1]
    torch_seconds = pytorch(image, weights)
    for text, technique in settings().items():
        if only not in text:
            continue
        result, seconds = timed(technique)
        health = result.facts.health
        yield {
            "image": name, "filters": count, "setting": text,
            "psnr": decibels(result.output, exact.output, peak),
            "multiplications": result.executed.multiplications / exact.executed.multiplications,
            "additions": result.executed.additions / exact.executed.additions,
            "milliseconds": 1e3 * seconds, "exact_milliseconds": 1e3 * baseline,
            "speed": baseline / seconds,
            "pytorch": None if torch_seconds is None else torch_seconds / seconds,
            "clusters": None if result.facts.clusters is None else int(result.facts.clusters.sum()),
            "break_even": max((each.break_even for each in health), default=None),
            "held_megabytes": result.held_bytes / 1e6,
        }


def line(row: dict[str, Any]) -> str:
    """Gives a row of the table."""
    clusters = "–" if row["clusters"] is None else f"{row['clusters']:,}"
    torch = "–" if row["pytorch"] is None else f"{row['pytorch']:.2f}x"
    return (
        f"{row['setting']:36}{clusters:>9}{row['multiplications']:9.3f}{row['psnr']:9.2f}"
        f"{row['milliseconds']:9.2f}{row['speed']:8.2f}x{torch:>9}"
    )


def main() -> int:
    """Prints the tables; writes JSON and a figure where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filters", type=int, nargs="+", default=FILTERS, metavar="M")
    parser.add_argument("--image", default="", metavar="TEXT", help="images whose name has TEXT")
    parser.add_argument("--only", default="", metavar="TEXT", help="settings whose name has TEXT")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--figure", type=Path, metavar="FILE", help=".png, .svg or .pdf")
    arguments = parser.parse_args()
    table: list[dict[str, Any]] = []
    for name, image in images():
        if arguments.image not in name:
            continue
        for count in arguments.filters:
            print(f"\n{name} {' x '.join(map(str, image.shape))}, {count} filters of 3 x 7 x 7, "
                  f"level {cyconv.isa()}, 1 thread")
            heads = "".join(
                f"{each:>9}" for each in ("clusters", "mult", "dB", "ms", "exact", "torch")
            )
            print(f"{'setting':36}{heads}")
            for row in rows(name, image, count, arguments.only):
                print(line(row), flush=True)
                table.append(row)
    if arguments.json:
        arguments.json.write_text(json.dumps(table, indent=1, allow_nan=True))
    if arguments.figure:
        from frontier import draw

        draw(table, arguments.figure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
