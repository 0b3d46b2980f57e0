"""Row 11: faults inside the program are shown, logged and survived."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from types import CodeType

import short_of_memory
import taken_away
from entry_points import Injectedly, name_of
from live_window import Hung, LiveWindow, limited, live_window
from records import Records
from scorecard import Row, Score
from tour import Step, begin, goes_on, steps, take

WAYS = 2
"""Steps by which a place is tried to be reached again."""


def run(score: Score) -> None:
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        with live_window() as live:
            short_of_memory.run(score, live, folder)
            taken_away.run(score, live, folder)
        taken_away.run_in_others(score)
        _entry_points(score, folder)


def _entry_points(score: Score, folder: Path) -> None:
    """Puts a fault into everything that Qt, a signal, a thread or a kernel enters."""
    live, records = LiveWindow(), Records()
    try:
        reached = _reached(live, score, folder)
        places = list(reached.items())
        random.Random(score.seed).shuffle(places)
        places = places[: score.part(len(places), 6)]
        missed = 0
        for code, ways in places:
            for step in ways[:WAYS]:
                found = Injectedly(code)
                problem = _one(live, records, found, name_of(code), step, folder)
                if found.fired:
                    break
            else:
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


def _reached(live: LiveWindow, score: Score, folder: Path) -> dict[CodeType, list[str]]:
    """Gives the entry points, each with the steps that reach it, those that do least first.

    All steps are taken twice: some things are done only once, as to lay out what was never shown,
    and a fault needs a step that does it again.
    """
    wanted = steps(folder)
    names = list(wanted)
    if score.share < 0.5:
        # Some steps reach more than enough places for some cases.
        names = random.Random(score.seed).sample(names, max(3, round(len(names) * score.share)))
    rounds: list[dict[str, list[CodeType]]] = []
    for _ in range(2):
        rounds.append({name: _listened(live, score, name, wanted[name]) for name in names})
    once, again = rounds
    reached: dict[CodeType, list[str]] = {}
    for name in sorted(names, key=lambda name: len(again[name])):
        for code in again[name]:
            reached.setdefault(code, []).append(name)
    for name in names:
        for code in once[name]:
            reached.setdefault(code, [name])
    return reached


def _listened(live: LiveWindow, score: Score, name: str, step: Step) -> list[CodeType]:
    """Takes a step as it is, and gives the entry points that it reaches."""
    ear = Injectedly()
    begin(live)
    problem = ""
    with limited(f"step {name}"), ear.listening():
        try:
            take(live, step)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
    live.faults += [problem] if problem else []
    score.check(not live.faults, f"step {name}, as it is: {live.faults[:2]}")
    return list(ear.found)


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
            if not goes_on(live):
                wrong.append("the window no longer computes")
        except Exception as error:
            wrong.append(f"the window no longer computes: {type(error).__name__}: {error}")
    return "; ".join(wrong)


ROW = Row(11, "Faults inside", run, quick=0.01)
