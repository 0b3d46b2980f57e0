"""Random cases of what stands beside the convolutions: measures, filters, bits, drift, choices."""

from __future__ import annotations

import math

import numpy as np
from kernel_scenes import Scene, drawn, off
from scipy import ndimage

from cyconv import bits, choose, compare, convolve, drift, filters, oracle_differences

BELL = np.exp(-((np.arange(11) - 5) ** 2) / (2 * 1.5**2))
BELL /= BELL.sum()


def similarity(one, other, peak):
    """Gives the mean SSIM of two planes (Wang et al. 2004), by way of SciPy's filters."""

    def blurred(plane):
        down = ndimage.correlate1d(plane, BELL, axis=0, mode="constant")
        return ndimage.correlate1d(down, BELL, axis=1, mode="constant")[5:-5, 5:-5]

    a, b = blurred(one), blurred(other)
    # Variances from values near 0: squares of large ones would leave no digits of them.
    one, other = one - other.mean(), other - other.mean()
    near, far = blurred(one), blurred(other)
    aa, bb = blurred(one * one) - near * near, blurred(other * other) - far * far
    ab = blurred(one * other) - near * far
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    found = (2 * a * b + c1) * (2 * ab + c2) / ((a * a + b * b + c1) * (aa + bb + c2))
    return float(found.mean())


def measured(output, reference, peak=None):
    """Gives all measures of an output against a reference by NumPy and SciPy, for finite values."""
    one, other = np.asarray(output, np.float64), np.asarray(reference, np.float64)
    planes = (one[None], other[None]) if one.ndim == 2 else (one, other)
    peak = float(other.max() - other.min()) if peak is None else peak
    square = np.square(one - other)
    mse, energy = float(square.mean()), float(np.square(other).sum())
    relative = math.sqrt(square.sum() / energy) if energy else (math.inf if mse else 0.0)
    psnr = math.inf if mse == 0 else math.nan
    if mse and peak:
        psnr = 10 * math.log10(peak**2 / mse)
    alike = []
    for a, b in zip(*planes, strict=True):
        if min(a.shape) < 11:
            alike.append(math.nan)
        elif np.array_equal(a, b):
            alike.append(1.0)
        else:
            alike.append(similarity(a, b, peak) if peak else math.nan)
    return {
        "mse": mse, "psnr": psnr, "ssim": float(np.mean(alike)),
        "max_abs_error": float(np.abs(one - other).max()), "relative_l2": relative,
        "accuracy": 100 * (1 - relative), "report_accuracy": 100 * (1 - mse),
        "nan_count": 0, "inf_count": 0,
    }  # fmt: skip


def near(got, wanted, room=1e-9):
    """Tells whether two numbers are the same but for rounding."""
    if math.isnan(wanted) or math.isinf(wanted):
        return got == wanted or (math.isnan(got) and math.isnan(wanted))
    return abs(got - wanted) <= room * max(1.0, abs(wanted))


def compared(rng):
    """compare() of planes of any type and order."""
    shape = tuple(int(each) for each in rng.integers(1, 24, 2 + int(rng.integers(2))))
    kinds = ["f4", "f8", "u1", "i4", "f2", "?"]
    reference = (rng.normal(size=shape) * 20).astype(kinds[rng.integers(6)])
    output = (rng.normal(size=shape) * float(rng.choice([0, 1e-3, 1, 30]))) + reference
    output = output.astype(kinds[rng.integers(3)])
    if rng.random() < 0.1:
        reference[...] = reference.flat[0]
    if rng.random() < 0.3:
        output, reference = np.asfortranarray(output), reference[..., ::-1][..., ::-1]
    peak = None if rng.random() < 0.7 else float(rng.choice([1.0, 255.0]))
    given = compare(output, reference, data_range=peak)
    for name, value in measured(output, reference, peak).items():
        if not near(getattr(given, name), value):
            what = f"{shape} {output.dtype} against {reference.dtype}, peak {peak}"
            return f"{name} {getattr(given, name)!r} in place of {value!r}: {what}"
    return ""


