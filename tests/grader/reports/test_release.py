"""What a feedback page tells at each level, and that it does not depend on what it is not to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import exam_file, registry
from convexam.generator.compose import exam_of
from convexam.generator.document import say
from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Exam, Paper, Problem
from convexam.generator.policy import Release
from convexam.generator.render.answers import key_rows
from convexam.grader.intake.answers import read_submission
from convexam.grader.marking.mark import mark_paper
from convexam.grader.model import Explanation, Finding, ItemResult, Mark, Result, Verdict
from convexam.grader.reports.feedback import feedback_html

from ...cli.conftest import filled_in
from ...shipped import shipped_bank
from ...test_leaks import CANARY, canary, with_canaries

FEW = 3
"""Numbers in a row of a map that may stand on a page by chance."""

KEYLESS = (Release.RECEIPT, Release.MARKS, Release.DIAGNOSIS)


@pytest.fixture(scope="module")
def exam() -> Exam:
    return exam_of(exam_file.load(exam_file.SHIPPED, shipped_bank()), 42)


@pytest.fixture(scope="module")
def result(paper: Paper) -> Result:
    """Of each four answers one is right, one a misconception's, one in words, one blank."""
    text = filled_in(paper, {problem.item: _answers(n, problem) for n, problem in enumerate(paper.problems)})
    return mark_paper(paper, read_submission(text.encode(), "ada.yaml"), "ada")


def _answers(number: int, problem: Problem) -> dict[str, Any]:
    if number % 4 == 1:
        return next((dict(wrong) for _, wrong in wrong_answers(problem.spec.type, problem.case)), {})
    return dict.fromkeys(problem.key, "around seven" if number % 4 == 2 else None) if number % 4 > 1 else {}


def page(exam: Exam, paper: Paper, result: Result, release: Release) -> str:
    return feedback_html(exam, paper, result, release).split("</style>")[1]


@pytest.fixture
def without_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("a page without right answers asked for them")

    real = registry.get
    blind = {
        name: replace(real(name), solve=refuse, second=refuse, effort=refuse, work=refuse, work_at=refuse)
        for name in registry.NAMES
    }
    monkeypatch.setattr(registry, "get", blind.__getitem__)


# -- what it must not depend on -----------------------------------------------------------------


def other_marks(item: ItemResult) -> ItemResult:
    """Mark in another way what does not wait for anybody."""
    finding = Finding(("x",), tuple(mark.field for mark in item.marks), (say("found"),), say("evidence"))
    marks = tuple(mark if mark.verdict.waits else _other_mark(mark) for mark in item.marks)
    return replace(item, marks=marks, explanation=Explanation(finding, (), Fraction(1, 2)), override="")


def _other_mark(mark: Mark) -> Mark:
    other = Verdict.WRONG if mark.verdict is Verdict.RIGHT else Verdict.RIGHT
    return mark._replace(
        verdict=other, credit=Fraction(1, 3), read=None, key=canary(mark.key), cells=(), remark="no"
    )


@pytest.mark.usefixtures("without_a_solver")
def test_a_receipt_depends_on_the_answers_alone(exam: Exam, paper: Paper, result: Result) -> None:
    items = tuple(replace(other_marks(item), points=item.of / 7) for item in result.items)
    shown = page(exam, paper, result, Release.RECEIPT)
    assert page(exam, with_canaries(paper), replace(result, items=items), Release.RECEIPT) == shown


@pytest.mark.usefixtures("without_a_solver")
def test_marks_depend_on_the_points_besides(exam: Exam, paper: Paper, result: Result) -> None:
    other = replace(result, items=tuple(map(other_marks, result.items)))
    shown = page(exam, paper, result, Release.MARKS)
    assert page(exam, with_canaries(paper), other, Release.MARKS) == shown
    fewer = replace(result, items=(replace(result.items[0], points=Fraction()), *result.items[1:]))
    assert page(exam, paper, fewer, Release.MARKS) != shown


def other_keys(item: ItemResult) -> ItemResult:
    """Change the keys; of what is carried they decide which cells are called right, and which carried."""
    marks = tuple(
        mark if mark.against == "own" else mark._replace(key=canary(mark.key)) for mark in item.marks
    )
    return replace(item, marks=marks)


@pytest.mark.usefixtures("without_a_solver")
def test_a_diagnosis_does_not_depend_on_the_key(exam: Exam, paper: Paper, result: Result) -> None:
    other = replace(result, items=tuple(map(other_keys, result.items)))
    shown = page(exam, paper, result, Release.DIAGNOSIS)
    assert page(exam, with_canaries(paper), other, Release.DIAGNOSIS) == shown


def test_everything_does(exam: Exam, paper: Paper, result: Result) -> None:
    assert str(CANARY) in page(exam, with_canaries(paper), result, Release.EVERYTHING)


@pytest.mark.parametrize("release", KEYLESS)
def test_no_key_stands_on_the_page(exam: Exam, paper: Paper, result: Result, release: Release) -> None:
    words = plain(page(exam, paper, result, release))
    everything = plain(page(exam, paper, result, Release.EVERYTHING))
    keys = [row for n, problem in enumerate(paper.problems) if n % 4 for row in rows_of_maps(problem)]
    assert keys
    for key in keys:
        assert key in everything
        assert key not in words


def rows_of_maps(problem: Problem) -> Iterator[str]:
    """Yield the rows of the maps that are right, as a page without tags shows them."""
    for field in registry.get(problem.spec.type).ask(problem.case):
        for row in key_rows(problem.key[field.name][0], field.rule) if field.kind == "tensor" else ():
            if len(row) > FEW:
                yield " ".join(row).replace("−", "-")


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).replace("−", "-").split())


# -- what it tells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("release", "tells"),
    [
        (Release.RECEIPT, (False, False, False)),
        (Release.MARKS, (True, False, False)),
        (Release.DIAGNOSIS, (True, True, False)),
        (Release.EVERYTHING, (True, True, True)),
    ],
)
def test_each_level_tells_more(
    exam: Exam, paper: Paper, result: Result, release: Release, tells: tuple[bool, bool, bool]
) -> None:
    shown = page(exam, paper, result, release)
    words = plain(shown)
    points, verdicts, key = tells
    assert bool(re.search(r"of \d+ points", words)) == points
    assert (">✗<" in shown) == verdicts
    assert ("What your answer points at" in words) == verdicts
    assert ("Right answer" in words) == key
    assert ('<details class="solution">' in shown) == key
    assert ("follow later" in words or "follows later" in words) == (not key)


def test_the_exam_decides_where_nobody_says_otherwise(exam: Exam, paper: Paper, result: Result) -> None:
    quiet = replace(exam, release=Release.RECEIPT)
    assert feedback_html(quiet, paper, result) == feedback_html(exam, paper, result, Release.RECEIPT)
    assert feedback_html(exam, paper, result) == feedback_html(quiet, paper, result, Release.EVERYTHING)
