"""How padding and output padding of a transposed convolution are worded."""

from __future__ import annotations

from typing import Any

from ..document import Message, say
from .misread_stamps import sizes_of, window_of


def is_row(given: Any) -> bool:
    """Say whether the map is a sequence."""
    return sizes_of(given)[0] == window_of(given)[0] == 1


def along(given: Any, pair: tuple[int, int]) -> tuple[int, int]:
    """Return what holds for both axes; of a sequence, along it."""
    return (pair[1], pair[1]) if is_row(given) else pair


def cropping_sentence(given: Any) -> Message:
    """Say what padding does."""
    if is_row(given):
        return say("The padding is then cut off the output, at both ends.")
    return say(
        "The padding is then cut off the output: that many rows above and below, and that many columns left "
        "and right."
    )


def extra_sentence(given: Any) -> Message:
    """Say what output padding does."""
    if is_row(given):
        return say(
            "The output padding makes the output longer at its end only: that many cells fewer are cut off "
            "there, and what lies beyond all results is 0."
        )
    return say(
        "The output padding makes the output larger at its end only: that many rows fewer are cut off at the "
        "bottom, and that many columns fewer on the right; what lies beyond all results is 0."
    )
