"""Points and grades: bounds, rounding, and the two ways from the one to the other."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from convexam.generator.policy import ALL, Credit, Grade, Marking, Rounding
from convexam.grader.marking.points import (
    full_marks,
    grade_of,
    paper_points,
    pass_share,
    passes,
    question_points,
)
from convexam.grader.model import ItemResult, Mark, Result, Verdict

F = Fraction
NEGATIVE = Marking(negative=True)
STEPS = [F(1, 2), F(1), F(3, 4), F(1, 3)]
ROUNDINGS = [Rounding(step, step, way) for step in STEPS for way in ("nearest", "up", "down")]
POLICIES = [
    Marking(),
    NEGATIVE,
    *(Marking(rounding=rounding, negative=negative) for rounding in ROUNDINGS for negative in (False, True)),
]
SHARES = [F(number, 24) for number in range(-24, 25)]


def points(share: Fraction, marking: Marking, of: Fraction = F(5), credit: Credit = Credit()) -> Fraction:  # noqa: B008
    return question_points([(F(1), share)], of, credit, marking)


@pytest.mark.parametrize("marking", POLICIES, ids=range(len(POLICIES)))
@pytest.mark.parametrize("credit", [Credit(), Credit(question=ALL)], ids=["each", "all"])
def test_points_grow_with_shares_within_their_bounds(marking: Marking, credit: Credit) -> None:
    for of in (F(5), F(7, 3)):
        least = -of if marking.negative else 0
        found = [points(share, marking, of, credit) for share in SHARES]
        assert found == sorted(found)
        assert found[0] == least
        assert found[-1] == of
        assert points(F(), marking, of, credit) == 0


@pytest.mark.parametrize("rounding", ROUNDINGS, ids=range(len(ROUNDINGS)))
def test_rounding_twice_is_rounding_once(rounding: Rounding) -> None:
    marking = Marking(rounding=rounding)
    for share in SHARES:
        once = points(share, marking)
        assert points(once / 5, marking) == once
        total = paper_points([once], F(5), marking)
        assert paper_points([total], F(5), marking) == total


@pytest.mark.parametrize(
    ("share", "direction", "result"),
    [
        ("1/4", "nearest", "1/2"),
        ("-1/4", "nearest", "-1/2"),
        ("1/4", "down", "0"),
        ("-1/4", "down", "-1/2"),
        ("-1/4", "up", "0"),
        ("1/5", "nearest", "0"),
        ("1/5", "up", "1/2"),
    ],
)
def test_halves_are_rounded_away_from_zero(share: str, direction: str, result: str) -> None:
    rounding = Rounding(questions=F(1, 2), direction=direction)  # type: ignore[arg-type]
    assert points(F(share), Marking(negative=True, rounding=rounding), F(1)) == F(result)


@pytest.mark.parametrize(
    ("shares", "credit", "marking", "result"),
    [
        (["1", "1/2"], Credit(), Marking(), "3"),
        (["1", "1/2"], Credit(question=ALL), Marking(), "0"),
        (["1", "1"], Credit(question=ALL), Marking(), "4"),
        (["1", "-1"], Credit(), Marking(), "0"),
        (["1/2", "-1"], Credit(), Marking(), "0"),
        (["1/2", "-1"], Credit(), NEGATIVE, "-1"),
        (["1/2", "-1"], Credit(question=ALL), NEGATIVE, "-1"),
        (["1", "-1/2"], Credit(question=ALL), NEGATIVE, "0"),
    ],
)
def test_questions_of_two_answers(shares: list[str], credit: Credit, marking: Marking, result: str) -> None:
    assert question_points([(F(2), F(share)) for share in shares], F(4), credit, marking) == F(result)


def test_answers_count_by_their_weights() -> None:
    assert question_points([(F(3), F(1)), (F(1), F(0))], F(4), Credit(), Marking()) == 3


@pytest.mark.parametrize(
    ("questions", "marking", "result"),
    [
        (["3", "4"], Marking(), "7"),
        (["-3", "2"], NEGATIVE, "0"),
        (["3", "9/4"], Marking(rounding=Rounding(total=F(1, 2))), "11/2"),
        (["4", "5"], Marking(out_of=F(8)), "8"),
        (["3", "4"], Marking(out_of=F(8)), "7"),
        (["6", "4"], Marking(rounding=Rounding(total=F(3), direction="down")), "10"),
    ],
)
def test_the_total(questions: list[str], marking: Marking, result: str) -> None:
    assert paper_points(map(F, questions), F(10), marking) == F(result)


def test_full_marks() -> None:
    assert full_marks(F(10), Marking()) == 10
    assert full_marks(F(10), Marking(out_of=F(8))) == 8
    assert full_marks(F(10), Marking(out_of=F(12))) == 10


SCALES = [
    Grade(F(1), F(10), F(11, 2), step=F(1, 2)),
    Grade(F(1), F(10), F(11, 2), F(3, 5), F(1, 10)),
    Grade(F(5), F(1), F(4), F(1, 2), F(1, 10)),
    Grade(F(0), F(100)),
    Grade(F(1), F(6), F(4), F(3, 5), F(1, 4)),
]


@pytest.mark.parametrize("scale", SCALES, ids=range(len(SCALES)))
def test_grades_go_from_the_worst_to_the_best_in_steps(scale: Grade) -> None:
    shares = [F(number, 240) for number in range(241)]
    grades = [grade_of(share, scale) for share in shares]
    assert (grades[0], grades[-1]) == (scale.worst, scale.best)
    better = [(other - one) * (scale.best - scale.worst) for one, other in pairwise(grades)]
    assert min(better) >= 0
    assert {((grade - scale.worst) / scale.step).denominator for grade in grades} == {1}
    verdicts = [passes(grade, scale) for grade in grades]
    assert verdicts == [None] * 241 if scale.passing is None else verdicts == sorted(verdicts, key=bool)
    if scale.pass_at is not None:
        assert grade_of(scale.pass_at, scale) == scale.passing


@pytest.mark.parametrize("scale", [*SCALES, Grade(F(1), F(10), F(10)), Grade(F(1), F(10), F(1), F(1, 5))])
def test_the_least_share_that_passes(scale: Grade) -> None:
    least = pass_share(scale)
    if least is None:
        assert scale.passing is None
        return
    assert passes(grade_of(least, scale), scale)
    assert least == 0 or not passes(grade_of(least - F(1, 10**9), scale), scale)


def result(share: str, marking: Marking, verdict: Verdict = Verdict.PARTIAL) -> Result:
    mark = Mark("f", verdict, F(share), 1)
    item = ItemResult("q", 10 * F(share), F(10), (mark,))
    return Result("ada", "P1", (item,), (), "", marking)


@pytest.mark.parametrize(
    ("share", "scale", "grade", "passed"),
    [
        ("1/2", None, None, None),
        ("1/2", SCALES[3], "50", None),
        ("1/2", SCALES[0], "11/2", True),
        ("2/5", SCALES[0], "9/2", False),
    ],
)
def test_results_have_grades(share: str, scale: Grade | None, grade: str | None, passed: bool | None) -> None:
    marked = result(share, Marking(grade=scale))
    assert marked.grade == (None if grade is None else F(grade))
    assert marked.passed is passed


def test_a_cap_is_what_the_grade_is_of() -> None:
    marked = result("4/5", Marking(out_of=F(8), grade=SCALES[3]))
    assert (marked.points, marked.of, marked.grade) == (F(8), F(8), F(100))
