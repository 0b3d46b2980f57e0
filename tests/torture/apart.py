"""Runs one row in a process of its own, so that not even a crash ends the scorecard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scorecard import HERE, Score

ROOT = HERE.parents[1]
PATH = os.pathsep.join(str(place) for place in (ROOT, HERE, HERE.parent / "helpers"))
TAIL = 2000


def run_apart(
    number: int, share: float, seed: int = 0, limit: float = 3600.0
) -> tuple[Score, float]:
    """Runs one row.

    Parameters
    ----------
    number : int
        The row.
    share : float
        How much of it is run: 1 for all.
    seed : int
        Where its random numbers begin.
    limit : float
        Seconds after which it is ended and counts as failed.

    Returns
    -------
    Score
        What was counted; a row that died or took too long has one failure more, which says so.
    float
        Seconds taken.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="row-", ignore_cleanup_errors=True) as folder:
        told = Path(folder, "score.json")
        script = [sys.executable, str(HERE / "one_row.py")]
        command = [*script, str(number), str(share), str(seed), str(told)]
        environment = {**os.environ, **_home(Path(folder)), "PYTHONPATH": PATH}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            output += f"\nended after {limit:.0f} s".encode()
        score = Score(share, seed)
        if told.exists():
            score = Score(**json.loads(told.read_text()))
        if process.returncode != 0:
            text = output.decode(errors="replace")[-TAIL:]
            score.case(f"the row's process ended with {process.returncode}:\n{text}")
        return score, time.monotonic() - began


def _home(folder: Path) -> dict[str, str]:
    """Gives a home of its own to whatever the row starts: nobody's settings are touched."""
    places = {
        name: str(folder / name.lower())
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    for place in places.values():
        Path(place).mkdir(parents=True)
    return {**places, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
