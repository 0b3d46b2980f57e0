"""Files that a monkey opens: sound ones of every kind, and what else lies about."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
from picture_files import EVERY, IEND, chunk, ihdr, png
from PIL import Image as Pillow
from session_files import altered, document

from convgui.sessions.store import to_bytes


def make(folder: Path, seed: int) -> dict[str, list[str]]:
    """Writes them, and gives their paths by what they are opened as."""
    draw = random.Random(seed)
    pictures: dict[str, bytes] = {
        f"{number}-{name.split()[-1].lower()}": data
        for number, (name, (data, _, _)) in enumerate(EVERY.items())
    }
    for name, data in list(pictures.items()):
        flipped = bytearray(data)
        for _ in range(3):
            flipped[draw.randrange(len(data))] = draw.randrange(256)
        pictures[f"{name}-flipped"] = bytes(flipped)
        pictures[f"{name}-cut"] = data[: draw.randrange(len(data))]
    pictures["empty.png"] = b""
    pictures["text.png"] = b"this is no picture\n" * 9
    pictures["vast.png"] = png(ihdr(60_000, 60_000), chunk(b"IDAT", b"x\x9c\x03\x00\0\0\0\1"), IEND)
    pictures["پیکره.png"] = EVERY["PNG"][0]
    images = [_written(folder / name, data) for name, data in pictures.items()]
    for number, shape in enumerate(((300, 400, 3), (3, 900), (200, 200), (1, 1, 3))):
        path = folder / f"noise-{number}.png"
        Pillow.fromarray(np.random.default_rng(number).integers(0, 256, shape, np.uint8)).save(path)
        # Sound ones of some size are what most actions should meet.
        images += [str(path)] * 12
    images += [str(folder), str(folder / "not there.png"), str(_pipe(folder / "pipe.png"))]
    made = to_bytes(document())
    sessions = {
        "sound": made, "cut": made[:700], "flipped": made[:300] + b"\xff" + made[301:],
        "newer": altered(lambda told: told.update(schema=99)),
        "odd": altered(lambda told: told.update(session={"hashes": "many", "stride": -1})),
    }  # fmt: skip
    weights = {
        "sound.csv": b"0,1,0\n1,-4,1\n0,1,0\n", "words.csv": b"a,b\nc", "cut.npy": b"\x93NUMPY\x01",
        "vast.csv": b"1e308,1e308\n1e308,nan\n", "empty.txt": b"",
    }  # fmt: skip
    return {
        "images": images,
        "sessions": [_written(folder / f"{k}.convgui", data) for k, data in sessions.items()],
        "weights": [_written(folder / name, data) for name, data in weights.items()],
    }


def _written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path
