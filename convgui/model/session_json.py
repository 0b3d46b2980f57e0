"""A session as plain JSON values and back, taking nothing from a file on trust."""

from __future__ import annotations

import math
from dataclasses import asdict, fields
from typing import Any

from convgui.model.parameter import Parameter
from convgui.model.parameters import CUSTOM, PARAMETERS
from convgui.model.session import Session, Weights

MOST_WEIGHTS = 1 << 20

_PARAMETERS = {parameter.key: parameter for parameter in PARAMETERS}


def to_json(session: Session) -> dict[str, Any]:
    """Give the session as a dictionary that `json` can write."""
    return asdict(session)


def from_json(values: object) -> Session:
    """Give the session that a dictionary describes.

    Whatever is missing, of the wrong type or out of range is taken from a new session; unknown
    entries, as of a newer version, are passed over. So any value at all gives a session.
    """
    if not isinstance(values, dict):
        return Session()
    taken: dict[str, Any] = {}
    for field in fields(Session):
        parameter = _PARAMETERS.get(field.name)
        if field.name in values and parameter and _fits(values[field.name], parameter):
            taken[field.name] = _value(values[field.name], parameter)
    if (weights := _weights(values.get("weights"))) is not None:
        taken["weights"] = weights
    elif taken.get("filter_name") == CUSTOM:
        del taken["filter_name"]
    return Session(**taken)


def _fits(value: object, parameter: Parameter) -> bool:
    """Tell whether a value is one that the parameter's editor could have given."""
    if parameter.kind == "bool":
        return isinstance(value, bool)
    if parameter.kind == "choice":
        return isinstance(value, str) and value in [choice for choice, _ in parameter.choices]
    if value is None:
        return parameter.default is None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    whole = parameter.kind == "float" or isinstance(value, int)
    # NaN is within no range.
    return whole and parameter.minimum <= value <= parameter.maximum


def _value(value: Any, parameter: Parameter) -> Any:
    return float(value) if parameter.kind == "float" else value


def _weights(value: object) -> Weights | None:
    """Give nested tuples of floats, K_h x K_w or M x C x K_h x K_w, or None."""
    try:
        nested, shape = _nested(value, 4)
    except (TypeError, ValueError, OverflowError):
        return None
    if len(shape) not in (2, 4) or not 0 < math.prod(shape) <= MOST_WEIGHTS:
        return None
    weights: Weights = nested
    return weights


def _nested(value: Any, depth: int) -> tuple[Any, tuple[int, ...]]:
    """Give lists as tuples with the shape that they have, or raise ValueError if it is ragged."""
    if not isinstance(value, (list, tuple)):
        number = float(value)
        if isinstance(value, (str, bool)) or not math.isfinite(number):
            raise ValueError("not a finite number")
        return number, ()
    if not depth:
        raise ValueError("nested too deep")
    inner = [_nested(each, depth - 1) for each in value]
    shapes = {shape for _, shape in inner}
    if len(shapes) != 1:
        raise ValueError("ragged or empty")
    return tuple(each for each, _ in inner), (len(inner), *shapes.pop())
