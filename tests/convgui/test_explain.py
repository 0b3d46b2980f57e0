"""What a failure is called to the user."""

from __future__ import annotations

import errno
import os

import pytest

from convgui.explain import explain
from convgui.export.atomic import WriteError
from convgui.jobs import Failure


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (ValueError("the size must be odd"), "the size must be odd."),
        (WriteError("/a.png could not be written: the disk is full.", errno.ENOSPC),
         "/a.png could not be written: the disk is full."),
        (OSError(errno.EMFILE, os.strerror(errno.EMFILE), "/fonts/a.ttf"),
         "/fonts/a.ttf could not be used: Too many open files."),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)),
         "The system refused this: Disk quota exceeded."),
        (OSError(errno.EBADF, os.strerror(errno.EBADF), 7),
         "The system refused this: Bad file descriptor."),
        (PermissionError("It is not yours."), "It is not yours."),
    ],
)  # fmt: skip
def test_users_read_a_sentence_without_numbers_of_the_system(
    error: Exception, wanted: str
) -> None:
    assert explain(Failure(error, "Traceback …")) == (wanted, "")


def test_faults_of_the_program_bring_their_details() -> None:
    text, details = explain(Failure(KeyError("x"), "Traceback …"))
    assert "KeyError" in text
    assert details == "Traceback …"
