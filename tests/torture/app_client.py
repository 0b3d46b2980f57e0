"""Runs of the program, asked of app_server.py and watched from outside."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PATIENCE = 60.0
TICK = 0.002


class Run:
    """One run of the program.

    Attributes
    ----------
    process : int
        The system's number for it.
    """

    def __init__(self, server: subprocess.Popen[str], told: Path) -> None:
        self._server, self._told = server, told
        self.process = int(self._answer()["process"])
        self.began = time.monotonic()

    def lines(self) -> list[dict[str, Any]]:
        """Gives what it has told so far."""
        with suppress(FileNotFoundError):
            text = self._told.read_text(errors="replace")
            whole = text[: text.rfind("\n") + 1].split("\n")
            return [json.loads(each[1:]) for each in whole if each.startswith("\x1e")]
        return []

    def trouble(self) -> str:
        """Gives what it printed that is none of what it was to tell."""
        with suppress(FileNotFoundError):
            lines = self._told.read_text(errors="replace").split("\n")
            return "\n".join(each for each in lines if not each.startswith("\x1e")).strip()
        return ""

    def wait_for(self, key: str, seconds: float = PATIENCE) -> dict[str, Any] | None:
        """Gives the first line that has a key, or None if none comes in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for line in self.lines():
                if key in line:
                    return line
            time.sleep(TICK)
        return None

    def kill(self) -> float:
        """Ends it as a crash would; gives the moment."""
        moment = time.monotonic()
        os.kill(self.process, signal.SIGKILL)
        self.ended()
        return moment

    def ended(self, seconds: float = PATIENCE) -> tuple[int, float]:
        """Waits for its end, which comes in time or is made; gives status and moment."""
        if not select.select([self._server.stdout], [], [], seconds)[0]:
            os.kill(self.process, signal.SIGKILL)
        answer = self._answer()
        return int(answer["status"]), float(answer["ended"])

    def _answer(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        return dict(json.loads(self._server.stdout.readline()))


class Server:
    """Starts the program; ended like a file."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._server = subprocess.Popen(
            [sys.executable, str(HERE / "app_server.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._say(None)
        self._server.wait(PATIENCE)
        for stream in (self._server.stdin, self._server.stdout):
            if stream is not None:
                stream.close()

    def start(self, script: str, argument: Any, home: Path, *arguments: str) -> Run:
        """Starts the program with its folders in ``home`` and a script of app_scripts.py."""
        self._count += 1
        told = self._folder / f"told-{self._count}"
        home.mkdir(exist_ok=True)
        self._say(
            {"script": script, "argument": argument, "arguments": list(arguments),
             "home": str(home), "told": str(told)}
        )  # fmt: skip
        return Run(self._server, told)

    def _say(self, what: object) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(what) + "\n")
        self._server.stdin.flush()
