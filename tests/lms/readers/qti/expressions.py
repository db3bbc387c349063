"""Expressions of QTI 2.1, typed when they are read and worked out when responses are in.

NULL is ``None``: a comparison with it is NULL, a sum with it is NULL, and NULL is not true.
"""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..refusal import Refused
from . import content, values
from .content import Element
from .values import CONTAINERS, NUMERIC, Single, Type, Value

BOOLEAN = Type("single", "boolean")
FLOAT = Type("single", "float")


@dataclass(frozen=True)
class MapTo:
    """The mapping of a response to a number: entries, what everything else counts, bounds."""

    entries: Mapping[Single, float]
    default: float
    lower: float = -math.inf
    upper: float = math.inf


@dataclass
class Scope:
    """What expressions may name.

    Attributes
    ----------
    types
        Of responses and outcomes.
    correct
        Correct responses.
    mappings
        Of responses.
    state
        The values at this moment.
    items
        The outcomes of each item, for the outcomes of a test; nothing while an item is processed.
    null_is_zero
        Compare NULL as 0. The specification does not; engines in JavaScript were seen to.
    """

    types: Mapping[str, Type]
    correct: Mapping[str, Value] = field(default_factory=dict)
    mappings: Mapping[str, MapTo] = field(default_factory=dict)
    state: dict[str, Value] = field(default_factory=dict)
    items: list[Mapping[str, Value]] | None = None
    null_is_zero: bool = False


@dataclass(frozen=True)
class Expression:
    """An expression: its type, and how it is worked out."""

    type: Type
    evaluate: Callable[[Scope], Value]


def read(element: Element, scope: Scope, where: str) -> Expression:
    """An element as an expression, its operands' types checked."""
    name = content.name_of(element)
    at = f"{where}, {name}"
    operands = [read(part, scope, where) for part in element]
    if name in _LEAVES:
        return _LEAVES[name](element, scope, at)
    return _OPERATORS[name](operands, element, at)


def _named(element: Element, known: Mapping[str, object], at: str) -> str:
    identifier = element.attrib["identifier"]
    if identifier not in known:
        raise Refused(f"{at}: no {identifier}")
    return identifier


def _variable(element: Element, scope: Scope, at: str) -> Expression:
    identifier = _named(element, scope.types, at)
    return Expression(scope.types[identifier], lambda now: now.state.get(identifier))


def _base_value(element: Element, scope: Scope, at: str) -> Expression:
    kind = Type("single", element.attrib["baseType"])
    value = values.written([element.text or ""], kind, at)
    return Expression(kind, lambda now: value)


def _correct(element: Element, scope: Scope, at: str) -> Expression:
    identifier = _named(element, scope.correct, at)
    return Expression(scope.types[identifier], lambda now: now.correct[identifier])


def _map_response(element: Element, scope: Scope, at: str) -> Expression:
    identifier = _named(element, scope.mappings, at)

    def evaluate(now: Scope) -> Value:
        mapping = now.mappings[identifier]
        found = set(values.members(now.state.get(identifier)))  # a value given twice counts once
        total = (
            sum(mapping.entries.get(value, mapping.default) for value in found) if found else mapping.default
        )
        return float(min(max(total, mapping.lower), mapping.upper))

    return Expression(FLOAT, evaluate)


def _null(element: Element, scope: Scope, at: str) -> Expression:
    return Expression(Type("single", None), lambda now: None)


def _test_variables(element: Element, scope: Scope, at: str) -> Expression:
    identifier = element.attrib["variableIdentifier"]
    if scope.items is None:
        raise Refused(f"{at}: only the processing of a test may name the outcomes of its items")

    def evaluate(now: Scope) -> Value:
        return tuple(one for item in now.items or () for one in values.members(item.get(identifier))) or None

    return Expression(Type("multiple", "float"), evaluate)


_LEAVES: Mapping[str, Callable[[Element, Scope, str], Expression]] = {
    "variable": _variable,
    "baseValue": _base_value,
    "correct": _correct,
    "mapResponse": _map_response,
    "null": _null,
    "testVariables": _test_variables,
}

Reader = Callable[[list[Expression], Element, str], Expression]


def _need(
    operands: list[Expression], at: str, bases: tuple[str, ...], cardinalities: tuple[str, ...]
) -> None:
    for operand in operands:
        kind = operand.type
        if kind.base is not None and (kind.base not in bases or kind.cardinality not in cardinalities):
            raise Refused(f"{at}: a {kind} where {' or '.join(cardinalities)} {' or '.join(bases)} is needed")


def _logic(decisive: bool) -> Reader:
    """``and`` (false decides) and ``or`` (true decides); else NULL if any is NULL."""

    def reader(operands: list[Expression], element: Element, at: str) -> Expression:
        _need(operands, at, ("boolean",), ("single",))

        def evaluate(now: Scope) -> Value:
            found = [operand.evaluate(now) for operand in operands]
            if decisive in found:
                return decisive
            return None if None in found else not decisive

        return Expression(BOOLEAN, evaluate)

    return reader


