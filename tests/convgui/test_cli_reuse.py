"""``convgui compare`` with the settings of LSH and of the low-rank bank."""

import json

import pytest

from convgui import cli
from convgui.model.reuse import STEP
from convgui.model.samples import sample_path
from convgui.model.session import Session
from convgui.model.shown import shown

PICTURE = str(sample_path("hand"))
REFUSED = [
    (["--scope", "0"], "scope must be"),
    (["--family", "magic"], "invalid choice"),
    (["--step", "5"], "--step does not go with the family report"),
    (["--step", "0", "--family", "quantised"], "--step must be a number above 0"),
    (["--step", "nan", "--family", "quantised"], "--step must be a number above 0"),
    (["--as-published", "--correction", "none"], "takes no --correction"),
    (["--lsh-as-published", "--step", "8"], "takes no --step"),
    (["--no-reuse", "--scope", "4"], "--no-reuse does not go with pieces"),
    (["--no-reuse", "--correction", "brightness"], "does not go with --correction"),
    (["--rank", "0"], "--rank must be 1 to 32"),
]


@pytest.fixture
def told(capsys):
    """Compares and gives the JSON that is printed."""

    def call(*arguments):
        assert cli.main([*map(str, arguments), "--json", "-"]) == 0
        return json.loads(capsys.readouterr().out)

    return call


def test_the_reuse_of_windows_is_as_asked(told):
    answer = told(
        PICTURE, "--technique", "exact", "lsh", "low-rank", "--family", "principal", "--hashes", 5,
        "--step", 12.5, "--scope", 4, "--representative", "first", "--correction", "projection",
        "--seed", 3, "--rank", 6, "--rank-family", "outputs",
    )["techniques"]  # fmt: skip
    assert answer["lsh"]["settings"] == {
        "hashes": 5, "family": "principal", "step": 12.5, "scope": 4, "representative": "first",
        "correction": "projection", "seed": 3, "reuse": True, "as_published": False,
    }  # fmt: skip
    assert answer["low-rank"]["settings"] == {"hashes": 6, "family": "outputs", "seed": 3}
    # One channel of 3 x 3 are 9 values, or 3 pieces of up to 4; none has more principal
    # directions than values.
    assert [each["hashes"] for each in answer["lsh"]["health"]] == [4, 4, 1]


def test_a_family_that_must_have_a_step_gets_one(told):
    answer = told(PICTURE, "--family", "quantised")["techniques"]["lsh"]
    assert answer["settings"]["step"] == STEP


def test_what_the_report_does_not_know_has_no_count_of_its_own(capsys):
    assert cli.main([PICTURE, "--technique", "exact", "low-rank"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[-1] for line in lines if line[:1] == ["report"]] == ["–", "–"]
    assert not any(line[1] == "–" for line in lines if line[:1] == ["report"])


def test_low_rank_is_not_run_unasked(told):
    assert list(told(PICTURE)["techniques"]) == [*shown(Session())] == [
        "exact", "differential", "lsh"
    ]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_does_not_go_together_is_one_line(capsys, arguments, words):
    assert cli.main([PICTURE, *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1
