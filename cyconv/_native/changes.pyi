from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS: int
COLUMNS: int

def alike(image: NDArray[Any]) -> tuple[bool, int]: ...
def plan(
    image: NDArray[Any],
    before: NDArray[Any] | None,
    groups: int,
    above: int,
    left: int,
    references: NDArray[np.intp],
    down: NDArray[np.intp],
    last_down: NDArray[np.intp],
    taps: int,
    spread: int,
    stride: int,
    step: int,
    rows: int,
    width: int,
    samples: int,
    worth: float,
    marks: NDArray[np.uint64],
    room: NDArray[np.intp],
    counts: NDArray[np.intp],
    tiles: NDArray[np.intp],
    taken: NDArray[np.uint8],
) -> tuple[int, int, int, int, tuple[int, ...]]: ...
