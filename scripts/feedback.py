"""Write docs/gallery/feedback.html: one student's feedback with everything that can become of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from convexam.generator import bank, exam_file, registry
from convexam.generator.compose import compose, exam_of
from convexam.generator.mistakes import wrong_answers
from convexam.generator.model import Case, Value
from convexam.generator.papers import Exam, Paper, Problem, Student
from convexam.generator.streams import practice_secret
from convexam.grader.intake.answers import Submission, read_submission
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import terms_of
from convexam.grader.model import ItemResult, Mark, Result, Verdict
from convexam.grader.reports.feedback import feedback_html

PAGE = Path(__file__).parents[1] / "docs" / "gallery" / "feedback.html"
SEED = 3
EXAM = """\
format: convexam-exam/1
id: feedback
title: What can become of an answer
course: Convolutional neural networks
sections:
  - title: All
    items:
      - {id: right, use: output_shape/strided}
      - {id: misconception, use: conv2d/one-channel}
      - {id: slip, use: conv2d/dilated}
      - {id: size, use: conv2d/mean-filter}
      - {id: pair, use: conv2d/one-channel}
      - {id: setting, use: conv2d/one-channel}
      - {id: turned, use: conv2d/dilated}
      - {id: carried, use: network_table/two-convolutions}
      - {id: step, use: pipeline/whole-network}
      - {id: record, use: identify_operation/padded}
      - {id: several, use: concepts/properties}
      - {id: expression, use: conv_symbolic/end-of-a-row}
      - {id: words, use: short_text/kernel-size}
      - {id: later, use: short_text/explain-convolution}
      - {id: blank, use: param_count/convolution}
      - {id: rows, use: equivariance/row}
"""
STUDENT = Student("s1234567", "Ada Lovelace")


def exam_and_paper() -> tuple[Exam, Paper]:
    """Draw the paper."""
    known = bank.load(bank.shipped_files())
    with TemporaryDirectory() as folder:
        file = Path(folder) / "exam.yaml"
        file.write_text(EXAM, encoding="utf-8")
        read = exam_file.load(file, known)
    return exam_of(read, SEED), compose(read, known, practice_secret(SEED), STUDENT)


def page() -> str:
    """Return the page."""
    exam, paper = exam_and_paper()
    result = mark_paper(paper, submission(paper), STUDENT.id, terms_of(exam))
    return feedback_html(exam, paper, marked_by_hand(result))


# -- what Ada hands in --------------------------------------------------------------------------


def submission(paper: Paper) -> Submission:
    """Return an answer file with a mistake of each kind."""
    lines = ["format: convexam-answers/1", f"paper: {paper.code}", f"student: {STUDENT.id}", "answers:"]
    for problem in paper.problems:
        lines.append(f"  {problem.item}:")
        for name, text in answers(problem).items():
            lines += [f"    {name}: |", *(f"      {line}" for line in text.splitlines())]
    return read_submission("\n".join(lines).encode(), "ada.yaml")


def answers(problem: Problem) -> Mapping[str, str]:
    """Answer a question as its id says."""
    key = {name: values[0] for name, values in problem.key.items()}
    changed = dict(_changes(problem, key))
    return {
        field.name: changed[field.name] if field.name in changed else write(field, key[field.name])
        for field in registry.get(problem.spec.type).ask(problem.case)
    }


def _changes(problem: Problem, key: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the answers that are not right."""
    mistakes = {name: dict(wrong) for name, wrong in wrong_answers(problem.spec.type, problem.case)}
    rows = key.get("Y")
    match problem.item:
        case "misconception":
            yield "Y", _typed(mistakes["extra_flip"]["Y"])
        case "slip":
            yield "Y", _typed(_with(rows, (1, 1), rows[1][1] + 8))  # a product of -4 with the wrong sign
        case "size":
            yield "Y", _typed(rows[:-1])
        case "pair":
            yield "Y", _typed(_solved(_mistaken(problem, "extra_flip", "bias_forgotten")))
        case "setting":
            yield "Y", _typed(_solved(_with_given(problem, stride=(3, 3))))
        case "turned":
            yield "Y", _typed(list(zip(*rows, strict=True)))
        case "carried":
            yield from _following(problem, {"shape_1": (6, 34, 42)})
        case "step":
            yield from _in_steps(problem, key)
        case "record":
            operation, size, *_ = key["setting"]
            yield "setting", f"operation: {operation}, size: {size + 2}, stride: one, padding: 1"
        case "several":
            yield "options", "A, B, C"
        case "expression":
            first, *terms = key["Y"].split(" + ")
            yield "Y", "+".join([*terms[1:], first])
        case "words" | "later":
            yield next(iter(key)), "A window that slides over the image and sums up."
        case "blank":
            yield from ((name, "") for name in key)


def _following(problem: Problem, taken: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Go on rightly from wrong answers."""
    kind = registry.get(problem.spec.type)
    following = kind.solve(problem.case, taken) | {name: (value,) for name, value in taken.items()}
    for field in kind.ask(problem.case):
        yield field.name, write(field, following[field.name][0])


def _in_steps(problem: Problem, key: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Make a mistake in the first step, and go on rightly; cells are blank, wrong and unreadable."""
    following = dict(_following(problem, {"conv": _with(key["conv"], (1, 1), 5)}))
    yield "conv", following["conv"]
    yield "relu", following["relu"]
    yield "pool", "5 zwei\n_ 3"
    yield "dense", following["dense"].replace(" ", "; ")
    yield "softmax", "0,7; 1/5; 0.1"
    yield "class", "around two"


def _mistaken(problem: Problem, *names: str) -> Case[Any]:
    """Return the case as somebody with these misconceptions sees it."""
    changes = {each.name: each.change for each in registry.get(problem.spec.type).misconceptions}
    case = problem.case
    for name in names:
        case = changes[name](case) or case
    return case


def _with_given(problem: Problem, **changes: object) -> Case[Any]:
    return replace(problem.case, given=replace(problem.case.given, **changes))


def _solved(case: Case[Any]) -> Any:
    return registry.get("conv2d").solve(case, {})["Y"][0]


def _with(rows: Any, cell: tuple[int, int], value: Value) -> Any:
    changed = [list(row) for row in rows]
    changed[cell[0]][cell[1]] = value
    return changed


def _typed(rows: Any) -> str:
    return "\n".join(" ".join(map(str, row)) for row in rows)


# -- what a person adds -------------------------------------------------------------------------


def marked_by_hand(result: Result) -> Result:
    """Mark an answer in words as a person does, and set the points of another question."""
    return replace(result, items=tuple(map(_looked_at, result.items)))


def _looked_at(item: ItemResult) -> ItemResult:
    if item.item == "words":
        marks = tuple(map(_half, item.marks))
        return replace(item, points=item.of / 2, marks=marks)
    if item.item == "size":
        return replace(item, points=item.of / 4, override="the last row was cut off on the printed paper")
    return item


def _half(mark: Mark) -> Mark:
    return mark._replace(
        verdict=Verdict.PARTIAL,
        credit=Fraction(1, 2),
        against="human",
        remark="Right so far. Which weights does it use?",
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
