"""Marking a problem: points, and why an answer is wrong; every answer is typed by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import exam_file
from convexam.generator.compose import compose
from convexam.generator.language import language
from convexam.generator.model import Case, Key
from convexam.generator.papers import EVERYONE, Paper, Problem, Spec
from convexam.generator.policy import Credit, Grade, Marking
from convexam.generator.questions import choice
from convexam.generator.questions.conv2d import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import practice_secret
from convexam.grader.explaining.explain import explain
from convexam.grader.intake.answers import Submission
from convexam.grader.marking.mark import mark_paper, mark_problem
from convexam.grader.marking.terms import Terms
from convexam.grader.model import Explanation, ItemResult, Verdict

from ...shipped import shipped_bank
from ..conftest import answers_of

# Powers of ten: every number of the output spells its window out, 5421 the window 1 2;4 5 turned.
READS = ((1000, 100), (10, 1))
NINE = Given(input=(((1, 2, 3), (4, 5, 6), (7, 8, 9)),), kernel=((READS,),))  # 1245 2356;4578 5689
CORNER = Given(input=(((1, 0, 0), (0, 0, 0), (0, 0, 0)),), kernel=((READS,),))  # 1000 0;0 0
# Turned as a whole and turned upside down, this kernel is the same.
UPRIGHT = Given(input=NINE.input, kernel=((((1, 1), (10, 10)),),))  # 93 115;159 181
# Two maps, 12 23 and 21 32, of which only the second has a bias: 121 132.
TWO = Given(input=(((1, 2, 3),),), kernel=((((10, 1),),), (((1, 10),),)), bias=(0, 100))


def problem(given: Given, listed: dict[str, str] | None = None, key: Key | None = None) -> Problem:
    credit = {name: Fraction(share) for name, share in (listed or {}).items()}
    spec = Spec("q", "conv2d", "A map", {"en": ""}, Fraction(4), 1, misconceptions=credit)
    case = Case(given)
    return Problem("q", spec, case, Fraction(4), key or TYPE.solve(case, {}))


def names(result: ItemResult) -> list[tuple[str, ...]]:
    """Return what was found in each field."""
    finding = result.explanation.finding
    return [finding.names if finding and mark.field in finding.fields else () for mark in result.marks]


@pytest.mark.parametrize(
    ("given", "answer", "verdict", "points"),
    [
        (NINE, "1245 2356\n4578 5689", Verdict.RIGHT, "4"),
        (NINE, "1245 2356\n4578 5681", Verdict.PARTIAL, "3"),
        (NINE, "1245 2356\n_ _", Verdict.PARTIAL, "2"),
        (NINE, "1 2\n3 4", Verdict.WRONG, "0"),
        (NINE, "1245 2356", Verdict.WRONG, "0"),
        (NINE, "", Verdict.BLANK, "0"),
        (NINE, "no idea, sorry", Verdict.UNREADABLE, "0"),
    ],
)
def test_points_without_a_finding(given: Given, answer: str, verdict: Verdict, points: str) -> None:
    result = mark_problem(problem(given), {"Y": answer})
    assert [mark.verdict for mark in result.marks] == [verdict]
    assert (result.points, result.of) == (Fraction(points), Fraction(4))
    assert names(result) == [()]


TURNED = "5421 6532\n8754 9865"  # no cell is right
CORNER_TURNED = "1 0\n0 0"  # three cells of four are


@pytest.mark.parametrize(
    ("given", "answer", "credit", "points"),
    [
        (NINE, TURNED, "0", "0"),
        (NINE, TURNED, "1/2", "2"),
        (NINE, TURNED, "1", "4"),
        (CORNER, CORNER_TURNED, "0", "3"),
        (CORNER, CORNER_TURNED, "1/2", "3"),
        (CORNER, CORNER_TURNED, "3/4", "3"),
        (CORNER, CORNER_TURNED, "7/8", "7/2"),
        (CORNER, CORNER_TURNED, "1", "4"),
    ],
)
def test_a_finding_gives_credit_and_takes_none(given: Given, answer: str, credit: str, points: str) -> None:
    result = mark_problem(problem(given, {"extra_flip": credit}), {"Y": answer})
    assert names(result) == [("extra_flip",)]
    assert result.points == Fraction(points)
    assert result.marks[0].verdict is (Verdict.WRONG if given is NINE else Verdict.PARTIAL)


def test_an_unlisted_misconception_is_named_but_gives_nothing() -> None:
    result = mark_problem(problem(NINE, {"transpose_kernel": "1"}), {"Y": TURNED})
    assert names(result) == [("extra_flip",)]
    assert result.points == 0


@pytest.mark.parametrize(
    ("listed", "found", "points"),
    [
        ({}, (), "0"),
        ({"extra_flip": "1/2", "flip_rows_only": "1/4"}, (), "2"),
        ({"extra_flip": "1/2"}, ("extra_flip",), "2"),
        ({"flip_rows_only": "1/4", "transpose_kernel": "1"}, ("flip_rows_only",), "1"),
        ({"transpose_kernel": "1"}, (), "0"),
    ],
    ids=["none-listed", "both-listed", "first-listed", "second-listed", "another-listed"],
)
def test_where_two_fit_none_is_named(listed: dict[str, str], found: tuple[str, ...], points: str) -> None:
    result = mark_problem(problem(UPRIGHT, listed), {"Y": "39 61\n105 127"})
    assert names(result) == [found]
    assert result.points == Fraction(points)


@pytest.mark.parametrize(
    ("answers", "found", "points"),
    [
        ({"Y0": "12 23", "Y1": "121 132"}, [(), ()], "4"),
        ({"Y0": "12 23", "Y1": "21 32"}, [(), ("bias_forgotten",)], "3"),
        ({"Y0": "21 32", "Y1": "112 123"}, [("extra_flip",), ("extra_flip",)], "0"),
        ({"Y0": "121 132", "Y1": "12 23"}, [("maps_swapped",), ("maps_swapped",)], "0"),
        ({"Y0": "21 32", "Y1": "121 132"}, [(), ()], "2"),  # only one of them turned
        ({"Y0": "21 32"}, [("extra_flip",), ()], "0"),
        ({"Y0": "21 32", "Y1": "112 _"}, [("extra_flip",), ()], "0"),  # a gap is no answer
        ({"Y0": "12 23", "Y1": "21 _"}, [(), ()], "2"),
    ],
)
def test_all_answers_of_a_problem_are_explained_together(
    answers: dict[str, str], found: list[tuple[str, ...]], points: str
) -> None:
    listed = {"bias_forgotten": "1/2", "extra_flip": "0"}
    result = mark_problem(problem(TWO, listed), answers)
    assert names(result) == found
    assert result.points == Fraction(points)


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        ({"Y0": ((12, 23),)}, None),  # whoever forgets the bias is right here
        ({"Y0": ((12, 23),), "Y1": ((121, 132),)}, None),
        ({"Y0": ((12, 23),), "Y1": ((21, 32),)}, ("bias_forgotten",)),
        ({"Y1": ((21, 32),)}, ("bias_forgotten",)),
        ({}, None),
    ],
    ids=["one-right", "both-right", "one-wrong", "wrong-alone", "nothing"],
)
def test_the_right_answer_is_not_explained(answers: dict[str, Any], finding: tuple[str, ...] | None) -> None:
    asked = problem(TWO, {"bias_forgotten": "1/2"})
    found = explain(asked, TYPE.ask(asked.case), answers).finding
    assert (found and found.names) == finding


def test_a_misconception_that_gives_the_key_is_not_named() -> None:
    """Mirrored left to right the kernel stays as it is: the right answer is nobody's mistake."""
    asked = problem(UPRIGHT, {"flip_columns_only": "1"})
    assert explain(asked, TYPE.ask(asked.case), {"Y": ((93, 115), (159, 181))}) == Explanation()


