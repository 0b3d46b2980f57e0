"""A session file holds everything, always in the same bytes, and says what is not as it was."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from session_files import OWN, altered, document, entries, picture, run, version_1

from convgui.export.atomic import WriteError
from convgui.model.image import Image
from convgui.model.samples import sample_path
from convgui.model.session import Session
from convgui.opencv import cv2
from convgui.sessions import Document, Link, SessionError, load, save
from convgui.sessions.problem import NewerSession
from convgui.sessions.store import to_bytes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "study.convgui"


def again(made: Document, file: Path) -> Document:
    """Saves and opens, checks that saving once more gives the same bytes, gives what was opened."""
    save(made, file)
    opened = load(file)
    assert opened.remarks == ()
    assert to_bytes(opened.document) == file.read_bytes()
    return opened.document


def assert_same(one: Document, other: Document) -> None:
    for each in fields(Document):
        if each.name not in ("image", "runs", "look"):
            assert getattr(one, each.name) == getattr(other, each.name), each.name
    assert dict(one.look) == dict(other.look)
    for a, b in zip(one.runs, other.runs, strict=True):
        np.testing.assert_array_equal(a.thumbnail, b.thumbnail)
        assert repr(replace(a, thumbnail=None)) == repr(replace(b, thumbnail=None))


def test_everything_returns_byte_for_byte(file: Path) -> None:
    made = document()
    opened = again(made, file)
    assert_same(made, opened)
    assert isinstance(opened.image, Image)
    np.testing.assert_array_equal(opened.image.pixels, made.image.pixels)
    assert opened.image.notes == made.image.notes
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("made", [
    Document(),
    document(image=None, runs=(), pinned=(0, 0), notes="\r\n\x07"),
    document(image=Image(picture(1, (5, 7), np.float32) / 3, "grey", stored="uint16")),
    document(image=Image(np.full((3, 2), np.nan, np.float32), "a" * 400 + "\x01 ")),
    document(image=Image(np.zeros((1500, 1000, 3), np.uint8), "black")),
    document(session=replace(Session(), weights=((OWN, OWN, OWN),) * 4, filter_name="custom")),
])  # fmt: skip
def test_odd_documents_return_byte_for_byte(made: Document, file: Path) -> None:
    again(made, file)


@given(
    notes=st.text(max_size=50), name=st.text(max_size=30), hashes=st.integers(1, 32),
    figure=st.floats(), look=st.dictionaries(st.sampled_from(["a", "b"]), st.integers()),
)  # fmt: skip
@limits(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_values_return_byte_for_byte(tmp_path, notes, name, hashes, figure, look) -> None:
    odd = replace(run(3), name=name, image_name=name)
    odd = replace(odd, figures=(replace(odd.figures[0], psnr=figure, seconds=figure),))
    session = Session(hashes=hashes)
    made = document(notes=notes, runs=(odd,), pinned=(0, 3), session=session, look=look)
    again(made, tmp_path / "any.convgui")


def test_weights_are_kept_once_however_many_runs_have_them(file: Path) -> None:
    opened = again(document(), file)
    assert len([name for name in entries(file.read_bytes()) if name.startswith("weights/")]) == 1
    assert opened.runs[1].session.weights is opened.session.weights


def test_an_image_may_be_linked(tmp_path: Path, file: Path) -> None:
    source = tmp_path / "photo.png"
    cv2.imwrite(str(source), picture(2))
    pixels = cv2.imread(str(source))[..., ::-1]
    made = document(image=Image(pixels, "photo.png", source), inside=False)
    opened = again(made, file)
    assert "image.npy" not in entries(file.read_bytes())
    np.testing.assert_array_equal(opened.image.pixels, pixels)
    assert opened.link.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()

    cv2.imwrite(str(source), picture(4))
    changed = load(file)
    assert "photo.png has changed" in changed.remarks[0]
    assert changed.document.image is not None

    source.unlink()
    gone = load(file)
    assert "photo.png is no longer at" in gone.remarks[0]
    assert gone.document.image is None
    assert gone.document.session == made.session
    # What was known of it is not lost with it.
    assert to_bytes(gone.document) == file.read_bytes()


def test_an_image_that_is_damaged_now_says_so(tmp_path: Path, file: Path) -> None:
    source = tmp_path / "photo.png"
    source.write_bytes(Path(sample_path("page")).read_bytes())
    save(Document(link=Link("photo.png", str(source), "", "0" * 64, (3, 4))), file)
    source.write_bytes(b"no image at all")
    opened = load(file)
    assert "photo.png" in opened.remarks[0]
    assert opened.document.image is None


def test_an_image_without_a_file_is_always_kept_inside(file: Path) -> None:
    assert again(document(inside=False), file).image is not None


def test_the_first_format_is_still_read(file: Path) -> None:
    file.write_bytes(version_1())
    opened = load(file)
    assert opened.remarks == ()
    made = opened.document
    assert (made.session.hashes, made.session.weights) == (9, OWN)
    assert (made.notes, made.runs) == ("from before", ())
    np.testing.assert_array_equal(made.image.pixels, picture(3))
    again(made, file)


def test_a_newer_format_is_refused_and_never_overwritten(file: Path) -> None:
    newer = altered(lambda told: told.update(schema=3))
    file.write_bytes(newer)
    with pytest.raises(NewerSession, match="a newer convgui saved it, in format 3"):
        load(file)
    with pytest.raises(NewerSession, match="left as it is"):
        save(document(), file)
    assert file.read_bytes() == newer


def test_parameters_that_are_not_understood_have_their_defaults(file: Path) -> None:
    file.write_bytes(altered(lambda told: told["settings"].update(hashes=99, tomorrow=1)))
    opened = load(file)
    assert opened.document.session == replace(document().session, hashes=Session().hashes)
    assert opened.remarks == (
        "Some parameters were not understood and have their defaults: hashes, tomorrow.",
    )


def test_names_of_parameters_are_cut_to_what_fits_a_sentence(file: Path) -> None:
    odd = {"\x00": 1, "a" * 5000: 2, "b" * 5000: 3, "c": 4}
    file.write_bytes(altered(lambda told: told["settings"].update(odd)))
    (remark,) = load(file).remarks
    assert len(remark) < 200
    assert "defaults: ?, aaa" in remark


def test_giving_up_and_failing_leave_the_old_file(file: Path, monkeypatch) -> None:
    save(document(), file)
    before = file.read_bytes()

    def stop(fraction: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(Document(), file, stop)
    with pytest.raises(WriteError, match="does not exist"):
        save(Document(), file.parent / "none" / "a.convgui")
    with pytest.raises(SessionError, match="notes are longer"):
        save(document(notes="a" * (1 << 20) + "b"), file)
    assert file.read_bytes() == before
