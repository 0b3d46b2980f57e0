"""Row 4: what is shown is what the file holds, in every depth, colour, turn and memory."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator

import numpy as np
import tifffile
from corpus import DECODES, FLAG, every
from corpus.png_parts import made, picture
from corpus.png_sound import DEPTHS
from corpus.tiff_parts import tiff_of
from corpus.tiff_sound import arrays
from picture_files import COLOUR, DEEP, EVERY, GRAY, RGB, chunk, saved, tiff
from PIL import Image as Pillow
from PIL import ImageOps
from scorecard import Row, Score

from convgui.fence import Fence
from convgui.model.image import ImageError

FILLS = ("0", "85", "170", "255")
LOSSY = {".jpg": 3, ".avif": 8, ".webp": 3, ".pgm": 1, ".ppm": 1, ".pam": 1}
OWN_TRUTH = {
    "pnm-most-4095.pgm": (DEEP >> 4).astype(np.uint16), "pnm-text16.pgm": DEEP,
    "pnm-colour16.ppm": RGB.astype(np.uint16) * 257, "pnm-grey16.pgm": DEEP,
    "plain-deep.pam": RGB.astype(np.uint16) * 257, "plain-colour.pfm": RGB / np.float32(3),
    "plain-big-endian.pfm": RGB / np.float32(3), "plain-runs.hdr": (RGB // 2 + 128) * np.float32(1),
    # Without a palette there are no colours that could be right.
    "gif-no-palette.gif": None, "tiff-four-bits.tif": (GRAY >> 4) * np.uint8(17),
    "plain-grey.ras": GRAY,
}
Case = tuple[str, bytes, np.ndarray, float]


def run(score: Score) -> None:
    """Compares the share that is asked for."""
    warnings.simplefilter("ignore")
    step = max(1, round(0.5 / score.share))
    fence = Fence()
    kinds: dict[str, int] = {}
    for name, data, wanted, tolerance in list(cases())[score.seed % step :: step]:
        score.case(difference(fence, name, data, wanted, tolerance))
        kinds[name.split(" ")[0]] = kinds.get(name.split(" ")[0], 0) + 1
    fence.close()
    for what, count in kinds.items():
        score.figure(what, str(count))
    _fills(score, step)


def difference(fence: Fence, name: str, data: bytes, wanted: np.ndarray, most: float) -> str | None:
    """Gives how what is read differs from what must be, None where it does not."""
    try:
        image = fence.read_image(data, name="odd.")
    except ImageError as problem:
        return f"{name}: {problem}"
    if image.damaged:
        return f"{name}: marked as damaged: {image.notes}"
    seen = image.pixels
    if seen.ndim == 3 and wanted.ndim == 2:
        wanted = np.repeat(wanted[:, :, None], 3, 2)
    if seen.ndim == 2 and wanted.ndim == 3 and not np.ptp(wanted, axis=2).any():
        wanted = wanted[:, :, 0]
    if seen.shape != wanted.shape:
        return f"{name}: is {seen.shape}, must be {wanted.shape}"
    if wanted.dtype != np.uint8 and seen.dtype == np.uint8:
        return f"{name}: is kept in 8 bits, the file has {wanted.dtype}"
    with np.errstate(invalid="ignore", over="ignore"):
        wanted = wanted.astype(np.float64)
        off = np.abs(seen.astype(np.float64) - wanted.astype(np.float32))
        off[(seen == wanted) | (np.isnan(seen) & np.isnan(wanted))] = 0
    if not off.max() <= most:
        where = np.unravel_index(np.nanargmax(np.nan_to_num(off, nan=np.inf)), off.shape)
        return f"{name}: at {where} {seen[where]} must be {wanted[where]}"
    return None


def cases() -> Iterator[Case]:
    """Gives names, files, the pixels that they hold, and how far off lossy coding may be."""
    yield from _png()
    yield from _tiff()
    yield from _turned()
    for name, (data, pixels, tolerance) in EVERY.items():
        wanted = pixels.astype(np.uint8) if pixels.dtype == np.int64 else pixels
        yield f"written {name}", data, wanted, tolerance
    for name, wanted in OWN_TRUTH.items():
        if wanted is not None:
            yield f"own {name}", every()[name].data, wanted, 0
    yield from _printing_colours()
    yield from _as_pillow_reads()


def _printing_colours() -> Iterator[Case]:
    """Gives pictures in CMYK without black, which turns back into the same RGB."""
    large = np.kron(RGB, np.ones((4, 4, 1), np.uint8))
    printed = Pillow.fromarray(large).convert("CMYK")
    yield "cmyk JPEG", saved(printed, "JPEG", quality=95), large, 4
    for compression in (None, "tiff_lzw", "packbits", "tiff_deflate"):
        yield f"cmyk TIFF {compression}", saved(printed, "TIFF", compression=compression), large, 1


def _png() -> Iterator[Case]:
    for bits, colour in DEPTHS:
        samples = picture(bits, colour)
        if colour == 3:
            palette = np.arange(3 << bits).reshape(-1, 3) * 83 % 256
            wanted = palette[samples[:, :, 0]].astype(np.uint8)
        else:
            wanted = samples[:, :, :3] if colour in (2, 6) else samples[:, :, 0]
            scale = 255 // ((1 << bits) - 1) if bits < 8 else 1
            wanted = (wanted * scale).astype(np.uint16 if bits == 16 else np.uint8)
        for laced in (False, True):
            name = f"png {bits} bits, colour type {colour}{', interlaced' if laced else ''}"
            yield name, made(bits, colour, interlaced=laced), wanted, 0
    transparent = made(8, 3, chunk(b"tRNS", bytes(range(256))))
    samples = picture(8, 3)[:, :, 0]
    palette = np.arange(768).reshape(-1, 3) * 83 % 256
    yield "png palette with transparency", transparent, palette[samples].astype(np.uint8), 0


def _tiff() -> Iterator[Case]:
    for name, (values, options) in arrays().items():
        wanted = values
        if "separate" in options.values():
            wanted = np.moveaxis(values, 0, 2)
        if name == "stack":
            wanted = values[0]
        if options.get("photometric") == "miniswhite":
            wanted = np.iinfo(values.dtype).max - values
        if values.dtype == bool:
            wanted = values.astype(np.uint8) * 255
        yield f"tiff {name}", tiff(values, **options), wanted[:, :, :3] if wanted.ndim == 3 else (
            wanted), 0  # fmt: skip
    for bits in (1, 2, 4, 8, 12):
        values = np.add.outer(np.arange(9), np.arange(40)) % (1 << bits)
        each = np.unpackbits(values.astype(">u2").view(np.uint8).reshape(9, 40, 2), axis=2)
        rows = np.packbits(each[:, :, 16 - bits :].reshape(9, -1), axis=1).tobytes()
        if bits > 8:
            yield "tiff of 12 bits", tiff_of(40, 9, [rows], {258: bits}), values.astype("u2"), 0
            continue
        palette = np.add.outer(np.arange(3) * 50, np.arange(1 << bits) * 83) % 256
        for order in "<>":
            fields = {258: bits, 262: 3, 320: (palette * 257).ravel().tolist()}
            data = tiff_of(40, 9, [rows], fields, order=order)
            wanted = palette[:, values].transpose(1, 2, 0).astype(np.uint8)
            yield f"tiff palette of {bits} bits {order}", data, wanted, 0


def _turned() -> Iterator[Case]:
    """Gives each orientation in four formats; Pillow turns what it reads itself."""
    for orientation in range(1, 9):
        exif = Pillow.Exif()
        exif[274] = orientation
        for kind, options in (("PNG", {}), ("JPEG", {"quality": 95, "subsampling": 0}),
                              ("WEBP", {"lossless": True}), ("TIFF", {})):  # fmt: skip
            data = saved(COLOUR, kind, exif=exif, **options)
            wanted = np.asarray(ImageOps.exif_transpose(Pillow.open(io.BytesIO(data))))
            yield f"turned {kind} {orientation}", data, wanted, 3 if kind == "JPEG" else 0
            by_hand = np.rot90(RGB, {3: 2, 6: 3, 8: 1}.get(orientation, 0))
            if orientation in (3, 6, 8):
                yield f"turned {kind} {orientation} by hand", data, by_hand, 9


def _as_pillow_reads() -> Iterator[Case]:
    """Gives the sound files of the corpus that Pillow reads in the depth that they have."""
    for kind in every().values():
        # Pillow makes eight bits of these, or spreads twelve bits over sixteen.
        if kind.verdict != DECODES or kind.weights or kind.name in OWN_TRUTH:
            continue
        try:
            with Pillow.open(io.BytesIO(kind.data)) as image:
                image.load()
                shown = ImageOps.exif_transpose(image)
        except Exception:
            continue
        tagged = kind.name.startswith(("tiff", "png-16", "png-interlaced-16", "png-trns-rgb16"))
        if shown.mode in ("CMYK", "YCbCr", "LAB") or (tagged and "tiff" not in kind.name):
            continue
        if tagged and _deeper(kind.data, shown.mode):
            continue
        if shown.mode in ("P", "PA"):
            shown = shown.convert("RGB")
        elif shown.mode in ("1", "LA", "La"):
            shown = shown.convert("L")
        pixels = np.asarray(shown)
        if pixels.dtype == np.int32 and pixels.max() < 65536 and not tagged:
            pixels = pixels.astype(np.uint16)
        tolerance = LOSSY.get(os.path.splitext(kind.name)[1], 0)
        if kind.name.startswith("bmp-16"):
            tolerance = 1
        if kind.name.startswith("named-wrongly"):
            tolerance = max(tolerance, 8)
        yield f"pillow {kind.name}", kind.data, pixels[:, :, :3] if pixels.ndim == 3 else (
            pixels), tolerance  # fmt: skip


def _deeper(data: bytes, mode: str) -> bool:
    """Tells whether a TIFF has more than Pillow's mode holds, or colours that it mixes itself."""
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages[0]
        several = page.samplesperpixel > 1
        return (several and page.bitspersample > 8) or int(page.photometric) in (0, 6, 8) or (
            page.dtype is not None and page.dtype.kind == "i") or int(page.compression) == 7


def _fills(score: Score, step: int) -> None:
    """Reads everything with memory filled in different ways before it is used."""
    kinds = [
        kind for kind in every().values() if kind.verdict in (DECODES, FLAG) and not kind.weights
    ][:: step]  # fmt: skip
    first: dict[str, bytes] = {}
    for fill in FILLS:
        os.environ["MALLOC_PERTURB_"] = fill
        fence = Fence()
        for kind in kinds:
            try:
                image = fence.read_image(kind.data)
                seen = bytes([image.damaged]) + image.pixels.tobytes()
            except ImageError as problem:
                seen = str(problem).encode()
            before = first.setdefault(kind.name, seen)
            score.check(seen == before, f"{kind.name} differs where memory was filled with {fill}")
        fence.close()
    os.environ.pop("MALLOC_PERTURB_", None)
    score.figure("fill patterns", f"{len(FILLS)} x {len(kinds)}")


ROW = Row(4, "Pixels equal those of the file", run, quick=0.2)
