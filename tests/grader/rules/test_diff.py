"""Who moves, and the averages; over random classes, nobody loses under a rule that never lowers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.grader.rules.diff import Averages, compared, rows_of
from convexam.grader.rules.rule import Rule

from .samples import FLIPPED, RIGHT, TABLE, marked, record_of, rule

CLASS = {
    "ada": {"a": {"Y": RIGHT}, "n": TABLE},
    "bob": {"a": {"Y": FLIPPED}, "n": TABLE},
    "cyd": {"a": {"Y": FLIPPED}, "n": {}},
    "dan": {"a": {"Y": ""}, "n": {}},
}


def marks_of(*rules: Rule) -> list[dict[str, Any]]:
    results = [replace(marked(answers, *rules), student=student) for student, answers in CLASS.items()]
    return [record_of(result) for result in results]


def test_who_moves_and_the_averages() -> None:
    diff = compared(marks_of(), marks_of(rule("a", accept="extra_flip")))
    assert [each.student for each in diff.moved] == ["bob", "cyd"]
    (bob, _) = diff.moved
    ((name, question),) = bob.items
    assert [name, question.before.points, question.after.points] == ["a", 0, 4]
    assert [bob.total.before.points, bob.total.after.points] == [6, 10]
    assert (bob.total.before.grade, bob.total.after.grade) == (Fraction(11, 2), Fraction(17, 2))
    everybody = diff.everybody
    assert (everybody.students, everybody.up, everybody.down, diff.unchanged) == (4, 2, 0, 2)
    assert list(everybody.points) == [4, 6]
    assert everybody.share == (Fraction(1, 3), Fraction(1, 2))
    assert everybody.passed == (2, 2)
    assert diff.groups == ()


def test_a_dropped_question_is_compared_by_shares() -> None:
    diff = compared(marks_of(), marks_of(rule("a", drop=True)))
    assert [each.student for each in diff.moved] == ["ada", "bob", "cyd", "dan"]  # full marks are others
    assert (diff.everybody.up, diff.everybody.down) == (1, 1)  # bob has more of the rest, and ada less


def test_groups_are_shown_where_there_are_several() -> None:
    before, after = marks_of(), marks_of(rule("a", accept="extra_flip"))
    diff = compared(before, after, lambda record: "A" if record["student"] < "c" else "B")
    assert [(each.name, each.students, each.up) for each in diff.groups] == [("A", 2, 1), ("B", 2, 1)]
    assert [list(each.points) for each in diff.groups] == [[8, 10], [0, 2]]


def test_the_group_of_a_student_is_asked_for_once() -> None:
    """It takes the student's paper, which is read for that."""
    asked: list[str] = []

    def group(record: dict[str, Any]) -> str:
        asked.append(record["student"])
        return str(record["student"])

    assert len(compared(marks_of(), marks_of(), group).groups) == 4
    assert asked == list(CLASS)


def test_a_class_of_nobody() -> None:
    nothing = (Fraction(), Fraction())
    assert compared([], []).everybody == Averages("", 0, 0, 0, nothing, nothing, None, None)


def test_nothing_moves_where_nothing_changes() -> None:
    diff = compared(marks_of(), marks_of(rule("a", credit="maps: per-cell")))
    assert (diff.moved, diff.unchanged) == ((), 4)


def test_the_whole_table() -> None:
    diff = compared(marks_of(), marks_of(rule("a", accept="extra_flip")))
    assert list(rows_of(diff)) == [
        ["student", "paper", "question", "points_before", "points_after", "of_before", "of_after",
         "grade_before", "grade_after", "passed_before", "passed_after"],
        ["bob", "0" * 14, "a", "0", "4", "4", "4", "", "", "", ""],
        ["bob", "0" * 14, "", "6", "10", "12", "12", "5.5", "8.5", "yes", "yes"],
        ["cyd", "0" * 14, "a", "0", "4", "4", "4", "", "", "", ""],
        ["cyd", "0" * 14, "", "0", "4", "12", "12", "1", "4", "no", "no"],
    ]  # fmt: skip


# -- random classes -----------------------------------------------------------------------------

CELLS = st.sampled_from(["1245", "5421", "2356", "6532", "4578", "8754", "5689", "9865", "_", "7", "x"])
MAPS = st.builds("{} {}\n{} {}".format, CELLS, CELLS, CELLS, CELLS)
WRONG = st.fixed_dictionaries(
    {},
    optional={
        "shape_1": st.sampled_from(["4 x 12 x 12", "", "4 x 10"]),
        "parameters_1": st.sampled_from(["36", "40", "x"]),
        "shape_2": st.sampled_from(["4 x 6 x 6", "4 x 9 x 9"]),
        "shape_3": st.sampled_from(["2 x 4 x 4", "2 x 2 x 2"]),
    },
)
ANSWERS = st.builds(lambda answer, wrong: {"a": {"Y": answer}, "n": TABLE | wrong}, MAPS, WRONG)
RULES = st.sampled_from(
    [
        rule("a", accept="extra_flip"),
        rule("a", key="operation: convolution"),
        rule("a", key="Y=1 2; 3 4"),
        rule("a", credit="maps: all-or-nothing"),
        rule("a", drop=True),
        rule("a", full_marks="answered"),
        rule("a", points="1"),
        rule("n", key="shape_1=4 x 12 x 12"),
        rule("n", accept="no_bias"),
        rule("n", points="20"),
        rule("n", drop=True),
    ]
)


@settings(max_examples=60)
@given(answers=ANSWERS, rules=st.lists(RULES, min_size=1, max_size=3))
def test_nobody_loses_under_a_rule_that_never_lowers(
    answers: dict[str, dict[str, str]], rules: list[Rule]
) -> None:
    *others, last = rules
    before = marked(answers, *others)
    after = marked(answers, *others, replace(last, never_lower=True))
    assert share(after.points, after.of) >= share(before.points, before.of)
    assert (after.grade or 0) >= (before.grade or 0)
    for old, new in zip(before.items, after.items, strict=True):
        assert not new.of or share(new.points, new.of) >= share(old.points, old.of)
    if last.points is None and not last.drop:
        assert after.points >= before.points


@settings(max_examples=40)
@given(answers=ANSWERS, rules=st.lists(RULES, min_size=1, max_size=3))
def test_points_stay_within_bounds(answers: dict[str, dict[str, str]], rules: list[Rule]) -> None:
    result = marked(answers, *rules)
    assert 0 <= result.points <= result.of
    assert all(0 <= item.points <= item.of for item in result.items)
    assert result.of == sum(item.of for item in result.items)


@settings(max_examples=40)
@given(answers=ANSWERS, accepted=st.sampled_from(["extra_flip", "operation: convolution", "Y=7 7; 7 7"]))
def test_accepting_more_lowers_nobody(answers: dict[str, dict[str, str]], accepted: str) -> None:
    assert marked(answers, rule("a", accept=accepted)).points >= marked(answers).points


def share(points: Fraction, of: Fraction) -> Fraction:
    return points / of if of else Fraction()


@pytest.mark.parametrize("first", ["extra_flip", "operation: convolution"])
def test_taking_a_rule_back_is_marking_without_it(first: str) -> None:
    second = rule("n", points="12")
    answers = CLASS["cyd"]
    alone = marked(answers, second)
    assert marked(answers, rule("a", accept=first), second).points == alone.points + 4
