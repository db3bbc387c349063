"""What people said, put together with what the machine made of a submission."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from convexam.generator import registry
from convexam.generator.document import say
from convexam.generator.model import Case
from convexam.generator.papers import Paper, Problem, Section, Spec, Student
from convexam.generator.policy import Credit
from convexam.generator.questions import short_text
from convexam.grader.intake.answers import Submission
from convexam.grader.marking.fields import Lost
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.settle import MOST_READ, answered, field_points, settled, whole_text
from convexam.grader.model import Result, Verdict
from convexam.grader.records.people import Answered, Judgement, Override, Said


def text_problem(points: int = 4) -> Problem:
    given = short_text.Given("A good answer.", ("A point (1 point).",))
    spec = Spec("t", "short_text", "Words", {"en": ""}, Fraction(points), 1)
    case = Case(given)
    return Problem("a1", spec, case, Fraction(points), short_text.solve(case, {}))


def paper_of(*problems: Problem) -> Paper:
    return Paper("CODE", Student("ada"), (Section("", problems),))


PAPER = paper_of(text_problem())


def handed_in(text: object) -> Submission:
    return Submission("CODE", None, {"a1": {"text": text}}, (), "d1gest", "ada.yaml")  # type: ignore[dict-item]


def marked(text: object = "some words\n", paper: Paper = PAPER) -> Result:
    return mark_paper(paper, handed_in(text), "ada")


def which(result: Result, paper: Paper = PAPER) -> Answered:
    (problem,) = paper.problems
    (field,) = registry.get(problem.spec.type).ask(problem.case)
    return answered(result, problem, field, result.items[0].answers.get(field.name))


def judged(points: str | None, result: Result | None = None) -> Said:
    key = which(result or marked())
    return Said({key: Judgement(None if points is None else Fraction(points), "fine")}, {}, 1)


@pytest.mark.parametrize(
    ("points", "verdict"), [("4", Verdict.RIGHT), ("5/2", Verdict.PARTIAL), ("0", Verdict.WRONG)]
)
def test_a_persons_points_are_the_points(points: str, verdict: Verdict) -> None:
    final = settled(marked(), PAPER, judged(points))
    (mark,) = final.items[0].marks
    assert (mark.verdict, mark.against, mark.remark) == (verdict, "human", "fine")
    assert final.points == Fraction(points)
    assert final.waiting == 0


def test_nothing_said_changes_nothing() -> None:
    result = marked()
    assert settled(result, PAPER, Said()) == result
    assert settled(result, PAPER, judged(None)) == result


def test_the_same_words_in_another_file_keep_the_mark() -> None:
    again = replace(marked("  some words"), submission_sha256="another")
    assert settled(again, PAPER, judged("3")).points == 3


def test_other_words_wait_again() -> None:
    assert settled(marked("other words"), PAPER, judged("3")).waiting == 1


def test_a_question_that_is_worth_something_else_waits_again() -> None:
    other = paper_of(text_problem(points=2))
    assert settled(marked(paper=other), other, judged("2")).waiting == 1


def test_an_answer_that_was_lost_is_known_by_its_file() -> None:
    lost = Lost(say("damaged"))
    result = marked(lost)
    said = judged("1", result)
    assert settled(result, PAPER, said).points == 1
    assert settled(replace(result, submission_sha256="another"), PAPER, said).waiting == 1


def test_a_mark_holds_where_the_machine_could_read_it_by_now() -> None:
    """A later release reads more; what a person decided stays."""
    result = marked()
    (item,) = result.items
    read = item.marks[0]._replace(verdict=Verdict.WRONG, credit=Fraction())
    newer = replace(result, items=(replace(item, marks=(read,)),))
    assert settled(newer, PAPER, judged("4")).points == 4


def test_points_follow_the_policy_of_the_question() -> None:
    strict = paper_of(replace(text_problem(), credit=Credit(question="all-or-nothing")))
    assert settled(marked(paper=strict), strict, judged("3")).points == 0
    assert settled(marked(paper=strict), strict, judged("4")).points == 4


class TestOverride:
    def test_it_stands_in_the_place_of_everything(self) -> None:
        said = replace(judged("1"), overrides={("CODE", "a1"): Override(Fraction(3), "asked unclearly")})
        final = settled(marked(), PAPER, said)
        assert final.points == 3
        assert final.items[0].override == "asked unclearly"
        assert final.items[0].marks[0].credit == Fraction(1, 4)

    def test_nothing_waits_in_its_question(self) -> None:
        said = Said({}, {("CODE", "a1"): Override(Fraction(3), "why")}, 1)
        assert settled(marked(), PAPER, said).waiting == 0

    def test_it_is_that_of_one_paper(self) -> None:
        said = Said({}, {("OTHER", "a1"): Override(Fraction(3), "why")}, 1)
        assert settled(marked(), PAPER, said) == marked()

    def test_taken_back(self) -> None:
        said = Said({}, {("CODE", "a1"): Override(None, "a mistake")}, 2)
        assert settled(marked(), PAPER, said) == marked()

    def test_it_never_exceeds_what_the_question_is_worth_by_now(self) -> None:
        said = Said({}, {("CODE", "a1"): Override(Fraction(9), "why")}, 1)
        assert settled(marked(), PAPER, said).points == 4


def test_a_whole_answer_is_shown_up_to_what_is_read() -> None:
    assert whole_text("x" * MOST_READ) == "x" * MOST_READ
    assert whole_text("x" * (MOST_READ + 1)) == "x" * MOST_READ + " ..."
    assert whole_text([["1", "2"], ["3", None]]) == "1 2\n3 _"


def test_points_of_a_field_are_exact() -> None:
    (problem,) = PAPER.problems
    (field,) = registry.get(problem.spec.type).ask(problem.case)
    assert field_points(problem, field) == 4
