"""What happens to an answer that cannot be read: it waits for a human, with a reason."""

from __future__ import annotations

from ...generator.document import Message


class Unreadable(Exception):  # noqa: N818 - nothing failed: the answer is set aside
    """An answer that cannot be read.

    Attributes
    ----------
    reason
        What was found and what was expected, for the student and for the human who will look; `str` writes
        it in English.
    position
        Where, as a column that counts from 0, or None where it is no single place.
    meanings
        The few options that it could mean, where it names more than one.
    """

    def __init__(self, reason: Message, position: int | None = None, meanings: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position
        self.meanings = meanings
