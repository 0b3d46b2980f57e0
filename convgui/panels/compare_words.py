"""Titles, units and figures of pictures and error maps, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from convgui.model import maps, numbers
from convgui.model.flip import PER_DEGREE
from convgui.widgets.arrangement import ERROR, INPUT

from .names import technique_label

if TYPE_CHECKING:
    from convgui.model.compute import Outcome
    from convgui.model.planes import Planes

translate = QCoreApplication.translate

WHOLE_NUMBERED = ("uint8", "uint16")


def value_unit(stored: str) -> str:
    """Gives the unit of values, from the type that the file stores them in."""
    return translate("ComparePanel", "grey levels") if stored in WHOLE_NUMBERED else ""


def short_unit(unit: str) -> str:
    """Gives the unit of values where there is little room."""
    return translate("ComparePanel", "levels") if unit else ""


def error_unit(stored: str, mode: str) -> str:
    """Gives the unit of an error in a mode."""
    return unit_of_error(value_unit(stored), mode)


def unit_of_error(unit: str, mode: str) -> str:
    """Gives the unit of an error, from that of the values."""
    if mode == maps.RELATIVE:
        return translate("ComparePanel", "% of exact")
    if mode == maps.FLIP:
        return translate("ComparePanel", "FLIP")
    return f"{unit}²" if mode == maps.SQUARED and unit else unit


MODES = {
    maps.SIGNED: QT_TRANSLATE_NOOP("ComparePanel", "Signed"),
    maps.ABSOLUTE: QT_TRANSLATE_NOOP("ComparePanel", "Absolute"),
    maps.RELATIVE: QT_TRANSLATE_NOOP("ComparePanel", "Relative"),
    maps.SQUARED: QT_TRANSLATE_NOOP("ComparePanel", "Squared"),
    maps.FLIP: QT_TRANSLATE_NOOP("ComparePanel", "As seen (FLIP)"),
}
TITLES = {
    maps.SIGNED: QT_TRANSLATE_NOOP("ComparePanel", "{0} − exact"),
    maps.ABSOLUTE: QT_TRANSLATE_NOOP("ComparePanel", "|{0} − exact|"),
    maps.RELATIVE: QT_TRANSLATE_NOOP("ComparePanel", "|{0} − exact| ÷ |exact|"),
    maps.SQUARED: QT_TRANSLATE_NOOP("ComparePanel", "({0} − exact)²"),
    maps.FLIP: QT_TRANSLATE_NOOP("ComparePanel", "FLIP({0}, exact)"),
}


def plain_title(name: str, mode: str = maps.SIGNED) -> str:
    """Gives the title of a panel by the panel's name."""
    if name == INPUT:
        return translate("ComparePanel", "Input")
    technique = name.removesuffix(ERROR)
    label = technique_label(technique)
    return label if technique == name else translate("ComparePanel", TITLES[mode]).format(label)


def error_figures(outcome: Outcome, ready: Planes) -> tuple[str, ...]:
    """Gives the largest error and the mean that belongs to the mode, over all filters.

    What is seen has a mean over the filter that is shown.
    """
    accuracy, mode = outcome.accuracy, ready.mode
    if mode == maps.FLIP:
        mean = numbers.number(ready.means[outcome.name], 3)
        return (
            translate("ComparePanel", "mean {0} · {1} pixels per degree").format(
                mean, f"{PER_DEGREE:.0f}"
            ),
            translate("ComparePanel", "mean {0} · {1} px/°").format(mean, f"{PER_DEGREE:.0f}"),
            translate("ComparePanel", "mean {0}").format(mean),
        )
    if math.isnan(accuracy.max_abs_error):
        return ("",)
    relative = numbers.number(accuracy.relative_l2, 3)
    if mode == maps.RELATIVE:
        return translate("ComparePanel", "relative L2 {0}").format(relative), relative
    if mode == maps.SQUARED:
        largest, mean = (
            numbers.number(each, 3) for each in (accuracy.max_abs_error**2, accuracy.mse)
        )
        words = translate("ComparePanel", "largest {0} · mean (MSE) {1}").format(largest, mean)
        return words, f"MSE {mean}"
    largest = numbers.number(accuracy.max_abs_error)
    return (
        translate("ComparePanel", "largest {0} · relative L2 {1}").format(largest, relative),
        translate("ComparePanel", "largest {0}").format(largest),
        largest,
    )
