"""Wipe and flicker: every output held against the one of a technique, at the same place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.look import VERTICAL, Look
from convgui.widgets.arrangement import EXACT, INPUT
from convgui.widgets.held_view import HeldView
from convgui.widgets.image_panel import ImagePanel
from convgui.widgets.wipe import Tag, Wipe

from .compare_scene import Content


class Wiper(QObject):
    """Keeps one line across all panels; where one is dragged, all follow."""

    def __init__(self, pictures: Mapping[str, ImagePanel], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._wipe = Wipe()
        self._shown = False
        self._flickers = False

    @property
    def wipe(self) -> Wipe:
        """The line, whether it is shown or not."""
        return self._wipe

    def add(self, panel: ImagePanel) -> None:
        """Takes a panel in."""
        if isinstance(panel.view, HeldView):
            panel.view.wiped.connect(self.move)

    def show(self, contents: Mapping[str, Content], look: Look, first: str = "") -> None:
        """Holds every output but its own against the one that the look names, or the ``first``."""
        self._shown = bool(look.wipe)
        self._wipe = Wipe(look.wipe == VERTICAL, self._wipe.share)
        # A technique that was switched off gives way to the exact one.
        against = first or (look.against if look.against in contents else EXACT)
        other = contents.get(against)
        for name, panel in self._pictures.items():
            if not isinstance(panel.view, HeldView):
                continue
            held = name not in (INPUT, against)
            if held and other is not None and name in contents:
                tags = (_tag(against, other), _tag(name, contents[name]))
                panel.view.set_other(other.layer, tags)
            elif panel.view.other is not None:
                panel.view.set_other(None, panel.view.tags)
        self._draw()

    def move(self, share: float) -> None:
        """Puts the line at a share of every panel."""
        self._wipe = self._wipe.moved(share)
        self._draw()

    def set_flicker(self, flickers: bool) -> None:
        """Shows what is held against the outputs in place of them."""
        self._flickers = flickers
        self._draw()

    def _draw(self) -> None:
        for panel in self._pictures.values():
            if isinstance(panel.view, HeldView):
                panel.view.set_flicker(self._flickers)
                panel.view.set_wipe(self._wipe if self._shown else None)


def _tag(name: str, content: Content) -> Tag:
    return Tag(content.title, content.colour or TECHNIQUE_COLOURS.get(name, "#9a9da3"))
