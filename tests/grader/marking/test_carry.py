"""An error is punished once: what follows from a student's own results counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import islice
from typing import Any, cast

import pytest

from convexam.generator import bank, registry
from convexam.generator.compose import draw_problem
from convexam.generator.language import ENGLISH
from convexam.generator.mistakes import first_values
from convexam.generator.model import Case, Field, Value
from convexam.generator.papers import Problem, Spec
from convexam.generator.policy import Release
from convexam.generator.questions.network_table import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult, Mark, Verdict
from convexam.grader.reports.told import State, told_item

NETWORK = parse_value(
    Given,
    {
        "input": [1, 12, 12],
        "layers": [
            {"conv": 4, "kernel": 3},
            {"pool": "max", "kernel": 2},
            {"conv": 8, "kernel": 3},
            "flatten",
            {"dense": 10},
        ],
        "total": "true",
    },
)
SPEC = Spec("q/q", "network_table", "Q", {"en": "?"}, Fraction(11), 1)
PROBLEM = Problem("q", SPEC, Case(NETWORK), Fraction(11), TYPE.solve(Case(NETWORK), {}))


def marked(**answers: str) -> ItemResult:
    """Mark the key with these answers instead."""
    key: dict[str, Value] = first_values(PROBLEM.key)
    fields = {field.name: field for field in TYPE.ask(PROBLEM.case)}
    return mark_problem(PROBLEM, {name: write(fields[name], value) for name, value in key.items()} | answers)


def by_name(result: ItemResult) -> dict[str, Mark]:
    return {mark.field: mark for mark in result.marks}


def wrong(result: ItemResult) -> set[str]:
    return {mark.field for mark in result.marks if mark.verdict is not Verdict.RIGHT}


CARRIED = {
    "shape_1": "4 x 12 x 12",  # wrong: 4 x 10 x 10
    "shape_2": "4 x 6 x 6",
    "shape_3": "8 x 4 x 4",
    "shape_4": "128",
    "parameters_5": "1290",
    "total": "1626",
}


def test_the_key() -> None:
    assert first_values(PROBLEM.key) == {
        "shape_1": (4, 10, 10),
        "parameters_1": 40,
        "shape_2": (4, 5, 5),
        "parameters_2": 0,
        "shape_3": (8, 3, 3),
        "parameters_3": 296,
        "shape_4": 72,
        "parameters_4": 0,
        "shape_5": 10,
        "parameters_5": 730,
        "total": 1066,
    }


def test_an_error_is_punished_once() -> None:
    result = marked(**CARRIED)
    assert wrong(result) == {"shape_1"}
    assert result.points == 10
    marks = by_name(result)
    for name in ("shape_2", "shape_3", "shape_4", "parameters_5", "total"):
        assert marks[name].against == "own"
        assert marks[name].credit == 1
        assert marks[name].key == PROBLEM.key[name][0]
    assert marks["shape_5"].against == "key"


def test_the_feedback_says_so() -> None:
    def states(result: ItemResult) -> set[State]:
        return set(told_item(PROBLEM, result, Release.EVERYTHING, ENGLISH).states)

    assert State.CARRIED in states(marked(**CARRIED))
    assert State.CARRIED not in states(marked())


def test_the_key_is_always_right() -> None:
    """Who corrects an error on the way keeps every mark but one."""
    assert wrong(marked(shape_1="4 x 12 x 12")) == {"shape_1"}
    assert {mark.against for mark in marked(shape_1="4 x 12 x 12").marks} == {"key"}


def test_a_second_error_is_punished_too() -> None:
    assert wrong(marked(**CARRIED | {"shape_3": "8 x 5 x 5"})) == {"shape_1", "shape_3", "shape_4"}


@pytest.mark.parametrize(
    "gap",
    ["", "_", "about six", "6 x 6", "4 x 6 x 6 x 1", "4 x 0 x 6", "4 x 1 x 6", "4 x 6 x 11", "6 x 6 x 6"],
)
def test_what_cannot_be_taken_is_skipped(gap: str) -> None:
    """The row below then follows from the row above."""
    result = marked(**CARRIED | {"shape_2": gap})
    assert wrong(result) == {"shape_1", "shape_2"}
    assert by_name(result)["shape_3"].against == "own"


@pytest.mark.parametrize(
    ("shape", "below", "verdict"),
    [
        ("4 x 20 x 20", "4 x 10 x 10", Verdict.RIGHT),
        ("4 x 21 x 20", "4 x 10 x 10", Verdict.WRONG),
        ("4 x 6 x 5", "4 x 3 x 2", Verdict.RIGHT),
        ("4 x 6 x 4", "4 x 3 x 2", Verdict.WRONG),
        ("8 x 8 x 8", "8 x 4 x 4", Verdict.WRONG),
    ],
)
def test_a_shape_has_about_the_size_of_the_key(shape: str, below: str, verdict: Verdict) -> None:
    assert by_name(marked(shape_1=shape, shape_2=below))["shape_2"].verdict is verdict


@pytest.mark.parametrize(
    ("cell", "count", "verdict"),
    [
        ("parameters_1", "4", Verdict.RIGHT),
        ("parameters_1", "3", Verdict.WRONG),
        ("parameters_1", "400", Verdict.RIGHT),
        ("parameters_1", "401", Verdict.WRONG),
        ("parameters_1", "-40", Verdict.WRONG),
        ("parameters_1", "12.5", Verdict.WRONG),
        ("parameters_2", "16", Verdict.RIGHT),  # parameters of a pooling: the key is 0
        ("parameters_2", "1", Verdict.WRONG),
    ],
)
def test_a_number_has_about_the_size_of_the_key(cell: str, count: str, verdict: Verdict) -> None:
    total = str(1066 - int(str(first_values(PROBLEM.key)[cell])) + Fraction(count))
    assert by_name(marked(**{cell: count, "total": total}))["total"].verdict is verdict


def test_a_total_of_wrong_parts_is_not_carried() -> None:
    halves = {"parameters_1": "50", "parameters_2": "16", "total": "1092"}
    assert by_name(marked(**halves))["total"].against == "own"
    more = halves | {"parameters_3": "300", "total": "1096"}
    assert by_name(marked(**more))["total"].verdict is Verdict.WRONG


def solved(kind: str = "network_table", **given: Any) -> Problem:
    type_ = registry.get(kind)
    case = Case(parse_value(type_.given, given))
    return Problem("q", replace(SPEC, type=kind), case, Fraction(11), type_.solve(case, {}))


def test_a_copy_of_the_row_above_is_not_carried() -> None:
    """From 4 x 3 x 2 the same shape follows, but not from the key."""
    wide = {"conv": 4, "kernel": 5, "stride": 2, "padding": 3}
    problem = solved(input=[1, 6, 4], layers=[{"conv": 4, "kernel": 3, "padding": 1}, wide])
    assert TYPE.solve(problem.case, {"shape_1": (4, 3, 2)})["shape_2"] == ((4, 3, 2),)
    copied = mark_problem(problem, {"shape_1": "4 x 3 x 2", "shape_2": "4 x 3 x 2"})
    assert {mark.against for mark in copied.marks} == {"key"}


def test_one_map_is_taken_where_the_key_has_one() -> None:
    problem = solved(input=[1, 12, 12], layers=[{"conv": 1, "kernel": 3}, {"pool": "max", "kernel": 2}])
    result = by_name(mark_problem(problem, {"shape_1": "1 x 12 x 12", "shape_2": "1 x 6 x 6"}))
    assert result["shape_2"].against == "own"


def test_what_a_listed_misconception_gives_is_taken() -> None:
    """A quarter of the maps of the key is too few, unless the input's depth was kept."""
    answers = {"shape_1": "1 x 10 x 10", "shape_2": "1 x 5 x 5", "shape_3": "8 x 3 x 3"}
    assert by_name(mark_problem(PROBLEM, answers))["shape_2"].against == "key"
    listed = replace(SPEC, misconceptions={"keep_input_depth": Fraction(0)})
    result = mark_problem(replace(PROBLEM, spec=listed), answers)
    assert by_name(result)["shape_2"].against == "own"


