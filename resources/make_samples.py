"""Makes the sample images: ``python resources/make_samples.py`` writes them beside itself.

The drawn ones need nothing but convgui's own dependencies and come out the same every time; the
photographs are taken from scikit-image's data. LICENSES.md says where they come from.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from convgui.opencv import cv2

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

FOLDER = Path(__file__).parent / "samples"
PHOTOGRAPHS = {"coffee": 512, "chelsea": 451}
JPEG_QUALITY = 95

TITLE = "On sliding windows"
PARAGRAPHS = (
    "A filter looks at a picture through a small window. At every place it multiplies",
    "what it sees with its weights, adds the products up and writes one number down.",
    "Then the window moves on by one pixel, and nearly everything in it is as before.",
    "",
    "So most of the work is done twice. One may multiply only what has changed since",
    "the last window, and add the old result back: nothing is lost by that. Or one may",
    "put windows that look alike in one drawer, multiply a single one for each drawer,",
    "and hand its result to all of them: little is left to do, but the result is no",
    "longer quite the same. How much is saved, and what it costs, depends on the picture.",
)
TABLE = (("window", "3", "5", "7", "9", "11"), ("products", "9", "25", "49", "81", "121"))


def _to_bytes(values: Floats) -> Bytes:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _colour(text: str) -> Floats:
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)


def _blend(image: Floats, colour: Floats, cover: Floats) -> Floats:
    """Give the image with a colour laid over it, as far as ``cover`` (0 to 1) says."""
    return image + (colour - image) * cover[..., None]


def _ridge(columns: Floats, seed: int, roughness: float) -> Floats:
    """Give the height, about -1 to 1, of a line of hills: waves, each finer and lower."""
    random = np.random.RandomState(seed)
    height = np.zeros_like(columns)
    for octave in range(1, 9):
        phase, wave = random.uniform(0, 2 * np.pi), 2.0**octave * random.uniform(0.7, 1.3)
        height += roughness**octave * np.sin(wave * columns * 2.2 + phase)
    return height / (roughness / (1 - roughness))


def scene() -> Bytes:
    """Give a landscape at dusk, H x W x 3: smooth sky, ridges in haze, a lake, film grain."""
    height, width, shore = 300, 448, 196
    y, x = np.mgrid[:height, :width].astype(np.float64)
    depth = (y / shore)[..., None]
    image = _colour("#2b4a7f") * (1 - depth) + _colour("#f6b98a") * depth
    glow = np.exp(-((x - 300) ** 2 + (1.3 * (y - 132)) ** 2) / 9000)
    image = _blend(image, _colour("#ffe9b8"), 0.9 * glow)
    sun = np.clip(19.5 - np.hypot(x - 300, y - 132), 0, 1)
    image = _blend(image, _colour("#fff6df"), sun)
    layers = (("#b98f97", 142, 16, 0.50, 3), ("#7c6a88", 158, 20, 0.54, 8),
              ("#4a4768", 172, 17, 0.58, 21), ("#26293f", 186, 12, 0.66, 5))  # fmt: skip
    for colour, level, swing, roughness, seed in layers:
        line = level - swing * _ridge(x[0] / width, seed, roughness)
        cover = np.clip(y - line + 0.5, 0, 1)
        haze = np.clip((y - line) / 60, 0, 1)[..., None]
        image += (_colour(colour) * (1 - 0.25 * haze) + 40 * haze - image) * cover[..., None]
    below = np.arange(height - shore)
    ripples = 2.5 * np.sin(below[:, None] ** 1.35 * 0.9 + 5 * np.sin(x[:1] / 23 + below[:, None]))
    source = np.clip(shore - 1 - below[:, None] * 1.6 + ripples, 0, shore - 1).astype(int)
    mirrored = image[source, np.arange(width)]
    darker = (0.80 - 0.35 * below / below[-1])[:, None, None]
    image[shore:] = mirrored * darker + _colour("#14233f") * (1 - darker)
    grain = np.random.RandomState(1).normal(0, 2.0, (height, width, 1))
    return _to_bytes(image + grain)


def icon() -> Bytes:
    """Give a picture of a picture, H x W x 3: a few flat colours with smooth edges."""
    size, finer = 256, 4
    y, x = (np.mgrid[: size * finer, : size * finer] + 0.5) / finer

    def card(left: float, top: float, right: float, bottom: float, radius: float) -> Any:
        across = np.abs(x - (left + right) / 2) - (right - left) / 2 + radius
        down = np.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius
        return np.hypot(np.maximum(across, 0), np.maximum(down, 0)) <= radius

    frame = card(44, 60, 212, 196, 14)
    inside = card(56, 72, 200, 184, 5)
    hills = (y > 184 - 1.05 * (72 - np.abs(x - 112))) | (y > 184 - 0.8 * (66 - np.abs(x - 166)))
    shapes = (
        ("#4c8dff", card(8, 8, 248, 248, 52)),
        ("#ffffff", frame),
        ("#cfe1ff", inside),
        ("#f0923b", inside & (np.hypot(x - 166, y - 104) <= 15)),
        ("#2fb67c", inside & hills),
    )
    image = np.broadcast_to(_colour("#f4f4f5"), (*x.shape, 3)).copy()
    for colour, shape in shapes:
        image[shape] = _colour(colour)
    return _to_bytes(image.reshape(size, finer, size, finer, 3).mean(axis=(1, 3)))


def page() -> Bytes:
    """Give a printed page, H x W: a title, text, a ruled table and a line drawing."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.8, 3.6), dpi=100, facecolor="white")
    style: dict[str, Any] = {"family": "DejaVu Serif", "color": "black"}
    figure.text(0.06, 0.905, TITLE, size=13, **style)
    figure.text(0.06, 0.52, "\n".join(PARAGRAPHS), size=6.6, linespacing=1.45, **style)
    sketch = figure.add_axes((0.095, 0.08, 0.39, 0.36))
    place = np.linspace(0, 6, 300)
    sketch.plot(place, np.exp(-place / 2.5) * np.cos(4 * place), color="black", linewidth=0.9)
    sketch.plot(place, np.exp(-place / 2.5), color="black", linewidth=0.7, linestyle="--")
    sketch.set_xticks(range(7))
    sketch.set_yticks([-0.5, 0.0, 0.5, 1.0])
    sketch.tick_params(labelsize=5, width=0.5, length=2, labelfontfamily="DejaVu Serif")
    for spine in sketch.spines.values():
        spine.set_linewidth(0.6)
    table = figure.add_axes((0.56, 0.12, 0.38, 0.30))
    table.axis("off")
    rows = len(TABLE[0])
    for row in range(rows):
        for column, entries in enumerate(TABLE):
            table.text(0.08 + 0.5 * column, 1 - (row + 0.5) / rows, entries[row], size=6.4,
                       va="center", **style)  # fmt: skip
    for row in range(rows + 1):
        table.axhline(1 - row / rows, color="black", linewidth=0.9 if row in (0, 1, rows) else 0.3)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = np.asarray(canvas.buffer_rgba())
    return np.ascontiguousarray(drawn[:, :, 1])


