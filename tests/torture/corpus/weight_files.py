"""Files of weights: NumPy arrays of every type and shape, archives, tables, and lies in headers."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile

import numpy as np

from corpus.kind import DECODES, EITHER, REFUSE, Kind, cut

BANK = np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2) / 7
WINDOW = np.array([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]])


def npy(values: np.ndarray, **options: bool) -> bytes:
    """Gives what NumPy writes."""
    buffer = io.BytesIO()
    np.save(buffer, values, **options)
    return buffer.getvalue()


def headed(text: str | bytes, data: bytes = WINDOW.tobytes(), version: int = 1) -> bytes:
    """Gives an .npy file with a header of one's own."""
    head = text if isinstance(text, bytes) else text.encode("latin1")
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(head))
    return b"\x93NUMPY" + bytes([version, 0]) + length + head + data


def said(descr: str = "'<f8'", shape: str = "(3, 3)", order: str = "False", more: str = "") -> str:
    """Gives the words of a header."""
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, {more}}}"


def npz(**members: bytes) -> bytes:
    """Gives an archive of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class Trap:
    """Makes a pickle that calls a function when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return print, ("code from a file was run",)


def kinds() -> list[Kind]:
    """Gives the files."""
    objects = np.array([[Trap()]], dtype=object)
    good = npy(WINDOW)
    sound = {
        f"type-{descr[1:]}-{'big' if descr[0] == '>' else 'little'}.npy": npy(WINDOW.astype(descr))
        for descr in ("<f2", "<f4", "<f8", ">f4", ">f8", "<i2", ">i4", "<i8", "<u2", "<u8", "|u1",
                      "|i1", "|b1")
    } | {
        "bank.npy": npy(BANK), "columns-first.npy": npy(np.asfortranarray(WINDOW)), "one.npy":
        npy(np.ones((1, 1))), "version-2.npy": headed(said(), version=2),
        "version-3.npy": headed(said(), version=3),
        "table.csv": b"1,2,1\n2,4,2\n1,2,1\n", "table.txt":
        b"1 2 1\n2 4 2\n1 2 1\n", "semicolons.csv": b"0,5;0,25\n1;2\n", "utf16.txt":
        "1 2\n3 4\n".encode("utf-16"), "mark.csv": b"\xef\xbb\xbf1,2\n3,4\n", "comment.txt":
        b"# a filter\n1 2\n3 4\n", "fractions.txt": b"1/9 1/9\n1/9 1/9\n",
        "longdouble.npy": npy(WINDOW.astype(np.longdouble)),
    }  # fmt: skip
    refused = {
        "empty.npy": b"", "magic.npy": b"\x93NUMPI" + good[6:], "magic-alone.npy": good[:6],
        "version-9.npy": headed(said(), version=9), "header-cut.npy": good[:40], "data-cut.npy":
        good[:-8], "data-missing.npy": headed(said(), b""), "object.npy":
        npy(objects, allow_pickle=True), "pickle.npy": pickle.dumps(Trap()), "complex.npy":
        npy(WINDOW.astype(complex)), "text.npy": npy(np.array([["a", "b"]])), "bytes.npy":
        npy(np.array([[b"a"]])), "dates.npy": npy(np.array([["2020-01-01"]], "M8[D]")),
        "record.npy":
        npy(np.zeros((2, 2), [("a", "<f4")])), "void.npy": npy(np.zeros((2, 2), "V8")), "nan.npy":
        npy(np.full((3, 3), np.nan)), "infinity.npy": npy(np.full((3, 3), np.inf)), "scalar.npy":
        npy(np.float64(3)), "1-d.npy": npy(np.ones(9)), "3-d.npy": npy(np.ones((3, 3, 3))),
        "5-d.npy":
        npy(np.ones((1, 1, 1, 3, 3))), "no-rows.npy": npy(np.ones((0, 3))), "wide.npy":
        npy(np.ones((1, 300))), "shape-huge.npy": headed(said(shape=f"({2**33}, {2**33})")),
        "shape-2-16.npy": headed(said(shape="(65536, 65536, 255, 255)")), "shape-negative.npy":
        headed(said(shape="(-3, -3)")), "shape-true.npy": headed(said(shape="(True, 3)")),
        "shape-float.npy": headed(said(shape="(3.0, 3.0)")), "shape-text.npy":
        headed(said(shape="'33'")), "shape-list.npy": headed(said(shape="[3, 3]")),
        "shape-100d.npy":
        headed(said(shape=f"({'1,' * 100})")), "descr-nonsense.npy": headed(said("'<q99'")),
        "descr-number.npy": headed(said("8")), "descr-pickle.npy": headed(said("'O'"),
        pickle.dumps(objects)), "order-number.npy": headed(said(order="1")), "key-extra.npy":
        headed(said(more="'more': 1")), "key-missing.npy": headed("{'descr': '<f8'}"),
        "header-list.npy":
        headed("[1, 2, 3]"), "header-code.npy": headed("__import__('os').system('true')"),
        "header-deep.npy": headed("(" * 5000 + ")" * 5000), "header-zeros.npy": headed(bytes(100)),
        "header-not-text.npy": headed(b"\xff\xfe" * 50), "header-40000.npy":
        headed(said(more=" " * 40_000)),
        "header-length-lies.npy": good[:8] + b"\xff\xff" + good[10:],
        "header-2-32.npy": b"\x93NUMPY\2\0\xff\xff\xff\xff" + bytes(99), "named.npy":
        b"1 2 1\n2 4 2\n1 2 1\n", "archive.npy": npz(**{"a.npy": good}), "object.npz":
        npz(**{"a.npy": npy(objects, allow_pickle=True)}), "traversal.npz":
        npz(**{"../../../tmp/out.npy": good, "/etc/out.npy": good, "a": b"text"}), "no-members.npz":
        npz(), "cut.npz": cut(npz(**{"a.npy": good}), 0.6), "members-no-arrays.npz":
        npz(**{"a.txt": b"text"}), "nested.npz": npz(**{"a.npz": npz(**{"b.npy": good})}),
        "damaged.npz": npz(**{"a.npy": good}).replace(b"NUMPY", b"NUMPX"), "bomb.npz":
        npz(**{"a.npy": headed(said(shape="(4096, 4096)"), bytes(4096 * 4096 * 8))}), "empty.csv":
        b"", "letters.csv": b"a,b\nc,d\n", "ragged.csv": b"1,2\n3\n", "wide.csv": b"1," * 300,
        "zeros.txt": bytes(500), "not-text.txt": b"\xff\x80" * 90, "infinity.txt": b"inf 1\n1 1\n",
        "nan.csv": b"nan,1\n", "huge-number.txt": b"1e999 1\n", "division.txt": b"1/0 1\n",
        "long.csv": b"1," * 1_000_000, "formula.csv": b"=1+1,2\n", "long-number.txt": b"9" * 6000,
        "weights.bin": WINDOW.tobytes(), "weights.json": b"[[1, 2], [3, 4]]", "weights.pkl":
        pickle.dumps(WINDOW), "weights.pt": b"PK\3\4" + bytes(90),
    }  # fmt: skip
    either = {"trailing.npy": good + bytes(40),
    "python2.npy": headed(said(shape="(3L, 3L)")),
              "one.npz": npz(**{"a.npy": good}), "two.npz": npz(**{"a.npy": good, "b.npy": good})}
    verdicts = ((sound, DECODES), (refused, REFUSE), (either, EITHER))
    return [
        Kind(f"weights-{name}", data, verdict, weights=True)
        for group, verdict in verdicts for name, data in group.items()
    ]  # fmt: skip
