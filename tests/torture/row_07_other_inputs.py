"""Row 7: sessions, settings, weights, recipes and the clipboard, from people who mean no good."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path

import fuzzed_others
import fuzzed_sessions
import pasted
from hostile_sessions import MARKER
from scorecard import Row, Score
from watched import Cases


def run(score: Score) -> None:
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory(prefix="inputs-") as name:
        here, files = Path(name, "here"), Path(name, "files")
        here.mkdir()
        files.mkdir()
        os.chdir(here)
        try:
            cases = Cases(score, here)
            fuzzed_sessions.fuzz(score, cases, files)
            fuzzed_others.fuzz(score, cases, files)
            pasted.fuzz(score, files)
            cases.nothing_left("all of it")
            score.check(not list(Path(name).rglob(MARKER)), "a pickle was run")
        finally:
            os.chdir("/")
    score.figure("slowest", f"{cases.slowest[1]:.2f} s ({cases.slowest[0][:50]})")


ROW = Row(7, "Other inputs", run, quick=0.012)
