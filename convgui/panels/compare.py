"""The "Compare" tab: input, filter, every technique's output and its error, at the same place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from convgui import style
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.look import Look
from convgui.model.session import Session
from convgui.model.shown import shown
from convgui.widgets.arrangement import BANK, ERROR, EXACT, FILTER, INPUT
from convgui.widgets.empty_state import EmptyState
from convgui.widgets.filter_panel import BankPanel, FilterPanel
from convgui.widgets.held_view import HeldView
from convgui.widgets.image_panel import ImagePanel
from convgui.widgets.marked_view import MarkedView
from convgui.widgets.mosaic import Mosaic
from convgui.widgets.readout import Readout
from convgui.widgets.view_link import ViewLink

from . import compare_readout
from .compare_places import Places
from .compare_scene import Content, filter_figures, geometry_words, image_content, scene
from .compare_wipe import Wiper
from .compare_words import plain_title
from .names import offered_samples
from .profile import Profiler

if TYPE_CHECKING:
    from convgui.model.compute import Comparison
    from convgui.model.histogram import Pyramid
    from convgui.model.image import Image

class ComparePanel(QWidget):
    """One page of the main area.

    Signals
    -------
    pixel_hovered(Probe or None), pixel_chosen()
        What is under the crosshair, and that its output is to be explained.
    files_dropped(list of str)
    filter_chosen(int)
    open_requested()
    sample_requested(str)
    """

    pixel_hovered = Signal(object)
    pixel_chosen = Signal()
    files_dropped = Signal(list)
    filter_chosen = Signal(int)
    open_requested = Signal()
    sample_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: Image | None = None
        self._comparison: Comparison | None = None
        self._contents: dict[str, Content] = {}
        self._index = 0
        self._look, self._theme = Look(), style.LIGHT
        self._expected = shown(Session())[1:]
        self.pictures: dict[str, ImagePanel] = {}
        self._mosaic = Mosaic()
        self._link = ViewLink(self)
        self._link.pointed.connect(self._show_values)
        self.wiper = Wiper(self.pictures, self)
        self.filter = FilterPanel()
        self.bank = BankPanel()
        self.bank.chosen.connect(self.filter_chosen)
        self._mosaic.add(FILTER, self.filter)
        self._mosaic.add(BANK, self.bank)
        self.readout = Readout()
        hint = self.tr(
            "Point at a picture. The wheel zooms, dragging pans, or frames a region with Shift."
        )
        self.readout.set_hint(hint)
        self.profiler = Profiler(self._link, self)
        self.places = Places(self, self.readout, self.pictures, self._link)
        self._empty = EmptyState(offered_samples)
        self._empty.open_requested.connect(self.open_requested)
        self._empty.sample_requested.connect(self.sample_requested)
        self._lay_out()
        for name in (INPUT, EXACT, *(name for name in TECHNIQUE_COLOURS if name != EXACT)):
            self._make_panels(name)
        # The bank is made first, and stands last.
        self.setTabOrder(list(self.pictures.values())[-1].view, self.bank.strip)
        self._arrange()
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Compare"))

    @property
    def filter_index(self) -> int:
        """The filter of the bank that is shown."""
        return self._index

    def _lay_out(self) -> None:
        workspace = QWidget()
        column = QVBoxLayout(workspace)
        column.setContentsMargins(style.GRID, style.GRID, style.GRID, 0)
        column.setSpacing(0)
        column.addWidget(self._mosaic, 1)
        column.addWidget(self.readout)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(workspace)

    def _make_panels(self, name: str) -> None:
        """Makes a technique's panel, and that of its error where it has one."""
        for each in (name,) if name in (INPUT, EXACT) else (name, name + ERROR):
            view = MarkedView() if each.endswith(ERROR) else HeldView()
            panel = ImagePanel(plain_title(each), TECHNIQUE_COLOURS.get(name), view)
            panel.apply_theme(self._theme)
            self.pictures[each] = panel
            self._mosaic.add(each, panel)
            self._link.add(panel.view)
            panel.view.chosen.connect(self.pixel_chosen)
            self.wiper.add(panel)
            self.places.add(panel)
            self.profiler.add(panel.view)

    def show_image(self, image: Image | None) -> None:
        """Shows an image that nothing has been run on, or the empty state."""
        if image is self._image and image is not None:
            return
        self._image = image
        self._comparison = None
        self._index = 0
        self.show_progress_dimmed(False)
        self._contents = {} if image is None else {INPUT: image_content(image, self._look)}
        self._show_contents()
        self._pages.setCurrentIndex(0 if image is None else 1)

    def show_session(self, session: Session, image: Image | None) -> None:
        """Leaves room for the techniques that the session shows, until there is a result."""
        if self._expected != shown(session)[1:]:
            self._expected = shown(session)[1:]
            if self._comparison is None:
                self._arrange()

    def show_comparison(self, comparison: Comparison) -> None:
        """Shows what every technique gave."""
        self._comparison = comparison
        self._index = min(self._index, comparison.filter_count - 1)
        self.show_progress_dimmed(False)
        self._show_scene()
        self._pages.setCurrentIndex(1)

    def show_progress_dimmed(self, dimmed: bool) -> None:
        """Draws the last result faintly while a new one is computed."""
        for name, panel in self.pictures.items():
            if name != INPUT:
                panel.set_dimmed(dimmed)

    def set_filter_index(self, index: int) -> None:
        """Shows another filter of the bank."""
        if self._comparison is not None:
            index = min(max(index, 0), self._comparison.filter_count - 1)
        if index != self._index:
            self._index = index
            if self._comparison is not None:
                self._show_scene()

    def show_look(self, look: Look) -> None:
        """Shows the same results as a look says."""
        before, self._look = self._look, look
        if look == before:
            return
        self.profiler.set_along_column(look.along_column)
        if look.shows_as(before):
            self.wiper.show(self._contents, look)
        elif self._comparison is not None:
            self._show_scene()
        elif self._image is not None:
            self._contents = {INPUT: image_content(self._image, look)}
            self._show_contents()

    def show_marks(self, marks: Mapping[str, Pyramid]) -> None:
        """Marks pixels of the error maps, by technique; none of those not named."""
        for name, panel in self.pictures.items():
            if isinstance(panel.view, MarkedView):
                panel.view.set_marks(marks.get(name.removesuffix(ERROR)))

    def set_linked(self, linked: bool) -> None:
        """Lets the panels move together, or each by itself."""
        self._link.set_linked(linked)

    def zoom_fit(self) -> None:
        """Shows the whole image."""
        self._link.fit()

    def zoom_actual(self) -> None:
        """Shows an image pixel as a pixel of the screen."""
        self._link.actual()

    def zoom_in(self) -> None:
        """Goes closer."""
        self._link.zoom(2.0)

    def zoom_out(self) -> None:
        """Goes away."""
        self._link.zoom(0.5)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._theme = theme
        for panel in (*self.pictures.values(), self.filter, self.bank):
            panel.apply_theme(theme)
        self.readout.apply_theme(theme)
        self._empty.apply_theme(theme)

    def _show_scene(self) -> None:
        comparison = self._comparison
        if comparison is not None:
            self._contents = scene(comparison, self._index, self._look)
            self._show_contents()

    def _show_contents(self) -> None:
        comparison = self._comparison
        for name in [name for name in self._contents if name not in self.pictures]:
            self._make_panels(name.removesuffix(ERROR))
        self._arrange()
        whole = QRectF(0, 0, 1, 1)
        if INPUT in self._contents:
            height, width = self._contents[INPUT].layer.size
            whole = QRectF(0, 0, width, height)
        shown_name = self._image.name if self._image is not None else ""
        if comparison is not None:
            shown_name = comparison.request.image_name
        for name, panel in self.pictures.items():
            content = self._contents.get(name)
            if content is None:
                panel.show_layer(None)
            else:
                panel.title.set_title(content.title, content.short)
                panel.show_layer(
                    content.layer, *content.figures, alert=content.alert,
                    units=(content.unit, content.short_unit or content.unit),
                    caption=shown_name if name == INPUT else "",
                )
        if comparison is not None:
            bank = comparison.request.filters
            figures = filter_figures(comparison, self._index)
            self.filter.show_filter(bank[self._index], figures, geometry_words(comparison))
            self.bank.show_filters(bank, self._index)
        else:
            self.filter.show_filter(None, ("",), "")
        self.wiper.show(self._contents, self._look)
        self.places.show(self._contents)
        self.profiler.show(self._contents)
        self.readout.set_fields(compare_readout.fields(self._contents))
        self._link.set_whole(whole)
        self._show_values(self._link.point)

    def _arrange(self) -> None:
        """Places the panels that the comparison has; before there is one, all of the usual."""
        if self._comparison is None:
            names = self._expected
        else:
            names = tuple(each.name for each in self._comparison.outcomes if each.name != EXACT)
        content = self._contents.get(INPUT)
        height, width = content.layer.size if content is not None else (3, 4)
        several = self._comparison is not None and self._comparison.filter_count > 1
        self._mosaic.arrange((width, height), names, several)

    def _show_values(self, point: tuple[float, float] | None) -> None:
        probe = compare_readout.probe(self._contents, point)
        self.readout.show_values({} if probe is None else probe.texts)
        self.pixel_hovered.emit(probe)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._empty.set_highlighted(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._empty.set_highlighted(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._empty.set_highlighted(False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
