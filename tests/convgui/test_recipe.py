"""Runs as text: what is copied, run as it stands, gives the same figures."""

import json
import os
import random
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from driving import WAIT_MS, run_by
from PySide6.QtGui import QGuiApplication

from convgui.cli_options import parse
from convgui.cli_session import session_of
from convgui.export import recipe
from convgui.model import edit, published, reuse
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.parameters import PARAMETERS
from convgui.model.reader import read_image
from convgui.model.resolve import ResolveError, resolve
from convgui.model.samples import SAMPLES, sample_path
from convgui.model.session import Session
from convgui.opencv import cv2

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"width": 40, "height": 30, "kernel_size": 5, "stride": 2, "dilation": 2, "padding": 3,
         "filter_count": 4}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with pictures whose names a shell would stumble over, and with the command."""
    made = tmp_path_factory.mktemp("it's a $HOME")
    values = np.random.default_rng(0).integers(0, 256, (36, 50, 3)).astype(np.uint8)
    (made / 'a "näme".png').write_bytes(cv2.imencode(".png", values)[1].tobytes())
    deep = values[..., 0].astype(np.uint16) * 257
    (made / "deep.tif").write_bytes(cv2.imencode(".tif", deep)[1].tobytes())
    command = made / "convgui"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m convgui "$@"\n')
    command.chmod(0o755)
    return made


def in_a_child(arguments, folder):
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        arguments, capture_output=True, text=True, env=environment, cwd=folder, timeout=300
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def drawn(seed):
    """Gives a session that somebody could have set by hand, drawn at random."""
    draw = random.Random(seed)
    session = Session()
    for parameter in PARAMETERS:
        if draw.random() < 0.5 or parameter.key == "threads":
            continue
        if parameter.kind == "bool":
            value = draw.random() < 0.5
        elif parameter.kind == "choice":
            value = draw.choice(parameter.choices)[0]
        elif parameter.key in SMALL:
            value = draw.randint(int(parameter.minimum) or 1, SMALL[parameter.key])
        else:
            value = draw.uniform(parameter.minimum, min(parameter.maximum, 30))
            value = int(value) if parameter.kind == "int" else value
        session = edit.change(session, parameter.key, value)
    return session


def own(session, shape, seed=0):
    """Gives the session with weights of one's own."""
    return edit.with_weights(session, np.random.default_rng(seed).normal(size=shape))


CASES = {
    "plain": Session(),
    "as published": replace(published.experiment(Session(), "lsh"), threads=1),
    "own weights": own(Session(filter_count=2), (3, 4)),
    "a bank that is too long": own(Session(show_differential=False), (25, 1, 5, 5)),
    **{f"drawn {seed}": drawn(seed) for seed in (2, 5, 11)},
}


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request, folder):
    """A session, an image and their comparison, as the window computes it."""
    image = read_image(folder / 'a "näme".png')
    return request.param, image, run(resolve(request.param, image))


def test_python_gives_the_same_figures(case, folder, tmp_path):
    session, image, comparison = case
    text = recipe.make("python", session, image, folder).text
    path = tmp_path / "run.py"
    path.write_text(text)
    table = [line.split() for line in in_a_child([sys.executable, path], folder).splitlines()[1:]]
    assert [row[0] for row in table] == [outcome.name for outcome in comparison.outcomes]
    for row, outcome in zip(table, comparison.outcomes, strict=True):
        executed = outcome.result.executed
        assert row[1] == repr(outcome.accuracy.psnr)
        assert [int(each) for each in row[3:5]] == [executed.multiplications, executed.additions]


def test_the_command_line_gives_the_same_figures(case, folder):
    session, image, comparison = case
    text = recipe.make("command", session, image, folder).text
    told = json.loads(in_a_child(["sh", "-c", f"{text.rstrip()} --json -"], folder))["techniques"]
    assert list(told) == [outcome.name for outcome in comparison.outcomes]
    for outcome in comparison.outcomes:
        executed = outcome.result.executed
        operations = told[outcome.name]["operations"]["executed"]
        assert operations["multiplications"] == executed.multiplications
        assert operations["additions"] == executed.additions
        psnr = outcome.accuracy.psnr
        assert told[outcome.name]["accuracy"]["psnr"] == (psnr if np.isfinite(psnr) else None)


def fitting(image, count):
    """Gives sessions, drawn at random, that can be run with an image."""
    seed = 0
    while count:
        session, seed = drawn(seed), seed + 1
        try:
            yield session, resolve(session, image)
        except ResolveError:
            continue
        count -= 1


def test_the_options_stand_for_the_same_run(folder):
    """Many more sessions, without the child: the options make the same request."""
    image = read_image(folder / "deep.tif")
    for session, wanted in fitting(image, 60):
        words = shlex.split(recipe.make("command", session, image, folder).text)
        assert words[:2] == ["convgui", "compare"]
        options = parse(words[2:])
        made = resolve(session_of(options), read_image(options.images[0]), options.technique)
        assert made.techniques == wanted.techniques
        assert made.geometry == wanted.geometry
        assert np.array_equal(made.filters, wanted.filters)
        assert np.array_equal(made.image, wanted.image)
        assert made.threads == wanted.threads


