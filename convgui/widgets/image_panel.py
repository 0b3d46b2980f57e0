"""A picture with its title above and its colours below."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from convgui.style import Theme

from .colour_bar import ColourBar
from .image_view import ImageView
from .layer import Layer
from .title_strip import TitleStrip

UNFIT = "#c0272d"
"""Pixels that are no number are red in both themes: what lies on the pictures never changes."""


class ImagePanel(QWidget):
    """One of the pictures that are compared.

    Parameters
    ----------
    title : str
        What is seen.
    colour : str or None
        Its technique's colour; None for what belongs to no technique.
    view : ImageView
        What shows the picture.
    """

    def __init__(
        self, title: str, colour: str | None, view: ImageView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colour = colour
        self.title = TitleStrip(title)
        self.view = view
        self.view.setAccessibleName(title)
        self.bar = ColourBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)

    def show_layer(
        self,
        layer: Layer | None,
        *figures: str,
        units: tuple[str, str] = ("", ""),
        alert: str = "",
        caption: str = "",
    ) -> None:
        """Shows a picture, figures beside its title and the unit of its values, in short too.

        A caption stands below it in place of its colours.
        """
        self.title.set_figures(*figures, alert=alert)
        self.view.set_layer(layer)
        self.view.setAccessibleDescription(self.title.accessibleDescription())
        if layer is not None and layer.table is not None and not caption:
            self.bar.show_levels(layer.levels, layer.table, *units)
        else:
            self.bar.show_caption(caption)

    def set_stripe(self, colour: str) -> None:
        """Sets the colour beside the title, where another technique is seen."""
        self._colour = colour
        self.title.set_stripe(colour)

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the picture faintly while it is out of date."""
        self.view.set_dimmed(dimmed)
        self.bar.set_dimmed(dimmed)

    def apply_theme(self, theme: Theme) -> None:
        """Wears another theme."""
        self.title.set_colours(self._colour or theme.muted, theme.muted, theme.error)
        self.bar.set_colours(theme.muted)
        self.view.set_colours(theme.image_background, UNFIT)
