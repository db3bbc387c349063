"""No answer is lost because of its name, or because the file is damaged."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from convexam.generator.document import say
from convexam.generator.papers import Paper
from convexam.grader.intake.answers import Submission, read_submission
from convexam.grader.marking.fields import Lost, Raw
from convexam.grader.marking.mark import mark_paper
from convexam.grader.model import Result, Verdict

from ..conftest import answers_of


def submission(
    paper: Paper, answers: Mapping[str, Mapping[str, Raw]], *, damaged: bool = False
) -> Submission:
    return Submission(paper.code, None, answers, (), "0" * 64, "a.yaml", damaged)


def marked(paper: Paper, answers: Mapping[str, Mapping[str, Raw]], *, damaged: bool = False) -> Result:
    return mark_paper(paper, submission(paper, answers, damaged=damaged), "ada")


def verdicts(result: Result, item: str) -> set[Verdict]:
    return {mark.verdict for found in result.items if found.item == item for mark in found.marks}


@pytest.fixture
def full(paper: Paper) -> dict[str, dict[str, str]]:
    return {problem.item: answers_of(problem) for problem in paper.problems}


def test_everything_in_its_place(paper: Paper, full: dict[str, dict[str, str]]) -> None:
    result = marked(paper, full)
    assert (result.points, result.problems, result.waiting) == (paper.points, (), 0)


def test_what_a_sound_file_lacks_is_blank(paper: Paper, full: dict[str, dict[str, str]]) -> None:
    del full["a1"], full["c1"]["Y0"]
    result = marked(paper, full)
    assert verdicts(result, "a1") == {Verdict.BLANK}
    assert verdicts(result, "c1") == {Verdict.BLANK, Verdict.RIGHT}
    assert result.waiting == 0


def test_a_renamed_question_waits_for_a_human(paper: Paper, full: dict[str, dict[str, str]]) -> None:
    full["a11"] = full.pop("a1")
    result = marked(paper, full)
    assert verdicts(result, "a1") == {Verdict.UNREADABLE}
    assert "the file answers 'a11'" in str(result.items[0].marks[0].reason)
    assert list(map(str, result.problems)) == ["there is no question 'a11' on this paper"]


def test_a_blank_stranger_hides_nothing(paper: Paper, full: dict[str, dict[str, str]]) -> None:
    del full["a1"]
    full["a11"] = {"Y": " _ "}
    assert verdicts(marked(paper, full), "a1") == {Verdict.BLANK}


def test_a_renamed_field_waits_for_a_human(paper: Paper, full: dict[str, dict[str, str]]) -> None:
    full["a1"] = {"y": full["a1"]["Y"]}
    result = marked(paper, full)
    assert verdicts(result, "a1") == {Verdict.UNREADABLE}
    assert list(map(str, result.problems)) == ["question 'a1' has no field 'y'"]


@pytest.mark.parametrize("typed", ["{y: 9,7}", "{y: 9, 7}"])
def test_an_answer_that_a_comma_between_braces_cut_in_two_waits(paper: Paper, typed: str) -> None:
    text = f"format: convexam-answers/1\npaper: {paper.code}\nanswers:\n  a2: {typed}\n"
    result = mark_paper(paper, read_submission(text.encode(), "a.yaml"), "ada")
    assert verdicts(result, "a2") == {Verdict.UNREADABLE}
    reason = str(result.items[1].marks[0].reason)
    assert reason == "a comma cut this answer in two, before '7'; set it in quotes"


def test_an_answer_beside_its_question_is_its_only_field(
    paper: Paper, full: dict[str, dict[str, str]]
) -> None:
    full["a2"] = {"": full["a2"]["y"]}
    assert verdicts(marked(paper, full), "a2") == {Verdict.RIGHT}


def test_an_answer_beside_a_question_of_two_fields_waits(
    paper: Paper, full: dict[str, dict[str, str]]
) -> None:
    full["c1"] = {"": "1 2"}
    assert verdicts(marked(paper, full), "c1") == {Verdict.UNREADABLE}


def test_what_a_damaged_file_lacks_waits(paper: Paper, full: dict[str, dict[str, str]]) -> None:
    del full["a1"]
    result = marked(paper, full, damaged=True)
    assert verdicts(result, "a1") == {Verdict.UNREADABLE}
    assert verdicts(result, "a2") == {Verdict.RIGHT}


def test_a_damaged_file_says_so(paper: Paper) -> None:
    text = f"paper: {paper.code}\nanswers:\n  a1:\n\tY: [1\n  a2:\n    y: 97\n"
    result = mark_paper(paper, read_submission(text.encode(), "a.yaml"), "ada")
    assert verdicts(result, "a2") == {Verdict.RIGHT}
    assert verdicts(result, "b1") == {Verdict.UNREADABLE}
    assert result.problems


def test_the_parts_of_a_record_may_stand_under_their_question(paper: Paper) -> None:
    """Who leaves the one name out that every answer of the question goes by is understood."""
    answers = {"operation": "conv", "size": "3", "stride": "_", "dilation": "1", "padding": "no"}
    (mark,) = next(item for item in marked(paper, {"e1": answers}).items if item.item == "e1").marks
    assert mark.read == ("convolution", 3, None, 1, 0)


def test_a_lost_part_of_a_record_is_not_blank(paper: Paper) -> None:
    lost: dict[str, Raw] = {"operation": "convolution", "size": Lost(say("it stands there twice"))}
    (mark,) = next(item for item in marked(paper, {"e1": lost}).items if item.item == "e1").marks
    assert mark.verdict is Verdict.UNREADABLE


RECORD = ("convolution", 3, 2, 1, 0)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("setting: {operation: conv, size: 3, stride: 2, dilation: 1, padding: 0}", RECORD),
        ("setting: {operation:conv, size:3, stride:2, dilation:1, padding:0}", RECORD),
        ("setting: {operation conv, size 3, stride 2, dilation 1, padding 0}", RECORD),
        ("setting: {conv, 3, 2, 1, 0}", RECORD),
        ("setting: conv, 3, 2, 1, 0", RECORD),
        ("operation: conv\n    size: 3\n    stride: 2\n    dilation: 1\n    padding: 0", RECORD),
        (
            (
                "setting: {operation: _, size: _, stride: _, dilation: _, padding: _}\n"
                "    operation: conv\n    size: 3\n    stride: 2\n    dilation: 1\n    padding: 0"
            ),
            RECORD,
        ),
        (
            "setting:\n    operation: conv\n    size: 3\n    stride: 2\n    dilation: 1\n    padding: 0",
            RECORD,
        ),
        (
            (
                "setting: operation: conv\n             size: 3\n             stride: 2\n"
                "             dilation: 1\n             padding: 0"
            ),
            RECORD,
        ),
        ("setting: {operation: conv, size: 3, stride: 2, dilation: 1, padding: 0", RECORD),
        ("setting: {operation: conv, size: 3}\n    setting: {operation: max pooling, size: 3}", None),
        ("setting: {operation: conv, size: 3}\n    size: 4", None),
        ("setting: B\n  e1:\n    setting: {operation: conv, size: 3}", None),
        ("setting:\n  operation: conv\n  size: 3", None),
        ("setting: _\n    answer: conv, 3, 2, 1, 0", None),
        ("setting: {operation: _, size: _}\n    kernel: 3", None),
        ("setting: conv, 3, 2, 1, 0\n    size: _", RECORD),
        ("{B}", None),
    ],
)
def test_records_as_they_are_typed(paper: Paper, text: str, read: tuple[object, ...] | None) -> None:
    """What can be read is read; what cannot waits for a human, and none of it is blank."""
    file = f"format: convexam-answers/1\npaper: {paper.code}\nanswers:\n  e1:\n    {text}\n"
    result = mark_paper(paper, read_submission(file.encode(), "a.yaml"), "ada")
    (mark,) = next(item for item in result.items if item.item == "e1").marks
    assert mark.read == read
    assert (mark.verdict is Verdict.UNREADABLE) == (read is None)


@pytest.mark.parametrize(("moved", "shift"), [("a1", -2), ("b2", -2), ("b2", 2), ("e1", -2), ("e1", 2)])
def test_a_question_that_is_not_indented_alike_is_found(paper: Paper, moved: str, shift: int) -> None:
    lines = ["format: convexam-answers/1", f"paper: {paper.code}", "answers:"]
    for problem in paper.problems:
        indent = " " * (2 + (shift if problem.item == moved else 0))
        lines.append(f"{indent}{problem.item}:")
        lines += [f"{indent}  {name}: {json.dumps(raw)}" for name, raw in answers_of(problem).items()]
    read = read_submission("\n".join(lines).encode(), "a.yaml")
    result = mark_paper(paper, read, "ada")
    assert (result.points, result.waiting) == (result.of, 0)
