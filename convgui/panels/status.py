"""The line at the bottom: how far a run is, what it did so far, and what it runs on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from convgui.model.compute import Progress
from convgui.model.numbers import bytes_, si
from convgui.panels.names import step_text
from convgui.style import GRID, set_role
from convgui.widgets.elided import ElidedLabel

STEPS = 1000


class StatusLine(QWidget):
    """Shows progress; never a dialog."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(20 * GRID, GRID)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.step = ElidedLabel()
        self.operations = QLabel()
        self.memory = QLabel()
        for label in (self.operations, self.memory):
            set_role(label, "muted")
        self._expected = self._free = ""
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop what is running (Esc)"))
        self.cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cancel.clicked.connect(self.cancel_requested)
        self.machine = QLabel()
        set_role(self.machine, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 2, GRID, 2)
        row.setSpacing(2 * GRID)
        row.addWidget(self.bar)
        row.addWidget(self.step, 1)
        for widget in (self.operations, self.memory, self.cancel, self.machine):
            row.addWidget(widget)
        # The line keeps its height when the button comes and goes.
        self.setMinimumHeight(self.cancel.sizeHint().height() + 4)
        self.show_idle("")

    def show_progress(self, progress: Progress) -> None:
        """Shows how far a comparison is."""
        self._show_running(True)
        set_role(self.bar, f"progress-{progress.technique}")
        self.bar.setRange(0, STEPS)
        # The bar paints itself, and with it all that waits to be painted, at once; it can wait.
        self.bar.setUpdatesEnabled(False)
        self.bar.setValue(round(progress.fraction * STEPS))
        self.bar.setUpdatesEnabled(True)
        percent = self.tr("{percent} %").format(percent=int(progress.fraction * 100))
        self.step.setText(f"{step_text(progress)}, {percent}")
        self.operations.setText(
            self.tr("operations so far {count}").format(count=si(progress.operations.total))
        )
        held = self.tr("held {size} of about {need}") if self._expected else self.tr("held {size}")
        self.memory.setText(
            held.format(size=bytes_(progress.held_bytes), need=self._expected)
        )

    def show_busy(self, text: str) -> None:
        """Shows that something runs that can't tell how far it is."""
        self._show_running(True)
        set_role(self.bar, "progress")
        self.bar.setRange(0, 0)
        self.step.setText(text)
        self.operations.clear()
        self.memory.clear()

    def show_idle(self, text: str) -> None:
        """Shows that nothing runs, and what happened last."""
        self._show_running(False)
        self.step.setText(text)
        self.operations.clear()
        self.memory.setText(
            self.tr("about {need} of {free} free").format(need=self._expected, free=self._free)
            if self._expected and self._free else ""
        )

    def show_expected(self, need: int | None, free: int | None) -> None:
        """Notes how many bytes a run takes and how many are free; None where that isn't known."""
        self._expected = "" if need is None else bytes_(need)
        self._free = "" if free is None else bytes_(free)
        self.memory.setToolTip(
            self.tr("A run takes about {need} at the most; {free} were free before it.").format(
                need=self._expected, free=self._free
            ) if self._expected and self._free else ""
        )

    def show_machine(self, level: str, threads: int) -> None:
        """Shows the instruction-set level and the number of threads."""
        self.machine.setText(f"{level} × {threads}")
        self.machine.setToolTip(
            self.tr("Kernels for instruction-set level {level}, on {threads} threads").format(
                level=level, threads=threads
            )
        )

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.cancel.setVisible(running)
