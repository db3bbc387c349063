"""Titles that end in the code of a paper, and are not longer than platforms keep them."""

from __future__ import annotations

from collections.abc import Callable

MOST = 255
"""Characters that Moodle and Canvas keep; a longer one loses its end, or stops an import."""

_CUT = " …"


def shortened(title: str, most: int = MOST, written: Callable[[str], str] = str) -> str:
    """Return a title as it is written, cut so that it is no longer than that."""
    if len(whole := written(title)) <= most:
        return whole
    beginnings = (written(f"{title[:end].rstrip()}{_CUT}") for end in range(most, -1, -1))
    return next((each for each in beginnings if len(each) <= most), "")


def with_code(title: str, code: str, written: Callable[[str], str] = str) -> str:
    """Return a title with a code behind it, which is never cut."""
    behind = f" [{code}]"
    return shortened(title, MOST - len(behind), written) + behind
