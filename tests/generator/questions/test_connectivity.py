"""Connections: known answers, typical wrong ones, and the relations between seeing and touching."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Graph, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.connectivity import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

PLAIN = Conventions()
UP = Conventions(rounding="ceil")
FROM_1 = Conventions(origin=1)


def case(
    inputs: list[int],
    *layers: dict[str, Any],
    ask: str,
    unit: list[int] | None = None,
    conventions: Conventions = PLAIN,
    **more: Any,
) -> Case[Given]:
    place = {} if unit is None else {"unit": unit}
    data = {"inputs": inputs, "layers": list(layers), "ask": ask.split(), **place, **more}
    return Case(parse_value(Given, data), conventions)


def conv(kernel: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1, **more: Any) -> dict[str, Any]:
    numbers = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    return {"conv": 1, **numbers, **more}


def answers(case: Case[Given]) -> list[Any]:
    """Solve in both ways."""
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return list(key.values())


def units(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DENSE = ([5], {"dense": 3})
WINDOW = ([5], {"conv": 1, "kernel": 3})
COUNTS = "connections weights parameters"


# -- known answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        pytest.param(case(*DENSE, ask=COUNTS), [15, 15, 18], id="E5 dense"),
        pytest.param(case(*WINDOW, ask=COUNTS, shared="false"), [9, 9, 12], id="E5 sparse"),
        pytest.param(case(*WINDOW, ask=COUNTS), [9, 3, 4], id="E5 shared"),
        pytest.param(
            case([5], {"conv": 2, "kernel": 3, "bias": "false"}, ask="outputs weights"), [6, 6], id="E6"
        ),
        pytest.param(case([5], conv(3, padding=1), ask="connections"), [13], id="E33 the ends lose one each"),
        pytest.param(
            case([5], conv(3), ask="sees", unit=[2], conventions=FROM_1), [units("x3 x4 x5")], id="E32"
        ),
        pytest.param(
            case([5], conv(3, padding=1), ask="sees count", unit=[0]), [units("x0 x1"), 2], id="E33"
        ),
        pytest.param(
            case([10], conv(3, stride=2, dilation=2), ask="sees", unit=[1]), [units("x2 x4 x6")], id="dilated"
        ),
        pytest.param(case([11], conv(2, stride=3), ask="touches", unit=[2]), [()], id="jumped over"),
        pytest.param(
            case([9], conv(3, stride=2, padding=1), ask="touches", unit=[3]), [units("a1 a2")], id="touches"
        ),
        pytest.param(
            case([9], conv(3), conv(3), ask="touches", unit=[3]), [units("a0 a1 a2 a3")], id="touches twice"
        ),
        pytest.param(
            case([9], conv(3, stride=2), conv(2), ask="touches", unit=[4], conventions=FROM_1),
            [units("a1 a2 a3")],
            id="counted from 1",
        ),
        # rows i to i + f_h - 1, columns j to j + f_w - 1
        pytest.param(
            case([10, 12], conv([3, 4]), ask="rows columns count", unit=[2, 5]), [2, 4, 5, 8, 12], id="E13"
        ),
        pytest.param(
            case([10, 12], conv(3, padding=1), ask="rows columns count", unit=[0, 11]),
            [0, 1, 10, 11, 4],
            id="E13 padded",
        ),
        # rows i s_h to i s_h + f_h - 1, columns j s_w to j s_w + f_w - 1, in all maps
        pytest.param(
            case([20, 20], conv([3, 5], stride=[2, 3]), ask="rows columns count", unit=[4, 2], maps=6),
            [8, 10, 6, 10, 90],
            id="E14",
        ),
        pytest.param(
            case([20, 20], *[conv(3)] * 3, ask="rows columns count", unit=[6, 9]),
            [6, 12, 9, 15, 49],
            id="E31",
        ),
        # conv 3, pool 2, conv 3: 3, 4, 8
        pytest.param(
            case([20, 20], conv(3), {"pool": "max", "kernel": 2}, conv(3), ask="rows count", unit=[1, 1]),
            [2, 9, 64],
            id="pooled",
        ),
        pytest.param(
            case([9, 9], conv(3, dilation=2), ask="rows columns count", unit=[1, 1]),
            [1, 5, 1, 5, 9],
            id="gaps are not counted",
        ),
        # a third window begins at input 6 and hangs over the end: it holds one input
        pytest.param(
            case([7], conv(2, stride=3), ask="outputs connections", conventions=UP), [3, 5], id="rounded up"
        ),
        pytest.param(case([7], conv(2, stride=3), ask="outputs connections"), [2, 4], id="rounded down"),
    ],
)
def test_known_answers(asked: Case[Given], key: list[Any]) -> None:
    assert answers(asked) == key


@pytest.mark.parametrize(
    ("asked", "name", "wrong"),
    [
        (case(*DENSE, ask=COUNTS), "sum_for_product", [15, 8, 11]),
        (case(*DENSE, ask=COUNTS), "one_bias_per_layer", [15, 15, 16]),
        (case(*WINDOW, ask=COUNTS), "sharing_ignored", [9, 9, 12]),
        (case(*WINDOW, ask=COUNTS), "bias_not_shared", [9, 3, 6]),
        (case(*WINDOW, ask=COUNTS), "dense_assumed", [15, 15, 18]),
        (case(*WINDOW, ask=COUNTS), "no_bias", [9, 3, 3]),
        (case(*WINDOW, ask=COUNTS, shared="false"), "sharing_assumed", [9, 3, 4]),
        (case(*WINDOW, ask=COUNTS, shared="false"), "one_bias_per_layer", [9, 9, 10]),
        (case([5], conv(3, padding=1), ask="connections"), "padding_counted", [15]),
        (case([9], conv(3, stride=2, padding=1), ask="sees", unit=[2]), "ignore_stride", [units("x1 x2 x3")]),
        (
            case([9], conv(3, stride=2, padding=1), ask="sees", unit=[2]),
            "ignore_padding",
            [units("x4 x5 x6")],
        ),
        (case([9], conv(3, dilation=2), ask="sees", unit=[1]), "dilation_ignored", [units("x1 x2 x3")]),
        (case([9], conv(3, dilation=2), ask="sees", unit=[1]), "gaps_counted", [units("x1 x2 x3 x4 x5")]),
        (case([9], conv(3, stride=2), ask="touches", unit=[2]), "direct_as_backward", [()]),
        (case([9], conv(3), ask="touches", unit=[2]), "direct_as_backward", [units("a2 a3 a4")]),
        (case([9], conv(3), conv(3), ask="sees", unit=[2]), "last_kernel_only", [units("x2 x3 x4")]),
        (
            case([9], conv(3), conv(3), ask="sees", unit=[2]),
            "rf_sum_of_kernels",
            [units("x2 x3 x4 x5 x6 x7")],
        ),
        (case([9, 9], conv([2, 3]), ask="rows columns", unit=[1, 4]), "transpose", [4, 6, 1, 2]),
        (case([9, 9], conv([2, 3]), ask="rows columns", unit=[1, 4]), "axes_swapped", [1, 3, 4, 5]),
        (case([9, 9], conv([2, 3]), ask="rows columns", unit=[1, 4]), "last_one_too_far", [1, 3, 4, 7]),
        (
            case([9, 9], conv(3, stride=2), ask="rows columns", unit=[1, 2]),
            "other_origin",
            [1, 3, 3, 5],
        ),
        (case([9, 9], conv(3, padding=1), ask="rows count", unit=[0, 4]), "padding_counted", [-1, 1, 9]),
        (case([9, 9], conv(3), ask="count", unit=[0, 4], maps=5), "one_map_only", [9]),
    ],
)
def test_typical_wrong_answers(asked: Case[Given], name: str, wrong: list[Any]) -> None:
    given = dict(wrong_answers("connectivity", asked))
    assert list(given[name].values()) == wrong


def test_a_wrong_way_leads_to_outputs_that_exist() -> None:
    asked = case([9], conv(3, stride=2), ask="touches", unit=[6])
    assert "ignore_stride" not in dict(wrong_answers("connectivity", asked))


# -- seeing and touching ------------------------------------------------------------------------

STACKS = [
    [conv(kernel, stride, padding, dilation), *more]
    for kernel, stride, padding, dilation in product((1, 2, 3), (1, 2, 3), (0, 1), (1, 2))
    for more in ([], [conv(2, padding=1)], [{"pool": "max", "kernel": 2}])
]


def all_of(ask: str, size: int, layers: list[dict[str, Any]], conventions: Conventions) -> list[set[int]]:
    """Ask the same about every unit."""
    found: list[set[int]] = []
    while True:
        try:
            asked = case([size], *layers, ask=ask, unit=[len(found)], conventions=conventions)
        except DataError:
            return found
        found.append({int(name[1:]) for name in answers(asked)[0]})


@pytest.mark.parametrize("layers", STACKS)
def test_seeing_and_touching_are_inverse(layers: list[dict[str, Any]]) -> None:
    seen, touched = (all_of(ask, 9, layers, PLAIN) for ask in ("sees", "touches"))
    assert len(touched) == 9
    assert {(start, end) for end, cells in enumerate(seen) for start in cells} == {
        (start, end) for start, ends in enumerate(touched) for end in ends
    }


@pytest.mark.parametrize("layers", [layers for layers in STACKS if len(layers) == 2])
def test_a_stack_is_its_layers_one_after_the_other(layers: list[dict[str, Any]]) -> None:
    first, last = layers
    near = all_of("sees", 9, [first], PLAIN)
    far = all_of("sees", len(near), [last], PLAIN)
    through = all_of("sees", 9, layers, PLAIN)
    assert through == [set().union(*(near[unit] for unit in units)) for units in far]


# -- what is shown and written out --------------------------------------------------------------


def shown_graph(asked: Case[Given]) -> Graph:
    figure = TYPE.show(asked)["graph"]
    assert isinstance(figure, Graph)
    return figure


def test_nodes_alone_do_not_tell_the_window() -> None:
    """Two layers with equally many outputs look the same, however they connect them."""
    one, other = (
        shown_graph(case([9], layer, ask="sees", unit=[3])) for layer in (conv(3), conv(2, dilation=2))
    )
    assert one == other
    assert one.edges == ((),)
    assert one.marked == {(1, 3)}


def test_an_input_is_marked_where_it_is_asked_about() -> None:
    assert shown_graph(case([9], conv(3), ask="touches", unit=[3])).marked == {(0, 3)}


@pytest.mark.parametrize(
    ("asked", "weights"),
    [
        (case(*WINDOW, ask=COUNTS, graph="edges"), {"w_{0}": 3, "w_{1}": 3, "w_{2}": 3}),
        (case(*WINDOW, ask=COUNTS, graph="edges", conventions=FROM_1), {"w_{1}": 3, "w_{2}": 3, "w_{3}": 3}),
        (case(*WINDOW, ask=COUNTS, graph="edges", shared="false"), {"": 9}),
        (case(*DENSE, ask=COUNTS, graph="edges"), {"": 15}),
    ],
)
def test_only_shared_weights_are_named(asked: Case[Given], weights: dict[str, int]) -> None:
    ((*edges,),) = shown_graph(asked).edges
    assert {name: sum(edge.weight == name for edge in edges) for name in weights} == weights
    assert len(edges) == sum(weights.values())


def formulas(asked: Case[Given]) -> list[str]:
    return [plain_formula(step.latex) for step in TYPE.work(asked) if isinstance(step, Symbol)]


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (
            case([9], conv(3, stride=2, padding=1, dilation=2), ask="sees", unit=[1]),
            ["first = 1 · 2 − 1 = 1", "last = 1 · 2 − 1 + 2 · (3 − 1) = 5", "x₁, x₃, x₅"],
        ),
        (
            case([9], conv(3, stride=2, padding=1), ask="sees", unit=[0], conventions=FROM_1),
            ["first = (1 − 1) · 2 − 1 + 1 = 0", "last = (1 − 1) · 2 − 1 + 1 + 1 · (3 − 1) = 2", "x₁, x₂"],
        ),
        (
            case([9], conv(3, stride=2, padding=1), ask="touches", unit=[3]),
            [
                "j = 0: (3 + 1 − 1 · 0)/2 = 2",
                "j = 1: (3 + 1 − 1 · 1)/2 = 3/2, not whole",
                "j = 2: (3 + 1 − 1 · 2)/2 = 1",
                "a₁, a₂",
            ],
        ),
    ],
)
def test_worked_solutions(asked: Case[Given], lines: list[str]) -> None:
    assert formulas(asked) == lines


def test_worked_solutions_mark_the_way() -> None:
    *_, figure = TYPE.work(case([7], conv(3), conv(2), ask="sees", unit=[1]))
    assert isinstance(figure, Graph)
    assert figure.marked == {(0, 1), (0, 2), (0, 3), (0, 4), (1, 1), (1, 2), (2, 1)}
    image = case([4, 5], conv(3, padding=1), ask="rows columns", unit=[0, 1])
    (grid,) = (step for step in TYPE.work(image) if isinstance(step, Grid))
    assert grid.marked == frozenset(product((0, 1), (0, 1, 2)))


# -- reading and marking ------------------------------------------------------------------------


def points(asked: Case[Given], **written: str) -> Fraction:
    spec = Spec("q/q", "connectivity", "Q", {"en": "?"}, Fraction(4), 1)
    problem = Problem("q", spec, asked, Fraction(4), TYPE.solve(asked, {}))
    return mark_problem(problem, written).points


@pytest.mark.parametrize("written", ["x2, x4, x6", "x_2 x_4 x_6", "6 4 2", "{x2, x4, x6}", "2 and 4 and 6"])
def test_units_are_read_as_meant(written: str) -> None:
    assert points(case([10], conv(3, stride=2, dilation=2), ask="sees", unit=[1]), sees=written) == 4


def test_nothing_can_be_the_answer() -> None:
    asked = case([11], conv(2, stride=3), ask="touches", unit=[2])
    assert points(asked, touches="none") == 4
    assert points(asked, touches="a0") < 4


def test_cells_are_counted_from_the_students_own_rows() -> None:
    asked = case([9, 9], conv(3), ask="rows columns count", unit=[1, 1])
    own = points(asked, first_row="1", last_row="4", first_column="1", last_column="3", count="12")
    assert own == points(asked, first_row="1", last_row="4", first_column="1", last_column="3", count="9")


def test_parameters_without_biases_are_not_asked_twice() -> None:
    asked = case(*WINDOW, ask=COUNTS, conventions=Conventions(bias_counted=False))
    assert answers(asked) == [9, 3]


BANK = shipped_bank()
RANDOM = [spec.id for spec in BANK if spec.type == "connectivity" and spec.params is not None]


@pytest.mark.parametrize(
    "conventions", [UP, Conventions(origin=1, bias_counted=False)], ids=["rounded up", "from 1, no biases"]
)
@pytest.mark.parametrize("entry", RANDOM)
def test_entries_can_be_drawn_under_other_conventions(entry: str, conventions: Conventions) -> None:
    for number in range(10):
        stream = Stream(derive(b"connectivity", [entry, str(number)]))
        draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry], conventions=conventions)


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layers", "reason"),
    [
        ([{"conv": 1, "kernel": 9}], "do not fit"),
        ([{"conv": 1, "kernel": 5}], "connected to everything"),
        ([{"conv": 1, "kernel": 3, "stride": 9, "padding": 16}], "connected to nothing"),
    ],
)
def test_refused_draws(layers: list[dict[str, Any]], reason: str) -> None:
    params = parse_value(Params, {"inputs": [5], "layers": layers, "ask": ["sees"]})
    with pytest.raises(Refused, match=reason):
        TYPE.draw(params, Stream(derive(b"connectivity", ["refused"])))


def complaints() -> Iterator[tuple[str, dict[str, Any]]]:
    row: dict[str, Any] = {"inputs": [9], "layers": [conv(3)]}
    image: dict[str, Any] = {"inputs": [9, 9], "layers": [conv(3)]}
    yield "at most 30 inputs", {**row, "inputs": [31], "ask": ["sees"], "unit": [0]}
    yield "at most 3 layers", {**row, "layers": [conv(2)] * 4, "ask": ["sees"], "unit": [0]}
    yield "a dense layer", {**row, "layers": ["relu"], "ask": ["sees"], "unit": [0]}
    yield "a dense layer", {**row, "layers": [{"dense": 3}], "ask": ["sees"], "unit": [0]}
    yield "one of its units", {**row, "ask": ["weights", "sees"], "unit": [0]}
    yield "one layer only", {**row, "layers": [conv(2)] * 2, "ask": ["weights"]}
    yield "stands alone", {**row, "ask": ["touches", "sees"], "unit": [0]}
    yield "no rows and columns", {**row, "ask": ["rows"], "unit": [0]}
    yield "of an image", {**image, "ask": ["sees"], "unit": [0, 0]}
    yield "'unit' is stated", {**row, "ask": ["sees"]}
    yield "'unit' is stated", {**row, "ask": ["weights"], "unit": [0]}
    yield "on each axis", {**row, "ask": ["sees"], "unit": [0, 0]}
    yield "'unit' is not one of 7", {**row, "ask": ["sees"], "unit": [7]}
    yield "without padding", {**row, "layers": [conv(3, padding=1)], "ask": ["weights"], "shared": "false"}
    yield "at most 1 filters", {**row, "layers": [{"conv": 2, "kernel": 3}], "ask": ["sees"], "unit": [0]}
    yield "'maps' needs", {**row, "ask": ["sees"], "unit": [0], "maps": 2}


@pytest.mark.parametrize(("complaint", "given"), list(complaints()))
def test_what_cannot_be_given(complaint: str, given: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=complaint):
        parse_value(Given, given)
