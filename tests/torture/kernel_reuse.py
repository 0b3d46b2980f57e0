"""Random cases of reuse: LSH and the low-rank bank, held against clusters made with NumPy."""

from __future__ import annotations

import numpy as np
from kernel_cases import counted, ran
from kernel_scenes import drawn, off
from reuse import plans

from cyconv import LSH, LowRank
from cyconv.members import cluster_ids
from cyconv.techniques.families import FAMILIES

REUSE = ("mean", "first", 2, 5)


def settings(rng):
    """Draws settings of LSH that go together."""
    family = str(rng.choice(list(FAMILIES)))
    steps, step = FAMILIES[family].steps, None
    if steps == "must" or (steps == "may" and rng.random() < 0.6):
        step = float(rng.choice([1, 30, 200, 1e-2]))
    scope = ("channel", "window", int(rng.integers(1, 12)))[rng.integers(3)]
    again = not isinstance(scope, int) and rng.random() < 0.15
    return LSH(
        int(rng.choice([1, 2, 3, 5, 8, 13, 32])), family, step, scope,
        REUSE[rng.integers(4)],
        "none" if again else str(rng.choice(["none", "brightness", "projection"])),
        seed=int(rng.integers(0, 5)), reuse=not again,
    )  # fmt: skip


def drawn_vectors(hashes, length, seed):
    """Gives the report's vectors: PCG64's raw numbers, their upper 53 bits over [-1, 1)."""
    raw = np.random.PCG64(seed).random_raw(hashes * length)
    return np.array([2 * (int(each) >> 11) / 2**53 - 1 for each in raw]).reshape(hashes, length)


def codes_of(values, plan, kind):
    """Gives each window's codes, N x H, sums taken tap by tap in a type."""
    columns, directions = values.astype(kind), plan.directions.astype(kind)
    total = np.zeros((len(values), len(directions)), kind)
    for tap in range(values.shape[1]):
        total = total + columns[:, tap, None] * directions[None, :, tap]
    origins, inverses = plan.cuts.origins.astype(kind), plan.cuts.inverses.astype(kind)
    steps = np.floor((total - origins) * inverses)
    return np.where(inverses == 0, total > origins, steps)


