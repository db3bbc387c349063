"""Rules of comparison: which numbers count as the key, and how the key is printed."""

from __future__ import annotations

from fractions import Fraction

from .document import Number
from .engine import rounded
from .model import Exact, Rule, Value
from .values import whole


def equal(rule: Rule, answer: Number, key: Number) -> bool:
    """Say whether an answer is right; both numbers are exact, so there is no tolerance by accident."""
    if isinstance(rule, Exact):
        return answer == key
    return abs(Fraction(answer) - key) <= Fraction(1, 2 * 10**rule.digits)


def printed(rule: Rule, key: Value) -> Value:
    """Return the key as a paper prints it: rounded where the rule says so, halves away from zero."""
    if isinstance(key, tuple):
        return tuple(printed(rule, part) for part in key)
    if isinstance(rule, Exact) or isinstance(key, str):
        return key
    return whole(rounded(key, rule.digits))