def test_any_accepted_value_is_no_mistake() -> None:
    key: Key = {"Y0": (((12, 23),), ((21, 32),)), "Y1": (((121, 132),),)}
    asked = problem(TWO, {"extra_flip": "1"}, key)
    assert explain(asked, TYPE.ask(asked.case), {"Y0": ((21, 32),)}) == Explanation()


def test_the_key_of_the_record_counts() -> None:
    """A key that was corrected by hand is what answers are compared with."""
    asked = problem(NINE, {"extra_flip": "1/2"}, {"Y": (((1, 2), (3, 4)),)})
    assert mark_problem(asked, {"Y": "1 2\n3 4"}).points == 4
    assert mark_problem(asked, {"Y": TURNED}).points == 2


@pytest.mark.parametrize(
    ("code", "said", "verdict"),
    [
        ("nl", "waar", Verdict.RIGHT),
        ("nl", "onwaar", Verdict.WRONG),
        ("nl", "true", Verdict.RIGHT),
        ("en", "true", Verdict.RIGHT),
        ("en", "w", Verdict.WRONG),  # for wrong: waar is no word of an English paper
    ],
)
def test_options_are_read_in_the_language_of_the_paper(code: str, said: str, verdict: Verdict) -> None:
    statements = [{"say": f"{each}.", "because": "So it is.", "truth": True} for each in ("One", "Other")]
    case = Case(parse_value(choice.Given, {"ask": "judge", "statements": statements}))
    spec = Spec("q", "choice", "True or false", {"en": ""}, Fraction(2), 1)
    asked = Problem("q", spec, case, Fraction(2), choice.TYPE.solve(case, {}))
    result = mark_problem(asked, dict.fromkeys(asked.key, said), Terms(language=language(code)))
    assert {mark.verdict for mark in result.marks} == {verdict}


