"""One random case of each kind that cyconv computes: a setting, a run, and whether it is right."""

from __future__ import annotations

import contextlib

import numpy as np
from kernel_scenes import Scene, drawn, off, pixels_for

from cyconv import (
    Differential,
    Exact,
    Frame,
    Geometry,
    PreparedFilters,
    bands,
    convolve,
    convolve_batch,
    oracle_differences,
    predict,
    winograd_error,
)
from cyconv.isa import levels, use
from cyconv.techniques import skipping

DOUBLE = float(np.finfo(np.float64).eps)


def ran(rng, scene, technique, filters=None):
    """Runs a technique in one of many ways that must make no difference."""
    image, bank, bias = scene.given
    filters = bank if filters is None else filters
    if rng.random() < 0.3 and not isinstance(filters, PreparedFilters):
        filters = PreparedFilters(filters)
    with contextlib.ExitStack() as stack:
        stack.enter_context(use(str(rng.choice(levels()))))
        height = (None, None, None, 1, 2, 3, 7)[rng.integers(7)]
        stack.enter_context(bands.forced_height(height))
        threads = 1
        if rng.random() < 0.1:
            threads = int(rng.integers(2, 5))
            stack.callback(setattr, bands, "INLINE", bands.INLINE)
            bands.INLINE = 0
        image, out = room_for(rng, scene, image)
        result = convolve(
            image, filters, technique, scene.geometry, bias=bias, out=out, threads=threads
        )
    return result, filters


