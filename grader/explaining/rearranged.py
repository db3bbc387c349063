"""Whole maps put down transposed, turned round or shifted."""

from __future__ import annotations

from ..model import Explanation
from .wrong import Wrong


def rearranged(wrong: Wrong) -> Explanation | None:  # noqa: ARG001
    """Name the rearrangement of the key that a wrong map is."""
    return None
