"""Names and places that a file may have, and what must become of each."""

from __future__ import annotations

import os
import socket
from pathlib import Path

DECODES, REFUSE, EITHER = "decodes", "refuse", "either"


class Zoo:
    """Makes the zoo in a folder; ``paths`` gives what stands there and the right verdict.

    Parameters
    ----------
    folder : Path
        An empty folder.
    picture : bytes
        An image that any reader shows.
    """

    def __init__(self, folder: Path, picture: bytes) -> None:
        self.folder, self.picture = folder, picture
        self.paths: dict[str, str] = {}
        self._socket: socket.socket | None = None
        self._names()
        self._links()
        self._no_files()
        self._system()

    def close(self) -> None:
        """Closes what was opened."""
        if self._socket is not None:
            self._socket.close()

    def _write(self, name: bytes | str) -> str:
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        with open(path, "wb") as file:
            file.write(self.picture)
        return os.fsdecode(path)

    def _names(self) -> None:
        """Names that can be written, and some that can't be."""
        for name in (
            "plain.png", "中文 é ñ 🙂.png", b"bad\xff\xfeutf8.png", b"\x80", "new\nline.png",
            "-rf.png", "--help", "x" * 240 + ".png", "noextension", " blanks .png ", "tab\t.png",
            "quote'\".png", "$(touch owned).png", "%s%n.png", "&amp;<b>.png", "back\\slash.png",
            "\x1b[31mred.png", "right\u202eto left.png", ".hidden", "...", "a" * 255, "CON", "~",
            "file:", "{name}.png", "picture.convgui.png", "*.png", "?.png", "\u200b", "e\u0301.png",
        ):  # fmt: skip
            self.paths[self._write(name)] = DECODES
        place = str(self.folder)
        deep = self.folder.joinpath(*["deep" * 50] * 15)
        deep.mkdir(parents=True)
        self.paths[self._write(os.path.join(deep, "far.png"))] = DECODES
        for name in ("missing.png", "y" * 256, "y" * 5000, "plain.png\0", "\0", "\ud800.png",
                     "\udfff\ud800", "plain.png/inside", "no/such/folder.png", "plain.png\n",
                     "PLAIN.png", "../" * 300 + "etc/nothing.png"):  # fmt: skip
            self.paths[f"{place}/{name}"] = REFUSE
        self.paths |= dict.fromkeys((
            "http://127.0.0.1/x.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "\0",
        ), REFUSE)  # fmt: skip
        self.paths["plain.png"] = self.paths["./plain.png"] = DECODES
        self.paths[f"../{self.folder.name}/plain.png"] = DECODES
        self.paths[f"{place}//.//plain.png"] = DECODES
        self.paths[f"{place}/plain.png/"] = EITHER

    def _links(self) -> None:
        place = self.folder
        for name, target in (
            ("loop.png", "loop.png"), ("one.png", "other.png"), ("other.png", "one.png"),
            ("dangling.png", "nowhere.png"), ("to_folder.png", "."), ("to_zero.png", "/dev/zero"),
            ("to_null", "/dev/null"), ("to_self.png", "/proc/self/mem"), ("too_long", "z" * 300),
        ):  # fmt: skip
            (place / name).symlink_to(target)
            self.paths[str(place / name)] = REFUSE
        (place / "link_ok.png").symlink_to("plain.png")
        (place / "link_link.png").symlink_to("link_ok.png")
        os.link(place / "plain.png", place / "hard.png")
        for name in ("link_ok.png", "link_link.png", "hard.png"):
            self.paths[str(place / name)] = DECODES
        for i in range(60):
            (place / f"chain{i}").symlink_to(f"chain{i + 1}")
        self.paths[str(place / "chain0")] = REFUSE

    def _no_files(self) -> None:
        place = self.folder
        os.mkfifo(place / "fifo.png")
        (place / "directory.png").mkdir()
        (place / "empty.png").write_bytes(b"")
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(os.path.relpath(place / "socket.png"))
        for name, size in (("sparse_3g.png", 3 << 30), ("sparse_9g.tif", 9 << 30)):
            with open(place / name, "wb") as file:
                file.truncate(size)
        with open(place / "sparse_picture.png", "wb") as file:
            file.write(self.picture)
            file.truncate(6 << 30)
        for name in ("fifo.png", "directory.png", "empty.png", "socket.png", "sparse_3g.png",
                     "sparse_9g.tif", "sparse_picture.png", ".", "..",
                     "directory.png/"):  # fmt: skip
            self.paths[f"{place}/{name}"] = REFUSE
        self.paths[""] = REFUSE

    def _system(self) -> None:
        """Devices, and files that the system makes up as they are read."""
        for path in ("/dev/zero", "/dev/null", "/dev/full", "/dev/random", "/dev/urandom",
                     "/dev/tty", "/dev/ptmx", "/dev/stdin", "/dev/fd/0", "/proc/self/mem",
                     "/proc/self/maps", "/proc/self/environ", "/proc/cpuinfo", "/proc/self/pagemap",
                     "/proc/self/exe", "/proc/kmsg", "/proc/sys/kernel/random/uuid",
                     "/proc/self/fd",
                     "/sys/kernel/mm/transparent_hugepage/enabled", "/", "/dev", "/etc/passwd",
                     "/proc/self/task", "/proc/1/mem", "/dev/mem", "/proc/kcore"):  # fmt: skip
            self.paths[path] = REFUSE
