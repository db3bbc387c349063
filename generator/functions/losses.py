"""Cross-entropies of known probabilities, and what people take for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from typing import Any

from .. import latex
from ..changes import slip
from ..document import Symbol
from ..model import Misconception
from ..number import Number
from .activation_words import decimals_of
from .decimals import MORE, logarithm

_BASES = {"log_base_2": 2, "log_base_10": 10}


def weighted_loss(terms: Iterable[tuple[Number, Number]], slips: Collection[str] = ()) -> Fraction:
    """Return the sum of -w ln p over pairs (w, p), to about as many decimals as logarithms have.

    Raises
    ------
    ValueError
        If a probability is not above 0.
    """
    total = sum((weight * logarithm(probability) for weight, probability in terms if weight), Fraction())
    for name, base in _BASES.items():
        if name in slips:
            total /= logarithm(base)
    return total if "log_sign" in slips else -total


def log_slips(asks_loss: Callable[[Any], bool]) -> tuple[Misconception[Any], ...]:
    """Return the wrong turns with a logarithm, for a given of which this says whether it asks for a loss."""
    return tuple(slip(name, asks_loss) for name in (*_BASES, "log_sign"))


def mean_loss_formula(left: str, probabilities: Sequence[Number], loss: Number, digits: int) -> Symbol:
    r"""Write a mean of logarithms out: ``L=-\frac{1}{2}(\ln 0.50000+\ln 0.25000)\approx 1.04``.

    The probabilities have more decimals than the loss: otherwise its last one would be wrong.
    """
    logarithms = "+".join(rf"\ln {decimals_of(probability, digits + MORE)}" for probability in probabilities)
    count = len(probabilities)
    body = rf"-{logarithms}" if count == 1 else rf"-\frac{{1}}{{{count}}}\left({logarithms}\right)"
    return Symbol(rf"{left}\approx {body}\approx {decimals_of(loss, digits)}")


def entropy_formula(left: str, probabilities: Sequence[Number], loss: Number, digits: int) -> Symbol:
    r"""Write an entropy out: ``H=-\tfrac{3}{5}\ln\tfrac{3}{5}-\tfrac{2}{5}\ln\tfrac{2}{5}\approx 0.6730``."""
    terms = (rf"-{latex.number(p)}\ln {latex.number(p)}" for p in probabilities if p)
    return Symbol(rf"{left}={''.join(terms)}\approx {decimals_of(loss, digits)}")
