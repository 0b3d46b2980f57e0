"""Many images at once: what is written, what is skipped, what a cancelled batch leaves."""

import csv
from pathlib import Path

import numpy as np
import pytest

from convgui import __main__ as program
from convgui.export import batch
from convgui.export.batch import Batch, expanded, figure_stem, free_name, run
from convgui.export.figure import FigureOptions
from convgui.export.tables import csv_rows
from convgui.model import compute
from convgui.model.reader import read_image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.opencv import cv2
from cyconv import Cancelled

SMALL = FigureOptions(dpi=50)


@pytest.fixture
def pictures(tmp_path):
    """A folder with three pictures, one file that is none, and one that is not meant."""
    folder = tmp_path / "holiday"
    folder.mkdir()
    draw = np.random.default_rng(0)
    for name in ("a.png", "b.PNG", "d.png"):
        values = draw.integers(0, 256, (12, 16, 3)).astype(np.uint8)
        (folder / name).write_bytes(cv2.imencode(".png", values)[1].tobytes())
    (folder / "c.png").write_bytes((folder / "a.png").read_bytes()[:60])
    (folder / "notes.txt").write_text("not an image")
    return folder


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(pictures, tmp_path, **changes):
    return Batch(Session(), (str(pictures),), str(tmp_path / "out"), "png", SMALL, **changes)


def test_every_image_gets_its_figure_and_its_rows(pictures, tmp_path):
    summary = run(made(pictures, tmp_path))
    assert (summary.figures, summary.wanted) == (3, 4)
    out = tmp_path / "out"
    assert sorted(each.name for each in out.iterdir()) == [
        "a-blur.png", "b-blur.png", "comparisons.csv", "d-blur.png"
    ]  # fmt: skip
    assert all((out / done.figure).read_bytes().startswith(b"\x89PNG")
               for done in summary.done if done.figure)  # fmt: skip
    rows = table(summary.table)
    assert [Path(row["file"]).name for row in rows] == [
        *3 * ["a.png"], *3 * ["b.PNG"], "c.png", *3 * ["d.png"]
    ]  # fmt: skip
    alone = csv_rows(compute.run(resolve(Session(), read_image(pictures / "a.png"))))
    for row, wanted in zip(rows, alone, strict=False):
        for key in ("technique", "psnr", "multiplications_executed", "image", "filter"):
            assert row[key] == str(wanted[key])
        assert (row["figure"], row["problem"]) == ("a-blur.png", "")


def test_a_bad_file_is_reported_and_skipped(pictures, tmp_path):
    summary = run(made(pictures, tmp_path))
    (problem,) = summary.problems
    assert problem.file.endswith("c.png")
    (row,) = [each for each in table(summary.table) if each["problem"]]
    assert row["problem"] == problem.problem
    assert "c.png" in row["problem"]
    assert row["technique"] == row["figure"] == row["psnr"] == ""


def test_what_does_not_fit_an_image_is_its_own_problem(pictures, tmp_path):
    large = np.zeros((40, 40), np.uint8)
    (pictures / "e.png").write_bytes(cv2.imencode(".png", large)[1].tobytes())
    session = Session(kernel_size=15)
    summary = run(Batch(session, (str(pictures),), str(tmp_path / "out"), "png", SMALL))
    assert [Path(each.file).name for each in summary.done if not each.problem] == ["e.png"]
    assert "must fit the padded image" in summary.problems[0].problem
    summary = run(made(pictures, tmp_path, max_pixels=100))
    assert "more than" in summary.problems[0].problem


def test_nothing_is_written_over(pictures, tmp_path):
    first = run(made(pictures, tmp_path))
    before = {each: each.read_bytes() for each in (tmp_path / "out").iterdir()}
    second = run(made(pictures, tmp_path))
    assert {each: each.read_bytes() for each in before} == before
    assert second.table != first.table
    assert [each.figure for each in second.done if each.figure] == [
        "a-blur-2.png", "b-blur-2.png", "d-blur-2.png"
    ]  # fmt: skip
    # Files of one name in different folders do not meet either.
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.png").write_bytes((pictures / "a.png").read_bytes())
    sources = (str(pictures / "a.png"), str(other / "a.png"))
    both = run(Batch(Session(), sources, str(tmp_path / "both"), "png", SMALL))
    assert [each.figure for each in both.done] == ["a-blur.png", "a-blur-2.png"]


