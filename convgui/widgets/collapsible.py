"""A titled group that folds away at a click on its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap, QPixmapCache, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from convgui.style import set_role

REDRAWN = (
    QEvent.Type.LayoutDirectionChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange,
)  # fmt: skip
ARROW = 12
# Drawn so much larger, it is sharp on every screen.
FINE = 4


def _arrow(turn: int, rgba: int) -> QIcon:
    """Gives an arrow that points down, turned by so many degrees.

    An arrow of the style's own stands to the left of the text in every language.
    """
    # Drawn once: a theme asks every group for it, and more than once.
    key = f"convgui-arrow-{turn}-{rgba:x}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return QIcon(picture)
    picture = QPixmap(ARROW * FINE, ARROW * FINE)
    picture.setDevicePixelRatio(FINE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(rgba))
    painter.setOpacity(0.7)
    painter.translate(ARROW / 2, ARROW / 2)
    painter.rotate(turn)
    painter.drawPolygon(QPolygonF([QPointF(-4, -2), QPointF(4, -2), QPointF(0, 3)]))
    painter.end()
    QPixmapCache.insert(key, picture)
    return QIcon(picture)


class CollapsibleGroup(QWidget):
    """A title that folds and unfolds the body below it.

    Parameters
    ----------
    title : str
        Shown beside the arrow.
    body : QWidget
        What is folded away.
    """

    folded = Signal(bool)

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = QToolButton()
        set_role(self.header, "group")
        self.header.setText(title)
        self.header.setIconSize(QSize(ARROW, ARROW))
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setAutoRaise(True)
        self.header.clicked.connect(self._toggle)
        self.body = body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(body)
        self._folded = False
        self.set_folded(False)

    @property
    def is_folded(self) -> bool:
        """Whether the body is folded away."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Folds or unfolds the body."""
        self._folded = folded
        self.body.setVisible(not folded)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the arrow anew where the language or the theme is another one."""
        super().changeEvent(event)
        # Qt calls this while the group is being made.
        if event.type() in REDRAWN and hasattr(self, "_folded"):
            self._draw()

    def _draw(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        turn = (90 if mirrored else -90) if self._folded else 0
        # Of a group that is used: that of a dock behind another one is not, until it is in front.
        colour = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText)
        self.header.setIcon(_arrow(turn, colour.rgba()))

    def _toggle(self) -> None:
        self.set_folded(not self._folded)
        self.folded.emit(self._folded)


def folded_names(groups: Mapping[str, CollapsibleGroup]) -> tuple[str, ...]:
    """Gives those of some groups that are folded away."""
    return tuple(name for name, group in groups.items() if group.is_folded)


def fold_named(groups: Mapping[str, CollapsibleGroup], names: Iterable[str]) -> None:
    """Folds the groups of these names and unfolds the others."""
    folded = set(names)
    for name, group in groups.items():
        group.set_folded(name in folded)
