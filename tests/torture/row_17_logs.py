"""Row 17: the log holds no contents of files, and the program opens no socket."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scorecard import HERE, Row, Score

WATCH = """
import os, sys
def _watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")):
        line = f"{os.getpid()} {event} {arguments!r}"[:300].replace(chr(10), " ") + chr(10)
        with open(os.environ["WATCHED"], "a") as file:
            file.write(line)
    if event in ("exec", "compile"):
        return
sys.addaudithook(_watch)
with open(os.environ["WATCHED"], "a") as file:
    file.write(f"{os.getpid()} begins" + chr(10))
"""
HARMLESS = "socket.gethostname", "socket.__new__"
"""Asking for the machine's own name, and making an end that nothing is done with."""

WEIGHTS = "0.8271827,-0.3141593,0.2718282\n0.5772157,0.6931472,0.1428571\n0.2360680,0.7320508,0.4\n"
WORDS = "a-sentence-8271-that-only-this-file-has"


def run(score: Score) -> None:
    with tempfile.TemporaryDirectory(prefix="log-") as name:
        folder = Path(name)
        pixels = write_files(folder, score.seed)
        watched = folder / "watched.txt"
        (folder / "watch").mkdir()
        (folder / "watch" / "sitecustomize.py").write_text(WATCH)
        places = os.pathsep.join([str(folder / "watch"), os.environ["PYTHONPATH"]])
        environment = {
            **os.environ, "PYTHONPATH": places, "WATCHED": str(watched),
            "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(folder / "state"),
        }  # fmt: skip
        _watches(score, environment, watched)
        done = subprocess.run(
            [sys.executable, str(HERE / "log_session.py"), name], env=environment, timeout=280,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        said = done.stdout.decode(errors="replace")
        score.check((folder / "done").exists(), f"ended with {done.returncode}: {said[-1500:]}")
        _network(score, folder, watched.read_text())
        _log(score, folder, pixels)


def _watches(score: Score, environment: dict[str, str], watched: Path) -> None:
    """Looks whether a connection would be seen, before none is believed."""
    subprocess.run(
        [sys.executable, "-P", "-c", "import socket; s = socket.socket(); s.settimeout(0.2)\n"
         "try: s.connect(('127.0.0.1', 9))\nexcept OSError: pass"],
        env=environment, timeout=60, check=True,
    )  # fmt: skip
    score.check("socket.connect" in watched.read_text(), "the watch sees no connection")
    watched.write_text("")


def write_files(folder: Path, seed: int) -> np.ndarray:
    """Writes the files that must leave no trace: a picture, weights, and words where neither is."""
    from PIL import Image

    pixels = np.random.default_rng([17, seed]).integers(100, 256, (23, 29, 3), np.uint8)
    Image.fromarray(pixels).save(folder / "secret.png")
    whole = (folder / "secret.png").read_bytes()
    (folder / "broken.png").write_bytes(whole[: len(whole) // 2])
    (folder / "words.png").write_text(f"{WORDS}\n" * 50)
    (folder / "secret.csv").write_text(WEIGHTS)
    (folder / "words.csv").write_text(f"1,2,{WORDS}\n")
    return pixels


def _network(score: Score, folder: Path, events: str) -> None:
    lines = events.splitlines()
    processes = {line.split()[0] for line in lines if line.endswith("begins")}
    score.check(len(processes) >= 2, "only one process was watched, the decoder was not")
    for line in lines:
        if not line.endswith("begins"):
            score.check(line.split()[1] in HARMLESS, f"a socket: {line}")
    sockets = (folder / "sockets.txt").read_text() if (folder / "sockets.txt").exists() else "?"
    score.check(sockets == "", f"open to a network: {sockets}")
    score.case()


def _log(score: Score, folder: Path, pixels: np.ndarray) -> None:
    logs = sorted((folder / "state").rglob("convgui.log*"))
    score.check(bool(logs), "there is no log in the state folder")
    log = b"".join(each.read_bytes() for each in logs)
    score.check(b"RuntimeError" in log and b"KeyError" in log, "the faults were not logged")
    report = folder / "diagnostics.txt"
    told = report.read_bytes() if report.exists() else b""
    score.check(b"RuntimeError" in told, "the log's last lines are not in the diagnostics")
    for private in (str(folder), os.environ["HOME"], str(HERE.parents[1]), sys.prefix):
        score.check(private.encode() not in told, f"{private} in the diagnostics")
    for name, data in (("log", log), ("diagnostics", told)):
        for what, trace in _traces(pixels):
            score.check(trace not in data, f"{what} in the {name}")


def _traces(pixels: np.ndarray) -> list[tuple[str, bytes]]:
    """Gives what contents would be known by, in every form that they are likely to be told in."""
    first, raw = pixels.reshape(-1, 3), pixels.tobytes()
    middle = pixels[11, 11:15].reshape(-1)
    found = [
        ("pixels as bytes", raw[60:72]),
        ("the first pixels as escaped bytes", repr(raw[:6])[2:-1].encode()),
        ("pixels as escaped bytes", repr(raw[300:306])[2:-1].encode()),
        ("the first pixel", ", ".join(map(str, first[0])).encode()),
        ("pixels in hexadecimal", raw[300:310].hex().encode()),
        ("pixels in base64", base64.b64encode(raw[300:324])),
        ("pixels as a list", str(middle.tolist()).strip("[]").encode()),
        ("a row of pixels", ("[" + ", ".join(f"{each:3d}" for each in first[5]) + "]").encode()),
        ("pixels of the end", ", ".join(map(str, first[-2:].reshape(-1))).encode()),
        ("words of a file", WORDS.encode()),
        ("typed weights", b"nonsense-8271"),
    ]
    weights = WEIGHTS.replace("\n", ",").strip(",").split(",")
    return found + [("a weight", each.encode()) for each in weights if len(each) > 4]


ROW = Row(17, "Logs and the network", run, quick=1.0)
