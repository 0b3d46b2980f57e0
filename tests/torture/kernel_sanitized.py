"""The numeric tests, and random shapes, on kernels that the compiler's sanitizers watch.

Such kernels are built by ``make torture`` and ``make sanitize``; where there are none, or only
older ones than the sources, this says so and tries nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from scorecard import HERE, Score

ROOT = HERE.parents[1]
BUILT = ROOT / "build" / "sanitized"
LIMIT = 1500
SHAPES = 4000
RUNTIMES = "libasan.so", "libubsan.so"
WATCHED = re.compile(r"runtime error:|ERROR: AddressSanitizer|SUMMARY: ")


def stale() -> str:
    """Says why there is nothing to run; "" where there is."""
    kernels = sorted((BUILT / "cyconv" / "_native").glob("*/*.so"))
    if not kernels:
        return "not built here (make sanitize builds them)"
    shared = max(map(_made, [*ROOT.glob("cyconv/_native/*.pxd"), ROOT / "setup.py"]))
    for kernel in kernels:
        source = ROOT / "cyconv" / "_native" / f"{kernel.name.split('.')[0]}.pyx"
        if not source.exists() or _made(kernel) < max(shared, _made(source)):
            return f"older than the sources ({kernel.parent.name}/{kernel.name})"
    return ""


def _made(path: Path) -> float:
    return path.stat().st_mtime


def refresh() -> None:
    """Lays today's Python beside the watched kernels."""
    for package in ("cyconv", "convgui"):
        for path in (ROOT / package).rglob("*.py"):
            copy = BUILT / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def watched(*command: str) -> tuple[int, str]:
    """Runs Python on the watched kernels; gives the exit code and all that was said."""
    found = [
        subprocess.run(
            [os.environ.get("CC", "cc"), f"-print-file-name={name}"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for name in RUNTIMES
    ]  # fmt: skip
    places = os.pathsep.join(map(str, (BUILT, HERE, HERE.parent / "helpers")))
    environment = {
        **os.environ, "LD_PRELOAD": " ".join(found), "PYTHONPATH": places,
        "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-P", *command], cwd=ROOT, env=environment, timeout=LIMIT, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    return done.returncode, done.stdout


def run(score: Score) -> None:
    """Runs both, where there are such kernels."""
    if why := stale():
        score.figure("sanitizers", why)
        return
    began = time.monotonic()
    refresh()
    _suite(score)
    code, said = watched("-c", _SHAPES.format(seed=score.seed, count=SHAPES))
    tried = re.search(r"tried (\d+)", said)
    for _ in range(int(tried[1]) if tried else 0):
        score.case()
    score.check(code == 0 and not WATCHED.search(said), f"shapes: {said[-3000:]}")
    score.figure("sanitizers", f"{time.monotonic() - began:.0f} s")


_SHAPES = """
import cyconv, kernel_shapes, sys
assert "sanitized" in cyconv.__file__, cyconv.__file__
for number in range({count}):
    kind, wrong = kernel_shapes.one({seed}, number)
    if wrong not in ("", "refused"):
        sys.exit(f"shape {{number}} ({{kind}}): {{wrong}}")
print("tried", {count})
"""


def _suite(score: Score) -> None:
    code, said = watched(
        "-m", "pytest", "--capture=no", "-q", "-p", "no:cacheprovider", "-r", "fE", "tests/cyconv",
        "-o", "addopts=--import-mode=importlib",
    )  # fmt: skip
    passed, failed = (re.search(rf"(\d+) {word}", said) for word in ("passed", "failed"))
    for _ in range(int(passed[1]) if passed else 0):
        score.case()
    for _ in range(int(failed[1]) if failed else 0):
        score.case(f"numeric tests: {said[-3000:]}")
    score.check(
        code == 0 and passed is not None and not WATCHED.search(said),
        f"numeric tests ended with {code}: {said[-3000:]}",
    )
