"""Row 16: warnings of Python and of Qt are failures; the binding keeps references in balance."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from scorecard import HERE, Row, Score

ROOT = HERE.parents[1]
CALLS = 300_000
MOST_MOVED = 60
"""References by which a constant may move: caches and tables fill in their own time."""

FAULTS = {
    "python_warns": "import warnings\n    warnings.warn('old')",
    "numpy_warns": "import numpy as np\n    np.float32(1e30) * np.float32(1e30)",
    "file_left_open": "open(__file__)\n    import gc; gc.collect()",
    "qt_warns": "from PySide6.QtCore import qWarning\n    qapp; qWarning('of Qt')",
    "qt_warns_by_itself": "from PySide6.QtWidgets import QWidget, QVBoxLayout\n"
                          "    w = QWidget(); qtbot.addWidget(w)\n"
                          "    a = QVBoxLayout(w); b = QVBoxLayout(w)",
    "slot_raises": "from PySide6.QtCore import QTimer\n"
                   "    def fail(): raise KeyError('slot')\n"
                   "    QTimer.singleShot(0, fail)\n    qtbot.wait(50)",
    "thread_raises": "import threading\n"
                     "    def fail(): raise KeyError('thread')\n"
                     "    t = threading.Thread(target=fail); t.start(); t.join()",
    "never_awaited": "async def f(): pass\n    f()\n    import gc; gc.collect()",
    "deleter_raises": "class A:\n        def __del__(self): raise KeyError('del')\n    A()",
}  # fmt: skip
"""Bodies of tests that must fail for nothing but a warning, or for what nobody catches."""


def run(score: Score) -> None:
    _the_suite_is_strict(score)
    _binding(score)
    _the_window_warns_of_nothing(score)


def _the_suite_is_strict(score: Score) -> None:
    """Runs tests that must fail by the suite's own settings, and one that must not."""
    with tempfile.TemporaryDirectory(prefix="strict-") as name:
        body = "".join(
            f"def test_{fault}(qapp, qtbot):\n    {code}\n\n" for fault, code in FAULTS.items()
        )
        body += "def test_nothing_is_wrong(qapp, qtbot):\n    pass\n"
        path = Path(name, "test_strict.py")
        path.write_text(body)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", name,
             "-p", "no:cacheprovider", "-v", "-o", "addopts=", str(path)],
            cwd=name, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
    for fault in FAULTS:
        failed = re.search(rf"^(FAILED|ERROR) \S*::test_{fault}\b", done.stdout, re.MULTILINE)
        score.check(failed is not None, f"{fault} went unnoticed:\n{done.stdout[-2500:]}")
    passed = "::test_nothing_is_wrong PASSED" in done.stdout
    score.check(passed, f"the control failed: {done.stdout[-2500:]}{done.stderr[-500:]}")


def _binding(score: Score) -> None:
    from binding_health import measure
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    done, moved = measure(score.part(CALLS, 30_000))
    for value, by in moved.items():
        score.check(abs(by) <= MOST_MOVED, f"references to {value} moved by {by} in {done} calls")
    score.figure("Qt calls", f"{done:,}, references moved by {max(map(abs, moved.values()))}")
    application.processEvents()


def _the_window_warns_of_nothing(score: Score) -> None:
    """Uses the whole window with Python's warnings as errors, and reads what Qt said."""
    import row_17_logs

    with tempfile.TemporaryDirectory(prefix="warned-") as name:
        folder = Path(name)
        row_17_logs.write_files(folder, score.seed)
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-W", "error", str(HERE / "log_session.py"), name],
            env={**os.environ, "XDG_STATE_HOME": str(folder / "state"),
                 "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false"},
            timeout=280, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        said = done.stdout.decode(errors="replace")
        score.check((folder / "done").exists(), f"ended with {done.returncode}: {said[-1500:]}")
        for line in said.splitlines():
            score.check("Warning" not in line, f"Python warned: {line}")
        for log in (folder / "state").rglob("convgui.log*"):
            for line in log.read_text(encoding="utf-8").splitlines():
                warned = re.search(r"(WARNING|ERROR|CRITICAL) convgui\.qt", line)
                # Offscreen there is no window manager to tell sizes to.
                warned = None if "This plugin does not support" in line else warned
                score.check(warned is None, f"Qt warned: {line}")


ROW = Row(16, "Warnings are failures", run, quick=0.2)