def gradient() -> Bytes:
    """Give two gradients that cross, H x W x 3, with noise on them."""
    height, width = 256, 320
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j][..., None]
    top = _colour("#4c8dff") * (1 - x) + _colour("#f0923b") * x
    bottom = _colour("#14233f") * (1 - x) + _colour("#2fb67c") * x
    noise = np.random.RandomState(2).normal(0, 6, (height, width, 3))
    return _to_bytes(top * (1 - y) + bottom * y + noise)


def by_hand() -> Bytes:
    """Give the 5 x 5 image that the report convolves by hand: a column of tens among zeros."""
    image = np.zeros((5, 5), np.uint8)
    image[:, 2] = 10
    return image


def photograph(name: str, width: int) -> Bytes:
    """Give one of scikit-image's photographs, no wider than ``width``."""
    from skimage import data

    image: Bytes = getattr(data, name)()
    size = (width, round(image.shape[0] * width / image.shape[1]))
    if size[0] >= image.shape[1]:
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


DRAWN: dict[str, Callable[[], Bytes]] = {
    "page.png": page,
    "icon.png": icon,
    "scene.png": scene,
    "gradient.png": gradient,
    "hand.png": by_hand,
}


def encoded(name: str, image: Bytes) -> bytes:
    """Give the file of an image, of the format that its name ends in."""
    options = [cv2.IMWRITE_PNG_COMPRESSION, 9]
    if name.endswith(".jpg"):
        options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    blue_first = image if image.ndim == 2 else image[:, :, ::-1]
    _, data = cv2.imencode(Path(name).suffix, np.ascontiguousarray(blue_first), options)
    return bytes(data)


def main() -> None:
    """Write every sample."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in DRAWN.items():
        (FOLDER / name).write_bytes(encoded(name, draw()))
    for name, width in PHOTOGRAPHS.items():
        file = f"{name}.jpg"
        (FOLDER / file).write_bytes(encoded(file, photograph(name, width)))


if __name__ == "__main__":
    main()
