"""Work is given up at random moments; nothing of it may be seen afterwards."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import living
import numpy as np
from PySide6.QtCore import QTimer
from scorecard import Score

from convgui.model.image import Image
from convgui.sessions import Document

TIMES, SECONDS, LONGEST, TRIES = 2000, 0.1, 5.0, 3
SHAPES = ((150, 200, 3), (220, 300), (300, 400, 3))
CHANGES = {
    "hashes": (2, 8, 14), "threshold": (0, 10, 40), "kernel_size": (3, 5, 7), "stride": (1, 2),
    "dilation": (1, 2), "gray": (False, True), "residue": ("kept", "forgotten"),
}  # fmt: skip
MODES = ("signed", "absolute", "relative", "squared")


class Canceller:
    """Begins and gives up work, and notes every answer that comes after it was given up.

    Parameters
    ----------
    window : MainWindow
    folder : Path
        For what is exported.
    draw : Random
    """

    def __init__(self, window: Any, folder: Path, draw: random.Random) -> None:
        self.window, self.folder, self.draw = window, folder, draw
        self.stale: list[str] = []
        self.given_up = self.cancelled = False
        self.images = [
            Image(np.random.default_rng(each).integers(0, 256, shape, np.uint8), f"noise {each}")
            for each, shape in enumerate(SHAPES)
        ]
        window.controller.compared.connect(self._compared)
        window.exporter.written.connect(self._written)

    def _compared(self, comparison: Any) -> None:
        image = self.window.controller.image
        if self.given_up:
            self.stale.append("a run that was given up was shown")
        if image is None or comparison.request.image_name != image.name:
            self.stale.append("the result of another image was shown")

    def _written(self, *_: object) -> None:
        if self.cancelled:
            self.stale.append("an export that was given up was said to be written")

    def begin(self) -> str:
        """Begins something; gives what."""
        self.given_up = self.cancelled = False
        kinds: dict[str, Callable[[], object]] = {
            "run": self._change, "image": lambda: self._show(), "figure": self._figure,
            "numbers": self._numbers, "look": self._look, "inspect": self._inspect,
            "open": self._open,
        }  # fmt: skip
        kind = self.draw.choices(tuple(kinds), (60, 15, 2, 5, 8, 8, 2))[0]
        kinds[kind]()
        return kind

    def _change(self) -> None:
        key = self.draw.choice(tuple(CHANGES))
        self.window.controller.change(key, self.draw.choice(CHANGES[key]))

    def _show(self) -> None:
        self.window.controller.set_image(self.draw.choice(self.images))

    def _figure(self) -> None:
        self.window.exporter.export_figure(str(self.folder / "it.png"))

    def _numbers(self) -> None:
        self.window.exporter.export_numbers(str(self.folder / "it.csv"))

    def _look(self) -> None:
        self.window.view.set_error_mode(self.draw.choice(MODES))

    def _inspect(self) -> None:
        self.window.tab_actions["inspect"].trigger()
        self.window.inspect.step(self.draw.randrange(9), self.draw.randrange(9))

    def _open(self) -> None:
        self.window.opener.open_path(str(self.folder / "it.ppm"))

    def give_up(self) -> str:
        """Gives up whatever runs; gives how."""
        ways: dict[str, Callable[[], object]] = {
            "cancelled": self.window.controller.cancel,
            "by its key": self.window.menus.entries["cancel"].trigger,
            "image closed": self.window.opener.close_image,
        }
        way = self.draw.choices(tuple(ways), (6, 3, 1))[0]
        if way == "by its key" and not self.window.menus.entries["cancel"].isEnabled():
            way = "cancelled"
        ways[way]()
        # What is closed begins nothing; a run that was to begin in the next turn does.
        self.given_up = way != "by its key"
        # To close the image gives up no export of what was seen of it: what is said of it is true.
        self.cancelled = way == "cancelled"
        return way


def cancellations(score: Score) -> None:
    """Gives up many times, and looks at what is on the screen."""
    living.application()
    draw = random.Random(score.seed)
    with living.watched() as faults, tempfile.TemporaryDirectory(prefix="cancel-") as name:
        folder = Path(name)
        rows = np.random.default_rng(0).integers(0, 256, (600, 800, 3), np.uint8)
        (folder / "it.ppm").write_bytes(b"P6\n800 600\n255\n" + rows.tobytes())
        window = living.window()
        canceller = Canceller(window, folder, draw)
        slowest, late = 0.0, 0
        for number in range(score.part(TIMES)):
            case = f"cancellation {number}, seed {score.seed}"
            seconds, told = _once(canceller, case)
            # A machine that is full may be late now and then; the program never is.
            for _ in range(TRIES - 1):
                if not score.over(seconds, SECONDS):
                    break
                late += 1
                seconds, told = _once(canceller, case)
            slowest = max(slowest, seconds)
            wrong = [*canceller.stale, *faults.told]
            score.check(not score.over(seconds, SECONDS) and not wrong,
                        f"{told}: {1e3 * seconds:.0f} ms; {'; '.join(wrong)[:2000]}")  # fmt: skip
            canceller.stale.clear()
            faults.told.clear()
            if number % 20 == 19:
                score.case(_screen(canceller, f"after {case}"))
        score.figure("slowest to give up", f"{1e3 * slowest:.0f} ms, {late} tried again")
        window.sessions.state.apply(Document(), "")
        living.away(window)


def _once(canceller: Canceller, case: str) -> tuple[float, str]:
    """Begins and gives up once; gives the seconds until nothing of it runs, and what it was."""
    window, draw = canceller.window, canceller.draw
    if window.controller.image is None:
        canceller.given_up = False
        canceller._show()
        living.turn()
        living.until(lambda: not window.jobs.busy())
    kind = canceller.begin()
    wait = draw.choice((0.0, draw.uniform(0, 0.02), draw.uniform(0, 0.1)))
    living.turn(wait)
    way = canceller.give_up()
    began = time.monotonic()
    busy = window.jobs.busy()
    kinds = set(window.jobs._running)
    ended = living.until(lambda: not any(
        each in window.jobs._running and window.jobs._running[each].abandoned for each in kinds
    ), LONGEST)  # fmt: skip
    seconds = float("inf") if busy else min(ended, time.monotonic() - began)
    living.turn(0.003)
    return seconds, f"{case}: {kind}, {way} after {1e3 * wait:.0f} ms"


def _is_at_rest(window: Any) -> bool:
    """Tells whether nothing runs, and nothing is put off to a later turn of the event loop."""
    timers = window.controller.findChildren(QTimer)
    return not window.jobs.busy() and not any(each.isActive() for each in timers)


def _screen(canceller: Canceller, case: str) -> str | None:
    """Lets everything end, and gives what on the screen is not of now."""
    window = canceller.window
    canceller.given_up = False
    window.tab_actions["compare"].trigger()
    canceller._show()
    if living.until(lambda: _is_at_rest(window)) > living.PATIENCE:
        return f"{case}: {list(window.jobs._running)} never ends"
    shown, image = window.controller.comparison, window.controller.image
    if shown is None or shown.request.session != window.controller.session:
        return f"{case}: what is shown is not of the parameters"
    layer = window.compare.pictures["input"].view.layer
    holders = (window.exporter._comparison, window.looker._comparison)
    if shown.request.image_name != image.name or any(each is not shown for each in holders):
        return f"{case}: what is shown is not of the image"
    if layer is None or tuple(layer.size) != image.pixels.shape[:2]:
        return f"{case}: another picture is on the screen"
    return None
