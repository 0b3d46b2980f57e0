"""How GIF packs its codes: the lowest bit first, across the bytes, in blocks."""

from __future__ import annotations


class Codes:
    """Takes codes of any width; ``written`` holds the bytes that are full."""

    def __init__(self) -> None:
        self.written = bytearray()
        self._held = self._place = 0

    def put(self, code: int, width: int) -> None:
        """Appends a code of so many bits."""
        self._held |= code << self._place
        self._place += width
        while self._place >= 8:
            self.written.append(self._held & 255)
            self._held >>= 8
            self._place -= 8

    def blocks(self) -> bytes:
        """Gives all, the rest of the last byte zeros, in blocks with the empty one at the end."""
        if self._place:
            self.written.append(self._held & 255)
            self._held = self._place = 0
        return b"".join(blocks(bytes(self.written))) + b"\0"


def blocks(data: bytes) -> list[bytes]:
    """Gives data in blocks of at most 255 bytes, each behind its length."""
    return [bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255)]
