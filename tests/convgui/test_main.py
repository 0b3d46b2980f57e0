"""The commands that need no window: which there are, and that they really need none."""

import os
import subprocess
import sys

import pytest

import cyconv
from convgui import __main__ as program
from convgui import about, cli, headless
from convgui.model.samples import sample_path

PICTURE = str(sample_path("icon"))


def test_help_version_and_info(capsys):
    assert program.main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: convgui")
    assert program.main(["--version"]) == 0
    assert capsys.readouterr().out == f"convgui {about.version()}\n"
    assert program.main(["--info"]) == 0
    out = capsys.readouterr().out
    for words in ("numpy", cyconv.isa(), "settings", sys.executable):
        assert words in out
    with pytest.raises(SystemExit) as ended:
        program.main(["compare", "--help"])
    assert ended.value.code == 0
    assert "--as-published" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--unknown"], ["-x"], ["a.png", "b.png"]])
def test_what_the_window_does_not_know_is_one_line_and_status_2(capsys, arguments):
    assert program.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("convgui: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        ({}, True),
        ({"DISPLAY": ":0"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_missing_display_is_noticed(monkeypatch, variables, missing):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert headless.no_display() == missing
    monkeypatch.setattr(sys, "platform", "win32")
    assert not headless.no_display()


def environment(**changed):
    kept = {name: value for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}  # fmt: skip
    return kept | changed


def test_without_a_display_the_main_job_is_done_all_the_same(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "convgui"], cwd=tmp_path, env=environment(), timeout=120,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert "no display" in first
    assert any("PSNR" in line for line in rest)
    assert rest[-1].endswith(str(tmp_path / "comparison.pdf"))
    assert (tmp_path / "comparison.pdf").read_bytes().startswith(b"%PDF")


def test_a_reader_that_has_enough_ends_it_quietly(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "convgui", "compare", PICTURE], cwd=tmp_path, timeout=120,
            env=environment(), stdout=closed, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")


def test_an_interrupted_run_is_one_line(monkeypatch, capsys):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    assert program.main(["compare"]) == 130
    assert capsys.readouterr().err == "convgui: stopped\n"


def test_comparing_never_imports_qt(tmp_path):
    script = (
        "import sys; from convgui.__main__ import main\n"
        f"assert main(['compare', {PICTURE!r}, '--export', 'figure.pdf']) == 0\n"
        "assert main(['--info']) == main(['--version']) == main(['--help']) == 0\n"
        "assert not {'PySide6', 'pyqtgraph'} & {name.split('.')[0] for name in sys.modules}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(PYTHONIOENCODING="ascii"),
        timeout=120, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout
