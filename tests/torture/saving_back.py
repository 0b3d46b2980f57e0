"""What was written is read back equal, or what was lost was announced before."""

from __future__ import annotations

import csv
import io
import json
import math
import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image as Pillow
from saving_writers import COMPARISONS, IMAGE
from scorecard import Score
from session_files import document, run

from convgui import settings, tasks
from convgui.export.figure_options import FigureOptions
from convgui.model import compute
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.sessions import Document, load, save
from convgui.sessions.store import to_bytes

TIMES = 60
KINDS = (
    (np.uint8, "uint8"), (np.float32, "float32"), (np.float32, "uint16"), (np.float32, "float16"),
)  # fmt: skip
ODD = (np.nan, np.inf, -np.inf, -0.0, 1e-45, 3.4e38)
NAMES = ("plain", "پیکره", "two\nlines", "a,b;c\"d", "=1+1")


def back(score: Score, folder: Path) -> None:
    """Writes sessions, settings, numbers and figures, and reads each back."""
    draw = random.Random(score.seed + 2)
    for number in range(score.part(TIMES)):
        _sessions(score, folder, draw, number)
        _settings(score, folder, draw, number)
    for number in range(score.part(TIMES // 4)):
        _numbers(score, folder, draw, number)
    _figures(score, folder)


def _sessions(score: Score, folder: Path, draw: random.Random, number: int) -> None:
    kind, stored = draw.choice(KINDS)
    shape = (draw.randrange(1, 40), draw.randrange(1, 40), *draw.choice(((), (3,))))
    pixels = np.random.default_rng(number).integers(0, 256, shape).astype(kind)
    if kind is np.float32:
        flat = pixels.reshape(-1)
        flat[:: draw.randrange(1, 9)] = draw.choice(ODD)
    image = Image(pixels, draw.choice(NAMES), stored=stored)
    made: Document = document(
        session=replace(Session(), hashes=draw.randrange(1, 20), sigma=draw.random()),
        image=image, notes=draw.choice(NAMES) * draw.randrange(200),
        runs=tuple(run(each) for each in range(1, draw.randrange(2, 6))), pinned=(0, 0),
    )  # fmt: skip
    path = folder / "back.convgui"
    save(made, path)
    opened = load(path)
    same = opened.document.image is not None and (
        opened.document.image.pixels.dtype == pixels.dtype
        and opened.document.image.pixels.tobytes() == pixels.tobytes()
        and opened.document.image.stored == stored
    )
    score.check(same and not opened.remarks, f"session {number}: other pixels came back")
    score.check(to_bytes(opened.document) == path.read_bytes(), f"session {number}: other bytes")
    path.unlink()


def _settings(score: Score, folder: Path, draw: random.Random, number: int) -> None:
    kept = settings.Settings(
        session=replace(Session(), hashes=draw.randrange(1, 20), threshold=draw.random()),
        recent=tuple(f"/{name}/{draw.randrange(9)}-{each}\udcff.png"
                     for each, name in enumerate(NAMES)),
        theme=draw.choice(settings.THEMES), view={"gamma": draw.random(), "log": True},
        figure={"dpi": draw.randrange(50, 600)},
    )  # fmt: skip
    path = folder / "back.json"
    settings.save(kept, path)
    score.check(settings.load(path) == kept, f"settings {number}: others came back")
    path.unlink()


def _numbers(score: Score, folder: Path, draw: random.Random, number: int) -> None:
    session = replace(Session(), hashes=draw.randrange(2, 16), threshold=draw.randrange(0, 60))
    comparison = compute.run(resolve(session, replace_name(draw.choice(NAMES))))
    for suffix in ("csv", "json"):
        tasks.export_numbers(comparison, str(folder / f"back.{suffix}"), lambda _: None)
    told = json.loads((folder / "back.json").read_text())["techniques"]
    text = (folder / "back.csv").read_text()
    rows = {row["technique"]: row for row in csv.DictReader(io.StringIO(text))}
    for outcome in comparison.outcomes:
        case = f"numbers {number}, {outcome.name}"
        each, row = told[outcome.name], rows[outcome.name]
        executed = outcome.result.executed
        wanted = {
            "multiplications": int(executed.multiplications), "additions": int(executed.additions),
        }  # fmt: skip
        score.check(each["operations"]["executed"] == wanted, f"{case}: {each['operations']}")
        difference = np.asarray(outcome.result.output, np.float64) - np.asarray(
            comparison.exact.result.output, np.float64
        )
        mse = float(np.mean(difference**2))
        score.check(math.isclose(each["accuracy"]["mse"], mse, rel_tol=1e-6, abs_tol=1e-9),
                    f"{case}: mean squared error {each['accuracy']['mse']} of {mse}")  # fmt: skip
        score.check(math.isclose(float(row["mse"]), mse, rel_tol=1e-6, abs_tol=1e-9),
                    f"{case}: mean squared error {row['mse']} of {mse} in the table")  # fmt: skip
        score.check(row["image"] == comparison.request.image_name, f"{case}: image {row['image']}")


def replace_name(name: str) -> Image:
    """Gives the image under another name."""
    return replace(IMAGE, name=name)


def _figures(score: Score, folder: Path) -> None:
    options = FigureOptions()
    for suffix in tasks.FIGURE_SUFFIXES:
        path = folder / f"back{suffix}"
        tasks.export_figure(COMPARISONS[0], str(path), options, lambda _: None)
        data = path.read_bytes()
        if suffix == ".png":
            with Pillow.open(path) as picture:
                picture.load()
                width = options.width_mm / 25.4 * options.dpi
                score.check(abs(picture.width - width) <= 1, f"PNG of {picture.width} pixels")
        elif suffix == ".svg":
            score.check(ElementTree.fromstring(data).tag.endswith("svg"), "SVG of another kind")
            score.check("leaf.png" in data.decode(), "SVG without its text")
        else:
            start = int(data.rsplit(b"startxref", 1)[1].split()[0])
            score.check(data.startswith(b"%PDF") and data[start : start + 4] == b"xref",
                        "PDF without its table")  # fmt: skip
