"""Row 12: the window is closed, and work is given up, at random moments."""

from __future__ import annotations

import random
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
from app_client import Server
from PIL import Image as Pillow
from scorecard import Row, Score

CLOSES, SECONDS = 100, 2.0


def run(score: Score) -> None:
    with tempfile.TemporaryDirectory(prefix="close-") as name:
        _closes(score, Path(name))
    # Only here: what is given up is worked out in this process, with a window of its own.
    from cancelling import cancellations

    cancellations(score)


def _closes(score: Score, folder: Path) -> None:
    draw = random.Random(score.seed)
    rng = np.random.default_rng(score.seed)
    for name, side in (("small", 60), ("middle", 480), ("large", 2600)):
        values = rng.integers(0, 256, (side, side * 4 // 3, 3), np.uint8)
        Pillow.fromarray(values).save(folder / f"{name}.png", compress_level=1)
    slowest, kinds = 0.0, set()
    with Server(folder) as server:
        for number in range(score.part(CLOSES, least=3)):
            out = folder / f"out-{number}"
            out.mkdir()
            seed = score.seed * 1000 + number
            script = {"seed": seed, "folder": str(out), "large": str(folder / "large.png"),
                      "small": str(folder / "small.png")}  # fmt: skip
            image = str(folder / draw.choice(("small.png", "middle.png", "large.png")))
            home = folder / f"home-{number % 7}"
            started = server.start("closed", script, home, image)
            status, ended = started.ended()
            lines = started.lines()
            moments = [each["at"] for each in lines if "closing" in each or "asked" in each]
            seconds = ended - moments[-1] if moments else -1.0
            busy = [each["busy"] for each in lines if "busy" in each]
            running = next((each["running"] for each in lines if "closing" in each), [])
            kinds |= set(running)
            slowest = max(slowest, seconds)
            left = [path.name for path in out.rglob(".convgui-*")] + _processes(home)
            score.check(
                status == 0 and seconds >= 0 and not score.over(seconds, SECONDS)
                and not started.trouble() and not left,
                f"close {number}, seed {seed}, {image}: {busy}, running {running}: status "
                f"{status}, {seconds:.2f} s; {left}; {started.trouble()[-500:]}",
            )
    score.figure("slowest end", f"{slowest:.2f} s")
    score.figure("met running", " ".join(sorted(kinds)))


def _processes(home: Path) -> list[str]:
    """Gives what was started with a home, and is still there."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        # Another user's, or one that ends meanwhile.
        with suppress(OSError):
            if f"_HOME={home}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().decode().replace("\0", " "))
    return found


ROW = Row(12, "Closing and cancelling while busy", run, quick=0.02)
