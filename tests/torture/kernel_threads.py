"""Sixteen threads that call everything at once get, to the last bit, what one alone gets."""

from __future__ import annotations

import random
import threading
import traceback

import numpy as np
from scorecard import Score

from cyconv import (
    LSH,
    Differential,
    Exact,
    Geometry,
    LowRank,
    PreparedFilters,
    choose,
    compare,
    convolve,
    convolve_batch,
    drift,
    filters,
    predict,
)  # fmt: skip
from cyconv.members import cluster_ids

THREADS = 16
RNG = np.random.default_rng(16)
IMAGES = (
    RNG.integers(0, 256, (3, 40, 61)).astype(np.uint8),
    RNG.normal(size=(3, 90, 130)).astype(np.float32),
    np.repeat(RNG.normal(size=(3, 30, 9)), 8, axis=2),
)
BANKS = filters.make("random", 3, 20, 3), filters.make("gabor", 7, 2, 3)
PREPARED = tuple(PreparedFilters(bank) for bank in BANKS)
TECHNIQUES = (
    Exact(), Exact("winograd"), Exact("fourier"), Differential(), Differential("best"),
    Differential("previous", 3, "forgotten"), LSH(5), LSH(6, "principal", 30.0, "window"),
    LSH(4, "outputs", None, "window", 3, "projection"), LowRank(4), LSH(3, reuse=False),
)  # fmt: skip


def calls():
    """Gives what is called: functions of nothing, each giving arrays and numbers."""
    geometries = Geometry(), Geometry(padding="same"), Geometry((2, 3), 1)
    for image in IMAGES:
        for technique in TECHNIQUES:
            for number, bank in enumerate((*BANKS, *PREPARED)):
                wide = getattr(technique, "path", "") == "winograd" and number % 2
                plain = getattr(technique, "path", "") == "fourier"
                if wide or (plain and (not number % 2 or image.dtype == np.float64)):
                    continue
                geometry = Geometry() if plain or technique.name == "exact" else (
                    geometries[number % 3]
                )
                yield lambda i=image, b=bank, t=technique, g=geometry: whole(
                    convolve(i, b, t, g, bias=np.arange(len(getattr(b, "array", b))))
                )
        yield lambda i=image: whole(convolve_batch(np.stack([i, i + 1]), BANKS[1],
                                                   Differential("previous")))  # fmt: skip
        yield lambda i=image: (drift(i, BANKS[1], 5).kept,)
        yield lambda i=image: (choose(i[:, :20, :20], BANKS[0], budget=0.4).reason,)
        yield lambda i=image: (cluster_ids(i, BANKS[0], LSH(5)),)
        yield lambda i=image: (compare(i, i[:, ::-1]),)
        yield lambda i=image: (predict(LSH(3), i.shape, BANKS[0].shape),)
    yield lambda: (filters.make("gabor", 9, 12),)


def whole(result):
    """Gives all of a result that must not depend on who else computes."""
    facts = getattr(result, "facts", None)
    clusters = None if facts is None else facts.clusters
    return result.output, clusters, result.executed


def same(one, other):
    """Tells whether two answers are the same bits."""
    for a, b in zip(one, other, strict=True):
        if isinstance(a, np.ndarray):
            if a.dtype != b.dtype or a.tobytes() != b.tobytes():
                return False
        elif repr(a) != repr(b):
            return False
    return True


def run(score: Score, rounds: int) -> None:
    """Has all threads call everything, each in an order of its own."""
    work = list(calls())
    alone = [each() for each in work]
    wrong: list[str] = []
    done = [0] * THREADS
    start = threading.Barrier(THREADS)

    def call_all(index: int) -> None:
        order = list(range(len(work)))
        start.wait()
        for turn in range(rounds):
            random.Random(f"{score.seed} {index} {turn}").shuffle(order)
            for number in order[: score.part(len(order), 10)]:
                try:
                    if not same(work[number](), alone[number]):
                        wrong.append(f"call {number} on thread {index}: other bits")
                except Exception:  # whatever it is, it is the finding
                    wrong.append(f"call {number}: {traceback.format_exc(limit=-3)}")
                done[index] += 1

    threads = [threading.Thread(target=call_all, args=(each,)) for each in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(sum(done) - len(wrong)):
        score.case()
    for each in wrong:
        score.case(each)
