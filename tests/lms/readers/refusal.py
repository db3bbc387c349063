"""What the readers of packages raise."""

from __future__ import annotations

from collections.abc import Iterable


class Refused(ValueError):  # noqa: N818
    """The platform would refuse this, or take it in other than it is written."""


def need(condition: object, where: str, why: str) -> None:
    """Refuse with the place and the reason, unless the condition holds."""
    if not condition:
        raise Refused(f"{where}: {why}")


def repeated(names: Iterable[str]) -> str:
    """Return the first name that occurs twice; empty if none does."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""
