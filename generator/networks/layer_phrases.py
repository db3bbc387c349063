"""Layers and shapes in words, as every kind prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..document import Lines, Message, Shown, Symbol, say
from ..model import Conventions
from ..sliding.geometry import LEFT_OUT, pair_phrase, size_rule
from ..sliding.geometry import padding_phrase as sides_phrase
from .architecture import Conv, Dense, Layer, Pad, Padding, Pool, Shape, Word, each, stride_of

_WORDS: Mapping[Word, Message] = {
    "flatten": say("Flatten"),
    "relu": say("ReLU"),
    "sigmoid": say("Sigmoid"),
    "tanh": say("Tanh"),
    "softmax": say("Softmax"),
    "batch_norm": say("Batch normalisation"),
    "global_avg_pool": say("Global average pooling"),
    "global_max_pool": say("Global max pooling"),
}


def layer_name(layer: Layer) -> Message:
    """Name a layer without its numbers."""
    match layer:
        case Conv():
            return say("Convolution")
        case Pool(kind):
            return say("Max pooling") if kind == "max" else say("Average pooling")
        case Pad():
            return say("Zero padding")
        case Dense():
            return say("Dense layer")
        case _:
            return _WORDS[layer]


def layer_line(layer: Layer, axes: int = 2) -> Message:
    """Say everything about a layer on maps with so many axes."""
    match layer:
        case Conv() | Pool():
            return window_line(layer, window_parts(layer, axes))
        case Pad(padding):
            return say("Padding only: {{ padding }}", padding=padding_phrase(padding, axes))
        case Dense(units, bias):
            line = say("Dense layer: {{ units }} units", units=units)
            return line if bias else say("{{ layer }}, without biases", layer=line)
        case _:
            return _WORDS[layer]


def layer_lines(layers: Iterable[Layer], axes: int = 2) -> Lines:
    """Say everything about a network, one layer a line."""
    return Lines(tuple(layer_line(layer, axes) for layer in layers))


def window_parts(layer: Conv | Pool, axes: int = 2) -> dict[str, Shown]:
    """Word the numbers of a layer that slides a window, one by one."""
    parts: dict[str, Shown] = {
        "kernel": size_symbol(each(layer.kernel, axes)),
        "stride": _axes_phrase(each(stride_of(layer), axes)),
        "padding": padding_phrase(
            layer.padding, axes, zeros=isinstance(layer, Conv), strided=set(stride_of(layer)) != {1}
        ),
    }
    if isinstance(layer, Conv):
        parts["filters"] = say("1 filter") if layer.filters == 1 else say("{{ n }} filters", n=layer.filters)
        parts["dilation"] = _axes_phrase(each(layer.dilation, axes))
    return parts


def window_line(layer: Conv | Pool, parts: Mapping[str, Shown]) -> Message:
    """Say everything about a layer whose numbers are worded like this."""
    if isinstance(layer, Pool):
        line = say(
            "{{ layer }}: window {{ kernel }}, stride {{ stride }}, {{ padding }}",
            layer=layer_name(layer),
            **parts,
        )
        return say("{{ layer }}, output size rounded up", layer=line) if layer.ceil_mode else line
    line = say("Convolution: {{ filters }} of size {{ kernel }}, stride {{ stride }}, {{ padding }}", **parts)
    if set(layer.dilation) != {1}:
        line = say("{{ layer }}, dilation {{ dilation }}", layer=line, dilation=parts["dilation"])
    if layer.groups > 1:
        line = say("{{ layer }}, {{ groups }} groups", layer=line, groups=layer.groups)
    return line if layer.bias else say("{{ layer }}, without biases", layer=line)


def padding_phrase(padding: Padding, axes: int = 2, *, zeros: bool = True, strided: bool = True) -> Message:
    """Word padding by number or by name; say that it is zeros, or leave open what stands there."""
    if padding == "valid":
        return say("'valid' padding (none)")
    if padding == "same_upper" or padding == "same_lower":
        return say(
            "'same' padding (the output is as large as {{ size }}; "
            "an odd padding cell goes at the {{ end }})",
            size=say("the input divided by the stride, rounded up") if strided else say("the input"),
            end=say("end") if padding == "same_upper" else say("front"),
        )
    sides = each(padding, axes)
    if axes == 2:
        return sides_phrase((sides[0], sides[1]), zeros=zeros)
    before, after = sides[0]
    if not before + after:
        return say("no padding")
    kind = say("zero padding") if zeros else say("padding")
    if before == after:
        return say("{{ padding }} of {{ number }} at each end", padding=kind, number=before)
    return say(
        "{{ padding }} of {{ before }} at the start and {{ after }} at the end",
        padding=kind,
        before=before,
        after=after,
    )


def _axes_phrase(numbers: tuple[int, ...]) -> Message:
    return pair_phrase(numbers) if len(numbers) == 2 else say("{{ number }}", number=numbers[0])


def counted_phrase(conventions: Conventions) -> Message:
    """Say what counts as a parameter."""
    return say("weights and biases") if conventions.bias_counted else say("weights, but not biases")


def size_rule_phrase(layers: Iterable[Layer], conventions: Conventions) -> Message:
    """Say how the output sizes of these layers are rounded; a pooling may be rounded up on its own."""
    up = conventions.rounding == "ceil"
    rule = size_rule(up=up)
    if up or not any(isinstance(layer, Pool) and layer.ceil_mode for layer in layers):
        return rule
    return say("{{ rule }} {{ left_out }}", rule=rule, left_out=LEFT_OUT)


# -- shapes -------------------------------------------------------------------------------------


def ordered(shape: Shape, conventions: Conventions) -> Shape:
    """Write a shape, (C, *spatial), in the paper's order."""
    return shape if conventions.order == "CHW" else (*shape[1:], shape[0])


def from_ordered(shape: Shape, conventions: Conventions) -> Shape:
    """Read a shape in the paper's order."""
    return shape if conventions.order == "CHW" else (shape[-1], *shape[:-1])


def shape_order(conventions: Conventions) -> Message:
    """Say in which order a shape is written."""
    if conventions.order == "CHW":
        return say("channels × height × width")
    return say("height × width × channels")


def shape_phrase(shape: Shape) -> Message:
    """Word a shape, so that no order of axes is needed to read it."""
    depth = say("1 channel") if shape[0] == 1 else say("{{ count }} channels", count=shape[0])
    match shape:
        case (_, height, width):
            return say(
                "height {{ height }}, width {{ width }} and {{ depth }}",
                height=height,
                width=width,
                depth=depth,
            )
        case (_, length):
            return say("length {{ length }} and {{ depth }}", length=length, depth=depth)
        case _:
            return say("{{ count }} values", count=shape[0])


def size_symbol(sizes: Shape) -> Symbol:
    r"""Write sizes as they stand: ``6\times 28\times 28``."""
    return Symbol(r"\times ".join(map(str, sizes)))
