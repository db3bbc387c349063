"""A tree of a formula as LaTeX, in names or with numbers put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from .. import latex
from ..number import Number
from .tree import Binary, Call, Comparison, Constant, Logic, Name, Negative, Node

# How tightly the outermost operation of a part binds; a part that binds less tightly stands in brackets.
_SUM, _PRODUCT, _FRACTION, _POWER, _SINGLE = range(5)

_GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "eta", "lambda", "mu", "rho", "sigma", "theta")
_INDEXED = re.compile(r"([A-Za-z]|" + "|".join(_GREEK) + r")_?([0-9]+|(?<=_)[A-Za-z0-9]+)")
_BRACKETS = {
    "floor": (r"\left\lfloor ", r"\right\rfloor "),
    "ceil": (r"\left\lceil ", r"\right\rceil "),
    "abs": (r"\left|", r"\right|"),
}

Part: TypeAlias = tuple[str, int]


def formula(node: Node) -> str:
    """Write a formula in its names."""
    return _set(node, lambda name: (symbol(name), _SINGLE))[0]


def with_numbers(node: Node, values: dict[str, Number]) -> str:
    """Write a formula with the values of its names put in."""
    return _set(node, lambda name: _number(values[name]))[0]


def symbol(name: str) -> str:
    r"""Write a name: ``n``, ``c_{1}``, ``k_{\text{in}}``, ``\mu``, or ``\text{side}``."""
    if match := _INDEXED.fullmatch(name):
        index = match[2] if match[2].isdecimal() else rf"\text{{{match[2]}}}"
        return f"{_letter(match[1])}_{{{index}}}"
    if len(name) == 1 or name in _GREEK:
        return _letter(name)
    return rf"\text{{{name.replace('_', ' ')}}}"


def value(number: Number) -> str:
    """Write a value: a decimal where it has few decimals, else a fraction."""
    return latex.decimal(number) if (number * 10**6) % 1 == 0 else latex.number(number)


def _letter(name: str) -> str:
    return name if len(name) == 1 else f"\\{name}"


def _number(number: Number) -> Part:
    if number < 0:
        return value(number), _SUM
    return value(number), _SINGLE if (number * 10**6) % 1 == 0 else _FRACTION


def _set(node: Node, write: Callable[[str], Part]) -> Part:
    match node:
        case Constant(_, text):
            return text, _SINGLE
        case Name(name):
            return write(name)
        case Negative(part):
            return f"-{_held(_set(part, write), _PRODUCT)}", _SUM
        case Binary("+", left, right):
            return f"{_set(left, write)[0]}+{_behind(_set(right, write))}", _SUM
        case Binary("-", left, right):
            return f"{_set(left, write)[0]}-{_held(_set(right, write), _PRODUCT)}", _SUM
        case Binary("*", left, right):
            factors = _held(_set(left, write), _PRODUCT), _held(_set(right, write), _PRODUCT)
            return r"\cdot ".join(factors), _PRODUCT
        case Binary("/", left, right):
            return rf"\frac{{{_set(left, write)[0]}}}{{{_set(right, write)[0]}}}", _FRACTION
        case Binary(_, left, right):
            return f"{{{_held(_set(left, write), _SINGLE)}}}^{{{_set(right, write)[0]}}}", _POWER
        case Call(function, arguments):
            return _called(function, [_set(part, write)[0] for part in arguments]), _SINGLE
        case Comparison() | Logic():
            raise TypeError("conditions are not printed")


def _behind(part: Part) -> str:
    """Write what stands behind a plus: in brackets where it begins with a minus."""
    text, _ = part
    return rf"\left({text}\right)" if text.startswith("-") else text


def _held(part: Part, least: int) -> str:
    text, binds = part
    return text if binds >= least else rf"\left({text}\right)"


def _called(function: str, arguments: list[str]) -> str:
    if function in _BRACKETS:
        opening, closing = _BRACKETS[function]
        return f"{opening}{arguments[0]}{closing}"
    return rf"\text{{{function}}}\left({', '.join(arguments)}\right)"
