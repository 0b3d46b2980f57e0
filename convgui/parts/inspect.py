"""The tab that explains one output, its entries, and the lesson in the Help menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

from convgui.action_spec import ActionSpec
from convgui.inspecting import Inspector
from convgui.model.inspect_window import Place
from convgui.panels.inspect import InspectPanel
from convgui.part import Part, Piece
from convgui.part import Place as Where
from convgui.style import Theme

if TYPE_CHECKING:
    from convgui.main_window import MainWindow


class InspectTab(InspectPanel, Piece):
    """The panel, and what joins it to the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.inspector = Inspector(window.jobs, self)
        self._pointed: tuple[int, int] | None = None

    def join(self) -> None:
        """Joins it to the signals of the window."""
        window, inspector = self._window, self.inspector
        inspector.inspected.connect(self.show_inspection)
        inspector.lesson_changed.connect(self.show_lesson)
        inspector.failed.connect(window.messages.show_error)
        inspector.settled.connect(window.messages.clear)
        inspector.stopped.connect(self.close_down)
        inspector.state_changed.connect(window.refresh)
        self.state_changed.connect(window.refresh)
        self.noted.connect(window.messages.show_info)
        self.place_chosen.connect(inspector.go)
        self.seen.connect(inspector.want)
        self.lesson_left.connect(inspector.end_lesson)
        self.open_requested.connect(window.opener.choose)
        self.sample_requested.connect(window.opener.open_sample)
        controller = window.controller
        controller.image_changed.connect(self._take_image)
        controller.compared.connect(inspector.show_comparison)
        controller.stale.connect(self.set_dimmed)
        window.compare.filter_chosen.connect(inspector.show_filter)
        window.compare.pixel_hovered.connect(self._note_pixel)
        window.compare.pixel_chosen.connect(self.inspect_pixel)

    def states(self) -> set[str]:
        """Gives whether something is explained, and whether a pixel was pointed at."""
        found = {"inspected"} if self.inspection is not None else set()
        return found | ({"lesson"} if self.inspector.lesson is not None else set())

    def chosen(self) -> set[str]:
        """Gives what is ticked."""
        ticked = {"inspect-play"} if self.player.playing else set()
        return ticked | ({"inspect-close-up"} if self.pictures.close else set())

    def kept(self) -> dict[str, str | int | float | bool]:
        """Gives whether windows are seen close up."""
        return {"close_up": self.pictures.close}

    def restore(self, kept: object) -> None:
        """Takes that back."""
        close = cast("dict[str, object]", kept).get("close_up", True)
        self.pictures.set_close(close is not False)
        self.bar.show_close_up(self.pictures.close)

    def apply_theme(self, theme: Theme) -> None:
        """Wears another theme."""
        InspectPanel.apply_theme(self, theme)

    def close_down(self) -> None:
        """Steps no further."""
        self.player.set_playing(False)

    def inspect_pixel(self) -> None:
        """Explains the output at the crosshair of the other tab, or the one shown last."""
        comparison = self._window.controller.comparison
        self.inspector.end_lesson()
        if comparison is not None and self._pointed is not None:
            x, y = self._pointed
            self.inspector.go(output_at(comparison, self._window.compare.filter_index, x, y))
        self.show_tab()

    def start_lesson(self) -> None:
        """Opens the example worked by hand."""
        self.inspector.start_lesson(self._window.controller.session)
        self.show_tab()

    def show_tab(self) -> None:
        """Comes to the front."""
        self._window.tabs.setCurrentWidget(self)
        self.setFocus()

    def _take_image(self, image: object) -> None:
        self._pointed = None
        self.inspector.forget()
        self.show_image(image)

    def _note_pixel(self, probe: object) -> None:
        if probe is not None:
            self._pointed = probe.column, probe.row


def output_at(comparison: object, index: int, x: int, y: int) -> Place:
    """Gives the output whose window lies around a pixel of the image."""
    request = comparison.request
    geometry, window = request.geometry, request.filters.shape[2:]
    before = geometry.place(request.image.shape[1:], window).before
    row, column = (
        round((at + top - dilation * (taps - 1) / 2) / stride)
        for at, top, dilation, taps, stride in zip(
            (y, x), before, geometry.dilations, window, geometry.strides, strict=True
        )
    )
    return Place(index, row, column).within(comparison.filter_count, request.output_size)


def make(window: MainWindow) -> InspectTab:
    """Makes the tab."""
    tab = InspectTab(window)
    tab.join()
    return tab


def _entry(
    key: str, text: str, tip: str, callback: str, shortcut: str, **more: object
) -> ActionSpec:
    menu = "View/Inspect"
    return ActionSpec(key, text, tip, menu, f"inspect.{callback}", shortcut=shortcut, **more)


PART = Part(
    "inspect", make, Where(QT_TRANSLATE_NOOP("MainWindow", "Inspect"), "Alt+2"),
    entries=(
        _entry(
            "inspect-pixel", QT_TRANSLATE_NOOP("Actions", "&Inspect this pixel"),
            QT_TRANSLATE_NOOP("Actions", "Explain the output at the crosshair."),
            "inspect_pixel", "I", icon="mdi6.magnify-scan", needs=("comparison",),
        ),
        _entry(
            "inspect-play", QT_TRANSLATE_NOOP("Actions", "&Play"),
            QT_TRANSLATE_NOOP("Actions", "Step window by window by itself."),
            "set_playing", "Shift+P", needs=("inspected",), checkable=True,
        ),
        _entry(
            "inspect-close-up", QT_TRANSLATE_NOOP("Actions", "&Close up"),
            QT_TRANSLATE_NOOP("Actions", "Show the window large, in place of the whole image."),
            "set_close_up", "Z", checkable=True,
        ),
        _entry(
            "inspect-copy-text", QT_TRANSLATE_NOOP("Actions", "Copy formula as &text"),
            QT_TRANSLATE_NOOP("Actions", "Copy the arithmetic that is shown, with its numbers."),
            "copy_text", "Ctrl+Shift+T", needs=("inspected",), separated=True,
        ),
        _entry(
            "inspect-copy-latex", QT_TRANSLATE_NOOP("Actions", "Copy formula as &LaTeX"),
            QT_TRANSLATE_NOOP("Actions", "Copy the arithmetic that is shown, to typeset it."),
            "copy_latex", "Ctrl+Shift+X", needs=("inspected",),
        ),
        ActionSpec(
            "lesson", QT_TRANSLATE_NOOP("Actions", "&Worked example"),
            QT_TRANSLATE_NOOP("Actions", "Go through the convolution that a report works by hand, "
                                         "window by window, its misprint too."),
            "Help", "inspect.start_lesson", icon="mdi6.school-outline", after="shortcuts",
        ),
        ActionSpec(
            "lesson-end", QT_TRANSLATE_NOOP("Actions", "&End the worked example"),
            QT_TRANSLATE_NOOP("Actions", "Go back to the image."),
            "Help", "inspect.inspector.end_lesson", needs=("lesson",), after="lesson",
        ),
    ),
    menus={"View/Inspect": QT_TRANSLATE_NOOP("Actions", "&Inspect")},
    reasons={
        "inspected": QT_TRANSLATE_NOOP("Actions", "Nothing is shown in the tab Inspect yet."),
        "lesson": QT_TRANSLATE_NOOP("Actions", "The worked example is not open."),
    },
)  # fmt: skip