def room_for(rng, scene, image):
    """Gives the image, and where the output goes: nowhere, elsewhere, or over the image."""
    shape = (len(scene.bank), *scene.placement.output)
    way = rng.random()
    if way < 0.6:
        return image, None
    if way < 0.75:
        return image, np.full(shape, np.nan, scene.real)
    if way < 0.85:
        return image, np.full((*shape[:2], 2 * shape[2]), np.nan, scene.real)[:, :, ::2]
    pixels, step = np.ascontiguousarray(image), scene.real.itemsize
    room = np.zeros(pixels.nbytes + (int(np.prod(shape)) + 16) * step, np.uint8)
    shared = room[: pixels.nbytes].view(pixels.dtype).reshape(pixels.shape)
    shared[...] = pixels
    start = int(rng.integers(0, pixels.nbytes // step + 1)) * step
    out = room[start : start + int(np.prod(shape)) * step].view(scene.real).reshape(shape)
    return shared, out


def counted(scene, technique, result, images=None):
    """Says where the model's counts differ from what was executed."""
    depth = len(scene.windows) * scene.depth // scene.bank[0, 0].size
    shape = (depth, *scene.shape[1:]) if images is None else (images, depth, *scene.shape[1:])
    model = predict(
        technique, shape, scene.bank.shape, scene.geometry, result.facts,
        bias=scene.bias is not None,
    ).model
    executed = {part.name: part for part in result.executed.parts}
    if executed != {part.name: part for part in model.parts}:
        return f"executed {result.executed}, predicted {model}"
    return ""


def judged(scene, technique, result, wanted, bound):
    """Says what is wrong with a result."""
    wrong = off(result.output, wanted, bound) or counted(scene, technique, result)
    return f"{technique} on {scene}: {wrong}" if wrong else ""


def exact(rng):
    """The plain technique, as it chooses its way itself."""
    scene = drawn(rng, specials=rng.random() < 0.15)
    result, _ = ran(rng, scene, Exact())
    return judged(scene, Exact(), result, scene.wanted, scene.bound)


def exact_by(path):
    """Gives the case of one of the ways of the exact technique; "refused" where it can't."""

    def case(rng):
        kernel = (3, 3) if path == "winograd" else None
        plain = path in ("separable", "fourier") or (path == "winograd" and rng.random() < 0.8)
        kind = np.uint8 if path == "fourier" and rng.random() < 0.5 else None
        specials = path in ("direct", "fourier") and rng.random() < 0.15
        scene = drawn(rng, kernel, plain, kind, specials)
        if path == "separable":
            scene = _separable(rng, scene)
        technique = Exact(path)
        try:
            result, _ = ran(rng, scene, technique)
        except ValueError as error:
            return "refused" if str(error).startswith(f"path {path!r} needs") else repr(error)
        bound = scene.bound
        if path == "winograd":
            pixels = np.array(scene.given[0], np.float64).reshape(scene.shape)
            bound = winograd_error.bound(
                pixels, scene.bank, scene.geometry, scene.bias, dtype=scene.real
            ) * (1 + 1e-6)
        return judged(scene, technique, result, scene.wanted, bound)

    return case


def _separable(rng, scene):
    """Gives the scene with filters that are columns times rows."""
    image, _, bias = scene.given
    filters, depth, high, wide = scene.bank.shape
    down, across = rng.normal(size=(filters, depth, high)), rng.normal(size=(filters, depth, wide))
    if rng.random() < 0.5:
        down, across = np.rint(9 * down), np.rint(9 * across)
    bank = np.einsum("mci,mcj->mcij", down, across)
    return Scene(image, bank.astype(scene.real), scene.geometry, bias)


def from_the_first(rng):
    """Differences from the first window, as repaired and as published."""
    scene = drawn(rng)
    published = rng.random() < 0.3
    threshold = 0 if published else float(rng.choice([0, 0, 1, 2.5, 40, 300]))
    residue = str(rng.choice(["kept", "forgotten"]))
    technique = Differential("first", threshold, "kept" if published else residue, published)
    result, _ = ran(rng, scene, technique)
    first = scene.windows[:, :1]
    difference = scene.windows - first
    difference[np.abs(difference) <= threshold] = 0
    base = scene.weights @ first.transpose(0, 2, 1)
    made = scene.weights @ difference.transpose(0, 2, 1)
    made = np.concatenate([base, -made[:, :, 1:]], axis=2) if published else made + base
    size = np.abs(scene.weights) @ (np.abs(scene.windows) + np.abs(first)).transpose(0, 2, 1)
    wanted = scene.added(scene.planes(made))
    bias = 0 if scene.bias is None else np.abs(scene.bias)[:, None, None]
    bound = 4 * (scene.depth + 1) * DOUBLE * (scene.planes(size) + bias)
    return judged(
        scene, technique, result, wanted, bound + np.abs(wanted) * np.finfo(scene.real).eps
    )


@contextlib.contextmanager
def tiles_wanted(wanted):
    """Has outputs taken over tile by tile even where that does not pay: images here are small."""
    before = skipping.WORTH, skipping.SIDE_BY_SIDE
    if wanted:
        skipping.WORTH = skipping.SIDE_BY_SIDE = np.inf
    try:
        yield
    finally:
        skipping.WORTH, skipping.SIDE_BY_SIDE = before


def from_a_neighbour(rng):
    """Differences from the window to the left, above, or the better."""
    scene = drawn(rng, specials=rng.random() < 0.1)
    special = not np.isfinite(np.asarray(scene.given[0], np.float64)).all()
    threshold = 0.0 if special else float(rng.choice([0, 0, 0, 1, 2.5, 40, 300]))
    technique = Differential(
        str(rng.choice(["previous", "above", "best"])), threshold,
        str(rng.choice(["kept", "forgotten"])),
    )  # fmt: skip
    with tiles_wanted(rng.random() < 0.7):
        result, _ = ran(rng, scene, technique)
    if not threshold:
        return judged(scene, technique, result, scene.wanted, scene.bound)
    pixels = np.array(scene.given[0], np.float64).reshape(scene.shape)
    became = oracle_differences.left_out(
        pixels, threshold, scene.geometry.strides, reference=technique.reference,
        residue=technique.residue,
    ).astype(scene.real)
    reached = Scene(became, scene.bank, scene.geometry, scene.given[2])
    return judged(scene, technique, result, reached.wanted, reached.bound)


def from_a_frame(rng):
    """Differences from another image, whose outputs are known."""
    scene = drawn(rng)
    image, bank, bias = scene.given
    before = np.array(image)
    changed = rng.random(before.shape) < rng.choice([0, 0.02, 0.5])
    before[changed] = pixels_for(rng, scene.shape, before.dtype.type).reshape(before.shape)[changed]
    threshold = float(rng.choice([0, 0, 1, 30]))
    known = convolve(before, bank, geometry=scene.geometry, bias=bias)
    residue = str(rng.choice(["kept", "forgotten"]))
    technique = Differential(Frame.after(before, known), threshold, residue)
    with tiles_wanted(rng.random() < 0.7):
        result, _ = ran(rng, Scene(np.array(image), bank, scene.geometry, bias), technique)
    pixels, then = np.array(image, np.float64), np.array(before, np.float64)
    new = np.where(np.abs(pixels - then) <= threshold, then, pixels).astype(scene.real)
    reached = Scene(new, scene.bank, scene.geometry, bias)
    wrong = judged(scene, technique, result, reached.wanted, 2 * reached.bound)
    return wrong.replace(str(technique), f"Differential(Frame, {threshold}, {residue})")


def in_batches(rng):
    """Several images of one shape as one run."""
    scene = drawn(rng)
    image, bank, bias = scene.given
    single = np.array(image, np.asarray(image).dtype.newbyteorder("=")).reshape(scene.shape)
    frames = [single]
    for _ in range(int(rng.integers(0, 3))):
        following = frames[-1].copy()
        changed = rng.random(following.shape) < rng.choice([0, 0.1, 1])
        following[changed] = pixels_for(rng, scene.shape, single.dtype.type)[changed]
        frames.append(following)
    technique = (Exact(), Differential("previous"), Differential("best"), Differential())[
        rng.integers(4)
    ]
    out = None
    shape = (len(frames), len(scene.bank), *scene.placement.output)
    if rng.random() < 0.4:
        out = np.full(shape, np.nan, scene.real)
    with tiles_wanted(rng.random() < 0.5):
        result = convolve_batch(
            np.stack(frames), bank, technique, scene.geometry, bias=bias, out=out, threads=1
        )
    if out is not None and result.output is not out:
        return f"{technique} on {scene}: out was given and is not the output"
    for index, frame in enumerate(frames):
        each = Scene(frame, bank, scene.geometry, bias)
        bound = each.bound
        if technique == Differential():
            bound = bound + 8 * (each.depth + 1) * DOUBLE * each.magnitude.max()
        if wrong := off(result.output[index], each.wanted, bound):
            return f"image {index} of {len(frames)}, {technique} on {scene}: {wrong}"
    return ""


def placed(rng):
    """Where windows lie, against windows counted one by one."""
    size, window, stride, dilation = (
        tuple(int(each) for each in rng.integers(1, most, 2)) for most in (12, 6, 5, 4)
    )
    padding = "same" if rng.random() < 0.3 else int(rng.integers(0, 4))
    try:
        placement = Geometry(stride, padding, dilation).place(size, window)
    except ValueError:
        placement = None
    for axis in (0, 1):
        span = dilation[axis] * (window[axis] - 1) + 1
        total = 2 * padding if padding != "same" else max(
            0, (-(-size[axis] // stride[axis]) - 1) * stride[axis] + span - size[axis]
        )
        count = sum(
            1 for start in range(0, size[axis] + total, stride[axis])
            if start + span <= size[axis] + total
        )
        if placement is None and count == 0:
            return ""
        if placement is not None and placement.output[axis] != count:
            return f"{size}, {window}, {stride}, {padding}, {dilation}: {placement}, not {count}"
    return f"{size}, {window}, {padding}, {dilation} refused" if placement is None else ""
