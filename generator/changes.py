"""Changes of a case, of which misconceptions are made: shared by all kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from .model import Case, Misconception

Change: TypeAlias = Callable[[Case[Any]], Case[Any] | None]
"""The case as somebody sees it, or None where that makes no sense."""

Applies: TypeAlias = Callable[[Any], Any]
"""Whether something can go wrong with a given."""


def with_given(case: Case[Any], **changes: Any) -> Case[Any]:
    """Return the case with another given."""
    return replace(case, given=replace(case.given, **changes))


def where(applies: Applies, change: Change) -> Change:
    """Change a case only if its given is like this."""
    return lambda case: change(case) if applies(case.given) else None


def slipped(case: Case[Any], name: str) -> Case[Any]:
    """Return the case with a wrong turn that its solver consults."""
    return replace(case, slips=case.slips | {name})


def slip(name: str, applies: Applies = lambda _: True) -> Misconception[Any]:
    """Return a wrong turn that the solver consults, where the given is like this."""
    return Misconception(name, where(applies, lambda case: slipped(case, name)))


def rounded_as(wrong: Literal["floor", "ceil"], size: Callable[[Case[Any]], Any]) -> Change:
    """Round the size of an output this way, where that changes it."""

    def change(case: Case[Any]) -> Case[Any] | None:
        changed = replace(case, conventions=replace(case.conventions, rounding=wrong))
        return changed if size(changed) != size(case) else None

    return change
