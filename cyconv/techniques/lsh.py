"""LSH convolution: windows with one signature share one result."""

from __future__ import annotations

import operator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..problem import Problem
from .clustering import Clustering

SCOPES = ("channel", "window")
MOST_HASHES = 32


@dataclass(frozen=True)
class LSH:
    """Hashes windows by random projections and multiplies only each cluster's mean.

    A window's signature are the signs of its products with random vectors, uniform in
    [-1, 1); windows of one signature are a cluster, their mean its centroid. The output
    takes the centroid in the window's place (main report, section 1, repaired). Where
    every distinct window has a cluster of its own the result is the exact one.

    Parameters
    ----------
    hashes : int
        Number of vectors, 1 to 32; there are at most ``2 ** hashes`` clusters.
    scope : {"channel", "window"}
        ``"channel"``: each channel's windows are clustered by themselves, with the same
        vectors, as in the report. ``"window"``: all channels of a group are hashed together.
    reuse : bool
        Whether centroid x filter is computed once per cluster and looked up; otherwise once
        per window, as the report does, with the same outcome.
    seed : int
        Of the random vectors, 0 or more; the same on every machine.
    as_published : bool
        Sum up as the report does, ``S := S + (w + S)``, which doubles with every window and
        overflows.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    hashes: int = 2
    scope: str = "channel"
    reuse: bool = True
    seed: int = 0
    as_published: bool = False

    def __post_init__(self) -> None:
        for name, least, most in (("hashes", 1, MOST_HASHES), ("seed", 0, None)):
            value = getattr(self, name)
            try:
                number = -1 if isinstance(value, bool) else operator.index(value)
            except TypeError:
                number = -1
            if number < least or (most is not None and number > most):
                wanted = f"{least} to {most}" if most is not None else f"{least} or more"
                raise ValueError(f"{name} must be an int of {wanted}, got {value!r}")
            object.__setattr__(self, name, number)
        if self.scope not in SCOPES:
            raise ValueError(f'scope must be "channel" or "window", got {self.scope!r}')

    @property
    def name(self) -> str:
        """``"lsh"``."""
        return "lsh"

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output``; gives the number of clusters a channel or group."""
        sizes = problem.sizes
        taps = sizes.taps if self.scope == "channel" else sizes.depth
        clustering = Clustering(
            problem,
            parts=sizes.channels if self.scope == "channel" else sizes.groups,
            vectors=hash_vectors(self, taps),
            doubling=self.as_published,
            reuse=self.reuse,
        )
        problem.runner.expect(self.predict(sizes, None).model.total)
        clustering.hash()
        facts = Facts(clusters=clustering.number())
        problem.runner.expect(self.predict(sizes, facts).model.total)
        clustering.multiply()
        clustering.look_up()
        return facts

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; without clusters as if every code were in use.

        The report counts two passes of hashing and the products of every window, and leaves
        the factor C out of both hashes and of the sums.
        """
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
            model=self._model(sizes, self._clusters(sizes, facts)),
            stored_values=sizes.channels * 2**self.hashes * taps,
        )

    def _clusters(self, sizes: Sizes, facts: Facts | None) -> int:
        parts = sizes.channels if self.scope == "channel" else sizes.groups
        most = min(1 << self.hashes, sizes.windows)
        if facts is None or facts.clusters is None:
            return parts * most
        counts = facts.clusters
        one_a = f"one a {'channel' if self.scope == 'channel' else 'group'}"
        if counts.shape != (parts,) or counts.dtype.kind not in "iu":
            raise ValueError(
                f"clusters must be {parts} ints, {one_a}, "
                f"got shape {counts.shape} of {counts.dtype}"
            )
        if counts.min() < 1 or counts.max() > most:
            raise ValueError(f"clusters must be 1 to {most}, {one_a}, got {counts.tolist()}")
        return int(counts.sum())

    def _model(self, sizes: Sizes, clusters: int) -> Operations:
        per_channel = self.scope == "channel"
        parts = sizes.channels if per_channel else sizes.groups
        taps = sizes.taps if per_channel else sizes.depth
        n, each = sizes.windows, sizes.filters // sizes.groups
        sums = (n * parts - clusters) * taps * (2 if self.as_published else 1)
        steps = [
            dot_products("hash", n * parts * self.hashes, taps),
            Part("cluster sums", clusters * taps, sums),
        ]
        if self.reuse:
            looked_up = sizes.channels // sizes.groups - 1 if per_channel else 0
            steps += [
                dot_products("products", clusters * each, taps),
                Part("look-up", 0, n * sizes.filters * looked_up),
            ]
        else:
            steps.append(dot_products("products", n * sizes.filters, sizes.depth))
        return Operations(tuple(steps))


def hash_vectors(technique: LSH, taps: int) -> NDArray[np.float64]:
    """Gives the vectors that windows are hashed with.

    Parameters
    ----------
    technique : LSH
        Its ``hashes`` and ``seed`` count.
    taps : int
        Values hashed together: K_h K_w for scope "channel", C/groups K_h K_w for "window".

    Returns
    -------
    hashes x taps
        Uniform in [-1, 1). Made from the generator's raw numbers, which stay the same from
        one NumPy to the next, as those of its distributions may not.
    """
    raw = np.random.PCG64(technique.seed).random_raw(technique.hashes * taps)
    raw >>= np.uint64(11)
    # In place: with large filters the vectors outweigh all else that a run holds.
    vectors = raw.astype(np.float64)
    vectors *= 2.0**-52
    vectors -= 1.0
    return vectors.reshape(technique.hashes, taps)
