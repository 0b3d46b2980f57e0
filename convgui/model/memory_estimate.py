"""How much memory a run takes, from the parameters and the image's size, before it is started.

Every technique's share is a bound put together from what it keeps, array by array, as its code
makes them; what depends on the data (how many clusters there are) is reckoned at its dearest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cyconv import LSH, Differential, Exact, Geometry, LowRank, Technique
from cyconv.bands import cores
from cyconv.cost import Sizes
from cyconv.problem import check_shapes
from cyconv.techniques.families import FAMILIES
from cyconv.techniques.plan import SAMPLE
from cyconv.techniques.spans import spans_of

from .image import Image
from .parameters import CUSTOM
from .resolve import TECHNIQUES
from .session import Session
from .shown import shown

FLOAT, DOUBLE = 4, 8
BAND = 3 << 20
"""What a thread works on, which no size of the image makes larger."""

LANES = 16
"""Floats of the widest register."""

KEY_BITS, CODE_BITS = 64, 8
"""Bits of a key, and those that a code of steps is reckoned at."""


@dataclass(frozen=True)
class Estimate:
    """Bytes that a run takes.

    Attributes
    ----------
    image, outputs, planes : int
        What stays until the next run is over: the planes that are convolved, the outputs of all
        techniques, and what is shown of one filter of each.
    working : int
        What the dearest technique holds beside them while it runs.
    """

    image: int
    outputs: int
    planes: int
    working: int

    @property
    def total(self) -> int:
        """The most that is held at once: what is shown is made when the techniques are done."""
        return self.image + self.outputs + max(self.planes, self.working)


@dataclass(frozen=True)
class Scene:
    """What the techniques' memory depends on.

    Attributes
    ----------
    sizes : Sizes
    padded : int
        Values of the image, padding included.
    depth : int
        Bytes of such a value.
    threads : int
    """

    sizes: Sizes
    padded: int
    depth: int
    threads: int

    @property
    def bank(self) -> int:
        """The number of all filters' weights."""
        return self.sizes.filters * self.sizes.depth


def estimate(session: Session, image: Image) -> Estimate | None:
    """Gives what a run would take; None where the parameters fit no image or not this one.

    Parameters
    ----------
    session : Session
    image : Image
        Only the shape and the type of its pixels count.
    """
    try:
        scene = scene_of(session, image)
        made = [TECHNIQUES[name](session) for name in shown(session)]
    except (ValueError, MemoryError):
        # The run says what is wrong with them.
        return None
    sizes, count = scene.sizes, len(made)
    pixels = sizes.channels * sizes.image[0] * sizes.image[1] * scene.depth
    resized = tuple(sizes.image) != image.pixels.shape[:2]
    return Estimate(
        image=pixels * (2 if resized else 1) + FLOAT * scene.bank,
        outputs=FLOAT * sizes.windows * sizes.filters * count,
        # Errors of one filter, and what they are worked out in; pictures are drawn as seen.
        planes=2 * FLOAT * sizes.windows * (count - 1),
        working=max(working(each, scene) for each in made),
    )


def scene_of(session: Session, image: Image) -> Scene:
    """Gives the sizes of a run; ValueError where the parameters don't fit."""
    pixels = image.pixels
    channels = 1 if session.gray or pixels.ndim == 2 else int(pixels.shape[2])
    height, width = session.height or pixels.shape[0], session.width or pixels.shape[1]
    filters, rows, columns = _bank(session)
    geometry = Geometry(
        session.stride, "same" if session.same_padding else session.padding, session.dilation
    )
    place, sizes = check_shapes(
        (channels, height, width), (filters, channels, rows, columns), geometry
    )
    above, left = place.before
    padded = channels * (height + 2 * above) * (width + 2 * left)
    return Scene(sizes, padded, pixels.dtype.itemsize, session.threads or cores())


def working(technique: Technique, scene: Scene) -> int:
    """Gives the most bytes that a technique holds beside image, filters and output."""
    # A bank is laid out anew, widened to the lanes of a register, and once more while that is done.
    common = BAND * scene.threads + 3 * FLOAT * scene.bank
    return common + _WORKING[type(technique)](technique, scene)


def _exact(technique: Exact, scene: Scene) -> int:
    return 0


def _differential(technique: Differential, scene: Scene) -> int:
    followed = technique.threshold > 0 and technique.reference != "first"
    return 2 * DOUBLE * scene.bank + (FLOAT * scene.padded if followed else 0)


def _low_rank(technique: LowRank, scene: Scene) -> int:
    return _laid_out(scene) + _sampled(technique.family, scene.sizes.depth)


def _lsh(technique: LSH, scene: Scene) -> int:
    sizes, settings = scene.sizes, technique.settings
    windows, spans = sizes.windows, spans_of(technique.scope, sizes)
    longest = max(span.length for span in spans)
    kept = most = table = projected = 0
    for span in spans:
        number = settings.number(span.length, sizes.filters)
        stepped = technique.step is not None
        found = windows if stepped else min(1 << number, windows)
        # A number and a key for each window, and projections that a correction or a key needs.
        planes = number if technique.correction == "projection" else 0
        if technique.correction == "brightness":
            planes = len(span.pieces(sizes.taps))
        late = stepped and number * CODE_BITS > KEY_BITS
        planes = max(planes, number if late else 0)
        kept += windows * (4 + 8 + FLOAT * planes)
        # First member, size, code or projections, start, and a row of the table.
        row = _padded(sizes.filters) if technique.reuse else span.length
        table += found * (4 + 4 + max(8, FLOAT * number if late else 0) + 4 + FLOAT * row)
        most, projected = max(most, found), max(projected, number)
    hashing = FLOAT * projected * windows if settings.family.rounded else 0
    numbering = 20 * min(8 * most, 4 * windows) * min(scene.threads, len(spans))
    ordered = 0 if technique.representative == "first" else 4 * windows * len(spans)
    # These follow one another.
    stages = max(hashing, numbering, ordered + table)
    return kept + stages + _laid_out(scene) + _sampled(technique.family, longest)


def _padded(filters: int) -> int:
    """Gives the values of a table's row: a whole number of registers."""
    return -(-filters // LANES) * LANES


def _laid_out(scene: Scene) -> int:
    """Gives the bytes of an image in floats, padded, and of its pixels beside it."""
    return scene.padded * (FLOAT + (1 if scene.depth == 1 else 0))


def _sampled(family: str, length: int) -> int:
    """Gives the bytes of the windows that directions are drawn from."""
    return 3 * DOUBLE * SAMPLE * length if FAMILIES[family].sampled else 0


_WORKING: dict[type, Callable[..., int]] = {
    Exact: _exact, Differential: _differential, LSH: _lsh, LowRank: _low_rank,
}  # fmt: skip


def _bank(session: Session) -> tuple[int, int, int]:
    """Gives the number of filters, and the rows and columns of each."""
    weights = session.weights
    if session.filter_name != CUSTOM or not weights:
        return session.filter_count, session.kernel_size, session.kernel_size
    plane = weights[0][0]
    if isinstance(plane, tuple):
        return len(weights), len(plane), len(plane[0])
    return session.filter_count, len(weights), len(weights[0])
