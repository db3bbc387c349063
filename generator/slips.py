"""Wrong turns that a solver consults, for misconceptions that no change of the given can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from .model import Case, Misconception

Change: TypeAlias = Callable[[Case[Any]], Case[Any] | None]
"""The case as somebody with a misconception sees it, or None where it makes no sense."""


def slip(name: str, applies: Callable[[Any], object]) -> Misconception[Any]:
    """Return the misconception that is a slip of this name, where it applies to what is given."""

    def change(case: Case[Any]) -> Case[Any] | None:
        return replace(case, slips=case.slips | {name}) if applies(case.given) else None

    return Misconception(name, change)
