"""Output shapes: the answers of the lectures, wrong answers that others published, and loops that go wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Value
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.output_shape import TYPE, Given, solve
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import Stream, derive
from convexam.grader.explaining.explain import explain
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

BANK = shipped_bank()
RANDOM = sorted(spec.id for spec in BANK if spec.type == "output_shape" and spec.params)
ONE_LAYER = [entry for entry in RANDOM if "one-layer" in BANK[entry].tags]
HWC = Conventions(order="HWC")


def case(conventions: Conventions = HWC, **given: Any) -> Case[Given]:
    return Case(parse_value(Given, given), conventions)


def conv(filters: int, kernel: Any, **more: Any) -> dict[str, Any]:
    return {"conv": filters, "kernel": kernel, **more}


def pool(kernel: Any, **more: Any) -> dict[str, Any]:
    return {"pool": "max", "kernel": kernel, **more}


def problem(of: Case[Given], *listed: str) -> Problem:
    spec = Spec(
        id="x",
        type="output_shape",
        title="x",
        prompt={"en": "x"},
        points=Fraction(1),
        difficulty=1,
        misconceptions=dict.fromkeys(listed, Fraction()),
    )
    return Problem("q", spec, of, Fraction(1), solve(of, {}))


def drawn(entry: str, number: int, conventions: Conventions | None = None) -> Problem:
    stream = Stream(derive(b"output_shape", [entry, str(number)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry], conventions=conventions)


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        ("five-by-seven", (1, 2, 3)),
        ("five-by-seven-backwards", 1),
        ("shrink-effect", (1, 1066, 1598)),
        ("values-of-a-photograph", 5_126_400),
        ("values-of-a-logo", 27_556),
        ("one-dimensional-padding", 1),
        ("stride-and-dilation", (1, 3, 3)),
        ("three-by-three-steps", (1, 3, 3)),
        ("binary-image", (1, 2, 2)),
        ("a-rest-is-left", (6, 6, 10)),
        ("stride-instead-of-pooling", 2),
    ],
)
def test_answers_of_the_lectures(entry: str, answer: Value) -> None:
    assert list(drawn(f"output_shape/{entry}", 0).key.values()) == [(answer,)]


# Height, width, channels; where a source prints no more than the wrong number, the setting is the plainest one
# that gives it.
PUBLISHED = [
    ((63, 63, 16), conv(32, 7, stride=2), (29, 29, 32), "keep_input_depth", (29, 29, 16)),
    ((1024, 1024, 3), conv(10, 3), (1022, 1022, 10), "keep_input_depth", (1022, 1022, 3)),
    ((32, 32, 3), conv(16, 3), (30, 30, 16), "keep_input_depth", (30, 30, 3)),
    ((15, 15, 8), {"pad": 2}, (19, 19, 8), "pad_once", (17, 17, 8)),
    ((15, 15, 8), {"pad": 2}, (19, 19, 8), "pad_channels", (19, 19, 12)),
    ((32, 32, 16), pool(2), (16, 16, 16), "missing_plus_one", (15, 15, 16)),
    ((32, 32, 16), pool(2), (16, 16, 16), "pool_over_channels", (16, 16, 8)),
    ((32, 32, 16), pool(2), (16, 16, 16), "pool_channels_only", (32, 32, 8)),
    ((32, 32, 3), conv(6, 5, padding=2), (32, 32, 6), "pad_once", (30, 30, 6)),
    ((32, 32, 3), conv(6, 5, padding=2), (32, 32, 6), "ignore_padding", (28, 28, 6)),
    ((7, 9, 1), conv(1, 3, padding=1), (7, 9, 1), "ignore_padding", (5, 7, 1)),
    ((64, 64, 3), conv(8, 5), (60, 60, 8), "assume_same_padding", (64, 64, 8)),
    ((4, 4, 1), conv(1, 3), (2, 2, 1), "assume_same_padding", (4, 4, 1)),
    ((64, 64, 3), conv(8, 5), (60, 60, 8), "missing_plus_one", (59, 59, 8)),
    ((128, 128, 8), pool(2), (64, 64, 8), "missing_plus_one", (63, 63, 8)),
    ((128, 128, 3), conv(8, 4), (125, 125, 8), "missing_plus_one", (124, 124, 8)),
    ((5, 5, 1), conv(1, 3, stride=2), (2, 2, 1), "missing_plus_one", (1, 1, 1)),
    ((7, 7, 1), conv(1, 3, stride=2), (3, 3, 1), "missing_plus_one", (2, 2, 1)),
    ((7, 7, 1), conv(1, 3, stride=2), (3, 3, 1), "ignore_stride", (5, 5, 1)),
    ((128, 128, 3), conv(8, 3, stride=2, padding=1), (64, 64, 8), "ignore_stride", (128, 128, 8)),
    ((10, 10, 1), conv(1, 3, stride=2), (4, 4, 1), "ceil_for_floor", (5, 5, 1)),
    ((66, 66, 4), pool(3, stride=2), (32, 32, 4), "ceil_for_floor", (33, 33, 4)),
    ((112, 112, 64), pool(3, stride=2), (55, 55, 64), "ceil_for_floor", (56, 56, 64)),
    ((22, 22, 4), pool(3, stride=2, ceil_mode=True), (11, 11, 4), "floor_for_ceil", (10, 10, 4)),
    ((32, 32, 3), conv(6, 5), (28, 28, 6), "kernel_as_output", (5, 5, 6)),
    ((32, 32, 3), conv(6, 3), (30, 30, 6), "kernel_as_output", (3, 3, 6)),
    ((256, 256, 3), pool(2), (128, 128, 3), "apply_twice", (64, 64, 3)),
    ((128, 128, 3), pool(2), (64, 64, 3), "apply_twice", (32, 32, 3)),
    ((7, 7, 1), conv(1, 3, dilation=2), (3, 3, 1), "dilation_ignored", (5, 5, 1)),
    ((7, 7, 1), conv(1, 3, dilation=2), (3, 3, 1), "dilation_k_times_d", (2, 2, 1)),
    ((7, 7, 1), conv(1, 3, dilation=2), (3, 3, 1), "dilation_zero_based", (1, 1, 1)),
    ((7, 9, 3), conv(4, 3), (5, 7, 4), "transpose", (7, 5, 4)),
    ((7, 9, 3), conv(4, 3), (5, 7, 4), "other_order", (4, 5, 7)),
]


@pytest.mark.parametrize(("input_", "layer", "right", "name", "wrong"), PUBLISHED)
def test_published_wrong_numbers_are_named(
    input_: tuple[int, int, int], layer: Any, right: Value, name: str, wrong: Value
) -> None:
    height, width, channels = input_
    asked = problem(case(input=[channels, height, width], layers=[layer]), name)
    assert asked.key["shape"] == (right,)
    assert dict(wrong_answers("output_shape", asked.case))[name] == {"shape": wrong}
    finding = explain(asked, TYPE.ask(asked.case), {"shape": wrong}).finding
    assert finding is not None
    assert finding.names == (name,)


def test_misconceptions_compose() -> None:
    """A published option pads once, and the channels as well: 17 x 17 x 10."""
    changes = {misconception.name: misconception.change for misconception in TYPE.misconceptions}
    padded_once = changes["pad_once"](case(input=[8, 15, 15], layers=[{"pad": 2}]))
    assert padded_once is not None
    both = changes["pad_channels"](padded_once)
    assert both is not None
    assert solve(both, {}) == {"shape": ((17, 17, 10),)}


class TestBackwards:
    def test_the_published_padding_of_a_large_kernel(self) -> None:
        """63 x 63 x 16, kernels of 7 x 7, the size is kept: 3, and not 7."""
        asked = problem(
            case(
                input=[16, 63, 63],
                layers=[conv(32, 7, padding=3)],
                find={"quantity": "padding", "from": 0, "to": 7},
            )
        )
        assert asked.key == {"padding": (3,)}
        assert dict(wrong_answers("output_shape", asked.case))["kernel_as_padding"] == {"padding": 7}
        finding = explain(asked, TYPE.ask(asked.case), {"padding": 7}).finding
        assert finding is not None
        assert finding.names == ("kernel_as_padding",)

    @pytest.mark.parametrize(
        ("quantity", "bounds", "layer", "right"),
        [
            ("padding", (0, 4), conv(1, 5, stride=4, padding=1), (1, 2)),
            ("kernel", (1, 9), conv(1, 4, stride=3), (2, 3, 4)),
            ("stride", (1, 12), conv(1, 3, stride=9), (7, 8, 9, 10, 11, 12)),
            ("dilation", (1, 6), conv(1, 3, stride=4, dilation=2), (2, 3)),
        ],
    )
    def test_every_number_that_fits_is_right(
        self, quantity: str, bounds: tuple[int, int], layer: Any, right: tuple[int, ...]
    ) -> None:
        find = {"quantity": quantity, "from": bounds[0], "to": bounds[1]}
        asked = problem(case(input=[1, 16, 16], layers=[layer], find=find))
        assert asked.key == {quantity: right}
        for number in right:
            assert mark_problem(asked, {quantity: str(number)}).points == 1
        smallest = case(input=[1, 16, 16], layers=[layer], find={**find, "smallest": True})
        assert solve(smallest, {}) == {quantity: right[:1]}

    def test_the_hidden_number_is_not_shown(self) -> None:
        """Two strides give the same output; whichever made it, the paper is the same."""
        papers = [
            case(
                input=[1, 16, 16],
                layers=[conv(1, 3, stride=stride)],
                find={"quantity": "stride", "from": 1, "to": 12},
            )
            for stride in (8, 11)
        ]
        assert TYPE.show(papers[0]) == TYPE.show(papers[1])
        assert TYPE.ask(papers[0]) == TYPE.ask(papers[1])


class TestConventions:
    SIZES: dict[str, Any] = {"input": [3, 20, 30], "layers": [conv(8, 3, stride=2)]}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("conventions", "right"),
        [
            (Conventions(), (8, 9, 14)),
            (Conventions(order="HWC"), (9, 14, 8)),
            (Conventions(rounding="ceil"), (8, 10, 15)),
        ],
    )
    def test_the_key_obeys(self, conventions: Conventions, right: Value) -> None:
        asked = case(conventions, **self.SIZES)
        assert solve(asked, {}) == {"shape": (right,)}
        assert first_values(TYPE.second(asked)) == {"shape": right}

    def test_the_other_one_is_named(self) -> None:
        floored = dict(wrong_answers("output_shape", case(Conventions(), **self.SIZES)))
        assert floored["ceil_for_floor"] == {"shape": (8, 10, 15)}
        assert floored["other_order"] == {"shape": (9, 14, 8)}
        raised = dict(wrong_answers("output_shape", case(Conventions(rounding="ceil"), **self.SIZES)))
        assert raised["floor_for_ceil"] == {"shape": (8, 9, 14)}

    def test_a_window_that_begins_behind_the_input_is_left_out(self) -> None:
        assert solve(case(input=[1, 10, 10], layers=[pool(1, stride=2, ceil_mode=True)]), {}) == {
            "shape": ((5, 5, 1),)
        }

    @pytest.mark.parametrize("entry", RANDOM)
    def test_two_methods_agree_under_all_of_them(self, entry: str) -> None:
        for number in range(20):
            asked = drawn(entry, number, Conventions(order="HWC", rounding="ceil"))
            assert dict(TYPE.second(asked.case)) == dict(asked.key)


def test_errors_are_carried_forward() -> None:
    asked = case(input=[3, 32, 32], layers=[conv(6, 5), pool(2), "flatten"], each_layer=True)
    assert solve(asked, {}) == {"layer1": ((28, 28, 6),), "layer2": ((14, 14, 6),), "layer3": (1176,)}
    assert solve(asked, {"layer1": (30, 30, 6)})["layer2"] == ((15, 15, 6),)
    assert solve(asked, {"layer2": (10, 10, 6)})["layer3"] == (600,)
    assert [field.needs for field in TYPE.ask(asked)] == [(), ("layer1",), ("layer2",)]


# -- the same mistakes, made by loops -------------------------------------------------------------


def positions(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> int:
    """Count windows by walking."""
    count, start = 0, 0
    while start + dilation * (kernel - 1) <= before + size + after - 1:
        count, start = count + 1, start + stride
    return count


def walked(of: Given, name: str) -> tuple[int, ...]:
    """Walk over both axes of the input of one convolution or pooling, with a mistake."""
    layer: Any = of.layers[0]
    is_conv = hasattr(layer, "filters")
    sizes = []
    for axis in range(2):
        kernel = layer.kernel[axis % len(layer.kernel)]
        steps = layer.stride or layer.kernel
        stride = 1 if name == "ignore_stride" else steps[axis % len(steps)]
        dilation = layer.dilation[0] if is_conv else 1
        before, after = layer.padding[0]
        if name == "ignore_padding":
            before = after = 0
        if name == "pad_once":
            after = 0
        if name == "dilation_ignored":
            dilation = 1
        if name == "dilation_zero_based":
            dilation = dilation + 1
        if name == "dilation_k_times_d":
            kernel, dilation = kernel * dilation, 1
        size = positions(of.input[1 + axis], kernel, stride, before, after, dilation)
        if name == "ceil_for_floor" and (size - 1) * stride + dilation * (kernel - 1) + 1 < (
            before + of.input[1 + axis] + after
        ):
            size += 1
        sizes.append(size - (name == "missing_plus_one"))
    if name == "transpose":
        sizes.reverse()
    channels = layer.filters if is_conv and name != "keep_input_depth" else of.input[0]
    return (channels, *sizes)


WALKED = [
    "missing_plus_one",
    "ignore_stride",
    "ignore_padding",
    "pad_once",
    "dilation_ignored",
    "dilation_zero_based",
    "dilation_k_times_d",
    "ceil_for_floor",
    "transpose",
    "keep_input_depth",
]


@pytest.mark.parametrize(
    "entry", [entry for entry in ONE_LAYER if not entry.endswith(("/same", "-ceil", "/signal"))]
)
def test_loops_that_go_wrong_are_named(entry: str) -> None:
    for number in range(30):
        asked = drawn(entry, number)
        known = dict(wrong_answers("output_shape", asked.case))
        assert first_values(asked.key) == {"shape": walked(asked.case.given, "")}
        for name in set(WALKED) & set(known):
            assert known[name] == {"shape": walked(asked.case.given, name)}, name
        for name in set(WALKED) & set(asked.spec.misconceptions):
            finding = explain(asked, TYPE.ask(asked.case), {"shape": walked(asked.case.given, name)}).finding
            assert finding is not None
            assert finding.names == (name,)
