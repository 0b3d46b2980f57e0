"""Times cyconv's exact kernels against libraries that people use, in one process, by turns.

usage: bench.py [--seconds S] [--threads N ...] [--only TEXT] [--json FILE] [--figure FILE]

Every rival gets the same input and takes its turn again and again, so that a noisy machine is
noisy for all. A turn is a burst of runs: what counts is the middle one, when caches hold what
this rival left there and not what the one before it did. Before each turn there is a pause:
threads of some libraries spin for 30 ms after their work is done. The machine's own limits are
measured in the same turns. A row gives cyconv's median time, its speed, how much of the limit
that binds it reaches, and how many times slower each rival is: above 1, cyconv is faster;
below, it loses. A row is marked where the machine was slowed while it was measured.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from cases import CASES, Case
from limits import Gauge, Limits
from rivals import OURS, RIVALS, Run

import cyconv

PAUSE = 0.05
BURST = 9
BURST_SECONDS = 0.05
LEAST_ROUNDS = 3
MOST_ROUNDS = 60
SLOWED = 0.85
"""Part of its best from which on the machine was not slowed while a case was measured."""


def burst(run: Run) -> float:
    """Gives the median seconds of some runs in a row; of long ones few, of short ones more."""
    time.sleep(PAUSE)
    run()
    taken: list[float] = []
    while len(taken) < BURST and (len(taken) < 2 or sum(taken) < BURST_SECONDS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def medians(runs: dict[str, Run], gauge: Gauge, seconds: float) -> dict[str, float]:
    """Gives seconds for each rival; a round gives each a turn, but a slow one not every time."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    spent = dict.fromkeys(runs, 0.0)
    share = seconds / len(runs)
    for turn in range(MOST_ROUNDS):
        left = False
        for name, run in runs.items():
            if turn >= LEAST_ROUNDS and spent[name] > share:
                continue
            start = time.perf_counter()
            times[name].append(burst(run))
            spent[name] += time.perf_counter() - start
            left = True
        if not left:
            break
        if turn < LEAST_ROUNDS:
            time.sleep(PAUSE)
            gauge.measure()
    return {name: statistics.median(taken) for name, taken in times.items()}


def timed(case: Case, threads: int, gauge: Gauge, seconds: float) -> dict[str, float]:
    """Gives seconds for all that can run a case."""
    data = case.data()
    made = {name: make(case, data, threads) for name, make in RIVALS.items()}
    return medians({name: run for name, run in made.items() if run}, gauge, seconds)


def line(case: Case, taken: dict[str, float], limits: Limits, slowed: bool) -> str:
    """Gives a row of the table, marked where the machine was slowed."""
    mine = taken[OURS]
    kind, least = limits.bound(case.operations, case.traffic)
    ratios = "".join(
        f"{taken[name] / mine:12.2f}x" if name in taken else f"{'–':>13}"
        for name in RIVALS if name != OURS
    )
    return (
        f"{case.name:34}{mine * 1e3:9.3f}{case.operations / mine / 1e9:9.1f}"
        f"{100 * least / mine:6.0f} % {kind:11}{ratios}{' *' if slowed else ''}"
    )


def processor() -> str:
    """Gives the processor's name, as far as the system tells it."""
    try:
        for text in Path("/proc/cpuinfo").read_text().splitlines():
            if text.startswith("model name"):
                return text.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def table(threads: int, cases: list[Case], seconds: float) -> dict[str, Any]:
    """Times the cases on so many threads, prints the table and gives it as data."""
    gauge = Gauge(threads)
    names = "".join(f"{name:>13}" for name in RIVALS if name != OURS)
    print(f"\n{processor()}, level {cyconv.isa()}, {threads} thread{'s' * (threads > 1)}")
    print(f"{'case':34}{'ms':>9}{'GFLOP/s':>9}{'of limit':>8} {'':11}{names}")
    rows = []
    missing = set(RIVALS)
    for case in cases:
        taken = timed(case, threads, gauge, seconds)
        missing -= set(taken)
        part = gauge.part(LEAST_ROUNDS)
        print(line(case, taken, gauge.limits(), part < SLOWED), flush=True)
        rows.append({
            "case": case.name, "group": case.group, "operations": case.operations,
            "traffic": case.traffic, "seconds": taken, "part_of_best": part,
        })
    limits = gauge.limits()
    print(f"limits: {limits.arithmetic:.0f} GFLOP/s, copy {limits.bandwidth:.1f} GB/s"
          + (f"; nothing by {', '.join(sorted(missing))}" if missing else ""))
    if any(row["part_of_best"] < SLOWED for row in rows):
        print(f"* meanwhile the machine computed less than {100 * SLOWED:.0f} % of its best: "
              "threads shared a core, or it had other work")
    return {
        "processor": processor(), "level": cyconv.isa(), "threads": threads,
        "gflops": limits.arithmetic, "gigabytes_per_second": limits.bandwidth, "rows": rows,
    }


def main() -> int:
    """Prints the tables; writes JSON and a figure where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="for a case (default 3)")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name has TEXT")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--figure", type=Path, metavar="FILE", help="roofline, .png .svg or .pdf")
    arguments = parser.parse_args()
    cases = [case for case in CASES if arguments.only in f"{case.group} {case.name}"]
    if not cases:
        parser.error(f"no case has {arguments.only!r} in its name")
    tables = [table(threads, cases, arguments.seconds) for threads in arguments.threads]
    if arguments.json:
        arguments.json.write_text(json.dumps(tables, indent=1))
    if arguments.figure:
        from roofline import draw

        draw(tables, arguments.figure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
