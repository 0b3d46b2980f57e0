"""Instruction-set levels: which there are, how one is chosen, and that a wrong wish is told."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import cyconv
from cyconv.isa import KERNELS, kernels, levels, use

SCRIPT = """
import sys, cyconv, numpy as np
from cyconv.isa import kernels
output = cyconv.convolve(np.ones((1, 4, 4)), np.ones((1, 1, 2, 2))).output
assert (output == 4).all()
# A kernel, translated once for all levels, also stands in sys.modules without its level.
names = [name.split(".") for name in sys.modules if name.endswith(".tiles")]
print(cyconv.isa(), {name[2] for name in names if len(name) > 3})
"""


def start(wish):
    """Gives the outcome of a new process with CYCONV_ISA set, or without it for None."""
    environment = {name: value for name, value in os.environ.items() if name != "CYCONV_ISA"}
    if wish is not None:
        environment["CYCONV_ISA"] = wish
    return subprocess.run(
        [sys.executable, "-P", "-W", "error", "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_best_level_is_taken():
    assert levels()
    for wish in (None, ""):
        done = start(wish)
        assert done.stdout == f"{levels()[-1]} {{'{levels()[-1]}'}}\n", done.stderr


@pytest.mark.parametrize("level", levels())
def test_a_level_can_be_forced_and_no_other_is_loaded(level):
    assert start(level).stdout == f"{level} {{'{level}'}}\n"


@pytest.mark.parametrize("wish", ["v2", "V4", "avx512", "best", "v1 "])
def test_an_unknown_level_is_a_clear_error(wish):
    done = start(wish)
    assert done.returncode != 0
    wanted = f"ValueError: CYCONV_ISA is {wish!r}, which is no level; it may be "
    assert wanted in done.stderr.splitlines()[-1]
    assert " or ".join(levels()) in done.stderr.splitlines()[-1]


def test_a_level_that_is_not_here_is_a_clear_error():
    missing = next(level for level in ("plain", "v4") if level not in levels())
    done = start(missing)
    assert done.returncode != 0
    assert f"ValueError: CYCONV_ISA is {missing!r}, which is not" in done.stderr.splitlines()[-1]


def test_a_plain_build_runs_on_any_processor(tmp_path, monkeypatch):
    """As one for two processors at once is: it runs on x86-64, where it has no levels."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "tiles.so").touch()
    # cyconv.isa is the function, once the package is imported.
    monkeypatch.setattr(sys.modules["cyconv.isa"], "_NATIVE", tmp_path)
    assert levels() == ("plain",)


def test_levels_can_be_changed_for_a_while():
    before = cyconv.isa()
    for level in levels():
        with use(level):
            assert cyconv.isa() == level
            for name in KERNELS:
                assert getattr(kernels(), name).__name__ == f"cyconv._native.{level}.{name}"
        assert cyconv.isa() == before


def test_the_level_returns_after_an_error():
    before = cyconv.isa()
    with pytest.raises(KeyError), use(levels()[0]):
        raise KeyError
    assert cyconv.isa() == before


def test_a_wrong_level_is_named():
    with pytest.raises(ValueError, match=r"level must be one of .*, got 'v9'"), use("v9"):
        pass
