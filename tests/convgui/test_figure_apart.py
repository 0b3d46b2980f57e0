"""Figures are drawn in another process, to the same bytes; its death or silence is survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from patience import WAIT_SECONDS

from convgui.apart import partner, process, wire
from convgui.apart.process import Gone
from convgui.export import figure_apart, figure_child
from convgui.export.figure import FORMATS, draw, planned
from convgui.export.figure_apart import LOST, Drawer, NotDrawn
from convgui.export.figure_layout import drawn
from convgui.export.figure_options import FigureOptions
from convgui.model import published
from convgui.model.compute import Comparison, run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.opencv import cv2
from cyconv import Cancelled

SMALL = FigureOptions(dpi=60)
EVERY = ("input", "filter", "operations", "table", "settings", "exact", "differential", "lsh",
         "error-differential", "error-lsh")  # fmt: skip


@pytest.fixture(scope="module")
def other() -> Iterator[Drawer]:
    """A process of the tests' own."""
    made = Drawer()
    yield made
    made.close()


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    values = np.random.default_rng(0).integers(0, 256, (40, 50, 3)).astype(np.uint8)
    return run(resolve(Session(), Image(values, "nöise $x_1$ 图.png")))


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bytes_come_from_there(other, comparison, format):
    narrow = replace(SMALL, width_mm=85.0, error_mode="flip", caption="One line.\n\nAnother.")
    fewer = replace(SMALL, hidden=("lsh", "table"), error_map="violet-green")
    for options in (fewer, narrow):
        assert other.draw(comparison, format, options) == draw(comparison, format, options)
    assert other.render(comparison, format, fewer) == draw(comparison, format, fewer).data


def test_what_is_infinite_comes_through(other):
    values = np.random.default_rng(1).integers(0, 256, (30, 200)).astype(np.uint8)
    infinite = run(resolve(published.experiment(Session(), "lsh"), Image(values, "it.png")))
    assert other.draw(infinite, "svg", SMALL) == draw(infinite, "svg", SMALL)


def test_the_picture_comes_beside_the_file(other, comparison):
    here = drawn(planned(comparison, "png", SMALL), "png", raster=True)
    assert other.draw(comparison, "png", SMALL, raster=True) == here
    packed = cv2.imdecode(np.frombuffer(here.data, np.uint8), cv2.IMREAD_COLOR)
    pixels = np.frombuffer(here.raster.data, np.uint8)
    pixels = pixels.reshape(here.raster.rows, here.raster.columns, 4)
    np.testing.assert_array_equal(pixels[..., 2::-1], packed)
    assert (pixels[..., 3] == 255).all()
    assert other.draw(comparison, "svg", SMALL, raster=True).raster is None


@pytest.mark.parametrize(("format", "options"), [
    ("png", replace(SMALL, hidden=EVERY)), ("bmp", SMALL), ("png", replace(SMALL, filter_index=7)),
])  # fmt: skip
def test_a_refusal_is_the_same_sentence(other, comparison, format, options):
    with pytest.raises(ValueError, match=r"must be|is empty") as here:
        draw(comparison, format, options)
    with pytest.raises(ValueError, match=r"must be|is empty") as there:
        other.draw(comparison, format, options)
    assert (type(there.value), str(there.value)) == (type(here.value), str(here.value))
    before = other.process
    assert other.render(comparison, "svg", SMALL) == draw(comparison, "svg", SMALL).data
    assert other.process == before or before is None


@pytest.mark.parametrize(("kind", "wanted"), [
    ("MemoryError", MemoryError), ("ValueError", ValueError), ("KeyError", RuntimeError),
    (None, RuntimeError), ("SystemExit", RuntimeError),
])  # fmt: skip
def test_what_goes_wrong_there_is_told_as_what_it_is(kind, wanted):
    answer = {"kind": kind, "reason": "because", "trace": "in line 3"}
    with pytest.raises(wanted, match="because") as caught:
        figure_apart._understood(answer, memoryview(b""))
    assert caught.value.__notes__ == ["in line 3"]


def test_a_fault_there_comes_with_its_place(other, comparison, monkeypatch):
    """A plan that can't be drawn stands for whatever is wrong with drawing."""
    monkeypatch.setattr(
        figure_apart, "planned", lambda *_: replace(planned(comparison, "png"), font_size="8")
    )
    with pytest.raises(RuntimeError, match="unsupported operand") as caught:
        other.draw(comparison, "png", SMALL)
    assert "figure_layout.py" in caught.value.__notes__[0]


def test_a_process_that_died_is_started_again(other, comparison):
    wanted = other.render(comparison, "png", SMALL)
    first = other.process
    os.kill(first, signal.SIGKILL)
    other._process._child.wait()
    assert other.render(comparison, "png", SMALL) == wanted
    assert other.process != first


def killer(drawer: Drawer, times: int):
    """Gives a progress function that kills so many processes once they are asked, and these."""
    killed: list[int] = []

    def look(_: object) -> None:
        found = drawer._process
        if found is not None and found.owed and found.ready and len(killed) < times:
            killed.append(found.id)
            os.kill(found.id, signal.SIGKILL)

    return look, killed


@pytest.mark.parametrize("times", [1, 2])
def test_one_that_dies_over_a_figure_is_replaced(other, comparison, caplog, times):
    look, killed = killer(other, times)
    assert other.render(comparison, "png", SMALL, look) == draw(comparison, "png", SMALL).data
    assert len(killed) == times
    assert f"exit status {-signal.SIGKILL}" in caplog.text