def chosen(where, representative):
    """Gives the windows that a cluster's representative is the mean of."""
    if representative == "mean":
        return where
    count = 1 if representative == "first" else min(representative, len(where))
    if count in (1, len(where)):
        return where[:count]
    return where[[(2 * each + 1) * len(where) // (2 * count) for each in range(count)]]


def numbered(codes):
    """Gives each window's cluster, numbered in the order of their first windows."""
    found, ids = {}, []
    for row in map(bytes, np.ascontiguousarray(codes, np.float64)):
        ids.append(found.setdefault(row, len(found)))
    return np.array(ids)


def fitted(values, plan, weights):
    """Says whether a correction's coefficients are as good as least squares can be."""
    seen = values - values.mean(axis=0)
    told, outputs = seen @ plan.directions.T, seen @ weights.T
    best = np.linalg.lstsq(told, outputs, rcond=1e-6)[0]
    least = np.square(told @ best - outputs).sum()
    got = np.square(told @ plan.coefficients - outputs).sum()
    return got <= least * (1 + 1e-3) + 1e-6 * np.square(outputs).sum() + 1e-9


def lsh(rng):
    """Clusters, representatives and corrections of one image."""
    scene, technique = drawn(rng), settings(rng)
    result, _ = ran(rng, scene, technique)
    pixels = np.array(scene.given[0], np.dtype(scene.given[0].dtype).newbyteorder("="))
    pixels = pixels.reshape(scene.shape)
    made = plans(technique, pixels, scene.bank, scene.geometry)
    kind = scene.real.type if FAMILIES[technique.family].rounded else np.float64
    taps, (groups, each, _) = scene.bank[0, 0].size, scene.weights.shape
    output = np.zeros((groups, each, scene.windows.shape[1]))
    clusters, every = [], []
    for plan in made:
        span = plan.span
        values = scene.windows[span.group][:, span.start : span.stop]
        weights = scene.weights[span.group][:, span.start : span.stop]
        if technique.family == "report" and not np.array_equal(
            plan.directions, drawn_vectors(technique.hashes, values.shape[1], technique.seed)
        ):
            return f"{technique} on {scene}: other vectors than the generator's"
        ids = numbered(codes_of(values, plan, kind))
        clusters.append(int(ids.max()) + 1)
        every.append(ids)
        standing = np.empty_like(values)
        for cluster in range(clusters[-1]):
            where = np.flatnonzero(ids == cluster)
            standing[where] = values[chosen(where, technique.representative)].mean(axis=0)
        output[span.group] += weights @ standing.T
        if technique.correction == "brightness":
            channels = np.arange(span.start, span.stop) // taps
            for channel in np.unique(channels):
                inside = channels == channel
                difference = (values - standing)[:, inside].mean(axis=1)
                output[span.group] += np.outer(weights[:, inside].sum(axis=1), difference)
        elif technique.correction == "projection":
            if len(values) <= 1024 and not fitted(values, plan, weights):
                return f"{technique} on {scene}: a correction that is not the best"
            told = (values - standing) @ plan.directions.T @ plan.coefficients
            output[span.group] += told.T
    if result.facts.clusters.tolist() != clusters:
        return f"{technique} on {scene}: {result.facts.clusters} clusters in place of {clusters}"
    wrong = off(result.output, scene.added(scene.planes(output)), wide(scene)) or counted(
        scene, technique, result
    )
    wrong = wrong or health(result, every) or members(rng, scene, technique, every)
    return f"{technique} on {scene}: {wrong}" if wrong else ""


def wide(scene):
    """Gives a bound on sums of values that may be any window's."""
    size = np.abs(scene.bank.astype(np.float64)).sum(axis=(1, 2, 3))
    size = size * np.abs(scene.windows).max(initial=0)
    size = size + (0 if scene.bias is None else np.abs(scene.bias))
    return (20 * size * (scene.depth + 4) * scene.eps)[:, None, None] + 1e-30


def health(result, every):
    """Says which figure of the clusters is wrong."""
    for told, ids in zip(result.facts.health, every, strict=True):
        counts = np.bincount(ids)
        shares = counts / len(ids)
        wanted = (
            len(counts), counts.max(), len(counts) / len(ids), -(shares * np.log2(shares)).sum()
        )
        got = told.used, told.largest, told.remaining, told.entropy
        if not np.allclose(got, wanted, rtol=1e-12, atol=1e-12):
            return f"health {got} in place of {wanted}"
    return ""


def members(rng, scene, technique, every):
    """Says whether cluster_ids() tells other clusters than the run had."""
    if rng.random() > 0.2:
        return ""
    image, bank, _ = scene.given
    ids = cluster_ids(image, bank, technique, scene.geometry, threads=1)
    same = np.array_equal(ids.reshape(len(every), -1), np.array(every))
    return "" if same else "other members in cluster_ids()"


def low_rank(rng):
    """Outputs made of projections alone."""
    scene = drawn(rng)
    technique = LowRank(
        int(rng.choice([1, 2, 5, 8, 32])), str(rng.choice(list(FAMILIES))),
        seed=int(rng.integers(0, 5)),
    )  # fmt: skip
    result, _ = ran(rng, scene, technique)
    pixels = np.array(scene.given[0], np.dtype(scene.given[0].dtype).newbyteorder("="))
    output = np.zeros((*scene.weights.shape[:2], scene.windows.shape[1]))
    for plan in plans(technique, pixels.reshape(scene.shape), scene.bank, scene.geometry):
        values, weights = scene.windows[plan.span.group], scene.weights[plan.span.group]
        mean = values.mean(axis=0)
        if not fitted(values, plan, weights):
            return f"{technique} on {scene}: coefficients that are not the best"
        told = (values - mean) @ plan.directions.T @ plan.coefficients
        output[plan.span.group] = (told + weights @ mean).T
    # Coefficients and projections may be far larger than the outputs that they make up.
    reach = np.abs(output).max(initial=0) + 1
    bound = wide(scene) + 2000 * scene.eps * reach
    wrong = off(result.output, scene.added(scene.planes(output)), bound)
    wrong = wrong or counted(scene, technique, result)
    return f"{technique} on {scene}: {wrong}" if wrong else ""
