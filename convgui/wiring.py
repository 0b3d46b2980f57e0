"""What is joined to what: every signal of the window, and where it ends.

Panels only meet here and know nothing of each other. A setter never emits, so no circle closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from convgui.main_window import MainWindow


def connect(window: MainWindow) -> None:
    """Joins the parts of a window that are all made."""
    _wishes(window)
    _images(window)
    _results(window)
    _messages(window)
    _looks(window)


def _wishes(window: MainWindow) -> None:
    """What the user changes ends in the controller; the session comes back to the form."""
    parameters, controller = window.parameters, window.controller
    parameters.changed.connect(controller.change)
    parameters.drag_started.connect(controller.pace.begin)
    parameters.drag_finished.connect(controller.pace.end)
    parameters.reset_requested.connect(controller.reset)
    parameters.weights_edited.connect(controller.edit_weights)
    parameters.weights_file_requested.connect(window.opener.choose_weights)
    window.opener.weights_chosen.connect(controller.load_weights)
    window.compare.filter_chosen.connect(controller.show_filter)
    window.status.cancel_requested.connect(controller.cancel)
    controller.session_changed.connect(parameters.show_session)
    controller.session_changed.connect(window.compare.show_session)
    controller.weights_changed.connect(parameters.show_weights)
    controller.threads_changed.connect(window.status.show_machine)


def _images(window: MainWindow) -> None:
    """Every way to an image goes through the opener."""
    opener, compare = window.opener, window.compare
    compare.files_dropped.connect(opener.open_dropped)
    compare.open_requested.connect(opener.choose)
    compare.sample_requested.connect(opener.open_sample)
    window.recent.chosen.connect(opener.open_path)
    # The menu is rebuilt when its list is forgotten, which must wait until it is done with a click.
    window.recent.cleared.connect(
        window.keeper.forget_recent, Qt.ConnectionType.QueuedConnection
    )
    window.keeper.recent_changed.connect(window.recent.show_paths)
    opener.opened.connect(window.controller.set_image)
    opener.closed.connect(window.controller.close_image)
    opener.opened.connect(window.keeper.remember_image)


def _results(window: MainWindow) -> None:
    """What a run tells and gives goes to the panels and to what exports it."""
    controller, compare, results = window.controller, window.compare, window.results
    controller.image_changed.connect(compare.show_image)
    controller.image_changed.connect(window.exporter.forget)
    controller.compared.connect(compare.show_comparison)
    # Pictures and numbers are drawn in steps of their own, so that neither delays a click.
    controller.compared.connect(results.show_comparison, Qt.ConnectionType.QueuedConnection)
    # In turn with those, lest a late one bring numbers back that were put away.
    controller.image_changed.connect(results.show_image, Qt.ConnectionType.QueuedConnection)
    controller.compared.connect(window.exporter.show_comparison)
    controller.measured.connect(results.show_published)
    controller.progressed.connect(results.show_progress)
    controller.progressed.connect(window.status.show_progress)
    controller.stale.connect(compare.show_progress_dimmed)
    controller.stale.connect(results.show_dimmed)


def _messages(window: MainWindow) -> None:
    """What went wrong, what went well and what is asked stands above the panels."""
    messages, opener, exporter = window.messages, window.opener, window.exporter
    for source in (window.controller, opener, exporter):
        source.failed.connect(messages.show_error)
        source.state_changed.connect(window.refresh)
    for source in (window.controller, opener):
        source.settled.connect(messages.clear)
    for source in (opener, exporter):
        source.noted.connect(messages.show_info)
        source.busy.connect(window.status.show_busy)
        messages.accepted.connect(source.accept)
    opener.asked.connect(messages.ask)
    exporter.written.connect(messages.ask)
    window.keeper.noted.connect(messages.show_info)
    window.jobs.cancelled.connect(window.tell_cancelled)
    # After all those who know the job: what none of them showed.
    window.jobs.failed.connect(window.tell_failed)


def _looks(window: MainWindow) -> None:
    """The View menu and the theme."""
    view, compare = window.view, window.compare
    view.linked_changed.connect(compare.set_linked)
    view.look_changed.connect(window.looker.show_look)
    window.analysis.look_changed.connect(view.set_look)
    window.docks["analysis"].visibilityChanged.connect(window.analysis.set_seen)
    window.analysis.bin_chosen.connect(window.looker.mark)
    window.analysis.histogram_wanted.connect(window.looker.want_histogram)
    window.looker.measured.connect(
        window.analysis.show_histogram, Qt.ConnectionType.QueuedConnection
    )
    window.looker.marked.connect(compare.show_marks)
    compare.places.region_changed.connect(window.looker.show_region)
    window.looker.restricted.connect(
        window.results.show_restricted, Qt.ConnectionType.QueuedConnection
    )
    window.looker.restricted.connect(window.exporter.show_restricted)
    window.results.region_only_changed.connect(view.set_region_only)
    view.look_changed.connect(window.results.show_look)
    compare.profiler.line_started.connect(window.docks["analysis"].show)
    compare.profiler.line_started.connect(window.docks["analysis"].raise_)
    window.analysis.region_wanted.connect(window.looker.want_region)
    window.looker.region_measured.connect(window.analysis.region.show_region)
    window.looker.look_ready.connect(window.analysis.show_look)
    window.looker.look_ready.connect(compare.show_look)
    window.analysis.profile_wanted.connect(compare.profiler.set_wanted)
    compare.profiler.profiled.connect(window.analysis.profile.show_profile)
    window.looker.planes_ready.connect(
        window.analysis.show_planes, Qt.ConnectionType.QueuedConnection
    )
    view.look_changed.connect(window.exporter.set_look)
    view.flickered.connect(compare.wiper.set_flicker)
    compare.filter_chosen.connect(window.exporter.set_filter_index)
    compare.filter_chosen.connect(window.looker.show_filter)
    window.looker.filter_ready.connect(compare.set_filter_index)
    window.controller.compared.connect(window.looker.show_comparison)
    window.controller.image_changed.connect(window.looker.forget)
    view.state_changed.connect(window.refresh)
    window.appearance.changed.connect(window.apply_theme)
