"""What tasks and answers travel by, between a worker and the process that waits for it."""

from __future__ import annotations

from typing import Protocol


class Line(Protocol):
    """Carries messages whole, in both directions; `multiprocessing` calls it a connection."""

    def send_bytes(self, data: bytes, /) -> None:
        """Send a message."""

    def recv_bytes(self, most: int | None = None, /) -> bytes:
        """Wait for a message of at most so many bytes; the end of the line raises `EOFError` or `OSError`."""

    def close(self) -> None:
        """End the line on this side."""
