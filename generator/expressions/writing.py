"""Canonical texts of polynomials as LaTeX, term by term, so that a long one can be broken into lines."""

from __future__ import annotations

import re
from fractions import Fraction

from .. import latex
from .names import as_latex

_SIGNS = re.compile(r" ([+-]) ")
_NUMBER = re.compile(r"[0-9]+(?:/[0-9]+)?")
_POWER = re.compile(r"([A-Za-z][^^]*)\^([0-9]+)")
_NAME = re.compile(r"[A-Za-z](?:[0-9]+|\[[0-9]+,[0-9]+\])?")


def terms_as_latex(text: str) -> tuple[str, ...]:
    """Write a canonical text as LaTeX: its terms, each but the first behind its sign.

    The sign stands between spaces even where a term begins a line.
    """
    first, *rest = _SIGNS.split(text)
    signed = zip(rest[::2], rest[1::2], strict=True)
    return (_term(first), *(f"{{}}{sign}{_term(term)}" for sign, term in signed))


def as_formula(text: str) -> str:
    """Write a canonical text as one formula."""
    return "".join(terms_as_latex(text))


def _term(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    return sign + r"\,".join(map(_factor, text.removeprefix("-").split("*")))


def _factor(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return latex.number(Fraction(text))
    if power := _POWER.fullmatch(text):
        return f"{{{as_latex(power[1])}}}^{{{power[2]}}}"
    return as_latex(text) if _NAME.fullmatch(text) else rf"\text{{{text}}}"
