"""Compares differential convolution with the exact kernel, reference by reference.

usage: bench_differential.py [--runs N]

One filter of 7 x 7, one thread, whole calls into an array of their own, on the images of
bench_reuse.py, the icon in its own size too; and the first window as reference for some other
shapes. Runs of all references and of the exact kernel take turns; medians are printed. Above 1x
differences are quicker.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from bench_reuse import SAMPLES, Planes, bank, images
from numpy.typing import NDArray
from PIL import Image

from cyconv import Differential, Exact, Technique, convolve

REFERENCES = ("previous", "above", "best", "first")


def scenes() -> Iterator[tuple[str, Planes]]:
    """Gives names and planes: in colour, and their first channel alone."""
    for name, planes in images():
        yield name, planes
        yield f"{name}, one channel", planes[:1]
    icon = np.asarray(Image.open(SAMPLES / "icon.png").convert("RGB"))
    yield "icon as it is", np.ascontiguousarray(icon.transpose(2, 0, 1))


def medians(
    image: NDArray[Any], weights: NDArray[np.float32], techniques: list[Technique], runs: int
) -> list[float]:
    """Gives the median seconds of each; they take turns."""
    room = np.empty_like(convolve(image, weights).output)
    taken: list[list[float]] = [[] for _ in techniques]
    for _ in range(runs + 1):
        for technique, times in zip(techniques, taken, strict=True):
            start = time.perf_counter()
            convolve(image, weights, technique, out=room, threads=1)
            times.append(time.perf_counter() - start)
    return [statistics.median(times[1:]) for times in taken]


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=101)
    runs = parser.parse_args().runs
    techniques: list[Technique] = [Exact(), *(Differential(each) for each in REFERENCES)]
    for name, image in scenes():
        weights = np.ascontiguousarray(bank(1)[:, : len(image)])
        exact, *others = medians(image, weights, techniques, runs)
        cells = []
        for technique, seconds in zip(techniques[1:], others, strict=True):
            result = convolve(image, weights, technique, threads=1)
            share = result.executed.multiplications / (result.output[0].size * weights[0].size)
            cells.append(f"{exact / seconds:5.2f}x {share:4.0%}")
        print(f"{name:28s} {exact * 1e6:7.0f} us  " + "   ".join(cells), flush=True)
    rng = np.random.default_rng(0)
    for side, channels, count in (
        ((512, 512), 3, 1), ((512, 512), 1, 1), ((1080, 1920), 3, 1), ((256, 256), 3, 16),
    ):
        for taps in (3, 7):
            image = rng.integers(0, 256, (channels, *side)).astype(np.uint8)
            weights = rng.normal(size=(count, channels, taps, taps)).astype(np.float32)
            few = [Exact(), Differential(), Differential(threshold=3)]
            exact, first, above = medians(image, weights, few, max(5, runs // 10))
            print(
                f"noise {side[0]} x {side[1]} x {channels}, {count} of {taps} x {taps}: exact "
                f"{exact * 1e3:.2f} ms, first {first / exact:.2f} times as long, "
                f"threshold 3 {above / exact:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
