"""What record and feedback page tell of rules, at every level, and that the solution does not contradict them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from convexam.generator.papers import Exam
from convexam.generator.policy import Release
from convexam.grader.model import Result
from convexam.grader.reports.feedback import feedback_html
from convexam.grader.rules.rule import Rule

from .samples import FLIPPED, MAP, PAPER, RIGHT, marked, record_of, rule

EXAM = Exam("small", "Small")
LEVELS = list(Release)


def page(result: Result, level: Release = Release.EVERYTHING) -> str:
    return feedback_html(EXAM, PAPER, result, level).split("</style>")[1]


def under(answer: str, *rules: Rule) -> Result:
    return marked({"a": {"Y": answer}}, *rules)


CHANGES = [
    (rule("a", accept="extra_flip"), "Another answer counts as right here as well: reason 1"),
    (rule("a", key="operation: convolution"), "What is right here was corrected: reason 1"),
    (rule("a", drop=True), "This question does not count, for anybody: reason 1"),
    (rule("a", full_marks="everyone"), "Everybody gets all points of this question: reason 1"),
    (rule("a", full_marks="answered"), "Everybody who answered this question gets all its points: reason 1"),
    (rule("a", points="2.5"), "What this question is worth was changed to 2.5: reason 1"),
    (rule("a", credit="maps: all-or-nothing"), "How this question earns points was changed: reason 1"),
]


@pytest.mark.parametrize(("changed", "sentence"), CHANGES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_change_and_its_reason_stand_at_the_question(
    changed: Rule, sentence: str, level: Release
) -> None:
    shown = page(under(FLIPPED, changed), level)
    assert (sentence in shown) == (level is not Release.RECEIPT)


@pytest.mark.parametrize(("changed", "sentence"), CHANGES)
def test_the_record_names_the_rules(changed: Rule, sentence: str) -> None:
    first, second, _ = record_of(under(FLIPPED, changed))["items"]
    (told,) = first["rules"]
    assert (told["number"], told["reason"], told["holds"]) == (1, "reason 1", True)
    assert sentence in told["sentence"]
    assert first["counts"] is not (changed.drop or bool(changed.full_marks))
    assert "rules" not in second


def test_who_keeps_more_is_told_so() -> None:
    result = under(RIGHT, rule("a", key="operation: convolution", never_lower=True))
    assert "what you had is better for you and stays: reason 1" in page(result)
    assert [told["holds"] for told in record_of(result)["items"][0]["rules"]] == [False]


def test_a_dropped_question_shows_no_points() -> None:
    shown = page(under(FLIPPED, rule("a", drop=True)))
    assert "does not count" in shown
    assert "0 of 0" not in shown


def solution(shown: str) -> str:
    found = re.search(r'<details class="solution">(.*?)</details>', shown, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("changed", "shows"),
    [
        (rule("a", accept="extra_flip"), "1245"),
        (rule("a", accept="Y=1 2; 3 4"), "1245"),
        (rule("a", drop=True), "1245"),
        (rule("a", key="operation: convolution"), "5421"),
        (rule("a", key="extra_flip"), "5421"),
        (rule("a", key="Y=1 2; 3 4"), "so it is not shown"),
    ],
)
def test_the_solution_leads_to_what_counts_as_right(changed: Rule, shows: str) -> None:
    for answer in (RIGHT, FLIPPED, "1 2\n3 5", ""):
        found = solution(page(under(answer, changed)))
        assert shows in found
        assert ("1245" in found) == (shows == "1245")


def test_a_wrong_answer_stands_beside_the_right_one_that_it_was_held_against() -> None:
    """Three cells of the flipped map are right, so that map is shown, and how its fourth cell is found."""
    result = under("5421 6532\n8754 9999", rule("a", accept="extra_flip"))
    shown = page(result)
    assert "Cells that are right: 3 of 4." in shown
    assert "9865" in shown.split("Right answer")[1].split("Worked solution")[0]
    assert "1245" not in solution(shown)
    literal = page(under("1 2\n3 9999", rule("a", accept="Y=1 2; 3 4")))
    assert "1245" not in literal.split("Right answer")[1].split("Worked solution")[0]
    assert "The first wrong cell" not in solution(literal)


def test_a_page_without_right_answers_still_has_none() -> None:
    shown = page(under("1 2\n3 5", rule("a", accept="extra_flip")), Release.DIAGNOSIS)
    assert not any(number in shown for number in (*RIGHT.split(), *FLIPPED.split()))


def test_the_right_answer_shown_is_the_one_that_holds() -> None:
    shown = page(under(RIGHT, rule("a", key="Y=1 2; 3 4")))
    assert "Right answer" in shown
    assert re.search(r">1<.*>2<.*>3<.*>4<", shown.split("Right answer")[1], re.DOTALL)


def test_the_paper_is_not_changed_by_a_rule() -> None:
    drawn = replace(MAP)
    under(FLIPPED, rule("a", key="extra_flip"))
    assert drawn == MAP
