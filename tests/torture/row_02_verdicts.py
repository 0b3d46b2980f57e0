"""Row 2: every kind of file gets the verdict that is right for it, within bounds, with a reason."""

from __future__ import annotations

import importlib
import os
import re
import tempfile
import time
from pathlib import Path

from bounds import Rise, forget_most, resident
from corpus import DECODES, EITHER, FLAG, REFUSE, Kind, every
from opened import Opened
from scorecard import Row, Score

from convgui.fence import Fence
from convgui.model.image import ImageError, ImageTooLarge
from cyconv.weights import load

MOST_SECONDS, MOST_WORKER, MOST_APP = 2.0, 2 << 30, 64 << 20
MB = 1 << 20
MARKER = "/tmp/owned"
RIGHT = {
    DECODES: {"decodes"}, REFUSE: {"refuse", "asked"}, FLAG: {"refuse", "asked", "damaged"},
    EITHER: {"refuse", "asked", "damaged", "decodes"},
}  # fmt: skip
# Words of libraries, of the language and of the system: a sentence of our own has none of them.
FOREIGN = re.compile(
    r"cv2|OpenCV|numpy|libpng|libjpeg|Traceback|Error\b|Errno|0x[0-9a-f]|<class|'NoneType|\\x|"
    r"crashed|was not read within|went wrong in the program"
)


def wrong_words(said: str, name: str) -> str:
    """Gives what is wrong with a refusal, nothing where it is one sentence of our own."""
    said = said.replace(name, "It")
    if "\n" in said or not said.endswith(".") or not 15 < len(said) < 400:
        return "is not one sentence"
    return "speaks of what no user knows" if FOREIGN.search(said) else ""


class Judge:
    """Reads files through a fence of its own and measures what that takes."""

    def __init__(self, score: Score) -> None:
        self.score, self.fence = score, Fence()
        self.fence.start()
        self.slowest, self.most_worker, self.most_app = 0.0, 0, 0

    def verdict(self, kind: Kind, path: str) -> tuple[str, str, str]:
        """Gives the verdict, what was said, and which bound was passed by a refusal."""
        self.fence.start()
        worker, rise = self.fence.process or 0, Rise()
        if worker:
            forget_most(worker)
        began = time.monotonic()
        verdict, said = self._read(kind, path)
        seconds, app = time.monotonic() - began, rise.bytes()
        most = resident(worker, "VmHWM")
        if verdict not in ("refuse", "asked"):
            return verdict, said, ""
        self.slowest = max(self.slowest, seconds)
        self.most_worker, self.most_app = max(self.most_worker, most), max(self.most_app, app)
        return verdict, said, _passed(self.score, seconds, app, most)

    def _read(self, kind: Kind, path: str) -> tuple[str, str]:
        try:
            if kind.weights:
                load(path)
                return "decodes", ""
            image = self.fence.read_image(path)
        except ImageTooLarge as problem:
            return "asked", str(problem)
        except (ImageError, ValueError) as problem:
            return "refuse", str(problem)
        except Exception as problem:
            return "raised", repr(problem)
        return "damaged" if image.damaged else "decodes", "; ".join(image.notes)


def _passed(score: Score, seconds: float, app: int, worker: int = 0) -> str:
    """Gives which bounds a refusal passed, nothing where it kept within them."""
    passed = (
        score.over(seconds, MOST_SECONDS),
        score.over(worker / MB, MOST_WORKER / MB, "MB in the other process"),
        score.over(app / MB, MOST_APP / MB, "MB in this one"),
    )
    return "; ".join(filter(None, passed))


def run(score: Score) -> None:
    """Runs the share that is asked for: first through the fence, then through the window."""
    kinds = list(every().values())
    if score.share >= 1:
        kinds += importlib.import_module("corpus.bombs").kinds()
    step = max(1, round(0.4 / score.share))
    kinds = kinds[score.seed % step :: step]
    with tempfile.TemporaryDirectory(prefix="kinds-") as folder:
        for kind in kinds:
            Path(folder, kind.name).write_bytes(kind.data)
        _through_the_fence(score, kinds, folder)
        _through_the_window(score, kinds, folder)
        left = sorted({*os.listdir(folder)} - {kind.name for kind in kinds})
        score.check(not left, f"files were written beside those that were read: {left}")
    score.check(not os.path.exists(MARKER), f"code from a file was run: there is {MARKER}")
    score.figure("kinds", str(len(kinds)))


def _through_the_fence(score: Score, kinds: list[Kind], folder: str) -> None:
    judge = Judge(score)
    for kind in kinds:
        verdict, said, passed = judge.verdict(kind, os.path.join(folder, kind.name))
        if passed:
            # A busy machine may be slow for once, but not twice.
            verdict, said, passed = judge.verdict(kind, os.path.join(folder, kind.name))
        faults = [passed] if passed else []
        if verdict not in RIGHT[kind.verdict]:
            faults.append(f"must be {kind.verdict}, is {verdict}")
        if verdict in ("refuse", "asked") and wrong_words(said, kind.name):
            faults.append(wrong_words(said, kind.name))
        score.case(f"{kind.name}: {'; '.join(faults)}: {said}" if faults else None)
    judge.fence.close()
    score.figure("slowest refusal", f"{judge.slowest:.2f} s")
    score.figure("most memory", f"{judge.most_worker >> 20} MB there, {judge.most_app >> 20} here")


def _through_the_window(score: Score, kinds: list[Kind], folder: str) -> None:
    with Opened() as opened:
        opened.settle()
        for kind in kinds:
            faults, said, passed = _opened(score, opened, kind, folder)
            if passed:
                faults, said, passed = _opened(score, opened, kind, folder)
            faults += [passed] if passed else []
            score.case(f"window, {kind.name}: {'; '.join(faults)}: {said}" if faults else None)
        opened.settle()


def _opened(
    score: Score, opened: Opened, kind: Kind, folder: str
) -> tuple[list[str], str, str]:  # fmt: skip
    """Opens a file in the window; gives what was wrong, what was said, and the bounds passed."""
    opened.settle()
    rise, began = Rise(), time.monotonic()
    act = opened.weights if kind.weights else opened.image
    verdict, said = act(os.path.join(folder, kind.name))
    seconds, app = time.monotonic() - began, rise.bytes()
    faults = list(opened.caught)
    opened.caught.clear()
    if verdict not in RIGHT[kind.verdict]:
        faults.append(f"must be {kind.verdict}, is {verdict}")
    if verdict not in ("refuse", "asked"):
        return faults, said, ""
    if wrong_words(said, kind.name):
        faults.append(wrong_words(said, kind.name))
    return faults, said, _passed(score, seconds, app)


ROW = Row(2, "Verdicts on files of every kind", run, quick=0.05)
