"""What is wrong with an expression, and where."""

from __future__ import annotations


class ExpressionError(ValueError):
    """An expression that cannot be read or computed.

    Attributes
    ----------
    reason
        What was found, and what was expected.
    position
        The character, counted from 0.
    """

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"at character {position + 1}: {reason}")
        self.reason = reason
        self.position = position
