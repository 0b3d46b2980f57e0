"""A share of the scorecard in every run of the tests: `make torture` runs all of it."""

import pytest
from apart import run_apart
from scorecard import load_row, row_files


@pytest.mark.parametrize("number", row_files(), ids=lambda number: row_files()[number].stem)
def test_a_share_of_the_row_fails_nowhere(number):
    score, _ = run_apart(number, load_row(number).quick, limit=300)
    assert not score.failures, "\n".join(score.failures)
    assert not score.failed
    assert score.cases, "a row that tries nothing says nothing"
