"""What is wrong with an expression, and where."""

from __future__ import annotations

from ..document import Message


class ExpressionError(ValueError):
    """An expression that cannot be read or computed.

    Attributes
    ----------
    reason
        What was found, and what was expected; a message where students can meet it.
    position
        The character, counted from 0.
    """

    def __init__(self, reason: Message | str, position: int) -> None:
        super().__init__(f"at character {position + 1}: {reason}")
        self.reason = reason
        self.position = position

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what it was made of: workers hand their errors over."""
        return type(self), (self.reason, self.position)
