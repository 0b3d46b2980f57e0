"""The dock of analysis: how values become colours, and how the errors are spread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from convgui import style
from convgui.model.histogram import Histogram
from convgui.model.look import Look
from convgui.model.maps import Levels
from convgui.model.planes import Planes
from convgui.widgets import scrolled
from convgui.widgets.collapsible import CollapsibleGroup, fold_named, folded_names

from .compare_words import MODES, error_unit, value_unit
from .error_histogram import ErrorHistogram
from .look_form import Automatic, ErrorsForm, ImagesForm
from .profile import ProfilePanel
from .region_sheet import RegionSheet

NARROWEST = 42 * style.GRID


class AnalysisPanel(QScrollArea):
    """Groups one below the other; tells how results are to be looked at.

    Signals
    -------
    look_changed(Look)
    bin_chosen(int)
        Pixels of the error maps are to be marked; -1 for none.
    histogram_wanted(bool), region_wanted(bool), profile_wanted(bool)
        This part can be seen, or no longer.
    """

    look_changed = Signal(object)
    bin_chosen = Signal(int)
    histogram_wanted = Signal(bool)
    region_wanted = Signal(bool)
    profile_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._seen = False
        self._automatic = Automatic(Levels(0.0, 255.0), Levels(-1.0, 1.0))
        translate = QCoreApplication.translate
        self.images = ImagesForm()
        self.errors = ErrorsForm(
            (mode, translate("ComparePanel", words)) for mode, words in MODES.items()
        )
        self.histogram = ErrorHistogram()
        self.histogram.bin_chosen.connect(self.bin_chosen)
        self.histogram.log_changed.connect(self._set_log)
        self.groups: dict[str, CollapsibleGroup] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(style.GRID // 2, style.GRID // 2, style.GRID, style.GRID)
        self._column.setSpacing(style.GRID // 2)
        for form, name, title in (
            (self.images, "images", self.tr("Images")),
            (self.errors, "errors", self.tr("Error maps")),
        ):
            form.changed.connect(self.look_changed)
            self._add(name, title, form)
        self._add("histogram", self.tr("Histogram of the errors"), self.histogram)
        self.region = RegionSheet()
        self._add("region", self.tr("Region"), self.region)
        self.groups["region"].folded.connect(self._tell_wanted)
        self.profile = ProfilePanel()
        self.profile.column_changed.connect(self._set_along)
        self._add("profile", self.tr("Profile"), self.profile)
        self.groups["profile"].folded.connect(self._tell_wanted)
        self.groups["histogram"].folded.connect(self._tell_wanted)
        self._column.addStretch(1)
        body = QWidget()
        body.setLayout(self._column)
        style.set_role(body, "panel")
        scrolled.fill(self, body)
        # Its editors are reached by key, and scroll it as they are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Analysis"))
        self._show()

    def set_seen(self, seen: bool) -> None:
        """Notes whether the dock is in front; what nobody sees is not worked out."""
        self._seen = seen
        self._show()
        self._tell_wanted()

    def show_look(self, look: Look) -> None:
        """Shows how results are looked at; emits nothing."""
        self._look = look
        self._show()

    def show_planes(self, planes: Planes) -> None:
        """Shows the levels that the values ask for, where none are typed."""
        units = value_unit(planes.stored), error_unit(planes.stored, planes.mode)
        self.profile.view.set_unit(units[0])
        self._automatic = Automatic(planes.levels, planes.error_levels, *units)
        self._show()

    def show_histogram(self, histogram: Histogram | None) -> None:
        """Shows how the errors are spread."""
        self.histogram.show_histogram(histogram, self._automatic.error_unit)

    def folded_groups(self) -> tuple[str, ...]:
        """The groups that are folded away."""
        return folded_names(self.groups)

    def fold_groups(self, names: Iterable[str]) -> None:
        """Folds these groups and unfolds the others."""
        fold_named(self.groups, names)
        self._tell_wanted()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self.histogram.apply_theme(theme)
        self.region.apply_theme(theme)
        self.profile.apply_theme(theme)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def _tell_wanted(self) -> None:
        for name, signal in (
            ("histogram", self.histogram_wanted), ("region", self.region_wanted),
            ("profile", self.profile_wanted),
        ):  # fmt: skip
            signal.emit(self._seen and not self.groups[name].is_folded)

    def _set_along(self, along_column: bool) -> None:
        self.look_changed.emit(replace(self._look, along_column=along_column))

    def _set_log(self, logarithmic: bool) -> None:
        self.look_changed.emit(replace(self._look, log_counts=logarithmic))

    def _add(self, name: str, title: str, body: QWidget) -> None:
        self.groups[name] = CollapsibleGroup(title, body)
        self._column.addWidget(self.groups[name])

    def _show(self) -> None:
        # A result is drawn in little time; what nobody sees is no part of that.
        if not self._seen:
            return
        for form in (self.images, self.errors):
            form.show_look(self._look, self._automatic)
        self.histogram.set_logarithmic(self._look.log_counts)
        self.profile.set_along_column(self._look.along_column)
