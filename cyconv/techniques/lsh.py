"""LSH convolution: windows with one code share one result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..problem import Problem
from .checks import check_lengths, check_lsh, directions_of
from .clustering import Clusters
from .corrections import Planes
from .families import FAMILIES, uniform
from .plan import Settings
from .planning import plans_of
from .putting import Outputs
from .reuse_cost import correction_parts, hash_parts, set_up
from .spans import Span, spans_of, values_together
from .table import EVERY, Table
from .together import Together, together

SHARED = ("set-up", "cluster sums", "products")
"""Steps that images whose windows are clustered together share."""


@dataclass(frozen=True)
class LSH:
    """Hashes windows, multiplies one representative a cluster, and adds back what it can.

    Windows are projected on a few directions; projections are cut into codes, and windows of
    one code are a cluster. The output takes the cluster's representative in the window's
    place (main report, section 1, repaired; Deep Reuse, ICS 2019). A correction adds back
    what the projections tell of the difference between the two. Where every distinct window
    has a cluster of its own the result is the exact one.

    Parameters
    ----------
    hashes : int
        Number of directions, 1 to 32.
    family : str
        One of :data:`cyconv.techniques.families.FAMILIES`. ``"report"``: uniform vectors, the
        code is the sign. ``"centred"``: the same, sign of window minus mean window.
        ``"quantised"``: Gaussian vectors, steps on a grid with a random offset.
        ``"principal"``: principal components of a sample of the windows; ``"outputs"``: the
        directions that tell most of these filters' outputs; both cut by ``step``, or at
        the mean where it is None.
    step : float, optional
        Width of a code, in units of the projections.
    scope : {"channel", "window"} or int
        What is clustered by itself: each channel's windows, whole windows (of a group), or
        pieces of so many values of a window in the order channel, row, column.
    representative : {"mean", "first"} or int
        The mean of a cluster's members, the first of them in raster order, or the mean of
        so many, evenly spaced: nearly as good as all where clusters are large, and cheaper.
    correction : {"none", "brightness", "projection"}
        What is added back: the difference in each channel's mean, or what the differences in
        the projections tell of the outputs (least squares over a sample of the windows; for
        principal components V and filters W that is W V).
    directions : H x D, optional
        Directions used in place of drawn ones; ``hashes`` is then their number. D is how many
        values are hashed together: K_h K_w for scope "channel", C/groups K_h K_w for "window".
    seed : int
        Of the random vectors and the sample, 0 or more; the same on every machine.
    reuse : bool
        Whether centroid x filter is computed once per cluster and looked up; otherwise once
        per window, as the report does, with the same outcome. Without reuse there is neither a
        correction nor a scope of pieces.
    as_published : bool
        Sum up as the report does, ``S := S + (w + S)``, which doubles with every window and
        overflows.
    scope_images : {"each", "all"}
        In a batch (:func:`cyconv.convolve_batch`), whether the windows of each image are
        clustered by themselves, or those of all together, so that images share directions,
        clusters and their products. In a single image there is no difference.

    Raises
    ------
    ValueError
        If a value is out of its range, or values do not go together.
    """

    hashes: int = 2
    family: str = "report"
    step: float | None = None
    scope: str | int = "channel"
    representative: str | int = "mean"
    correction: str = "none"
    directions: ArrayLike | None = field(default=None, repr=False)
    seed: int = 0
    reuse: bool = True
    as_published: bool = False
    scope_images: str = "each"

    def __post_init__(self) -> None:
        for name, value in check_lsh(self).items():
            object.__setattr__(self, name, value)

    @property
    def name(self) -> str:
        """``"lsh"``."""
        return "lsh"

    @property
    def settings(self) -> Settings:
        """What plans are made by."""
        return Settings(
            FAMILIES[self.family], self.hashes, self.step, self.correction,
            directions_of(self.directions), self.seed,
        )

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output``; gives what was found of the clusters."""
        return self._run((problem,))

    def run_batch(self, problems: Sequence[Problem]) -> Iterator[Facts]:
        """Runs each image by itself, or clusters the windows of all together.

        Then all have the same facts. What they share (set-up, sums, products) is counted with
        the first.
        """
        if self.scope_images == "each":
            yield from map(self.run, problems)
            return
        facts = self._run(problems)
        yield from (facts for _ in problems)

    def _run(self, problems: Sequence[Problem]) -> Facts:
        self._check(problems[0].sizes)
        self._expect(problems, None)
        # Members of a cluster lie anywhere in the image, so all of it is laid out at once.
        with together(problems) as images:
            return self._run_on(images)

    def _run_on(self, images: Together) -> Facts:
        problem, rows = images.problem, images.rows
        plans = plans_of(self.settings, self.scope, problem, rows)
        rounded = FAMILIES[self.family].rounded
        planes = Planes(problem, plans) if self.correction != "none" else None
        projected = planes is not None and self.correction == "projection" and rounded
        clusters = Clusters(
            problem, rows, plans, rounded, planes.spans if planes and projected else None
        )
        with clusters.keyed():
            for part in images.parts:
                clusters.of(part.problem, part.rows, part.first).hash()
                if planes is not None and not projected:
                    own = planes.of(part.problem, part.first)
                    own.project(part.rows, self.correction == "brightness")
            clusters.number()
        facts = Facts(
            clusters=np.array(clusters.found), censuses=tuple(clusters.censuses)
        )
        self._expect([part.problem for part in images.parts], facts)
        table = Table(problem, rows, clusters, self._most, self.as_published, self.reuse)
        table.make()
        coefficients = planes.coefficients if planes is not None else ()
        for part in images.parts:
            outputs = Outputs(
                part.problem, table.values, clusters.ids[:, part.first :],
                planes.of(part.problem, part.first).groups if planes is not None else (),
                coefficients,
            )
            if self.reuse:
                outputs.put()
            else:
                outputs.again()
        return facts

    def _expect(self, problems: Sequence[Problem], facts: Facts | None) -> None:
        """Tells each image's progress what to expect."""
        count = len(problems)
        model = self.predict(problems[0].sizes.times(count), facts).model
        alone = tuple(each for each in model.parts if each.name not in SHARED)
        own = Operations(alone).total // count
        problems[0].runner.expect(model.total - (count - 1) * own)
        for problem in problems[1:]:
            problem.runner.expect(own)

    @property
    def _most(self) -> int:
        """Members that a representative is the mean of, at the most."""
        if isinstance(self.representative, int):
            return min(self.representative, EVERY)
        return 1 if self.representative == "first" else EVERY

    def _check(self, sizes: Sizes) -> None:
        check_lengths(directions_of(self.directions), values_together(self.scope, sizes))

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; without facts as if every code were in use.

        The report counts two passes of hashing and the products of every window, and leaves
        the factor C out of both hashes and of the sums.
        """
        self._check(sizes)
        n, taps = sizes.windows, sizes.taps
        count = n * sizes.filters * sizes.depth
        hashed = n * self.hashes * taps
        return Prediction(
            report=Operations((
                Part("first-pass hash", hashed, 0),
                Part("counting", 0, n),
                Part("cluster sums", 0, n * taps),
                Part("second-pass hash", hashed, hashed),
                Part("convolution", count, count),
            )),
            model=self._model(sizes, facts),
            stored_values=sizes.channels * 2**self.hashes * taps,
        )

    def _model(self, sizes: Sizes, facts: Facts | None) -> Operations:
        spans, settings = spans_of(self.scope, sizes), self.settings
        each = sizes.filters // sizes.groups
        clusters = self._clusters(sizes, spans, facts)
        parts = [set_up(settings, sizes, spans)] if settings.sets_up else []
        parts += hash_parts(settings, sizes, spans)
        added_back = correction_parts(settings, sizes, spans)
        # Projections that are hashed are there already; other planes are made before the sums.
        early = self.correction == "brightness" or not settings.family.rounded
        parts += added_back if early else []
        parts.append(self._sums(sizes, spans, clusters, facts))
        if self.reuse:
            products = [
                dot_products("products", found * each, span.length)
                for span, found in zip(spans, clusters, strict=True)
            ]
            parts += Operations.summed(products).parts
            looked_up = len(spans) // sizes.groups - 1
            parts.append(Part("look-up", 0, sizes.windows * sizes.filters * looked_up))
            parts += [] if early else added_back
        else:
            parts.append(dot_products("products", sizes.windows * sizes.filters, sizes.depth))
        return Operations(tuple(parts))

    def _clusters(
        self, sizes: Sizes, spans: tuple[Span, ...], facts: Facts | None
    ) -> list[int]:
        # Codes are bits, and so many at the most; a code of steps may be any.
        bits = [self.settings.number(span.length, sizes.filters // sizes.groups) for span in spans]
        most = [
            sizes.windows if self.step is not None else min(1 << each, sizes.windows)
            for each in bits
        ]
        if facts is None or facts.clusters is None:
            return most
        counts = facts.clusters
        one_a = "one a " + {"channel": "channel", "window": "group"}.get(str(self.scope), "piece")
        if counts.shape != (len(spans),) or counts.dtype.kind not in "iu":
            raise ValueError(
                f"clusters must be {len(spans)} ints, {one_a}, "
                f"got shape {counts.shape} of {counts.dtype}"
            )
        if counts.min() < 1 or (counts > np.array(most)).any():
            raise ValueError(f"clusters must be 1 to {max(most)}, {one_a}, got {counts.tolist()}")
        return [int(found) for found in counts]

    def _sums(
        self, sizes: Sizes, spans: tuple[Span, ...], clusters: list[int], facts: Facts | None
    ) -> Part:
        if self._most == 1:
            return Part("cluster sums", 0, 0)
        divided = added = 0
        censuses = facts.censuses if facts is not None else None
        for index, (span, found) in enumerate(zip(spans, clusters, strict=True)):
            summed = sizes.windows
            if isinstance(self.representative, int):
                summed = min(summed, self.representative * found)
                if censuses is not None:
                    summed = int(np.minimum(censuses[index].counts, self._most).sum())
            divided += found * span.length
            added += (summed - found) * span.length * (2 if self.as_published else 1)
        return Part("cluster sums", divided, added)


def hash_vectors(technique: LSH, taps: int) -> NDArray[np.float64]:
    """Gives the vectors that the report's hash takes windows by.

    Parameters
    ----------
    technique : LSH
        Its ``hashes`` and ``seed`` count.
    taps : int
        Values hashed together: K_h K_w for scope "channel", C/groups K_h K_w for "window".

    Returns
    -------
    hashes x taps
        Uniform in [-1, 1).
    """
    return uniform(technique.hashes * taps, technique.seed).reshape(technique.hashes, taps)
