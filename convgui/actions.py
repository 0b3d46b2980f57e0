"""Every entry of the menus and tool bars, as a table that the window loops over.

An entry names the method that it calls and the states that it needs; an entry whose states do
not hold is greyed, and its tooltip says why. A new entry is a new row, and brings its own test.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QT_TRANSLATE_NOOP

from convgui.action_spec import ActionSpec
from convgui.looking_actions import looking_entries
from convgui.model.published import SETTINGS
from convgui.model.samples import SAMPLES
from convgui.model.shown import SWITCHES
from convgui.parts import PARTS

MENUS = {
    "File": QT_TRANSLATE_NOOP("Actions", "&File"),
    "Edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "View": QT_TRANSLATE_NOOP("Actions", "&View"),
    "Run": QT_TRANSLATE_NOOP("Actions", "&Run"),
    "Help": QT_TRANSLATE_NOOP("Actions", "&Help"),
    "File/Samples": QT_TRANSLATE_NOOP("Actions", "&Samples"),
    "Edit/Experiment": QT_TRANSLATE_NOOP("Actions", "The report's &experiment"),
    "View/Against": QT_TRANSLATE_NOOP("Actions", "Wipe and flicker a&gainst"),
    "View/Errors": QT_TRANSLATE_NOOP("Actions", "&Error maps"),
    "View/Colours": QT_TRANSLATE_NOOP("Actions", "Error &colours"),
    "View/Theme": QT_TRANSLATE_NOOP("Actions", "&Theme"),
    **{name: title for part in PARTS for name, title in part.menus.items()},
}
SWITCHED_OFF = QT_TRANSLATE_NOOP("Actions", "This technique is switched off.")
REASONS = {
    "image": QT_TRANSLATE_NOOP("Actions", "Open an image first."),
    "open": QT_TRANSLATE_NOOP("Actions", "No image is open."),
    "comparison": QT_TRANSLATE_NOOP("Actions", "There is no complete result yet."),
    "free": QT_TRANSLATE_NOOP("Actions", "Something else is being written just now."),
    "signed": QT_TRANSLATE_NOOP("Actions", "These colours are for signed errors."),
    "sizes": QT_TRANSLATE_NOOP("Actions", "These colours are for errors without a sign."),
    **{f"shown-{name}": SWITCHED_OFF for name in ("exact", *SWITCHES)},
    "typed": QT_TRANSLATE_NOOP("Actions", "All levels are automatic, gamma and exposure neutral."),
    "running": QT_TRANSLATE_NOOP("Actions", "Nothing is running."),
    "undo": QT_TRANSLATE_NOOP("Actions", "There is nothing to undo."),
    "redo": QT_TRANSLATE_NOOP("Actions", "There is nothing to redo."),
    "changed": QT_TRANSLATE_NOOP("Actions", "Every parameter is at its default."),
    **{state: reason for part in PARTS for state, reason in part.reasons.items()},
}
# Entries and menus in the order of the tool bar; None is a line, "+" before one shows its text.
TOOL_BAR = (
    "+open", "+File/Samples", None, "+run", "+cancel", None, "undo", "redo", None,
    "zoom-fit", "zoom-actual", "link", None, "wipe-vertical", "flicker", "+View/Errors",
    "levels-auto", None, "+export-figure",
)  # fmt: skip


def _file() -> Iterator[ActionSpec]:
    yield ActionSpec(
        "open", QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open an image file."),
        "File", "opener.choose", icon="mdi6.folder-open-outline", shortcut="Ctrl+O",
    )  # fmt: skip
    for sample in SAMPLES:
        yield ActionSpec(
            f"sample-{sample.name}", sample.label, sample.description,
            "File/Samples", "opener.open_sample", sample.name,
        )  # fmt: skip
    yield ActionSpec(
        "paste", QT_TRANSLATE_NOOP("Actions", "&Paste image"),
        QT_TRANSLATE_NOOP("Actions", "Open the image, or the file, that was copied elsewhere."),
        "File", "opener.paste", icon="mdi6.content-paste", shortcut="Ctrl+V",
    )  # fmt: skip
    yield ActionSpec(
        "close", QT_TRANSLATE_NOOP("Actions", "&Close image"),
        QT_TRANSLATE_NOOP("Actions", "Put the image and its results away."),
        "File", "opener.close_image", icon="mdi6.close", shortcut="Ctrl+W",
        needs=("open",),
    )  # fmt: skip
    yield ActionSpec(
        "export-figure", QT_TRANSLATE_NOOP("Actions", "&Export figure…"),
        QT_TRANSLATE_NOOP("Actions", "Write the comparison as one figure: PDF, SVG or PNG."),
        "File", "exporter.choose_figure", icon="mdi6.file-image-outline", shortcut="Ctrl+E",
        needs=("comparison", "free"), separated=True,
    )  # fmt: skip
    yield ActionSpec(
        "export-numbers", QT_TRANSLATE_NOOP("Actions", "Export &numbers…"),
        QT_TRANSLATE_NOOP("Actions", "Write every number of the comparison: CSV or JSON."),
        "File", "exporter.choose_numbers", icon="mdi6.table-arrow-down", shortcut="Ctrl+Shift+E",
        needs=("comparison", "free"),
    )  # fmt: skip
    yield ActionSpec(
        "copy-figure", QT_TRANSLATE_NOOP("Actions", "&Copy figure"),
        QT_TRANSLATE_NOOP("Actions", "Copy the comparison as a picture, to paste it elsewhere."),
        "File", "exporter.copy_figure", icon="mdi6.content-copy", shortcut="Ctrl+Shift+C",
        needs=("comparison", "free"),
    )  # fmt: skip
    yield ActionSpec(
        "quit", QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Close the window; it comes back as it is now."),
        "File", "close", shortcut="Ctrl+Q", separated=True,
    )  # fmt: skip


def _edit() -> Iterator[ActionSpec]:
    yield ActionSpec(
        "undo", QT_TRANSLATE_NOOP("Actions", "&Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take back the last change of a parameter."),
        "Edit", "controller.undo", icon="mdi6.undo", shortcut="Ctrl+Z", needs=("undo",),
    )  # fmt: skip
    yield ActionSpec(
        "redo", QT_TRANSLATE_NOOP("Actions", "&Redo"),
        QT_TRANSLATE_NOOP("Actions", "Make the change again that was taken back."),
        "Edit", "controller.redo", icon="mdi6.redo", shortcut="Ctrl+Shift+Z", needs=("redo",),
    )  # fmt: skip
    yield ActionSpec(
        "reset", QT_TRANSLATE_NOOP("Actions", "Reset &all parameters"),
        QT_TRANSLATE_NOOP("Actions", "Bring every parameter back to its default."),
        "Edit", "controller.reset_all", icon="mdi6.restore", needs=("changed",), separated=True,
    )  # fmt: skip
    texts = {
        "differential": QT_TRANSLATE_NOOP("Actions", "&Differential: 300 × 360, 3 × 3 blur"),
        "lsh": QT_TRANSLATE_NOOP("Actions", "&LSH: 38 × 38, 7 × 7 blur"),
    }
    tip = QT_TRANSLATE_NOOP(
        "Actions", "Load what the main report ran; show what it claimed beside what is measured."
    )
    for name in SETTINGS:
        yield ActionSpec(
            f"experiment-{name}", texts[name], tip,
            "Edit/Experiment", "controller.load_experiment", name,
        )  # fmt: skip


def _view() -> Iterator[ActionSpec]:
    zooms = (
        ("fit", QT_TRANSLATE_NOOP("Actions", "Zoom to &fit"),
         QT_TRANSLATE_NOOP("Actions", "Show the whole image."), "fit-to-screen-outline", "Ctrl+0"),
        ("actual", QT_TRANSLATE_NOOP("Actions", "Zoom to &100 %"),
         QT_TRANSLATE_NOOP("Actions", "Show one pixel of the image as one of the screen."),
         "numeric-1-box-outline", "Ctrl+1"),
        ("in", QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
         QT_TRANSLATE_NOOP("Actions", "Show less of the image, larger."),
         "magnify-plus-outline", "Ctrl++; Ctrl+="),
        ("out", QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
         QT_TRANSLATE_NOOP("Actions", "Show more of the image, smaller."),
         "magnify-minus-outline", "Ctrl+-"),
    )  # fmt: skip
    for name, text, tip, icon, shortcut in zooms:
        yield ActionSpec(
            f"zoom-{name}", text, tip, "View", f"compare.zoom_{name}", icon=f"mdi6.{icon}",
            shortcut=shortcut, needs=("image",),
        )  # fmt: skip
    yield ActionSpec(
        "link", QT_TRANSLATE_NOOP("Actions", "&Link views"),
        QT_TRANSLATE_NOOP("Actions", "Move and zoom all images together."),
        "View", "view.set_linked", icon="mdi6.link-variant", shortcut="Ctrl+L",
        checkable=True, separated=True,
    )  # fmt: skip
    yield from looking_entries()
    themes = (
        ("system", QT_TRANSLATE_NOOP("Actions", "As the &system"),
         QT_TRANSLATE_NOOP("Actions", "Follow the system's choice of light or dark.")),
        ("light", QT_TRANSLATE_NOOP("Actions", "&Light"),
         QT_TRANSLATE_NOOP("Actions", "Dark text on light.")),
        ("dark", QT_TRANSLATE_NOOP("Actions", "&Dark"),
         QT_TRANSLATE_NOOP("Actions", "Light text on dark.")),
    )  # fmt: skip
    for name, text, tip in themes:
        yield ActionSpec(
            f"theme-{name}", text, tip, "View/Theme", "view.set_theme", name,
            choice="theme", checkable=True,
        )  # fmt: skip


def _run_and_help() -> Iterator[ActionSpec]:
    yield ActionSpec(
        "run", QT_TRANSLATE_NOOP("Actions", "&Run"),
        QT_TRANSLATE_NOOP("Actions", "Run all techniques that are shown again."),
        "Run", "controller.run", icon="mdi6.play", shortcut="F5", needs=("image",),
    )  # fmt: skip
    yield ActionSpec(
        "cancel", QT_TRANSLATE_NOOP("Actions", "&Cancel"),
        QT_TRANSLATE_NOOP("Actions", "Stop what is running; the last result stays."),
        "Run", "controller.cancel", icon="mdi6.stop", shortcut="Esc", needs=("running",),
    )  # fmt: skip
    yield ActionSpec(
        "shortcuts", QT_TRANSLATE_NOOP("Actions", "&Keys and mouse"),
        QT_TRANSLATE_NOOP("Actions", "List what every key and movement of the mouse does."),
        "Help", "help.show_shortcuts", icon="mdi6.keyboard-outline", shortcut="F1",
    )  # fmt: skip
    yield ActionSpec(
        "about", QT_TRANSLATE_NOOP("Actions", "&About"),
        QT_TRANSLATE_NOOP("Actions", "Tell what this program is, and its versions."),
        "Help", "help.show_about", icon="mdi6.information-outline",
    )  # fmt: skip


def _in_place(entries: list[ActionSpec], more: Iterator[ActionSpec]) -> tuple[ActionSpec, ...]:
    """Puts each further entry after the one that it names, or at the end."""
    for spec in more:
        keys = [each.key for each in entries]
        at = keys.index(spec.after) + 1 if spec.after else len(keys)
        entries.insert(at, spec)
    return tuple(entries)


ACTIONS = _in_place(
    [*_file(), *_edit(), *_view(), *_run_and_help()],
    (spec for part in PARTS for spec in part.entries),
)
