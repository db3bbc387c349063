"""Single slips in an expression: a term left out, its sign, or one of its names."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from ...generator.document import Message, Symbol, say
from ...generator.expressions.names import split
from ...generator.expressions.writing import as_formula
from ...generator.language import phrase
from ...generator.model import Field
from ..model import Explanation, Finding
from .wrong import Wrong

FEWEST_RIGHT = 2
"""Terms that have to be right beside the wrong one. Other terms do not change it, as they change a sum."""

Term: TypeAlias = tuple[str, str]
"""Its sign and what is multiplied: ``("-", "2*I3*w1")``."""


def slipped_in_expression(wrong: Wrong) -> Explanation | None:
    """Name the slip in the only wrong term of the only wrong answer."""
    fields = [field for field in wrong.fields if field.name in wrong.names]
    if len(fields) != 1 or fields[0].kind != "expression":
        return None
    (field,) = fields
    key: Any = wrong.problem.key[field.name][0]
    answer: Any = wrong.answers[field.name]
    right = _terms(key) & _terms(answer)
    found = _slip(field, _terms(key) - right, _terms(answer) - right)
    if found is None or len(right) < FEWEST_RIGHT:
        return None
    evidence = say("All other {{ count }} terms are right.", count=len(right))
    name, sentence = found
    discreet = (Message(DISCREET[name], {"field": field.label}),)
    return Explanation(Finding((name,), wrong.names, (sentence,), evidence, discreet), wrong.names)


DISCREET = {
    "term_left_out": phrase("In {{ field }}, one term is missing."),
    "term_sign_lost": phrase("In {{ field }}, one term has the wrong sign."),
    "neighbour_taken": phrase("In {{ field }}, one name has the wrong index."),
}
"""Without the terms, which are a part of the key."""


def _terms(text: str) -> set[Term]:
    """Return the terms of an expression in its canonical form."""
    signed = text if text.startswith("-") else f"+{text}"
    return {(sign, term) for sign, term in re.findall(r"([+-]) ?(\S+)", signed)}


def _slip(field: Field, missing: set[Term], added: set[Term]) -> tuple[str, Message] | None:
    """Return the slip that replaces what is missing by what was added, if it is a single one."""
    if len(missing) != 1 or len(added) > 1:
        return None
    ((sign, term),) = missing
    shown = {"field": field.label, "term": Symbol(as_formula(term))}
    if not added:
        return "term_left_out", say("In {{ field }}, the term {{ term }} is missing.", **shown)
    ((other_sign, other),) = added
    if other == term:
        return "term_sign_lost", say("In {{ field }}, the term {{ term }} has the wrong sign.", **shown)
    if sign == other_sign and _one_name_differs(term, other):
        shown["taken"] = Symbol(as_formula(other))
        return "neighbour_taken", say("In {{ field }}, {{ taken }} stands in place of {{ term }}.", **shown)
    return None


def _one_name_differs(one: str, other: str) -> bool:
    """Say whether two products differ in the index of one name."""
    factors, others = one.split("*"), other.split("*")
    different = set(factors) ^ set(others)
    return (
        len(factors) == len(others)
        and len(different) == 2
        and all(name[0].isalpha() and "^" not in name for name in different)
        and len({split(name)[0] for name in different}) == 1
    )
