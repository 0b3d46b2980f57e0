"""The samples are there, are what they are said to be, and are made by the script beside them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from convgui.model.reader import read_image
from convgui.model.samples import SAMPLES, Sample, sample_path
from convgui.resources import make_samples

ROOT = Path(__file__).parents[2]
NAMES = [sample.name for sample in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_sample_opens_without_a_word(sample: Sample) -> None:
    path = sample_path(sample.name)
    assert path == sample_path(sample.name)
    assert path.stat().st_size < 300_000
    image = read_image(path)
    assert not image.damaged
    assert image.notes == ()
    assert image.stored == "uint8"
    assert sample.label
    assert sample.description.endswith(".")


def test_names_are_unique_and_every_file_is_offered() -> None:
    assert len(set(NAMES)) == len(NAMES)
    folder = sample_path(NAMES[0]).parent
    assert {path.name for path in folder.iterdir()} == {sample.file for sample in SAMPLES}


def test_the_first_sample_is_a_photograph_of_about_512_pixels() -> None:
    image = read_image(sample_path(SAMPLES[0].name))
    assert 400 <= image.width <= 640
    assert image.channels == 3
    assert np.unique(image.pixels.reshape(-1, 3), axis=0).shape[0] > 10_000


def test_an_unknown_sample_is_named() -> None:
    with pytest.raises(ValueError, match=r"name must be one of coffee, .*, got 'lena'"):
        sample_path("lena")


@pytest.mark.parametrize("file", make_samples.DRAWN)
def test_the_script_draws_what_is_there(file: str) -> None:
    """Sines and letters may differ by a level between versions of the libraries."""
    kept = read_image(sample_path(file.removesuffix(".png"))).pixels.astype(np.float64)
    drawn = make_samples.DRAWN[file]()
    assert drawn.dtype == np.uint8
    assert drawn.shape == kept.shape
    assert np.abs(drawn - kept).mean() < 0.5


@pytest.mark.parametrize("name", make_samples.PHOTOGRAPHS)
def test_the_photographs_are_scikit_images(name: str) -> None:
    kept = read_image(sample_path(name)).pixels.astype(np.float64)
    original = make_samples.photograph(name, make_samples.PHOTOGRAPHS[name])
    assert original.shape == kept.shape
    assert np.abs(original - kept).mean() < 4


def test_the_image_worked_by_hand_is_the_reports() -> None:
    golden = json.loads((ROOT / "tests" / "data" / "golden.json").read_text())
    image = read_image(sample_path("hand"))
    assert image.pixels.tolist() == golden["hand_convolution"]["input"]


def test_the_page_is_gray_and_the_icon_flat() -> None:
    assert read_image(sample_path("page")).channels == 1
    icon = read_image(sample_path("icon")).pixels.astype(int)
    same = (icon[:, 1:] == icon[:, :-1]).all(axis=2)
    assert same.mean() > 0.95


def test_the_script_writes_every_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_samples, "FOLDER", tmp_path / "samples")
    make_samples.main()
    written = {path.name for path in (tmp_path / "samples").iterdir()}
    assert written == {sample.file for sample in SAMPLES}
