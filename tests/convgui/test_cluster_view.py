"""The clusters of a run, looked at: members, representative, spread, error and code by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reuse import plans

from convgui.model import cluster_view
from convgui.model.cluster_members import first_of, look, measure
from convgui.model.cluster_view import Clusters, clustering, find, ranked, spans
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from cyconv import Cancelled
from cyconv.oracle import Scene
from cyconv.oracle_reuse import Hashing, _chosen, _codes
from cyconv.techniques.families import FAMILIES

BANK = {"filter_name": "random", "filter_count": 3, "show_differential": False}
SESSIONS = {
    "report": Session(hashes=3, **BANK),
    "centred windows": Session(hashes=5, family="centred", scope="window", stride=2, **BANK),
    "steps": Session(family="quantised", step=90.0, hashes=3, scope="window",
                     representative="first", padding=1, dilation=2, **BANK),
    "pieces": Session(family="principal", step=40.0, scope="pieces", piece=5,
                      correction="brightness", same_padding=True, **BANK),
    "outputs": Session(family="outputs", scope="window", hashes=4, correction="projection",
                       kernel_size=4, **BANK),
    "no reuse": Session(reuse=False, gray=True, **BANK),
}  # fmt: skip


@pytest.fixture(scope="module")
def image():
    random = np.random.default_rng(5)
    smooth = np.add.outer(2 * np.arange(21), 3 * np.arange(26))[..., None] * [1, 2, 1] // 2
    return Image((smooth + random.integers(0, 25, (21, 26, 3))).clip(0, 255).astype(np.uint8), "n")


@pytest.fixture(params=SESSIONS.values(), ids=SESSIONS)
def comparison(request, image):
    return run(resolve(request.param, image))


def described(comparison):
    """Gives every span's plan and all of its windows, N x length, slowly."""
    request = comparison.request
    technique = comparison["lsh"].technique
    made = plans(technique, request.image, request.filters, request.geometry)
    scene = Scene(request.image, request.filters, request.geometry)
    whole = scene.values(0)
    return [(plan, whole[:, plan.span.start : plan.span.stop]) for plan in made]


