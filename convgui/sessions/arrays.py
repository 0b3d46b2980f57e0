"""Arrays as the bytes of an .npy file and back; a header is believed in nothing."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Container
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convgui.model.image import Image
from convgui.sessions.problem import Unfit

VERSION = (1, 0)
MOST_HEADER = 512
LENGTH_AT = 8


def encode(array: NDArray[Any]) -> bytes:
    """Give an array as an .npy file, little-endian, rows first."""
    stream = io.BytesIO()
    plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    np.lib.format.write_array(stream, plain, version=VERSION, allow_pickle=False)
    return stream.getvalue()


def decode(
    data: bytes, name: str, types: Container[str], dimensions: Container[int]
) -> NDArray[Any]:
    """Give the array in an .npy file, as a read-only view of its bytes.

    Parameters
    ----------
    data : bytes
    name : str
        What it is called if it is refused.
    types : container of str
        Names of the dtypes that are allowed.
    dimensions : container of int
        Numbers of dimensions that are allowed.

    Raises
    ------
    Unfit
        For everything else, before anything of the stated size is made.
    """
    try:
        stream = io.BytesIO(data[:MOST_HEADER])
        if np.lib.format.read_magic(stream) != VERSION:
            raise Unfit(f"{name} is no array of the kind that it should be")
        if int.from_bytes(data[LENGTH_AT : LENGTH_AT + 2], "little") > MOST_HEADER - LENGTH_AT - 2:
            raise Unfit(f"{name} has a header that is too long")
        shape, columns_first, dtype = np.lib.format.read_array_header_1_0(stream)
    except Unfit:
        raise
    except Exception as error:
        # Whatever a made-up header sets off in the parser, it is one that NumPy did not write.
        raise Unfit(f"{name} is no array") from error
    if columns_first or dtype.byteorder == ">" or dtype.name not in types:
        raise Unfit(f"{name} holds values of a kind that it should not")
    if len(shape) not in dimensions or min(shape, default=0) < 1:
        raise Unfit(f"{name} has a shape that it should not")
    if math.prod(shape) * dtype.itemsize != len(data) - stream.tell():
        raise Unfit(f"{name} is not as long as it says")
    return np.frombuffer(data, dtype, offset=stream.tell()).reshape(shape)


def digest(image: Image) -> str:
    """Give the SHA-256 of an image's pixels, their type and their shape, in hexadecimal digits."""
    shape = "x".join(map(str, image.pixels.shape))
    found = hashlib.sha256(f"{image.pixels.dtype.name} {shape}\n".encode())
    found.update(np.ascontiguousarray(image.pixels).data)
    return found.hexdigest()
