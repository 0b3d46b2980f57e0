"""Undo and redo give back the sessions that were; a drag is one step."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given

from convgui.model import history
from convgui.model.history import History
from convgui.model.session import Session

START = Session()


def _stride(value: int) -> Session:
    return replace(START, stride=value)


def test_a_new_history_has_nothing_to_undo() -> None:
    steps = History(START)
    assert steps.current == START
    assert not steps.can_undo
    assert not steps.can_redo
    assert steps.undo() == START
    assert steps.redo() == START


def test_undo_and_redo_walk_the_same_way_back() -> None:
    steps = History(START)
    for stride in (2, 3, 4):
        steps.push(_stride(stride))
    assert [steps.undo().stride for _ in range(3)] == [3, 2, 1]
    assert not steps.can_undo
    assert [steps.redo().stride for _ in range(3)] == [2, 3, 4]
    assert not steps.can_redo


def test_a_change_after_undo_forgets_what_was_undone() -> None:
    steps = History(START)
    steps.push(_stride(2))
    steps.undo()
    steps.push(_stride(5))
    assert not steps.can_redo
    assert steps.undo() == START


def test_an_equal_session_is_no_step() -> None:
    steps = History(START)
    steps.push(Session())
    assert not steps.can_undo


def test_a_drag_is_one_step() -> None:
    steps = History(START)
    for stride in range(2, 9):
        steps.push(_stride(stride), "drag 1")
    assert steps.current.stride == 8
    assert steps.undo() == START


def test_two_drags_are_two_steps() -> None:
    steps = History(START)
    steps.push(_stride(2), "drag")
    steps.push(_stride(3), "drag")
    steps.seal()
    steps.push(_stride(4), "drag")
    assert steps.undo().stride == 3
    assert steps.undo() == START


def test_a_drag_that_returns_leaves_no_step() -> None:
    steps = History(START)
    steps.push(_stride(2), "drag")
    steps.push(START, "drag")
    assert not steps.can_undo
    steps.push(_stride(3), "drag")
    steps.push(_stride(4), "drag")
    assert steps.undo() == START


def test_a_drag_that_begins_without_a_change_spares_the_step_before_it() -> None:
    steps = History(START)
    steps.push(_stride(2))
    steps.push(_stride(2), "drag")
    steps.push(_stride(3), "drag")
    assert steps.undo().stride == 2


def test_a_drag_does_not_merge_over_an_undo() -> None:
    steps = History(START)
    steps.push(_stride(2), "drag")
    steps.push(_stride(3))
    steps.undo()
    steps.push(_stride(4), "drag")
    assert steps.undo().stride == 2


def test_the_oldest_steps_are_forgotten() -> None:
    steps = History(START)
    for stride in range(2, history.DEPTH + 50):
        steps.push(_stride(stride))
    count = 0
    while steps.can_undo:
        steps.undo()
        count += 1
    assert count == history.DEPTH


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, "a", "b"])), max_size=30))
def test_undoing_all_of_anything_gives_the_start(pushes: list[tuple[int, str | None]]) -> None:
    steps = History(START)
    for stride, key in pushes:
        before = steps.current
        steps.push(_stride(stride), key)
        assert steps.current == _stride(stride)
        if steps.current != before:
            assert not steps.can_redo
    while steps.can_undo:
        here = steps.current
        assert steps.undo() != here
    assert steps.current == START