# -- policies -----------------------------------------------------------------------------------

NEGATIVE = Terms(Marking(negative=True))


def judged(credit: Credit, listed: dict[str, Fraction] | None = None) -> Problem:
    statements = [
        {"say": "One.", "because": "So it is.", "truth": True},
        {"say": "Other.", "because": "So it is.", "truth": False},
    ]
    case = Case(parse_value(choice.Given, {"ask": "judge", "statements": statements}))
    spec = Spec("q", "choice", "True or false", {"en": ""}, Fraction(2), 1, misconceptions=listed or {})
    return Problem("q", spec, case, Fraction(2), choice.TYPE.solve(case, {}), credit)


@pytest.mark.parametrize(
    ("credit", "terms", "answers", "points"),
    [
        (Credit(), Terms(), ("true", "true"), "1"),
        (Credit(correct_guessing=True), Terms(), ("true", "true"), "0"),
        (Credit(correct_guessing=True), Terms(), ("true", ""), "1"),
        (Credit(correct_guessing=True), Terms(), ("true", "no idea"), "1"),
        (Credit(correct_guessing=True), Terms(), ("false", "true"), "0"),
        (Credit(correct_guessing=True), NEGATIVE, ("false", "true"), "-2"),
        (Credit(wrong_choice=Fraction(1, 2)), NEGATIVE, ("false", ""), "-1/2"),
        (Credit(question="all-or-nothing"), Terms(), ("true", "true"), "0"),
        (Credit(question="all-or-nothing"), Terms(), ("true", "false"), "2"),
    ],
)
def test_policies_pay_questions(credit: Credit, terms: Terms, answers: tuple[str, str], points: str) -> None:
    result = mark_problem(judged(credit), dict(zip("AB", answers, strict=True)), terms)
    assert result.points == Fraction(points)


@pytest.mark.parametrize(("share", "points"), [(Fraction(), "-2"), (Fraction(1, 4), "1/2")])
def test_a_mistake_that_earns_nothing_is_charged_like_any_other(share: Fraction, points: str) -> None:
    asked = judged(Credit(correct_guessing=True), {"statements_inverted": share})
    result = mark_problem(asked, {"A": "false", "B": "true"}, NEGATIVE)
    assert names(result) == [("statements_inverted",)] * 2
    assert result.points == Fraction(points)


def test_the_exam_makes_the_total_and_the_grade(paper: Paper) -> None:
    marking = Marking(out_of=Fraction(1), grade=Grade(Fraction(1), Fraction(10), Fraction(6)))
    answers = {problem.item: answers_of(problem) for problem in paper.problems}
    submission = Submission(paper.code, None, answers, (), "", "")
    full = mark_paper(paper, submission, "ada", Terms(marking))
    assert [full.points, full.of, full.grade, full.passed] == [1, 1, 10, True]
    blank = mark_paper(paper, replace(submission, answers={}), "ada", Terms(marking))
    assert [blank.points, blank.grade, blank.passed] == [0, 1, False]


POLICIES = [
    Credit(maps="all-or-nothing", records="all-or-nothing", question="all-or-nothing"),
    Credit(correct_guessing=True, shapes="per-size"),
    Credit(wrong_choice=Fraction(1), right_size=Fraction(1, 2)),
]


@pytest.fixture(scope="module")
def everything() -> Paper:
    """Return a paper with every kind of question."""
    known = shipped_bank()
    file = exam_file.load(exam_file.shipped()["practice"], known)
    return compose(file, known, practice_secret(7), EVERYONE)


@pytest.mark.parametrize("credit", POLICIES, ids=range(len(POLICIES)))
@pytest.mark.parametrize("terms", [Terms(), NEGATIVE], ids=["least-0", "negative"])
def test_under_every_policy_the_key_earns_all_and_a_blank_nothing(
    everything: Paper, credit: Credit, terms: Terms
) -> None:
    for problem in everything.problems:
        asked = replace(problem, credit=credit)
        marked = mark_problem(asked, answers_of(problem), terms)
        assert marked.points == (0 if marked.waiting else problem.points)
        assert mark_problem(asked, {}, terms).points == 0
