"""Keeps faults within what draws."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., None])


def drawn(method: F) -> F:
    """Gives a method that draws and lets no exception out.

    Qt has a painter open while it calls such a method, and goes on with it: an exception that is
    left standing there ends the program sooner or later. It is told as any that nobody caught.
    """

    @functools.wraps(method)
    def draw(*args: Any, **options: Any) -> None:
        try:
            method(*args, **options)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    return cast(F, draw)