def test_a_figure_that_kills_it_again_is_one_sentence(other, comparison):
    look, killed = killer(other, 9)
    with pytest.raises(NotDrawn) as caught:
        other.render(comparison, "png", SMALL, look)
    assert str(caught.value) == LOST
    assert len(set(killed)) == figure_apart.TRIES
    assert other.process is None
    assert other.render(comparison, "svg", SMALL) == draw(comparison, "svg", SMALL).data


def stopper(drawer: Drawer, asked: bool):
    """Gives a progress function that gives up where the process was asked, or just started."""

    def look(_: object) -> None:
        found = drawer._process
        if found is not None and found.owed and found.ready is asked:
            raise Cancelled

    return look


def test_what_is_given_up_is_not_taken_for_the_next_answer(other, comparison):
    wide = replace(SMALL, width_mm=300.0)
    other.render(comparison, "png", SMALL)
    first = other.process
    for _ in range(3):
        with pytest.raises(Cancelled):
            other.render(comparison, "png", wide, stopper(other, asked=True))
        # It draws on, for nobody.
        assert other.process == first
    other._process.wait(float("inf"), tuple)
    assert other.render(comparison, "png", SMALL) == draw(comparison, "png", SMALL).data
    assert other.process == first


def test_one_that_never_ends_what_was_given_up_is_replaced(other, comparison):
    other.render(comparison, "png", SMALL)
    first = other.process

    def stop(_: object) -> None:
        if other._process is not None and other._process.owed:
            os.kill(other.process, signal.SIGSTOP)
            raise Cancelled

    with pytest.raises(Cancelled):
        other.render(comparison, "png", SMALL, stop)
    assert other.render(comparison, "png", SMALL) == draw(comparison, "png", SMALL).data
    assert other.process != first


def test_one_that_is_starting_goes_on_when_the_figure_is_given_up(comparison):
    made = Drawer()
    try:
        with pytest.raises(Cancelled):
            made.render(comparison, "png", SMALL, stopper(made, asked=False))
        first = made.process
        assert first is not None
        assert made.render(comparison, "png", SMALL) == draw(comparison, "png", SMALL).data
        assert made.process == first
    finally:
        made.close()
    assert made.process is None


def test_half_a_question_is_not_left_there(other, comparison, monkeypatch):
    other.render(comparison, "png", SMALL)
    first, sent = other.process, []

    def send(self, data, until, look):
        sent.append(data)
        if len(sent) == 3:
            raise Cancelled

    monkeypatch.setattr(process.Other, "send", send)
    with pytest.raises(Cancelled):
        other.render(comparison, "png", SMALL)
    assert other.process is None
    monkeypatch.undo()
    assert other.render(comparison, "png", SMALL) == draw(comparison, "png", SMALL).data
    assert other.process != first


def test_who_waits_for_another_figure_can_give_up(comparison):
    made = Drawer()

    def give_up(_: object) -> None:
        if made._lock.locked():
            raise Cancelled

    with made._lock, pytest.raises(Cancelled):
        made.render(comparison, "png", SMALL, give_up)


@pytest.mark.parametrize(("owner", "name", "value"), [
    (process, "POSSIBLE", False), (sys, "executable", "/nonexistent/python"),
    (process, "CHILD", "raise SystemExit(1)"), (process, "CHILD", "print('nonsense' * 99)"),
])  # fmt: skip
def test_without_a_process_it_is_drawn_here(monkeypatch, comparison, owner, name, value):
    monkeypatch.setattr(owner, name, value)
    here = Drawer()
    here.start()
    assert here.render(comparison, "png", SMALL) == draw(comparison, "png", SMALL).data
    assert here.process is None
    here.close()


class Liar:
    """Another side that answers what it is told to."""

    id = 0

    def __init__(self, answer: bytes) -> None:
        self.answer, self.ready, self.owed = answer, True, False

    def alive(self):
        return True

    def send(self, data, until, look):
        pass

    def wait(self, until, look):
        pass

    def receive(self, room, until, look):
        if len(room) > len(self.answer):
            raise Gone("no more")
        room[:] = self.answer[: len(room)]
        self.answer = self.answer[len(room) :]

    def end(self):
        pass


@pytest.mark.parametrize("answer", [
    b"nonsense that is no head", wire.pack({}), wire.pack({"width_mm": 1, "height_mm": "2"}),
    wire.pack({"width_mm": 1.0, "height_mm": 2.0}, 1 << 40),
    wire.pack({"width_mm": 1.0, "height_mm": 2.0, "raster": [9, 9]}, 4) + b"word",
    wire.pack({"width_mm": 1.0, "height_mm": 2.0, "raster": [-1, 1]}, 4) + b"word",
    wire.pack({"width_mm": 1.0, "height_mm": 2.0, "raster": "1"}, 4) + b"word",
    wire.pack({"width_mm": 1.0}, 9) + b"x",
])  # fmt: skip
def test_nonsense_is_not_believed(monkeypatch, comparison, answer):
    monkeypatch.setattr(partner, "Other", lambda module: Liar(answer))
    with pytest.raises(NotDrawn):
        Drawer().render(comparison, "png", SMALL)


def test_it_ends_when_nobody_has_asked_for_long_and_when_nobody_can():
    code = "from convgui.export import figure_child as it; it.IDLE_SECONDS = {}; it.main()"
    for seconds, stay in ((0.1, True), (WAIT_SECONDS, False)):
        with subprocess.Popen([sys.executable, "-c", code.format(seconds)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:  # fmt: skip
            if not stay:
                child.stdin.close()
            assert child.wait(WAIT_SECONDS) == 0
            told = child.stdout.read()
            assert wire.words_of(told[wire.HEAD.size :]) == {"ready": True}
            assert child.stderr.read() == b""
    assert 30 < figure_child.IDLE_SECONDS < 3600
