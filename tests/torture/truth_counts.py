"""What each technique executes, counted from the pixels: no formula of the library is asked.

What setting a plan up takes (drawing directions, fitting corrections) is the exception: it is
taken from the part that the run itself tells, and counted by tests/cyconv/test_setup_counts.py.
"""

from __future__ import annotations

import numpy as np
from kernel_reuse import chosen, codes_of, numbered
from kernel_scenes import Scene
from reuse import plans

from cyconv.techniques.families import FAMILIES

Counts = tuple[int, int]


def added(*counts: Counts) -> Counts:
    """Gives the sum of (multiplications, additions)."""
    return sum(each[0] for each in counts), sum(each[1] for each in counts)


def dots(count: int, length: int) -> Counts:
    """Gives what so many sums of so many products take."""
    return count * length, count * (length - 1)


class Counted:
    """Counts of one scene: N windows, M filters, D products an output."""

    def __init__(self, scene: Scene, pixels: np.ndarray) -> None:
        self.scene, self.pixels = scene, pixels
        self.windows, self.filters = scene.windows.shape[1], len(scene.bank)
        self.depth, self.taps = scene.depth, scene.bank[0, 0].size
        self.outputs = self.windows * self.filters

    def report(self, technique) -> Counts | None:
        """Gives what the report's formulas give (its sections 1 and 3, slips included)."""
        n, taps, count = self.windows, self.taps, self.outputs * self.depth
        if technique.name == "exact":
            return count, count
        if technique.name == "differential":
            return count, count + (n - 1) * taps
        if technique.name == "lsh":
            hashed = n * technique.hashes * taps
            return 2 * hashed + count, n + n * taps + hashed + count
        return None

    def stored(self, technique) -> int:
        """Gives the values that the report counts as kept."""
        if technique.name == "lsh":
            return len(self.pixels) * 2**technique.hashes * self.taps
        if technique.name == "low-rank":
            hashes = technique.hashes
            most = FAMILIES[technique.family].at_most(self.depth, self.filters)
            return min(hashes, most) * self.depth
        return self.taps if technique.name == "differential" else 0

    def executed(self, technique, result) -> Counts | None:
        """Gives what was to be executed; None where only the run's own path could tell."""
        if technique.name == "exact":
            plain = result.facts.path == "direct"
            return dots(self.outputs, self.depth) if plain else None
        if technique.name == "differential":
            return self._differential(technique, result)
        return (self._lsh if technique.name == "lsh" else self._low_rank)(technique, result)

    def _differential(self, technique, result) -> Counts | None:
        values = self.scene.windows[0]
        if technique.reference == "first":
            different = (np.abs(values - values[0]) > technique.threshold).any(axis=1)
            made = self.filters * (1 + int(different[1:].sum()))
            made = self.outputs if technique.as_published else made
            back = 0 if technique.as_published else made - self.filters
            subtracted = (self.windows - 1) * self.depth
            return added((0, subtracted), dots(made, self.depth), (0, back))
        if result.facts.path != "exact" or result.facts.compared:
            return None
        small = self._small(technique)
        if small is None:
            return None
        alike, compared = self._channels(result)
        depth = self.taps if alike else self.depth
        sums = self.filters * (self.depth - self.taps) if alike else 0
        return added((0, small), (0, compared + sums), dots(self.outputs, depth))

    def _small(self, technique) -> int | None:
        """Gives the additions of leaving small differences out."""
        if not technique.threshold:
            return 0
        down, across = self.scene.geometry.strides
        _, height, width = self.pixels.shape
        wide = self.pixels.astype(np.float64)
        beside = np.abs(wide[:, :, across:] - wide[:, :, : max(0, width - across)])
        over = np.abs(wide[:, down:] - wide[:, : max(0, height - down)])
        looked = {"previous": [beside], "above": [over], "best": [beside, over]}[
            technique.reference
        ]
        if technique.residue == "kept":
            return sum(each.size for each in looked)
        if len(looked) > 1:
            return None
        return looked[0].size + int((looked[0] > technique.threshold).sum())

    def _channels(self, result) -> tuple[bool, int]:
        """Gives whether channels are alike, and pixels compared until a row told that."""
        reached = result.facts.reached
        pixels = self.pixels if reached is None else reached
        compared = 0
        for row in range(pixels.shape[1]):
            for channel in range(1, len(pixels)):
                compared += pixels.shape[2]
                if not np.array_equal(pixels[0, row], pixels[channel, row]):
                    return False, compared
        return len(pixels) > 1, compared

    def _set_up(self, result) -> Counts:
        parts = {part.name: part for part in result.executed.parts}
        part = parts.get("set-up")
        return (part.multiplications, part.additions) if part else (0, 0)

    def clusters(self, technique):
        """Gives plans with each window's cluster."""
        pixels = np.ascontiguousarray(self.pixels)
        kind = self.scene.real.type if FAMILIES[technique.family].rounded else np.float64
        made = []
        for plan in plans(technique, pixels, self.scene.bank, self.scene.geometry):
            values = self.scene.windows[plan.span.group][:, plan.span.start : plan.span.stop]
            codes = codes_of(values, plan, kind)
            made.append((plan, codes, numbered(codes)))
        return made

    def _lsh(self, technique, result) -> Counts:
        found, total = self.clusters(technique), self._set_up(result)
        n, each = self.windows, self.filters
        rounded = FAMILIES[technique.family].rounded
        for plan, _, ids in found:
            length, hashes = plan.span.length, len(plan.directions)
            total = added(total, dots(n * hashes, length))
            if technique.step is not None:
                total = added(total, (n * hashes, n * hashes))
            for cluster in range(int(ids.max()) + 1):
                members = len(chosen(np.flatnonzero(ids == cluster), technique.representative))
                if technique.representative != "first":
                    times = 2 if technique.as_published else 1
                    total = added(total, (length, times * (members - 1) * length))
                if technique.reuse:
                    total = added(total, dots(each, length))
            if technique.correction == "brightness":
                pieces = plan.span.pieces(self.taps)
                for start, stop in pieces:
                    total = added(total, dots(n, stop - start), (n * each, n * each))
            elif technique.correction == "projection":
                again = (0, 0) if rounded else dots(n * hashes, length)
                total = added(total, again, (n * each * hashes, n * each * hashes))
        if technique.reuse:
            return added(total, (0, n * each * (len(found) - 1)))
        return added(total, dots(n * each, self.depth))

    def _low_rank(self, technique, result) -> Counts:
        pixels = np.ascontiguousarray(self.pixels)
        (plan,) = plans(technique, pixels, self.scene.bank, self.scene.geometry)
        n, hashes = self.windows, len(plan.directions)
        both = self.outputs * hashes
        return added(self._set_up(result), dots(n * hashes, self.depth), (both, both))
