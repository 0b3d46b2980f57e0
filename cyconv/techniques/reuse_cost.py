"""What reuse of windows costs, from numbers alone; the kernels count the same as they run."""

from __future__ import annotations

from ..cost import Part, Sizes, dot_products
from .plan import SAMPLE, Settings
from .spans import Span
from .tally import scatter_cost, times_cost


def set_up(settings: Settings, sizes: Sizes, spans: tuple[Span, ...]) -> Part:
    """Gives what drawing directions and fitting the correction takes."""
    multiplications = additions = 0
    for span in spans:
        one = _one_set_up(settings, sizes, span)
        multiplications += one[0]
        additions += one[1]
    return Part("set-up", multiplications, additions)


def _one_set_up(settings: Settings, sizes: Sizes, span: Span) -> tuple[int, int]:
    family, length, filters = settings.family, span.length, sizes.filters // sizes.groups
    hashes, samples = settings.number(length, filters), min(SAMPLE, sizes.windows)
    multiplications = additions = 0
    if settings.looks:
        multiplications += length
        additions += (samples - 1) * length
        if settings.correction == "projection" or family.sampled:
            made = scatter_cost(samples, length)
            multiplications += made[0]
            additions += made[1]
    if settings.directions is None:
        drawn = family.cost(samples, length, hashes, filters)
        multiplications += drawn[0]
        additions += drawn[1]
    if family.origin == "mean":
        multiplications += hashes * length
        additions += hashes * (length - 1)
    elif family.origin == "random" and settings.step is not None:
        multiplications += hashes
        additions += hashes
    if settings.step is not None:
        multiplications += 7 * hashes
        additions += 2 * hashes * (length - 1) + 6 * hashes
    if settings.correction == "projection":
        fitted = _fitting(samples, length, hashes, filters)
        multiplications += fitted[0]
        additions += fitted[1]
    elif settings.correction == "brightness":
        pieces = len(span.pieces(sizes.taps))
        multiplications += pieces * filters
        additions += filters * (length - pieces) + filters * length
    return multiplications, additions


def _fitting(samples: int, length: int, hashes: int, filters: int) -> tuple[int, int]:
    """Gives what least squares of the outputs over the projections take."""
    half = 9 * hashes**3 // 2
    multiplied, added = times_cost(samples, length, hashes)
    products = (
        (hashes * hashes, length),       # the projections' scatter
        (hashes * hashes, hashes),       # its inverse
        (hashes * length, hashes),
        (hashes * filters, length),
        (filters * length, hashes),      # what the correction takes from the weights
    )
    return (
        multiplied + sum(count * terms for count, terms in products) + half + hashes * (1 + hashes),
        added + sum(count * (terms - 1) for count, terms in products) + half + filters * length,
    )


def hash_parts(settings: Settings, sizes: Sizes, spans: tuple[Span, ...]) -> list[Part]:
    """Gives what projections take, and codes where they are steps."""
    n, filters = sizes.windows, sizes.filters // sizes.groups
    counts = [settings.number(span.length, filters) for span in spans]
    pairs = list(zip(spans, counts, strict=True))
    parts = [Part(
        "hash",
        sum(n * count * span.length for span, count in pairs),
        sum(n * count * (span.length - 1) for span, count in pairs),
    )]
    if settings.step is not None:
        codes = n * sum(counts)
        parts.append(Part("codes", codes, codes))
    return parts


def correction_parts(settings: Settings, sizes: Sizes, spans: tuple[Span, ...]) -> list[Part]:
    """Gives what adding back takes, once a window and once an output."""
    if settings.correction == "none":
        return []
    n, filters = sizes.windows, sizes.filters // sizes.groups
    multiplications = additions = 0
    for span in spans:
        if settings.correction == "brightness":
            pieces = span.pieces(sizes.taps)
            made = [dot_products("", n, stop - start) for start, stop in pieces]
            count = len(pieces)
        else:
            count = settings.number(span.length, filters)
            # Signatures of directions that are not rounded keep no projections.
            again = 0 if settings.family.rounded else n * count
            made = [dot_products("", again, span.length)]
        multiplications += sum(each.multiplications for each in made) + n * filters * count
        additions += sum(each.additions for each in made) + n * filters * count
    return [Part("correction", multiplications, additions)]