def test_without_an_image_the_sample_stands_in(folder):
    image = read_image(sample_path(SAMPLES[0].name))
    session = Session(width=30, height=20)
    wanted = repr(run(resolve(session, image))["lsh"].accuracy.psnr)
    text = recipe.make("python", session, None, folder).text
    assert wanted in in_a_child([sys.executable, "-c", text], folder)
    text = recipe.make("command", session, None, folder).text
    assert text == "convgui compare --size 30x20\n"


def test_only_what_differs_is_said(folder):
    image = read_image(folder / "deep.tif")
    path = shlex.quote(str(folder / "deep.tif"))
    settled = Session(
        differential_as_published=True, reference="above", residue="forgotten",
        show_lsh=False, hashes=9, filter_seed=7, same_padding=True, padding=4, rank=3,
    )  # fmt: skip
    assert recipe.make("command", settled, image, folder).text == (
        f"convgui compare {path} --padding same --technique exact differential "
        "--differential-as-published\n"
    )
    stepped = reuse.choose_family(Session(), "quantised")
    assert recipe.make("command", stepped, image, folder).text == (
        f"convgui compare {path} --family quantised\n"
    )


def test_long_weights_go_by_a_file_and_short_ones_do_not(folder, tmp_path):
    image = read_image(folder / "deep.tif")
    kept = tmp_path / "not" / "there"
    for kind in (recipe.PYTHON, recipe.COMMAND):
        assert recipe.make(kind, own(Session(), (3, 3)), image, kept).weights == ""
    assert not kept.exists()
    long = own(Session(), (2, 1, 20, 20))
    made = [recipe.make(kind, long, image, kept) for kind in (recipe.PYTHON, recipe.COMMAND)]
    (path,) = {each.weights for each in made}
    assert all(path in each.text for each in made)
    assert np.array_equal(np.load(path), np.array(long.weights))
    assert [each.name for each in kept.iterdir()] == [Path(path).name]


def test_an_image_without_a_file_is_refused(folder):
    pasted = Image(np.zeros((4, 4), np.uint8), "pasted image")
    with pytest.raises(ValueError, match="pasted image has no file"):
        recipe.make("python", Session(), pasted, folder)
    odd = Image(np.zeros((4, 4), np.uint8), "odd", Path(os.fsdecode(b"/odd\xff.png")))
    with pytest.raises(ValueError, match="can't be written as text"):
        recipe.make("command", Session(), odd, folder)


def test_a_damaged_picture_is_read_as_it_was(folder, tmp_path):
    path = tmp_path / "cut.bmp"
    whole = read_image(folder / 'a "näme".png').pixels
    path.write_bytes(cv2.imencode(".bmp", whole)[1].tobytes()[:3000])
    image = read_image(path, damage="truncated")
    assert image.damaged
    wanted = repr(run(resolve(Session(), image))["lsh"].accuracy.psnr)
    text = recipe.make("python", Session(), image, folder).text
    assert wanted in in_a_child([sys.executable, "-c", text], folder)
    text = recipe.make("command", Session(), image, folder).text.rstrip()
    told = json.loads(in_a_child(["sh", "-c", f"{text} --json -"], folder))
    assert repr(told["techniques"]["lsh"]["accuracy"]["psnr"]) == wanted


def test_the_window_copies_its_own_run(compared, qtbot, folder):
    """The whole way: a session in the window, the text on the clipboard, the child's figures."""
    run_by(compared, qtbot, compared.opener.open_path, str(folder / "deep.tif"))
    wanted = run_by(compared, qtbot, compared.controller.change, "hashes", 4)
    texts = {}
    for kind in (recipe.PYTHON, recipe.COMMAND):
        with qtbot.waitSignal(compared.recipes.copied, timeout=WAIT_MS):
            compared.menus.entries[f"copy-{kind}"].trigger()
        texts[kind] = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    printed = in_a_child([sys.executable, "-c", texts[recipe.PYTHON]], folder).splitlines()
    shell = f"{texts[recipe.COMMAND].rstrip()} --json -"
    told = json.loads(in_a_child(["sh", "-c", shell], folder))["techniques"]
    lsh = wanted["lsh"]
    executed = lsh.result.executed
    assert printed[-1].split()[:2] == ["lsh", repr(lsh.accuracy.psnr)]
    assert printed[-1].split()[3:5] == [str(executed.multiplications), str(executed.additions)]
    assert np.isfinite(lsh.accuracy.psnr)
    assert told["lsh"]["accuracy"]["psnr"] == lsh.accuracy.psnr
    assert told["lsh"]["operations"]["executed"] == {
        "multiplications": executed.multiplications, "additions": executed.additions
    }  # fmt: skip
