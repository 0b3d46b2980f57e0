"""Numbers and arrays that count what is done with them: an independent count of operations."""

from __future__ import annotations

import collections

import numpy as np


class Counter:
    """Counts multiplications and additions by steps."""

    def __init__(self):
        self.step = ""
        self.counts = collections.defaultdict(lambda: [0, 0])

    def multiplied(self, count=1):
        self.counts[self.step][0] += count

    def added(self, count=1):
        self.counts[self.step][1] += count

    def made(self):
        """Gives (multiplications, additions) of every step with some."""
        return {step: tuple(each) for step, each in self.counts.items() if any(each)}


class Number:
    """A number that counts: a division as a multiplication, a subtraction as an addition."""

    __slots__ = ("counter", "value")

    def __init__(self, value, counter):
        self.value, self.counter = value, counter

    def _with(self, value):
        return Number(value, self.counter)

    def __add__(self, other):
        self.counter.added()
        return self._with(self.value + getattr(other, "value", other))

    def __sub__(self, other):
        self.counter.added()
        return self._with(self.value - getattr(other, "value", other))

    def __mul__(self, other):
        self.counter.multiplied()
        return self._with(self.value * getattr(other, "value", other))

    def __truediv__(self, other):
        self.counter.multiplied()
        return self._with(self.value / getattr(other, "value", other))


def total(numbers):
    """Gives the sum of some numbers: one addition fewer than there are."""
    numbers = iter(numbers)
    made = next(numbers)
    for each in numbers:
        made = made + each
    return made


def dot(numbers, weights):
    """Gives the sum of products."""
    return total(each * weight for each, weight in zip(numbers, weights, strict=True))


class Counted(np.ndarray):
    """An array that counts what NumPy does with it, and with all that comes of it.

    Set ``Counted.counter`` first. Sums of n products are n multiplications and n - 1 additions,
    decompositions what textbooks say of their usual methods. What only compares, rounds, scales
    by powers of two, or takes signs and roots is free.
    """

    counter = Counter()

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        plain = [each.view(np.ndarray) if isinstance(each, Counted) else each for each in inputs]
        if out is not None:
            options["out"] = tuple(
                each.view(np.ndarray) if isinstance(each, Counted) else each for each in out
            )
        made = getattr(ufunc, method)(*plain, **options)
        size = np.size(made)
        if ufunc is np.matmul:
            self._product(plain, size)
        elif method == "reduce" and ufunc is np.add:
            self.counter.added(np.size(plain[0]) - size)
        elif method == "__call__" and ufunc in (np.multiply, np.divide):
            self.counter.multiplied(size)
        elif method == "__call__" and ufunc in (np.add, np.subtract):
            self.counter.added(size)
        return made.view(Counted) if isinstance(made, np.ndarray) else made

    def _product(self, plain, size):
        first, second = plain
        terms = first.shape[-1]
        marks = next((each for each in plain if set(np.unique(each)) <= {0.0, 1.0}), None)
        if marks is None:
            self.counter.multiplied(size * terms)
            self.counter.added(size * (terms - 1))
            return
        # Products with marks of 0 and 1 are sums of what is marked.
        other = np.abs(second if marks is first else first) + 1
        counts = (first != 0).astype(int) @ np.ones_like(other, int) if marks is first else (
            np.ones_like(other, int) @ (second != 0).astype(int)
        )
        self.counter.added(int(np.maximum(counts - 1, 0).sum()))

    def __array_function__(self, function, types, arguments, options):
        plain = [
            each.view(np.ndarray) if isinstance(each, Counted) else each for each in arguments
        ]
        if function is np.linalg.qr:
            rows, count = plain[0].shape
            # Householder: 2 n k^2 of each (Golub and Van Loan, section 5.2).
            self.counter.multiplied(2 * rows * count**2)
            self.counter.added(2 * rows * count**2)
            return tuple(each.view(Counted) for each in function(*plain, **options))
        if function is np.linalg.eigh:
            # The symmetric QR algorithm: 9 k^3 operations (section 8.3), half of them each.
            half = 9 * len(plain[0]) ** 3 // 2
            self.counter.multiplied(half)
            self.counter.added(half)
            values, vectors = function(*plain, **options)
            return values.view(Counted), vectors.view(Counted)
        if function is np.outer:
            self.counter.multiplied(plain[0].size * plain[1].size)
        made = super().__array_function__(function, types, arguments, options)
        return made.view(Counted) if isinstance(made, np.ndarray) else made
