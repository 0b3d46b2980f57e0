"""Which images a batch takes, where its figures go, and in which format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from convgui.export.figure import FORMATS
from convgui.model.files import display_name
from convgui.style import GRID, set_role

from .parameter_row import HEIGHT, ChoiceEdit

PATH = Qt.ItemDataRole.UserRole


class SourceList(QListWidget):
    """Files and folders, each once; dropped on it they are added, Delete takes them out."""

    sources_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "list")
        self.setAcceptDrops(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(self.tr("Images and folders"))
        self.setMinimumHeight(18 * GRID)

    def sources(self) -> tuple[str, ...]:
        """Gives the paths, in their order."""
        return tuple(self.item(row).data(PATH) for row in range(self.count()))

    def add(self, paths: Iterable[str]) -> None:
        """Adds paths that are not there yet."""
        known = set(self.sources())
        for path in dict.fromkeys(paths):
            if path in known:
                continue
            name = display_name(Path(path))
            if Path(path).is_dir():
                name = self.tr("{folder}: every image in it").format(folder=name)
            item = QListWidgetItem(name)
            item.setData(PATH, path)
            item.setToolTip(path)
            self.addItem(item)
        self.sources_changed.emit()

    def remove_selected(self) -> None:
        """Takes what is selected out."""
        for item in self.selectedItems():
            self.takeItem(self.row(item))
        self.sources_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Takes out what is selected at Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Takes files anywhere."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds files."""
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.add(url.toLocalFile() for url in urls if url.isLocalFile())


class BatchForm(QWidget):
    """The choices of a batch.

    Signals
    -------
    changed()
    files_wanted(), folder_wanted(), target_wanted()
        Where the user asks for a dialog.
    """

    changed = Signal()
    files_wanted = Signal()
    folder_wanted = Signal()
    target_wanted = Signal()

    def __init__(self, settings: str) -> None:
        super().__init__()
        title = QLabel(self.tr("Images"))
        set_role(title, "title")
        self.list = SourceList()
        self.list.sources_changed.connect(self.changed)
        self.add_files = QPushButton(self.tr("Add &files…"))
        self.add_files.clicked.connect(self.files_wanted)
        self.add_folder = QPushButton(self.tr("Add f&older…"))
        self.add_folder.clicked.connect(self.folder_wanted)
        self.remove = QPushButton(self.tr("&Remove"))
        self.remove.clicked.connect(self.list.remove_selected)
        buttons = QHBoxLayout()
        for button in (self.add_files, self.add_folder, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.target = QLineEdit()
        self.target.setAccessibleName(self.tr("Folder for the figures"))
        self.target.setPlaceholderText(self.tr("Folder for the figures and the table"))
        self.target.textChanged.connect(self.changed)
        browse = QPushButton(self.tr("&Choose…"))
        browse.clicked.connect(self.target_wanted)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.target, 1)
        row.addWidget(browse)
        self.format = ChoiceEdit(tuple((each, each.upper()) for each in FORMATS))
        self.format.setFixedHeight(HEIGHT)
        self.format.set_name(self.tr("Format of the figures"))
        self.format.set_value(FORMATS[0])
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        into = QLabel(self.tr("&Into"))
        into.setBuddy(self.target)
        form.addRow(into, row)
        form.addRow(self.tr("Figures &as"), self.format)
        told = QLabel(settings)
        told.setWordWrap(True)
        set_role(told, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        column.addLayout(form)
        column.addWidget(told)

    def problem(self) -> str:
        """Gives why there is nothing to start yet; "" where there is."""
        if not self.list.count():
            return self.tr("Add images first, or drop them here.")
        return "" if self.target.text().strip() else self.tr("Choose where the figures go.")