def drifted(rng):
    """drift(): errors by column of what is left out."""
    scene = drawn(rng)
    image, bank, _ = scene.given
    threshold = float(rng.choice([1, 5, 40]))
    given = drift(image, bank, threshold, scene.geometry, threads=1)
    pixels = np.array(image, np.float64).reshape(scene.shape)
    wide = bank if bank.ndim == 4 else bank[None, None]
    plain = Scene(pixels, wide, scene.geometry).wanted
    for residue in ("kept", "forgotten"):
        became = oracle_differences.left_out(
            pixels, threshold, scene.geometry.strides, residue=residue
        )
        error = np.abs(Scene(became, wide, scene.geometry).wanted - plain)
        wanted = np.sqrt(np.square(error).mean(axis=(0, 1)))
        room = 1e-9 * (1 + np.abs(scene.magnitude).max())
        for got, right in (
            (getattr(given, residue), wanted),
            (getattr(given, f"{residue}_largest"), error.max(axis=(0, 1))),
        ):
            if wrong := off(got, right, room):
                return f"{residue}, threshold {threshold}, {scene}: {wrong}"
    return ""


def effectual(rng):
    """bits: terms counted digit by digit."""
    values = rng.integers(-255, 256, 20)
    signed = []
    for value in values.tolist():
        left, digits = abs(value), 0
        while left:
            if left % 2:
                digits += 1
                left -= 2 - left % 4
            left //= 2
        signed.append(digits)
    ones = [bin(value & 511).count("1") for value in values.tolist()]
    if bits.ones(values).tolist() != ones or bits.signed_digits(values).tolist() != signed:
        return f"terms of {values.tolist()}"
    return ""


def filters_made(rng):
    """Presets keep what they promise; weights that are written are read again."""
    name = str(rng.choice(list(filters.PRESETS)))
    sizes = [size for size in filters.PRESETS[name].sizes if size <= 9]
    size, count, channels = int(rng.choice(sizes)), int(rng.integers(1, 6)), int(rng.integers(1, 4))
    bank = filters.make(name, size, count, channels, seed=int(rng.integers(0, 9)))
    if bank.shape != (count, channels, size, size) or not np.isfinite(bank).all():
        return f"{name} {size}: {bank.shape}"
    total = {"blur": 1, "gaussian": 1, "laplacian": 0, "sobel-x": 0, "sharpen": 1}.get(name)
    if total is not None and np.abs(bank.sum(axis=(2, 3)) - total).max() > 1e-9:
        return f"{name} of {size} sums to {bank.sum(axis=(2, 3))}"
    between, rows = [(" ", "\n"), (", ", "; "), ("  ", ";"), (",", "\n")][rng.integers(4)]
    weights = rng.normal(size=tuple(int(each) for each in rng.integers(1, 6, 2)))
    text = rows.join(between.join(repr(float(each)) for each in row) for row in weights)
    read = filters.parse(text)
    return "" if np.array_equal(read, weights) else f"{text!r} was read as {read.tolist()}"


def chosen(rng):
    """choose(): its promise is kept by a run, and a budget is what a run counts."""
    scene = drawn(rng, kernel=(3, 3))
    image, bank, _ = scene.given
    budget = float(rng.choice([0.2, 0.5, 0.9]))
    picked = choose(image, bank, scene.geometry, budget=budget, threads=1)
    result = convolve(image, bank, picked.technique, scene.geometry, threads=1)
    outputs = result.output.size * scene.depth
    fraction = result.executed.multiplications / outputs
    if abs(fraction - picked.fraction) > 1e-9 and picked.technique.name != "exact":
        return f"{picked.technique} on {scene}: {fraction} for {picked.fraction} expected"
    return ""
