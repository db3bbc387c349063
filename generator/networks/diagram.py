"""A network as a figure: what flows, and the layers between."""

from __future__ import annotations

from collections.abc import Sequence

from ..figures.model import Chain, Maps, Units
from ..model import Conventions
from .architecture import Conv, Dense, Layer, Pad, Pool, Shape, Word, each
from .layer_phrases import ordered

_WORDS: dict[Word, str] = {
    "flatten": "flatten",
    "relu": "ReLU",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "softmax": "softmax",
    "batch_norm": "batch norm",
    "global_avg_pool": "global mean",
    "global_max_pool": "global max",
}
_KEEP_THE_SHAPE = ("relu", "sigmoid", "tanh", "softmax", "batch_norm")


def diagram(
    input_: Shape, layers: Sequence[Layer], shapes: Sequence[Shape] | None, conventions: Conventions
) -> Chain:
    """Draw a network; a layer that changes no shape goes with the one before.

    Parameters
    ----------
    input_
        The shape of the input, (C, H, W).
    shapes
        What comes out of each layer; None where that is not to be seen.
    """
    stages: list[Maps | Units] = [_stage(input_, conventions)]
    words: list[str] = []
    flat = False
    for number, layer in enumerate(layers):
        if layer in _KEEP_THE_SHAPE and words:
            words[-1] += f", {_short(layer)}"
            continue
        flat = flat or layer == "flatten" or isinstance(layer, Dense)
        words.append(_short(layer))
        hidden = Units(None) if flat else Maps(None, None, None)
        stages.append(hidden if shapes is None else _stage(shapes[number], conventions))
    return Chain(tuple(stages), tuple(words))


def _stage(shape: Shape, conventions: Conventions) -> Maps | Units:
    if len(shape) == 1:
        return Units(shape[0], str(shape[0]))
    count, height, width = shape
    return Maps(count, height, width, " × ".join(map(str, ordered(shape, conventions))))


def _short(layer: Layer) -> str:
    match layer:
        case Conv():
            return f"conv {_by(layer.kernel)}, {layer.filters}"
        case Pool(kind):
            return f"{'max' if kind == 'max' else 'mean'} {_by(layer.kernel)}"
        case Pad():
            return "pad"
        case Dense(units):
            return f"dense {units}"
        case _:
            return _WORDS[layer]


def _by(kernel: tuple[int, ...]) -> str:
    return "×".join(map(str, each(kernel, 2)))
