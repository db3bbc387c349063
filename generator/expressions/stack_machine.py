"""The value of a formula by another way: tokens are put in reverse Polish order and run on a stack.

No tree is built, and nothing is shared with `reader` and `evaluation` but the tokens; numbers are pairs of
ints. It takes formulas that have been read and computed already, so it need not complain.

Source: E. W. Dijkstra, "Algol 60 translation" (1961), the shunting yard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import TypeAlias

from ..number import Number
from .tokens import Token, tokenise

Ratio: TypeAlias = tuple[int, int]
"""Above and below the line; below it stands a positive number."""

_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "minus": 3, "^": 4}


def computed(text: str, values: Mapping[str, Number]) -> Fraction:
    """Return the value of a formula."""
    stack: list[Ratio] = []
    for name, count in _in_polish_order(tokenise(text)):
        if count == 0:
            number = Fraction(name) if name[0].isdigit() else Fraction(values[name])
            stack.append((number.numerator, number.denominator))
            continue
        arguments = stack[-count:]
        del stack[-count:]
        stack.append(_lowest(*_applied(name, arguments)))
    ((above, below),) = stack
    return Fraction(above, below)


def _in_polish_order(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Yield operands and operations, each with how many operands it takes from the stack."""
    waiting: list[tuple[str, int]] = []  # operations, brackets and functions, each with its commas
    after_operand = False
    for place, token in enumerate(tokens[:-1]):
        text = token.text
        if token.kind == "number" or (token.kind == "name" and tokens[place + 1].text != "("):
            yield text, 0
        elif token.kind == "name":
            waiting.append((f"{text}(", 1))
            continue
        elif text == "(":
            if not (place and tokens[place - 1].kind == "name"):
                waiting.append(("(", 1))
            after_operand = False
            continue
        elif text in (",", ")"):
            while not waiting[-1][0].endswith("("):
                yield waiting.pop()
            opened, count = waiting.pop()
            if text == ",":
                waiting.append((opened, count + 1))
                after_operand = False
                continue
            if opened != "(":
                yield opened[:-1], count
        else:
            if not after_operand:
                if text == "-":
                    waiting.append(("minus", 1))
                continue
            while waiting and _goes_first(waiting[-1][0], text):
                yield waiting.pop()
            waiting.append((text, 2))
            after_operand = False
            continue
        after_operand = True
    yield from reversed(waiting)


def _goes_first(earlier: str, sign: str) -> bool:
    """Say whether an operation that waits comes before the next one; powers group from the right."""
    return _BINDS.get(earlier, 0) > _BINDS[sign] or (_BINDS.get(earlier, 0) == _BINDS[sign] and sign != "^")


def _applied(name: str, arguments: list[Ratio]) -> Ratio:
    a, b = arguments[0]
    c, d = arguments[-1]
    match name:
        case "minus":
            return -a, b
        case "+":
            return a * d + c * b, b * d
        case "-":
            return a * d - c * b, b * d
        case "*":
            return a * c, b * d
        case "/":
            return _upright(a * d, b * c)
        case "^":
            return _power(a, b, c // d)
        case "floor":
            return a // b, 1
        case "ceil":
            return -(-a // b), 1
        case "abs":
            return (a if a > 0 else -a), b
        case "min" | "max":
            ordered = sorted(arguments, key=lambda ratio: Fraction(*ratio))
            return ordered[0 if name == "min" else -1]
        case "mod":
            return (a * d) % (c * b), b * d
        case "positions":
            return _positions(*(above for above, _ in arguments)), 1
        case "field":
            return _field([above for above, _ in arguments]), 1
        case _:
            return _rounded(a, b, c // d if len(arguments) == 2 else 0)


def _power(a: int, b: int, exponent: int) -> Ratio:
    result = (1, 1)
    for _ in range(abs(exponent)):
        result = (result[0] * a, result[1] * b)
    return result if exponent >= 0 else _upright(result[1], result[0])


def _positions(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Slide the window until it hangs over the end."""
    last = dilation * (kernel - 1)
    return len(range(0, size + 2 * padding - last, stride))


def _field(sides: Sequence[int]) -> int:
    """Go back from one unit, layer by layer."""
    seen = 1
    for kernel, stride in zip(sides[-2::-2], sides[::-2], strict=True):
        seen = (seen - 1) * stride + kernel
    return seen


def _rounded(a: int, b: int, decimals: int) -> Ratio:
    """Round halves away from zero: twice the number and one, halved and cut off."""
    scale = int("1" + "0" * decimals)
    units = (2 * abs(a) * scale + b) // (2 * b)
    return (units if a >= 0 else -units), scale


def _upright(above: int, below: int) -> Ratio:
    return (-above, -below) if below < 0 else (above, below)


def _lowest(above: int, below: int) -> Ratio:
    common = gcd(above, below)
    return above // common, below // common
