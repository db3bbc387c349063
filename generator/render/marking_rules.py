"""What students have to know of the marking before they answer: where guesses cost, what counts whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from .. import registry
from ..document import Decimals, Message, listed, say
from ..model import Field
from ..papers import Exam, Problem
from ..policy import ALL, Credit, Marking

_SETTINGS = {"tensor": "maps", "record": "records", "choices": "choices", "order": "orders"}
"""Which setting pays for the parts of an answer."""


def marking_sentences(exam: Exam, problems: Sequence[Problem]) -> Iterator[Message]:
    """Say what differs from paying for every right part; nothing where nothing does."""
    asked = [(problem.credit, registry.get(problem.spec.type).ask(problem.case)) for problem in problems]
    costs = [_costs(credit, fields, exam.marking) for credit, fields in asked]
    yield from _about_wrong_choices(costs, exam.marking)
    if guessed := _numbers(_takes_off_guesses(*each) for each in asked):
        yield say(
            "**Guessing**: in {{ questions }}, what one and the same number everywhere, "
            "or options by chance, would earn is taken off.",
            questions=_questions(guessed),
        )
    if whole := _numbers(_pays_whole_answers(*each) for each in asked):
        yield say(
            "**Whole answers**: in {{ questions }}, an answer earns points only if all of it is right.",
            questions=_questions(whole),
        )
    if whole := _numbers(credit.question == ALL and len(fields) > 1 for credit, fields in asked):
        yield say(
            "**Whole questions**: in {{ questions }}, there are points only if every answer is right.",
            questions=_questions(whole),
        )
    if exam.marking.out_of is not None:
        yield say(
            "**Full marks** are {{ points }} points; what is above is not counted.",
            points=Decimals(exam.marking.out_of),
        )


def _costs(credit: Credit, fields: tuple[Field, ...], marking: Marking) -> set[Fraction]:
    """Return the shares that wrong choices take off; none where there is nothing to take them off from."""
    if not marking.negative and (len(fields) == 1 or credit.question == ALL):
        return set()
    return {
        share
        for field in fields
        if field.kind == "choice" and (share := credit.off_for_wrong(len(field.options)))
    }


def _about_wrong_choices(costs: Sequence[set[Fraction]], marking: Marking) -> Iterator[Message]:
    shares = sorted(set().union(*costs), reverse=True)
    for share in shares:
        where = _questions(_numbers(share in each for each in costs))
        yield (
            say(
                "**Wrong choices** in {{ questions }} take off as much as a right one earns.", questions=where
            )
            if share == 1
            else say(
                "**Wrong choices** in {{ questions }} take off {{ share }} of what a right one earns.",
                questions=where,
                share=share,
            )
        )
    if shares:
        yield (
            say("**Blanks** take nothing off. A question may come to less than 0 points.")
            if marking.negative
            else say("**Blanks** take nothing off. No question comes to less than 0 points.")
        )


def _takes_off_guesses(credit: Credit, fields: tuple[Field, ...]) -> bool:
    return bool(credit.correct_guessing) and any(
        field.kind in _SETTINGS and not _is_whole(credit, field) for field in fields
    )


def _pays_whole_answers(credit: Credit, fields: tuple[Field, ...]) -> bool:
    return credit.question != ALL and any(_is_whole(credit, field) for field in fields)


def _is_whole(credit: Credit, field: Field) -> bool:
    return field.kind in _SETTINGS and getattr(credit, _SETTINGS[field.kind]) == ALL


def _numbers(which: Iterable[bool]) -> list[int]:
    return [number for number, holds in enumerate(which, start=1) if holds]


def _questions(numbers: Sequence[int]) -> Message:
    """Name questions by their numbers: question 3; questions 1, 4–6 and 9."""
    runs = [list(run) for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    *spans, last = (str(run[0][1]) if len(run) == 1 else f"{run[0][1]}–{run[-1][1]}" for run in runs)
    if spans:
        return say("questions {{ numbers }} and {{ last }}", numbers=listed(spans), last=last)
    if len(numbers) > 1:
        return say("questions {{ numbers }}", numbers=last)
    return say("question {{ number }}", number=last)