def test_what_the_key_repeats_may_be_repeated() -> None:
    problem = solved(input=[1, 12, 12], layers=[{"conv": 4, "kernel": 3}, "batch_norm"])
    fields = TYPE.ask(problem.case)
    key = {field.name: write(field, problem.key[field.name][0]) for field in fields}
    repeated = mark_problem(problem, key | {"shape_1": "4 x 12 x 12", "shape_2": "4 x 12 x 12"})
    assert wrong(repeated) == {"shape_1"}


@pytest.mark.parametrize(
    ("kind", "names"), [("network_table", ("shape_1", "shape_2")), ("output_shape", ("layer1", "layer2"))]
)
def test_where_the_solver_refuses_nothing_follows(kind: str, names: tuple[str, str]) -> None:
    """Five maps do not divide into two groups, whatever the student writes below."""
    layers = [{"conv": 4, "kernel": 3}, {"conv": 8, "kernel": 3, "groups": 2}]
    more = {"each_layer": True} if kind == "output_shape" else {}
    problem = solved(kind, input=[1, 12, 12], layers=layers, **more)
    result = mark_problem(problem, {names[0]: "5 x 10 x 10", names[1]: "9 x 8 x 8"})
    assert wrong(result) >= set(names)
    assert {mark.against for mark in result.marks} == {"key"}


