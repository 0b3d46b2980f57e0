"""Settings return at the next start; a broken or newer file never stops it."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgui import settings
from convgui.model.parameters import PARAMETERS
from convgui.model.session import Session
from convgui.model.session_json import from_json, to_json
from convgui.settings import Settings

WEIGHTS = ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0))
FULL = Settings(
    session=replace(Session(), stride=3, gray=True, sigma=1.5, width=300, filter_name="custom",
                    weights=WEIGHTS),
    recent=("/photos/پیکره.png", os.fsdecode(b"/photos/bad\xff.png")),
    geometry="AdnQywADAAAA",
    state="AAAA/wAAAAA=",
    theme="dark",
    figure={"width": 3.5, "title": "a", "letters": True, "dpi": 300},
    view={"linked": False},
)  # fmt: skip

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def _write(file: Path, values: object) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(values if isinstance(values, bytes) else json.dumps(values).encode())


def test_everything_returns(file: Path) -> None:
    settings.save(FULL, file)
    assert settings.load(file) == FULL
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults_and_nothing_to_say(file: Path) -> None:
    assert settings.load(file) == Settings()
    settings.reset(file)
    assert not file.exists()


def test_reset_forgets(file: Path) -> None:
    settings.save(FULL, file)
    settings.reset(file)
    assert settings.load(file) == Settings()


def test_the_file_is_in_the_users_configuration_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        settings.platformdirs, "user_config_path", lambda *names, **options: tmp_path / names[0]
    )
    assert settings.path() == tmp_path / "convgui" / "settings.json"
    settings.save(FULL)
    assert settings.load() == FULL
    settings.reset()
    assert settings.load() == Settings()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe{}", b"[" * 100_000, b'{"a": ' * 5000, b"1" * 5000,
     b"\0" * 100],
)  # fmt: skip
def test_a_broken_file_is_kept_aside_and_said(file: Path, content: bytes) -> None:
    _write(file, content)
    loaded = settings.load(file)
    assert replace(loaded, problem="") == Settings()
    assert loaded.problem == (
        "The settings file was damaged; defaults are used. "
        "The file is kept as settings.broken.json."
    )
    assert file.with_name("settings.broken.json").read_bytes() == content
    settings.save(loaded, file)
    assert settings.load(file) == Settings()


def test_a_newer_file_is_used_as_far_as_it_is_understood(file: Path) -> None:
    settings.save(FULL, file)
    values = json.loads(file.read_bytes()) | {"version": 99, "future": [1]}
    values["session"]["new_parameter"] = 5
    _write(file, values)
    loaded = settings.load(file)
    assert "newer" in loaded.problem
    assert replace(loaded, problem="") == FULL


@pytest.mark.parametrize("version", [2, 99, 1.5, 10**400, float("inf")])
def test_a_newer_file_is_never_written_over(file: Path, version: float) -> None:
    _write(file, {"version": version, "future": [1]})
    before = file.read_bytes()
    with pytest.raises(OSError, match="newer convgui"):
        settings.save(FULL, file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_a_pipe_in_the_place_of_the_settings_keeps_nobody_waiting(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    assert "could not be read" in settings.load(file).problem


def test_a_file_that_can_not_be_read_gives_defaults(file: Path) -> None:
    file.mkdir(parents=True)
    loaded = settings.load(file)
    assert replace(loaded, problem="") == Settings()
    assert "could not be read" in loaded.problem


def test_a_folder_that_takes_no_copy_does_not_stop_the_start(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError("full")

    _write(file, b"broken")
    monkeypatch.setattr(settings, "write_atomically", fail)
    assert settings.load(file).problem == "The settings file was damaged; defaults are used."
    with pytest.raises(OSError, match="full"):
        settings.save(FULL, file)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recent": "text"}, {"recent": [1, None, "", "a\0b"]}, {"geometry": "not base64!"},
        {"geometry": 5}, {"state": "é"}, {"theme": "purple"}, {"theme": ["dark"]},
        {"figure": [1]}, {"figure": {"a": [1], "b": None}}, {"session": 7},
        {"session": {"stride": "3"}}, {"version": "x"}, {"view": 3},
    ],
)  # fmt: skip
def test_one_wrong_value_costs_only_itself(file: Path, wrong: dict[str, Any]) -> None:
    settings.save(FULL, file)
    _write(file, json.loads(file.read_bytes()) | wrong)
    loaded = settings.load(file)
    (name,) = wrong
    for field in fields(Settings):
        expected = getattr(Settings() if field.name == name else FULL, field.name)
        assert getattr(loaded, field.name) == expected


@given(json_values)
def test_any_json_at_all_gives_settings(tmp_path_factory: Any, values: object) -> None:
    file = tmp_path_factory.mktemp("any") / "settings.json"
    file.write_text(json.dumps(values))
    loaded = settings.load(file)
    settings.save(loaded, file)
    assert settings.load(file) == replace(loaded, problem="")


def test_recent_files_are_latest_first_each_once_and_few() -> None:
    recent: tuple[str, ...] = ()
    for name in [*"abcdefghijklmn", "c"]:
        recent = settings.with_recent(recent, name)
    assert recent == ("c", "n", "m", "l", "k", "j", "i", "h", "g", "f")


def test_a_session_survives_json() -> None:
    bank = (((( 1.0, 2.0), (3.0, 4.0)),), (((5.0, 6.0), (7.0, 8.0)),))  # fmt: skip
    for session in (Session(), FULL.session, replace(Session(), weights=bank)):
        assert from_json(json.loads(json.dumps(to_json(session)))) == session


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.key)
def test_a_value_out_of_range_is_the_default(parameter: Any) -> None:
    wrong: list[object] = ["?", [], {}, float("nan"), float("inf")]
    if parameter.kind in ("int", "float"):
        wrong += [parameter.minimum - 1, parameter.maximum + 1, True, 10**400]
    if parameter.kind == "int":
        wrong.append(parameter.minimum + 0.5)
    if parameter.kind in ("bool", "choice"):
        wrong += [0, 1, None]
    for value in wrong:
        assert from_json({parameter.key: value}) == Session(), value


@pytest.mark.parametrize(
    "weights",
    [5, "11", [], [[]], [[1], [1, 2]], [1, 2], [[["1"]]], [[float("nan")]], [[True]], [[[1.0]]],
     [[10**400]], [[None]], [[[[[1.0]]]]], {"a": 1}],
)  # fmt: skip
def test_broken_weights_are_none_and_never_chosen(weights: object) -> None:
    session = from_json({"filter_name": "custom", "weights": weights, "stride": 2})
    assert session == replace(Session(), stride=2)


@given(st.dictionaries(st.sampled_from([each.name for each in fields(Session)]), json_values))
def test_any_values_at_all_give_a_session(values: dict[str, object]) -> None:
    session = from_json(values)
    assert from_json(json.loads(json.dumps(to_json(session)))) == session
