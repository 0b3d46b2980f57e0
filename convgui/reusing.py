"""Between the result and the tab on reuse: what is seen is worked out by jobs, and only then."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QObject, Signal

from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model import bits_view, cluster_members, cluster_scene, drift_view
from convgui.model.cluster_scene import Scene, Wish
from convgui.model.cluster_view import clustering, spans
from convgui.model.compute import Comparison

CLUSTERS, MEMBERS, SPREAD = "clusters", "cluster-members", "cluster-spread"
DRIFT, BITS = "drift", "bits"
KINDS = (CLUSTERS, MEMBERS, SPREAD, DRIFT, BITS)


class Reuser(QObject):
    """Holds what the tab shows, while it is seen; clusters of a large image take much memory.

    Signals
    -------
    scene_ready(Scene or None)
        The clusters, or none any more.
    reason_changed(str)
        Why there are no clusters: "image", "off", "none", "working", or an error in words;
        "" where there are.
    looked(Cluster or None), measured(Spread or None)
        The cluster that was chosen, first what is known at once; None where there is none, or
        where nothing more is to come.
    drifted(DriftView or str)
        Or why there is none to see, as :func:`convgui.model.drift_view.why_not` says.
    counted(dict or str)
        Terms by form, or why there are none: "image", "depth".
    state_changed()
        A job has begun.
    """

    scene_ready = Signal(object)
    reason_changed = Signal(str)
    looked = Signal(object)
    measured = Signal(object)
    drifted = Signal(object)
    counted = Signal(object)
    state_changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._comparison: Comparison | None = None
        self._scene: Scene | None = None
        self._wish = Wish()
        self._place: tuple[int, int] | None = None
        self._seen = self._wants_drift = self._wants_bits = False
        self._done: set[str] = set()
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    @property
    def scene(self) -> Scene | None:
        """What is held."""
        return self._scene

    def show_comparison(self, comparison: Comparison) -> None:
        """Takes another result."""
        self._comparison = comparison
        # The last clusters stay in sight until the new ones are found, but tell nothing of them.
        self._done.clear()
        self._work()

    def forget(self) -> None:
        """Holds no result from now on."""
        self._comparison, self._place = None, None
        self._wish = replace(self._wish, span=0, index=0)
        self._let_go()
        self._work()

    def set_seen(self, seen: bool) -> None:
        """Notes whether the tab is in front; what nobody sees is neither worked out nor held."""
        if seen == self._seen:
            return
        self._seen = seen
        if not seen:
            self._let_go()
        self._work()

    def want_drift(self, wanted: bool) -> None:
        """Works drift out from now on, or no longer."""
        self._wants_drift = wanted
        self._work()

    def want_bits(self, wanted: bool) -> None:
        """Counts terms from now on, or no longer."""
        self._wants_bits = wanted
        self._work()

    def set_span(self, span: int) -> None:
        """Shows another channel or piece."""
        self._set(replace(self._wish, span=span))

    def set_colouring(self, colouring: str) -> None:
        """Colours clusters in another way."""
        self._set(replace(self._wish, colouring=colouring))

    def show_filter(self, index: int) -> None:
        """Tells of the errors of another filter."""
        self._set(replace(self._wish, index=index))

    def choose(self, place: tuple[int, int] | None) -> None:
        """Shows the cluster of a window, by row and column; None for no cluster."""
        self._place = place
        for kind in (MEMBERS, SPREAD):
            self._jobs.drop(kind)
        scene, place = self._scene, self._inside()
        if scene is None or place is None or scene.comparison is not self._comparison:
            self.looked.emit(None)
            return
        job = scene.comparison, scene.outcome, scene.clusters, place
        self._jobs.submit(MEMBERS, cluster_members.look, *job)
        self._jobs.submit(SPREAD, cluster_members.measure, *job)
        self.state_changed.emit()

    def choose_cluster(self, number: int) -> None:
        """Shows a cluster, by its first member."""
        if self._scene is not None and self._scene.comparison is self._comparison:
            scene = self._scene
            self.choose(cluster_members.first_of(scene.outcome, scene.clusters, number))

    def show_example(self) -> None:
        """Shows drift with a threshold that makes some, whatever the session's is."""
        if self._comparison is not None:
            request = self._comparison.request
            self._start_drift(*drift_view.example(request))

    def _set(self, wish: Wish) -> None:
        if wish != self._wish:
            self._wish = wish
            self._done.discard(CLUSTERS)
            self._work()

    def _inside(self) -> tuple[int, int] | None:
        if self._place is None or self._scene is None:
            return None
        size = self._scene.clusters.ids.shape
        return min(self._place[0], size[0] - 1), min(self._place[1], size[1] - 1)

    def _let_go(self) -> None:
        for kind in KINDS:
            self._jobs.drop(kind)
        self._done.clear()
        self._scene = None
        self.looked.emit(None)
        self.scene_ready.emit(None)

    def _work(self) -> None:
        """Begins what is wanted and has not been begun."""
        if not self._seen:
            return
        comparison = self._comparison
        if CLUSTERS not in self._done:
            self._done.add(CLUSTERS)
            self._find(comparison)
        if self._wants_drift and DRIFT not in self._done:
            self._done.add(DRIFT)
            self._begin_drift(comparison)
        if self._wants_bits and BITS not in self._done:
            self._done.add(BITS)
            self._begin_bits(comparison)

    def _find(self, comparison: Comparison | None) -> None:
        for kind in (CLUSTERS, MEMBERS, SPREAD):
            self._jobs.drop(kind)
        outcome = None if comparison is None else clustering(comparison)
        if comparison is None or outcome is None:
            self._scene = None
            self.scene_ready.emit(None)
            self.looked.emit(None)
            off = comparison is not None and "lsh" not in comparison
            self.reason_changed.emit("image" if comparison is None else "off" if off else "none")
            return
        wish = replace(
            self._wish, span=min(self._wish.span, spans(outcome) - 1),
            index=min(self._wish.index, comparison.filter_count - 1),
        )
        scene = self._scene
        known = scene.clusters if scene is not None and scene.comparison is comparison else None
        if scene is None:
            self.reason_changed.emit("working")
        self._jobs.submit(CLUSTERS, cluster_scene.build, comparison, outcome, wish, known)
        self.state_changed.emit()

    def _begin_drift(self, comparison: Comparison | None) -> None:
        self._jobs.drop(DRIFT)
        if comparison is None:
            self.drifted.emit("image")
        elif why := drift_view.why_not(comparison.request.session):
            self.drifted.emit(why)
        else:
            session = comparison.request.session
            self._start_drift(session.threshold, session.reference)

    def _start_drift(self, threshold: float, reference: str) -> None:
        if self._comparison is not None:
            request = self._comparison.request
            self._jobs.submit(DRIFT, drift_view.measure, request, threshold, reference)
            self.drifted.emit("working")
            self.state_changed.emit()

    def _begin_bits(self, comparison: Comparison | None) -> None:
        self._jobs.drop(BITS)
        if comparison is None:
            self.counted.emit("image")
        elif not bits_view.has_terms(comparison.request.image):
            self.counted.emit("depth")
        else:
            self._jobs.submit(BITS, bits_view.measure, comparison.request.image)

    def _finished(self, kind: str, value: object) -> None:
        if kind == CLUSTERS:
            self._scene = cast(Scene, value)
            self.reason_changed.emit("")
            self.scene_ready.emit(value)
            self.choose(self._place)
        elif kind == MEMBERS:
            self.looked.emit(value)
        elif kind == SPREAD:
            self.measured.emit(value)
        elif kind == DRIFT:
            self.drifted.emit(value)
        elif kind == BITS:
            self.counted.emit(value)

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind in KINDS:
            # Whatever the user does next has it tried again.
            self._done.discard(kind)
            self._give_up(kind, explain(failure)[0])

    def _cancelled(self, kind: str) -> None:
        if kind in KINDS:
            self._give_up(kind, self.tr("Cancelled. Run again to see it."))

    def _give_up(self, kind: str, words: str) -> None:
        if kind == CLUSTERS:
            self._scene = None
            self.scene_ready.emit(None)
            self.looked.emit(None)
            self.reason_changed.emit(words)
        elif kind == MEMBERS:
            self.looked.emit(None)
        elif kind == SPREAD:
            self.measured.emit(None)
        elif kind == DRIFT:
            self.drifted.emit(words)
        elif kind == BITS:
            self.counted.emit(words)
