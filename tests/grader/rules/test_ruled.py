"""Each change of a rule, in numbers that were worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.language import ENGLISH
from convexam.generator.policy import Marking
from convexam.grader.marking.settle import answered
from convexam.grader.marking.terms import Terms
from convexam.grader.model import Result, Verdict
from convexam.grader.records.people import Judgement, Override, Said
from convexam.grader.rules.answers import read_values, with_values

from .samples import (
    CODE,
    FLIPPED,
    MAP,
    NETWORK,
    RIGHT,
    TABLE,
    WORDS,
    item,
    marked,
    of_map,
    of_network,
    paper_of,
    problem,
    rule,
)

ONE_FLIPPED = "5421 6532\n8754 9999"
ONE_WRONG = "1245 2356\n4578 9999"


@pytest.mark.parametrize(
    ("answer", "said", "points"),
    [
        (FLIPPED, {}, "0"),
        (FLIPPED, {"accept": "extra_flip"}, "4"),
        (ONE_FLIPPED, {"accept": "extra_flip"}, "3"),
        (RIGHT, {"accept": "extra_flip"}, "4"),
        (FLIPPED, {"accept": "operation: convolution"}, "4"),
        (FLIPPED, {"key": "operation: convolution"}, "4"),
        (RIGHT, {"key": "operation: convolution"}, "0"),
        (RIGHT, {"key": "extra_flip"}, "0"),
        (ONE_FLIPPED, {"key": "extra_flip"}, "3"),
        ("1 2\n3 4", {"accept": "Y=1 2; 3 4"}, "4"),
        ("1 2\n3 5", {"accept": "Y=1 2; 3 4"}, "3"),
        (RIGHT, {"accept": "Y=1 2; 3 4"}, "4"),
        ("1 2\n3 4", {"key": "Y=1 2; 3 4"}, "4"),
        (RIGHT, {"key": "Y=1 2; 3 4"}, "0"),
        (RIGHT, {"key": "solve"}, "4"),
        (ONE_WRONG, {}, "3"),
        (ONE_WRONG, {"credit": "maps: all-or-nothing"}, "0"),
        (RIGHT, {"credit": "maps: all-or-nothing"}, "4"),
        (FLIPPED, {"credit": "extra_flip: 1/2"}, "2"),
        (ONE_WRONG, {"points": "8"}, "6"),
        (ONE_WRONG, {"points": "1/2"}, "3/8"),
        (ONE_WRONG, {"full_marks": "everyone"}, "4"),
        (ONE_WRONG, {"full_marks": "answered"}, "4"),
        ("", {"full_marks": "everyone"}, "4"),
        ("", {"full_marks": "answered"}, "0"),
        ("what?", {"full_marks": "answered"}, "4"),
        (ONE_WRONG, {"drop": True}, "0"),
    ],
)
@pytest.mark.parametrize("target", ["a", MAP.spec.id])
def test_a_map(answer: str, said: dict[str, Any], points: str, target: str) -> None:
    found = of_map(answer, *([rule(target, **said)] if said else []))
    assert found.points == Fraction(points)
    assert found.of == {"drop": 0, "points": Fraction(said.get("points", 4))}.get(next(iter(said), ""), 4)
    assert [remark.number for remark in found.remarks] == ([1] if said and said != {"key": "solve"} else [])


SAME = {"shape_1": "4 x 12 x 12", "shape_2": "4 x 6 x 6", "shape_3": "2 x 4 x 4"}
"""The first convolution padded, and everything behind it computed from that."""


@pytest.mark.parametrize(
    ("changes", "said", "points"),
    [
        ({}, {}, "6"),
        (SAME, {}, "5"),
        (SAME, {"key": "shape_1=4 x 12 x 12"}, "6"),
        ({}, {"key": "shape_1=4 x 12 x 12"}, "5"),  # what follows from the key as it was still counts
        ({"shape_1": "4 x 12 x 12"}, {"key": "shape_1=4 x 12 x 12"}, "5"),
        (SAME, {"accept": "shape_1=4 x 12 x 12"}, "6"),
        ({}, {"accept": "shape_1=4 x 12 x 12"}, "6"),
        (SAME | {"shape_3": "2 x 9 x 9"}, {"accept": "shape_1=4 x 12 x 12"}, "5"),
        ({"parameters_1": "36"}, {"accept": ["parameters_1=36", "parameters_3=72"]}, "6"),
        ({"parameters_1": "36", "parameters_3": "72"}, {"accept": "no_bias"}, "6"),
        ({"parameters_1": "36"}, {"accept": "no_bias"}, "6"),  # both are accepted, answer by answer
    ],
)
def test_what_follows_from_a_changed_key_follows(
    changes: dict[str, str], said: dict[str, Any], points: str
) -> None:
    assert of_network(changes, *([rule("n", **said)] if said else [])).points == Fraction(points)


def test_without_carrying_what_follows_from_the_old_key_is_wrong() -> None:
    terms = Terms(Marking(carry_forward=None))
    assert of_network({}, rule("n", key="shape_1=4 x 12 x 12"), terms=terms).points == 3
    assert of_network(SAME, rule("n", accept="shape_1=4 x 12 x 12"), terms=terms).points == 4
    assert of_network(SAME, rule("n", key="shape_1=4 x 12 x 12"), terms=terms).points == 6


def test_errors_are_carried_forward_from_an_accepted_way_of_thinking_too() -> None:
    """A map that was flipped throughout, with one slip, which the next step follows: the slip alone costs."""
    image, kernel = "1 2 0 1\n0 1 3 0\n2 0 1 1\n1 1 0 2", "1 0\n2 -1"
    paper = paper_of(problem("p", "pipeline", 3, input=[image], kernel=[[kernel]], steps=["conv", "relu"]))
    answers = {"p": {"conv": "5 1 2\n2 6 -2\n-1 2 3", "relu": "5 1 2\n2 6 0\n0 2 3"}}  # 4 is right, not 5
    accepted = rule("p", accept="extra_flip")
    assert marked(answers, accepted, paper=paper).points == 2 * Fraction(8, 9) + 1
    assert marked(answers, paper=paper).points < 1


def test_a_finding_does_not_name_what_is_accepted() -> None:
    assert of_map(FLIPPED).explanation.finding is not None
    accepted = of_map(FLIPPED, rule("a", accept="extra_flip"))
    assert accepted.explanation.finding is None
    assert [mark.verdict for mark in accepted.marks] == [Verdict.RIGHT]


def test_the_key_as_it_was_becomes_the_mistake() -> None:
    found = of_map(RIGHT, rule("a", key="operation: convolution")).explanation.finding
    assert found is not None
    assert len(found.names) == 1


def test_rules_follow_one_another() -> None:
    both = (rule("a", accept="extra_flip"), rule("a", credit="maps: all-or-nothing"), rule("a", points="8"))
    assert of_map(ONE_FLIPPED, *both[:1]).points == 3
    assert of_map(ONE_FLIPPED, *both).points == 0
    assert of_map(FLIPPED, *both).points == 8
    assert [remark.number for remark in of_map(RIGHT, *both).remarks] == [1, 2, 3]


@pytest.mark.parametrize("shape", ["0 x 0 x 0", "12", "4 x 1 x 1"])
def test_a_key_from_which_nothing_follows_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match="cannot be worked out"):
        with_values(NETWORK, read_values(NETWORK, {"shape_1": shape}, ENGLISH))
    assert of_network({}, rule("n", key=f"shape_1={shape}")) == of_network({})
    assert of_network({"shape_1": shape}, rule("n", accept=f"shape_1={shape}")).points == 6


def test_two_literals_of_two_rules_are_accepted_together() -> None:
    wrong = {"parameters_1": "36", "parameters_3": "72"}
    rules = [rule("n", accept="parameters_1=36"), rule("n", accept="parameters_3=72")]
    assert of_network(wrong, *rules).points == 6
    keys = [rule("n", key="parameters_1=36"), rule("n", key="parameters_3=72")]
    assert of_network(wrong, *keys).points == 6
    assert of_network({}, *keys).points == 4


def test_a_rule_that_changes_nothing_here_is_not_told() -> None:
    assert of_map(RIGHT, rule("a", accept="ignore_padding")).remarks == ()
    assert of_map(RIGHT, rule("n", drop=True)).remarks == ()
    assert of_map(RIGHT, rule("a", drop=True, paper="1" * 14)).remarks == ()
    assert of_map(RIGHT, rule("a", drop=True, paper=CODE)).of == 0


# -- totals -------------------------------------------------------------------------------------


def test_a_dropped_question_leaves_the_full_marks_and_the_grade() -> None:
    answers = {"a": {"Y": ""}, "n": TABLE}
    before, after = marked(answers), marked(answers, rule("a", drop=True))
    assert [before.points, before.of, before.grade, before.passed] == [6, 12, Fraction(11, 2), True]
    assert [after.points, after.of, after.grade] == [6, 8, 8]  # 1 + 9 * 6/8 = 7.75


def test_nothing_is_left_when_all_is_dropped() -> None:
    rules = [rule(name, drop=True) for name in ("a", "n", "w")]
    result = marked({"a": {"Y": RIGHT}, "w": {"text": "words"}}, *rules)
    assert [result.points, result.of, result.grade, result.passed, result.waiting] == [0, 0, None, None, 0]


def test_full_marks_are_never_more_than_the_paper_is_worth() -> None:
    terms = Terms(Marking(out_of=Fraction(10)))
    result = marked({"n": TABLE}, rule("a", drop=True), terms=terms)
    assert [result.points, result.of] == [6, 8]


# -- what people said ---------------------------------------------------------------------------


def judged(points: str) -> Said:
    result = marked({"w": {"text": "words"}})
    (field,) = WORDS.fields
    return Said({answered(result, WORDS, field, "words"): Judgement(Fraction(points), "fine")}, {}, 1)


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ({"points": "6"}, "3"),
        ({"points": "1"}, "1/2"),
        ({"credit": "question: all-or-nothing"}, "0"),
        ({"full_marks": "everyone"}, "2"),
        ({"drop": True}, "0"),
    ],
)
def test_a_persons_mark_is_a_share_of_what_the_question_is_worth(said: dict[str, Any], points: str) -> None:
    result = marked({"w": {"text": "words"}}, rule("w", **said), said=judged("1"))
    found = item(result, "w")
    assert found.points == Fraction(points)
    assert [found.marks[0].against, found.marks[0].remark] == ["human", "fine"]
    assert result.waiting == 0


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ({"accept": "extra_flip"}, "3"),
        ({"key": "operation: convolution"}, "3"),
        ({"full_marks": "everyone"}, "3"),
        ({"points": "2"}, "2"),
        ({"points": "8"}, "3"),
        ({"drop": True}, "0"),
    ],
)
def test_points_that_a_person_set_stay(said: dict[str, Any], points: str) -> None:
    overridden = Said({}, {(CODE, "a"): Override(Fraction(3), "seen")}, 1)
    found = item(marked({"a": {"Y": RIGHT}}, rule("a", **said), said=overridden), "a")
    assert [found.points, found.override] == [Fraction(points), "seen"]


def test_nobody_waits_for_what_a_rule_decides() -> None:
    assert marked({"a": {"Y": "what?"}}).waiting == 1
    assert marked({"a": {"Y": "what?"}}, rule("a", full_marks="answered")).waiting == 0
    assert marked({"a": {"Y": "what?"}}, rule("a", accept="extra_flip")).waiting == 1


# -- never lower --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "said", "points", "holds"),
    [
        (RIGHT, {"key": "operation: convolution"}, "4", False),
        (FLIPPED, {"key": "operation: convolution"}, "4", True),
        (ONE_WRONG, {"credit": "maps: all-or-nothing"}, "3", False),
        (RIGHT, {"credit": "maps: all-or-nothing"}, "4", True),
    ],
)
def test_never_lower_at_the_question(answer: str, said: dict[str, Any], points: str, *, holds: bool) -> None:
    found = of_map(answer, rule("a", never_lower=True, **said))
    assert found.points == Fraction(points)
    assert [remark.holds for remark in found.remarks] == [holds]


def test_never_lower_in_all() -> None:
    """Who has the larger share of the rest is helped when a question is dropped; others keep it."""
    dropped = rule("a", drop=True, never_lower=True)
    good = marked({"a": {"Y": RIGHT}, "n": {"shape_1": TABLE["shape_1"]}}, dropped)
    assert [good.points, good.of] == [5, 12]
    poor = marked({"a": {"Y": "1245 _\n_ _"}, "n": TABLE}, dropped)
    assert [poor.points, poor.of] == [6, 8]


def test_a_later_rule_counts_from_what_was_kept() -> None:
    kept = rule("a", key="operation: convolution", never_lower=True)
    assert of_map(ONE_WRONG, kept, rule("a", points="8")).points == 6
    assert of_map(ONE_FLIPPED, kept, rule("a", points="8")).points == 6


def test_a_paper_without_rules_is_settled_as_ever() -> None:
    answers = {"a": {"Y": ONE_WRONG}, "n": TABLE | SAME, "w": {"text": "words"}}
    plain: Result = marked(answers, said=judged("1"))
    assert plain.points == 3 + 5 + 1
    assert all(each.marked_by is None and each.remarks == () for each in plain.items)


def test_a_stored_key_that_drifted_is_solved_anew() -> None:
    drifted = replace(MAP, key={"Y": (((1, 2), (3, 4)),)})
    paper = paper_of(drifted)
    assert of_map(RIGHT, paper=paper).points == 0
    assert of_map(RIGHT, rule("a", key="solve"), paper=paper).points == 4
