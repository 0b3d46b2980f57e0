"""``convgui compare``: what it prints, what it writes, and what it refuses."""

import csv
import json
import os
import shutil

import numpy as np
import pytest

import cyconv
from convgui import __main__ as program
from convgui import cli
from convgui.model.reader import read_image
from convgui.model.resolve import TECHNIQUES
from convgui.model.samples import SAMPLES, sample_path
from convgui.model.session import Session
from convgui.model.shown import shown
from convgui.opencv import cv2


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures") / "a näme.png"
    values = np.random.default_rng(0).integers(0, 256, (32, 48, 3)).astype(np.uint8)
    path.write_bytes(cv2.imencode(".png", values)[1].tobytes())
    return str(path)


@pytest.fixture
def compare(capsys, tmp_path, monkeypatch):
    """Gives a function that runs the command and returns status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = program.main(["compare", *map(str, arguments)])
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def told(compare):
    """Gives a function that runs the command and returns the JSON that it prints."""

    def call(*arguments):
        status, out, err = compare(*arguments, "--json", "-")
        assert (status, err) == (0, "")
        return json.loads(out)

    return call


@pytest.fixture
def refused(compare):
    """Gives a function that runs the command and returns the one line that it complains with."""

    def call(*arguments):
        status, out, err = compare(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("convgui: ")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        return err

    return call


def test_a_table_of_all_three_is_printed(compare, picture):
    status, out, err = compare(picture)
    assert (status, err) == (0, "")
    for words in ("a näme.png, 48 × 32, 3 channels", "Exact", "Differential", "LSH", "PSNR"):
        assert words in out


def test_without_an_image_the_sample_is_taken(told):
    image = read_image(sample_path(SAMPLES[0].name))
    answer = told()["image"]
    assert (answer["width"], answer["height"]) == (image.width, image.height)


def test_every_option_arrives(told, picture):
    answer = told(
        picture, "--size", "40x30", "--gray", "--filter", "random", "--kernel-size", 5,
        "--filters", 3, "--stride", 2, "--padding", 1, "--dilation", 2, "--technique", "exact",
        "--technique", "lsh", "--hashes", 4, "--scope", "window", "--seed", 5, "--threads", 1,
    )  # fmt: skip
    assert answer["image"] == {"path": picture, "width": 40, "height": 30, "channels": 1}
    assert answer["filters"] == {"name": "random", "count": 3, "size": [5, 5]}
    assert answer["geometry"] == {"stride": 2, "padding": 1, "dilation": 2, "output": [12, 17]}
    assert list(answer["techniques"]) == ["exact", "lsh"]
    lsh = answer["techniques"]["lsh"]
    prediction = cyconv.predict(
        cyconv.LSH(4, scope="window"), (1, 30, 40), (3, 1, 5, 5), cyconv.Geometry(2, 1, 2),
        cyconv.Facts(clusters=lsh["clusters"]),
    )  # fmt: skip
    assert lsh["operations"]["model"]["additions"] == prediction.model.additions
    assert lsh["operations"]["executed"] == lsh["operations"]["model"]
    assert lsh["operations"]["report"]["multiplications"] == prediction.report.multiplications


def test_the_differential_reference_arrives(told, picture):
    first, previous = (
        told(picture, "--reference", reference)["techniques"]["differential"]
        for reference in ("first", "previous")
    )
    assert first["operations"]["model"] != previous["operations"]["model"]
    assert previous["accuracy"]["accuracy"] > 99.999


def test_padding_may_keep_the_size(told, picture):
    geometry = told(picture, "--padding", "same", "--kernel-size", 4)["geometry"]
    assert geometry == {"stride": 1, "padding": "same", "dilation": 1, "output": [32, 48]}


@pytest.mark.parametrize("name", TECHNIQUES)
def test_every_technique_alone(told, picture, name):
    answer = told(picture, "--technique", name)
    assert list(answer["techniques"]) == [name]
    assert answer["techniques"][name]["accuracy"]["accuracy"] is not None


def test_techniques_may_follow_one_another(told, picture):
    assert list(told("--technique", "lsh", "exact", picture)["techniques"]) == ["exact", "lsh"]
    assert list(told(picture, "--technique", "lsh", "exact")["techniques"]) == ["exact", "lsh"]


@pytest.mark.parametrize("name", cyconv.filters.PRESETS)
def test_every_filter(told, picture, name):
    answer = told(picture, "--filter", name, "--filters", 2)["filters"]
    size = cyconv.filters.PRESETS[name].default_size
    assert answer == {"name": name, "count": 2, "size": [size, size]}


def test_as_published_gives_what_the_report_printed(told):
    at = ("--size", "38x38", "--kernel-size", 7, "--as-published")
    accuracy = told(sample_path("coffee"), *at)["techniques"]["lsh"]["accuracy"]
    assert accuracy["report_accuracy"] == 0
    assert accuracy["mse"] is None
    differential = told(sample_path("coffee"), *at)["techniques"]["differential"]["accuracy"]
    assert differential["report_accuracy"] < 0
    repaired = told(sample_path("coffee"), *at[:-1])["techniques"]
    assert repaired["differential"]["accuracy"]["report_accuracy"] == pytest.approx(100, abs=1e-3)
    assert repaired["lsh"]["accuracy"]["mse"] is not None


def test_weights_from_a_file(told, picture, tmp_path):
    bank = np.random.default_rng(0).normal(size=(2, 3, 3, 5))
    np.save(tmp_path / "bank.npy", bank)
    assert told(picture, "--weights", "bank.npy")["filters"] == {
        "name": "custom", "count": 2, "size": [3, 5],
    }  # fmt: skip
    (tmp_path / "edge.csv").write_text("-1,0,1\n-2,0,2\n-1,0,1\n")
    own = told(picture, "--weights", "edge.csv")["techniques"]["lsh"]["accuracy"]
    preset = told(picture, "--filter", "sobel-x")["techniques"]["lsh"]["accuracy"]
    assert own == preset
    answer = told(picture, "--weights", "edge.csv", "--filters", 4, "--kernel-size", 3)
    assert answer["filters"]["count"] == 4


def test_files_are_written_where_asked(compare, picture, tmp_path):
    status, out, _ = compare(
        picture, "--json", "numbers.json", "--csv", "numbers.csv", "--export", "figure.SVG"
    )
    assert status == 0
    assert "PSNR" in out
    answer = json.loads((tmp_path / "numbers.json").read_text(encoding="utf-8"))
    assert answer["image"]["path"] == picture
    with open(tmp_path / "numbers.csv", encoding="utf-8", newline="") as file:
        assert [row["technique"] for row in csv.DictReader(file)] == [
            *shown(Session())
        ]
    assert (tmp_path / "figure.SVG").read_bytes().startswith(b"<?xml")
    # Nothing temporary is left behind.
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == [
        "figure.SVG", "numbers.csv", "numbers.json",
    ]  # fmt: skip


@pytest.mark.parametrize(("format", "start"), [("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_figures_in_every_format(compare, picture, tmp_path, format, start):
    assert compare(picture, "--export", f"figure.{format}")[0] == 0
    assert (tmp_path / f"figure.{format}").read_bytes().startswith(start)


def test_csv_may_be_printed(compare, picture):
    status, out, _ = compare(picture, "--csv", "-")
    assert status == 0
    assert len(list(csv.DictReader(out.splitlines()))) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.png"], "nowhere.png"),
        (["{}", "--size", "300"], "must be WxH"),
        (["{}", "--size", "0x10"], "must be at least 1x1"),
        (["{}", "--filter", "swirl"], "--filter must be one of"),
        (["{}", "--filter", "blur", "--weights", "a.npy"], "not allowed with"),
        (["{}", "--weights", "nowhere.npy"], "nowhere.npy"),
        (["{}", "--kernel-size", "0"], "size"),
        (["{}", "--kernel-size", "33"], "must fit the padded image"),
        (["{}", "--kernel-size", "many"], "invalid int value"),
        (["{}", "--filter", "sobel-x", "--kernel-size", "4"], "odd number"),
        (["{}", "--filters", "0"], "count must be at least 1"),
        (["{}", "--stride", "0"], "stride must be at least 1"),
        (["{}", "--padding", "-1"], "padding must be at least 0"),
        (["{}", "--padding", "full"], '"same"'),
        (["{}", "--dilation", "0"], "dilation must be at least 1"),
        (["{}", "--technique", "magic"], "--technique must be"),
        (["{}", "--technique"], "expected at least one argument"),
        (["{}", "--reference", "last"], "invalid choice"),
        (["{}", "--hashes", "33"], "hashes must be an int of 1 to 32"),
        (["{}", "--scope", "all"], "must be \"channel\", \"window\" or a number"),
        (["{}", "--seed", "-1"], "seed"),
        (["{}", "--threads", "-1"], "threads must be at least 0"),
        (["{}", "--export", "figure.bmp"], "--export must end in"),
        (["{}", "--export", "no/folder/figure.pdf"], "figure.pdf"),
        (["{}", "--json", "no/folder/numbers.json"], "numbers.json"),
        (["{}", "--json", "-", "--csv", "-"], "only one"),
        (["{}", "--json", "same", "--csv", "same"], "can't both be written to same"),
        (["{}", "--json", ""], "could not be written"),
        (["{}", "--filters", "1" + "0" * 22], "would take"),
        (["{}", "--weights", "one.csv", "--filters", "1" + "0" * 22], "would take"),
        (["{}", "--dilation", "1" + "0" * 22, "--kernel-size", "1"], "dilation must be at most"),
        (["{}", "--filter", "gabor", "--kernel-size", "256"], "a number from 3 to 255"),
        (["{}", "second.png"], "2 images need --export-dir"),
        (["{}", "--fil", "blur"], "unrecognized arguments"),
        (["{}", "--unknown"], "unrecognized arguments"),
    ],
)
def test_bad_input_is_one_line_and_status_2(refused, picture, tmp_path, arguments, words):
    (tmp_path / "one.csv").write_text("1")
    assert words in refused(*(each.format(picture) for each in arguments))


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems alone")
def test_a_name_that_is_no_text(told, picture, tmp_path):
    """JSON is text, so what is no letter in a name is replaced there."""
    name = os.fsdecode(b"odd\xff\n.png")
    try:
        shutil.copy(picture, tmp_path / name)
    except OSError:
        pytest.skip("this disk takes no such names")
    wanted = str(tmp_path / "odd\N{REPLACEMENT CHARACTER}\n.png")
    assert told(name)["image"]["path"] == wanted


def test_a_file_that_is_no_image(refused, tmp_path):
    (tmp_path / "text.png").write_text("no image at all")
    assert "text.png" in refused("text.png")


def test_weights_that_do_not_fit(refused, picture, tmp_path):
    np.save(tmp_path / "bank.npy", np.ones((2, 3, 3, 3)))
    assert "does not fit weights of 3 x 3" in refused(
        picture, "--weights", "bank.npy", "--kernel-size", 5
    )
    assert "does not fit a file of 2 filters" in refused(
        picture, "--weights", "bank.npy", "--filters", 3
    )
    assert "as many channels as the image" in refused(picture, "--weights", "bank.npy", "--gray")


def test_a_failed_export_leaves_the_old_file(compare, picture, tmp_path, monkeypatch):
    (tmp_path / "figure.pdf").write_text("old")

    def broken(*arguments):
        raise OSError("the disk is full")

    monkeypatch.setattr(cli, "write_atomically", broken)
    status, out, err = compare(picture, "--export", "figure.pdf")
    assert (status, out, err) == (2, "", "convgui: the disk is full\n")
    assert (tmp_path / "figure.pdf").read_text() == "old"


def test_too_large_images_say_how_to_read_them(compare, picture, monkeypatch):
    sizes = []

    def small_limit(source, **limits):
        sizes.append(limits)
        return read_image(source, **(limits or {"max_pixels": 100}))

    monkeypatch.setattr(cli, "read_image", small_limit)
    status, _, err = compare(picture)
    assert status == 2
    assert "--large" in err
    assert err.count("\n") == 1
    assert compare(picture, "--large")[0] == 0
    assert sizes == [{}, {"max_pixels": None}]


def test_out_of_memory_is_said(compare, picture, monkeypatch):
    def hungry(request):
        raise MemoryError("output needs 9 TB, there are 4 GB")

    monkeypatch.setattr(cli, "run", hungry)
    assert compare(picture) == (2, "", "convgui: output needs 9 TB, there are 4 GB\n")
