"""Which techniques are run and shown beside the exact one, and the switches for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from .parameter import Parameter
from .session import Session

if TYPE_CHECKING:
    from .image import Image

SWITCHES = {
    "differential": "show_differential",
    "lsh": "show_lsh",
    "low-rank": "show_low_rank",
}
"""Attributes of a session that switch techniques, by technique."""

SWITCH_PARAMETERS = (
    Parameter(
        "show_differential", "Techniques", "Differential", "bool",
        "Run the differential technique: differences of windows in place of windows.",
    ),
    Parameter(
        "show_lsh", "Techniques", "LSH", "bool",
        "Run the LSH technique: windows of one code share one result.",
    ),
    Parameter(
        "show_low_rank", "Techniques", "Low rank", "bool",
        "Run the low-rank technique: a few projections of each window, no clusters. It is what "
        "LSH with a correction has to beat.",
    ),
)  # fmt: skip

_GROUPS = {"Differential": "differential", "LSH": "lsh", "Low rank": "low-rank"}


def shown(session: Session) -> tuple[str, ...]:
    """Gives the names of the techniques that a session shows, the exact one first."""
    return ("exact", *(name for name, key in SWITCHES.items() if getattr(session, key)))


def unless_shown(parameters: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Gives parameters that are greyed, too, while their technique is not shown."""
    return tuple(
        _switched(each, SWITCHES[_GROUPS[each.group]]) if each.group in _GROUPS else each
        for each in parameters
    )


def _switched(parameter: Parameter, key: str) -> Parameter:
    own = parameter.disabled_reason

    def reason(session: Session, image: Image | None) -> str:
        if not getattr(session, key):
            return f"{parameter.group} is switched off under Techniques."
        return own(session, image)

    return replace(parameter, disabled_reason=reason)
