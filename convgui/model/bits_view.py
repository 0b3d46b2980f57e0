"""How many steps a bit-serial machine takes for an image's pixels, and for their differences.

Terms are non-zero digits (M. Mahmoud, K. Siu and A. Moshovos, "Diffy: a Deja vu-Free Differential
Deep Neural Network Accelerator", MICRO 2018); :mod:`cyconv.bits` has the words on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cyconv import bits
from cyconv.bits import FORMS, Terms

from .cluster_view import Tell

PART = 1 << 20


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Terms of an image in one form of writing numbers.

    Attributes
    ----------
    terms : Terms
        Means, and the speed-up.
    raw, differences : n of float64
        The shares of pixels, and of differences, with 0, 1, 2 ... terms.
    """

    terms: Terms
    raw: NDArray[np.float64]
    differences: NDArray[np.float64]


def has_terms(image: NDArray[Any]) -> bool:
    """Tells whether an image's values are of 8 bits."""
    return image.dtype == np.uint8


def measure(image: NDArray[np.uint8], progress: Tell | None = None) -> dict[str, Spectrum]:
    """Counts terms, by form.

    Parameters
    ----------
    image : C x H x W
        uint8.
    progress : callable, optional
        Called between parts; may raise :class:`cyconv.Cancelled`.

    Raises
    ------
    ValueError
        If the image is not of 8 bits.
    """
    if not has_terms(image):
        raise ValueError(f"image must be uint8, got {image.dtype}")
    # How often each value comes up tells as much as the values themselves.
    raw = np.zeros(bits.HIGHEST + 1, np.int64)
    count = np.zeros(bits.HIGHEST - bits.LOWEST + 1, np.int64)
    rows = max(1, PART // image.shape[2])
    for plane in image:
        for top in range(0, len(plane), rows):
            if progress is not None:
                progress(None)
            part = plane[top : top + rows]
            raw += np.bincount(part.reshape(-1), minlength=len(raw))
            difference = part.astype(np.int16)
            difference[:, 1:] -= part[:, :-1]
            difference -= bits.LOWEST
            count += np.bincount(difference.reshape(-1), minlength=len(count))
    return {form: _spectrum(form, raw, count) for form in FORMS}


def _spectrum(form: str, raw: NDArray[np.int64], count: NDArray[np.int64]) -> Spectrum:
    terms_of = bits.ones if form == "binary" else bits.signed_digits
    number = terms_of(np.arange(bits.LOWEST, bits.HIGHEST + 1)).astype(np.intp)
    pixels = number[-bits.LOWEST :]
    most = int(number.max()) + 1
    total = int(raw.sum())
    means = Terms(float(raw @ pixels) / total, float(count @ number) / total)
    shares = [
        np.bincount(terms, weights, most) / total for terms, weights in ((pixels, raw),
                                                                        (number, count))
    ]
    return Spectrum(means, shares[0], shares[1])
