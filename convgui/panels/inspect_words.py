"""What the Inspect tab says in words and in lines of numbers."""

from __future__ import annotations

import math

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from convgui.model import numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import EXACT
from convgui.model.inspect_differential import ABOVE, FIRST, FRAME, LEFT, NONE, Difference
from convgui.model.inspect_hash import Hashing, Span
from convgui.model.inspection import Inspection
from convgui.model.lesson import Lesson
from convgui.widgets.layer import MINUS
from convgui.widgets.running_sum import joined
from convgui.widgets.sheet_lines import Cell, Line
from convgui.widgets.tap_cells import words
from cyconv import LSH
from cyconv.techniques.families import FAMILIES

from .names import technique_label

translate = QCoreApplication.translate

REFERENCES = {
    FIRST: QT_TRANSLATE_NOOP("InspectPanel", "Reference: the first window"),
    LEFT: QT_TRANSLATE_NOOP("InspectPanel", "Reference: the window to the left"),
    ABOVE: QT_TRANSLATE_NOOP("InspectPanel", "Reference: the window above"),
    FRAME: QT_TRANSLATE_NOOP("InspectPanel", "Reference: the same window of the image before"),
    NONE: QT_TRANSLATE_NOOP("InspectPanel", "No reference here: the window is multiplied in full"),
}
STANDING = {
    "mean": QT_TRANSLATE_NOOP("InspectPanel", "Mean of the cluster"),
    "first": QT_TRANSLATE_NOOP("InspectPanel", "First of the cluster"),
    "some": QT_TRANSLATE_NOOP("InspectPanel", "Mean of {0} members"),
    "doubled": QT_TRANSLATE_NOOP("InspectPanel", "Doubled sum ÷ members"),
    "sample": QT_TRANSLATE_NOOP("InspectPanel", "Mean window"),
}


def standing(story: Hashing) -> str:
    """Gives what stands for a window."""
    return translate("InspectPanel", STANDING[story.standing]).format(story.some)


def differential_words(story: Difference) -> str:
    """Tells what the difference is taken from, and what becomes of it."""
    text = translate("InspectPanel", REFERENCES[story.kind])
    if story.place is not None:
        text += translate("InspectPanel", " (x {0}, y {1})").format(
            story.place.column, story.place.row
        )
    text += ". "
    if story.published:
        text += translate(
            "InspectPanel",
            "As published: the difference is taken the other way round, and filter × reference "
            "is not added back, so this is no convolution.",
        )
        return text
    size = story.difference.size
    text += translate("InspectPanel", "{0} of {1} differences are zero").format(
        numbers.full(story.zeros), size
    )
    left = int(story.left_out.sum())
    if left:
        text += translate(
            "InspectPanel", ", {0} of the pixels were small differences, left out (crossed)"
        ).format(left)
    text += ". "
    if story.place is not None:
        text += translate("InspectPanel", "Added back: {0} = {1}.").format(
            joined([words(story.base.total), words(story.added.total)]), words(story.recomputed)
        )
    if story.taken_over:
        text += translate("InspectPanel", " Nothing differs: the output can be taken over.")
    if story.reason:
        text += translate("InspectPanel", " The exact kernel ran alone: {0}.").format(story.reason)
    return text


def cut_words(found: Inspection, name: str, span: Span) -> str:
    """Tells where projections are cut into codes."""
    technique = found.comparison[name].technique
    if span.codes is None or not isinstance(technique, LSH):
        return ""
    if (span.steps > 0).any():
        return translate("InspectPanel", "Cut into steps of {0}.").format(words(span.steps[0]))
    if FAMILIES[technique.family].origin == "mean":
        return translate("InspectPanel", "Bits: above the mean window's projection or not.")
    return translate("InspectPanel", "Bits: above 0 or not.")


def cluster_words(story: Hashing, span: Span, windows: int) -> str:
    """Tells the code, the cluster and its members."""
    if span.codes is None:
        return translate(
            "InspectPanel",
            "No clusters: the output is made of filter × mean window, and what each projection "
            "tells of the rest.",
        )
    bits = bool((span.steps == 0).all())
    code = ("" if bits else " ").join(str(int(each)) for each in span.codes)
    return translate(
        "InspectPanel", "Code {0} → cluster {1} of {2}: {3} of {4} windows, lit on the output."
    ).format(
        code,
        span.cluster + 1,
        numbers.full(span.clusters),
        numbers.full(span.members),
        numbers.full(windows),
    )


