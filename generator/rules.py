"""Rules of comparison: which numbers count as the key, and how the key is written."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .engine import rounded
from .model import Exact, Rounded, Rule
from .number import Number


def rule_for(digits: int | None) -> Rule:
    """Return the rule of an answer that is rounded to so many decimals, or exact."""
    return Exact() if digits is None else Rounded(digits)


def equal(rule: Rule, answer: Number, key: Number) -> bool:
    """Say whether an answer is right; both numbers are exact, so there is no tolerance by accident."""
    if isinstance(rule, Exact):
        return answer == key
    return abs(Fraction(answer) - key) <= Fraction(1, 2 * 10**rule.digits)


def written(rule: Rule, key: Any) -> Any:
    """Write a key as text, nested as it is: ``-7``, ``1018/9``, rounded ``0.50``, the name of a choice."""
    if isinstance(key, tuple):
        return tuple(written(rule, part) for part in key)
    if isinstance(rule, Exact) or isinstance(key, str):
        return str(key)
    units = int(rounded(key, rule.digits) * 10**rule.digits)
    whole, rest = divmod(abs(units), 10**rule.digits)
    decimals = f".{rest:0{rule.digits}d}" if rule.digits else ""
    return f"{'-' if units < 0 else ''}{whole}{decimals}"
