"""Products of small matrices, counted as they are made: what setting a technique up takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..cost import Part
from ..isa import kernels

Matrix = NDArray[np.float64]
Times = Callable[[Matrix], Matrix]


def product(a: NDArray[Any], b: NDArray[Any]) -> Matrix:
    """Gives the matrix product ``a @ b``, every sum made in one order, without fusing.

    So it is the same on every level, and no thread but this one works: a BLAS would start its
    own, which cost many times what they save where others use the cores.
    """
    if a.shape[0] > b.shape[1]:
        return product(b.T, a.T).T
    # Columns of b are neighbouring windows, rows of a directions.
    terms, columns = b.shape
    made = np.zeros((a.shape[0], columns))
    if terms and columns:
        kernels().hashing.project(
            np.ascontiguousarray(b, np.float64).reshape(-1), np.arange(terms) * columns, columns,
            columns, 0, columns, np.ascontiguousarray(a.T, np.float64), made, NEVER,
        )
    return made


NEVER = np.zeros(1, np.intc)
"""Products of small matrices are not stopped."""


class Tally:
    """Counts multiplications and additions of what is done through it."""

    def __init__(self) -> None:
        self.multiplications = 0
        self.additions = 0

    def count(self, multiplications: int, additions: int) -> None:
        """Adds to the counts."""
        self.multiplications += multiplications
        self.additions += additions

    def dot(self, a: NDArray[Any], b: NDArray[Any]) -> Matrix:
        """Gives the matrix product ``a @ b``."""
        outputs = a.shape[0] * b.shape[1]
        self.count(outputs * a.shape[1], outputs * max(0, a.shape[1] - 1))
        return product(a, b)

    def mean(self, rows: NDArray[Any]) -> Matrix:
        """Gives the mean row."""
        self.count(rows.shape[1], (rows.shape[0] - 1) * rows.shape[1])
        made: Matrix = rows.mean(axis=0, dtype=np.float64)
        return made

    def subtract(self, a: Matrix, b: Matrix) -> None:
        """Takes ``b`` from ``a``, in place."""
        a -= b
        self.count(0, a.size)

    def orthonormal(self, columns: Matrix) -> Matrix:
        """Gives an orthonormal basis of some columns.

        Counted as Householder's method takes it: 2 n k^2 multiplications and as many additions
        for n x k (Golub and Van Loan, "Matrix Computations", section 5.2).
        """
        rows, count = columns.shape
        self.count(2 * rows * count**2, 2 * rows * count**2)
        return np.linalg.qr(columns)[0]

    def eigenvectors(self, symmetric: Matrix) -> tuple[Matrix, Matrix]:
        """Gives eigenvalues, the largest first, and eigenvectors as columns.

        Counted as the symmetric QR algorithm takes it: 9 k^3 operations, half of them
        multiplications (Golub and Van Loan, section 8.3).
        """
        half = 9 * len(symmetric) ** 3 // 2
        self.count(half, half)
        values, vectors = np.linalg.eigh(symmetric)
        return values[::-1], vectors[:, ::-1]

    def part(self, name: str = "set-up") -> Part:
        """Gives the counts as a step of a technique."""
        return Part(name, self.multiplications, self.additions)


class Scatter:
    """Windows' products with each other, less those of their mean.

    Of short windows they are made once, of others what they do to a few columns.

    Parameters
    ----------
    windows : S x D
        Changed.
    mean : D
    eight_bit : bool
        Whether windows are whole numbers of 8 bits.
    tally : Tally
    """

    def __init__(
        self, windows: NDArray[Any], mean: Matrix, eight_bit: bool, tally: Tally
    ) -> None:
        self._tally = tally
        self._matrix: Matrix | None = None
        self._windows = windows
        if windows.shape[1] <= SHORT:
            # Whole numbers stay whole, and products of fewer than 2^8 of them exact in float32.
            near = np.rint(mean)
            tally.subtract(windows, near.astype(windows.dtype))
            self._matrix = self._products(eight_bit)
            rest = mean - near
            self._matrix -= np.outer(rest * len(windows), rest)
            tally.count(mean.size + mean.size**2, mean.size + mean.size**2)
        else:
            self._windows = windows.astype(np.float64)
            tally.subtract(self._windows, mean)
            self._columns = np.ascontiguousarray(self._windows.T)

    def _products(self, exact: bool) -> Matrix:
        """Gives ``windows.T @ windows``, whose upper triangle is made in blocks."""
        samples, length = self._windows.shape
        real = np.dtype(np.float32 if exact else np.float64)
        kernel = kernels().projections if exact else kernels().hashing
        windows = np.ascontiguousarray(self._windows, real)
        made = np.zeros((length, length))
        for block in blocks(length):
            part = np.empty((len(block), length - block.start), real)
            for first in range(0, samples, TOGETHER):
                some = windows[first : first + TOGETHER]
                kernel.project(
                    some.reshape(-1), np.arange(len(some)) * length + block.start, length,
                    length - block.start, 0, length - block.start,
                    np.ascontiguousarray(some[:, block.start : block.stop]), part, NEVER,
                )
                made[block.start : block.stop, block.start :] += part
            made[block.start :, block.start : block.stop] = made[
                block.start : block.stop, block.start :
            ].T
        self._tally.count(*products_cost(samples, length))
        return made

    def times(self, columns: Matrix) -> Matrix:
        """Gives the products times some columns, D x n for D x n."""
        if self._matrix is not None:
            return self._tally.dot(self._matrix, columns)
        seen = self._tally.dot(self._columns.T, columns)
        return self._tally.dot(self._windows.T, seen)


SHORT = 256
"""Values of windows whose products with each other are worth making."""

TOGETHER = 256
"""Windows whose products are summed in one go: 2^8 squares of 8 bits are below 2^24."""

BLOCK = 48
"""Columns of a matrix of products that are made together."""


def blocks(length: int) -> list[range]:
    """Splits so many columns into blocks."""
    return [range(first, min(first + BLOCK, length)) for first in range(0, length, BLOCK)]


def products_cost(samples: int, length: int) -> tuple[int, int]:
    """Gives the multiplications and additions of the upper triangle, block by block."""
    count = sum(len(block) * (length - block.start) for block in blocks(length))
    return samples * count, (samples - 1) * count


def scatter_cost(samples: int, length: int) -> tuple[int, int]:
    """Gives the multiplications and additions of a :class:`Scatter`, before it is used."""
    if length > SHORT:
        return 0, samples * length
    multiplications, additions = products_cost(samples, length)
    return (
        multiplications + length + length**2,
        additions + samples * length + length + length**2,
    )


def times_cost(samples: int, length: int, count: int) -> tuple[int, int]:
    """Gives the multiplications and additions of :meth:`Scatter.times`."""
    if length > SHORT:
        multiplications = 2 * samples * length * count
        return multiplications, multiplications - (samples + length) * count
    return length**2 * count, length * (length - 1) * count


def principal(times: Times, length: int, count: int, tally: Tally) -> Matrix:
    """Gives the first eigenvectors of a symmetric matrix: principal directions of a scatter.

    By subspace iteration from a fixed start with some directions to spare (Halko, Martinsson
    and Tropp, "Finding structure with randomness", 2011): for a few directions far less than
    all eigenvectors take.

    Parameters
    ----------
    times : callable
        Gives the matrix times D x n, as :meth:`Scatter.times` does.
    length : int
        D.
    count : int
        At most D.

    Returns
    -------
    count x D
        Orthonormal, that of the largest variance first; each one's largest value is positive.
    """
    wide = min(length, count + SPARE)
    raw = np.random.PCG64(0).random_raw(length * wide)
    basis = (raw >> np.uint64(11)).astype(np.float64).reshape(-1, wide) * 2.0**-52 - 1
    for _ in range(ROUNDS):
        basis = tally.orthonormal(times(basis))
    _, turned = tally.eigenvectors(tally.dot(basis.T, times(basis)))
    found = np.ascontiguousarray(tally.dot(basis, turned[:, :count]).T)
    largest = np.take_along_axis(found, np.abs(found).argmax(axis=1)[:, None], axis=1)
    return np.where(largest < 0, -found, found)


SPARE, ROUNDS = 6, 2
"""Directions to spare, and rounds, of :func:`principal`."""


def principal_cost(
    cost: Callable[[int], tuple[int, int]], length: int, count: int
) -> tuple[int, int]:
    """Gives the multiplications and additions of :func:`principal`.

    ``cost`` gives those of its ``times``, for so many columns.
    """
    wide = min(length, count + SPARE)
    multiplied, added = cost(wide)
    half = 9 * wide**3 // 2
    same = ROUNDS * 2 * length * wide**2 + half
    return (
        (ROUNDS + 1) * multiplied + same + wide**2 * length + length * wide * count,
        (ROUNDS + 1) * added + same + wide**2 * (length - 1) + length * (wide - 1) * count,
    )
