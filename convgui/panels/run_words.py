"""A run of the history in words: its settings in short, its figures, all of it for a tooltip."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from convgui.model import numbers
from convgui.model.parameter import Parameter
from convgui.model.session import Session
from convgui.panels.names import technique_label
from convgui.sessions.differences import WEIGHTS, differences
from convgui.sessions.document import Figures, Run
from convgui.sessions.recording import PICTURED
from convgui.widgets.layer import MINUS

from .parameter_row import translated
from .result_lines import EXACT

translate = QCoreApplication.translate
PLACES = ("A", "B")


@dataclass(frozen=True)
class RunWords:
    """What a row of the history shows.

    Attributes
    ----------
    title, caption : str
        The name, or else what is new in its settings; and what stands below.
    figures : tuple of (technique, text)
    pin : str
        "A", "B" or "".
    tip : str
    """

    title: str
    caption: str
    figures: tuple[tuple[str, str], ...]
    pin: str
    tip: str

    @property
    def spoken(self) -> str:
        """All of it in a sentence, for screen readers."""
        return ", ".join(filter(None, (self.title, self.caption, *(t for _, t in self.figures))))


def run_words(run: Run, before: Run | None, pinned: tuple[int, int]) -> RunWords:
    """Gives a run in words, against the run before it or, for the first, the defaults."""
    short = settings_words(run, before)
    number = translate("HistoryPanel", "Run {0}").format(run.number)
    height, width = run.size[1:]
    place = f"{run.image_name} · {width} × {height} · {run.when.partition('T')[2]}"
    pin = PLACES[pinned.index(run.number)] if run.number in pinned else ""
    first = before.session if before is not None else Session()
    changes = [
        f"{translated(each.parameter.label)}: {value_words(each.parameter, each.before)} → "
        f"{value_words(each.parameter, each.after)}"
        for each in differences(first, run.session)
    ]
    heading = f"{number} · {run.name}" if run.name else number
    when = f"{run.image_name} · {width} × {height} · {run.when.replace('T', ' ')}"
    return RunWords(
        run.name or short,
        short if run.name else place,
        tuple((each.technique, figure_words(each, run))
              for each in sorted(run.figures, key=_place) if each.technique != EXACT),
        pin,
        "\n".join([heading, when, *changes]),
    )  # fmt: skip


def _place(figures: Figures) -> int:
    """Gives where a technique stands: the one that is pictured first."""
    name = figures.technique
    return PICTURED.index(name) if name in PICTURED else len(PICTURED)


def settings_words(run: Run, before: Run | None) -> str:
    """Gives what differs from the run before it, or from the defaults, in a few words."""
    first = before.session if before is not None else Session()
    parts = [
        f"{translated(each.parameter.label)} {value_words(each.parameter, each.after)}"
        for each in differences(first, run.session)
    ]
    if before is not None and (before.image_name, before.size) != (run.image_name, run.size):
        parts.insert(0, run.image_name)
    if parts:
        return ", ".join(parts)
    if before is None:
        return translate("HistoryPanel", "As at first")
    return translate("HistoryPanel", "The same again")


def value_words(parameter: Parameter, value: object) -> str:
    """Gives a parameter's value as its editor would show it."""
    if parameter is WEIGHTS:
        return _weights_words(value)
    if value is None or (parameter.special and value == parameter.minimum):
        return translated(parameter.special)
    if isinstance(value, bool):
        return translate("HistoryPanel", "on") if value else translate("HistoryPanel", "off")
    if parameter.kind == "choice":
        return translated(dict(parameter.choices).get(str(value), str(value)))
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace("-", MINUS) + translated(parameter.suffix)


def _weights_words(value: object) -> str:
    shape = []
    while isinstance(value, tuple):
        shape.append(str(len(value)))
        value = value[0]
    return " × ".join(shape) or translate("HistoryPanel", "of the filter")


def figure_words(figures: Figures, run: Run) -> str:
    """Gives a technique's PSNR and its share of the exact one's multiplications."""
    label = technique_label(figures.technique)
    share = cost_share(figures, run)
    quality = "" if math.isnan(figures.psnr) else numbers.decibels(figures.psnr)
    if math.isinf(figures.psnr):
        quality = translate("HistoryPanel", "no error")
    cost = "" if math.isnan(share) else percent(share)
    return f"{label} {', '.join(filter(None, (quality, cost)))}".rstrip()


def cost_share(figures: Figures, run: Run) -> float:
    """Gives executed multiplications in percent of the exact technique's; NaN if unknown."""
    exact = next((each for each in run.figures if each.technique == EXACT), None)
    if exact is None or not exact.multiplications:
        return float("nan")
    return 100 * figures.multiplications / exact.multiplications


def percent(share: float) -> str:
    """Gives a percentage in as few digits as tell it."""
    return f"{share:.0f} %" if share >= 9.95 else numbers.percent(round(share, 1))
