"""How the window looks: two palettes, three type sizes, an 8 pixel grid."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from convgui import dressing
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.style_sheet import sheet

GRID = 8
TITLE, BODY, CAPTION = 13, 12, 11
# The Fusion style's outlines are so many percent darker than the window's colour.
OUTLINE_SHADE = 140
CHOICES = ("system", "light", "dark")
WORN = "convgui-theme"


@dataclass(frozen=True)
class Theme:
    """Colours of the window, as "#rrggbb".

    Attributes
    ----------
    window, panel : str
        Behind the docks and within them.
    raised, pressed : str
        A button, and a button under the pointer or pressed.
    text, muted : str
        What is read, and what stands beside it.
    hairline : str
        The one line between docks.
    outline : str
        Around what can be edited.
    selection : str
        Behind selected text and rows; neutral, for blue means the exact technique.
    error, error_background : str
        Red is for errors only.
    image_background : str
        The mid grey around an image and in the middle of a signed error map, the same in both
        themes so that neither changes how an image looks.
    """

    name: str
    window: str
    panel: str
    raised: str
    pressed: str
    text: str
    muted: str
    hairline: str
    outline: str
    selection: str
    error: str
    error_background: str
    image_background: str = "#808080"

    @property
    def dark(self) -> bool:
        """Whether text is lighter than what is behind it."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    window="#f4f4f5",
    panel="#ffffff",
    raised="#ffffff",
    pressed="#e6e7e9",
    text="#1c1c1e",
    muted="#6b6e74",
    hairline="#d9dadd",
    outline="#b9bbc0",
    selection="#d3d6dc",
    error="#c0272d",
    error_background="#fbeaea",
)
DARK = Theme(
    name="dark",
    window="#1f2023",
    panel="#27282c",
    raised="#303237",
    pressed="#3b3d43",
    text="#e6e6e6",
    muted="#9a9da3",
    hairline="#37393f",
    outline="#4b4e56",
    selection="#464951",
    error="#ff7b72",
    error_background="#3a2628",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


EDITORS = (
    "QAbstractSpinBox", "QCheckBox", "QComboBox", "QLineEdit", "QPlainTextEdit", "QPushButton",
    "QRadioButton",
)  # fmt: skip
"""What people type, choose, tick or press; its outlines must be seen wherever it stands."""


def palette(theme: Theme) -> QPalette:
    """Gives the Qt palette of a theme.

    Setting a colour scheme does nothing on plain X11, so the Fusion style gets every colour.
    """
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.panel,
        roles.AlternateBase: theme.window,
        # Both are the sheet's: see style_sheet.PALETTE.
        roles.ToolTipBase: theme.error_background,
        roles.ToolTipText: theme.outline,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.raised,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.error,
        roles.Light: theme.raised,
        roles.Midlight: theme.pressed,
        roles.Mid: theme.hairline,
        roles.Dark: theme.hairline,
        roles.Shadow: theme.hairline,
        roles.Highlight: theme.selection,
        roles.HighlightedText: theme.text,
        roles.Accent: theme.muted,
        roles.Link: theme.text,
        roles.LinkVisited: theme.muted,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, faded(theme))
    return result


def faded(theme: Theme) -> QColor:
    """Gives the colour of what can't be used now."""
    result = QColor(theme.muted)
    result.setAlphaF(0.6)
    return result


def form_palette(theme: Theme) -> QPalette:
    """Gives the palette of a form.

    The Fusion style draws the outlines of editors in a darker shade of the window's colour, and
    that of the focused one in a darker shade of the selection's, neither of which can be seen on
    a dark panel; a form has colours of its own.
    """
    result = palette(theme)
    result.setColor(QPalette.ColorRole.Window, QColor(theme.outline).lighter(OUTLINE_SHADE))
    result.setColor(QPalette.ColorRole.Highlight, QColor(theme.muted))
    result.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.panel))
    return result


def font(pixels: int, *, semibold: bool = False, tabular: bool = False) -> QFont:
    """Gives the system font at one of the three sizes.

    The size is set in points, since much code reads ``pointSize`` of a font and gets -1 from one
    that was set in pixels.
    """
    result = QFont(QApplication.font())
    result.setPointSizeF(pixels * 72.0 / _dots_per_inch())
    if semibold:
        result.setWeight(QFont.Weight.DemiBold)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


ICON = ("exact", "differential", "lsh")


def application_icon() -> QIcon:
    """Gives the window's icon: one bar for each technique that is shown at first."""
    picture = QPixmap(8 * GRID, 8 * GRID)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, name in enumerate(ICON):
        colour = TECHNIQUE_COLOURS[name]
        painter.setBrush(QColor(colour))
        height = (7 - 2 * place) * GRID
        painter.drawRoundedRect(
            GRID // 2 + place * 5 * GRID // 2, 15 * GRID // 2 - height, 2 * GRID, height, 4, 4
        )
    painter.end()
    return QIcon(picture)


def _dots_per_inch() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInch() if screen is not None else 96.0


def set_role(widget: QWidget, role: str) -> None:
    """Gives a widget a role of the style sheet: "title", "caption", "panel", "error" ..."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def own_sheet(widget: QWidget) -> None:
    """Gives a widget a style sheet of its own, which says nothing."""
    widget.setStyleSheet("/**/")


class Appearance(QObject):
    """Keeps the application in the chosen theme, or in the system's.

    Parameters
    ----------
    choice : str
        ``"system"``, ``"light"`` or ``"dark"``.
    """

    changed = Signal(object)

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice if choice in CHOICES else "system"
        self._theme: Theme | None = None
        self.dresser = dressing.Dresser(self)
        self.dresser.seen.connect(self._tell)
        dressing.limit_pixmaps()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow()

    @property
    def choice(self) -> str:
        """What the user chose."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme that is shown now."""
        return self._theme or LIGHT

    def choose(self, choice: str) -> None:
        """Shows another theme from now on."""
        if choice not in CHOICES:
            raise ValueError(f"choice must be one of {', '.join(CHOICES)}, got {choice!r}")
        self._choice = choice
        self._follow()

    def _follow(self) -> None:
        if self._choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            theme = DARK if dark else LIGHT
        else:
            theme = THEMES[self._choice]
        if theme is not self._theme:
            self._theme = theme
            if _wear(theme):
                self.dresser.begin()
            else:
                self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.theme)


def apply(theme: Theme) -> None:
    """Dresses the application in a theme, at once."""
    if _wear(theme):
        dressing.polish_all()


def _wear(theme: Theme) -> bool:
    """Gives the application a theme's colours; gives whether all widgets are to be polished."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("a QApplication must exist before it is given a theme")
    worn = application.property(WORN)
    # Every window asks for its theme.
    if worn == theme.name:
        return False
    application.setProperty(WORN, theme.name)
    if not worn:
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(font(BODY))
    application.setPalette(palette(theme))
    # By kind: beside a style sheet, a palette is not handed down from a form to what is in it.
    for kind in EDITORS:
        application.setPalette(form_palette(theme), kind)
    if not worn:
        application.setStyleSheet(sheet())
    return bool(worn)