def test_every_cluster_is_told_as_it_is(comparison):
    outcome = clustering(comparison)
    technique = outcome.technique
    spans_of = described(comparison)
    assert spans(outcome) == len(spans_of)
    real = np.float32 if FAMILIES[technique.family].rounded else np.float64
    taps = int(np.prod(comparison.request.filters.shape[2:]))
    error = outcome.result.output.astype(np.float64) - comparison.exact.result.output
    for span in {0, len(spans_of) - 1}:
        plan, values = spans_of[span]
        clusters = find(comparison, outcome, span, 1)
        assert (clusters.index, clusters.span) == (1, span)
        hashing = Hashing(plan.span.group, plan.span.start, plan.span.stop, plan.directions,
                          plan.cuts.origins, plan.cuts.inverses)  # fmt: skip
        codes = _codes(values, hashing, real)
        width = clusters.ids.shape[1]
        for number in {0, len(clusters.counts) // 2, len(clusters.counts) - 1}:
            row, column = first_of(outcome, clusters, number)
            same = (codes == codes[row * width + column]).all(axis=1)
            where = np.flatnonzero(same)
            place = divmod(int(where[-1]), width)
            seen = look(comparison, outcome, clusters, place)
            assert (seen.number, seen.members, seen.windows) == (number, len(where), len(values))
            assert where[0] == row * width + column
            assert (seen.marks[0].ravel() == same).all()
            assert (seen.row, seen.column) == place
            assert seen.code == tuple(codes[where[0]].tolist())
            assert seen.steps == bool((plan.cuts.inverses > 0).any())
            squares = np.square(error[1].ravel())
            assert seen.rmse == pytest.approx(np.sqrt(squares[same].mean()))
            assert seen.share == pytest.approx(squares[same].sum() / squares.sum(), abs=1e-12)

            standing = values[_chosen(where, technique.representative)].mean(axis=0)
            distances = np.sqrt(np.square(values[where] - standing).sum(axis=1))
            spread = measure(comparison, outcome, clusters, place)
            assert spread.rms == pytest.approx(np.sqrt(np.mean(distances**2)), abs=1e-9)
            assert spread.least == pytest.approx(distances.min(), abs=1e-9)
            assert spread.most == pytest.approx(distances.max(), abs=1e-9)
            assert spread.own == pytest.approx(distances[-1], abs=1e-9)
            assert spread.channels == tuple(
                range(plan.span.start // taps, -(-plan.span.stop // taps))
            )
            for picture, wanted in (
                (spread.representative, standing), (spread.window, values[where[-1]]),
            ):  # fmt: skip
                inside = picture.reshape(-1)[plan.span.start - spread.channels[0] * taps :]
                np.testing.assert_allclose(inside[: len(wanted)], wanted)
                assert np.isnan(picture).sum() == picture.size - len(wanted)


def test_members_share_what_the_representative_gives(image):
    """With whole windows and no correction, an output is the filter's sum over the representative.

    So what is drawn as the representative is what the run took.
    """
    session = replace(SESSIONS["centred windows"], representative="mean")
    comparison = run(resolve(session, image))
    outcome = clustering(comparison)
    clusters = find(comparison, outcome, 0, 0)
    for number in ranked(clusters, "members", 3):
        place = first_of(outcome, clusters, number)
        standing = measure(comparison, outcome, clusters, place).representative
        wanted = (comparison.request.filters * standing).sum(axis=(1, 2, 3))
        given = outcome.result.output[:, clusters.ids == number]
        np.testing.assert_allclose(given, np.tile(wanted[:, None], given.shape[1]), rtol=1e-3)


def test_the_published_sum_doubles_with_every_window(image):
    comparison = run(resolve(Session(lsh_as_published=True, hashes=8, gray=True), image))
    outcome = clustering(comparison)
    clusters = find(comparison, outcome, 0, 0)
    ((_, values),) = described(comparison)
    number = ranked(clusters, "members", 30)[-1]
    members = np.flatnonzero(clusters.ids.ravel() == number)
    total = values[members[0]]
    for each in members[1:]:
        total = total + (values[each] + total)
    spread = measure(comparison, outcome, clusters, first_of(outcome, clusters, number))
    np.testing.assert_allclose(spread.representative.ravel(), total / len(members))


def test_another_filter_costs_no_other_clusters(image, monkeypatch):
    comparison = run(resolve(SESSIONS["report"], image))
    outcome = clustering(comparison)
    first = find(comparison, outcome, 1, 0)
    monkeypatch.setattr(cluster_view, "cluster_ids", None)
    other = find(comparison, outcome, 1, 2, first)
    assert other.ids is first.ids
    assert other.index == 2
    error = outcome.result.output[2].astype(np.float64) - comparison.exact.result.output[2]
    assert other.total == pytest.approx(np.square(error).sum())
    assert other.shares.sum() == pytest.approx(1)
    assert find(comparison, outcome, 1, 2, other) is other
    # A filter that the bank no longer has gives way to its last one.
    assert find(comparison, outcome, 1, 9, other) is other


def test_nothing_is_clustered_where_lsh_is_off(image):
    assert clustering(run(resolve(Session(show_lsh=False), image))) is None


def test_finding_can_be_given_up(image):
    comparison = run(resolve(SESSIONS["report"], image))

    def stop(report):
        raise Cancelled

    with pytest.raises(Cancelled):
        find(comparison, clustering(comparison), 0, 0, None, stop)
    clusters = find(comparison, clustering(comparison), 0, 0)
    for read in (look, measure):
        with pytest.raises(Cancelled):
            read(comparison, clustering(comparison), clusters, (0, 0), stop)


def made(counts, squared):
    ids = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[None]
    return Clusters(0, ids, np.array(counts), 0, np.array(squared, np.float64))


def test_ranks_are_those_of_a_plain_sort():
    random = np.random.default_rng(2)
    clusters = made(random.integers(1, 6, 300), random.integers(0, 9, 300))
    for order, worth in (("members", clusters.counts), ("error", clusters.squared)):
        for most in (1, 12, 299, 300, 400):
            wanted = sorted(range(300), key=lambda each, worth=worth: (-worth[each], each))[:most]
            assert ranked(clusters, order, most) == wanted
    assert ranked(made([2, 3, 1], [1, 5, np.nan]), "error", 2) == [2, 1]
    with pytest.raises(ValueError, match="members, error"):
        ranked(clusters, "colour", 3)


def test_no_error_is_shared_by_none():
    assert made([1, 2], [0, 0]).shares.tolist() == [0, 0]
    assert np.isnan(made([1, 2], [np.inf, 3]).shares[0])
