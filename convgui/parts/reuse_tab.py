"""The tab "Reuse": why windows share results, what it costs them, and where it drifts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from convgui.model.cluster_colours import COLOURINGS
from convgui.panels.reuse import ReusePanel
from convgui.part import Part, Piece, Place, Plain
from convgui.reusing import Reuser
from convgui.style import Theme

if TYPE_CHECKING:
    from convgui.main_window import MainWindow
    from convgui.panels.compare_readout import Probe

FOLDED = "drift,bits"
"""What is folded away at the very first start."""


class ReuseTab(ReusePanel, Piece):
    """The page, with what works out what it shows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.reuser = Reuser(window.jobs, self)
        reuser, controller = self.reuser, window.controller
        controller.compared.connect(self.show_comparison)
        controller.compared.connect(reuser.show_comparison)
        controller.image_changed.connect(reuser.forget)
        controller.stale.connect(self.set_dimmed)
        window.compare.filter_chosen.connect(reuser.show_filter)
        window.compare.pixel_hovered.connect(self._point)
        reuser.state_changed.connect(window.refresh)
        self.seen_changed.connect(reuser.set_seen)
        self.drift_wanted.connect(reuser.want_drift)
        self.bits_wanted.connect(reuser.want_bits)
        self.picture.span_chosen.connect(reuser.set_span)
        self.picture.colouring_chosen.connect(reuser.set_colouring)
        self.picture.place_chosen.connect(reuser.choose)
        self.list.chosen.connect(reuser.choose_cluster)
        self.drift.example_requested.connect(reuser.show_example)
        reuser.reason_changed.connect(self.show_reason)
        reuser.scene_ready.connect(self.show_scene)
        reuser.looked.connect(self.show_cluster)
        reuser.measured.connect(self.show_spread)
        reuser.drifted.connect(self.show_drift)
        reuser.counted.connect(self.show_bits)
        self.restore({})

    def apply_theme(self, theme: Theme) -> None:
        """Draws what does not follow the palette by itself in a theme's colours."""
        ReusePanel.apply_theme(self, theme)

    def _point(self, probe: Probe | None) -> None:
        """Puts the crosshair where that of Compare was last."""
        if probe is not None:
            self.picture.link.set_point((probe.column + 0.5, probe.row + 0.5))

    def kept(self) -> dict[str, Plain]:
        """Gives what is folded, listed and coloured."""
        return {
            "folded": ",".join(self.folded_groups()),
            "order": str(self.list.order.currentData()),
            "colouring": str(self.picture.colouring.currentData()),
        }

    def restore(self, kept: Mapping[str, Plain]) -> None:
        """Takes back what it gave."""
        self.fold_groups(str(kept.get("folded", FOLDED)).split(","))
        if self.list.order.findData(kept.get("order")) >= 0:
            self.list.set_order(str(kept["order"]))
        colouring = kept.get("colouring")
        if colouring in COLOURINGS:
            self.picture.colouring.set_value(colouring)
            self.reuser.set_colouring(str(colouring))


PART = Part(
    "reuse_tab",
    ReuseTab,
    Place(QT_TRANSLATE_NOOP("MainWindow", "Reuse"), "Alt+3"),
)
