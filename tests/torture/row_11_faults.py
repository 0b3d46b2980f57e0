"""Row 11: faults inside the program are shown, logged and survived."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import short_of_memory
import taken_away
from entry_points import Injectedly, name_of
from live_window import Hung, LiveWindow, limited
from records import Records
from scorecard import Row, Score
from tour import begin, steps, take

LOST = 4
"""Faults after which a step counts as one that no longer reaches a place."""


def run(score: Score) -> None:
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        _entry_points(score, Path(name))
        short_of_memory.run(score, Path(name))
        taken_away.run(score, Path(name))


def _entry_points(score: Score, folder: Path) -> None:
    """Puts a fault into everything that Qt, a signal, a thread or a kernel enters."""
    live, records = LiveWindow(), Records()
    try:
        reached = _reached(live, score, folder)
        places = list(reached.items())
        random.Random(score.seed).shuffle(places)
        places = places[: score.part(len(places), 8)]
        missed = 0
        for code, step in places:
            found = Injectedly(code)
            problem = _one(live, records, found, name_of(code), step, folder)
            if not found.fired:
                missed += 1
                continue
            score.case(f"{name_of(code)} in the step {step!r}: {problem}" if problem else None)
            if "no longer computes" in problem:
                live.close()
                live = LiveWindow()
        score.figure("places", f"{len(reached)} entered from outside, {missed} not reached again")
    finally:
        records.remove()
        live.close()


def _reached(live: LiveWindow, score: Score, folder: Path) -> dict[object, str]:
    """Gives the entry points, each with the first step that reaches it."""
    reached: dict[object, str] = {}
    wanted = steps(folder)
    names = list(wanted)
    if score.share < 0.5:
        # Some steps reach more than enough places for some cases.
        names = random.Random(score.seed).sample(names, max(3, round(len(names) * score.share)))
    for name in names:
        ear = Injectedly()
        begin(live)
        problem = ""
        with limited(f"step {name}"), ear.listening():
            try:
                take(live, wanted[name])
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"
        live.faults += [problem] if problem else []
        for code in ear.found:
            reached.setdefault(code, name)
        score.check(not live.faults, f"step {name}, as it is: {live.faults[:2]}")
    return reached


def _one(
    live: LiveWindow, records: Records, found: Injectedly, place: str, step: str, folder: Path
) -> str:
    """Puts one fault, and gives what was wrong with what came of it."""
    begin(live)
    records.texts.clear()
    live.seen.clear()
    escaped = ""
    with limited(f"{place} in {step}"):
        try:
            with found.listening():
                take(live, steps(folder)[step])
        except found.error as error:
            # Into what sent the event, which would be Qt's loop, and that hands it on like this.
            sys.excepthook(type(error), error, error.__traceback__)
        except Exception as error:
            escaped = f"{type(error).__name__}: {error}"
        try:
            live.settle()
        except Hung as error:
            escaped = f"the window no longer computes: {error}"
        if not found.fired:
            return ""
        wrong = [escaped] if escaped else []
        shown = live.told(lambda: any(place in text for text in [*live.seen, *records.unwanted]))
        if not shown:
            wrong.append(f"it was not shown, but {live.seen[-2:]}")
        elif any("\n" in text for text in live.seen):
            wrong.append("it was shown in more than a line")
        if not any(place in text for text in records.texts):
            wrong.append("it was not logged")
        try:
            begin(live)
            if not live.computes():
                wrong.append("the window no longer computes")
        except Exception as error:
            wrong.append(f"the window no longer computes: {type(error).__name__}: {error}")
    return "; ".join(wrong)


ROW = Row(11, "Faults inside", run, quick=0.01)
