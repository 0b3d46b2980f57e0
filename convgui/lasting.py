"""What is there to stay is left out when Python looks for garbage."""

from __future__ import annotations

import gc


def leave_out() -> None:
    """Leaves everything that is imported by now out of all collections to come.

    To look through it takes a thirtieth of a second, whichever thread it is that makes Python look,
    and meanwhile no other one runs.
    """
    gc.freeze()
