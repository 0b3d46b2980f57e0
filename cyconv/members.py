"""Which cluster every window is in: what a run works out, uses and does not keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bands import Progress
from .geometry import Geometry
from .layout import Layout
from .problem import check
from .techniques.checks import check_lengths, directions_of, whole
from .techniques.clustering import Clusters
from .techniques.families import FAMILIES
from .techniques.lsh import LSH
from .techniques.planning import plans_of
from .techniques.spans import values_together

PLAIN = Geometry()


def cluster_ids(
    image: ArrayLike,
    filters: ArrayLike,
    technique: LSH,
    geometry: Geometry = PLAIN,
    *,
    span: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> NDArray[np.int32]:
    """Gives the cluster of every window, as a run of LSH with the same arguments makes them.

    Only hashing and numbering is done, without sums and products.

    Parameters
    ----------
    image, filters, geometry, threads, progress
        As :func:`cyconv.convolve` takes them. Families that look at the filters' outputs
        depend on the filters; others only on their size.
    technique : LSH
    span : int, optional
        The only span that is wanted; the others are then neither hashed nor held.

    Returns
    -------
    spans x O_h x O_w
        One of them where ``span`` says which. Spans are channels, groups of windows, or
        pieces, as ``technique.scope`` says. Clusters of a span are numbered from 0 in the order
        in which they first appear, row by row;
        ``facts.censuses`` of the run list them in the same order.

    Raises
    ------
    ValueError, MemoryError
        As :func:`cyconv.convolve` says; ValueError, too, if the technique is no LSH or there
        is no such span.
    """
    if not isinstance(technique, LSH):
        raise ValueError(f"technique must be an LSH, got {type(technique).__name__}")
    problem = check(image, filters, geometry, None, None, threads, progress)
    check_lengths(
        directions_of(technique.directions), values_together(technique.scope, problem.sizes)
    )
    layout = Layout(problem)
    with np.errstate(all="ignore"), layout.whole(problem.runner) as rows:
        plans = plans_of(technique.settings, technique.scope, problem, rows)
        if span is not None:
            span = whole("span", span, 0, len(plans) - 1)
            plans = plans[span : span + 1]
        clusters = Clusters(problem, rows, plans, FAMILIES[technique.family].rounded, None)
        with clusters.keyed():
            clusters.hash()
            clusters.number()
    ids = clusters.ids[:, : problem.sizes.windows]
    return ids.reshape(len(plans), *problem.placement.output).copy()
