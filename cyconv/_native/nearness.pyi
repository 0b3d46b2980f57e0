from typing import Any

import numpy as np
from numpy.typing import NDArray

def sums(plane: NDArray[Any], target: NDArray[Any], totals: NDArray[np.float64]) -> None: ...
def similarity(
    plane: NDArray[Any],
    target: NDArray[Any],
    bell: NDArray[np.float64],
    luminance: float,
    contrast: float,
    room: NDArray[np.float64],
) -> float: ...
