"""Arrays of more than 2^31 values, made of one value by tricks with strides: refused, or right.

They run in a process of their own that may take two gigabytes, beside one of whose address space
nothing is left.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import traceback

import numpy as np
from kernel_zoo import sentence
from scorecard import Score

from cyconv import LSH, Differential, Exact, Geometry, LowRank, compare, convolve, predict

GIGABYTES = 2
EDGE = 2**31
TECHNIQUES = Exact(), Differential("previous"), Differential(), LSH(2), LowRank(2)
UINT8, FLOAT = np.uint8(3), np.float32(1.5)


def spread(value, *shape):
    """Gives one value in the shape of an array."""
    return np.broadcast_to(value, shape)


def cases():
    """Gives name, call and the number that every value of its outputs must be."""
    ones = np.ones((1, 1, 1, 1), np.float32)
    for technique in TECHNIQUES:
        for value in (UINT8, FLOAT):
            kind = f"{technique.name}, {value.dtype}"
            yield f"{kind}: wide", (spread(value, 1, 2, EDGE + 7), ones, technique,
                                    Geometry((1, EDGE - 1))), float(value)  # fmt: skip
            yield f"{kind}: high", (spread(value, 1, EDGE + 7, 2), ones, technique,
                                    Geometry((EDGE - 1, 1))), float(value)  # fmt: skip
            yield f"{kind}: square", (spread(value, 1, 46_342, 46_342), ones, technique,
                                      Geometry(46_341)), float(value)  # fmt: skip
            yield f"{kind}: deep", (spread(value, EDGE // 2 + 1, 1, 2),
                                    spread(FLOAT, 1, EDGE // 2 + 1, 1, 1), technique), None
            yield f"{kind}: spread taps", (
                spread(value, 1, EDGE + 1, 1), np.ones((1, 1, 2, 1)), technique,
                Geometry(dilation=(EDGE - 1, 1)),
            ), 2 * float(value)  # fmt: skip
        yield f"{technique.name}: many filters", (
            np.ones((1, 1, 1), np.float32), spread(FLOAT, EDGE + 1, 1, 1, 1), technique,
        ), None  # fmt: skip
        yield f"{technique.name}: much padding", (
            np.ones((1, 2, 2), np.float32), ones, technique, Geometry(EDGE - 1, EDGE - 1),
        ), None  # fmt: skip


def tried(call, wanted):
    """Says what was wrong with a call; "" where it was refused or right."""
    try:
        output = convolve(*call, threads=1).output
    except (ValueError, MemoryError) as error:
        return "" if sentence(error) else f"more than a sentence: {error}"
    except Exception:  # whatever else it is, it is the finding
        return traceback.format_exc(limit=-3)
    if wanted is None:
        return f"an output of {output.shape} that nobody could check"
    off = np.abs(output - wanted).max()
    return "" if off <= 1e-5 * wanted else f"{output.flat[0]} in place of {wanted}"


def predicted():
    """Says whether counts of huge runs are whole numbers, not what 64 bits leave of them."""
    side = 2**31 - 1
    model = predict(Exact("direct"), (3, side, side), (2**33, 3, 3, 3), Geometry(padding=1)).model
    wanted = side * side * 2**33 * 27
    return "" if model.multiplications == wanted else f"{model} in place of {wanted}"


def measured():
    """Says whether measures of more than 2^31 values are right."""
    zeros, ones = spread(np.float32(0), 46_342, 46_342), spread(np.float32(1), 46_342, 46_342)
    given = compare(zeros, ones)
    same = (given.mse, given.max_abs_error, given.relative_l2) == (1.0, 1.0, 1.0)
    return "" if same else f"{given}"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
    whole = sys.argv[1] == "whole"
    for name, call, wanted in cases():
        print(f"{name}\t{tried(call, wanted)!r}", flush=True)
    print(f"predict\t{predicted()!r}", flush=True)
    if whole:
        print(f"compare\t{measured()!r}", flush=True)


def run(score: Score) -> None:
    """Runs all of them apart."""
    amount = "whole" if score.share >= 1 else "quick"
    done = subprocess.run(
        [sys.executable, __file__, amount], capture_output=True, text=True, timeout=300, check=False
    )
    for line in done.stdout.splitlines():
        name, _, wrong = line.partition("\t")
        score.case(f"{name}: {wrong}" if wrong != "''" else None)
    score.check(done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-1500:]}")


if __name__ == "__main__":
    main()
