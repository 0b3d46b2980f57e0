"""States of the Inspect tab for the screenshots."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from convgui.model.compute import LABELS
from convgui.model.inspect_window import Place
from convgui.model.samples import sample_path

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

Settle = Callable[..., None]
Values = tuple[tuple[str, object], ...]
REUSE: Values = (
    ("family", "principal"), ("hashes", 4), ("step", 64.0), ("scope", "window"),
    ("correction", "projection"), ("reference", "previous"), ("threshold", 4.0),
    ("show_low_rank", True),
)  # fmt: skip


def inspected(
    window: MainWindow, settle: Settle, technique: str, place: Place, values: Values = (),
    sample: str = "chelsea", part: int = 0,
) -> None:
    """Explains one output of a photograph."""
    for key, value in values:
        window.controller.change(key, value)
    window.opener.open_path(str(sample_path(sample)))
    settle(window)
    settle(window)
    window.tab_actions["inspect"].trigger()
    settle(window)
    window.inspect.inspector.go(place)
    settle(window)
    panel = window.inspect
    names = [panel.techniques.tabText(number) for number in range(panel.techniques.count())]
    panel.techniques.setCurrentIndex(names.index(LABELS[technique]))
    panel.channels.setCurrentIndex(part)
    settle(window)


def exact(window: MainWindow, settle: Settle) -> None:
    """A window half in the padding, dilated, one tap pointed at."""
    values = (("padding", 2), ("dilation", 2), ("stride", 2), ("filter_name", "sobel-x"))
    inspected(window, settle, "exact", Place(0, 60, 0), values)
    window.inspect.board.set_tap((1, 2))


def summed(window: MainWindow, settle: Settle) -> None:
    """The sum over the channels."""
    inspected(window, settle, "exact", Place(0, 100, 150), part=3)


def differential(window: MainWindow, settle: Settle) -> None:
    """A difference from the window to the left, small ones left out."""
    inspected(window, settle, "differential", Place(0, 100, 150), (*REUSE, ("kernel_size", 5)))


def lsh(window: MainWindow, settle: Settle) -> None:
    """Signs, bits, and the members of the cluster."""
    values = (("hashes", 6), ("family", "centred"))
    inspected(window, settle, "lsh", Place(0, 100, 150), values)


def steps(window: MainWindow, settle: Settle) -> None:
    """Steps, a cluster of whole windows, and the correction."""
    inspected(window, settle, "lsh", Place(0, 100, 150), (*REUSE, ("step", 256.0)))


def low_rank(window: MainWindow, settle: Settle) -> None:
    """Projections alone."""
    inspected(window, settle, "low-rank", Place(2, 100, 150), (
        *REUSE, ("filter_name", "gabor"), ("kernel_size", 9), ("filter_count", 6),
    ))


def large(window: MainWindow, settle: Settle) -> None:
    """A window too large for numbers in its cells."""
    values = (("filter_name", "gabor"), ("kernel_size", 31))
    inspected(window, settle, "exact", Place(0, 100, 150), values)


def lesson(window: MainWindow, settle: Settle) -> None:
    """The example worked by hand, at the misprint."""
    window.inspect.start_lesson()
    settle(window)
    window.inspect.inspector.go(Place(0, 2, 2))
    settle(window)


STATES = {
    "inspect-exact": exact, "inspect-sum": summed, "inspect-differential": differential,
    "inspect-lsh": lsh, "inspect-steps": steps, "inspect-low-rank": low_rank,
    "inspect-large": large, "inspect-lesson": lesson,
}  # fmt: skip
