"""Prints the texts of the model, which knows no Qt, as Qt's tool for translations finds them.

``make translations`` puts them beside the sources while it looks through these.
"""

from __future__ import annotations

from collections.abc import Iterator

from convgui.export.figure_options import COLUMNS
from convgui.model import colour_maps, inspect_window, published
from convgui.model.compute import LABELS
from convgui.model.parameters import GROUPS, PARAMETERS
from convgui.model.samples import SAMPLES
from cyconv.paths import PATHS

STEPS = (
    "accuracy", "bias", "codes", "convolution", "correction", "cluster sums", "differences", "hash",
    "look-up", "products", "set-up", "add back", "small differences", "in full", "count pixels",
    "channels", "counting", "skipping", "first-pass hash", "second-pass hash", "transform filters",
    "transform tiles", "transform back", "exact", *PATHS,
)  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """Gives context and text of everything that the window translates when it shows it."""
    yield from (("Parameters", group) for group in GROUPS)
    for each in PARAMETERS:
        choices = [label for _, label in each.choices]
        for text in (each.label, each.tip, each.suffix, each.special, *choices, *each.choice_tips):
            yield "Parameters", text
    yield from (("Techniques", label) for label in LABELS.values())
    yield from (("Steps", step) for step in STEPS)
    yield from (("Steps", path.reason) for path in PATHS.values())
    yield from (("Published", text) for text in published.sentences())
    yield from (("FigureForm", name) for name, _ in COLUMNS)
    yield from (("InspectPanel", name) for name in inspect_window.channel_names(1))
    yield from (("Actions", label) for label in LABELS.values())
    for sample in SAMPLES:
        yield from (("Actions", sample.label), ("Actions", sample.description))
    for each in (*colour_maps.SIGNED, *colour_maps.SIZES):
        yield "Actions", each.label


def main() -> None:
    """Prints a source file that is never run."""
    print("from PySide6.QtCore import QT_TRANSLATE_NOOP\n")
    for context, text in sorted(set(texts())):
        if text.strip():
            print(f'QT_TRANSLATE_NOOP("{context}", {text!r})')


if __name__ == "__main__":
    main()