def _not(operands: list[Expression], element: Element, at: str) -> Expression:
    _need(operands, at, ("boolean",), ("single",))
    return _strict(BOOLEAN, operands, operator.not_)


def _is_null(operands: list[Expression], element: Element, at: str) -> Expression:
    return Expression(BOOLEAN, lambda now: operands[0].evaluate(now) is None)


def _compared(how: Callable[[float, float], bool]) -> Reader:
    def reader(operands: list[Expression], element: Element, at: str) -> Expression:
        _need(operands, at, NUMERIC, ("single",))
        strict = _strict(BOOLEAN, operands, how)
        loose = [Expression(one.type, lambda now, one=one: one.evaluate(now) or 0) for one in operands]  # type: ignore[misc]
        zero = _strict(BOOLEAN, loose, how)
        return Expression(BOOLEAN, lambda now: (zero if now.null_is_zero else strict).evaluate(now))

    return reader


def _equal(operands: list[Expression], element: Element, at: str) -> Expression:
    if element.get("toleranceMode", "exact") != "exact" or "tolerance" in element.attrib:
        raise Refused(f"{at}: a tolerance, which not every engine knows: say a range, with gte and lte")
    return _compared(operator.eq)(operands, element, at)


def _match(operands: list[Expression], element: Element, at: str) -> Expression:
    first, second = (operand.type for operand in operands)
    if None not in (first.base, second.base) and first != second:
        raise Refused(f"{at}: a {first} with a {second}")
    unordered = first.cardinality == "multiple"
    return _strict(BOOLEAN, operands, lambda a, b: Counter(a) == Counter(b) if unordered else a == b)


def _member(operands: list[Expression], element: Element, at: str) -> Expression:
    _need(operands[:1], at, (operands[1].type.base or "",), ("single",))
    _need(operands[1:], at, (operands[1].type.base or "",), CONTAINERS)
    return _strict(BOOLEAN, operands, lambda one, container: one in container)


def _contains(operands: list[Expression], element: Element, at: str) -> Expression:
    first, second = (operand.type for operand in operands)
    if first != second or first.cardinality not in CONTAINERS:
        raise Refused(f"{at}: a {first} with a {second}")

    def found(whole: tuple[Single, ...], part: tuple[Single, ...]) -> bool:
        if first.cardinality == "multiple":
            return not Counter(part) - Counter(whole)
        return any(whole[at : at + len(part)] == part for at in range(len(whole)))

    return _strict(BOOLEAN, operands, found)


def _added(how: Callable[[list[float]], float]) -> Reader:
    """``sum`` and ``product``: of singles and containers; of integers it is an integer."""

    def reader(operands: list[Expression], element: Element, at: str) -> Expression:
        _need(operands, at, NUMERIC, ("single", *CONTAINERS))
        integers = all(operand.type.base == "integer" for operand in operands)

        def evaluate(now: Scope) -> Value:
            found = [operand.evaluate(now) for operand in operands]
            if None in found:
                return None
            total = how([number for value in found for number in values.members(value)])  # type: ignore[misc]
            return total if integers else float(total)

        return Expression(Type("single", "integer" if integers else "float"), evaluate)

    return reader


def _subtract(operands: list[Expression], element: Element, at: str) -> Expression:
    _need(operands, at, NUMERIC, ("single",))
    integers = all(operand.type.base == "integer" for operand in operands)
    return _strict(Type("single", "integer" if integers else "float"), operands, operator.sub)


def _divide(operands: list[Expression], element: Element, at: str) -> Expression:
    _need(operands, at, NUMERIC, ("single",))
    return _strict(FLOAT, operands, lambda a, b: a / b if b else None)


def _container(cardinality: str) -> Reader:
    def reader(operands: list[Expression], element: Element, at: str) -> Expression:
        bases = {operand.type.base for operand in operands} - {None}
        if len(bases) > 1:
            raise Refused(f"{at}: values of several types: {', '.join(sorted(map(str, bases)))}")
        _need(operands, at, tuple(map(str, bases)), ("single", cardinality))

        def evaluate(now: Scope) -> Value:
            return tuple(one for operand in operands for one in values.members(operand.evaluate(now))) or None

        return Expression(Type(cardinality, next(iter(bases), None)), evaluate)

    return reader


def _strict(kind: Type, operands: list[Expression], how: Callable[..., Value]) -> Expression:
    """Of operands none of which is NULL; else NULL."""

    def evaluate(now: Scope) -> Value:
        found = [operand.evaluate(now) for operand in operands]
        return None if None in found else how(*found)

    return Expression(kind, evaluate)


_OPERATORS: Mapping[str, Reader] = {
    "and": _logic(decisive=False),
    "or": _logic(decisive=True),
    "not": _not,
    "isNull": _is_null,
    "gte": _compared(operator.ge),
    "lte": _compared(operator.le),
    "gt": _compared(operator.gt),
    "lt": _compared(operator.lt),
    "equal": _equal,
    "match": _match,
    "member": _member,
    "contains": _contains,
    "sum": _added(sum),
    "product": _added(math.prod),
    "subtract": _subtract,
    "divide": _divide,
    "multiple": _container("multiple"),
    "ordered": _container("ordered"),
}
