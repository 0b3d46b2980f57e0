"""Arrays that somebody might hand to a viewer, sound and absurd, by name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

SIDE = 24
KINDS = (
    "?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "g", ">f4", ">u2", ">i8",
    ">f2", ">f8",
)  # fmt: skip
VALUES = (
    "mixed", "one +inf", "all NaN", "all +inf", "all -inf", "constant", "huge", "denormal",
    "beyond single", "minus zero", "both infinities", "NaN but one", "extremes of the type",
)  # fmt: skip


def valued(name: str, shape: tuple[int, ...] = (SIDE, SIDE + 7), kind: str = "f4") -> np.ndarray:
    """Gives an array with values of a kind of trouble."""
    rng = np.random.default_rng(len(name) + sum(shape))
    pixels = rng.uniform(-3, 250, shape).astype(kind)
    flat = pixels.reshape(-1)
    if name == "mixed":
        flat[: len(flat) // 9] = np.nan
        flat[-5:] = np.inf
        flat[-9:-5] = -np.inf
    elif name == "one +inf":
        flat[len(flat) // 2] = np.inf
    elif name == "NaN but one":
        flat[1:] = np.nan
    elif name == "both infinities":
        flat[::2], flat[1::2] = np.inf, -np.inf
    elif name == "denormal":
        flat[:] = flat * np.dtype(kind).type(1e-42)
    elif name == "huge":
        flat[:] = np.where(flat > 99, 3.4e38, -3.4e38)
    elif name == "extremes of the type":
        flat[0], flat[-1] = np.finfo(kind).max, np.finfo(kind).min
    else:
        flat[:] = {
            "all NaN": np.nan, "all +inf": np.inf, "all -inf": -np.inf, "constant": 7.25,
            "minus zero": -0.0, "beyond single": 1e300,
        }[name]  # fmt: skip
    return pixels


def of_kind(kind: str, shape: tuple[int, ...] = (SIDE, SIDE + 5)) -> np.ndarray:
    """Gives an array of a type, from one end of what it can hold to the other."""
    found = np.dtype(kind)
    if found.kind in "iu":
        ends = np.iinfo(found)
        steps = np.linspace(float(ends.min), float(ends.max), int(np.prod(shape)))
        with np.errstate(invalid="ignore"):
            pixels = np.clip(steps, float(ends.min), float(ends.max) * 0.999).astype(found)
        pixels[0], pixels[-1] = ends.min, ends.max
        return pixels.reshape(shape)
    return np.random.default_rng(3).uniform(-9, 9, shape).astype(found)


def _strided() -> Iterator[tuple[str, np.ndarray]]:
    base = np.random.default_rng(4).uniform(0, 255, (60, 50, 3)).astype(np.float32)
    yield "negative strides", base[::-1, ::-1, ::-1]
    yield "every third", base[::3, ::2]
    yield "transposed", base.transpose(1, 0, 2)
    yield "columns first", np.asfortranarray(base[..., 0])
    yield "one value throughout", np.broadcast_to(np.float32(7), (40, 30))
    yield "one row throughout", np.broadcast_to(np.arange(30, dtype=np.uint16), (40, 30))
    windows = np.lib.stride_tricks.sliding_window_view(np.arange(90, dtype=np.uint8), 50)
    yield "overlapping rows", windows
    frozen = base.astype(np.uint8)
    frozen.flags.writeable = False
    yield "read-only", frozen
    unaligned = np.frombuffer(b"x" + base[..., 0].tobytes(), np.uint8)[1:].view(np.float32)
    yield "unaligned", unaligned.reshape(60, 50)
    record = np.zeros((20, 30), [("skip", "u1"), ("value", "<f4")])
    record["value"] = base[:20, :30, 0]
    yield "a field of records", record["value"]
    yield "masked", np.ma.masked_greater(base[..., 0], 99)


def shown() -> list[tuple[str, np.ndarray]]:
    """Gives what can be shown, the most trying first."""
    found = [(f"{name} values", valued(name, kind="f8" if "beyond" in name else "f4"))
             for name in VALUES]  # fmt: skip
    found += [(f"{rows} x {columns}", of_kind("u1", (rows, columns)))
              for rows, columns in ((1, 1), (1, 5000), (5000, 1), (2, 1), (1, 3), (3, 4001))]
    found += [(f"{rows} x {columns} of NaN", valued("all NaN", (rows, columns)))
              for rows, columns in ((1, 1), (1, 5000), (5000, 1))]  # fmt: skip
    found += [(f"type {kind}", of_kind(kind)) for kind in KINDS]
    found += list(_strided())
    found += [(f"{name} colours", valued(name, (SIDE, SIDE, 3))) for name in VALUES[:5]]
    found.append(("one channel", of_kind("u1", (9, 9, 1))))
    found.append(("f16 with inf", valued("mixed", kind="f2")))
    return found


def refused() -> list[tuple[str, np.ndarray]]:
    """Gives what is no picture."""
    objects = np.empty((5, 5), object)
    objects[:] = [[{"a": 1}] * 5] * 5
    return [
        ("five channels", np.zeros((9, 9, 5), np.uint8)),
        ("objects", objects),
        ("complex64", np.ones((9, 9), np.complex64)),
        ("complex128", np.full((9, 9), 1j)),
        ("empty", np.zeros((0, 0), np.uint8)),
        ("no rows", np.zeros((0, 9), np.float32)),
        ("no columns", np.zeros((9, 0, 3), np.uint8)),
        ("no channels", np.zeros((9, 9, 0), np.uint8)),
        ("two channels", np.zeros((9, 9, 2), np.uint8)),
        ("four channels", np.zeros((9, 9, 4), np.uint8)),
        ("a value", np.array(3.0)),
        ("a row", np.arange(9.0)),
        ("a film", np.zeros((3, 9, 9, 3), np.uint8)),
        ("ten dimensions", np.zeros((1,) * 10)),
        ("text", np.array([["a", "b"]])),
        ("bytes", np.array([[b"a", b"b"]])),
        ("dates", np.zeros((4, 4), "datetime64[s]")),
        ("spans of time", np.zeros((4, 4), "timedelta64[s]")),
        ("records", np.zeros((4, 4), [("a", "f4"), ("b", "u1")])),
        ("void", np.zeros((4, 4), "V7")),
    ]
