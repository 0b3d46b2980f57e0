"""How well a hash spreads windows over clusters, and from how many filters on it pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .techniques.plan import Cuts


@dataclass(frozen=True)
class Health:
    """How the windows of one span (a channel, a window, a piece) are spread over clusters.

    Attributes
    ----------
    hashes : int
    used : int
        Clusters, that is codes in use.
    possible : int
        Codes that there are, or windows if those are fewer.
    entropy : float
        Of a window's code, in bits; ``log2(used)`` where all clusters are alike.
    commonest : tuple of float
        For each hash the share of windows with its commonest code: 0.5 for a bit that
        splits the windows evenly, 1 for a hash that tells nothing.
    largest : int
        Members of the largest cluster.
    remaining : float
        Clusters over windows, the remaining ratio r_c.
    break_even : float
        Filters M from which on reuse saves multiplications, ``H / (1 - r_c)``; infinite
        where every window is a cluster. Deep Reuse (ICS 2019), section 3.
    """

    hashes: int
    used: int
    possible: int
    entropy: float
    commonest: tuple[float, ...]
    largest: int
    remaining: float
    break_even: float


@dataclass(frozen=True, eq=False, slots=True)
class Census:
    """The clusters of one span: their codes and the number of their members.

    Attributes
    ----------
    cuts : Cuts or None
        How projections became codes.
    keys : K, or None
        All codes of a cluster in one number, the first one's bits highest; None where they
        are too many bits.
    projections : H x K, or None
        Then, those of each cluster's first member.
    counts, firsts : K
        Members, and the first of them.
    """

    cuts: Cuts | None
    keys: NDArray[np.uint64] | None
    projections: NDArray[Any] | None
    counts: NDArray[np.int32]
    firsts: NDArray[np.int32]

    @classmethod
    def none(cls) -> Census:
        """Gives the census of no windows."""
        nobody = np.zeros(0, np.int32)
        return cls(None, None, None, nobody, nobody)

    @property
    def nbytes(self) -> int:
        """Bytes that are held."""
        arrays = self.keys, self.projections, self.counts, self.firsts
        return sum(each.nbytes for each in arrays if each is not None)

    def codes(self) -> NDArray[np.int64]:
        """Gives the code of each hash, H x K."""
        if self.cuts is None:
            return np.zeros((0, len(self.counts)), np.int64)
        bits = self.cuts.bits.astype(np.uint64)
        if self.keys is not None:
            shifts = np.cumsum(bits[::-1])[::-1] - bits
            masks = (np.uint64(1) << bits) - np.uint64(1)
            codes = (self.keys >> shifts[:, None]) & masks[:, None]
            given: NDArray[np.int64] = codes.astype(np.int64)
            return given
        places = np.zeros((len(bits), 0)) if self.projections is None else self.projections
        origins = self.cuts.origins.astype(places.dtype)[:, None]
        inverses = self.cuts.inverses.astype(places.dtype)[:, None]
        with np.errstate(all="ignore"):
            steps = np.floor((places - origins) * inverses)
            steps = np.where(inverses > 0, steps, places > origins)
            limits = np.ldexp(1.0, self.cuts.bits)[:, None] - 1
            clipped: NDArray[np.int64] = np.clip(np.nan_to_num(steps), 0, limits).astype(np.int64)
        return clipped

    def health(self) -> Health:
        """Gives the figures."""
        counts = self.counts.astype(np.float64)
        windows = counts.sum()
        shares = counts / windows
        commonest = []
        for code in self.codes():
            members = np.unique(code, return_inverse=True)[1]
            commonest.append(float(np.bincount(members, counts).max() / windows))
        remaining = float(len(counts) / windows)
        bits = 0 if self.cuts is None else int(self.cuts.bits.sum())
        hashes = len(commonest)
        return Health(
            hashes=hashes,
            used=len(counts),
            possible=min(int(windows), 1 << bits),
            entropy=float(-(shares * np.log2(shares)).sum()) + 0.0,
            commonest=tuple(commonest),
            largest=int(counts.max()),
            remaining=remaining,
            break_even=hashes / (1 - remaining) if remaining < 1 else float("inf"),
        )
