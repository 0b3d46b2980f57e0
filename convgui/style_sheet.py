"""The one style sheet: ``@name`` is a colour of the theme, ``role`` is what ``set_role`` sets.

It is the same text in every theme, for its colours are named after the palette's. To give Qt
another text takes it a tenth of a second, to give it another palette next to nothing.
"""

from __future__ import annotations

import re

from convgui.model.colours import TECHNIQUE_COLOURS

PALETTE = {
    "window": "window", "panel": "base", "raised": "button", "pressed": "midlight", "text": "text",
    "muted": "link-visited", "hairline": "mid", "error": "bright-text",
    # Tool tips themselves have their colours from the sheet.
    "outline": "tooltip-text", "error_background": "tooltip-base",
}  # fmt: skip
"""What colours of the theme are called in the palette of :func:`convgui.style.palette`."""

SHEET = """
QMainWindow::separator { background: @hairline; width: 1px; height: 1px; }
QDockWidget { font-size: 13px; font-weight: 600; }
QDockWidget::title { background: @panel; padding: 8px 8px 4px 8px; text-align: left; }
QMenuBar { background: @window; }
QToolBar { background: @window; border: none; border-bottom: 1px solid @hairline;
           padding: 2px 8px 4px 8px; spacing: 2px; }
QToolBar::separator { background: @hairline; width: 1px; margin: 4px 6px; }
QToolBar QToolButton { border: none; border-radius: 4px; padding: 3px 6px; }
QToolBar QToolButton:hover, QToolBar QToolButton:checked { background: @pressed; }
QToolBar QToolButton::menu-indicator { image: none; }
QStatusBar { background: @window; border-top: 1px solid @hairline; }
QStatusBar::item { border: none; }
QTabWidget::pane { border: none; }
QTabBar { background: @panel; }
QTabBar::tab { background: @panel; color: @muted; padding: 5px 11px 4px 11px;
               border: 1px solid transparent; border-bottom: 2px solid @hairline; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @text; }
QTabBar::tab:selected:focus { border-color: @muted; border-bottom-color: @text; }
QToolTip { background: @panel; color: @text; border: 1px solid @hairline; padding: 4px; }
QScrollArea { border: none; }
QScrollArea[role="page"] { border: 1px solid transparent; }
QScrollArea[role="page"]:focus { border-color: @muted; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @hairline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { height: 2px; border-radius: 1px; background: @hairline; }
QSlider::sub-page:horizontal { height: 2px; border-radius: 1px; background: @muted; }
QSlider::sub-page:horizontal:disabled { background: @hairline; }
QSlider[role="mirrored"]::sub-page:horizontal { background: @hairline; }
QSlider[role="mirrored"]::add-page:horizontal { height: 2px; border-radius: 1px;
                                                background: @muted; }
QSlider[role="mirrored"]::add-page:horizontal:disabled { background: @hairline; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 6px;
                             background: @text; }
QSlider::handle:horizontal:hover { background: @muted; }
QSlider::handle:horizontal:disabled { background: @hairline; }

QProgressBar { border: none; border-radius: 4px; background: @pressed; }
QProgressBar::chunk { border-radius: 4px; background: @muted; }
QProgressBar[role="progress-exact"]::chunk { background: @technique_exact; }
QProgressBar[role="progress-differential"]::chunk { background: @technique_differential; }
QProgressBar[role="progress-lsh"]::chunk { background: @technique_lsh; }

*[role="panel"] { background: @panel; }
*[role="title"] { font-size: 13px; font-weight: 600; }
*[role="caption"] { font-size: 11px; color: @muted; }
*[role="muted"] { color: @muted; }
*[role="fixed"] { font-family: monospace, Consolas, Menlo; font-size: 11px; color: @muted; }
*[role="error"] { color: @error; }
QToolButton[role="group"] { border: 1px solid transparent; border-radius: 4px; padding: 3px;
                            font-weight: 600; }
QToolButton[role="group"]:hover, QToolButton[role="flat"]:hover { background: @pressed; }
QToolButton[role="flat"] { border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QToolButton[role="dot"] { border: 1px solid transparent; border-radius: 4px; padding: 0;
                          background: transparent; font-size: 10px; color: @text; }
QToolButton[role="button"] { border: 1px solid @outline; border-radius: 4px; padding: 2px 6px;
                             background: @raised; }
QToolButton[role="button"]:hover, QToolButton[role="button"]:checked { background: @pressed; }
QListWidget[role="list"] { border: 1px solid @outline; border-radius: 4px; }
QListWidget[role="list"]:focus { border-color: @muted; }
QToolButton[role]:focus { border-color: @muted; }
QTreeWidget[role="lines"]::item { padding: 3px 0; }
QFrame[role="popup"] { background: @panel; border: 1px solid @outline; border-radius: 4px; }
QFrame[role="message-info"] { background: @pressed; border-bottom: 1px solid @hairline; }
QFrame[role="message-error"] { background: @error_background;
                               border-left: 4px solid @error;
                               border-bottom: 1px solid @hairline; }
"""


def sheet() -> str:
    """Gives the style sheet as Qt reads it."""
    colours = {key: f"palette({name})" for key, name in PALETTE.items()}
    colours |= {f"technique_{name}": value for name, value in TECHNIQUE_COLOURS.items()}
    return re.sub(r"@(\w+)", lambda found: colours[found.group(1)], SHEET)
