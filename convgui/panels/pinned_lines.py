"""Two runs beside each other as lines of a sheet: their settings, their figures, B against A."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from convgui.model import numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.panels.names import technique_label
from convgui.sessions.differences import WEIGHTS, told
from convgui.sessions.document import Figures, Run
from convgui.widgets.sheet_lines import Cell, Line
from cyconv import Accuracy

from .parameter_row import translated
from .result_lines import EXACT, full_value, short
from .run_words import cost_share, percent, value_words

translate = QCoreApplication.translate

DIFFERENT = "≠ "
MISSING = "–"
Show = Callable[[Figures, Run], tuple[float, str]]


def _plain(value: float) -> str:
    return numbers.number(value, 3)


ROWS: tuple[tuple[str, str, bool, Show], ...] = (
    ("psnr", "PSNR", True, lambda each, run: (each.psnr, short(each.psnr, numbers.decibels))),
    ("ssim", "SSIM", True, lambda each, run: (each.ssim, short(each.ssim, _plain))),
    ("max_abs_error", "Largest error", False,
     lambda each, run: (each.max_abs_error, short(each.max_abs_error, _plain))),
    ("cost", "Multiplications", False,
     lambda each, run: (cost_share(each, run), short(cost_share(each, run), percent))),
    ("seconds", "Time", False,
     lambda each, run: (each.seconds, short(each.seconds, numbers.seconds))),
)  # fmt: skip
"""Key, name, whether more is better, and what gives value and text."""


def pinned_lines(one: Run, other: Run, found: Mapping[str, Accuracy]) -> list[Line]:
    """Gives A and B beside each other, their differences marked.

    Parameters
    ----------
    one, other : Run
    found : mapping of str to Accuracy
        B's outputs measured against A's, by technique, as far as they were.
    """
    lines = [Line("heading", (Cell(""), Cell("A"), Cell("B")), heading=True)]
    image = [f"{each.image_name} {each.size[2]} × {each.size[1]}" for each in (one, other)]
    if image[0] != image[1]:
        lines.append(_line("image", translate("HistoryPanel", "Image"), *image))
    for each in told(one.session, other.session):
        values = [getattr(run.session, each.key) for run in (one, other)]
        if each is WEIGHTS:
            values = [
                run.session.weights if run.session.filter_name == "custom" else None
                for run in (one, other)
            ]
        words = [value_words(each, value) for value in values]
        label = translated(each.label)
        if each.group in ("Differential", "LSH", "Low rank"):
            label = f"{translated(each.group)}: {label}"
        lines.append(_line(each.key, label, *words, differ=values[0] != values[1]))
    for name in _techniques(one, other):
        lines += _technique_lines(name, one, other, found.get(name))
    return lines


def _line(
    key: str, label: str, a: str, b: str, *, differ: bool = True, full: tuple[str, str] = ("", "")
) -> Line:
    """Gives a line whose values are muted where they are the same, and marked where not."""
    name = Cell(f"{DIFFERENT}{label}" if differ else label, label)
    values = (Cell(text, long, muted=not differ) for text, long in zip((a, b), full, strict=True))
    return Line(key, (name, *values))


def _techniques(one: Run, other: Run) -> list[str]:
    names = {each.technique: None for run in (one, other) for each in run.figures}
    return list(names)


def _technique_lines(
    name: str, one: Run, other: Run, versus: Accuracy | None
) -> list[Line]:
    colour = TECHNIQUE_COLOURS.get(name, "")
    label = technique_label(name)
    lines = [Line(name, (Cell(label), Cell(""), Cell("")), colour=colour, heading=True)]
    found = [
        next((each for each in run.figures if each.technique == name), None)
        for run in (one, other)
    ]
    for key, title, higher, show in ROWS:
        if name == EXACT and key != "seconds":
            continue
        shown = [
            show(each, run) if each is not None else (math.nan, MISSING)
            for each, run in zip(found, (one, other), strict=True)
        ]
        lines.append(_figure_line(f"{name}-{key}", title, higher, shown))
    if versus is not None:
        words = translate("HistoryPanel", "PSNR of B against A"), translate(
            "HistoryPanel", "Largest difference of B from A"
        )
        for key, text, value, show_value in (
            ("versus", words[0], versus.psnr, numbers.decibels),
            ("largest", words[1], versus.max_abs_error, _plain),
        ):
            cells = (Cell(text, text), Cell(""), Cell(short(value, show_value), full_value(value)))
            lines.append(Line(f"{name}-{key}", cells))
    return lines


def _figure_line(
    key: str, title: str, higher: bool, shown: list[tuple[float, str]]
) -> Line:
    """Gives a line of two figures, the better one in semibold."""
    values = [value for value, _ in shown]
    # What reads the same is no better.
    known = not any(map(math.isnan, values)) and shown[0][1] != shown[1][1]
    best = (max if higher else min)(values) if known else None
    cells = (
        Cell(text, full_value(value) if text != MISSING else "", best=value == best)
        for value, text in shown
    )
    label = translate("ResultsPanel", title)
    return Line(key, (Cell(label, label), *cells))
