"""The sample images that come with convgui."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One sample: its name in code and files, what it is called, and what it shows."""

    name: str
    label: str
    description: str
    file: str


SAMPLES: tuple[Sample, ...] = (
    Sample("coffee", "Coffee", "A photograph: smooth surfaces, a sharp rim, fine wood grain.",
           "coffee.jpg"),
    Sample("chelsea", "Cat", "A photograph: fur, full of fine detail.", "chelsea.jpg"),
    Sample("page", "Page", "Text and lines, black on white: most windows equal another one.",
           "page.png"),
    Sample("icon", "Icon", "Large flat areas with clean edges: neighbouring windows are equal.",
           "icon.png"),
    Sample("scene", "Scene", "A painted landscape: gradients, soft textures and hard edges.",
           "scene.png"),
    Sample("gradient", "Gradient", "A gradient with noise: no two windows are the same.",
           "gradient.png"),
    Sample("hand", "Worked by hand", "The report's 5 x 5 image, small enough to check by hand.",
           "hand.png"),
)  # fmt: skip

_BY_NAME = {sample.name: sample for sample in SAMPLES}

OFFERED = 3
"""Samples that a window without an image offers."""


@cache
def _unpacked() -> ExitStack:
    """Give the stack that removes, at exit, samples unpacked from a zipped installation."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack


@cache
def sample_path(name: str) -> Path:
    """Give the file of a sample.

    Raises
    ------
    ValueError
        If there is no sample of that name.
    """
    if name not in _BY_NAME:
        raise ValueError(f"name must be one of {', '.join(_BY_NAME)}, got {name!r}")
    file = resources.files("convgui.resources") / "samples" / _BY_NAME[name].file
    return _unpacked().enter_context(resources.as_file(file))


def offered() -> Iterator[tuple[str, str, Path]]:
    """Gives name, label and file of the samples that a window without an image offers."""
    for sample in SAMPLES[:OFFERED]:
        yield sample.name, sample.label, sample_path(sample.name)