def correction_lines(span: Span) -> list[Line]:
    """Gives what each coefficient adds back."""
    heads = (
        "",
        translate("InspectPanel", "coefficient"),
        translate("InspectPanel", "window − repr."),
        translate("InspectPanel", "added"),
    )
    lines = [Line("head", tuple(Cell(each, muted=True) for each in heads))]
    rows = zip(
        span.coefficients.tolist(),
        (span.told - span.standing_told).tolist(),
        span.corrections.tolist(),
        strict=True,
    )
    for number, each in enumerate(rows, 1):
        lines.append(Line(str(number), (Cell(f"p{number}"), *map(_cell, each))))
    added = float(span.corrections.sum())
    lines.append(
        Line(
            "sum", (Cell(translate("InspectPanel", "Correction")), Cell(""), Cell(""), _cell(added))
        )
    )
    return lines


def sum_lines(names: list[str], sums: list[float]) -> list[Line]:
    """Gives the sum over channels, or over spans, as it grows."""
    heads = ("", translate("InspectPanel", "sum"), translate("InspectPanel", "so far"))
    lines = [Line("head", tuple(Cell(each, muted=True) for each in heads))]
    total = 0.0
    for name, each in zip(names, sums, strict=True):
        total += each
        lines.append(Line(name, (Cell(name), _cell(each), _cell(total))))
    return lines


def figure_lines(found: Inspection, name: str) -> list[Line]:
    """Gives recomputed and kernel's values, and what the error means."""
    heads = (
        "",
        translate("InspectPanel", "float64"),
        translate("InspectPanel", "kernel"),
        translate("InspectPanel", "differ by"),
    )
    lines = [Line("head", tuple(Cell(each, muted=True) for each in heads))]
    for each in dict.fromkeys((EXACT, name)):
        figures = found.figures[each]
        apart = figures.kernel - figures.recomputed
        same = figures.kernel == figures.recomputed
        cells = _cell(figures.recomputed), _cell(figures.kernel), _cell(0.0 if same else apart, 2)
        label = Cell(technique_label(each))
        lines.append(Line(each, (label, *cells), colour=TECHNIQUE_COLOURS[each]))
    if name == EXACT:
        return lines
    figures = found.figures[name]
    lines.append(
        _wide(
            "error",
            translate("InspectPanel", "{0} − exact").format(technique_label(name)),
            _cell(figures.error),
        )
    )
    share = (
        translate("InspectPanel", "none")
        if math.isnan(figures.share)
        else numbers.percent(100 * figures.share)
    )
    lines.append(
        _wide("share", translate("InspectPanel", "Share of all squared errors"), Cell(share))
    )
    if not math.isnan(figures.share):
        times = numbers.times(figures.share * figures.outputs)
        lines.append(
            _wide("times", translate("InspectPanel", "Next to the mean squared error"), Cell(times))
        )
    return lines


def lesson_words(lesson: Lesson, found: Inspection) -> tuple[str, str]:
    """Gives what the lesson says of a window, and what of a slip; "" where there is none."""
    step = lesson.step_at(found.place)
    text = translate("InspectPanel", "Worked example, window {0} of {1}. ").format(
        step.number, len(lesson.steps)
    )
    if step.printed is None:
        return text + translate("InspectPanel", "It follows {0}.").format(words(step.computed)), ""
    text += translate("InspectPanel", "The report prints {0}.").format(words(step.printed))
    if not step.slipped:
        return text + translate("InspectPanel", " So it is."), ""
    return text, translate(
        "InspectPanel", "Misprint: it follows {0}, not {1}, from the report's own input."
    ).format(words(step.computed), words(step.printed))


def _wide(key: str, name: str, cell: Cell) -> Line:
    return Line(key, (Cell(name), Cell(""), Cell(""), cell))


def _cell(value: float, digits: int = 6) -> Cell:
    text = numbers.number(value, digits).replace("-", MINUS)
    return Cell(text, f"{value!r}")
