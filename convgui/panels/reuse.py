"""The "Reuse" tab: clusters on the image, and beside them what they cost; drift; bits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from convgui import style
from convgui.widgets import scrolled
from convgui.widgets.collapsible import CollapsibleGroup, fold_named, folded_names
from convgui.widgets.page import Page

from .bits import BitsPanel
from .cluster_picture import ClusterPicture
from .cluster_sheet import ChosenCluster, ClusterList
from .compare_scene import value_unit
from .drift import DriftPanel

if TYPE_CHECKING:
    from convgui.model.cluster_members import Cluster, Spread
    from convgui.model.cluster_scene import Scene
    from convgui.model.compute import Comparison

BESIDE = 80 * style.GRID
"""Points of width from which on the numbers stand beside the picture, not below it."""
COLUMN = 42 * style.GRID


class ReusePanel(Page):
    """One page of the main area.

    Signals
    -------
    drift_wanted(bool), bits_wanted(bool)
        This group is unfolded, or folded away.
    """

    drift_wanted = Signal(bool)
    bits_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self.picture = ClusterPicture()
        self.cluster = ChosenCluster()
        self.list = ClusterList()
        self.drift = DriftPanel()
        self.bits = BitsPanel()
        self.groups: dict[str, CollapsibleGroup] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(style.GRID // 2, style.GRID // 2, style.GRID, style.GRID)
        self._column.setSpacing(style.GRID // 2)
        for name, title, body in (
            ("cluster", self.tr("Chosen cluster"), self.cluster),
            ("list", self.tr("Clusters"), self.list),
            ("drift", self.tr("Drift along rows"), self.drift),
            ("bits", self.tr("Bits of the image"), self.bits),
        ):
            self.groups[name] = CollapsibleGroup(title, body)
            self._column.addWidget(self.groups[name])
        self.groups["drift"].folded.connect(self._tell_wanted)
        self.groups["bits"].folded.connect(self._tell_wanted)
        self._column.addStretch(1)
        body = QWidget()
        body.setLayout(self._column)
        style.set_role(body, "panel")
        self.scroll = QScrollArea()
        scrolled.fill(self.scroll, body)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setAccessibleName(self.tr("Numbers on reuse"))
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(style.GRID, style.GRID, style.GRID, 0)
        self._box.setSpacing(style.GRID)
        self._box.addWidget(self.picture, 1)
        self._box.addWidget(self.scroll, 1)
        self.setFocusProxy(self.picture.view)
        self.setAccessibleName(self.tr("Reuse"))
        self._reasons = {
            "image": self.tr("Open an image to see how its windows cluster."),
            "off": self.tr("LSH is switched off. Switch it on under Techniques in the dock of "
                           "parameters to see its clusters."),
            "none": self.tr("This result came without clusters. Run it again (F5) to see them."),
            "working": self.tr("Finding the clusters…"),
        }  # fmt: skip
        self.show_reason("image")

    def show_reason(self, reason: str) -> None:
        """Says why there are no clusters; "" where there are."""
        self.picture.show_reason(self._reasons.get(reason, reason))
        for name in ("cluster", "list"):
            self.groups[name].setVisible(not reason)

    def show_scene(self, scene: Scene | None) -> None:
        """Shows other clusters, or none."""
        self.picture.show_scene(scene)
        self.cluster.show_scene(scene)
        self.list.show_scene(scene)

    def show_cluster(self, cluster: Cluster | None) -> None:
        """Shows the cluster that was chosen, or none."""
        self.picture.show_cluster(cluster)
        self.cluster.show_cluster(cluster)

    def show_spread(self, spread: Spread | None) -> None:
        """Shows what reading its windows told."""
        self.cluster.show_spread(spread)

    def show_comparison(self, comparison: Comparison) -> None:
        """Takes the unit of another result's values."""
        self._unit = value_unit(comparison.request.stored)

    def show_drift(self, found: object) -> None:
        """Shows errors by column, or why there are none."""
        self.drift.show_drift(found, self._unit)

    def show_bits(self, found: object) -> None:
        """Shows terms, or why there are none."""
        self.bits.show_bits(found)

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the last clusters faintly while new ones are worked out."""
        self.picture.set_dimmed(dimmed)

    def folded_groups(self) -> tuple[str, ...]:
        """The groups that are folded away."""
        return folded_names(self.groups)

    def fold_groups(self, names: Iterable[str]) -> None:
        """Folds these groups and unfolds the others."""
        fold_named(self.groups, names)
        self._tell_wanted()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        for each in (self.picture, self.cluster, self.list, self.drift, self.bits):
            each.apply_theme(theme)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * style.GRID, 40 * style.GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self.scroll.setMinimumWidth(COLUMN if beside else 0)
        self.scroll.setMaximumWidth(COLUMN if beside else self.width())

    def _tell_wanted(self) -> None:
        self.drift_wanted.emit(not self.groups["drift"].is_folded)
        self.bits_wanted.emit(not self.groups["bits"].is_folded)
