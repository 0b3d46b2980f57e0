"""The command line says so, and ends with a status, where it could not write."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from scorecard import Score

from convgui.model.samples import sample_path

OPTIONS = {"json": ["--json"], "csv": ["--csv"], "svg": ["--export"], "dir": ["--export-dir"]}
LIMIT = 600


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))


def command(score: Score, folder: Path) -> None:
    """Runs it on disks that are full, or not there."""
    image = str(sample_path("hand"))
    cases = [(name, where) for name in OPTIONS for where in ("full", "gone", "limit")]
    cases += [("table", "full")]
    for number, (name, where) in enumerate(cases[:: max(1, round(1 / score.share))]):
        # A place of its own for each: what one leaves, as an empty folder, is not the next one's.
        place = folder / f"command-{number}"
        place.mkdir()
        (place / "old").write_bytes(b"old")
        target = {"gone": str(folder / "nowhere" / f"it.{name}"), "full": "/dev/full"}.get(
            where, str(place / f"it.{name}")
        )
        options = [*OPTIONS.get(name, []), target] if name in OPTIONS else []
        if where == "gone" and name == "dir":
            target = options[1] = str(place / "old" / "below")
        if where == "full" and name in ("svg", "dir"):
            # By its ending it is told what to write; what is in the way is no folder.
            options[1] = str(place / "old" / "it.svg")
        with open("/dev/full" if name == "table" else os.devnull, "wb") as out:
            done = subprocess.run(
                [sys.executable, "-m", "convgui", "compare", image, *options],
                stdout=out, stderr=subprocess.PIPE, text=True, timeout=120,
                preexec_fn=_limited if where == "limit" else None,
            )  # fmt: skip
        case = f"compare {' '.join(options)} with a disk that is {where}"
        score.check(done.returncode not in (0, None) and done.returncode > 0,
                    f"{case}: status {done.returncode}")  # fmt: skip
        lines = done.stderr.strip().splitlines()
        score.check(len(lines) == 1 and "Traceback" not in done.stderr and lines[0].endswith("."),
                    f"{case}: {done.stderr[-400:]!r}")  # fmt: skip
        left = [path.name for path in place.rglob("*")
                if path.name != "old" and path.suffix != f".{name}"]  # fmt: skip
        made = [path for path in left if not path.startswith("comparisons") or where == "limit"]
        score.check(not made, f"{case}: left {made}")
