"""Convolution three ways: exact, differential and LSH, counted to the last addition.

An output value of a convolution is the sum over a *window* of the image times a *filter*
(cross-correlation, as in deep learning: the filter is not flipped). Windows overlap and
resemble each other, and two families of techniques save work by that:

- **exact** (:class:`Exact`) multiplies every window with every filter;
- **differential** (:class:`Differential`) multiplies what differs from a reference window, and
  takes over the rest: lossless, unless small differences are left out;
- **LSH** (:class:`LSH`) hashes windows by a few projections, lets the windows of one code
  share the result of a representative, and adds back what the projections tell of the rest:
  lossy, and cheap where there are many filters. :class:`LowRank` is its rival, the
  projections alone; :func:`choose` picks a setting for a budget or for a wanted accuracy.

::

    image  C x H x W ──┐
    filters M x C x K_h x K_w ──┼──▶ convolve() ──▶ Result .output .executed .held_bytes
    Geometry, technique ──┘          │                 │
                             bands of rows on      compare(output, reference)
                             a pool of threads         │
                                     ▼                 ▼
                             kernels without GIL    Accuracy

    predict(technique, shapes, result.facts) ──▶ Prediction .report .model .stored_values

:func:`convolve` validates (:mod:`.problem`), lays the image's rows out (:mod:`.layout`) and
hands bands of them (:mod:`.bands`) to the technique, whose kernels (:mod:`._native`) count
what they execute; :func:`convolve_batch` does so with many images of one shape.
:func:`predict` gives the same counts from formulas, and as the report that this library
follows counts them. :mod:`.oracle` is the slow, obvious version that all of it is tested
against.
"""

from . import bits, filters
from .accuracy import Accuracy, compare
from .bands import Cancelled
from .batch import BatchResult, convolve_batch
from .convolve import Result, convolve, predict
from .cost import Operations, Part, Prediction
from .drifting import Drift, drift
from .facts import Facts
from .geometry import Geometry
from .health import Health
from .isa import isa
from .prepared import PreparedFilters
from .techniques import LSH, Batched, Differential, Exact, Frame, LowRank, Technique
from .techniques.auto import Choice, Verdict, choose

__all__ = [
    "LSH",
    "Accuracy",
    "BatchResult",
    "Batched",
    "Cancelled",
    "Choice",
    "Differential",
    "Drift",
    "Exact",
    "Facts",
    "Frame",
    "Geometry",
    "Health",
    "LowRank",
    "Operations",
    "Part",
    "Prediction",
    "PreparedFilters",
    "Result",
    "Technique",
    "Verdict",
    "bits",
    "choose",
    "compare",
    "convolve",
    "convolve_batch",
    "drift",
    "filters",
    "isa",
    "predict",
]
