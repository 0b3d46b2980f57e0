"""Row 10: the program is killed at random moments; what it had is there at the next start."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from app_client import Run, Server
from PIL import Image as Pillow
from scorecard import Row, Score

KILLS = 50
MOST_SECONDS, MOST_ACTIONS = 1.0, 1
OFFERED, UNTIL_OFFERED, QUICK = 10.0, 60.0, 0.03


def run(score: Score) -> None:
    with tempfile.TemporaryDirectory(prefix="recovery-") as name:
        folder = Path(name)
        images = [str(_image(folder, number)) for number in range(3)]
        with Server(folder) as server:
            _chain(score, server, folder, images)
            _later(score, server, folder, images)
            if score.share > QUICK:
                # A second server and four starts more; a test of its own has the same in small.
                _two_windows(score, server, folder, images)


def _image(folder: Path, number: int) -> Path:
    path = folder / f"{number}.png"
    values = np.random.default_rng(number).integers(0, 256, (60, 80, 3), np.uint8)
    Pillow.fromarray(values).save(path)
    return path


def _chain(score: Score, server: Server, folder: Path, images: list[str]) -> None:
    """Each start takes back what the last one had, goes on, and is killed in its turn."""
    draw = random.Random(score.seed)
    states: list[dict[str, Any]] = []
    killed, worst, most, due = 0.0, 0.0, 0, False
    for number in range(score.part(KILLS, least=3) + 1):
        seed = score.seed * 1000 + number
        script = {"seed": seed, "images": images, "expected": bool(states)}
        started = server.start("recovered", script, folder / "home", images[0])
        case = f"kill {number}, seed {seed}"
        if states:
            told = started.wait_for("restored", UNTIL_OFFERED if due else OFFERED)
            found = next((i for i, each in reversed([*enumerate(states)])
                          if told and each["state"] == told["restored"]), None)  # fmt: skip
            after = states[found + 1 :] if found is not None else states
            lost = [each for each in after if "step" in each]
            seconds = killed - lost[0]["at"] if lost else 0.0
            worst, most = max(worst, seconds), max(most, len(lost))
            what = "nothing was given back" if told is None else "it is a state that never was"
            score.check(
                (not due if told is None else found is not None)
                and not score.over(seconds, MOST_SECONDS)
                and not score.over(len(lost), MOST_ACTIONS, "actions"),
                f"{case}: {len(lost)} actions, {seconds:.2f} s lost of {len(after)}; "
                f"{what if found is None else 'else as it was'}",
            )  # fmt: skip
            if told is None:
                # There may have been nothing yet to give back; the next one begins anew.
                started.kill()
                states, due = [], False
                continue
            due = True
            states = [{"state": told["restored"], "at": told["at"]}]
        # Now and then before it is kept by the one that took it back; mostly in the middle of work.
        if number % 5 != 4 or not states:
            started.wait_for("step")
            time.sleep(draw.uniform(0.0, 2.5))
        else:
            time.sleep(draw.uniform(0.0, 0.2))
        killed = started.kill()
        # What was said to be kept must be offered, however slow the machine is.
        due = due or any("kept" in each for each in started.lines())
        states += [each for each in started.lines() if "state" in each]
        if trouble := started.trouble():
            score.case(f"{case}: it said {trouble[-500:]}")
    score.figure("lost at most", f"{most} actions, {worst:.2f} s")


def _begun(server: Server, seed: int, home: Path, images: list[str], **more: Any) -> Run:
    script = {"seed": seed, "images": images, "expected": False, **more}
    return server.start("recovered", script, home, *images[:1])


def _later(score: Score, server: Server, folder: Path, images: list[str]) -> None:
    """What is put off is offered again, however often, and loses nothing.

    The starts in between open no image and change nothing: what they had of their own would be
    offered first, being newer.
    """
    home = folder / "later"
    first = _begun(server, score.seed + 1, home, images)
    first.wait_for("kept")
    first.kill()
    last = [each["state"] for each in first.lines() if "state" in each]
    for number in range(2):
        later = _begun(server, score.seed + 2, home, [], expected=True, answer="later")
        score.check(later.wait_for("later") is not None, f"put off {number} times: no offer")
        later.kill()
    # It is killed while it reads what was left behind, and right after it took it.
    for wanted in ("offered", "restored"):
        again = _begun(server, score.seed + 3, home, [], expected=True, idle=True)
        score.check(again.wait_for(wanted) is not None, f"killed when {wanted}: no offer")
        again.kill()
    at_last = _begun(server, score.seed + 4, home, images, expected=True)
    told = at_last.wait_for("restored") or {}
    score.check(told.get("restored") in last, "after several crashes something else is given back")
    at_last.wait_for("kept")
    at_last.kill()


def _two_windows(score: Score, server: Server, folder: Path, images: list[str]) -> None:
    """Two that run at once are no crash to each other; both are given back after one."""
    home, states = folder / "two", []
    with Server(home_of(folder)) as other:
        runs = [_begun(each, score.seed + 5 + number, home, images)
                for number, each in enumerate((server, other))]  # fmt: skip
        for each in runs:
            each.wait_for("kept")
        for each in runs:
            score.check(not any("offered" in line for line in each.lines()),
                        "a window was offered what another one has open")  # fmt: skip
        for each in runs:
            each.kill()
        states = [{line["state"] for line in each.lines() if "state" in line} for each in runs]
    given = []
    for number in range(2):
        # The one that was taken back before is discarded when that is asked about.
        again = _begun(server, score.seed + 9, home, images, expected=True,
                       answer="discard" if number else "restore")  # fmt: skip
        told = again.wait_for("restored" if not number else "offered")
        given.append(told)
        if number == 0 and told is not None:
            score.check(any(told["restored"] in each for each in states), "two windows: neither")
            again.wait_for("offered", 5.0)
        again.kill()
    score.check(all(given), "two windows: what the second had was never offered")


def home_of(folder: Path) -> Path:
    """Gives a folder for what the second server's processes tell."""
    place = folder / "told"
    place.mkdir(exist_ok=True)
    return place


ROW = Row(10, "Recovery after a kill", run, quick=0.03)
