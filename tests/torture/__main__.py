"""Prints the scorecard: one line for each row, with the cases tried and those that failed.

``python tests/torture`` runs all of it, ``python tests/torture 3 9`` two rows.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from apart import run_apart
from scorecard import Row, Score, load_row, row_files


def show(row: Row, score: Score, seconds: float) -> None:
    """Prints a row, and below it what failed."""
    print(
        f"{row.number:>3}  {row.title:36} {score.cases:>8,} {score.failed:>7,} "
        f"{seconds:>6.0f}  {'; '.join(f'{k}: {v}' for k, v in score.figures.items())}",
        flush=True,
    )
    for failure in score.failures:
        print("      " + failure.replace("\n", "\n      "), flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rows", nargs="*", type=int, help="numbers of rows; all without one")
    options.add_argument("--share", type=float, default=1.0, help="how much of each: 1 for all")
    options.add_argument("--seed", type=int, default=0, help="where the random numbers begin")
    options.add_argument("--at-once", type=int, default=2, help="rows that run beside each other")
    options.add_argument("--json", help="a file for all that was counted")
    given = options.parse_args()
    files = row_files()
    numbers = given.rows or list(files)
    if missing := sorted(set(numbers) - set(files)):
        options.error(f"there is no row {missing[0]}; there are {', '.join(map(str, files))}")
    print(f"{'row':>3}  {'':36} {'cases':>8} {'failed':>7} {'s':>6}")
    scores: dict[int, Score] = {}
    rows = {number: load_row(number) for number in numbers}
    for alone, at_once in ((False, given.at_once), (True, 1)):
        with ThreadPoolExecutor(at_once) as pool:
            runs = {row: pool.submit(run_apart, number, given.share, given.seed)
                    for number, row in rows.items() if row.alone == alone}  # fmt: skip
            for row, run in runs.items():
                scores[row.number], seconds = run.result()
                show(row, scores[row.number], seconds)
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump({number: asdict(score) for number, score in scores.items()}, file, indent=1)
    failed = sum(score.failed for score in scores.values())
    print(f"{sum(score.cases for score in scores.values()):,} cases, {failed:,} failed")
    return 1 if failed or any(not score.cases for score in scores.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
