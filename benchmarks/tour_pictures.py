"""Makes the pictures of docs/tour.md of the screenshots, smaller.

usage: tour_pictures.py SHOTS FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

PICTURES = ("inspect-lsh", "clusters", "history", "pair", "figure-dialog", "palette")
WIDTH, QUALITY = 1080, 85


def main(shots: Path, folder: Path) -> None:
    """Writes each picture, or raises OSError."""
    for name in PICTURES:
        picture = QImage(str(shots / f"{name}.png"))
        if picture.width() > WIDTH:
            picture = picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
        target = folder / f"tour-{name}.jpg"
        if picture.isNull() or not picture.save(str(target), "JPG", QUALITY):
            raise OSError(f"{target} could not be made of {shots / name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
