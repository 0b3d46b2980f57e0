"""Places in the pictures: a pixel to go to, and the region that is framed in all of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QWidget

from convgui.model.region import Region
from convgui.style import GRID
from convgui.widgets.arrangement import ERROR, EXACT, INPUT
from convgui.widgets.framing import Framer
from convgui.widgets.image_panel import ImagePanel
from convgui.widgets.image_view import ImageView
from convgui.widgets.view import Point
from convgui.widgets.view_link import ViewLink

from .compare_scene import Content
from .go_to import GoTo


class Places(QObject):
    """Keeps one region across all panels, whichever it is drawn in.

    Signals
    -------
    region_changed(Region or None, dict of str to ndarray, ndarray or None)
        The region, the pixels of input and outputs in it, and the whole exact output.
    """

    region_changed = Signal(object, object, object)

    def __init__(
        self,
        page: QWidget,
        over: QWidget,
        pictures: Mapping[str, ImagePanel],
        link: ViewLink,
    ) -> None:
        super().__init__(page)
        self._over = over
        self._page, self._pictures, self._link = page, pictures, link
        self._contents: Mapping[str, Content] = {}
        self._region: Region | None = None
        self._framer = Framer(self)
        self._framer.framed.connect(self._frame)
        self._framer.cleared.connect(self.clear_region)
        self.go_to = GoTo(page)
        self.go_to.chosen.connect(self._go)
        self.go_to.closed.connect(self._leave)
        self._back: QWidget | None = None

    @property
    def region(self) -> Region | None:
        """What is framed."""
        return self._region

    def add(self, panel: ImagePanel) -> None:
        """Takes a panel in."""
        self._framer.add(panel.view)

    def show(self, contents: Mapping[str, Content]) -> None:
        """Takes other pictures; a region that lies beyond them is gone."""
        self._contents = contents
        region = self._region
        self._set(None if region is None else self._within(region[:2], region[2:]), anew=True)

    def ask_pixel(self) -> None:
        """Asks which pixel to go to."""
        if INPUT not in self._contents:
            return
        height, width = self._contents[INPUT].layer.size
        focused = self._page.focusWidget()
        self._back = focused if isinstance(focused, ImageView) else None
        # Over the read-out, all of it: half a line would show beside less.
        wide, high = self._page.width() - 2 * GRID, self.go_to.sizeHint().height()
        place = self._over.geometry()
        high = max(high, place.height())
        self.go_to.setGeometry(GRID, place.bottom() + 1 - high, wide, high)
        self.go_to.ask((width, height), self._link.point)

    def frame_seen(self) -> None:
        """Frames what is seen of the first picture."""
        view = self._pictures[INPUT].view
        seen = view.view.seen(view.area)
        self._frame((seen.left(), seen.top()), (seen.right(), seen.bottom()))

    def clear_region(self) -> None:
        """Frames nothing."""
        self._set(None)

    def _within(self, one: Point, other: Point) -> Region | None:
        if INPUT not in self._contents:
            return None
        return Region.between(one, other, self._contents[INPUT].layer.size)

    def _frame(self, one: Point, other: Point) -> None:
        self._set(self._within(one, other))

    def _set(self, region: Region | None, anew: bool = False) -> None:
        if region == self._region and not (anew and region):
            return
        self._region = region
        frame = None if region is None else QRectF(*region[:2], *region.size)
        for panel in self._pictures.values():
            panel.view.set_region(frame)
        parts, exact = {}, None
        if region is not None:
            for name, content in self._contents.items():
                part = content.layer.part(*region)
                if not name.endswith(ERROR) and part.size:
                    parts[name] = part
            if EXACT in self._contents:
                exact = self._contents[EXACT].layer.pixels
        self.region_changed.emit(region, parts, exact)

    def _go(self, column: int, row: int) -> None:
        height, width = self._contents[INPUT].layer.size
        self._link.go((min(column, width - 1) + 0.5, min(row, height - 1) + 0.5))

    def _leave(self) -> None:
        # The arrows go on from the pixel that was gone to.
        back = self._back if self._back is not None else self._pictures[INPUT].view
        back.setFocus()
