"""The argument zoo: whatever is handed over, the right result comes back or one clear sentence."""

from __future__ import annotations

import array
import datetime
import traceback

import numpy as np
from kernel_scenes import Scene, off
from scorecard import Score

from cyconv import (
    LSH,
    Differential,
    Exact,
    Facts,
    Frame,
    Geometry,
    LowRank,
    PreparedFilters,
    bits,
    choose,
    compare,
    convolve,
    convolve_batch,
    drift,
    filters,
    predict,
)  # fmt: skip
from cyconv.members import cluster_ids

RNG = np.random.default_rng(5)
GOOD = {"image": RNG.integers(0, 9, (2, 6, 7)).astype(np.float32), "filters": np.ones((2, 2, 3, 3))}


class Nasty:
    """An object that gives no sensible answer to anything."""

    def __repr__(self):
        raise RuntimeError("no name")

    def __bool__(self):
        raise RuntimeError("neither")


def frozen(values):
    values.flags.writeable = False
    return values


SCALARS = [
    None, True, False, 0, -1, -5, 1, 2, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 2**64, -(2**70),
    10**5000, 0.0, 1.0, 1.5, -0.0, 1e308, float("nan"), float("inf"), -float("inf"), 1j, "", "2",
    "same", "first", "x" * 100_000, "\n", b"2", (), (1,), (1, 2), (1, -1), (2, 1, 3), (True, 1),
    (None, 1), (1, 2**40), [2, 1], {}, {1: 2}, {1, 2}, range(2), iter([1]), object(), Nasty(),
    int, np.int64(2), np.uint8(1), np.float64(2), np.float32("nan"), np.bool_(True), np.array(2),
    np.array([1, 2]), np.zeros((50, 50)), np.str_("same"), np.datetime64("2020"), slice(1),
    datetime.date(2020, 1, 1), NotImplemented, ..., lambda *_: None,
]  # fmt: skip


def arrays():
    """Gives what may be handed over in place of an array."""
    kinds = [
        "?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", ">f4", ">f8", ">u2",
        "g", "c8", "c16", "O", "U3", "S3", "M8[s]", "m8[s]", "V8", [("a", "f4"), ("b", "u1")],
    ]  # fmt: skip
    shapes = [(2, 6, 7), (6, 7), (2, 2, 3, 3), (3, 3), (2,), ()]
    for kind in kinds:
        yield from (np.zeros(shape, kind) for shape in shapes)
    ready = np.arange(84.0).reshape(2, 6, 7)
    for base in (ready, RNG.normal(size=(2, 2, 3, 3)), np.arange(2.0)):
        yield from (base.astype("f4"), base[..., ::-1], base.T, np.asfortranarray(base))
        yield from (frozen(base.copy()), np.repeat(base, 2, -1)[..., ::2], base[:0], base[..., :0])
        for value in (np.nan, np.inf, -np.inf, 1e300, 5e-324, -0.0):
            special = base.copy()
            special.flat[::5] = value
            yield special
        yield np.broadcast_to(np.float32(3), base.shape)
        yield np.ma.masked_array(base, base > 3)
        yield np.ma.masked_array(base)
        yield base.view(np.recarray)
        yield base.tolist()
        yield memoryview(np.ascontiguousarray(base))
        yield base[None]
        yield base[None, None, None]
    yield np.eye(6).view(np.matrix)
    deep = []
    for _ in range(200):
        deep = [deep]
    yield from (deep, [[1], [2, 3]], [[2**70]], [["a"]], [[None]], [], [[]], [[[]]], [[1, 2], [3]])
    yield from (array.array("f", [1, 2]), bytearray(b"123"), np.zeros((1,) * 40), np.zeros((3, 0)))
    yield from ([np.zeros((2, 2)), np.zeros((2, 3))], [Nasty()], np.empty((0, 0, 0, 0)))


