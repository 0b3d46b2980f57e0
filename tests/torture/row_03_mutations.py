"""Row 3: 100,000 damaged files through the other process, which must neither die nor lie.

A case is made again by ``mutation(seed, number)``.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from corpus import DECODES, every
from mutations import mend_checksums, mutated
from picture_files import EVERY
from scorecard import Row, Score

from convgui.fence import Fence
from convgui.model.damage import ANYTHING, WARN
from convgui.model.image import ImageError

CASES, ANY_CASES, CUTS = 100_000, 3_000, 40
LARGEST = 20_000
DIED, HUNG = "the decoder crashed on it", "it was not read within"
SENTENCE = re.compile(r"odd (can't be opened: |has )[^\n]+\.")


@cache
def seeds() -> dict[str, bytes]:
    """Gives sound files of every format, small ones, by name."""
    kinds = every().values()
    return {
        kind.name: kind.data for kind in kinds
        if kind.verdict == DECODES and not kind.weights and len(kind.data) <= LARGEST
    }  # fmt: skip


def mutation(seed: int, number: int) -> tuple[str, bytes]:
    """Gives the name of the file that case ``number`` damages, and the damaged file."""
    chance, sound = random.Random(f"{seed}/{number}"), seeds()
    names = list(sound)
    name = names[number % len(names)]
    return name, mutated(sound[name], sound[chance.choice(names)], chance)


class Reader:
    """Reads damaged files in a process of its own, and counts what became of them."""

    def __init__(self, level: str = WARN) -> None:
        self.fence, self.level = Fence(), level
        self.seen: Counter[str] = Counter()
        self.slowest = 0.0

    def verdict(self, data: bytes) -> tuple[str, str]:
        """Gives "sound", "damaged", "refused" or what went wrong, and what was said."""
        began, said = time.monotonic(), ""
        try:
            image = self.fence.read_image(data, name="odd", damage=self.level)
            verdict = "damaged" if image.damaged else "sound"
        except ImageError as problem:
            said = str(problem)
            verdict = "died" if DIED in said else "hung" if HUNG in said else "refused"
            if not SENTENCE.fullmatch(said):
                verdict = "said in no sentence"
        except Exception as problem:
            verdict, said = "raised", repr(problem)
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.seen[verdict] += 1
        return verdict, said


WRONG = ("died", "hung", "raised", "said in no sentence")


def _mutations(level: str, seed: int, numbers: Iterable[int]) -> tuple[Reader, list[str]]:
    """Reads the cases with these numbers; gives who read, and what failed."""
    reader, failures = Reader(level), []
    for number in numbers:
        name, data = mutation(seed, number)
        verdict, said = reader.verdict(data)
        if verdict in WRONG:
            failures.append(f"mutation({seed}, {number}) of {name}, {level}: {verdict} {said}")
    reader.fence.close()
    return reader, failures


def _every_byte_of_an_animation(score: Score) -> None:
    """Every byte, three ways: checksums cover all of them, so none may be shown as sound."""
    reader, data = Reader(), EVERY["APNG"][0]
    for place in range(0, len(data), max(1, round(1 / (20 * score.share)))):
        for value in (data[place] ^ 0xFF, data[place] ^ 1 << place % 8, (data[place] + 1) % 256):
            changed = bytearray(data)
            changed[place] = value
            verdict, said = reader.verdict(bytes(changed))
            well = verdict in ("damaged", "refused")
            score.check(well, f"byte {place} = {value}: {verdict} {said}")
            mend_checksums(changed)
            verdict, said = reader.verdict(bytes(changed))
            score.check(verdict not in WRONG, f"byte {place} = {value}, mended: {verdict} {said}")
    reader.fence.close()


def _cut_off(score: Score) -> None:
    """Every format, cut at forty places: nothing of it may be taken as sound."""
    reader, formats = Reader(), {name: data for name, (data, _, _) in EVERY.items()}
    formats |= {name: seeds()[name] for name in ("icon-png.ico", "icon-32-bits.ico",
    "plain-runs.hdr",
                "pnm-text.ppm", "bmp-runs8.bmp", "tiff-pages.tif",
                "jpeg-restarts.jpg")}  # fmt: skip
    for name, data in formats.items():
        for step in range(0, CUTS, max(1, round(0.25 / score.share))):
            left = len(data) * step // CUTS
            verdict, said = reader.verdict(data[:left])
            score.check(verdict in ("damaged", "refused"), f"{name}[:{left}]: {verdict} {said}")
    score.figure("formats cut", str(len(formats)))
    reader.fence.close()


def run(score: Score) -> None:
    """Runs the share that is asked for, in two processes at once."""
    began, opened = time.monotonic(), len(os.listdir("/proc/self/fd"))
    count, any_count = score.part(CASES, 500), score.part(ANY_CASES, 100)
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(_mutations, WARN, score.seed, range(half, count, 2)) for half in (0, 1)
        ]
        jobs.append(pool.submit(_mutations, ANYTHING, score.seed + 1, range(any_count)))
        *normal, anything = [job.result() for job in jobs]
    for reader, failures in normal:
        for failure in failures:
            score.case(failure)
        score.cases += sum(reader.seen.values()) - len(failures)
    # Whatever a decoder makes of any bytes is asked for here: it may die, and nothing else.
    reader, failures = anything
    deaths = [failure for failure in failures if ": died " in failure]
    for failure in set(failures) - set(deaths):
        score.case(failure)
    score.cases += any_count - (len(failures) - len(deaths))
    _every_byte_of_an_animation(score)
    _cut_off(score)
    left = len(os.listdir("/proc/self/fd"))
    score.check(left <= opened + 1, f"{left} files are open, {opened} were before")
    seen = sum((reader.seen for reader, _ in normal), Counter())
    score.figure("seeds", str(len(seeds())))
    score.figure("verdicts", ", ".join(f"{what} {seen[what]:,}" for what in sorted(seen)))
    score.figure("slowest", f"{max(reader.slowest for reader, _ in normal):.2f} s")
    score.figure("deaths when anything is shown", f"{len(deaths)} of {any_count:,}")
    score.figure("ms a file", f"{(time.monotonic() - began) / score.cases * 1000:.2f}")


ROW = Row(3, "Mutated files in the other process", run, quick=0.02)
