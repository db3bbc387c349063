from typing import Any

import pytest

from convexam.generator.engine import (
    ShapeError,
    effective_kernel,
    out_size,
    resolve_padding,
    transposed_out_size,
)


def window_starts(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> list[int]:
    """Count by trying every start: the naive definition that the formula shortens."""
    span = dilation * (kernel - 1) + 1
    return [start for start in range(-before, size + after, stride) if start + span <= size + after]


@pytest.mark.parametrize("size", range(1, 10))
@pytest.mark.parametrize("kernel", range(1, 5))
def test_out_size_counts_the_windows_that_fit(size: int, kernel: int) -> None:
    for stride in (1, 2, 3, 4):
        for before, after in ((0, 0), (1, 1), (0, 2), (2, 0), (3, 3)):
            for dilation in (1, 2, 3):
                starts = window_starts(size, kernel, stride, before, after, dilation)
                options: dict[str, Any] = {
                    "stride": stride,
                    "padding": (before, after),
                    "dilation": dilation,
                }
                if starts:
                    assert out_size(size, kernel, **options) == len(starts)
                else:
                    with pytest.raises(ShapeError):
                        out_size(size, kernel, **options)


@pytest.mark.parametrize(
    ("sizes", "kernel", "options", "expected"),
    [
        pytest.param((5, 7), 3, {"stride": 2, "padding": 1}, (3, 4), id="E12 with padding"),
        pytest.param((5, 7), 3, {"stride": 2}, (2, 3), id="E12 without padding"),
        pytest.param((1068, 1600), 3, {}, (1066, 1598), id="E18"),
        pytest.param((7,), 3, {}, (5,), id="E21 s1 d1"),
        pytest.param((7,), 3, {"stride": 2}, (3,), id="E21 s2 d1"),
        pytest.param((7,), 3, {"dilation": 2}, (3,), id="E21 s1 d2"),
        pytest.param((5,), 3, {"stride": 2}, (2,), id="E23"),
        pytest.param((5,), 3, {"padding": 1}, (5,), id="E19 same size"),
        pytest.param((5,), 2, {"stride": 2}, (2,), id="E50 floor"),
        pytest.param((5,), 2, {"stride": 2, "ceil_mode": True}, (3,), id="E50 ceil"),
        pytest.param((32, 28, 14, 10), 5, {}, (28, 24, 10, 6), id="LeNet-5"),
        pytest.param((30, 32), 3, {"padding": 1}, (30, 32), id="pad_once would shrink"),
        pytest.param((224,), 11, {"stride": 4, "padding": 2}, (55,), id="AlexNet"),
        pytest.param((224,), 7, {"stride": 2, "padding": 3}, (112,), id="ResNet"),
        pytest.param((112, 55, 10), 3, {"stride": 2, "ceil_mode": True}, (56, 27, 5), id="Caffe pools"),
        pytest.param((10,), 2, {"stride": 2, "padding": 1, "ceil_mode": True}, (6,), id="ceil fits"),
        pytest.param((9,), 2, {"stride": 2, "padding": 1, "ceil_mode": True}, (5,), id="ceil dropped"),
        pytest.param((2,), 3, {"stride": 3, "padding": 1, "ceil_mode": True}, (1,), id="ONNX last on pad"),
        pytest.param((2,), 3, {"stride": 2, "ceil_mode": True}, (1,), id="ceil larger than input"),
        pytest.param((5, 6, 7), 3, {"stride": 2, "padding": "same_upper"}, (3, 3, 4), id="same upper"),
        pytest.param((5, 6, 7), 3, {"stride": 2, "padding": "same_lower"}, (3, 3, 4), id="same lower"),
        pytest.param(
            (9,), 2, {"stride": 3, "padding": "same_upper", "ceil_mode": True}, (3,), id="same ceil"
        ),
    ],
)
def test_out_size_of_known_cases(
    sizes: tuple[int, ...], kernel: int, options: dict[str, Any], expected: tuple[int, ...]
) -> None:
    assert tuple(out_size(size, kernel, **options) for size in sizes) == expected


@pytest.mark.parametrize(("kernel", "dilation", "expected"), [(3, 1, 3), (3, 2, 5), (1, 9, 1), (2, 4, 5)])
def test_effective_kernel(kernel: int, dilation: int, expected: int) -> None:
    assert effective_kernel(kernel, dilation) == expected


@pytest.mark.parametrize(
    ("padding", "size", "kernel", "options", "expected"),
    [
        pytest.param(2, 5, 3, {}, (2, 2), id="number"),
        pytest.param((1, 2), 5, 3, {}, (1, 2), id="pair"),
        pytest.param("valid", 5, 3, {}, (0, 0), id="valid"),
        pytest.param("same_upper", 5, 3, {}, (1, 1), id="odd kernel"),
        pytest.param("same_upper", 5, 2, {}, (0, 1), id="odd cell at the end"),
        pytest.param("same_lower", 5, 2, {}, (1, 0), id="odd cell at the start"),
        pytest.param("same_upper", 6, 3, {"stride": 2}, (0, 1), id="stride"),
        pytest.param("same_upper", 7, 3, {"dilation": 3}, (3, 3), id="dilation"),
        pytest.param("same_upper", 7, 1, {"stride": 3}, (0, 0), id="never negative"),
        pytest.param(1, None, 3, {}, (1, 1), id="size unknown"),
    ],
)
def test_resolve_padding(
    padding: Any, size: int | None, kernel: int, options: dict[str, int], expected: tuple[int, int]
) -> None:
    assert resolve_padding(padding, size, kernel, **options) == expected


@pytest.mark.parametrize("name", ["same_upper", "same_lower"])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
def test_same_padding_gives_ceil_of_size_over_stride(name: str, stride: int) -> None:
    for size in range(1, 12):
        for kernel in range(1, 6):
            for dilation in (1, 2):
                found = out_size(size, kernel, stride=stride, padding=name, dilation=dilation)
                assert found == -(-size // stride)


@pytest.mark.parametrize(
    ("size", "kernel", "options", "expected"),
    [
        pytest.param(2, 3, {}, 4, id="relationship 8"),
        pytest.param(5, 4, {"padding": 2}, 4, id="relationship 9"),
        pytest.param(5, 3, {"padding": 1}, 5, id="relationship 10"),
        pytest.param(7, 3, {"padding": 2}, 5, id="relationship 11"),
        pytest.param(2, 3, {"stride": 2}, 5, id="relationship 12"),
        pytest.param(3, 3, {"stride": 2, "padding": 1}, 5, id="relationship 13"),
        pytest.param(3, 3, {"stride": 2, "padding": 1, "output_padding": 1}, 6, id="relationship 14"),
        pytest.param(3, 2, {"dilation": 2}, 5, id="dilated"),
        pytest.param(3, 3, {"stride": 2, "padding": (0, 1)}, 6, id="one side"),
    ],
)
def test_transposed_out_size(size: int, kernel: int, options: dict[str, Any], expected: int) -> None:
    assert transposed_out_size(size, kernel, **options) == expected


@pytest.mark.parametrize("size", range(1, 9))
def test_transposed_size_is_the_inverse_of_the_direct_size(size: int) -> None:
    for kernel in (1, 2, 3):
        for stride in (1, 2, 3):
            for padding in (0, 1):
                direct = size + 2 * padding - kernel
                if direct < 0:
                    continue
                out = out_size(size, kernel, stride=stride, padding=padding)
                rest = direct % stride
                back = transposed_out_size(out, kernel, stride=stride, padding=padding, output_padding=rest)
                assert back == size


@pytest.mark.parametrize(
    ("call", "message"),
    [
        pytest.param(lambda: out_size(4, 5), r"spans 5 .* 0 \+ 4 \+ 0 = 4 cells", id="too large"),
        pytest.param(lambda: out_size(4, 3, dilation=2), r"spans 5 \(kernel 3, dilation 2\)", id="dilated"),
        pytest.param(lambda: out_size(0, 1), "size must be at least 1, not 0", id="empty"),
        pytest.param(lambda: out_size(4, True), "kernel must be a whole number, not True", id="bool"),
        pytest.param(lambda: out_size(4, 2, stride=0), "stride must be at least 1", id="stride"),
        pytest.param(lambda: out_size(4, 2.0), "kernel must be a whole number, not 2.0", id="float"),  # type: ignore[arg-type]
        pytest.param(lambda: out_size(4, 2, padding=-1), "padding must be at least 0", id="negative"),
        pytest.param(lambda: out_size(4, 2, padding="same"), "'same_upper' or 'same_lower'", id="name"),
        pytest.param(lambda: out_size(4, 2, padding=(1, 1, 1)), r"\(before, after\)", id="three sides"),
        pytest.param(lambda: resolve_padding("same_upper", None, 3), "give the size", id="unknown size"),
        pytest.param(
            lambda: transposed_out_size(3, 3, output_padding=1), "output_padding 1 must be below", id="extra"
        ),
        pytest.param(lambda: transposed_out_size(1, 3, padding=2), "leaves nothing of 3 cells", id="cropped"),
        pytest.param(lambda: transposed_out_size(3, 3, padding="valid"), "in numbers", id="transposed name"),
    ],
)
def test_impossible_geometry_is_explained(call: Any, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        call()
