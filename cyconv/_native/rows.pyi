from typing import Any

from numpy.typing import NDArray

def fill(image: NDArray[Any], band: NDArray[Any], top: int, left: int) -> None: ...
