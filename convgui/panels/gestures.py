"""Keys and movements of the mouse that no menu names, by where they work."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

GESTURES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (QT_TRANSLATE_NOOP("Gestures", "In a picture: mouse"), (
        (QT_TRANSLATE_NOOP("Gestures", "Point"),
         QT_TRANSLATE_NOOP("Gestures", "Read the values of all pictures at that pixel")),
        (QT_TRANSLATE_NOOP("Gestures", "Drag"), QT_TRANSLATE_NOOP("Gestures", "Pan")),
        (QT_TRANSLATE_NOOP("Gestures", "Wheel"),
         QT_TRANSLATE_NOOP("Gestures", "Zoom about the pointer")),
        (QT_TRANSLATE_NOOP("Gestures", "Double click"),
         QT_TRANSLATE_NOOP("Gestures", "Show the whole image")),
        (QT_TRANSLATE_NOOP("Gestures", "Shift + drag"),
         QT_TRANSLATE_NOOP("Gestures", "Frame a region and measure it")),
        (QT_TRANSLATE_NOOP("Gestures", "Shift + click"),
         QT_TRANSLATE_NOOP("Gestures", "Take the frame away")),
        (QT_TRANSLATE_NOOP("Gestures", "Alt + drag"),
         QT_TRANSLATE_NOOP("Gestures", "Draw a line for the profile")),
        (QT_TRANSLATE_NOOP("Gestures", "Alt + click"),
         QT_TRANSLATE_NOOP("Gestures", "Take the line away")),
        (QT_TRANSLATE_NOOP("Gestures", "Drop a file"),
         QT_TRANSLATE_NOOP("Gestures", "Open it")),
    )),
    (QT_TRANSLATE_NOOP("Gestures", "In a picture: keys"), (
        (QT_TRANSLATE_NOOP("Gestures", "Arrows"),
         QT_TRANSLATE_NOOP("Gestures", "Move the crosshair by a pixel")),
        (QT_TRANSLATE_NOOP("Gestures", "Shift + arrows"),
         QT_TRANSLATE_NOOP("Gestures", "Move the crosshair by ten pixels")),
        (QT_TRANSLATE_NOOP("Gestures", "Ctrl + arrows"), QT_TRANSLATE_NOOP("Gestures", "Pan")),
        (QT_TRANSLATE_NOOP("Gestures", "+, −"),
         QT_TRANSLATE_NOOP("Gestures", "Zoom about the crosshair")),
        (QT_TRANSLATE_NOOP("Gestures", "Home"),
         QT_TRANSLATE_NOOP("Gestures", "Show the whole image")),
    )),
    (QT_TRANSLATE_NOOP("Gestures", "At the line of a wipe"), (
        (QT_TRANSLATE_NOOP("Gestures", "Drag"), QT_TRANSLATE_NOOP("Gestures", "Move the line")),
        (QT_TRANSLATE_NOOP("Gestures", "Double click"),
         QT_TRANSLATE_NOOP("Gestures", "Put the line into the middle")),
        (QT_TRANSLATE_NOOP("Gestures", "Alt + arrows"),
         QT_TRANSLATE_NOOP("Gestures", "Move the line of the picture that has the focus")),
    )),
    (QT_TRANSLATE_NOOP("Gestures", "In the histogram of the errors"), (
        (QT_TRANSLATE_NOOP("Gestures", "Point"),
         QT_TRANSLATE_NOOP("Gestures", "Mark the pixels of a bin")),
        (QT_TRANSLATE_NOOP("Gestures", "Click"),
         QT_TRANSLATE_NOOP("Gestures", "Keep the bin that is marked")),
        (QT_TRANSLATE_NOOP("Gestures", "Left, right"),
         QT_TRANSLATE_NOOP("Gestures", "Go to the next bin")),
        (QT_TRANSLATE_NOOP("Gestures", "Shift + left, right"),
         QT_TRANSLATE_NOOP("Gestures", "Go ten bins on")),
        (QT_TRANSLATE_NOOP("Gestures", "Home, End"),
         QT_TRANSLATE_NOOP("Gestures", "Go to the first or the last bin")),
        (QT_TRANSLATE_NOOP("Gestures", "Esc"), QT_TRANSLATE_NOOP("Gestures", "Mark nothing")),
    )),
    (QT_TRANSLATE_NOOP("Gestures", "In tables and fields"), (
        (QT_TRANSLATE_NOOP("Gestures", "Tab, Shift + Tab"),
         QT_TRANSLATE_NOOP("Gestures", "Go to the next field, or back")),
        (QT_TRANSLATE_NOOP("Gestures", "Space"),
         QT_TRANSLATE_NOOP("Gestures", "Fold a group, press a button, tick a box")),
        (QT_TRANSLATE_NOOP("Gestures", "Up, down, Page Up, Page Down"),
         QT_TRANSLATE_NOOP("Gestures", "Step a number, a choice or a row")),
        (QT_TRANSLATE_NOOP("Gestures", "Left, right"),
         QT_TRANSLATE_NOOP("Gestures", "Fold or unfold a row of a table")),
        (QT_TRANSLATE_NOOP("Gestures", "Ctrl + C"),
         QT_TRANSLATE_NOOP("Gestures", "Copy the rows of a table that are chosen")),
        (QT_TRANSLATE_NOOP("Gestures", "Enter"),
         QT_TRANSLATE_NOOP("Gestures", "Take what was typed")),
        (QT_TRANSLATE_NOOP("Gestures", "Esc"),
         QT_TRANSLATE_NOOP("Gestures", "Give up what was typed")),
    )),
)  # fmt: skip
"""The place, and what is done there for what."""


def gestures() -> list[tuple[str, list[tuple[str, str]]]]:
    """Gives the table in the user's language."""

    def translated(text: str) -> str:
        return QCoreApplication.translate("Gestures", text)

    return [
        (translated(place), [(translated(what), translated(does)) for what, does in rows])
        for place, rows in GESTURES
    ]