def outs():
    """Gives what outputs might be written to: right ones, and every kind of wrong one."""
    shape = (2, 4, 5)
    yield from (np.empty(shape, "f4"), np.asfortranarray(np.empty(shape, "f4")))
    yield from (np.empty((2, 4, 10), "f4")[..., ::2], np.empty(shape, "f4")[:, ::-1, ::-1])
    yield from (np.empty(shape, kind) for kind in ("f8", "i4", "O", ">f4", "c8", "f2", "?"))
    yield from (np.empty((2, 4), "f4"), np.empty((2, 5, 4), "f4"), np.empty((), "f4"), [[0.0]])
    yield frozen(np.empty(shape, "f4"))
    yield np.broadcast_to(np.float32(0), shape)
    yield np.ma.masked_array(np.zeros(shape, "f4"), True)
    yield np.lib.stride_tricks.as_strided(np.zeros(40, "f4"), shape, (0, 20, 4))
    yield np.lib.stride_tricks.as_strided(np.zeros(40, "f4"), shape, (16, 8, 4))
    yield np.lib.stride_tricks.as_strided(np.zeros(40, "f4"), shape, (80, 20, 4))
    room = np.zeros(81 + 40, "u1")
    yield room[1:161].view("f4").reshape(shape) if room.size >= 161 else np.zeros(161, "u1")[
        1:
    ].view("f4").reshape(shape)


def sentence(error: BaseException) -> bool:
    """Tells whether an error says in one sentence what is wrong."""
    text = str(error)
    return bool(text.strip()) and "\n" not in text and len(text) < 500


class Zoo:
    """Calls with one argument changed at a time, and counts what came of each."""

    def __init__(self, score: Score, every: int) -> None:
        self._score, self._every, self._met = score, every, score.seed

    def meet(self, call, good, name, values, right=None, *, memory=False):
        """Hands each of some values over; ``right`` tells whether a result is the right one."""
        for index, value in enumerate(values):
            self._met += 1
            if self._met % self._every:
                continue
            given = {**good, name: value}
            what = f"{getattr(call, '__name__', call)}, {name} number {index} ({type(value)})"
            try:
                result = call(**given)
            except (ValueError, TypeError) as error:
                wrong = "" if sentence(error) else f"more than a sentence: {str(error)[:300]!r}"
            except MemoryError as error:
                wrong = "" if sentence(error) and memory else f"MemoryError: {error}"
            except Exception:  # any other kind is the finding
                wrong = traceback.format_exc(limit=-3)
            else:
                try:
                    wrong = right(result, given) if right else ""
                except Exception:  # what nobody can make sense of was taken without a word
                    wrong = "taken without a word: " + traceback.format_exc(limit=-2)
            self._score.case(f"{what}: {wrong}" if wrong else None)


def convolved(result, given):
    """Says what is wrong with a convolution."""
    if isinstance(given["image"], np.ma.MaskedArray) and np.ma.is_masked(given["image"]):
        return "masked pixels were taken for pixels"
    filters_given = given["filters"]
    bank = filters_given.array if isinstance(filters_given, PreparedFilters) else filters_given
    with np.errstate(all="ignore"):
        scene = Scene(
            np.asarray(given["image"]), np.asarray(bank), given.get("geometry", Geometry()),
            None if given.get("bias") is None else np.asarray(given["bias"]),
        )
    with np.errstate(all="ignore"):
        bound = scene.bound + 1e-37
        wanted = scene.wanted
        # What does not fit the type is infinite, and no bound is promised near there.
        huge = scene.magnitude > 0.1 * np.finfo(scene.real).max
        output = np.where(huge, 0, result.output)
        return off(output, np.where(huge, 0, wanted), np.where(huge, 0, bound))


def convolve_out(out):
    image = np.array(GOOD["image"])
    result = convolve(image, GOOD["filters"], out=out)
    if out is not None and result.output is not out:
        raise RuntimeError("out was given, and is not the output")
    return result


def geometry_used(**given):
    return convolve(**GOOD, geometry=Geometry(**given)), Geometry(**given)


def run_zoo(score: Score) -> None:
    """Hands the zoo to every public function; a share of it meets every n-th pair only."""
    zoo = Zoo(score, max(1, round(1 / max(score.share, 0.02) / 4)))
    techniques = Exact(), Differential("previous"), Differential("best", 2), LSH(3), LowRank(2)
    exact = {"technique": Exact()}
    for name in ("image", "filters"):
        zoo.meet(convolve, GOOD | exact, name, [*arrays(), *SCALARS], convolved)
    zoo.meet(convolve, GOOD | exact, "bias", [*arrays(), *SCALARS], convolved)
    for technique in techniques[1:]:
        for name in ("image", "filters", "bias"):
            zoo.meet(convolve, GOOD | {"technique": technique}, name, [*arrays(), *SCALARS])
    zoo.meet(convolve_out, {}, "out", [*outs(), *SCALARS], lambda result, given: convolved(
        result, GOOD
    ))  # fmt: skip
    for name in ("technique", "geometry", "threads", "progress"):
        zoo.meet(convolve, GOOD, name, [*SCALARS, *techniques, Exact, Geometry, np.zeros((2, 2))])
    for name in ("stride", "padding", "dilation", "groups"):
        zoo.meet(
            geometry_used, {}, name, SCALARS,
            lambda result, given: convolved(result[0], GOOD | {"geometry": result[1]}), memory=True,
        )  # fmt: skip
    _settings(zoo)
    _others(zoo)