def test_cancelling_leaves_what_is_finished(pictures, tmp_path):
    told = []

    def progress(report):
        told.append(report)
        if report.fraction > 0.3:
            raise Cancelled

    so_far = []
    with pytest.raises(Cancelled):
        run(made(pictures, tmp_path), progress, so_far.append)
    assert [Path(each.file).name for each in so_far[-1].done] == ["a.png"]
    out = tmp_path / "out"
    assert sorted(each.name for each in out.iterdir()) == ["a-blur.png", "comparisons.csv"]
    assert [row["figure"] for row in table(out / "comparisons.csv")] == 3 * ["a-blur.png"]


def test_progress_rises_and_names_the_image(pictures, tmp_path):
    told = []
    run(made(pictures, tmp_path), told.append)
    fractions = [each.fraction for each in told]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] <= 1
    assert any(each.step_text.startswith("b.PNG (2 of 4): LSH") for each in told)


def test_a_full_disk_ends_it_and_leaves_the_table_whole(pictures, tmp_path, monkeypatch):
    written = []

    def full(path, data):
        if len(written) == 3:
            raise OSError("the disk is full")
        written.append(path)
        Path(path).write_bytes(data)

    monkeypatch.setattr(batch, "write_atomically", full)
    with pytest.raises(OSError, match="the disk is full"):
        run(made(pictures, tmp_path))
    assert [row["figure"] for row in table(tmp_path / "out" / "comparisons.csv")] == 3 * [
        "a-blur.png"
    ]


def test_folders_are_looked_into_but_not_below(pictures):
    (pictures / "deeper").mkdir()
    (pictures / "deeper" / "z.png").write_bytes(b"")
    names = [Path(each).name for each in expanded([str(pictures), "alone.tif"])]
    assert names == ["a.png", "b.PNG", "c.png", "d.png", "alone.tif"]


def test_names(tmp_path):
    assert figure_stem("a näme (1).png", "sobel-x") == "a-näme-1-sobel-x"
    long = free_name(tmp_path, "ä" * 300, ".pdf")
    long.write_bytes(b"")
    assert free_name(tmp_path, "ä" * 300, ".pdf").name == f"{long.stem}-2.pdf"
    with pytest.raises(ValueError, match="format must be one of pdf, svg, png, got 'bmp'"):
        Batch(Session(), (), "out", "bmp")


@pytest.fixture
def compare(capsys, tmp_path, monkeypatch):
    """Gives a function that runs the command and returns status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = program.main(["compare", *map(str, arguments)])
        return status, *capsys.readouterr()

    return call


def test_the_command_line_does_the_same(compare, pictures, tmp_path):
    status, out, err = compare(
        pictures / "a.png", "--hashes", 3, pictures / "d.png", "--export-dir", "new/out",
        "--technique", "exact", "lsh",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert "a.png -> a-blur.pdf" in out
    assert "2 of 2 images compared; the numbers are in" in out
    folder = tmp_path / "new" / "out"
    assert (folder / "d-blur.pdf").read_bytes().startswith(b"%PDF")
    rows = table(folder / "comparisons.csv")
    assert [row["technique"] for row in rows] == 2 * ["exact", "lsh"]
    assert {row["hashes"] for row in rows} == {"", "3"}


def test_the_command_line_says_what_it_skipped(compare, pictures):
    status, out, err = compare(pictures, "--export-dir", "out", "--export-format", "svg")
    assert status == 2
    assert err.startswith("convgui: c.png can't be opened")
    assert err.count("\n") == 1
    assert "3 of 4 images compared, 1 skipped" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{}/a.png", "--export-format", "pdf"], "goes with --export-dir"),
        (["{}/a.png", "--export-dir", "out", "--csv", "-"], "takes no --csv"),
        (["{}/a.png", "--export-dir", "{}/a.png"], "there already"),
        (["--export-dir", "out", "--technique", "exact", "--", "{}/empty"], "There is no image"),
        (["{}/a.png", "--weights-text", "1 x"], "'x' is no number"),
        (["{}/a.png", "--filter", "sobel-x", "--sigma", "2"], "not go with the filter sobel-x"),
        (["{}/a.png", "--weights-text", "1", "--divisor", "2"], "--divisor does not go with"),
        (["{}/a.png", "--divisor", "0"], "--divisor must be a number above 0"),
    ],
)
def test_what_does_not_go_together_is_one_line(compare, pictures, arguments, words):
    (pictures / "empty").mkdir()
    status, out, err = compare(*(each.format(pictures) for each in arguments))
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
