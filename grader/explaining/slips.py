"""Single slips: a product left out, a sign lost, a neighbouring pixel taken, the bias forgotten."""

from __future__ import annotations

from ..model import Explanation
from .wrong import Wrong


def slipped(wrong: Wrong) -> Explanation | None:  # noqa: ARG001
    """Name the slip that made the only wrong cell."""
    return None
