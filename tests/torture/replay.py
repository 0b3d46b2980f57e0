"""Does again what a monkey did, or lets another one loose.

usage: replay.py [FILE] [--last N] [--seed N] [--count N]

FILE is what the row kept in build/torture before a failure; ``--last`` does only the end of it.
Prints what failed, the longest stalls with what was done before them, and the memory held.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "helpers")]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--last", type=int, default=0, help="only so many of what is replayed")
    options.add_argument("--say", action="store_true", help="print every action before it is done")
    given = options.parse_args()
    from monkey import act

    replayed = json.loads(given.file.read_text()) if given.file else None
    if replayed is not None:
        replayed = replayed[-given.last :]
    with tempfile.TemporaryDirectory(prefix="monkey-home-") as home:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = home
        found = act(given.seed, len(replayed) if replayed else given.count, replayed,
                    partial(print, flush=True) if given.say else str)  # fmt: skip
    print("\n\n".join(found.failures))
    worst = sorted(found.stalls, key=lambda each: -each.late)[:40]
    print("late ms, own ms, jobs, action before")
    for each in worst:
        print(f"{1e3 * each.late:6.0f} {1e3 * each.own:6.0f}  {each.jobs:40} {each.last}")
    print("MB at each rest:", " ".join(f"{each / 1e6:.1f}" for _, each in found.memory))
    print(f"{found.actions} actions, {found.beats} beats, {len(found.failures)} failures")
    return bool(found.failures)


if __name__ == "__main__":
    sys.exit(main())