def test_a_right_answer_to_a_blank_is_not_carried() -> None:
    result = marked(shape_1="", shape_2="4 x 6 x 6")
    assert wrong(result) == {"shape_1", "shape_2"}


# -- maps ----------------------------------------------------------------------------------------

MAPS = solved(
    "pipeline",
    input=["4 -2 3 7\n5 6 -8 2\n3 2 9 4\n1 5 6 -3"],
    kernel=[["1"]],
    steps=["conv", {"pool": "max", "window": 2}],
)


@pytest.mark.parametrize(
    ("conv", "pool", "against"),
    [
        ("4 -2 3 7\n5 8 -8 2\n3 2 9 4\n1 5 6 -3", "8 7\n5 9", "own"),  # a slip in one cell
        ("9 9 3 7\n9 9 8 8\n9 9 9 4\n1 5 6 -3", "9 8\n9 9", "own"),  # some cells that make no sense
        ("9 9 3 7\n9 9 9 9\n9 9 9 4\n1 5 6 -3", "9 9\n9 9", "key"),  # one number follows everywhere
        ("0 0 0 0\n0 0 0 0\n3 2 9 4\n1 5 6 -3", "0 0\n5 9", "own"),  # half of them right
        ("0 0 0 0\n0 0 0 0\n0 2 9 4\n1 5 6 -3", "0 0\n5 9", "key"),  # fewer
        ("5 5 5 5\n5 5 5 5\n5 5 5 5\n5 5 5 5", "5 5\n5 5", "key"),  # one number everywhere
        ("4 -2 3 7\n5 90 -8 2\n3 2 9 4\n1 5 6 -3", "90 7\n5 9", "own"),
        ("4 -2 3 7\n5 91 -8 2\n3 2 9 4\n1 5 6 -3", "91 7\n5 9", "key"),  # far larger than all of the key
        ("4 -2 3\n5 8 -8\n3 2 9", "8", "key"),  # another size
    ],
)
def test_a_map_is_taken_where_half_of_it_makes_sense(conv: str, pool: str, against: str) -> None:
    result = by_name(mark_problem(MAPS, {"conv": conv, "pool": pool}))
    assert result["pool"].against == against


RECTIFIED = solved(
    "pipeline",
    input=["-4 -2 3 -7\n-5 6 -8 2\n-3 -2 9 -4\n-1 -5 6 -3"],
    kernel=[["1"]],
    steps=["conv", "relu", {"pool": "max", "window": 2}, "flatten", {"dense": 2}],
    weights="1 -1 1 0\n0 2 -1 1",
    dense_bias=["2", "-3"],
)


def test_invented_negative_numbers_lead_nowhere() -> None:
    """Behind a ReLU they are all 0, and of the dense layer only the biases are left."""
    invented: Value = ((-2, -3, -2, -3), (-3, -2, -3, -2), (-2, -3, -2, -3), (-3, -2, -3, -2))
    values = first_values(registry.get("pipeline").solve(RECTIFIED.case, {"conv": invented}))
    assert values["dense"] == ((2, -3),)
    result = mark_problem(RECTIFIED, handed_in(RECTIFIED, values))
    assert {mark.against for mark in result.marks} == {"key"}


@pytest.mark.parametrize(
    ("last", "own", "expected"),
    [
        ({"pool": "avg", "window": [1, 2]}, ((5,), (5,), (5,)), {"conv", "pool"}),
        ({"pool": "avg", "window": [2, 2]}, ((5,),), {"conv"}),
        ({"pool": "avg", "window": [2, 2], "stride": [1, 1]}, ((5,), (5,)), {"conv"}),  # by chance
    ],
)
def test_what_becomes_constant_matters_from_there_on(last: Any, own: Value, expected: set[str]) -> None:
    """A slip in the last row; ReLU still follows from it."""
    problem = solved("pipeline", input=["1 9\n4 6\n3 9"], kernel=[["1"]], steps=["conv", "relu", last])
    slipped: Value = ((1, 9), (4, 6), (3, 7))
    values = first_values(registry.get("pipeline").solve(problem.case, {"conv": slipped}))
    assert values["pool"] == own
    assert wrong(mark_problem(problem, handed_in(problem, values))) == expected


