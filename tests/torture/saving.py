"""Whoever writes leaves the old file or the new one, and never says that it is well if not.

Every case runs in a forked process, which first loses its disk in some way and then writes.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest import mock

import saving_faults as faults
import saving_writers as writers
from killing import end_at
from saving_back import back
from saving_command import command
from saving_writers import ABSENT, NEW, OLD, WORDS, Writer
from scorecard import Score

from convgui import tasks
from convgui.apart import process as processes
from convgui.explain import explain
from convgui.jobs import Failure
from convgui.sessions.leftovers import left_behind

KILLS = 500
OTHER_WAYS = ('"wb"', "write_text(", "write_bytes(", "imwrite(", "QSaveFile", ".tofile(")
REAL = {name: getattr(os, name) for name in ("write", "fsync", "close", "replace")}


def run(score: Score) -> None:
    folder = Path(tempfile.mkdtemp(prefix="saving-"))
    # Another user must come through to where it may not write.
    folder.chmod(0o711)
    try:
        # How files are written is tried, not who draws what is in them; and processes that are
        # forked can't all talk to the one that draws.
        with mock.patch.object(processes, "POSSIBLE", False):
            made = writers.learn(folder)
            _all_are_known(score, made)
            _faults(score, folder, made)
            _kills(score, folder, made)
            back(score, folder)
            command(score, folder)
    finally:
        writers.forget_slots()
        shutil.rmtree(folder)


def _all_are_known(score: Score, made: dict[str, Writer]) -> None:
    """A writer that is new, or one that opens files by itself, is not tried here: that fails."""
    product = Path(tasks.__file__).parent
    tried = {writer.module for writer in made.values()} | {"cli.py", "export/atomic.py"}
    for path in sorted(product.rglob("*.py")):
        text, name = path.read_text(), path.relative_to(product).as_posix()
        if "write_atomically(" in text:
            score.check(name in tried, f"{name} writes files and is not among the writers tried")
        if name == "apart/serving.py":
            # What it opens is a pipe to the process that asked.
            text = text.replace('os.fdopen(os.dup(1), "wb")', "")
        found = [word for word in OTHER_WAYS if word in text]
        score.check(not found, f"{name} writes files by {found}, not by the helper")


def _faults(score: Score, folder: Path, made: dict[str, Writer]) -> None:
    cases = [
        (name, fault, old)
        for name in made for fault in faults.FAULTS for old in (False, True)
        if not (old and name == "batch")
    ]  # fmt: skip
    random.Random(score.seed).shuffle(cases)
    missing = set()
    for name, fault, old in cases[: score.part(len(cases))]:
        place = _fresh(folder)
        if old:
            made[name].write(place, OLD)
        seed = f"{score.seed} {name} {fault.__name__} {old}"
        told = _apart(lambda place=place, name=name, fault=fault, seed=seed:
                      _one_fault(place, made[name], fault, random.Random(seed)))  # fmt: skip
        if told.get("not here"):
            missing.add(fault.__name__)
            continue
        score.case(_wrong(made[name], name, fault, old, told))
    if missing:
        score.figure("not possible here", ", ".join(sorted(missing)))


def _one_fault(
    place: Path, writer: Writer, fault: Callable[..., None], draw: random.Random
) -> dict[str, object]:
    """Loses the disk, writes, takes the disk back, and gives what was told and what is there."""
    size = len(writers.WHOLE.get(writer.target, (b"", bytes(300)))[NEW])
    try:
        fault(place, size, draw)
    except faults.NotHere:
        return {"not here": True}
    told = ""
    try:
        writer.write(place, NEW)
    except Exception as problem:
        told = explain(Failure(problem, ""))[0] or "nothing"
    for name, real in REAL.items():
        setattr(os, name, real)
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (resource.getrlimit(limit)[1],) * 2)
    os.seteuid(os.getuid())
    if place.is_file():
        return {"told": told, "found": ABSENT, "names": []}
    names = [name for name in writer.names(place) if name != "filler"]
    return {"told": told, "found": writer.found(place), "names": names}


def _wrong(
    writer: Writer, name: str, fault: Callable[..., None], old: bool, told: dict[str, object]
) -> str | None:
    """Gives what is wrong with how a fault was met."""
    case = f"{name}, {'over an old file' if old else 'anew'}, disk {fault.__name__}"
    if "told" not in told:
        return f"{case}: the process ended: {told}"
    said, found = str(told["told"]), told["found"]
    if told["names"]:
        return f"{case}: left {told['names']}"
    if not said:
        allowed = fault is faults.vanished and writer.makes_folder
        if fault in (faults.unclosed, faults.small_disk) or name == "batch":
            # The first descriptor that is closed may be none of what is written.
            allowed = True
        well = found == "new" and allowed
        return None if well else f"{case}: said to be written, and {found} is there"
    before = "old" if old and fault not in faults.GONE else ABSENT
    if found != before and not (name == "batch" and found in (ABSENT, "old")):
        return f"{case}: {found} is there, not {before}; told {said!r}"
    whole = said.endswith(".") and "\n" not in said and "Error" not in said and "Errno" not in said
    return None if whole else f"{case}: no sentence for a user: {said!r}"


def _kills(score: Score, folder: Path, made: dict[str, Writer]) -> None:
    """Kills at random moments, and at random calls of the system."""
    draw = random.Random(score.seed + 1)
    names, found = list(made), dict.fromkeys((*WORDS, ABSENT), 0)
    seconds = {name: _seconds(folder, writer) for name, writer in made.items()}
    for number in range(score.part(KILLS)):
        name = names[number % len(names)]
        writer, place, old = made[name], _fresh(folder), draw.random() < 0.7 and name != "batch"
        if old:
            writer.write(place, OLD)
        if name.startswith("figure"):
            # Drawing takes a hundred times as long as writing, which is what is to be met.
            whole = writers.WHOLE[writer.target]
            tasks.DRAWER.render = lambda comparison, *_, whole=whole: whole[_version(comparison)]
        step = draw.randrange(1, 40) if number % 2 else 0
        process = _begun(writer, place, step, draw.choice(("before", "half", "after")))
        if step:
            os.waitpid(process, 0)
        else:
            time.sleep(draw.uniform(0.0, 3 * seconds[name] + 0.004))
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        vars(tasks.DRAWER).pop("render", None)
        there = writer.found(place)
        found[there] = found.get(there, 0) + 1
        score.case(_after_kill(writer, place, name, old, there, number))
    score.figure("killed", ", ".join(f"{word} {count}" for word, count in found.items()))


def _version(comparison: object) -> int:
    return next(v for v, each in enumerate(writers.COMPARISONS) if each is comparison)


def _seconds(folder: Path, writer: Writer) -> float:
    """Gives how long it takes to write; of a figure, drawing it is not counted."""
    place = _fresh(folder)
    began = time.monotonic()
    if writer.target.startswith("leaf."):
        return 0.005
    writer.write(place, NEW)
    return time.monotonic() - began


def _after_kill(
    writer: Writer, place: Path, name: str, old: bool, there: str, number: int
) -> str | None:
    case = f"kill {number}, {name}"
    if there not in WORDS and (old or there != ABSENT):
        return f"{case}: {there} is there"
    writers.forget_slots()
    if name == "autosave":
        for lock in place.glob("*.lock"):
            os.utime(lock, (0, 0))
        if found := left_behind(place):
            found.discard()
        rest = os.listdir(place)
    else:
        writer.write(place, NEW)
        rest = writer.names(place)
        if name != "batch" and writer.found(place) != "new":
            return f"{case}: what is written next is {writer.found(place)}"
    return f"{case}: {rest} is left after the next start or save" if rest else None


def _begun(writer: Writer, place: Path, step: int, moment: str) -> int:
    """Writes in another process, again and again, which ends itself at a call of the system."""
    process = os.fork()
    if process:
        return process
    try:
        if step:
            end_at(step, moment)
        for number in range(1_000):
            writer.write(place, NEW if number % 2 == 0 else OLD)
    finally:
        os._exit(1)


def _apart(act: Callable[[], dict[str, object]]) -> dict[str, object]:
    """Does something in a process of its own, and gives what it gave."""
    reader, sender = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.close(reader)
            told = json.dumps(act()).encode()
            REAL["write"](sender, told)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(sender)
    with open(reader, "rb") as answer:
        data = answer.read()
    status = os.waitpid(process, 0)[1]
    return json.loads(data) if status == 0 and data else {"status": status}


def _fresh(folder: Path) -> Path:
    """Gives an empty folder; the last ones are gone."""
    writers.forget_slots()
    place = folder / "place"
    for path in (place, *folder.glob("place-*")):
        if path.is_dir():
            path.chmod(0o755)
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
    made = folder / f"place-{time.monotonic_ns()}"
    made.mkdir()
    return made

