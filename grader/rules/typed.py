"""Rules as an instructor types them on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from ...generator.policy import Credit
from ...generator.reading.schema import parse_value
from .rule import Rule

SOLVE = "solve"
_SETTINGS = frozenset(each.name for each in fields(Credit))


def typed_rule(
    target: str,
    *,
    accept: Iterable[str] = (),
    key: Iterable[str] = (),
    credit: Iterable[str] = (),
    **others: Any,
) -> Rule:
    """Return a rule.

    Parameters
    ----------
    target
        What it concerns.
    accept, key
        Answers: ``Y=1 2; 3 4``, the name of a misconception, ``operation: convolution``, ``solve``.
    credit
        Settings and shares: ``maps: all-or-nothing``, ``extra_flip: 1/2``.
    others
        What else a `Rule` says; None is not said.

    Raises
    ------
    DataError
        If that is no rule.
    """
    data = {
        "target": target,
        "accept": _answer(accept),
        "key": _answer(key),
        **_credit(credit),
        **others,
    }
    return parse_value(Rule, {name: value for name, value in data.items() if value}, "the rule")


def _answer(texts: Iterable[str]) -> dict[str, Any]:
    """Return the data of an `Answer`; which of several forms may stand together is not decided here."""
    data: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        convention, colon, other = text.partition(":")
        if equals:
            data.setdefault("values", {})[name.strip()] = value.strip()
        elif colon:
            data.setdefault("conventions", {})[convention.strip()] = other.strip()
        elif text.strip() == SOLVE:
            data["solve"] = True
        else:
            data["misconception"] = text.strip()
    return data


def _credit(texts: Iterable[str]) -> Mapping[str, dict[str, str]]:
    """Sort what is said of credit into settings and shares for misconceptions."""
    pairs = [part.partition(":") for text in texts for part in text.strip().strip("{}").split(",")]
    stated = {name.strip(): value.strip() for name, _, value in pairs}
    return {
        "credit": {name: value for name, value in stated.items() if name in _SETTINGS},
        "shares": {name: value for name, value in stated.items() if name not in _SETTINGS},
    }
