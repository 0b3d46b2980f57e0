"""What a crash would lose: kept beside others, offered once, removed after a clean end."""

from __future__ import annotations

import os
import time

import numpy as np
import pytest
from session_files import altered, document, picture, run

from convgui.model.image import Image
from convgui.opencv import cv2
from convgui.sessions import Document, SessionError, recovery
from convgui.sessions.leftovers import MOST_KEPT, STALE_SECONDS, left_behind
from convgui.sessions.lock import Lock
from convgui.sessions.recovery import Slot
from convgui.sessions.store import to_bytes


@pytest.fixture
def place(tmp_path):
    return tmp_path / "recovery"


def crashed(place, made):
    slot = Slot(place)
    slot.write(made)
    slot.abandon()
    return slot


def names(place):
    return sorted(path.name for path in place.iterdir())


def test_nothing_is_made_before_there_is_something_to_keep(place):
    slot = Slot(place)
    slot.clear()
    slot.close()
    assert left_behind(place) is None
    assert not place.exists()


def test_a_clean_end_leaves_nothing(place):
    slot = Slot(place)
    slot.write(document())
    slot.clear()
    assert left_behind(place) is None
    slot.write(document())
    slot.close()
    assert names(place) == []


def test_after_a_crash_everything_is_there(place):
    made = document(origin="/home/somebody/study.convgui",
                    image=Image(picture(1, (4, 5), np.float32), "x", stored="uint16"))
    crashed(place, made)
    found = left_behind(place)
    opened = found.read()
    assert opened.remarks == ()
    assert to_bytes(opened.document) == to_bytes(made)
    assert opened.document.origin == made.origin
    assert time.time() - found.when < 60
    found.discard()
    assert names(place) == []


def test_what_runs_is_never_offered(place):
    one, other = Slot(place), Slot(place)
    one.write(document())
    other.write(document(notes="other"))
    assert left_behind(place) is None
    one.abandon()
    found = left_behind(place)
    assert found.path == one.path
    # A second window that starts meanwhile is not offered the same.
    assert left_behind(place) is None
    found.release()
    assert left_behind(place).path == one.path


def test_the_latest_is_offered_first_and_few_are_kept(place):
    slots = [crashed(place, document(notes=str(number))) for number in range(MOST_KEPT + 3)]
    for age, slot in enumerate(reversed(slots)):
        os.utime(slot.path, (time.time() - age, time.time() - age))
    found = left_behind(place)
    assert found.read().document.notes == str(MOST_KEPT + 2)
    assert len(list(place.glob("*.convgui"))) == MOST_KEPT


def test_pixels_are_written_once_and_old_ones_go(place):
    slot = Slot(place)
    made = document()
    slot.write(made)
    (pixels,) = place.glob("*.npy")
    before = pixels.stat().st_mtime_ns, pixels.stat().st_ino
    slot.write(document(image=made.image, notes="more"))
    assert (pixels.stat().st_mtime_ns, pixels.stat().st_ino) == before
    slot.write(document(image=Image(picture(5), "other")))
    assert not pixels.exists()
    assert len(list(place.glob("*.npy"))) == 1
    slot.write(Document(runs=(run(1),)))
    assert list(place.glob("*.npy")) == []
    slot.close()


def test_pixels_that_are_gone_are_read_from_their_file(place, tmp_path):
    source = tmp_path / "photo.png"
    cv2.imwrite(str(source), picture(2, (6, 7)))
    slot = crashed(place, document(image=Image(picture(2, (6, 7)), "photo.png", source)))
    for pixels in place.glob("*.npy"):
        pixels.write_bytes(pixels.read_bytes()[:-1])
    opened = left_behind(place).read()
    assert opened.remarks == ()
    np.testing.assert_array_equal(opened.document.image.pixels, picture(2, (6, 7)))

    source.unlink()
    again = recovery.Orphan(slot.path, None).read()
    assert "photo.png is no longer at" in again.remarks[0]
    assert again.document.runs


def test_a_large_image_with_a_file_is_only_named(place, tmp_path, monkeypatch):
    source = tmp_path / "photo.png"
    cv2.imwrite(str(source), picture(2, (6, 7)))
    monkeypatch.setattr(recovery, "MOST_INSIDE", 10)
    crashed(place, document(image=Image(picture(2, (6, 7)), "photo.png", source)))
    assert list(place.glob("*.npy")) == []
    np.testing.assert_array_equal(left_behind(place).read().document.image.pixels,
                                  picture(2, (6, 7)))


def test_what_is_damaged_says_so_and_can_be_discarded(place):
    slot = crashed(place, document())
    slot.path.write_bytes(slot.path.read_bytes()[:100])
    found = left_behind(place)
    with pytest.raises(SessionError, match="can't be read: it is cut off"):
        found.read()
    found.discard()
    assert names(place) == []


def test_what_a_newer_convgui_left_is_left_to_it(place):
    slot = crashed(place, document())
    newer = altered(lambda told: told.update(schema=99))
    slot.path.write_bytes(newer)
    assert left_behind(place) is None
    assert slot.path.read_bytes() == newer


def test_remains_of_killed_writers_go_at_once(place):
    crashed(place, document()).path.unlink()
    (place / ".convgui-0123456789abcdef.tmp").write_bytes(b"half")
    assert len(names(place)) == 3
    assert left_behind(place) is None
    assert names(place) == []


def test_pixels_that_are_just_being_kept_stay(place):
    slot = Slot(place)
    slot.write(document())
    slot.path.unlink()
    kept = names(place)
    assert left_behind(place) is None
    assert names(place) == kept
    slot.close()


def test_a_lock_that_is_made_just_now_is_not_taken_for_a_dead_one(place):
    place.mkdir()
    (place / "0123.lock").write_bytes(b"")
    assert left_behind(place) is None
    assert names(place) == ["0123.lock"]
    old = time.time() - 2 * STALE_SECONDS
    os.utime(place / "0123.lock", (old, old))
    left_behind(place)
    assert names(place) == []


def test_a_lock_whose_file_was_removed_meanwhile_is_taken_anew(place, monkeypatch):
    place.mkdir()
    path, real, met = place / "0123.lock", os.open, []

    def opened(path, *args):
        descriptor = real(path, *args)
        if not met:
            met.append(path)
            os.unlink(path)
        return descriptor

    lock = Lock(path)
    monkeypatch.setattr(os, "open", opened)
    assert lock.take()
    assert path.exists()
    assert not Lock(path).take()
    lock.release()


def test_a_folder_that_can_not_be_written_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        Slot(tmp_path / "file" / "recovery").write(document())