# -- strategies, on drawn papers -----------------------------------------------------------------

BANK = bank.load(bank.shipped_files())
ENTRIES = [
    spec.id
    for spec in BANK
    if spec.type in ("network_table", "param_count") or spec.id == "output_shape/layer-by-layer"
]


@cache
def drawn(entry: str) -> tuple[Problem, ...]:
    papers = range(4 if BANK[entry].params else 1)
    streams = [Stream(derive(b"carry", [entry, str(paper)])) for paper in papers]
    return tuple(
        draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry]) for stream in streams
    )


def fields_of(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def handed_in(problem: Problem, values: dict[str, Value]) -> dict[str, str]:
    return {field.name: write(field, values[field.name]) for field in fields_of(problem)}


def slips(problem: Problem) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield papers of students who err once, in the first cell, and are right about all that follows."""
    first = fields_of(problem)[0].name
    right = cast(Any, first_values(problem.key)[first])
    sizes = right if isinstance(right, tuple) else (right,)
    for axis, size in enumerate(sizes):
        for off in (-1, 1, size // 2):
            slipped: Any = (*sizes[:axis], size + off, *sizes[axis + 1 :])
            if off == 0 or size + off < 2 or len(set(slipped)) == 1 < len(set(sizes)):
                continue
            try:
                taken = {first: slipped if isinstance(right, tuple) else slipped[0]}
                values = first_values(registry.get(problem.spec.type).solve(problem.case, taken))
            except ValueError:  # the student cannot go on either
                continue
            if values.keys() == problem.key.keys():
                yield first, values | taken


def everywhere(problem: Problem, number: int, shape: tuple[int, ...]) -> dict[str, Value]:
    return {field.name: shape if field.kind == "shape" else number for field in fields_of(problem)}


def trivial(problem: Problem) -> Iterator[dict[str, Value]]:
    """Yield papers of students who write what costs no thought."""
    fields, key = fields_of(problem), cast("dict[str, Any]", first_values(problem.key))
    axes = {part for value in key.values() if isinstance(value, tuple) for part in value}
    for number in {0, 1, 2, 5, 10, 100, 1000} | axes:
        yield everywhere(problem, number, (number,) * 3)
        yield everywhere(problem, number, (number,) * 3) | {"total": number * (len(fields) // 2)}
    for size in (1, 2):
        below = {field.name: (key[field.name][0], size, size) for field in fields if field.kind == "shape"}
        yield everywhere(problem, 0, ()) | below
        yield everywhere(problem, 100, ()) | below
    shapes = [field.name for field in fields if field.kind == "shape"]
    numbers = [field.name for field in fields if field.kind == "integer"]
    copied = everywhere(problem, key[numbers[0]], key[shapes[0]] if shapes else ())
    yield key | dict.fromkeys(numbers, 0)
    yield copied
    yield copied | {"total": key[numbers[0]] * (len(numbers) - 1)}


@pytest.mark.parametrize("entry", ENTRIES)
class TestStrategies:
    def test_an_honest_slip_costs_its_cell(self, entry: str) -> None:
        for problem in drawn(entry):
            for first, values in slips(problem):
                assert wrong(mark_problem(problem, handed_in(problem, values))) == {first}

    def test_what_costs_no_thought_is_never_carried(self, entry: str) -> None:
        for problem in drawn(entry):
            for values in trivial(problem):
                result = mark_problem(problem, handed_in(problem, values))
                assert {mark.against for mark in result.marks} == {"key"}, values

    def test_a_trivial_first_answer_leads_nowhere(self, entry: str) -> None:
        """Not even where all that follows from it is worked out."""
        kind = registry.get(BANK[entry].type)
        for problem in drawn(entry):
            first = fields_of(problem)[0].name
            right = cast(Any, problem.key[first][0])
            for number in (0, 1):
                taken: dict[str, Value] = {
                    first: (right[0], number, number) if isinstance(right, tuple) else number
                }
                with suppress(ValueError):
                    following = first_values(kind.solve(problem.case, taken))
                    values = first_values(problem.key) | following | taken
                    result = mark_problem(problem, handed_in(problem, values))
                    assert {mark.against for mark in result.marks} == {"key"}

    def test_a_blank_never_pays(self, entry: str) -> None:
        for problem in drawn(entry):
            for _, values in islice(slips(problem), 3):
                answers = handed_in(problem, values)
                most = mark_problem(problem, answers).points
                for name in answers:
                    assert mark_problem(problem, answers | {name: ""}).points <= most
