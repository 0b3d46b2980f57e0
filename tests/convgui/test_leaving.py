"""The process ends well whatever a job still does."""

from __future__ import annotations

import subprocess
import sys

import pytest
from patience import WAIT_SECONDS

DRAWING = """
import atexit, sys, time
import matplotlib.font_manager
from matplotlib.ft2font import FT2Font
from PySide6.QtCore import QCoreApplication
from convgui.jobs import Jobs
from convgui.leaving import leave

application = QCoreApplication([])
font = matplotlib.font_manager.findfont("DejaVu Sans")
begun = []

def draw(tell):
    while sys.argv[1] == "drawing":
        FT2Font(font).set_text("it is not asked whether to go on")
        begun.append(True)

jobs = Jobs()
jobs.submit("figure", draw)
while not begun and sys.argv[1] == "drawing":
    time.sleep(0.001)
assert jobs.close(0.05 if begun else 60) is not bool(begun)
atexit.register(print, "put away")
leave(3)
print("the interpreter's own end")
"""


@pytest.mark.parametrize("drawing", [True, False])
def test_a_job_that_never_ends_is_not_met_by_the_interpreters_end(drawing):
    """Without care most of these would crash: the thread is stopped in the middle of C++."""
    for _ in range(3 if drawing else 1):
        done = subprocess.run(
            [sys.executable, "-c", DRAWING, "drawing" if drawing else "nothing"],
            capture_output=True, text=True, timeout=WAIT_SECONDS,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (3 if drawing else 0, "")
        own = ["the interpreter's own end"] * (not drawing)
        assert done.stdout.splitlines() == [*own, "put away"]
