"""An error is punished once: what follows from a student's own results counts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.mistakes import first_values
from convexam.generator.model import Case, Value
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.network_table import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult, Mark, Verdict
from convexam.grader.reports.feedback import _notes

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
    notes = [note.text for note in _notes(by_name(marked(**CARRIED))["shape_2"])]
    assert any("follows from your own earlier result" in note for note in notes)
    assert not list(_notes(by_name(marked())["shape_2"]))


def test_the_key_is_always_right() -> None:
    """Who corrects an error on the way keeps every mark but one."""
    assert wrong(marked(shape_1="4 x 12 x 12")) == {"shape_1"}
    assert {mark.against for mark in marked(shape_1="4 x 12 x 12").marks} == {"key"}


def test_a_second_error_is_punished_too() -> None:
    assert wrong(marked(**CARRIED | {"shape_3": "8 x 5 x 5"})) == {"shape_1", "shape_3", "shape_4"}


@pytest.mark.parametrize("gap", ["", "_", "about six", "6 x 6", "4 x 6 x 6 x 1", "4 x 0 x 6"])
def test_what_cannot_be_taken_is_skipped(gap: str) -> None:
    """The row below then follows from the row above."""
    result = marked(**CARRIED | {"shape_2": gap})
    assert wrong(result) == {"shape_1", "shape_2"}
    assert by_name(result)["shape_3"].against == "own"


@pytest.mark.parametrize(
    ("shape", "verdict"),
    [("4 x 100000 x 100000", Verdict.RIGHT), ("4 x 100001 x 100001", Verdict.WRONG)],
)
def test_sizes_are_bounded(shape: str, verdict: Verdict) -> None:
    below = "4 x 50000 x 50000"
    assert by_name(marked(shape_1=shape, shape_2=below))["shape_2"].verdict is verdict


@pytest.mark.parametrize(
    ("count", "verdict"), [(10**12 - 1, Verdict.RIGHT), (10**12, Verdict.WRONG), ("12.5", Verdict.WRONG)]
)
def test_numbers_are_bounded(count: int | str, verdict: Verdict) -> None:
    total = str(Fraction(count) - 40 + 1066)
    assert by_name(marked(parameters_1=str(count), total=total))["total"].verdict is verdict


def test_where_the_solver_refuses_nothing_follows() -> None:
    """A kernel of 3 does not fit into 2 x 2 cells, whatever the student writes below."""
    result = marked(shape_2="4 x 2 x 2", shape_3="8 x 1 x 1", shape_4="8")
    assert wrong(result) == {"shape_2", "shape_3"}  # the last follows from the student's own third row


def test_a_right_answer_to_a_blank_is_not_carried() -> None:
    result = marked(shape_1="", shape_2="4 x 6 x 6")
    assert wrong(result) == {"shape_1", "shape_2"}
