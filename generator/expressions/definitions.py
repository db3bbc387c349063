"""Formulas as they stand in a file: texts that were read once, and so are known to be formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from ..reading.complaints import nearest
from ..reading.tree import quoted
from . import typeset
from .faults import ExpressionError
from .functions import FUNCTIONS
from .reader import read_condition, read_formula
from .tokens import WORDS
from .tree import Node, names_in

MOST_NAME_CHARACTERS = 24
MOST_LATEX = 600
MOST_BRACES = 8
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_DEFINITION = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(?!=)", re.ASCII)
_TEXT = WithJsonSchema({"type": ["string", "number"]})

formula_of = lru_cache(maxsize=4096)(read_formula)
"""The tree of a formula."""

condition_of = lru_cache(maxsize=4096)(read_condition)
"""The tree of a condition."""


def _name(text: str) -> str:
    if not _NAME.fullmatch(text) or len(text) > MOST_NAME_CHARACTERS:
        raise ValueError(
            f"expected a name of at most {MOST_NAME_CHARACTERS} letters, digits and _, "
            f"beginning with a letter, found {quoted(text)}"
        )
    if text in (*FUNCTIONS, *WORDS):
        raise ValueError(f"'{text}' means something in formulas; take another name")
    return text


def _formula(text: str) -> str:
    _require_printable(formula_of(text))
    return text


def _require_printable(tree: Node) -> None:
    """Refuse a formula that no line of a worked solution could hold."""
    latex = typeset.formula(tree)
    depth = deepest = 0
    for character in latex:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    if len(latex) > MOST_LATEX or deepest > MOST_BRACES:
        raise ExpressionError("this formula is too long, or nested too deeply, to be printed; split it", 0)


def _condition(text: str) -> str:
    condition_of(text)
    return text


def _definition(text: str) -> str:
    match = _DEFINITION.match(text)
    if match is None:
        raise ValueError(f"expected 'name = formula', such as side = n - k + 1, found {quoted(text)}")
    _name(match[1])
    try:
        _formula(text[match.end() :])
    except ExpressionError as error:
        raise ExpressionError(error.reason, error.position + match.end()) from None
    return text


VariableName: TypeAlias = Annotated[str, AfterValidator(_name)]
"""A name in formulas."""

Formula: TypeAlias = Annotated[str, _TEXT, AfterValidator(_formula)]
"""A formula that comes to a number."""

Condition: TypeAlias = Annotated[str, AfterValidator(_condition)]
"""What has to hold."""

Definition: TypeAlias = Annotated[str, AfterValidator(_definition)]
"""A name and its formula: ``side = n - k + 1``."""


def name_and_formula(definition: str) -> tuple[str, str]:
    """Return the two sides of a definition."""
    name, _, text = definition.partition("=")
    return name.strip(), text.strip()


def require_known(text: str, tree: Node, known: Iterable[str]) -> None:
    """Refuse a formula with a name that is not known where it stands.

    Raises
    ------
    ValueError
        At the first such name.
    """
    names = tuple(known)
    for name in names_in(tree):
        if name.name not in names:
            near = nearest(name.name, names)
            hint = f"did you mean {near}?" if near else f"known here: {', '.join(names)}"
            reason = f"there is no {quoted(name.name)} here; {hint}"
            raise ValueError(f"in {quoted(text.strip())}, {ExpressionError(reason, name.at)}")
