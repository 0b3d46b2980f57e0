"""The chosen cluster in numbers and as windows, and the table that it is chosen from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model import maps, numbers
from convgui.model.cluster_view import BY_ERROR, BY_MEMBERS
from convgui.widgets.layer import MINUS
from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_delegate import LINE
from convgui.widgets.sheet_lines import Cell, Line
from convgui.widgets.window_pair import Tile, WindowPair

from .compare_scene import value_unit
from .parameter_row import ChoiceEdit

if TYPE_CHECKING:
    from convgui.model.cluster_members import Cluster, Spread
    from convgui.model.cluster_scene import Scene

COLOURS = 3
GROUPED = 4
"""Bits that are written together."""


def caption() -> QLabel:
    """Gives a line of small words that wraps."""
    label = QLabel()
    style.set_role(label, "caption")
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def measure(value: float, unit: str = "") -> Cell:
    """Gives a number with its unit, and in full."""
    text = "–" if math.isnan(value) else numbers.number(value, 3).replace("-", MINUS)
    return Cell(f"{text} {unit}".strip(), f"{value:.9g}")


def share(value: float) -> Cell:
    """Gives a share in percent, and in full."""
    return Cell("–" if math.isnan(value) else numbers.percent(100 * value), f"{value:.9g}")


def code_words(code: tuple[int, ...], steps: bool) -> str:
    """Gives a code: bits four by four, or steps with dots between."""
    if steps:
        return " · ".join(str(each) for each in code)
    bits = "".join(str(each) for each in code)
    return " ".join(bits[at : at + GROUPED] for at in range(0, len(bits), GROUPED))


class ChosenCluster(QWidget):
    """Shows a cluster, first what is known at once, then what reading its windows tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._cluster: Cluster | None = None
        self.words, self.code = caption(), caption()
        self.sheet = Sheet(self.tr("Chosen cluster"))
        self.pair = WindowPair()
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        for each in (self.words, self.sheet, self.code, self.pair):
            column.addWidget(each)
        self.show_cluster(None)

    def show_scene(self, scene: Scene | None) -> None:
        """Takes other clusters; the chosen one is told by itself."""
        self._scene = scene

    def show_cluster(self, cluster: Cluster | None) -> None:
        """Shows a cluster, or how to choose one."""
        same = self._cluster and cluster and self._cluster.number == cluster.number
        self._cluster = cluster
        if cluster is None:
            self.words.setText(self.tr("No cluster is chosen. Click a window or a row below."))
        else:
            self.words.setText(
                self.tr("Cluster {0}, chosen by window x {1}, y {2}").format(
                    cluster.number, cluster.column, cluster.row
                )
            )
        if not same:
            self.pair.show_tiles((), (0.0, 1.0))
        self.sheet.show_lines(self._lines(None))
        self.code.setText(self._code())
        self.code.setVisible(cluster is not None)

    def show_spread(self, spread: Spread | None) -> None:
        """Shows what was read of the windows, or that nothing is known of them."""
        if self._scene is None or self._cluster is None:
            return
        self.sheet.show_lines(self._lines(spread, waits=False))
        if spread is None:
            return
        levels = maps.image_levels(self._scene.comparison.request.image)
        names = (self.tr("Red"), self.tr("Green"), self.tr("Blue"))
        several = self._scene.comparison.request.image.shape[0] == COLOURS
        rows = [names[each] for each in spread.channels] if several else ()
        tiles = (
            Tile(self.tr("Representative"), spread.representative),
            Tile(self.tr("This window"), spread.window),
        )
        self.pair.show_tiles(tiles, levels, rows)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.sheet.apply_theme(theme)
        self.pair.apply_theme(theme)

    def _code(self) -> str:
        cluster = self._cluster
        if cluster is None or not cluster.code:
            return ""
        words = code_words(cluster.code, cluster.steps)
        if cluster.steps:
            return self.tr("Code, in steps: {0}").format(words)
        return self.tr("Code, in bits: {0}").format(words)

    def _lines(self, spread: Spread | None, waits: bool = True) -> list[Line]:
        cluster, scene = self._cluster, self._scene
        if cluster is None or scene is None:
            return []
        unit = value_unit(scene.comparison.request.stored)
        members = numbers.full(cluster.members)
        part = numbers.percent(100 * cluster.members / cluster.windows)
        lines = [
            Line("members", (
                Cell(self.tr("Members"), self.tr("Windows of this code")),
                Cell(f"{members} ({part})", members),
            )),
            Line("rmse", (
                Cell(self.tr("RMSE of their outputs"), self.tr("Against exact, filter shown")),
                measure(cluster.rmse, unit),
            )),
            Line("share", (Cell(self.tr("Share of squared error")), share(cluster.share))),
        ]  # fmt: skip
        unknown = Cell("…", muted=True) if waits else measure(math.nan)
        for key, name in (
            ("rms", self.tr("Spread, RMS distance")), ("least", self.tr("Smallest distance")),
            ("most", self.tr("Largest distance")), ("own", self.tr("This window's distance")),
        ):  # fmt: skip
            value = unknown if spread is None else measure(getattr(spread, key), unit)
            tip = self.tr("Of members from the representative, Euclidean: {0}").format(name)
            lines.append(Line(key, (Cell(name, tip), value)))
        return lines


class ClusterTable(Sheet):
    """Rows of clusters; a click or a key chooses one, getting the focus does not.

    Signals
    -------
    chosen(int)
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._by_hand = False
        super().__init__(name, parent)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._choose(current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_hand = True
        before = self.currentIndex()
        super().mousePressEvent(event)
        if self.currentIndex() == before and self.indexAt(event.position().toPoint()).isValid():
            self._choose(before)
        self._by_hand = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_hand = True
        super().keyPressEvent(event)
        self._by_hand = False

    def _choose(self, index: QModelIndex) -> None:
        line = index.siblingAtColumn(0).data(LINE) if index.isValid() else None
        if self._by_hand and isinstance(line, Line) and not line.heading:
            self.chosen.emit(int(line.key))


class ClusterList(QWidget):
    """The foremost clusters, by their members or by the error they cause.

    Signals
    -------
    chosen(int)
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self.order = ChoiceEdit((
            (BY_MEMBERS, self.tr("Largest")), (BY_ERROR, self.tr("Most harmful")),
        ))  # fmt: skip
        self.order.set_name(self.tr("Which clusters are listed"))
        self.order.setToolTip(self.tr("By members, or by the share of the squared error."))
        self.order.set_value(BY_MEMBERS)
        self.order.changed.connect(self._show)
        self.table = ClusterTable(self.tr("Clusters"))
        self.table.chosen.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID // 2, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        column.addWidget(self.order)
        column.addWidget(self.table)

    def show_scene(self, scene: Scene | None) -> None:
        """Lists other clusters."""
        self._scene = scene
        self._show()

    def set_order(self, order: str) -> None:
        """Lists others first."""
        self.order.set_value(order)
        self._show()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.table.apply_theme(theme)

    def _show(self, order: object = None) -> None:
        if self._scene is None:
            self.table.show_lines(())
            return
        heads = (self.tr("Cluster"), self.tr("Members"), self.tr("RMSE"), self.tr("Error"))
        lines = [Line("heading", tuple(Cell(each) for each in heads), heading=True)]
        for row in self._scene.rows[self.order.currentData()]:
            members = Cell(numbers.si(row.members), numbers.full(row.members), share=1.0,
                           colour=row.colour)  # fmt: skip
            cells = Cell(str(row.number)), members, measure(row.rmse), share(row.share)
            lines.append(Line(str(row.number), cells))
        self.table.show_lines(lines)
