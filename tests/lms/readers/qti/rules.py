"""Response and outcome processing: conditions, and outcomes that are set.

A branch is taken where its condition is true; NULL is not true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..refusal import Refused
from . import content, expressions
from .content import Element
from .expressions import Scope

Rule = Callable[[Scope], None]


def read(elements: Sequence[Element], scope: Scope, settable: Sequence[str], where: str) -> Rule:
    """Rules, in their order.

    Parameters
    ----------
    elements
        The rules of a processing, or of a branch.
    scope
        What their expressions may name.
    settable
        The outcomes.
    where
        The file, for refusals.
    """
    rules = [_READERS[content.name_of(element)](element, scope, settable, where) for element in elements]

    def run(now: Scope) -> None:
        for rule in rules:
            rule(now)

    return run


def _set_outcome(element: Element, scope: Scope, settable: Sequence[str], where: str) -> Rule:
    identifier = element.attrib["identifier"]
    at = f"{where}, setOutcomeValue {identifier}"
    if identifier not in settable:
        raise Refused(f"{at}: no such outcome")
    expression = expressions.read(element[0], scope, at)
    if expression.type.base is not None and expression.type != scope.types[identifier]:
        raise Refused(f"{at}: is a {scope.types[identifier]}, and is set to a {expression.type}")

    def run(now: Scope) -> None:
        now.state[identifier] = expression.evaluate(now)

    return run


def _condition(element: Element, scope: Scope, settable: Sequence[str], where: str) -> Rule:
    branches = [_branch(part, scope, settable, where) for part in element]

    def run(now: Scope) -> None:
        for holds, then in branches:
            if holds(now):
                then(now)
                return

    return run


def _branch(
    element: Element, scope: Scope, settable: Sequence[str], where: str
) -> tuple[Callable[[Scope], bool], Rule]:
    if content.name_of(element) == "responseElse":
        return lambda now: True, read(list(element), scope, settable, where)
    condition = expressions.read(element[0], scope, where)
    if condition.type != expressions.BOOLEAN:
        raise Refused(f"{where}, {content.name_of(element)}: a condition that is a {condition.type}")
    return lambda now: condition.evaluate(now) is True, read(element[1:], scope, settable, where)


_READERS = {"setOutcomeValue": _set_outcome, "responseCondition": _condition}
