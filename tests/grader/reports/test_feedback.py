"""The feedback page says what was read, part by part, and shows nothing as it was typed that could do harm."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import exam_file
from convexam.generator.compose import exam_of
from convexam.generator.document import say
from convexam.generator.language import ENGLISH
from convexam.generator.model import Conventions, Field
from convexam.generator.papers import Exam, Paper, Problem
from convexam.generator.policy import CarryForward, Credit, Grade, Marking, Release
from convexam.generator.render.look import SCREEN
from convexam.grader.intake.answers import read_submission
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import terms_of
from convexam.grader.model import Explanation, Finding, Result, Verdict
from convexam.grader.reports import feedback
from convexam.grader.reports.answer_views import field_view
from convexam.grader.reports.feedback import feedback_html
from convexam.grader.reports.told import State, Told, told_item

from ...shipped import shipped_bank

EXAM = exam_of(exam_file.load(exam_file.SHIPPED, shipped_bank()), 42)


def page(paper: Paper, answer: str) -> str:
    file = f"format: convexam-answers/1\npaper: {paper.code}\nanswers:\n  e1:\n    setting: {answer}\n"
    result = mark_paper(paper, read_submission(file.encode(), "a.yaml"), "ada")
    return feedback_html(EXAM, paper, result).split("</style>")[1]


def key(paper: Paper) -> dict[str, object]:
    (problem,) = (each for each in paper.problems if each.item == "e1")
    names = ("operation", "size", "stride", "dilation", "padding")
    return dict(zip(names, problem.key["setting"][0], strict=True))  # type: ignore[arg-type]


def test_every_part_has_its_verdict(paper: Paper) -> None:
    right = key(paper)
    shown = page(paper, f"{{operation: {right['operation']}, size: 9, dilation: {right['dilation']}}}")
    rows = re.findall(r'<th scope="row">(\w+)</th><td class="(\w+)">(.*?)<', shown)
    assert rows == [
        ("operation", "right", right["operation"]),
        ("size", "wrong", "9"),
        ("stride", "blank", ""),
        ("dilation", "right", str(right["dilation"])),
        ("padding", "blank", ""),
    ]
    assert "Parts that are right: 2 of 5." in shown
    assert "or max pooling or average pooling" in shown.replace("convolution or", "or")


def test_one_part_that_cannot_be_read_is_named(paper: Paper) -> None:
    shown = page(paper, "{operation: conv, size: three, stride: 1}")
    assert "Size: expected a whole number, found the word" in shown
    assert "partly understood; a person will look at it" in shown


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "{{ 7*7 }}", "a & b", "\u202egnp.exe"])
def test_what_was_typed_does_no_harm(paper: Paper, typed: str) -> None:
    shown = page(paper, f'"{typed}"')
    assert "<script>alert" not in shown
    assert "49" not in re.findall(r'<q class="raw">(.*?)</q>', shown)[0]
    assert "\u202e" not in shown


# -- cells --------------------------------------------------------------------------------------


def of_item(paper: Paper, item: str) -> Problem:
    return next(problem for problem in paper.problems if problem.item == item)


def section(exam: Exam, paper: Paper, result: Result, item: str) -> str:
    shown = feedback_html(exam, paper, result).split("</style>")[1]
    number = [problem.item for problem in paper.problems].index(item) + 1
    return shown.split(f'id="question-{number}"')[1].split("<details")[0]


def marked(paper: Paper, answers: dict[str, dict[str, Any]], exam: Exam = EXAM) -> Result:
    data = json.dumps({"format": "convexam-answers/1", "paper": paper.code, "answers": answers}).encode()
    return mark_paper(paper, read_submission(data, "a.json"), "ada", terms_of(exam))


def test_every_cell_has_its_sign_and_its_words(paper: Paper) -> None:
    key: Any = of_item(paper, "a1").key["Y"][0]
    rows = [[str(cell) for cell in row] for row in key]
    rows[0][:3] = ["", "x", str(key[0][2] + 1)]
    shown = section(EXAM, paper, marked(paper, {"a1": {"Y": rows}}), "a1")
    answer, right = shown.replace("−", "-").split("the right answer")
    cells = re.findall(
        r'<td class="(?!corner)(\w+)">([^<]*)(?:<span class="(sign[^"]*)" role="img" aria-label="(.*?)">(.)<)?',
        answer,
    )
    assert cells[:3] == [
        ("blank", "", "sign alone", f"left blank; {key[0][0]} is right", "–"),
        ("unreadable", "", "sign alone", f"could not be read; {key[0][1]} is right", "?"),
        ("wrong", str(key[0][2] + 1), "sign", f"wrong; {key[0][2]} is right", "✗"),
    ]
    assert {cell[0] for cell in cells[3:]} == {"right"}
    assert right.count('class="asked"') == 3
    assert '<th scope="col">0</th>' in answer


def test_what_is_right_is_not_repeated(paper: Paper) -> None:
    problem = of_item(paper, "a1")
    answers = {"a1": {"Y": [list(map(str, row)) for row in problem.key["Y"][0]]}}  # type: ignore[union-attr, arg-type]
    shown = section(EXAM, paper, marked(paper, answers), "a1")
    assert "Right answer" not in shown
    assert "Typed:" not in shown


# -- what was typed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "read", "raw", "typed"),
    [
        ("number", Fraction(3, 2), "1 1/2", "1 1/2"),
        ("number", Fraction(3, 2), "3/2", ""),
        ("number", Fraction(3, 2), "1.5", ""),
        ("number", -3, " −3 ", ""),
        ("number", 1000, "10^3", "10^3"),
        ("shape", (3, 4, 4), "3*4*4", "3*4*4"),
        ("shape", (3, 4, 4), "3 x 4×4", ""),
        ("tensor", ((1, 2), (3, 4)), "1 2\n3 4", ""),
        ("tensor", ((1, 2), (3, 4)), "1\t2\n3\t4", ""),
        ("tensor", ((1, 2), (3, 4)), "1\t2\n\n3\t=4", "1 2\n\n3 =4"),
        ("tensor", ((1, 2), (3, 4)), "[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("tensor", ((1, None), (3, 4)), "1 _\n3 4", ""),
        ("tensor", ((1,) * 200,), "1 " * 100 + " ...", ""),
        ("choice", "same", "Same", ""),
        ("choice", "same", "the same one", "the same one"),
        ("text", "a b", "a  b", ""),
    ],
)
def test_what_was_typed_is_shown_where_it_is_read_as_something_else(
    kind: Any, read: Any, raw: str, typed: str
) -> None:
    told = Told(Field("x", kind, say("X")), State.READ, read, raw)
    assert field_view(told, Conventions(), SCREEN).typed == typed


# -- findings, people, grades -------------------------------------------------------------------


def with_item(result: Result, item: str, **changes: Any) -> Result:
    items = (replace(each, **changes) if each.item == item else each for each in result.items)
    return replace(result, items=tuple(items))


def test_a_finding_stands_once_behind_the_last_answer_that_it_explains(paper: Paper) -> None:
    problem = next(each for each in paper.problems if len(each.key) > 1)
    names = list(problem.key)
    finding = Finding(("x",), (names[0], names[-1]), (say("One."), say("Two.")), say("All fit."))
    result = with_item(marked(paper, {}), problem.item, explanation=Explanation(finding, (), Fraction(1, 4)))
    shown = section(EXAM, paper, result, problem.item)
    assert shown.count('class="finding"') == shown.count("One.") == shown.count("All fit.") == 1
    assert "This way of thinking earns 25%" in shown
    assert shown.index('class="finding"') > shown.rindex('class="mark')


def test_the_heading_of_a_finding_names_few_answers(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = next(each for each in paper.problems if len(each.key) > 1)
    finding = Finding(("x",), tuple(problem.key), (say("One."),), say("All fit."))
    result = with_item(marked(paper, {}), problem.item, explanation=Explanation(finding))
    for most, named in ((len(problem.key), True), (len(problem.key) - 1, False)):
        monkeypatch.setattr(feedback, "MOST_NAMED", most)
        assert ("points at:" in section(EXAM, paper, result, problem.item)) == named


def test_people_are_heard(paper: Paper) -> None:
    (mark,) = next(each.marks for each in marked(paper, {}).items if each.item == "a1")
    by_hand = mark._replace(
        verdict=Verdict.PARTIAL, credit=Fraction(1, 2), against="human", remark="<b>Nearly</b>"
    )
    result = with_item(
        marked(paper, {}), "a1", marks=(by_hand,), points=Fraction(2), override="the copier failed"
    )
    shown = section(EXAM, paper, result, "a1")
    assert "A person marked this answer: &lt;b&gt;Nearly&lt;/b&gt;" in shown
    assert "A person set the points: the copier failed" in shown
    unread = mark._replace(verdict=Verdict.UNREADABLE, raw="seven?")
    waits = with_item(marked(paper, {}), "a1", marks=(unread,))
    assert "a person will look at it" in section(EXAM, paper, waits, "a1")
    settled = with_item(waits, "a1", override="the copier failed")
    assert "a person will look at it" not in section(EXAM, paper, settled, "a1")


def test_after_a_person_points_go_without_a_promise(paper: Paper) -> None:
    answers = {"a1": {"Y": "seven?"}}
    waits = marked(paper, answers)
    (mark,) = next(each.marks for each in waits.items if each.item == "a1")
    by_hand = with_item(waits, "a1", marks=(mark._replace(against="human", verdict=Verdict.WRONG),))
    settled = with_item(waits, "a1", override="the copier failed")
    for result, promised in ((waits, True), (by_hand, False), (settled, False)):
        shown = feedback_html(EXAM, paper, result, Release.MARKS)
        assert "could not be read" in shown
        assert ("a person will look at it" in shown) == promised


def test_what_was_not_read_is_not_said_to_be(paper: Paper) -> None:
    typed = section(EXAM, paper, marked(paper, {"a1": {"Y": "seven?"}}), "a1")
    assert "Your answer, as it was typed" in typed
    assert "as it was read" not in typed
    assert "expected a number, found the word" in typed.lower()
    assert "row 1" not in typed.lower()


def test_a_blank_is_not_repeated(paper: Paper) -> None:
    shown = section(EXAM, paper, marked(paper, {"a1": {"Y": "_"}}), "a1")
    assert "left blank" in shown
    assert "Right answer" in shown
    assert "Your answer" not in shown


def test_corrected_guessing_is_said(paper: Paper) -> None:
    problem = of_item(paper, "a1")
    item = next(each for each in marked(paper, {}).items if each.item == "a1")
    rows: Any = problem.key["Y"][0]
    cells = tuple((Verdict.RIGHT,) * len(row) for row in rows)

    def told(credit: Credit, earned: Fraction) -> Told:
        partly = item.marks[0]._replace(verdict=Verdict.PARTIAL, credit=earned, cells=cells)
        asked = replace(problem, credit=credit)
        return told_item(asked, replace(item, marks=(partly,)), Release.DIAGNOSIS, ENGLISH).answers[0]

    less = told(Credit(correct_guessing=True), Fraction(1, 4))
    notes = field_view(less, Conventions(), SCREEN).notes
    assert "Guessing is corrected here: what blind answers would earn is taken off." in notes
    assert not told(Credit(), Fraction(1, 4)).corrected
    assert not told(Credit(correct_guessing=True), Fraction(1)).corrected


def test_what_is_right_and_not_paid_is_said(paper: Paper) -> None:
    (mark,) = next(each.marks for each in marked(paper, {}).items if each.item == "a1")
    partly = mark._replace(verdict=Verdict.PARTIAL, credit=Fraction())
    note = "does not earn points by itself"
    assert note in section(EXAM, paper, with_item(marked(paper, {}), "a1", marks=(partly,)), "a1")
    paid = partly._replace(credit=Fraction(1, 2))
    assert note not in section(EXAM, paper, with_item(marked(paper, {}), "a1", marks=(paid,)), "a1")


def test_what_carrying_costs_is_said(paper: Paper) -> None:
    result = marked(paper, {})
    (mark,) = next(item.marks for item in result.items if item.item == "a1")
    own = mark._replace(verdict=Verdict.RIGHT, read=mark.key, against="own")
    result = with_item(result, "a1", marks=(own,))
    assert "an earlier error costs points once" in section(EXAM, paper, result, "a1")
    priced = replace(result, marking=Marking(carry_forward=CarryForward(Fraction(1, 4))))
    assert " of what it earns that way." in section(EXAM, paper, priced, "a1")


def test_the_grade_is_told_with_the_points(paper: Paper) -> None:
    scale = Grade(worst=Fraction(1), best=Fraction(10), passing=Fraction(11, 2))
    exam = replace(EXAM, marking=Marking(grade=scale))
    key = {problem.item: dict.fromkeys(problem.key, "") for problem in paper.problems}
    shown = feedback_html(exam, paper, marked(paper, key, exam))
    assert "grade 1 · not passed" in shown
    assert (
        "grade"
        not in feedback_html(exam, paper, marked(paper, key, exam), Release.RECEIPT).split("</style>")[1]
    )
    waits = feedback_html(exam, paper, marked(paper, {"a1": {"Y": "seven?"}}, exam))
    assert "grade 1 for now" in waits
    assert "not passed" not in waits


def test_the_overview_names_every_question(paper: Paper) -> None:
    shown = feedback_html(EXAM, paper, marked(paper, {}))
    links = re.findall(r'<a href="#question-(\d+)">', shown)
    assert links == [str(number) for number in range(1, len(paper.problems) + 1)]
    assert all(f'id="question-{number}"' in shown for number in links)
    legend = shown.split('<dl class="legend">')[1].split("</dl>")[0]
    assert "left blank" in legend
    assert "wrong" not in legend
