"""What small differences that are left out do along a row: worked out, and said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import cyconv
from cyconv import Drift

from . import maps
from .cluster_view import Tell
from .resolve import Request
from .session import Session

LEVELS = 4
"""Grey levels of 256 that the example leaves out."""

GROWN = 1.5
"""An error that is so many times as large at the end of the rows as at their start has grown."""

CARRIED = ("previous", "best")
"""References whose differences are carried along rows."""


@dataclass(frozen=True, eq=False)
class DriftView:
    """Errors by column.

    Attributes
    ----------
    drift : Drift
    threshold : float
    reference : str
    bound : float
        What no error can be beyond where the residue is kept: the threshold times the largest
        sum of a filter's absolute weights.
    """

    drift: Drift
    threshold: float
    reference: str
    bound: float

    def ends(self, residue: str) -> tuple[float, float]:
        """Gives the root mean square error in the first and in the last quarter of the columns."""
        errors = self.drift.kept if residue == "kept" else self.drift.forgotten
        quarter = max(1, len(errors) // 4)
        first, last = errors[:quarter], errors[-quarter:]
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.sqrt(np.mean(first**2))), float(np.sqrt(np.mean(last**2)))

    def grows(self, residue: str) -> bool:
        """Tells whether the error is larger in the last quarter than in the first, by ``GROWN``."""
        first, last = self.ends(residue)
        return last > GROWN * first


def why_not(session: Session) -> str:
    """Tells why there is no drift to see: "first", "above", "lossless", "published", or ""."""
    if session.differential_as_published:
        return "published"
    if session.reference not in CARRIED:
        return session.reference
    return "" if session.threshold > 0 else "lossless"


def example(request: Request) -> tuple[float, str]:
    """Gives a threshold and a reference that show drift, whatever the session's are."""
    session = request.session
    threshold = session.threshold
    if not threshold > 0:
        threshold = LEVELS * maps.image_levels(request.image).high / 255
    return threshold, session.reference if session.reference in CARRIED else CARRIED[0]


def measure(
    request: Request, threshold: float, reference: str, progress: Tell | None = None
) -> DriftView:
    """Works out the error by column; ``progress`` may raise :class:`cyconv.Cancelled`."""

    def told(fraction: float, operations: object) -> None:
        if progress is not None:
            progress(None)

    found = cyconv.drift(
        request.image, request.filters, threshold, request.geometry, reference=reference,
        threads=request.threads, progress=told,
    )  # fmt: skip
    weights = np.abs(request.filters.astype(np.float64)).sum(axis=(1, 2, 3))
    return DriftView(found, threshold, reference, float(threshold * weights.max()))
