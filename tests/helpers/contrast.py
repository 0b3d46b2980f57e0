"""How well one colour can be told from another, as WCAG 2 defines it."""

from __future__ import annotations

from PySide6.QtGui import QColor


def luminance(colour):
    """Gives the relative luminance of a colour, 0 to 1."""
    parts = [value / 255 for value in QColor(colour).getRgb()[:3]]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Gives the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
