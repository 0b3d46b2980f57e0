"""States of the tab "Reuse" that its screenshots show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from convgui.model.samples import sample_path

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

Settle = Callable[["MainWindow"], None]
VALUES = {
    "clusters": {"kernel_size": 5, "hashes": 6},
    "cluster-sizes": {
        "kernel_size": 5, "hashes": 4, "family": "principal", "step": 128.0, "scope": "window",
        "filter_name": "gabor", "filter_count": 8,
    },
    "drift": {"reference": "previous", "threshold": 6.0, "kernel_size": 5},
}  # fmt: skip


def show(window: MainWindow, settle: Settle, name: str) -> None:
    """Opens a photograph with the values of a state, and the tab."""
    for key, value in VALUES[name].items():
        window.controller.change(key, value)
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    window.tab_actions["reuse_tab"].trigger()
    settle(window)


def clusters(window: MainWindow, settle: Settle) -> None:
    """Every window in the colour of its cluster, one of which is chosen."""
    show(window, settle, "clusters")
    window.reuse_tab.picture.place_chosen.emit((120, 200))
    settle(window)


def sizes(window: MainWindow, settle: Settle) -> None:
    """Clusters by their share of the error, whole windows, codes in steps."""
    show(window, settle, "cluster-sizes")
    window.reuse_tab.picture.colouring_chosen.emit("error")
    settle(window)
    window.reuse_tab.picture.place_chosen.emit((90, 140))
    settle(window)


def drift(window: MainWindow, settle: Settle) -> None:
    """Drift along the rows and the bits of the image, unfolded."""
    window.reuse_tab.fold_groups(("cluster", "list"))
    show(window, settle, "drift")


STATES = {"clusters": clusters, "cluster-errors": sizes, "drift": drift}
