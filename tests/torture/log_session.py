"""A whole run of the window, as the trial of the log and of the network has it: see log_trial.py.

Started by itself, with a folder to work in; every event of a socket, in it and in what it starts,
is written down by the sitecustomize.py of that folder.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from convgui import app, tasks
from convgui.main_window import MainWindow

FOLDER = Path(sys.argv[1])
PATIENCE = 60.0


def until(holds: Callable[[], bool], what: str) -> None:
    """Lets the window work until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        QApplication.processEvents()
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.002)


def idle(window: MainWindow, what: str) -> None:
    until(lambda: not window.jobs.busy(), what)


def use(window: MainWindow) -> None:
    """Opens, computes, exports, saves, fails in all ways that are logged, and reports."""
    controller, opener = window.controller, window.opener
    until(lambda: controller.comparison is not None, "the first run")
    opener.open_path(str(FOLDER / "secret.png"))
    until(lambda: controller.image is not None and controller.image.name == "secret.png", "open")
    idle(window, "run")
    controller.load_weights(str(FOLDER / "secret.csv"))
    idle(window, "weights")
    for name in ("broken.png", "gone.png", "words.png"):
        opener.open_path(str(FOLDER / name))
        idle(window, name)
    controller.load_weights(str(FOLDER / "words.csv"))
    idle(window, "words of weights")
    controller.edit_weights("0.8271828 nonsense-8271")
    window.exporter.export_numbers(str(FOLDER / "numbers.csv"))
    idle(window, "numbers")
    window.exporter.export_figure(str(FOLDER / "figure.png"))
    idle(window, "figure")
    window.sessions.files.save_to(str(FOLDER / "kept.convgui"))
    idle(window, "session")
    _fail(window)
    window.diagnostics.copy()
    (FOLDER / "diagnostics.txt").write_text(QGuiApplication.clipboard().text(), encoding="utf-8")
    for entry in ("about", "shortcuts"):
        window.menus.entries[entry].trigger()
        QApplication.processEvents()
    (FOLDER / "sockets.txt").write_text(_sockets(), encoding="ascii")


def _fail(window: MainWindow) -> None:
    """Has a job fail with all that it worked on in its message, and a slot after it."""
    controller, run = window.controller, tasks.run
    assert controller.image is not None
    np.set_printoptions(threshold=sys.maxsize)

    def failing(session, image, progress):
        raise RuntimeError(f"could not do with {image.pixels!r} and {session.weights!r}")

    tasks.run = failing
    controller.take(replace(controller.session, hashes=9))
    idle(window, "a run that fails")
    tasks.run = run
    try:
        raise KeyError(bytes(controller.image.pixels))
    except KeyError:
        sys.excepthook(*sys.exc_info())
    controller.run()
    idle(window, "the run after it")


def _sockets() -> str:
    """Gives those sockets of this process that lead to a network, not to the machine itself."""
    own = set()
    for link in Path("/proc/self/fd").iterdir():
        try:
            own.add(link.readlink().name)
        except OSError:
            continue
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        table = Path("/proc/self/net", kind)
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            if f"socket:[{line.split()[9]}]" in own:
                found.append(f"{kind} {line.split()[2]}")
    return "\n".join(found)


def main() -> None:
    done: list[MainWindow] = []

    def driven() -> int:
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        try:
            use(window)
            done.append(window)
        finally:
            window.close()
        return 0

    QApplication.exec = staticmethod(driven)
    app.main([])
    if not done:
        sys.exit("the window was not used to the end")
    (FOLDER / "done").touch()


if __name__ == "__main__":
    main()
