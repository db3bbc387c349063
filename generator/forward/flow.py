"""The numbers of a forward pass, step by step, as the engine computes them.

It fits every given that has ``input`` (C, H, W), ``kernel`` (M, C, h, w), ``bias``, ``stride``, ``padding``,
``dilation``, ``steps``, ``weights`` (units, inputs), ``dense_bias`` and ``digits``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

from ..engine import ShapeError, array, relu, sigmoid_digits, softmax_digits
from ..frozen import frozen
from ..functions.activations import shares
from ..model import Case, Value
from ..number import Number
from ..sliding.filtering import Filtering
from ..sliding.geometry import Map
from ..sliding.pooling import Pooling
from ..sliding.worked import Pair, Slide
from ..sliding.wrong_filters import biases_of, filtering_of, output_size
from ..values import nested, whole
from .stages import ROUNDED, DenseStage, Name, PoolStage, Stage, is_flat, name_of

PROVED_BEYOND = 8
"""Decimals of a rounded key beyond those that are asked, so that more than are asked are right too."""

LARGEST_EXPONENT = 1000
"""Of an exponential that is written out."""

MOST_PROBABILITIES = 64
"""Of a softmax, all of which are written down."""

_KEPT = 64  # results of a step of each kind

Values: TypeAlias = tuple[Number, ...]
Maps: TypeAlias = tuple[Map, ...]

NOTHING: Mapping[str, Value] = MappingProxyType({})


@frozen
class Passage:
    """What one step does: maps (M, rows, columns) or flat values before and after it.

    Behind ``class`` stand the places of the largest value, counted from 0.
    """

    stage: Stage
    before: Any
    out: Any


def passages(case: Case[Any], taken: Mapping[str, Value] = NOTHING) -> Iterator[Passage]:
    """Walk through the steps; what is taken, by the names of its fields, replaces what comes out.

    Raises
    ------
    ShapeError
        If a window does not fit, or the weights do not go with the values.
    """
    value: Any = case.given.input
    before_pool: Any = None
    for stage in case.given.steps:
        name = name_of(stage)
        if name == "pool":
            before_pool = value
        if name == "flatten" and "flatten_wrong_layer" in case.slips:
            value = before_pool
        out = _taken(case, name, _out(case, stage, value), taken)
        yield Passage(stage, value, out)
        value = out


def asked(given: Any) -> tuple[Name, ...]:
    """Return the steps whose results are asked, in their order."""
    names = tuple(map(name_of, given.steps))
    return tuple(name for name in names if name in given.ask) if given.ask else names


def digits_for(given: Any, name: Name) -> int | None:
    """Return to how many decimals a result is rounded; what stands behind a rounded step is rounded too."""
    names = [name_of(stage) for stage in given.steps]
    reached = names[: names.index(name) + 1]
    return given.digits if name != "class" and set(reached) & set(ROUNDED) else None


def field_names(case: Case[Any], name: Name) -> list[str]:
    """Name the fields of a step: one for each map where there are several."""
    count, origin = len(case.given.kernel), case.conventions.origin
    if count == 1 or is_flat(case.given.steps, name):
        return [name]
    return [f"{name}{number}" for number in range(origin, origin + count)]


def _taken(case: Case[Any], name: Name, out: Any, taken: Mapping[str, Any]) -> Any:
    """Put what is taken in the place of what came out."""
    if name == "class":
        return out
    if is_flat(case.given.steps, name):
        return taken[name][0] if name in taken else out
    fields = field_names(case, name)
    return tuple(taken.get(field, single) for field, single in zip(fields, out, strict=True))


def _out(case: Case[Any], stage: Stage, value: Any) -> Any:
    match stage:
        case PoolStage():
            return _pooled(case, stage, value)
        case DenseStage():
            return _dense(case, value)
        case "conv":
            return _filtered(filtering_of(case))
        case "relu":
            return _rectified(case, value)
        case "sigmoid":
            return _sigmoids(case, value)
        case "flatten":
            return flattened(value, case.conventions.order)
        case "softmax":
            return _softmax(case, value)
        case _:
            return tuple(place for place, number in enumerate(value) if number == max(value))


def pooling_of(case: Case[Any], stage: PoolStage, maps: Maps) -> Pooling:
    """Return the pooling of these maps."""
    return Pooling(maps, stage.kind, pool_slide(case, stage), counts_padding=False)


def pool_slide(case: Case[Any], stage: PoolStage) -> Slide:
    """Return how the window of a pooling moves."""
    ceil_mode = case.conventions.rounding == "ceil"
    return Slide(stage.window, stage.stride or stage.window, ceil_mode=ceil_mode)


# Who goes wrong in a later step computes those before it like all others: they are worked out once.


@lru_cache(maxsize=_KEPT)
def _filtered(filtering: Filtering) -> Maps:
    maps: Maps = nested(filtering.output())
    return maps


_softmax_digits = lru_cache(maxsize=_KEPT)(softmax_digits)


@lru_cache(maxsize=_KEPT)
def _pooled_by(pooling: Pooling) -> Maps:
    maps: Maps = nested(pooling.output())
    return maps


def _pooled(case: Case[Any], stage: PoolStage, maps: Maps) -> Maps:
    pooled = _pooled_by(pooling_of(case, stage, maps))
    return nested(relu(pooled)) if "relu_after_pool" in case.slips else pooled


def _rectified(case: Case[Any], value: Any) -> Any:
    if case.slips & {"relu_skipped", "relu_after_pool"}:
        return value
    return nested(abs(array(value))) if "relu_abs" in case.slips else nested(relu(value))


def proved_digits(case: Case[Any]) -> int:
    """Return to how many decimals rounded numbers are computed."""
    return int(case.given.digits) + PROVED_BEYOND


def _sigmoids(case: Case[Any], value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_sigmoids(case, part) for part in value)
    return sigmoid_digits(-value if "sigmoid_sign" in case.slips else value, proved_digits(case))


def _softmax(case: Case[Any], value: Values) -> Values:
    if "no_exponential" in case.slips:
        return shares(value)
    return _softmax_digits(value, proved_digits(case))


def flattened(maps: Maps, order: str) -> Values:
    """Write maps as one row: map by map, or in HWC order cell by cell with the numbers of all maps."""
    cells = array(maps)
    ordered = cells if order == "CHW" else cells.transpose(1, 2, 0)
    flat: Values = nested(ordered.reshape(-1))
    return flat


def _dense(case: Case[Any], value: Values) -> Values:
    weights = array(case.given.weights)
    if weights.shape[1] != len(value):
        raise ShapeError(f"'weights' has {weights.shape[1]} numbers a row; {len(value)} values come in")
    return tuple(map(whole, weights @ array(value) + array(dense_biases(case.given))))


def dense_biases(given: Any) -> Values:
    """Return a bias for each unit; they are 0 where none is stated."""
    return given.dense_bias or (0,) * len(given.weights)


def sizes(case: Case[Any]) -> dict[Name, Pair]:
    """Return the rows and columns behind every step, worked out without any of the numbers.

    Raises
    ------
    ShapeError
        If a window does not fit.
    """
    size = output_size(case)
    found: dict[Name, Pair] = {}
    for stage in case.given.steps:
        match stage:
            case PoolStage():
                size = pool_slide(case, stage).positions(size)
            case DenseStage(units):
                size = (1, units)
            case "flatten":
                size = (1, len(case.given.kernel) * size[0] * size[1])
            case "class":
                size = (1, 1)
        found[name_of(stage)] = size
    return found


def largest_score(given: Any) -> Number:
    """Return what no number behind any step exceeds, whatever the conventions."""
    brightest = abs(array(given.input)).max()
    weights = abs(array(given.kernel)).reshape(len(given.kernel), -1).sum(axis=1)
    largest: Number = (brightest * weights + abs(array(biases_of(given)))).max()
    if given.weights is not None:
        rows = abs(array(given.weights)).sum(axis=1)
        largest = (largest * rows + abs(array(dense_biases(given)))).max()
    return largest
