from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS: int
COLUMNS: int

def plan(
    image: NDArray[Any],
    before: NDArray[Any] | None,
    above: int,
    left: int,
    phases: int,
    places: int,
    back: int,
    aside: int,
    down: NDArray[np.intp],
    last_down: NDArray[np.intp],
    across: NDArray[np.intp],
    step: int,
    width: int,
    every: int,
    marks: NDArray[np.uint8],
    counts: NDArray[np.intp],
    tiles: NDArray[np.intp],
) -> tuple[int, int]: ...
