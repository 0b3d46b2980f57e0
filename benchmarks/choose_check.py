"""Holds what `choose` picks against the best of a grid of runs, and against what it expects.

usage: choose_check.py [--image TEXT] [--filters M ...] [--json FILE]

For three photographs, 16, 64 and 256 filters of 3 x 7 x 7, three budgets and four wanted
accuracies: what was chosen, what it was expected to give, what a run gave, and the best that any
setting of the grid gave for the same budget, or the least that it took to be as good. Every
setting of the grid is run in full. A choice misses where it is more than 1 dB or 10 % behind the
grid, or where the run refutes what was expected; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from bench_reuse import Planes, bank, decibels, images
from numpy.typing import NDArray

import cyconv
from cyconv import LSH, Exact, LowRank

FILTERS = (16, 64, 256)
BUDGETS = (0.1, 0.25, 0.5)
WANTED = (30.0, 35.0, 40.0, 45.0)
PHOTOGRAPHS = ("astronaut", "coffee", "chelsea")
DECIBELS, SHARE = 1.0, 0.1

Reuse = Exact | LSH | LowRank


@dataclass(frozen=True)
class Row:
    """One choice beside the grid's best; ``ahead`` is in decibels, ``dearer`` a share."""

    image: str
    filters: int
    aim: str
    setting: str
    seconds: float
    expected: tuple[float, float]
    got: tuple[float, float]
    best: str
    best_got: tuple[float, float]
    ahead: float
    dearer: float
    confirmed: bool
    missed: bool


def words(technique: Reuse) -> str:
    """Gives a setting in a few words."""
    if isinstance(technique, Exact):
        return "exact"
    if isinstance(technique, LowRank):
        return f"low rank {technique.hashes}, {technique.family}"
    step = "signs" if technique.step is None else f"{technique.step:g}"
    scope = "" if technique.scope == "window" else f", {technique.scope}"
    added = "" if technique.correction == "projection" else f", {technique.correction}"
    return f"{technique.family} {technique.hashes} / {step}{scope}{added}"


def grid(filters: int) -> Iterator[Reuse]:
    """Gives what is run: a fine grid of the best families, and a coarse one of the others."""
    yield Exact()
    steps = [2 ** (exponent / 2) for exponent in range(9, 18)]
    for family in ("outputs", "principal"):
        most = min(32, filters) if family == "outputs" else 32
        for hashes in (*range(1, 9), 10, 12, 14, 16, 20, 24, 28, 32):
            if hashes <= most:
                yield LowRank(hashes, family)
        for hashes, step in itertools.product((1, 2, 3, 4, 5, 6, 7, 8, 10, 12), steps):
            if hashes <= most:
                yield LSH(hashes, family, round(step), "window", correction="projection")
        yield LSH(8, family, scope="window", correction="projection")
        for scope in ("channel", 49 * 3 // 2):
            for hashes, step in itertools.product((1, 2, 3), (32, 64, 128)):
                yield LSH(hashes, family, step, scope, correction="projection")
    for hashes, correction in itertools.product((4, 8, 12), ("none", "brightness", "projection")):
        yield LSH(hashes, "centred", scope="window", correction=correction)
        for step in (64, 200, 400):
            yield LSH(hashes, "quantised", step, "window", correction=correction)


def measured(
    image: Planes, weights: NDArray[np.float32], exact: NDArray[Any], technique: Reuse,
    room: NDArray[Any],
) -> tuple[float, float]:
    """Gives PSNR and multiplications of a run, next to exact convolution."""
    result = cyconv.convolve(image, weights, technique, out=room)
    share = result.executed.multiplications / (exact.size * weights[0].size)
    return decibels(result.output, exact, float(np.ptp(exact))), share


def rows(name: str, image: Planes, count: int) -> Iterator[Row]:
    """Gives a row for each budget and each wanted accuracy."""
    weights = bank(count)
    exact = cyconv.convolve(image, weights).output
    room = np.empty_like(exact)
    runs = {each: measured(image, weights, exact, each, room) for each in grid(count)}
    aims: list[dict[str, float]] = [{"budget": each} for each in BUDGETS]
    for aim in [*aims, *({"psnr": each} for each in WANTED)]:
        start = time.perf_counter()
        choice = cyconv.choose(image, weights, **aim)
        seconds = time.perf_counter() - start
        got = measured(image, weights, exact, choice.technique, room)
        verdict = choice.verdict(cyconv.convolve(image, weights, choice.technique, out=room), exact)
        budget, wanted = aim.get("budget"), aim.get("psnr")
        if budget is not None:
            kept = [each for each in runs if runs[each][1] <= budget]
            best = max(kept, key=lambda each: runs[each][0], default=None)
            limit, text = budget, f"{budget:.0%}"
        else:
            kept = [each for each in runs if runs[each][0] >= (wanted or 0)]
            best = min(kept, key=lambda each: runs[each][1], default=None)
            limit, text = runs[best][1] if best is not None else np.inf, f"{wanted:g} dB"
        if best is None:
            continue
        aimed = runs[best][0] if budget is not None else wanted or 0.0
        ahead, dearer = got[0] - aimed, got[1] / limit - 1
        yield Row(
            name, count, text, words(choice.technique), seconds, (choice.psnr, choice.fraction),
            got, words(best), runs[best], ahead, dearer, verdict.confirmed,
            ahead < -DECIBELS or dearer > SHARE or not verdict.confirmed,
        )


def line(row: Row) -> str:
    """Gives a row of the table."""
    def pair(each: tuple[float, float]) -> str:
        return f"{each[0]:6.2f} {each[1]:6.1%}"

    mark = "  MISSED" * row.missed
    return (
        f"{row.image:10}{row.filters:4} {row.aim:>6}  {row.setting:26}{row.seconds:5.1f}  "
        f"{pair(row.expected)}  {pair(row.got)}  {row.best:26}{pair(row.best_got)} "
        f"{row.ahead:+6.2f} {row.dearer:+7.1%}{mark}"
    )


def main() -> int:
    """Prints the table; gives 1 where a choice misses."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filters", type=int, nargs="+", default=FILTERS, metavar="M")
    parser.add_argument("--image", default="", metavar="TEXT", help="images whose name has TEXT")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    print(
        f"{'image':10}{'M':>4} {'aim':>6}  {'chosen':26}{'s':>5}  {'expected':>13}  {'got':>13}  "
        f"{'best of the grid':26}{'':13} {'dB':>6} {'mult':>7}"
    )
    table = []
    for name, image in images():
        if name not in PHOTOGRAPHS or arguments.image not in name:
            continue
        for count in arguments.filters:
            for row in rows(name, image, count):
                print(line(row), flush=True)
                table.append(row)
    missed = sum(row.missed for row in table)
    off = [abs(row.expected[0] - row.got[0]) for row in table]
    print(
        f"{len(table)} choices, {missed} missed; expected PSNR off by {np.mean(off):.2f} dB on "
        f"average, {max(off):.2f} at the most"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) for row in table], indent=1))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
