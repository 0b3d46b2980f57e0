"""The entries of the View menu on comparing pictures: wipe, flicker, errors, colours, levels."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QT_TRANSLATE_NOOP

from convgui.action_spec import ActionSpec
from convgui.model import colour_maps, maps
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import LABELS
from convgui.model.look import HORIZONTAL, VERTICAL

_WIPES = (
    (VERTICAL, QT_TRANSLATE_NOOP("Actions", "&Wipe left and right"),
     QT_TRANSLATE_NOOP("Actions", "Show the exact output left of a line that can be dragged."),
     "mdi6.compare", "W"),
    (HORIZONTAL, QT_TRANSLATE_NOOP("Actions", "Wipe &top and bottom"),
     QT_TRANSLATE_NOOP("Actions", "Show the exact output above a line that can be dragged."),
     "", "Shift+W"),
)  # fmt: skip
_MODES = (
    (maps.SIGNED, QT_TRANSLATE_NOOP("Actions", "&Signed"),
     QT_TRANSLATE_NOOP("Actions", "Show whether the output is above or below the exact one."),
     "Ctrl+Shift+S", "mdi6.plus-minus-variant"),
    (maps.ABSOLUTE, QT_TRANSLATE_NOOP("Actions", "&Absolute"),
     QT_TRANSLATE_NOOP("Actions", "Show how far the output is from the exact one."),
     "Ctrl+Shift+A", "mdi6.vector-difference"),
    (maps.RELATIVE, QT_TRANSLATE_NOOP("Actions", "&Relative"),
     QT_TRANSLATE_NOOP("Actions", "Show how far it is, in percent of the exact value (plus 1 % of "
                                  "the largest, so that it stays finite at 0)."),
     "Ctrl+Shift+R", "mdi6.percent-outline"),
    (maps.SQUARED, QT_TRANSLATE_NOOP("Actions", "S&quared"),
     QT_TRANSLATE_NOOP("Actions", "Show the square of the error, of which the MSE is the mean."),
     "Ctrl+Shift+U", "mdi6.exponent"),
    (maps.FLIP, QT_TRANSLATE_NOOP("Actions", "As s&een (FLIP)"),
     QT_TRANSLATE_NOOP("Actions", "Show how different both look when they take turns on a screen, "
                                  "by the FLIP metric (Andersson et al. 2020)."),
     "Ctrl+Shift+F", "mdi6.eye-outline"),
)  # fmt: skip
_PLACES = (
    ("go-to", QT_TRANSLATE_NOOP("Actions", "&Go to pixel…"),
     QT_TRANSLATE_NOOP("Actions", "Put the crosshair on a pixel that is typed in."),
     "ask_pixel", "mdi6.crosshairs", "Ctrl+G"),
    ("region-seen", QT_TRANSLATE_NOOP("Actions", "F&rame what is seen"),
     QT_TRANSLATE_NOOP("Actions", "Measure the part of the image that is seen, as dragging over a "
                                  "picture with Shift held does."),
     "frame_seen", "mdi6.select", "R"),
    ("region-clear", QT_TRANSLATE_NOOP("Actions", "Frame &nothing"),
     QT_TRANSLATE_NOOP("Actions", "Take the frame of the region away."),
     "clear_region", "", "Shift+R"),
)  # fmt: skip


def looking_entries() -> Iterator[ActionSpec]:
    """Gives the entries in the order of the menu."""
    for wipe, text, tip, icon, shortcut in _WIPES:
        yield ActionSpec(
            f"wipe-{wipe}", text, tip, "View", "view.toggle_wipe", wipe, icon, shortcut,
            needs=("comparison",), checkable=True, separated=wipe == VERTICAL,
        )  # fmt: skip
    yield ActionSpec(
        "flicker", QT_TRANSLATE_NOOP("Actions", "&Flicker while the key is held"),
        QT_TRANSLATE_NOOP("Actions", "Show the exact output in every panel until the key is let "
                                     "go."),
        "View", "view.set_flicker", icon="mdi6.swap-horizontal-circle-outline", shortcut="X",
        needs=("comparison",), checkable=True,
    )  # fmt: skip
    for name in TECHNIQUE_COLOURS:
        yield ActionSpec(
            f"against-{name}", LABELS[name],
            QT_TRANSLATE_NOOP("Actions", "Hold the other outputs against that of this technique."),
            "View/Against", "view.set_against", name, choice="against", checkable=True,
            needs=(f"shown-{name}",),
        )  # fmt: skip
    for mode, text, tip, shortcut, icon in _MODES:
        yield ActionSpec(
            f"error-{mode}", text, tip, "View/Errors", "view.set_error_mode", mode, icon, shortcut,
            choice="error", checkable=True,
        )  # fmt: skip
    yield ActionSpec(
        "log-counts", QT_TRANSLATE_NOOP("Actions", "&Logarithmic histogram"),
        QT_TRANSLATE_NOOP("Actions", "Show the counts of errors as logarithms, so that few are "
                                     "seen beside many."),
        "View/Errors", "view.set_log_counts", shortcut="Ctrl+Shift+L", checkable=True,
        separated=True,
    )  # fmt: skip
    tip = QT_TRANSLATE_NOOP("Actions", "Show errors in these colours, told apart by colour-blind "
                                       "eyes, too.")  # fmt: skip
    for kind, maps_ in (("signed", colour_maps.SIGNED), ("sizes", colour_maps.SIZES)):
        for each in maps_:
            yield ActionSpec(
                f"map-{each.name}", each.label, tip, "View/Colours", "view.set_error_map",
                each.name, needs=(kind,), choice=f"map-{kind}", checkable=True,
                separated=kind == "sizes" and each is maps_[0],
            )  # fmt: skip
    for key, text, tip, callback, icon, shortcut in _PLACES:
        yield ActionSpec(
            key, text, tip, "View", f"compare.places.{callback}", icon=icon, shortcut=shortcut,
            needs=("image",), separated=key == "go-to",
        )  # fmt: skip
    yield ActionSpec(
        "region-only", QT_TRANSLATE_NOOP("Actions", "&Only the region"),
        QT_TRANSLATE_NOOP("Actions", "Measure accuracies, also those that are exported, in the "
                                     "region that is framed."),
        "View", "view.set_region_only", shortcut="Ctrl+R", checkable=True,
    )  # fmt: skip
    yield ActionSpec(
        "profile-line", QT_TRANSLATE_NOOP("Actions", "Profile along a &line"),
        QT_TRANSLATE_NOOP("Actions", "Start a line at the crosshair; again to end it there, and "
                                     "again to take it away. Dragging with Alt held draws one."),
        "View", "compare.profiler.step_line", icon="mdi6.vector-line", shortcut="P",
        needs=("comparison",),
    )  # fmt: skip
    yield ActionSpec(
        "profile-column", QT_TRANSLATE_NOOP("Actions", "&Profile along the column"),
        QT_TRANSLATE_NOOP("Actions", "Show values from top to bottom through the crosshair, not "
                                     "from left to right."),
        "View", "view.set_along_column", shortcut="Shift+C", checkable=True,
    )  # fmt: skip
    yield ActionSpec(
        "levels-auto", QT_TRANSLATE_NOOP("Actions", "A&utomatic levels"),
        QT_TRANSLATE_NOOP("Actions", "Take all levels from the values again; gamma and exposure "
                                     "become neutral."),
        "View", "view.set_automatic", icon="mdi6.auto-fix", shortcut="Ctrl+U", needs=("typed",),
    )  # fmt: skip
