"""What only the data can decide of a run, and with it what the run costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from .arrays import as_array
from .health import Census, Health


@dataclass(frozen=True, eq=False)
class Facts:
    """What a run found in its data; with it :func:`cyconv.predict` tells the cost to the last.

    Parameters
    ----------
    path : str
        The way that was taken, where a technique has several; ``"direct"`` is the plain one.
    clusters : 1-D of int, optional
        For LSH the number of clusters in use, one a channel (scope "channel"), a group (scope
        "window") or a piece of a group's window.
    censuses : tuple of Census, optional
        Their codes and members, in the same order.
    prepared : bool
        Whether what follows from the filters alone had been worked out before the run.

    compared : int, optional
        For differential convolution the pairs of pixels, or of values of windows, compared.
    differing : tuple of int, optional
        For each reference looked at the places of the padded image, one for all channels of a
        group, where a pixel differs from it.
    paired : int, optional
        Pairs of pixels compared to learn whether all channels are alike.
    alike : bool
        Whether they are, so that one was multiplied, with the sums of their weights.
    made : int, optional
        Outputs that were multiplied in full; others were taken over.
    above : groups x strips of bool, optional
        Where each strip of rows could choose, whether it took the window above for reference.
    followed : int, optional
        Additions that it took to leave small differences out.
    reached : C x H x W, optional
        The image without these, of which the output is the convolution.
    tiles : (int, int, int), optional
        For the path by way of frequencies the pairs of tiles that took it, the tiles whose pixels
        other than 0 were counted, and the outputs that were multiplied in full after all.
    reason : str
        Why the path was taken, in words for a user; empty where nothing was to be decided.

    Raises
    ------
    ValueError
        If ``clusters`` is no array of numbers.
    """

    path: str = "direct"
    clusters: NDArray[Any] | None = None
    censuses: tuple[Census, ...] | None = None
    prepared: bool = False
    compared: int | None = None
    paired: int = 0
    alike: bool = False
    differing: tuple[int, ...] | None = None
    made: int | None = None
    above: NDArray[Any] | None = None
    followed: int | None = None
    reached: NDArray[Any] | None = None
    tiles: tuple[int, int, int] | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.clusters is not None:
            object.__setattr__(self, "clusters", as_array("clusters", self.clusters))

    @property
    def health(self) -> tuple[Health, ...]:
        """How well windows are spread over clusters, span by span; empty where none are."""
        return tuple(each.health() for each in self.censuses or ())
