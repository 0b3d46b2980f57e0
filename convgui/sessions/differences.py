"""Which parameters of two sessions differ."""

from __future__ import annotations

from dataclasses import dataclass

from convgui.model.parameter import Parameter
from convgui.model.parameters import CUSTOM, PARAMETERS
from convgui.model.session import Session

WEIGHTS = Parameter("weights", "Filter", "Weights", "weights", "The user's own weights.")


@dataclass(frozen=True)
class Difference:
    """A parameter and its two values."""

    parameter: Parameter
    before: object
    after: object


def differences(before: Session, after: Session) -> tuple[Difference, ...]:
    """Give the parameters in which ``after`` differs, in the order of the dock.

    Weights count only where one of the two is convolved with them.
    """
    found = [
        Difference(each, getattr(before, each.key), getattr(after, each.key))
        for each in PARAMETERS
        if getattr(before, each.key) != getattr(after, each.key)
    ]
    own = [each.weights if each.filter_name == CUSTOM else None for each in (before, after)]
    if own[0] != own[1]:
        found.append(Difference(WEIGHTS, own[0], own[1]))
    return tuple(found)


def told(one: Session, other: Session) -> tuple[Parameter, ...]:
    """Give the parameters in which one of two sessions differs from the other or from a new one."""
    plain = Session()
    named = {each.parameter.key for each in differences(one, other)}
    for session in (one, other):
        named |= {each.parameter.key for each in differences(plain, session)}
    return tuple(each for each in (*PARAMETERS, WEIGHTS) if each.key in named)
