"""The picture of the clusters: what is coloured, by what, and which window is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from convgui import style
from convgui.model import numbers
from convgui.model.cluster_colours import BY_CLUSTER, BY_SHARE, BY_SIZE, IMAGE
from convgui.model.cluster_view import spans
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.image_panel import ImagePanel
from convgui.widgets.layer import Grid
from convgui.widgets.lit_view import LitView, NumberedLayer
from convgui.widgets.view import Point
from convgui.widgets.view_link import ViewLink

from .parameter_row import ChoiceEdit

if TYPE_CHECKING:
    from convgui.model.cluster_members import Cluster
    from convgui.model.cluster_scene import Scene

MOST_SPANS = 4096


class ClusterPicture(QWidget):
    """Shows a scene, or why there is none.

    Signals
    -------
    span_chosen(int), colouring_chosen(str)
    place_chosen((row, column) or None)
    """

    span_chosen = Signal(object)
    colouring_chosen = Signal(object)
    place_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self.span = ChoiceEdit(())
        self.span.set_name(self.tr("What is clustered by itself"))
        self.span.setToolTip(self.tr("What is clustered by itself."))
        self.span.changed.connect(self.span_chosen)
        self.colouring = ChoiceEdit((
            (BY_CLUSTER, self.tr("Each cluster")), (BY_SIZE, self.tr("Cluster size")),
            (BY_SHARE, self.tr("Share of the error")), (IMAGE, self.tr("The image")),
        ))  # fmt: skip
        self.colouring.set_name(self.tr("What windows are coloured by"))
        self.colouring.setToolTip(self.tr("What windows are coloured by."))
        self.colouring.set_value(BY_CLUSTER)
        self.colouring.changed.connect(self.colouring_chosen)
        self.view = LitView()
        self.panel = ImagePanel(self.tr("Clusters"), TECHNIQUE_COLOURS["lsh"], self.view)
        self.view.picked.connect(self.place_chosen)
        self.view.cleared.connect(self._clear)
        self.link = ViewLink(self)
        self.link.add(self.view)
        self.link.pointed.connect(self._tell)
        self.words = QLabel()
        style.set_role(self.words, "caption")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.set_role(self.note, "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.note)
        self._pages.addWidget(self._workspace())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._tell(None)

    def _workspace(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.setSpacing(style.GRID)
        row.addWidget(self.span, 1)
        row.addWidget(self.colouring, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID // 2)
        column.addLayout(row)
        column.addWidget(self.panel, 1)
        column.addWidget(self.words)
        return page

    def show_reason(self, text: str) -> None:
        """Says why there is no picture; "" shows the picture."""
        self.note.setText(text)
        self._pages.setCurrentIndex(0 if text else 1)

    def show_scene(self, scene: Scene | None) -> None:
        """Shows other clusters; none holds no pixels any more."""
        self._scene = scene
        if scene is None:
            self.view.set_marks(None)
            self.panel.show_layer(None)
            return
        request, painted, clusters = scene.comparison.request, scene.painted, scene.clusters
        window = tuple(request.filters.shape[2:])
        geometry = request.geometry
        placement = geometry.place(tuple(request.image.shape[1:]), window)
        grid = Grid.of_output(placement.before, window, geometry.strides, geometry.dilations)
        layer = NumberedLayer(
            painted.pixels, painted.levels, painted.table, grid, numbers=clusters.ids
        )
        count, windows = numbers.si(len(clusters.counts)), numbers.si(clusters.ids.size)
        self.view.set_marks(None)
        self.panel.show_layer(
            layer, self.tr("{0} of {1} windows").format(count, windows), count
        )
        if painted.table is not None and painted.ends != ("", ""):
            size = scene.wish.colouring == BY_SIZE
            unit = self.tr("members, log.") if size else self.tr("of squared error, log.")
            short = self.tr("log.")
            self.panel.bar.show_levels(
                painted.levels, painted.table, unit, short, painted.ends
            )
        else:
            self.panel.bar.show_caption(self._caption(scene))
        height, width = request.image.shape[1:]
        self.link.set_whole(QRectF(0, 0, width, height))
        self._show_spans(scene)
        self._tell(self.link.point)

    def show_cluster(self, cluster: Cluster | None) -> None:
        """Lights a cluster's members up and frames the window, or shows all alike."""
        self.view.set_marks(None if cluster is None else cluster.marks)
        self.view.set_region(None if cluster is None else QRectF(*cluster.frame))
        layer = self.view.layer
        if cluster is not None and layer is not None:
            self.link.set_point(layer.centre(cluster.row, cluster.column))

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the picture faintly while it is out of date."""
        self.panel.set_dimmed(dimmed)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.panel.apply_theme(theme)

    def _show_spans(self, scene: Scene) -> None:
        count = min(spans(scene.outcome), MOST_SPANS)
        channel = scene.outcome.technique.scope == "channel"
        name = self.tr("Channel {0}") if channel else self.tr("Piece {0}")
        texts = [name.format(at + 1) for at in range(count)]
        if texts != [self.span.itemText(at) for at in range(self.span.count())]:
            self.span.clear()
            for at, text in enumerate(texts):
                self.span.addItem(text, at)
        self.span.set_value(scene.wish.span)
        self.span.setVisible(count > 1)
        self.colouring.set_value(scene.wish.colouring)

    def _caption(self, scene: Scene) -> str:
        if scene.comparison.filter_count > 1:
            return self.tr("Errors are those of filter {0}").format(scene.clusters.index + 1)
        return ""

    def _clear(self) -> None:
        self.place_chosen.emit(None)

    def _tell(self, point: Point | None) -> None:
        layer = self.view.layer
        cell = None if layer is None or point is None else layer.at(*point)
        if cell is None or self._scene is None:
            text = self.tr("Click a window, or go there with the arrow keys.")
        else:
            clusters = self._scene.clusters
            number = int(clusters.ids[cell])
            text = self.tr("Window x {0}, y {1} · cluster {2} · {3} members").format(
                cell[1], cell[0], number, numbers.full(int(clusters.counts[number]))
            )
        self.words.setText(text)
