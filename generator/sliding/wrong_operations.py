"""Known ways to confuse cross-correlation and convolution: each a slip that `OperationPair` consults.

They fit a given with ``ask`` (``compute``, ``made`` or ``agree``) and ``library``.
"""

from __future__ import annotations

from typing import Any

from ..changes import slip
from ..model import Misconception


def _slip(name: str, *asks: str) -> Misconception[Any]:
    """Make a misconception about questions that ask for this."""
    return slip(name, lambda given: given.ask in asks)


OPERATION_MISCONCEPTIONS = (
    _slip("operations_swapped", "compute", "made"),
    _slip("no_flip", "compute", "made", "agree"),
    _slip("extra_flip", "compute", "made"),
    _slip("flip_rows_only", "compute", "made", "agree"),
    _slip("flip_columns_only", "compute", "made", "agree"),
    _slip("transpose_kernel", "compute", "made", "agree"),
    _slip("started_late", "compute"),
    _slip("convolution_from_the_start", "compute", "made"),
    _slip("sign_overlooked", "agree"),
    slip("library_convolution", lambda given: given.library),
)
