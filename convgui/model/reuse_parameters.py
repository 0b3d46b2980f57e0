"""The parameters of LSH and of the low-rank bank, with what disables each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cyconv.techniques.checks import MOST_HASHES
from cyconv.techniques.families import FAMILIES

from . import reuse
from .parameter import Parameter
from .session import Session

if TYPE_CHECKING:
    from .image import Image

_FAMILIES = {
    "report": ("As the report", "The signs of products with random vectors."),
    "centred": ("Centred", "The same after the mean window is taken away: codes fill evenly."),
    "quantised": ("Quantised", "Random projections cut into steps: near windows share a code."),
    "principal": ("Principal", "Projections on what the image's windows differ in most."),
    "outputs": ("For the outputs", "Projections that tell most of these filters' outputs."),
}
# A family that is new to this table is shown by its own name.
FAMILY_CHOICES = tuple((name, _FAMILIES.get(name, (name, ""))[0]) for name in FAMILIES)
FAMILY_TIPS = tuple(_FAMILIES.get(name, (name, ""))[1] for name in FAMILIES)


def _explained(sentence: str) -> str:
    lines = (f"{label}: {tip}" for (_, label), tip in zip(FAMILY_CHOICES, FAMILY_TIPS, strict=True))
    return "\n".join((sentence, *lines))


def _published(what: str) -> str:
    return f"As published, {what}."


def _family(session: Session, image: Image | None) -> str:
    return _published("windows are hashed as the report does") * session.lsh_as_published


def _step(session: Session, image: Image | None) -> str:
    if session.lsh_as_published:
        return _published("a code is a sign")
    if reuse.steps(session) == "never":
        label = dict(FAMILY_CHOICES)[session.family]
        return f"{label}: a code is a sign and has no step."
    return ""


def _piece(session: Session, image: Image | None) -> str:
    return "" if session.scope == reuse.PIECES else "Only pieces of a window have a length."


def _representative(session: Session, image: Image | None) -> str:
    return _published("a cluster is stood for by its mean") * session.lsh_as_published


def _correction(session: Session, image: Image | None) -> str:
    if session.lsh_as_published:
        return _published("nothing is added back")
    if not session.reuse and session.scope != reuse.PIECES:
        return "Without reuse of products there is no correction."
    return ""


def _reuse(session: Session, image: Image | None) -> str:
    return "Products of pieces are always reused." * (session.scope == reuse.PIECES)


LSH_PARAMETERS = (
    Parameter(
        "family", "LSH", "Family", "choice", _explained("How windows are hashed."),
        choices=FAMILY_CHOICES, choice_tips=FAMILY_TIPS, disabled_reason=_family,
    ),
    Parameter(
        "hashes", "LSH", "Hash vectors", "int",
        "Windows are told apart by so many projections; by signs, h of them give up to 2 to the "
        "h clusters.",
        1, MOST_HASHES, 1, slider=True,
    ),
    Parameter(
        "step", "LSH", "Step", "float",
        "Width of a code, in units of the projections: smaller steps, more clusters.",
        0, 10_000, 1, 2, special="by sign", slider=True, disabled_reason=_step,
    ),
    Parameter(
        "scope", "LSH", "Cluster", "choice",
        "What is hashed together: each channel's windows, windows through all channels, or "
        "pieces of them.",
        choices=(("channel", "Each channel"), ("window", "All channels"),
                 (reuse.PIECES, "Pieces of a window")),
    ),
    Parameter(
        "piece", "LSH", "Piece", "int",
        "Values of a piece, in the order channel, row, column; the last one may be shorter.",
        1, 4096, 1, suffix=" values", slider=True, disabled_reason=_piece,
    ),
    Parameter(
        "representative", "LSH", "Stood for by", "choice",
        "What is multiplied with the filters in place of a cluster's windows.",
        choices=(("mean", "Its mean"), ("first", "First window")),
        disabled_reason=_representative,
    ),
    Parameter(
        "correction", "LSH", "Correction", "choice",
        "What is added back of the difference between a window and what stands for it.",
        choices=(("none", "None"), ("brightness", "Brightness"), ("projection", "Projections")),
        choice_tips=(
            "Every window of a cluster gets the same output.",
            "The difference in each channel's mean: one multiplication a channel and output.",
            "What the hash's projections tell of the outputs: one multiplication a hash and "
            "output.",
        ),
        disabled_reason=_correction,
    ),
    Parameter(
        "reuse", "LSH", "Reuse products", "bool",
        "Multiply what stands for a cluster with the filter once and look the product up.",
        disabled_reason=_reuse,
    ),
    Parameter(
        "lsh_seed", "LSH", "Seed", "int", "Same seed, same hash vectors, everywhere.",
        0, 2**31 - 1, 1,
    ),
    Parameter(
        "lsh_as_published", "LSH", "As published", "bool",
        "Repeat the report's flaw: cluster sums that double with every window and overflow.",
    ),
)  # fmt: skip

LOW_RANK_PARAMETERS = (
    Parameter(
        "rank", "Low rank", "Directions", "int",
        "Every output is made from so many projections of its window, without clusters.",
        1, MOST_HASHES, 1, slider=True,
    ),
    Parameter(
        "rank_family", "Low rank", "Family", "choice",
        _explained("Where the directions come from."),
        choices=FAMILY_CHOICES, choice_tips=FAMILY_TIPS,
    ),
    Parameter(
        "rank_seed", "Low rank", "Seed", "int",
        "Same seed, same sample of windows and same directions, everywhere.", 0, 2**31 - 1, 1,
    ),
)  # fmt: skip
