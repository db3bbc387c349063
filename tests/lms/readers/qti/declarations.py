"""The declarations of an item or a test: responses and outcomes, with the rules of the portable pattern."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ..refusal import Refused
from . import content, values
from .content import Element
from .expressions import FLOAT, MapTo
from .values import Type, Value

NO_FEEDBACK = "NONE"


@dataclass(frozen=True)
class Declaration:
    """A variable: its type, and what it is to begin with or ought to be."""

    type: Type
    default: Value = None
    correct: Value = None
    mapping: MapTo | None = None


def read(root: Element, where: str) -> tuple[dict[str, Declaration], dict[str, Declaration]]:
    """The responses and the outcomes of an item.

    Raises
    ------
    Refused
        If two share a name, or an outcome is not as the portable pattern has it.
    """
    responses = _declared(root, "responseDeclaration", where)
    outcomes = outcomes_of(root, where)
    if shared := set(responses) & set(outcomes):
        raise Refused(f"{where}: a response and an outcome {min(shared)}")
    if "MAXSCORE" not in outcomes:
        raise Refused(f"{where}: no outcome MAXSCORE")
    for name, outcome in outcomes.items():
        at = f"{where}, outcomeDeclaration {name}"
        if outcome.type.base == "identifier" and outcome.default != NO_FEEDBACK:
            raise Refused(f"{at}: its default has to be {NO_FEEDBACK}, for it may stay as it is")
    most = outcomes["MAXSCORE"]
    if most.type != FLOAT or not isinstance(most.default, float) or most.default <= 0:
        raise Refused(f"{where}: MAXSCORE has to be a float with a default above 0")
    return responses, outcomes


def outcomes_of(root: Element, where: str) -> dict[str, Declaration]:
    """The outcomes of an item or a test: SCORE among them, a float that begins at 0."""
    outcomes = _declared(root, "outcomeDeclaration", where)
    if any(outcome.type.cardinality != "single" for outcome in outcomes.values()):
        raise Refused(f"{where}: an outcome of several values, which breaks engines")
    if outcomes.get("SCORE") != Declaration(FLOAT, 0.0):
        raise Refused(f"{where}: SCORE has to be a single float with the default 0")
    return outcomes


def _declared(root: Element, name: str, where: str) -> dict[str, Declaration]:
    found: dict[str, Declaration] = {}
    for element in content.children(root, name):
        identifier = element.attrib["identifier"]
        if identifier in found:
            raise Refused(f"{where}: two of {name} {identifier}")
        found[identifier] = _declaration(element, f"{where}, {name} {identifier}")
    return found


def _declaration(element: Element, at: str) -> Declaration:
    kind = Type(element.attrib["cardinality"], element.attrib["baseType"])
    return Declaration(
        kind,
        _values(content.child(element, "defaultValue"), kind, at),
        _values(content.child(element, "correctResponse"), kind, at),
        _mapping(content.child(element, "mapping"), kind, at),
    )


def _values(element: Element | None, kind: Type, at: str) -> Value:
    if element is None:
        return None
    return values.written([part.text or "" for part in element], kind, at)


def _mapping(element: Element | None, kind: Type, at: str) -> MapTo | None:
    if element is None:
        return None
    one = Type("single", kind.base)
    entries = {
        key: float(part.attrib["mappedValue"])
        for part in element
        for key in values.members(values.written([part.attrib["mapKey"]], one, at))
    }
    if len(entries) < len(element):
        raise Refused(f"{at}: two entries of one key")
    bounds: Mapping[str, str] = element.attrib
    return MapTo(
        entries,
        float(bounds["defaultValue"]),
        float(bounds.get("lowerBound", -math.inf)),
        float(bounds.get("upperBound", math.inf)),
    )
