"""One cluster looked at: its members, what stands for them, how far they are from it, its code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cyconv import LSH
from cyconv.health import Census

from .cluster_view import Clusters, Tell
from .compute import Comparison, Outcome
from .histogram import Pyramid, pyramid
from .windows import Windows, frame


@dataclass(frozen=True, eq=False)
class Cluster:
    """What is known of a cluster without reading its windows.

    Attributes
    ----------
    number : int
    row, column : int
        The window that was chosen, by its output pixel.
    marks : Pyramid
        Which windows are members.
    members, windows : int
        How many, and how many windows there are in all.
    rmse, share : float
        The root mean square error of the members' outputs, and their share of the squared error.
    code : tuple of int
        What the hashes gave.
    steps : bool
        Whether these count steps, from the lowest that there can be; otherwise they are bits.
    frame : (float, float, float, float)
        Where the chosen window lies on the image: left, top, width, height in pixels.
    """

    number: int
    row: int
    column: int
    marks: Pyramid
    members: int
    windows: int
    rmse: float
    share: float
    code: tuple[int, ...]
    steps: bool
    frame: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Spread:
    """What reading a cluster's windows tells.

    Attributes
    ----------
    representative, window : channels x K_h x K_w
        What stands for the members, and the window that was chosen; NaN where the span has no
        value (a piece seldom fills its channels).
    channels : tuple of int
        Of the image, first 0.
    rms, least, most : float
        Euclidean distances of the members from the representative, in units of the pixels.
    own : float
        That of the chosen window.
    """

    representative: NDArray[np.float64]
    window: NDArray[np.float64]
    channels: tuple[int, ...]
    rms: float
    least: float
    most: float
    own: float


def look(
    comparison: Comparison, outcome: Outcome, clusters: Clusters, place: tuple[int, int],
    progress: Tell | None = None,
) -> Cluster:
    """Gives the cluster of one window, by the row and the column of its output pixel."""
    census = (outcome.result.facts.censuses or ())[clusters.span]
    row, column = place
    number = int(clusters.ids[row, column])
    if progress is not None:
        progress(None)
    code, steps = code_of(census, number)
    return Cluster(
        number, row, column, pyramid(clusters.ids == number), int(clusters.counts[number]),
        clusters.ids.size, clusters.rmse(number), float(clusters.shares[number]), code, steps,
        frame(comparison.request, row, column),
    )


def code_of(census: Census, number: int) -> tuple[tuple[int, ...], bool]:
    """Gives the code of a cluster, a number a hash, and whether these count steps."""
    if census.cuts is None:
        return (), False
    here = slice(number, number + 1)
    alone = Census(
        census.cuts,
        None if census.keys is None else census.keys[here],
        None if census.projections is None else census.projections[:, here],
        census.counts[here], census.firsts[here],
    )  # fmt: skip
    steps = bool((census.cuts.inverses > 0).any())
    return tuple(int(each) for each in alone.codes()[:, 0]), steps


def first_of(outcome: Outcome, clusters: Clusters, number: int) -> tuple[int, int]:
    """Gives row and column of a cluster's first member."""
    first = int((outcome.result.facts.censuses or ())[clusters.span].firsts[number])
    row, column = divmod(first, int(clusters.ids.shape[1]))
    return row, column


def measure(
    comparison: Comparison, outcome: Outcome, clusters: Clusters, place: tuple[int, int],
    progress: Tell | None = None,
) -> Spread:
    """Reads the windows of a cluster: what stands for them, and how far from it they are.

    Arguments are those of :func:`look`.
    """
    technique = _lsh(outcome)
    windows = Windows(comparison.request, technique, clusters.span)
    number = int(clusters.ids[place])
    members = np.flatnonzero(clusters.ids.reshape(-1) == number)
    with np.errstate(over="ignore", invalid="ignore"):
        standing = _representative(technique, windows, members, progress)
        squares = [
            np.square(part - standing).sum(axis=1) for part in windows.parts(members, progress)
        ]
        distances = np.sqrt(np.concatenate(squares))
        own = windows.read(np.array([place[0] * clusters.ids.shape[1] + place[1]]))[0]
        return Spread(
            windows.picture(standing), windows.picture(own), windows.channels,
            float(np.sqrt(np.mean(np.square(distances)))), float(distances.min()),
            float(distances.max()), float(np.sqrt(np.square(own - standing).sum())),
        )  # fmt: skip


def _representative(
    technique: LSH, windows: Windows, members: NDArray[np.intp], progress: Tell | None
) -> NDArray[np.float64]:
    """Gives what stands for a cluster's windows, which come in raster order."""
    if technique.as_published:
        # S := S + (w + S) doubles the sum with every window, and soon is infinite.
        total = windows.read(members[:1])[0]
        for part in windows.parts(members[1:], progress):
            for window in part:
                total = 2 * total + window
            if not np.isfinite(total).any():
                break
        return np.asarray(total / len(members))
    count = len(members)
    if isinstance(technique.representative, int):
        count = min(technique.representative, len(members))
    elif technique.representative == "first":
        count = 1
    if 1 < count < len(members):
        # Evenly spaced, each in the middle of its share of the members.
        members = members[(2 * np.arange(count) + 1) * len(members) // (2 * count)]
    parts = [part.sum(axis=0) for part in windows.parts(members[:count], progress)]
    return np.asarray(np.sum(parts, axis=0) / count)


def _lsh(outcome: Outcome) -> LSH:
    if not isinstance(outcome.technique, LSH):
        raise ValueError(f"the technique must be LSH, got {outcome.technique.name}")
    return outcome.technique
