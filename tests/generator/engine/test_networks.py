"""Layers, the shapes that run through them, and what is counted."""

from typing import Any

import pytest

from convexam.generator.engine import (
    Activation,
    BatchNorm,
    Conv,
    ConvTranspose,
    Dense,
    Flatten,
    GlobalPool,
    Layer,
    Memory,
    Pool,
    ShapeError,
    activations,
    conv,
    conv_transpose,
    macs,
    memory_bytes,
    moving_statistics,
    out_shape,
    parameters,
    pool,
    shapes,
    weight_shape,
)

LENET: list[Layer] = [
    Conv(6, 5),
    Activation("tanh"),
    Pool(2, "avg"),
    Conv(16, 5),
    Activation("tanh"),
    Pool(2, "avg"),
    Flatten(),
    Dense(120),
    Dense(84),
    Dense(10),
]


def vgg16() -> list[Layer]:
    layers: list[Layer] = []
    for filters, repeats in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        layers += [Conv(filters, 3, padding=1)] * repeats
        layers.append(Pool(2))
    return [*layers, Flatten(), Dense(4096), Dense(4096), Dense(1000)]


def total(count: Any, layers: list[Layer], shape: tuple[int, ...]) -> int:
    return sum(count(layer, before) for layer, before in zip(layers, shapes(layers, shape)[:-1], strict=True))


def test_e27_lenet() -> None:
    found = shapes(LENET, (1, 32, 32))
    assert found == (
        (1, 32, 32),
        (6, 28, 28),
        (6, 28, 28),
        (6, 14, 14),
        (16, 10, 10),
        (16, 10, 10),
        (16, 5, 5),
        (400,),
        (120,),
        (84,),
        (10,),
    )
    counts = [parameters(layer, before) for layer, before in zip(LENET, found, strict=False)]
    assert [count for count in counts if count] == [156, 2416, 48120, 10164, 850]
    assert sum(counts) == 61706


def test_e28_harley() -> None:
    layers: list[Layer] = [
        Conv(6, 5),
        Pool(2),
        Conv(16, 5),
        Pool(2),
        Flatten(),
        Dense(120),
        Dense(100),
        Dense(10),
    ]
    assert total(parameters, layers, (1, 32, 32)) == 63802


def test_vgg16() -> None:
    layers = vgg16()
    assert total(parameters, layers, (3, 224, 224)) == 138_357_544
    assert total(macs, layers, (3, 224, 224)) == 15_470_264_320


