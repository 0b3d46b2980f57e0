from typing import Any

import numpy as np
from numpy.typing import NDArray

def leave_out(
    image: NDArray[Any],
    threshold: float,
    kept: bool,
    back: int,
    aside: int,
    reached: NDArray[np.float64],
    out: NDArray[Any],
    above: NDArray[np.uint8],
) -> tuple[int, int]: ...
