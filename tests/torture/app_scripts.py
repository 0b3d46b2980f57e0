"""What is done in the real program once its window is shown, each step told with its moment."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from convgui import main_window
from convgui.main_window import MainWindow


def tell(**what: Any) -> None:
    """Writes one line to who watches; at once, for the process may end at any moment."""
    os.write(1, b"\x1e" + json.dumps({**what, "at": time.monotonic()}).encode() + b"\n")


def digest(window: MainWindow) -> str:
    """Gives what tells one state of the session from another."""
    document = window.sessions.state.document()
    image = document.image
    parts = (
        repr(document.session), document.notes,
        [run.name for run in document.runs if run.name], image.name if image else "",
        hashlib.sha256(image.pixels.tobytes()).hexdigest() if image else "",
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()


class Script(QObject):
    """Takes steps at moments that are drawn."""

    def __init__(self, window: MainWindow, argument: dict[str, Any]) -> None:
        super().__init__(window)
        self.window, self.argument = window, argument
        self.draw = random.Random(argument["seed"])
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.step)

    def begin(self) -> None:
        """Begins once the window is there."""
        self.timer.start(0)

    def step(self) -> None:
        """Takes one step, and plans the next."""
        raise NotImplementedError


class Recovered(Script):
    """Takes back what a crash left, then changes something now and then until it is killed."""

    def begin(self) -> None:
        self.count, self.asked = 0, 0
        self.window.sessions.recoverer.offered.connect(self.offered)
        self.window.sessions.autosaver.kept.connect(self.kept)
        # An image is there some time after it was asked for.
        self.window.controller.image_changed.connect(self.changed)
        # Nothing may be left behind: then there is no offer.
        self.timer.start(1 if not self.argument["expected"] else 20_000)

    def offered(self, *_: object) -> None:
        self.asked += 1
        answers = {each.property("answer"): each for each in self.window.messages.answers}
        tell(offered=self.asked)
        # What is offered after the first is what that was taken from.
        answer = self.argument.get("answer", "restore") if self.asked == 1 else "discard"
        if answer == "restore":
            self.window.sessions.recoverer.restored.connect(self.restored)
        QTimer.singleShot(0, answers[answer].click)
        if answer == "later":
            tell(later=True)

    def restored(self, *_: object) -> None:
        tell(restored=digest(self.window))
        if not self.argument.get("idle"):
            self.timer.start(self.draw.randrange(100, 900))

    def changed(self, *_: object) -> None:
        # Once everybody has been told of it.
        QTimer.singleShot(0, self, lambda: tell(changed=True, state=digest(self.window)))

    def kept(self) -> None:
        tell(kept=True)

    def step(self) -> None:
        window, draw = self.window, self.draw
        self.count += 1
        acts: tuple[Callable[[], object], ...] = (
            lambda: window.controller.change("hashes", draw.randrange(1, 20)),
            lambda: window.controller.change("threshold", float(draw.randrange(0, 64))),
            lambda: window.history.notes.appendPlainText(f"thought {draw.randrange(10**9)}"),
            lambda: window.opener.open_path(draw.choice(self.argument["images"])),
            lambda: window.controller.undo(),
        )
        draw.choice(acts)()
        # A note makes the state one of its own.
        window.history.notes.appendPlainText(f"step {self.count} of {self.argument['seed']}")
        tell(step=self.count, state=digest(window))
        self.timer.start(self.draw.randrange(150, 1000))


class ClosedWhileBusy(Script):
    """Begins something that takes time, and closes the window in the middle of it."""

    def begin(self) -> None:
        self.begun = False
        self.timer.start(self.draw.randrange(0, 1500))

    def step(self) -> None:
        window, draw, folder = self.window, self.draw, Path(self.argument["folder"])
        if self.begun:
            self.close()
            return
        self.begun = True
        busy: dict[str, Callable[[], object]] = {
            "load": lambda: window.opener.open_path(self.argument["large"]),
            "run": lambda: window.controller.change("kernel_size", draw.choice((9, 11, 13))),
            "figure": lambda: window.exporter.export_figure(str(folder / "it.pdf")),
            "numbers": lambda: window.exporter.export_numbers(str(folder / "it.csv")),
            "autosave": lambda: window.controller.change("hashes", draw.randrange(1, 20)),
            "save": lambda: window.sessions.files.save_to(str(folder / "it.convgui")),
            "named": lambda: window.history.notes.setPlainText("worth asking about"),
            "inspect": lambda: window.tab_actions["inspect"].trigger(),
            "reuse": lambda: window.tab_actions["reuse_tab"].trigger(),
            "preview": lambda: window.exporter.choose_figure(),
            "batch": lambda: window.batch.start((self.argument["small"],) * 20, str(folder), "svg"),
        }
        for kind in draw.sample(sorted(busy), draw.randrange(1, 4)):
            busy[kind]()
            tell(busy=kind)
        self.timer.start(draw.randrange(0, 400))

    def close(self) -> None:
        tell(running=sorted(self.window.jobs._running), closing=True)
        self.asking = QTimer(self, interval=20)
        self.asking.timeout.connect(self.answer)
        self.asking.start()
        self.window.close()

    def answer(self) -> None:
        """Answers what is asked before the end, as a person would who wants to leave."""
        for button in self.window.messages.answers:
            if button.property("answer") in ("close", "discard"):
                tell(asked=self.window.messages.topic)
                button.click()
                break


SCRIPTS = {"recovered": Recovered, "closed": ClosedWhileBusy}


def install(name: str, argument: dict[str, Any]) -> None:
    """Lets the next window that is shown be worked by a script."""
    real = MainWindow.show

    def show(window: MainWindow) -> None:
        real(window)
        tell(shown=True)
        window.script = SCRIPTS[name](window, argument)
        window.script.begin()

    main_window.MainWindow.show = show
