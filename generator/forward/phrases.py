"""The steps of a forward pass in words and symbols, as papers print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..document import Lines, Message, Shown, Symbol, listed, say
from ..language import phrase
from ..model import Case
from ..sliding.filtering import operation_phrase
from ..sliding.geometry import padding_phrase, pair_phrase, rounding_phrase
from ..sliding.wrong_filters import biases_of
from .flow import dense_biases
from .stages import DenseStage, Name, PoolStage, Stage, is_flat, name_of

_LETTERS: Mapping[Name, str] = {
    "conv": "Y",
    "relu": "A",
    "sigmoid": "S",
    "pool": "P",
    "flatten": "v",
    "dense": "z",
    "softmax": "p",
    "class": "c",
}

# By (several kernels, a bias); whole sentences, because languages order their parts differently.
_FILTER = {
    (False, False): phrase(
        "Filter {{ source }} with {{ kernels }}: {{ operation }}, stride {{ stride }}, "
        "{{ padding }}. This gives {{ out }}."
    ),
    (False, True): phrase(
        "Filter {{ source }} with {{ kernels }}: {{ operation }}, stride {{ stride }}, "
        "{{ padding }}. Add the bias {{ bias }} to every cell. This gives {{ out }}."
    ),
    (True, False): phrase(
        "Filter {{ source }} with each of the kernels {{ kernels }}: {{ operation }}, "
        "stride {{ stride }}, {{ padding }}. This gives {{ out }}."
    ),
    (True, True): phrase(
        "Filter {{ source }} with each of the kernels {{ kernels }}: {{ operation }}, "
        "stride {{ stride }}, {{ padding }}. Add the biases {{ bias }}, one to every cell of each map. "
        "This gives {{ out }}."
    ),
}

_POOL = {
    "max": phrase(
        "Max pooling of {{ source }}: windows of {{ rows }} × {{ columns }} cells, "
        "stride {{ stride }}, no padding. This gives {{ out }}."
    ),
    "avg": phrase(
        "Average pooling of {{ source }}: windows of {{ rows }} × {{ columns }} cells, "
        "stride {{ stride }}, no padding. This gives {{ out }}."
    ),
}

_FLATTEN = {
    (False, "CHW"): phrase("Flatten {{ source }}: write its cells into one row {{ out }}, row by row."),
    (False, "HWC"): phrase("Flatten {{ source }}: write its cells into one row {{ out }}, row by row."),
    (True, "CHW"): phrase(
        "Flatten {{ source }} in the order channels × height × width: write the maps into one row "
        "{{ out }}, one map after the other, each row by row."
    ),
    (True, "HWC"): phrase(
        "Flatten {{ source }} in the order height × width × channels: go over the cells row by "
        "row, and write the numbers of all maps in a cell next to each other. This gives one row {{ out }}."
    ),
}


def letter(case: Case[Any], name: Name) -> str:
    """Return the letter of what a step gives; flat values go by small ones."""
    return _LETTERS[name].lower() if is_flat(case.given.steps, name) else _LETTERS[name]


def symbols(case: Case[Any], name: Name) -> list[str]:
    """Return the symbols of what a step gives: one for each map where there are several."""
    count, origin = len(case.given.kernel), case.conventions.origin
    if count == 1 or is_flat(case.given.steps, name):
        return [letter(case, name)]
    return [f"{letter(case, name)}^{{({number})}}" for number in range(origin, origin + count)]


def named(case: Case[Any], name: Name) -> Symbol:
    """Name what a step gives in a sentence."""
    return Symbol(", ".join(symbols(case, name)))


def stage_name(stage: Stage) -> Message:
    """Name a step."""
    match stage:
        case PoolStage(kind):
            return say("Max pooling") if kind == "max" else say("Average pooling")
        case DenseStage():
            return say("Dense layer")
        case "conv":
            return say("Convolution")
        case "relu":
            return say("ReLU")
        case "sigmoid":
            return say("Sigmoid")
        case "flatten":
            return say("Flatten")
        case "softmax":
            return say("Softmax")
        case _:
            return say("Predicted class")


def stage_lines(case: Case[Any]) -> Lines:
    """Say everything about the steps, one a line."""
    names: list[Name] = [name_of(stage) for stage in case.given.steps]
    sources = [Symbol("X"), *(named(case, name) for name in names)]
    lines = zip(case.given.steps, sources, sources[1:], strict=False)
    return Lines(tuple(_line(case, stage, source, out) for stage, source, out in lines))


def _line(case: Case[Any], stage: Stage, source: Symbol, out: Symbol) -> Message:
    values: dict[str, Shown] = {"source": source, "out": out}
    several = len(case.given.kernel) > 1
    match stage:
        case PoolStage(kind, (rows, columns), stride):
            stride_ = pair_phrase(stride or (rows, columns))
            line = say(_POOL[kind], **values, rows=rows, columns=columns, stride=stride_)
            return say("{{ line }} Each map is pooled by itself.", line=line) if several else line
        case DenseStage():
            return _dense_line(case, values)
        case "conv":
            return _conv_line(case, values)
        case "relu":
            return say("Apply ReLU to every number of {{ source }}. This gives {{ out }}.", **values)
        case "sigmoid":
            return say(
                "Apply the sigmoid to every number of {{ source }}. This gives {{ out }}, {{ rounding }}.",
                **values,
                rounding=rounding_phrase(case.given.digits),
            )
        case "flatten":
            return say(_FLATTEN[several, case.conventions.order], **values)
        case "softmax":
            return say(
                "Apply softmax to {{ source }}. This gives {{ out }}, {{ rounding }}.",
                **values,
                rounding=rounding_phrase(case.given.digits),
            )
        case _:
            return say(
                "The predicted class {{ out }} is the place of the largest number of {{ source }}; "
                "the first place is {{ origin }}.",
                **values,
                origin=case.conventions.origin,
            )


def _conv_line(case: Case[Any], values: Mapping[str, Shown]) -> Message:
    given, origin = case.given, case.conventions.origin
    count = len(given.kernel)
    kernels = [f"K^{{({number})}}" for number in range(origin, origin + count)] if count > 1 else ["K"]
    return say(
        _FILTER[count > 1, any(given.bias)],
        **values,
        kernels=Symbol(", ".join(kernels)),
        operation=operation_phrase(case.conventions),
        stride=pair_phrase(given.stride),
        padding=padding_phrase(given.padding),
        bias=listed(biases_of(given)),
    )


def _dense_line(case: Case[Any], values: Mapping[str, Shown]) -> Message:
    if not any(case.given.dense_bias):
        return say(
            "Dense layer without biases: $W$ has a row of weights for each unit. Multiply $W$ by "
            "{{ source }}. This gives {{ out }}, one number for each unit.",
            **values,
        )
    return say(
        "Dense layer: $W$ has a row of weights for each unit. Multiply $W$ by {{ source }}, and add the "
        "units' biases {{ biases }}. This gives {{ out }}, one number for each unit.",
        **values,
        biases=listed(dense_biases(case.given)),
    )
