"""The arithmetic of one output as text and as LaTeX, with the numbers that stood in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .compute import EXACT, LABELS
from .inspect_differential import Difference
from .inspect_hash import Hashing, Span
from .inspect_window import Terms
from .inspection import Inspection

PRODUCTS_A_LINE = 6
"""Products on one line of LaTeX, at the most: a line of a page holds no more."""

Factors = tuple[float, ...]


@dataclass(frozen=True)
class Row:
    """One equation.

    Attributes
    ----------
    label, symbol : str
        Its left side, in words and in LaTeX.
    terms : tuple of tuple of float
        The factors of each addend.
    result : float
    note : str
        What stands behind it, in words.
    """

    label: str
    symbol: str
    terms: tuple[Factors, ...]
    result: float
    note: str = ""


def rows(inspection: Inspection, name: str) -> tuple[Row, ...]:
    """Gives the equations of a technique's output."""
    if name == EXACT:
        found = _channels(inspection.exact, inspection.channels, "y")
    elif name in inspection.reuse:
        found = _hashed(inspection.reuse[name])
    elif inspection.differential is not None and name == "differential":
        found = _difference(inspection.differential, inspection.channels)
    else:
        raise ValueError(f"name must be one of {', '.join(inspection.names)}, got {name!r}")
    return tuple(found)


def text(inspection: Inspection, name: str) -> str:
    """Gives the equations as plain text, every product written out."""
    place, figures = inspection.place, inspection.figures[name]
    lines = [
        f"{LABELS[name]}, filter {place.index + 1}, output x {place.column}, y {place.row}: "
        f"{_plain(figures.kernel)} (kernel), {_plain(figures.recomputed)} (float64)"
    ]
    for row in rows(inspection, name):
        sides = [row.label, *([_sum(row.terms)] if row.terms else []), _plain(row.result)]
        lines.append(" = ".join(sides) + (f"  ({row.note})" if row.note else ""))
    return "\n".join(lines) + "\n"


def latex(inspection: Inspection, name: str) -> str:
    """Gives the equations as an ``aligned`` block of LaTeX (package amsmath)."""
    lines = []
    for row in rows(inspection, name):
        pieces = [
            row.terms[start : start + PRODUCTS_A_LINE]
            for start in range(0, len(row.terms), PRODUCTS_A_LINE)
        ]
        line = f"{row.symbol} &= "
        for number, piece in enumerate(pieces):
            if number:
                line += " \\\\\n  &\\quad + "
            line += " + ".join(r" \cdot ".join(map(_tex_factor, each)) for each in piece)
        line += (" = " if pieces else "") + _tex(row.result)
        lines.append(line + (rf" \quad \text{{({row.note})}}" if row.note else ""))
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n"


def _channels(terms: Terms, names: tuple[str, ...], symbol: str, label: str = "") -> Iterator[Row]:
    """Gives a row for each channel, and their sum where there are several."""
    several = len(names) > 1
    for name, values, weights, total in zip(
        names, terms.values, terms.weights, terms.sums.tolist(), strict=True
    ):
        pairs = tuple(zip(values.ravel().tolist(), weights.ravel().tolist(), strict=True))
        if several:
            yield Row(f"{label}{name}", rf"{symbol}_{{\mathrm{{{name}}}}}", pairs, total)
        else:
            yield Row(label.strip() or "output", symbol, pairs, total)
    if several:
        addends = tuple((each,) for each in terms.sums.tolist())
        yield Row(label.strip() or "output", symbol, addends, terms.total)


def _difference(story: Difference, names: tuple[str, ...]) -> Iterator[Row]:
    if story.place is None:
        yield from _channels(story.added, names, "y")
        return
    if not story.published:
        yield from _channels(story.base, names, "b", "reference ")
    yield from _channels(story.added, names, "d", "difference ")
    if story.published:
        yield Row(
            "output", "y", ((story.added.total,),), story.recomputed,
            "as published: reference less window, and no base",
        )
    else:
        yield Row("output", "y", ((story.base.total,), (story.added.total,)), story.recomputed)


def _hashed(story: Hashing) -> Iterator[Row]:
    several = len(story.spans) > 1
    for number, span in enumerate(story.spans, 1):
        sub, before = (f"_{{{number}}}", f"span {number}, ") if several else ("", "")
        yield from _projections(span, sub, before)
        pairs = tuple(zip(span.standing.tolist(), span.weights.tolist(), strict=True))
        yield Row(f"{before}representative", f"r{sub}", pairs, span.looked_up)
        if len(span.coefficients):
            differences = (span.told - span.standing_told).tolist()
            terms = tuple(zip(span.coefficients.tolist(), differences, strict=True))
            yield Row(
                f"{before}correction", f"c{sub}", terms, float(span.corrections.sum()),
                story.correction,
            )
    addends = [
        (part,)
        for span in story.spans
        for part in ([span.looked_up, float(span.corrections.sum())] if len(span.coefficients)
                     else [span.looked_up])
    ]  # fmt: skip
    yield Row("output", "y", tuple(addends), story.recomputed)


def _projections(span: Span, sub: str, before: str) -> Iterator[Row]:
    """Gives a row for each projection, with its code."""
    inner = sub.strip("_{}")
    for h, place in enumerate(span.projections.tolist(), 1):
        note = ""
        if span.codes is not None:
            width = f", steps of {_plain(span.steps[h - 1])}" if span.steps[h - 1] else ""
            note = f"code {span.codes[h - 1]}: cut at {_plain(span.origins[h - 1])}{width}"
        index = f"{inner},{h}" if inner else str(h)
        yield Row(f"{before}projection {h}", f"p_{{{index}}}", (), place, note)


def _sum(terms: tuple[Factors, ...]) -> str:
    return " + ".join("·".join(map(_factor, each)) for each in terms)


def _factor(value: float) -> str:
    return f"({_plain(value)})" if value < 0 else _plain(value)


def _plain(value: float) -> str:
    """Gives a number in nine digits, which a float32 is told apart by."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("-∞" if value < 0 else "∞")
    # Weights and pixels are float32 or shorter; sums are not, and may be too large for one.
    with np.errstate(over="ignore"):
        short = np.float32(value)
    shortest = str(short)
    if float(short) == value and "e" not in shortest:
        return shortest.removesuffix(".0")
    return f"{value + 0:.9g}"


def _tex_factor(value: float) -> str:
    return f"({_tex(value)})" if value < 0 else _tex(value)


def _tex(value: float) -> str:
    """Gives a number as LaTeX writes it."""
    if not math.isfinite(value):
        return r"\mathrm{NaN}" if math.isnan(value) else _plain(value).replace("∞", r"\infty")
    return re.sub(
        r"e([+-]?)0*(\d+)", lambda found: rf" \times 10^{{{found[1].strip('+')}{found[2]}}}",
        _plain(value),
    )
