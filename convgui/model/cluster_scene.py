"""All that is seen of the clusters of one span at once: their picture, and the foremost of them."""

from __future__ import annotations

from dataclasses import dataclass

from .cluster_colours import Painted, paint, swatches
from .cluster_view import ORDERS, Clusters, Tell, find, ranked
from .compute import Comparison, Outcome

FOREMOST = 12
"""Clusters that the table lists."""


@dataclass(frozen=True)
class Wish:
    """What is to be seen.

    Attributes
    ----------
    span, index : int
        Which span, and the errors of which filter.
    colouring : str
        One of :data:`convgui.model.cluster_colours.COLOURINGS`.
    """

    span: int = 0
    index: int = 0
    colouring: str = "cluster"


@dataclass(frozen=True)
class Row:
    """A line of the table of clusters; see :class:`convgui.model.cluster_members.Cluster`."""

    number: int
    members: int
    rmse: float
    share: float
    colour: str


@dataclass(frozen=True, eq=False)
class Scene:
    """What is seen.

    Attributes
    ----------
    wish : Wish
        As far as it could be granted.
    comparison, outcome
        Of which run.
    clusters : Clusters
    painted : Painted
    rows : dict
        The foremost clusters by each of :data:`convgui.model.cluster_view.ORDERS`.
    """

    wish: Wish
    comparison: Comparison
    outcome: Outcome
    clusters: Clusters
    painted: Painted
    rows: dict[str, tuple[Row, ...]]


def build(
    comparison: Comparison, outcome: Outcome, wish: Wish, known: Clusters | None = None,
    progress: Tell | None = None,
) -> Scene:
    """Gives what is to be seen; ``known`` clusters of the same outcome are not found again."""
    clusters = find(comparison, outcome, wish.span, wish.index, known, progress)
    painted = paint(clusters, wish.colouring, comparison.request, progress)
    shares = clusters.shares
    rows = {}
    for order in ORDERS:
        numbers = ranked(clusters, order, FOREMOST)
        rows[order] = tuple(
            Row(number, int(clusters.counts[number]), clusters.rmse(number),
                float(shares[number]), colour)
            for number, colour in zip(numbers, swatches(clusters, numbers), strict=True)
        )  # fmt: skip
    return Scene(wish, comparison, outcome, clusters, painted, rows)
