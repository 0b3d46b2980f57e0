"""Products of small matrices, counted as they are made: what setting a technique up takes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..cost import Part

Matrix = NDArray[np.float64]


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
        made: Matrix = a @ b
        return made

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


def principal(rows: Matrix, count: int, tally: Tally) -> Matrix:
    """Gives the first principal directions of some rows, whose mean is 0.

    By subspace iteration from a fixed start with some directions to spare (Halko, Martinsson
    and Tropp, "Finding structure with randomness", 2011): for a few directions far less than
    all eigenvectors take.

    Parameters
    ----------
    rows : S x D
    count : int
        At most D.

    Returns
    -------
    count x D
        Orthonormal, that of the largest variance first; each one's largest value is positive.
    """
    wide = min(rows.shape[1], count + SPARE)
    raw = np.random.PCG64(0).random_raw(rows.shape[1] * wide)
    basis = (raw >> np.uint64(11)).astype(np.float64).reshape(-1, wide) * 2.0**-52 - 1
    for _ in range(ROUNDS):
        basis = tally.orthonormal(tally.dot(rows.T, tally.dot(rows, basis)))
    seen = tally.dot(rows, basis)
    _, turned = tally.eigenvectors(tally.dot(seen.T, seen))
    found = np.ascontiguousarray(tally.dot(basis, turned[:, :count]).T)
    largest = np.take_along_axis(found, np.abs(found).argmax(axis=1)[:, None], axis=1)
    return np.where(largest < 0, -found, found)


SPARE, ROUNDS = 6, 2
"""Directions to spare, and rounds, of :func:`principal`."""


def principal_cost(rows: int, length: int, count: int) -> tuple[int, int]:
    """Gives the multiplications and additions of :func:`principal`."""
    wide = min(length, count + SPARE)
    half = 9 * wide**3 // 2
    once = 2 * rows * length * wide + 2 * length * wide**2
    multiplications = ROUNDS * once + rows * length * wide + rows * wide**2
    fewer = ROUNDS * wide * (rows + length) + rows * wide + wide**2
    turning = length * wide * count
    return (
        multiplications + half + turning,
        multiplications - fewer + half + turning - length * count,
    )
