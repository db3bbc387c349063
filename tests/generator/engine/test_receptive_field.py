from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator.engine import (
    Activation,
    BatchNorm,
    Conv,
    ConvTranspose,
    Dense,
    GlobalPool,
    Layer,
    Pool,
    ReceptiveField,
    ShapeError,
    conv,
    field_of,
    inputs_of,
    pool,
    receptive_field,
    shapes,
    weight_shape,
)


def vgg_features() -> list[Layer]:
    layers: list[Layer] = []
    for repeats in (2, 2, 3, 3, 3):
        layers += [Conv(1, 3, padding=1)] * repeats
        layers.append(Pool(2))
    return layers


@pytest.mark.parametrize(
    ("layers", "sizes"),
    [
        pytest.param([Conv(1, 3)] * 5, [3, 5, 7, 9, 11], id="E31"),
        pytest.param([Conv(1, 3)] * 2, [3, 5], id="E11 two 3x3"),
        pytest.param([Conv(1, 5)], [5], id="E11 one 5x5"),
        pytest.param([Conv(1, 3), Conv(1, 3), Pool(2)], [3, 5, 6], id="pool counts"),
        pytest.param([Conv(1, 3, stride=2), Conv(1, 3), Conv(1, 2)], [3, 7, 9], id="stride of those before"),
        pytest.param([Conv(1, 3, dilation=2), Conv(1, 3, dilation=4)], [5, 13], id="dilation"),
        pytest.param([Conv(1, 3, padding=1)] * 2, [3, 5], id="padding changes nothing"),
        pytest.param([Conv(1, 3), Activation(), BatchNorm()], [3, 3, 3], id="single cells"),
    ],
)
def test_sizes(layers: list[Layer], sizes: list[int]) -> None:
    found = receptive_field(layers)
    assert [[axis.size for axis in axes] for axes in found] == [[size, size] for size in sizes]


def test_vgg16_features() -> None:
    """212 cells at a jump of 32, as in the table of Araujo et al."""
    assert receptive_field(vgg_features(), axes=1)[-1] == (ReceptiveField(212, 32, -90),)


def test_axes_differ() -> None:
    found = receptive_field([Conv(1, (3, 5), stride=(1, 2), padding=((1, 0), (2, 2))), Pool((2, 3))])
    assert found == (
        (ReceptiveField(3, 1, -1), ReceptiveField(5, 2, -2)),
        (ReceptiveField(4, 2, -1), ReceptiveField(9, 6, -2)),
    )


def test_shape_dependent_layers_need_the_shape() -> None:
    layers: list[Layer] = [Conv(1, 2, stride=2, padding="same_upper"), GlobalPool()]
    assert receptive_field(layers, (1, 5, 6))[-1] == (ReceptiveField(6, 2, 0), ReceptiveField(6, 2, 0))
    for layer in layers:
        with pytest.raises(ShapeError, match="depends on"):
            receptive_field([layer])


@pytest.mark.parametrize("layer", [Dense(3), ConvTranspose(1, 2)])
def test_layers_without_a_sliding_window(layer: Layer) -> None:
    with pytest.raises(ShapeError, match=f"{type(layer).__name__} has no sliding window"):
        receptive_field([Conv(1, 3), layer])


def test_field_of_a_unit() -> None:
    layers = [Conv(1, 3, stride=2, padding=1), Conv(1, 3)]
    assert field_of(layers, (0, 2)) == (range(-1, 6), range(3, 10))
    assert field_of([Conv(1, 3)], (4,)) == (range(4, 7),)  # E13, E14


def test_dilation_leaves_holes() -> None:
    assert inputs_of([Conv(1, 3, dilation=2)], (1,), (1, 9)) == ((1, 3, 5),)
    assert inputs_of([Conv(1, 3, padding=1)], (0,), (1, 9)) == ((0, 1),)
    with pytest.raises(ShapeError, match="position"):
        inputs_of([Conv(1, 3)], (-1,), (1, 9))


layer = st.builds(
    Conv,
    st.just(1),
    st.integers(1, 3),
    stride=st.integers(1, 3),
    padding=st.one_of(st.integers(0, 1), st.sampled_from(["same_upper", "same_lower"])),
    dilation=st.integers(1, 2),
) | st.builds(Pool, st.integers(1, 3), st.just("avg"), stride=st.integers(1, 3), ceil_mode=st.booleans())


def apply(layer: Any, x: Any) -> Any:
    if isinstance(layer, Conv):
        options: Any = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
        return conv(x, np.ones(weight_shape(layer, x.shape), dtype=int), **options)
    return pool(x, layer.kernel, kind="avg", stride=layer.stride, ceil_mode=layer.ceil_mode)


@settings(max_examples=80)
@given(st.lists(layer, min_size=1, max_size=3), st.data())
def test_a_unit_depends_on_exactly_these_inputs(layers: list[Any], data: Any) -> None:
    """With positive kernels a unit changes if and only if one of its inputs does."""
    size = 13
    try:
        last = shapes(layers, (1, size))[-1]
    except ShapeError:
        return
    unit = data.draw(st.integers(0, last[1] - 1))
    touched = []
    for cell in range(size):
        x = np.zeros((1, size), dtype=object)
        x[0, cell] = 1
        for each in layers:
            x = apply(each, x)
        if x[0, unit]:
            touched.append(cell)
    assert inputs_of(layers, (unit,), (1, size)) == (tuple(touched),)
    (span,) = field_of(layers, (unit,), (1, size))
    assert set(touched) <= set(span)
