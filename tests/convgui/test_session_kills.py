"""A save that is killed leaves the old session or the new one, whenever that happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HELPERS = Path(__file__).parents[1] / "helpers"
ROOT = HELPERS.parents[1]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no such kill")


def ran(mode: str, folder: Path, *more: str) -> dict[str, int]:
    """Gives how many children were killed, by what they wrote."""
    paths = os.pathsep.join(map(str, (HELPERS, ROOT)))
    done = subprocess.run(
        [sys.executable, str(HELPERS / "killed_saves.py"), mode, str(folder), *more],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name: int(count) for name, count in re.findall(r"(\w+): killed (\d+)", done.stdout)}


def test_at_every_step(tmp_path: Path) -> None:
    killed = ran("steps", tmp_path)
    # Each of the three moments at opening, writing, forcing and renaming, at the very least.
    assert min(killed.values()) >= 12
    assert set(killed) == {"file", "recovery"}


def test_two_hundred_times_at_random(tmp_path: Path) -> None:
    assert ran("random", tmp_path, "200") == {"file": 200, "recovery": 50}


def test_no_window_is_needed_to_save() -> None:
    code = (
        "import sys, convgui.sessions.leftovers; "
        "print([name for name in sys.modules if 'PySide' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr
