"""Which answer of a file belongs to which field of a paper.

An answer that is missing is blank only where nothing suggests that it was given: while the file holds
answers under names that the paper does not ask, or had to be read line by line, a human looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ...generator import registry
from ...generator.model import Field
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
    if len(fields) == 1 and (record := _record(fields[0], answers)) is not None:
        return {names[0]: record}, []
    # A name without a value may be an answer in braces: {B}. The template has none.
    strange = sorted(
        name for name in set(answers) - set(names) if answers[name] is None or not is_blank(answers[name])
    )
    missing = lost if lost and not strange else None
    if strange:
        missing = Lost(f"this answer is missing, and the file has one under {quoted(strange[0])}")
    problems = [f"question '{problem.item}' has no field {quoted(name)}" for name in strange if name != WHOLE]
    return {name: answers.get(name, missing) for name in names}, problems


def _record(field: Field, answers: Mapping[str, Raw]) -> Raw:
    """Put the parts of a record together that stand beside or below its name; None where none do."""
    parts = {name: raw for name, raw in answers.items() if name != field.name}
    if not parts or not {name.strip().lower() for name in parts} <= {part.name for part in field.parts}:
        return None
    lost = [raw for raw in answers.values() if isinstance(raw, Lost)]
    if lost:
        return lost[0]
    beside = answers.get(field.name)
    if isinstance(beside, str) and not is_blank(beside):  # its first part stands on the line of its name
        return [beside, *({name: raw} for name, raw in parts.items() if not isinstance(raw, Lost))]
    if isinstance(beside, dict) and not all(map(is_blank, beside.values())):
        return Lost(f"{quoted(field.name)} is filled in twice")
    return {name: raw for name, raw in parts.items() if not isinstance(raw, Lost)}
