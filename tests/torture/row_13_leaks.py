"""Row 13: what is opened, run and closed over and over leaves nothing behind."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from scorecard import Row, Score

ROUNDS, WINDOWS = 1000, 40
WARM, WARM_WINDOWS = 0.2, 10
MOST_BYTES = 5_000_000
KINDS = ("png", "jpg", "tif", "bmp")
PARAMETERS = {"hashes": (4, 8, 12), "filter_name": ("laplacian", "sobel-x", "gaussian")}


def run(score: Score) -> None:
    import living

    living.application()
    with living.watched() as faults, tempfile.TemporaryDirectory(prefix="leaks-") as name:
        folder = Path(name)
        images = _images(folder)
        _rounds(score, folder, images)
        _windows(score, images)
        for fault in faults.told:
            score.case(fault)


def _images(folder: Path) -> list[Path]:
    import numpy as np
    from PIL import Image as Pillow

    paths = []
    for number, kind in enumerate(KINDS):
        path = folder / f"{number}.{kind}"
        values = np.random.default_rng(number).integers(0, 256, (40, 56, 3), np.uint8)
        Pillow.fromarray(values).save(path)
        paths.append(path)
    broken = folder / "broken.png"
    broken.write_bytes(paths[0].read_bytes()[:500])
    return [*paths, broken]


def _rounds(score: Score, folder: Path, images: list[Path]) -> None:
    """Opens an image, runs it in some way, and closes it."""
    import living

    draw = random.Random(score.seed)
    window = living.window()
    rounds = score.part(ROUNDS, least=30)
    # As many before as the history holds: up to there it grows as it should.
    warm = max(20, round(WARM * rounds))
    before: dict[str, int] = {}
    memory = half = 0
    for number in range(warm + rounds):
        if number == warm:
            before, memory = _at_rest(window), living.resident()
        # First all of them, sound ones ahead, so that nothing of a kind is met later for once.
        path = images[number] if number < len(images) else draw.choice(images)
        # What is imported or opened once for all is there before anything is counted.
        if problem := _round(window, path, draw, everything=number < 2):
            score.case(f"round {number}, seed {score.seed}: {path.name}: {problem}")
            break
        if number >= warm:
            score.case()
        if number == warm + rounds // 2:
            _at_rest(window)
            half = living.resident() - memory
    now = _at_rest(window)
    if now["threads"] > before["threads"]:
        # Qt's own, for large pictures, go after half a minute without work, with their descriptors.
        living.until(lambda: not living.pooled())
        now = _at_rest(window)
    _compare(score, "rounds", before, now)
    grown = living.resident() - memory
    grew = score.over(grown / 1e6, MOST_BYTES / 1e6, "MB")
    score.check(not grew, f"in {rounds} rounds memory grew: {grew}")
    score.figure(f"memory in {rounds} rounds", f"{grown / 1e6:+.1f} MB")
    score.figure("of that in the first half", f"{half / 1e6:+.1f} MB")
    living.away(window)


def _at_rest(window: object) -> dict[str, int]:
    """Puts everything away that a person could, and counts what is held then."""
    import living

    from convgui.sessions import Document

    window.messages.clear()
    window.sessions.state.apply(Document(), "")
    living.until(lambda: not window.jobs.alive() and not window.sessions.autosaver.busy())
    living.turn(0.2)
    return living.held(window)


def _round(window: object, path: Path, draw: random.Random, *, everything: bool = False) -> str:
    import living

    told: list[str] = []
    shown: list[object] = []

    def tell(*what: str) -> None:
        told.append(what[0])

    def show(comparison: object) -> None:
        # Not itself: it would hold the outputs.
        shown.append(True)

    window.opener.failed.connect(tell)
    window.controller.compared.connect(show)
    window.opener.open_path(str(path))
    living.until(lambda: told or shown)
    if not told:
        key = draw.choice(tuple(PARAMETERS))
        window.controller.change(key, draw.choice(PARAMETERS[key]))
        if everything or draw.random() < 0.1:
            for tab in ("inspect", "reuse_tab", "compare"):
                window.tab_actions[tab].trigger()
                living.turn(0.01)
    if everything or draw.random() < 0.02:
        living.until(lambda: not window.jobs.busy())
        window.exporter.choose_figure()
        if everything:
            # However long it takes: what drawing leaves in memory belongs to no later round.
            living.until(lambda: any(each.preview.said.text() for each in living.dialogs()))
        living.turn(0.2)
        living.until(lambda: not window.jobs.busy())
        for dialog in living.dialogs():
            dialog.reject()
    slow = living.until(lambda: not window.jobs.busy()) > living.PATIENCE
    window.opener.close_image()
    window.messages.clear()
    living.turn()
    window.opener.failed.disconnect(tell)
    window.controller.compared.disconnect(show)
    if slow:
        return f"{list(window.jobs._running)} never ends"
    broken = path.name.startswith("broken")
    return "" if bool(told) == broken else f"told {told}, shown {len(shown)}"


def _windows(score: Score, images: list[Path]) -> None:
    """Makes windows, lets each run something, and closes them for good."""
    import living

    counts = max(2, round(WARM_WINDOWS * score.share)), score.part(WINDOWS, least=2)
    before: dict[str, int] = {}
    memory = 0
    for number in range(sum(counts)):
        if number == counts[0]:
            before, memory = living.held(), living.resident()
        window = living.window()
        _round(window, images[number % 4], random.Random(number))
        living.away(window)
        if number >= counts[0]:
            score.case()
    _compare(score, "windows", before, living.held())
    grown = living.resident() - memory
    grew = score.over(grown / 1e6, MOST_BYTES / 1e6, "MB")
    score.check(not grew, f"in {counts[1]} windows memory grew: {grew}")
    score.figure(f"in {counts[1]} windows", f"{grown / 1e6:+.1f} MB")


def _compare(score: Score, what: str, before: dict[str, int], now: dict[str, int]) -> None:
    for name, count in before.items():
        score.check(now[name] <= count, f"after the {what}: {name} were {count}, are {now[name]}")


ROW = Row(13, "Leaks", run, quick=0.03)