@pytest.mark.parametrize(
    ("layer", "shape", "expected"),
    [
        pytest.param(Conv(16, 3, stride=2, padding=1), (3, 5, 7), (16, 3, 4), id="E12"),
        pytest.param(Conv(4, (1, 3), padding="same_upper"), (3, 5, 7), (4, 5, 7), id="same"),
        pytest.param(Conv(4, 3, groups=2), (2, 9), (4, 7), id="1-D"),
        pytest.param(ConvTranspose(8, 2, stride=2), (16, 7, 5), (8, 14, 10), id="transposed"),
        pytest.param(Pool(3, stride=2, ceil_mode=True), (8, 10, 9), (8, 5, 4), id="ceil"),
        pytest.param(Pool(2), (8, 9, 9), (8, 4, 4), id="pool"),
        pytest.param(GlobalPool(), (8, 9, 7), (8, 1, 1), id="global"),
        pytest.param(Flatten(), (8, 9, 7), (504,), id="flatten"),
        pytest.param(Dense(10), (504,), (10,), id="dense"),
        pytest.param(BatchNorm(), (8, 9, 7), (8, 9, 7), id="batch norm"),
        pytest.param(Activation(), (8,), (8,), id="activation"),
    ],
)
def test_out_shape(layer: Layer, shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert out_shape(layer, shape) == expected


def test_records_agree_with_the_operations() -> None:
    x = [[[(7 * i + j) % 5 for j in range(6)] for i in range(5)] for _ in range(4)]

    def ones(shape: tuple[int, ...]) -> Any:
        return 1 if not shape else [ones(shape[1:])] * shape[0]

    direct = Conv(6, (2, 3), stride=(1, 2), padding=1, dilation=2, groups=2)
    weight = ones(weight_shape(direct, (4, 5, 6)))
    y = conv(x, weight, stride=(1, 2), padding=1, dilation=2, groups=2)
    assert y.shape == out_shape(direct, (4, 5, 6))
    transposed = ConvTranspose(6, (2, 3), stride=2, padding=1, output_padding=1, groups=2)
    weight = ones(weight_shape(transposed, (4, 5, 6)))
    y = conv_transpose(x, weight, stride=2, padding=1, output_padding=1, groups=2)
    assert y.shape == out_shape(transposed, (4, 5, 6))
    y = pool(x, 3, kind="max", stride=2, padding=1, ceil_mode=True)
    assert y.shape == out_shape(Pool(3, stride=2, padding=1, ceil_mode=True), (4, 5, 6))


@pytest.mark.parametrize(
    ("layer", "shape", "expected"),
    [
        pytest.param(Dense(1), (1728,), 1729, id="E1"),
        pytest.param(Dense(3), (5,), 18, id="E5 with biases"),
        pytest.param(Dense(3, bias=False), (5,), 15, id="E5 dense"),
        pytest.param(Conv(1, 3, bias=False), (1, 5), 3, id="E5 shared"),
        pytest.param(Conv(2, 3, bias=False), (1, 5), 6, id="E6"),
        pytest.param(Dense(1000), (10000,), 10_001_000, id="E7"),
        pytest.param(Conv(1, 30, bias=False), (1, 99, 99), 900, id="E9"),
        pytest.param(Conv(64, 5, bias=False), (64, 9, 9), 102_400, id="E11 one 5x5"),
        pytest.param(Conv(7, (3, 4)), (3, 20, 20), 3 * 4 * 3 * 7 + 7, id="E16"),
        pytest.param(Conv(100, 5), (3, 300, 300), 7600, id="7500 without biases"),
        pytest.param(Conv(32, 3, groups=32), (32, 8, 8), 320, id="depthwise"),
        pytest.param(ConvTranspose(8, 2), (16, 7, 7), 16 * 8 * 4 + 8, id="transposed"),
        pytest.param(BatchNorm(), (512, 3, 3), 1024, id="batch norm"),
        pytest.param(Pool(2), (8, 9, 9), 0, id="E25 pool"),
        pytest.param(GlobalPool(), (8, 9, 9), 0, id="global pool"),
        pytest.param(Flatten(), (8, 9, 9), 0, id="flatten"),
        pytest.param(Activation(), (8, 9, 9), 0, id="activation"),
    ],
)
def test_parameters(layer: Layer, shape: tuple[int, ...], expected: int) -> None:
    assert parameters(layer, shape) == expected


def test_e11_two_stacked_kernels() -> None:
    layers: list[Layer] = [Conv(64, 3, bias=False)] * 2
    assert total(parameters, layers, (64, 9, 9)) == 73_728


@pytest.mark.parametrize(
    ("layer", "shape", "expected"),
    [
        pytest.param(Conv(64, 3, padding=1), (3, 224, 224), 86_704_128, id="VGG16 first layer"),
        pytest.param(Conv(32, 3, padding=1, groups=32), (32, 8, 8), 32 * 9 * 64, id="depthwise"),
        pytest.param(Conv(4, 3, stride=2), (2, 9), 4 * 2 * 3 * 4, id="output side, not input side"),
        pytest.param(ConvTranspose(8, 2, stride=2), (16, 7, 7), 49 * 16 * 8 * 4, id="transposed"),
        pytest.param(Dense(10), (504,), 5040, id="dense"),
        pytest.param(Pool(2), (8, 8, 8), 0, id="pool"),
    ],
)
def test_macs(layer: Layer, shape: tuple[int, ...], expected: int) -> None:
    assert macs(layer, shape) == expected


def test_moving_statistics_and_activations() -> None:
    assert moving_statistics(BatchNorm(), (512, 3, 3)) == 1024
    assert moving_statistics(Conv(1, 1), (512, 3, 3)) == 0
    assert activations(Conv(2, 3), (1, 5)) == 6  # E6


def test_memory() -> None:
    layers: list[Layer] = [Conv(2, 3), BatchNorm(), Pool(2), Flatten(), Dense(3)]
    # numbers put out: 36, 32, 32, 8, 8, 3; parameters: 20 + 4 + 27
    assert memory_bytes(layers, (1, 6, 6)) == Memory(4 * 51, 4 * 4, 4 * 119, 4 * 68)
    assert memory_bytes(layers, (1, 6, 6), batch=10, bytes_per_number=2) == Memory(102, 8, 20 * 119, 20 * 68)
    assert memory_bytes([], (5,)) == Memory(0, 0, 20, 20)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        pytest.param([Conv(4, 3), Dense(5)], r"layer 2 \(Dense\): .* put Flatten before it", id="flat"),
        pytest.param([Conv(4, 9)], r"layer 1 \(Conv\): .* does not fit", id="fit"),
        pytest.param([Conv(4, 3, groups=2)], "2 groups do not divide 3 channels", id="groups"),
        pytest.param([Conv(0, 3)], "filters must be at least 1", id="filters"),
        pytest.param([Flatten(), Pool(2)], r"layer 2 \(Pool\): an image", id="pool after flatten"),
        pytest.param([Flatten(), Conv(2, 2)], r"layer 2 \(Conv\): an image", id="conv after flatten"),
        pytest.param([Flatten(), Dense(0)], "units must be at least 1", id="units"),
    ],
)
def test_a_layer_that_does_not_fit_is_named(layers: list[Layer], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        shapes(layers, (3, 8, 8))
