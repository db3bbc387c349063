"""An error is punished once: what follows from a student's own results counts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.language import ENGLISH
from convexam.generator.mistakes import first_values
from convexam.generator.model import Case, Value
from convexam.generator.papers import Band, EffortBand, Problem, Spec
from convexam.generator.policy import FREE, CarryForward, Marking, Release
from convexam.generator.questions.network_table import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.marking.terms import Terms
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
    return marked_with(FREE, answers)


def marked_with(carry: CarryForward | None, answers: dict[str, str]) -> ItemResult:
    right = handed_in(PROBLEM, first_values(PROBLEM.key))
    return mark_problem(PROBLEM, right | answers, Terms(Marking(carry_forward=carry)))


def handed_in(problem: Problem, values: dict[str, Value]) -> dict[str, str]:
    fields = registry.get(problem.spec.type).ask(problem.case)
    return {field.name: write(field, values[field.name]) for field in fields}


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
        ("parameters_2", "1", Verdict.RIGHT),
        ("parameters_2", "101", Verdict.WRONG),
        ("parameters_2", "-1", Verdict.WRONG),
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


MAPS = solved(
    "pipeline",
    input=["4 -2 3 7\n5 6 -8 2\n3 2 9 4\n1 5 6 -3"],
    kernel=[["1"]],
    steps=["conv", {"pool": "max", "window": 2}],
)

RECTIFIED = solved(
    "pipeline",
    input=["-4 -2 3 -7\n-5 6 -8 2\n-3 -2 9 -4\n-1 -5 6 -3"],
    kernel=[["1"]],
    steps=["conv", "relu", {"pool": "max", "window": 2}, "flatten", {"dense": 2}],
    weights="1 -1 1 0\n0 2 -1 1",
    dense_bias=["2", "-3"],
)


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
    key = handed_in(problem, first_values(problem.key))
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


# -- what the exam says --------------------------------------------------------------------------


def test_an_exam_may_carry_nothing() -> None:
    result = marked_with(None, CARRIED)
    assert wrong(result) == CARRIED.keys()
    assert {mark.against for mark in result.marks} == {"key"}


@pytest.mark.parametrize(("penalty", "credit"), [("0", "1"), ("1/4", "3/4"), ("99/100", "1/100")])
def test_a_penalty_is_taken_off_carried_credit(penalty: str, credit: str) -> None:
    result = marked_with(CarryForward(Fraction(penalty)), CARRIED)
    mark = by_name(result)["shape_2"]
    assert (mark.verdict, mark.against, mark.credit) == (Verdict.RIGHT, "own", Fraction(credit))
    assert result.points == 11 - 6 + 5 * Fraction(credit)


def test_a_penalty_of_everything_carries_nothing() -> None:
    assert {mark.against for mark in marked_with(CarryForward(Fraction(1)), CARRIED).marks} == {"key"}


def test_what_is_right_by_the_key_is_paid_in_full() -> None:
    """Of the pooled map three of four cells are right, and all four follow: the penalty is on the fourth."""
    answers = {"conv": "4 -2 3 7\n5 8 -8 2\n3 2 9 4\n1 5 6 -3", "pool": "8 7\n5 9"}
    result = mark_problem(MAPS, answers, Terms(Marking(carry_forward=CarryForward(Fraction(1, 2)))))
    mark = by_name(result)["pool"]
    assert (mark.against, mark.credit) == ("own", Fraction(7, 8))
    assert mark.cells == ((Verdict.RIGHT,) * 2,) * 2


# -- right in another way than the key -----------------------------------------------------------


@pytest.mark.parametrize("carry", [FREE, CarryForward(Fraction(1, 2))])
def test_what_follows_from_rounded_answers_is_right(carry: CarryForward) -> None:
    """-ln 0.16 is 1.83; of the probability that was not rounded it is 1.86."""
    problem = solved("cross_entropy", logits="0 1 1", labels=[0], digits=2)
    answers = {"p": "0.16 0.42 0.42", "loss": "1.83", "class": "1"}
    result = mark_problem(problem, answers, Terms(Marking(carry_forward=carry)))
    assert not wrong(result)
    assert result.points == 11


@pytest.mark.parametrize(
    ("row", "value", "expected"),
    [("0", "3", set()), ("1", "-3", set()), ("2", "2", {"position"}), ("2", "3", {"position"})],
)
def test_any_accepted_answer_may_be_built_on(row: str, value: str, expected: set[str]) -> None:
    """Rows 0 and 1 answer equally strongly; row 2 does not, but its response is 2."""
    tied = {"input": ["3\n-3\n2"], "kernel": [["1"]], "seek": "absolute", "value": "true"}
    answers = {"position": {"row": row, "column": "0"}, "value": value}
    result = mark_problem(solved("strongest_response", ask="position", **tied), answers)
    assert wrong(result) == expected


# -- why what follows does not count -------------------------------------------------------------


def reason(mark: Mark) -> str:
    return mark.uncarried.text if mark.uncarried else ""


CONV = "4 -2 3 7\n5 6 -8 2\n3 2 9 4\n1 5 6 -3"


@pytest.mark.parametrize(
    ("conv", "said"),
    [
        (CONV.replace("-8", "_"), "a part of it is blank or could not be read"),
        (CONV.replace("-8", "eight"), "a part of it is blank or could not be read"),
        ("4 -2 3\n5 6 -8\n3 2 9", "it has another form"),
        (CONV.replace("6 -8", "91 -8"), "it is too far from the right one"),
        ("9 1 -5 0\n3 -2 8 8\n-1 7 0 0\n6 6 -2 9", "too little of it is right"),
        ("", ""),
        (CONV, ""),
        (CONV.replace("-8", "8"), ""),
    ],
)
def test_the_student_is_told_why_nothing_follows(conv: str, said: str) -> None:
    mark = by_name(mark_problem(MAPS, {"conv": conv, "pool": "1 2\n3 4"}))["conv"]
    assert said in reason(mark)
    assert bool(said) == bool(reason(mark))


@pytest.mark.parametrize(("flat", "verdict"), [("512", Verdict.RIGHT), ("500", Verdict.WRONG)])
def test_what_follows_is_built_on_even_if_it_is_too_far_off(flat: str, verdict: Verdict) -> None:
    """Without the pooling the third shape is 8 x 8 x 8, not 8 x 3 x 3; nobody is told that it does not count."""
    marks = by_name(marked(shape_2="4 x 10 x 10", shape_3="8 x 8 x 8", shape_4=flat))
    assert (marks["shape_3"].verdict, reason(marks["shape_3"])) == (Verdict.RIGHT, "")
    assert marks["shape_4"].verdict is verdict


def test_nobody_is_told_where_nothing_is_lost() -> None:
    marks = by_name(mark_problem(MAPS, {"conv": "9 9\n9 9", "pool": "6 7\n5 9"}))
    assert marks["pool"].verdict is Verdict.RIGHT
    assert not reason(marks["conv"])


# -- maps ----------------------------------------------------------------------------------------


def test_nothing_follows_past_a_map_of_zeros() -> None:
    """Ten less everywhere: behind the ReLU all is 0, and of the dense layer only the biases are left."""
    less: Value = ((-14, -12, -7, -17), (-15, -4, -18, -8), (-13, -12, -1, -14), (-11, -15, -4, -13))
    values = first_values(registry.get("pipeline").solve(RECTIFIED.case, {"conv": less}))
    assert values["dense"] == ((2, -3),)
    result = mark_problem(RECTIFIED, handed_in(RECTIFIED, values))
    assert {mark.against for mark in result.marks} == {"key"}
    assert "too little is left to compute" in reason(by_name(result)["relu"])


@pytest.mark.parametrize(("flat", "against"), [("6 3 0 0", "own"), ("6 0 0 0", "key"), ("0 3 0 0", "own")])
def test_half_of_the_products_have_to_be_left(flat: str, against: str) -> None:
    """With the key, 6 3 0 9, the weights make four products of numbers other than 0."""
    flattened = tuple(int(number) for number in flat.split())
    values = first_values(registry.get("pipeline").solve(RECTIFIED.case, {"flatten": (flattened,)}))
    mark = by_name(mark_problem(RECTIFIED, handed_in(RECTIFIED, values)))["dense"]
    assert mark.against == against
    assert ("too little is left to compute" in reason(mark)) == (against == "key")


@pytest.mark.parametrize(("less", "against"), [(1, "own"), (0, "key")])
def test_no_effort_may_be_left_below_the_band_of_the_entry(less: int, against: str) -> None:
    """One of the four products falls away, and one of all products of the question."""
    kind = registry.get("pipeline")
    band = EffortBand(products=Band(least=kind.effort(RECTIFIED.case).products - less))
    problem = replace(RECTIFIED, spec=replace(RECTIFIED.spec, effort=band))
    values = first_values(kind.solve(RECTIFIED.case, {"flatten": ((6, 3, 0, 0),)}))
    assert by_name(mark_problem(problem, handed_in(problem, values)))["dense"].against == against


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
