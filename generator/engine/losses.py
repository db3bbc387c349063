"""Cross-entropy to a number of decimals, every one of them proved; see `digits`.

The mean of logarithms of sums of exponentials is rational only where it is 0, by the same theorem, since
such a sum has positive terms only.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

from .arguments import ShapeError, whole
from .bounds import Bounds, exp_bounds, ln_bounds
from .digits import proved, rationals, total
from .exact import array
from .later import np


def cross_entropy_digits(z: Any, labels: int | Sequence[int], digits: int) -> Fraction:
    """Return the mean of -ln softmax(z)[label] over the samples, rounded to `digits` decimals.

    Parameters
    ----------
    z
        Ints or Fractions: (K,) for one sample, (n, K) for n of them.
    labels
        The true class of each sample, counted from 0; a plain number for one sample.
    digits
        From 0 to 100.

    Raises
    ------
    ShapeError
        If there are not as many labels as samples, or a label is none of the K classes.
    """
    samples = np.atleast_2d(array(z))
    classes = [whole("label", k, least=0) for k in (labels if isinstance(labels, Sequence) else [labels])]
    if samples.ndim > 2 or len(classes) != len(samples) or max(classes) >= samples.shape[1]:
        raise ShapeError(f"labels {classes} do not fit samples of shape {samples.shape}, (n, K)")
    rows = [rationals(sample) for sample in samples]
    # -ln softmax(z)[k] = (top - z_k) + ln sum_j exp(z_j - top), and a sum of logarithms is one logarithm
    tops = [max(row) for row in rows]
    known = sum((top - row[k] for top, row, k in zip(tops, rows, classes, strict=True)), Fraction(0))

    def bounds(precision: int) -> Bounds:
        sums = [
            total([exp_bounds(e - top, precision) for e in row]) for top, row in zip(tops, rows, strict=True)
        ]
        low, high = (prod(side, start=Fraction(1)) for side in zip(*sums, strict=True))
        least, most = ln_bounds(low, precision)[0], ln_bounds(high, precision)[1]
        return (known + least) / len(rows), (known + most) / len(rows)

    return proved(bounds, digits)


def log_loss_digits(probabilities: Any, digits: int) -> Fraction:
    """Return the mean of -ln p over the probabilities of the true classes, rounded to `digits` decimals.

    Parameters
    ----------
    probabilities
        Ints or Fractions above 0 and at most 1, (n,).
    digits
        From 0 to 100.
    """
    values = rationals(probabilities)
    if not all(0 < value <= 1 for value in values):
        raise ValueError("a logarithmic loss needs probabilities above 0 and at most 1")
    inverse = 1 / prod(values, start=Fraction(1))

    def bounds(precision: int) -> Bounds:
        low, high = ln_bounds(inverse, precision)
        return low / len(values), high / len(values)

    return proved(bounds, digits)
