"""The cluster of every window is that of its codes, worked out slowly, and that of the run."""

from __future__ import annotations

import numpy as np
import pytest
from hashing_cases import GEOMETRIES, TECHNIQUES, scene
from reuse import plans

from cyconv import LSH, Exact, convolve
from cyconv.isa import levels, use
from cyconv.members import cluster_ids
from cyconv.oracle import Scene
from cyconv.oracle_reuse import Hashing, _codes
from cyconv.techniques.families import FAMILIES


def numbered(codes):
    """Numbers rows of codes in the order in which they first appear."""
    known = {}
    return [known.setdefault(tuple(code), len(known)) for code in codes.tolist()]


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
def test_a_window_is_in_the_cluster_of_its_codes(technique, geometry, dtype):
    image, bank = scene(geometry.groups, dtype)
    described = Scene(image, bank, geometry)
    made = plans(technique, image, bank, geometry)
    real = np.float32 if FAMILIES[technique.family].rounded else np.float64
    each = len(bank) // geometry.groups
    for level in levels():
        with use(level):
            ids = cluster_ids(image, bank, technique, geometry)
        assert ids.shape == (len(made), *described.placement.output)
        for plan, found in zip(made, ids, strict=True):
            span = plan.span
            values = described.values(span.group * each)[:, span.start : span.stop]
            hashing = Hashing(
                span.group, span.start, span.stop, plan.directions, plan.cuts.origins,
                plan.cuts.inverses,
            )
            assert found.ravel().tolist() == numbered(_codes(values, hashing, real))


@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
def test_the_run_has_as_many_members_in_each(technique):
    image, bank = scene(1, np.uint8)
    censuses = convolve(image, bank, technique).facts.censuses
    ids = cluster_ids(image, bank, technique, threads=2)
    for found, census in zip(ids, censuses, strict=True):
        assert np.bincount(found.ravel()).tolist() == census.counts.tolist()
        firsts = np.unique(found.ravel(), return_index=True)[1]
        assert firsts.tolist() == census.firsts.tolist()


def test_only_lsh_clusters():
    with pytest.raises(ValueError, match="technique must be an LSH, got Exact"):
        cluster_ids(np.zeros((4, 4), np.uint8), np.ones((2, 2)), Exact())
    with pytest.raises(ValueError, match="directions must have 4 values each"):
        cluster_ids(np.zeros((4, 4), np.uint8), np.ones((2, 2)), LSH(directions=[[1.0]]))


@pytest.mark.parametrize("technique", [LSH(3), LSH(2, "outputs", None, 5), LSH(2, scope="window")],
                         ids=str)  # fmt: skip
def test_one_span_is_found_as_it_is_among_all(technique):
    image, bank = scene(1, np.uint8)
    every = cluster_ids(image, bank, technique)
    for span, found in enumerate(every):
        assert (cluster_ids(image, bank, technique, span=span) == found[None]).all()
    for span in (-1, len(every), 0.5):
        wanted = f"span must be an int of 0 to {len(every) - 1}, got {span}"
        with pytest.raises(ValueError, match=wanted):
            cluster_ids(image, bank, technique, span=span)