def _settings(zoo: Zoo) -> None:
    def used(kind):
        def call(**given):
            return convolve(**GOOD, technique=kind(**given))

        call.__name__ = kind.__name__
        return call

    settings = {
        Exact: ({}, ("path",)),
        Differential: ({}, ("reference", "threshold", "residue", "as_published")),
        LSH: ({}, ("hashes", "family", "step", "scope", "representative", "correction",
                   "directions", "seed", "reuse", "as_published", "scope_images")),
        LowRank: ({}, ("hashes", "family", "directions", "seed")),
    }  # fmt: skip
    for kind, (good, names) in settings.items():
        for name in names:
            values = [*SCALARS, *(arrays() if name == "directions" else ())]
            zoo.meet(used(kind), good, name, values, memory=name in ("seed", "hashes"))
    zoo.meet(used(LSH), {"family": "principal"}, "step", SCALARS)
    zoo.meet(used(Differential), {"reference": "previous"}, "threshold", SCALARS)


def _others(zoo: Zoo) -> None:
    output = convolve(**GOOD).output
    frames = np.stack([GOOD["image"]] * 2)
    small = RNG.integers(0, 9, (2, 5, 6)).astype(np.uint8)
    everything = [*arrays(), *SCALARS]
    shapes = {"image_shape": (2, 6, 7), "filters_shape": (2, 2, 3, 3)}
    plain = {"technique": Exact(), **shapes}
    for name in (*plain, "geometry", "facts"):
        zoo.meet(predict, plain, name, [*SCALARS, (2**40, 2**40, 2**40), Facts(), np.zeros(3)])
    for name in ("images", "filters", "bias", "out", "technique", "geometry", "threads"):
        good = {"images": frames, "filters": GOOD["filters"]}
        zoo.meet(convolve_batch, good, name, everything)
    for name in ("output", "reference", "data_range", "progress"):
        good = {"output": output, "reference": output}
        values = SCALARS if name == "data_range" else everything
        zoo.meet(compare, good, name, values)
    for name in ("image", "filters", "threshold", "reference", "geometry", "threads"):
        zoo.meet(drift, {"image": small, "filters": GOOD["filters"], "threshold": 1}, name, (
            everything if name in ("image", "filters") else SCALARS
        ))  # fmt: skip
    for name in ("image", "filters", "budget", "psnr", "geometry"):
        good = {"image": small, "filters": GOOD["filters"]}
        good |= {} if name in ("psnr", "budget") else {"budget": 0.5}
        zoo.meet(choose, good, name, SCALARS if name != "image" else everything)
    for name in ("image", "filters", "technique", "span", "geometry"):
        zoo.meet(cluster_ids, {"image": small, "filters": GOOD["filters"], "technique": LSH()},
                 name, everything if name in ("image", "filters") else SCALARS)  # fmt: skip
    for name in ("image", "output", "reached"):
        zoo.meet(Frame, {"image": small, "output": output}, name, everything)
    zoo.meet(PreparedFilters, {}, "filters", everything)
    zoo.meet(Facts, {}, "clusters", everything)
    zoo.meet(bits.ones, {}, "values", everything)
    zoo.meet(bits.signed_digits, {}, "values", everything)
    for name in ("image", "form"):
        zoo.meet(bits.terms, {"image": small}, name, everything if name == "image" else SCALARS)
    for name in ("name", "size", "count", "channels", "divisor", "sigma", "seed"):
        for preset in ("gabor", "random", "blur"):
            zoo.meet(filters.make, {"name": preset}, name, SCALARS, memory=True)
    zoo.meet(filters.parse, {}, "text", SCALARS)
    zoo.meet(filters.load, {}, "path", [
        each for each in SCALARS if not isinstance(each, int | np.integer | np.bool_)
    ])  # fmt: skip
