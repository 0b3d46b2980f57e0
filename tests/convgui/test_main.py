"""The commands that need no window: which there are, and that they really need none."""

import os
import pathlib
import socket
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


@pytest.mark.parametrize(
    "arguments", [["compare", PICTURE], ["compare", PICTURE, "--json", "-"], ["--info"], ["--help"],
                  ["compare", "--help"]],
)  # fmt: skip
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_output_that_can_not_be_written_is_one_line(arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "convgui", *arguments], timeout=300, env=environment(),
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    said = "convgui: The output could not be written: No space left on device.\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["compare", PICTURE], 0), (["--help"], 0), (["compare", "nowhere.png"], 2)],
)
@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell of POSIX")
def test_a_program_without_streams_does_its_work_in_silence(tmp_path, arguments, status):
    command = [sys.executable, "-m", "convgui", *arguments]
    written = tmp_path / "numbers.json"
    if status == 0 and arguments[0] == "compare":
        command += ["--json", str(written)]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *command], timeout=300, env=environment(),
        capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")
    assert written.exists() == ("--json" in command)


@pytest.mark.parametrize("arguments", [["compare", PICTURE], ["--info"], [], [PICTURE]])
def test_a_level_that_is_not_here_is_one_line_and_status_2(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "convgui", *arguments], timeout=300,
        env=environment(CYCONV_ISA="bogus"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("convgui: CYCONV_ISA is 'bogus', which is no level; it may be ")
    assert done.stderr.count("\n") == 1


def test_an_image_whose_name_looks_like_an_option(tmp_path):
    (tmp_path / "-x.png").write_bytes(pathlib.Path(PICTURE).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "convgui", "--", "-x.png"], cwd=tmp_path, env=environment(),
        timeout=300, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "comparison.pdf").exists()


@pytest.mark.parametrize("arguments", [["--unknown"], ["-x"], ["a.png", "b.png"]])
def test_what_the_window_does_not_know_is_one_line_and_status_2(capsys, arguments):
    assert program.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("convgui: ")
    assert err.count("\n") == 1


DEAD = ":4711"


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({}, "There is no display"),
        ({"DISPLAY": DEAD}, f"The display {DEAD} can't be opened"),
        ({"DISPLAY": "nonsense"}, "The display nonsense can't be opened"),
        ({"WAYLAND_DISPLAY": "wayland-47"}, "The display wayland-47 can't be opened"),
        ({"DISPLAY": DEAD, "QT_QPA_PLATFORM": "xcb"}, f"The display {DEAD} can't be opened"),
        ({"DISPLAY": DEAD, "QT_QPA_PLATFORM": "offscreen"}, ""),
        ({"QT_QPA_PLATFORM": "offscreen"}, ""),
    ],
)
def test_a_missing_or_dead_display_is_noticed(monkeypatch, tmp_path, variables, reason):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"XDG_RUNTIME_DIR": str(tmp_path)} | variables).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert headless.no_display() == reason
    monkeypatch.setattr(sys, "platform", "win32")
    assert headless.no_display() == ""


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="a socket of Unix is tried")
def test_a_display_that_answers_is_used(monkeypatch, tmp_path):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", DEAD)
    monkeypatch.setattr(headless, "_answers_x11", lambda: True)
    assert headless.no_display() == ""
    monkeypatch.undo()

    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", DEAD)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-1"))
        listening.listen()
        assert headless.no_display() == ""


def environment(**changed):
    kept = {name: value for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}  # fmt: skip
    return kept | changed


@pytest.mark.parametrize(
    ("variables", "words"), [({}, "There is no display"), ({"DISPLAY": DEAD}, DEAD)]
)
def test_without_a_display_the_main_job_is_done_all_the_same(tmp_path, variables, words):
    done = subprocess.run(
        [sys.executable, "-m", "convgui"], cwd=tmp_path, env=environment(**variables),
        timeout=300, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert words in first
    assert any("PSNR" in line for line in rest)
    assert rest[-1].endswith(str(tmp_path / "comparison.pdf"))
    assert (tmp_path / "comparison.pdf").read_bytes().startswith(b"%PDF")


def test_a_reader_that_has_enough_ends_it_quietly(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "convgui", "compare", PICTURE], cwd=tmp_path, timeout=300,
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
        timeout=300, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout
