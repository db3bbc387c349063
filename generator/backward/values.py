"""What comes out of a question about gradients: forward, back, and the step of gradient descent.

It fits a given as `answers` describes it, with ``bias``, ``grad``, ``target`` besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..engine import ShapeError, array
from ..model import Case, Value
from ..values import nested
from .answers import GRADIENTS, STEPPED, asked, slide_of
from .layer import Backward, Subject


def is_turned(case: Case[Any]) -> bool:
    """Say whether the kernel is turned before it is used."""
    return case.conventions.operation == "convolution"


def layer_of(given: Any, *, turned: bool, slips: frozenset[str] = frozenset()) -> Backward:
    """Return the layer of a given; a pooling has a kernel that nobody looks at."""
    slide = slide_of(given)
    kernel = given.kernel or ((0,) * slide.kernel[1],) * slide.kernel[0]
    return Backward(given.of, given.input, kernel, given.bias, slide, turned and given.of == "conv", slips)


def backward_of(case: Case[Any]) -> Backward:
    """Return the layer of a case."""
    return layer_of(case.given, turned=is_turned(case), slips=case.slips)


def values(case: Case[Any], taken: Mapping[str, Value]) -> dict[str, Any]:
    """Return the value of each answer; what is taken replaces what comes out."""
    given, layer = case.given, backward_of(case)
    found: dict[str, Any] = dict(taken)
    if given.loss is not None:
        found.setdefault("Y", layer.output())
        back = layer.at_output(found["Y"], given.loss, target=given.target, rectified=given.relu)
        found.setdefault("dY", back)
    grad = given.grad if given.grad is not None else found["dY"]
    computed = {"weight": layer.at_weight, "bias": layer.at_bias, "input": layer.at_input}
    for subject in given.with_respect_to:
        name = GRADIENTS[subject]
        if name not in found:
            found[name] = picked(given, name, computed[subject](grad))
        if given.rate is not None and STEPPED[subject] not in found:
            found[STEPPED[subject]] = _stepped(case, subject, array(found[name]))
    return {name: nested(found[name]) for name in asked(given)}


def picked(given: Any, name: str, gradient: Any) -> Any:
    """Return the one entry that is asked, or all."""
    if given.cell is None or name == "db":
        return gradient
    row, column = given.cell
    if row >= gradient.shape[0] or column >= gradient.shape[1]:
        raise ShapeError("'cell' lies outside the gradient")
    return gradient[row, column]


def _stepped(case: Case[Any], subject: Subject, gradient: Any) -> Any:
    given = case.given
    start = given.bias if subject == "bias" else picked(given, "dW", array(given.kernel))
    sign = 1 if "update_added" in case.slips else -1
    stepped = array(array(start) + sign * Fraction(given.rate or 0) * gradient)
    return stepped if stepped.ndim else stepped.item()
