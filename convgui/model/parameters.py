"""The table of parameters that the dock is made of: what each is called, ranges over and needs.

A row's key is an attribute of :class:`~convgui.model.session.Session`, which also holds its
default. What a row can't change in the present session it says in ``disabled_reason``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cyconv import filters

from .parameter import Parameter, Reason
from .reuse_parameters import LOW_RANK_PARAMETERS, LSH_PARAMETERS
from .session import Session
from .shown import SWITCH_PARAMETERS, unless_shown

if TYPE_CHECKING:
    from .image import Image

GROUPS = ("Image", "Filter", "Geometry", "Techniques", "Differential", "LSH", "Low rank", "Run")
CUSTOM = "custom"


def bank_weights(session: Session) -> bool:
    """Whether the user's weights are a whole bank, M x C x K_h x K_w."""
    return (
        session.filter_name == CUSTOM
        and session.weights is not None
        and isinstance(session.weights[0][0], tuple)
    )


def choose_filter(session: Session, name: str) -> Session:
    """Gives the session with another filter, in a size that the filter can be made in."""
    preset = filters.PRESETS.get(name)
    size = session.kernel_size
    if preset is not None and size not in preset.sizes:
        size = preset.default_size
    return replace(session, filter_name=name, kernel_size=size)


def _gray(session: Session, image: Image | None) -> str:
    alone = image is not None and image.pixels.ndim == 2
    return "The image has one channel already." if alone else ""


def _kernel_size(session: Session, image: Image | None) -> str:
    return "The weights below give the size." if session.filter_name == CUSTOM else ""


def _count(session: Session, image: Image | None) -> str:
    return "The loaded weights are a bank already." if bank_weights(session) else ""


def _takes(option: str, name: str) -> Reason:
    def reason(session: Session, image: Image | None) -> str:
        preset = filters.PRESETS.get(session.filter_name)
        if preset is not None and option in preset.options:
            return ""
        labels = [each.label for each in filters.PRESETS.values() if option in each.options]
        return f"{name} belongs to {' and '.join(labels)} only."

    return reason


def _padding(session: Session, image: Image | None) -> str:
    return "Padding follows from keeping the size." if session.same_padding else ""


def _reference(session: Session, image: Image | None) -> str:
    if session.differential_as_published:
        return "As published, differences are taken from the first window."
    return ""


def _threshold(session: Session, image: Image | None) -> str:
    return "As published, nothing is left out." if session.differential_as_published else ""


def _residue(session: Session, image: Image | None) -> str:
    if reason := _threshold(session, image):
        return reason
    return "" if session.threshold else "With threshold 0 nothing is left out."


_FILTERS = (*((name, preset.label) for name, preset in filters.PRESETS.items()),
            (CUSTOM, "My own weights"))  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = unless_shown((
    Parameter(
        "width", "Image", "Width", "int", "The image is brought to this width before the run.",
        0, 65535, 1, suffix=" px", special="as it is",
    ),
    Parameter(
        "height", "Image", "Height", "int", "The image is brought to this height before the run.",
        0, 65535, 1, suffix=" px", special="as it is",
    ),
    Parameter(
        "gray", "Image", "Grey", "bool", "Reduce the image to one channel, its brightness.",
        disabled_reason=_gray,
    ),
    Parameter(
        "filter_name", "Filter", "Filter", "choice", "What the image is convolved with.",
        choices=_FILTERS,
    ),
    Parameter(
        "kernel_size", "Filter", "Size", "int", "Side K of the K × K window.",
        1, 63, 1, suffix=" px", slider=True, disabled_reason=_kernel_size,
    ),
    Parameter(
        "filter_count", "Filter", "Filters", "int",
        "Number M of filters in the bank; each makes an output of its own.",
        1, 512, 1, slider=True, disabled_reason=_count,
    ),
    Parameter(
        "divisor", "Filter", "Divisor", "float",
        "The blur's ones are divided by this; a larger divisor darkens.",
        0, 100_000, 1, 3, special="K × K", slider=True,
        disabled_reason=_takes("divisor", "The divisor"),
    ),
    Parameter(
        "sigma", "Filter", "Sigma", "float", "Standard deviation of the bell.",
        0, 100, 0.1, 2, suffix=" px", special="by size", slider=True,
        disabled_reason=_takes("sigma", "Sigma"),
    ),
    Parameter(
        "filter_seed", "Filter", "Seed", "int", "Same seed, same random weights, everywhere.",
        0, 2**31 - 1, 1, disabled_reason=_takes("seed", "The seed"),
    ),
    Parameter(
        "stride", "Geometry", "Stride", "int", "Steps of the window, down and to the right.",
        1, 64, 1, suffix=" px", slider=True,
    ),
    Parameter(
        "same_padding", "Geometry", "Keep the size", "bool",
        "Pad with as many zeros as keep the image's size (divided by the stride).",
    ),
    Parameter(
        "padding", "Geometry", "Padding", "int", "Zeros added on all four sides.",
        0, 256, 1, suffix=" px", slider=True, disabled_reason=_padding,
    ),
    Parameter(
        "dilation", "Geometry", "Dilation", "int",
        "Distance between the pixels that the window looks at; 1 is no gap.",
        1, 64, 1, suffix=" px", slider=True,
    ),
    *SWITCH_PARAMETERS,
    Parameter(
        "reference", "Differential", "Difference from", "choice",
        "The window that others are subtracted from.",
        choices=(
            ("first", "First window"), ("previous", "Window to the left"),
            ("above", "Window above"), ("best", "Left or above, the better"),
        ),
        disabled_reason=_reference,
    ),
    Parameter(
        "threshold", "Differential", "Threshold", "float",
        "Pixels that differ by no more than this are taken to be equal; 0 is lossless.",
        0, 64, 1, 1, suffix=" levels", slider=True, special="nothing", disabled_reason=_threshold,
    ),
    Parameter(
        "residue", "Differential", "Residue", "choice",
        "Kept, it is part of the next difference, so that errors stay below the threshold; "
        "forgotten, they add up along the row, as in published code.",
        choices=(("kept", "Kept for the next"), ("forgotten", "Forgotten: it drifts")),
        disabled_reason=_residue,
    ),
    Parameter(
        "differential_as_published", "Differential", "As published", "bool",
        "Repeat the report's flaw: the sign swapped, the base never added back.",
    ),
    *LSH_PARAMETERS,
    *LOW_RANK_PARAMETERS,
    Parameter(
        "threads", "Run", "Threads", "int", "Worker threads of the kernels.",
        0, 256, 1, special="all cores",
    ),
))  # fmt: skip

BY_KEY: dict[str, Parameter] = {each.key: each for each in PARAMETERS}
