"""Which answer of a file belongs to which field of a paper.

An answer that is missing is blank only where nothing suggests that it was given: while the file holds
answers under names that the paper does not ask, or had to be read line by line, a human looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ...generator import registry
from ...generator.papers import Paper, Problem
from ...generator.reading.tree import quoted
from ..intake.answers import Submission, first_few
from ..intake.lines import WHOLE
from .fields import Lost, Raw, is_blank

Placed: TypeAlias = dict[str, dict[str, Raw]]


def place(paper: Paper, submission: Submission) -> tuple[Placed, list[str]]:
    """Return the raw answers by item and field, and what was odd about their names."""
    strange = {
        item: fields
        for item, fields in submission.answers.items()
        if item not in {problem.item for problem in paper.problems}
    }
    problems = [f"there is no question {quoted(item)} on this paper" for item in sorted(strange)]
    lost = _lost_item(strange, damaged=submission.damaged)
    placed: Placed = {}
    for problem in paper.problems:
        answers = submission.answers.get(problem.item)
        placed[problem.item], more = _fields(problem, answers, lost)
        problems += more
    return placed, first_few(problems)


def _lost_item(strange: Mapping[str, Mapping[str, Raw]], *, damaged: bool) -> Lost | None:
    """Say why a question that is missing from the file may have been answered all the same."""
    named = sorted(item for item, fields in strange.items() if not all(map(is_blank, fields.values())))
    if named:
        return Lost(f"this question is missing, and the file answers {quoted(named[0])}, which was not asked")
    return Lost("the file is damaged, and this answer was not found in it") if damaged else None


def _fields(
    problem: Problem, answers: Mapping[str, Raw] | None, lost: Lost | None
) -> tuple[dict[str, Raw], list[str]]:
    fields = registry.get(problem.spec.type).ask(problem.case)
    names = [field.name for field in fields]
    if answers is None:
        return dict.fromkeys(names, lost), []
    if list(answers) == [WHOLE] and len(names) == 1:
        return {names[0]: answers[WHOLE]}, []
    if len(names) == 1 and answers and set(answers) <= {part.name for part in fields[0].parts}:
        return {names[0]: _without_lost(answers)}, []
    strange = sorted(name for name in set(answers) - set(names) if not is_blank(answers[name]))
    missing = lost if lost and not strange else None
    if strange:
        missing = Lost(f"this answer is missing, and the file has one under {quoted(strange[0])}")
    problems = [f"question '{problem.item}' has no field {quoted(name)}" for name in strange if name != WHOLE]
    return {name: answers.get(name, missing) for name in names}, problems


def _without_lost(parts: Mapping[str, Raw]) -> Raw:
    """Put the parts of a record together that stand where its name was left out."""
    lost = [raw for raw in parts.values() if isinstance(raw, Lost)]
    return lost[0] if lost else {name: raw for name, raw in parts.items() if not isinstance(raw, Lost)}
