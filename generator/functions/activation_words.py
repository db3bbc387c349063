"""Activation functions in words, in formulas, and worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import latex
from ..document import Message, Symbol, say
from ..model import Rounded, Step
from ..number import Number
from ..rules import written
from ..sliding.worked import LINE
from .activations import Function, values
from .decimals import exponential

NAMES: Mapping[Function, Message] = {
    "relu": say("ReLU"),
    "leaky_relu": say("leaky ReLU"),
    "step": say("step function"),
    "linear": say("linear output"),
    "sigmoid": say("sigmoid"),
    "tanh": say("tanh"),
    "softmax": say("softmax"),
}

SYMBOLS: Mapping[Function, str] = {
    "relu": r"\text{ReLU}",
    "leaky_relu": r"\text{leaky}",
    "step": r"\text{step}",
    "linear": r"\text{linear}",
    "sigmoid": r"\sigma",
    "tanh": r"\tanh",
    "softmax": r"\text{softmax}",
}

_RULES: Mapping[Function, str] = {
    "relu": r"\text{ReLU}(z)=\max(0,z)",
    "leaky_relu": r"\text{leaky}(z)=z\text{ for }z>0,\quad a\,z\text{ for }z\le 0",
    "step": r"\text{step}(z)=1\text{ for }z\ge 0,\quad 0\text{ for }z<0",
    "linear": r"\text{linear}(z)=z",
    "sigmoid": r"\sigma(z)=\frac{1}{1+e^{-z}}",
    "tanh": r"\tanh(z)=\frac{e^{z}-e^{-z}}{e^{z}+e^{-z}}",
    "softmax": r"\text{softmax}(z)_{k}=\frac{e^{z_{k}}}{\sum_{j}e^{z_{j}}}",
}


def rule_symbol(function: Function) -> Symbol:
    """Write the definition of a function."""
    return Symbol(_RULES[function])


def decimals_of(number: Number, digits: int) -> str:
    """Write a number rounded to so many decimals."""
    return str(written(Rounded(digits), number))


def exponential_work(function: Function, row: Sequence[Number], digits: int, origin: int) -> Iterator[Step]:
    """Write a function of every different number of a row out, with its exponentials."""
    if function == "softmax":
        names = [rf"\text{{softmax}}(z)_{{{number}}}" for number in range(origin, origin + len(row))]
        yield from softmax_work(row, digits, names)
        return
    different = tuple(dict.fromkeys(row))
    for z, result in zip(different, values(function, different, 0, digits), strict=True):
        about = _about(z)
        end = f"{about}{decimals_of(result, digits)}"
        if function == "sigmoid":
            power = _power(-z, digits)
            yield Symbol(
                rf"\sigma({latex.number(z)})=\frac{{1}}{{1+e^{{{latex.number(-z)}}}}}"
                rf"{about}\frac{{1}}{{1+{power}}}{end}"
            )
        else:
            up, down = _power(z, digits), _power(-z, digits)
            yield Symbol(rf"\tanh({latex.number(z)}){about}\frac{{{up}-{down}}}{{{up}+{down}}}{end}")


def softmax_work(row: Sequence[Number], digits: int, names: Sequence[str]) -> Iterator[Step]:
    """Write the exponentials of a row, their sum, and the share of each.

    Parameters
    ----------
    row
        The numbers.
    digits
        Decimals of the shares; of the exponentials there is one more.
    names
        How the shares are called.
    """
    powers = [_power(z, digits) for z in row]
    different = list(dict(zip(row, powers, strict=True)).items())
    for start in range(0, len(different), 4):
        chosen = different[start : start + 4]
        yield Symbol(r",\quad ".join(f"e^{{{latex.number(z)}}}{_about(z)}{power}" for z, power in chosen))
    total = decimals_of(sum(map(exponential, row)), digits + 1)
    for start in range(0, len(powers), LINE):
        end = rf"\approx {total}" if start + LINE >= len(powers) else "+"
        yield Symbol(("S=" if not start else r"\qquad ") + "+".join(powers[start : start + LINE]) + end)
    shares = values("softmax", row, 0, digits)
    for name, power, share in zip(names, powers, shares, strict=True):
        yield Symbol(rf"{name}=\frac{{{power}}}{{S}}\approx {decimals_of(share, digits)}")


def _about(exponent: Number) -> str:
    return r"\approx " if exponent else "="


def _power(exponent: Number, digits: int) -> str:
    return "1" if exponent == 0 else decimals_of(exponential(exponent), digits + 1)
