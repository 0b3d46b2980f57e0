"""Runs the row it is told, in this process, and writes down its score: see apart.py."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from scorecard import Score, load_row


def main() -> None:
    number, share, seed, told = sys.argv[1:]
    score = Score(float(share), int(seed))
    try:
        load_row(int(number)).run(score)
    finally:
        Path(told).write_text(json.dumps(asdict(score)), encoding="utf-8")


if __name__ == "__main__":
    main()
