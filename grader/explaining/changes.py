"""One or two wrong turns that give the answers: the engine solves the case as who takes them sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...generator.document import Message, say
from ..model import Explanation, Finding
from .alike import different
from .behind import behind
from .evidence import enough, evidence, lone_cell, plausible
from .hypotheses import Hypothesis, Singles, credit, listed
from .pairs import number_of_pairs, pairs
from .slips import slipped
from .wrong import Wrong

FROM_EARLIER = say("From your earlier answers, this gives exactly what you wrote.")


def changed(wrong: Wrong) -> Explanation | None:
    """Name the one or two turns that give the answers.

    First a misconception, then another convention, that gives all answers, as somebody who has it throughout
    would write them or could write them as well; then other settings, and a turn that gives the answers that
    are wrong and at least as many of all as are right; then two turns; then, unless a slip explains it, a
    turn that shows in few answers; at last one in a later step, from the student's own earlier answers. All
    but the first are searched for among many, so they are stated only where they hardly fit by chance.
    """
    return next(_explanations(wrong), None)


def _explanations(wrong: Wrong) -> Iterator[Explanation]:
    singles = Singles(wrong)
    for fitting in _tiers(wrong, singles):
        if fitting:
            yield _decided(wrong, fitting, wrong.names, lambda best: evidence(wrong, best.key))
    for field, fitting in behind(wrong, singles.all):
        if fitting:
            yield _decided(wrong, fitting, (field.name,), lambda _: FROM_EARLIER)


def _tiers(wrong: Wrong, singles: Singles) -> Iterator[list[Hypothesis]]:
    """Yield what fits, from the likeliest to the least likely; what is not asked for is not solved."""
    yield from _throughout(wrong, singles.misconceptions)
    yield from _throughout(wrong, singles.conventions)
    space, tried = plausible(wrong), singles.all
    if enough(len(tried), space):
        yield from _throughout(wrong, singles.settings)
        yield [each for each in tried if _in_part(wrong, each)]
    if enough(number_of_pairs(tried), space) and not lone_cell(wrong):
        fitting = [each for each in pairs(wrong, tried) if _in_part(wrong, each)]
        yield [each for each in fitting if wrong.agree(wrong.answered, each.key)]
        yield fitting
    if enough(len(tried), space) and slipped(wrong) is None:
        yield [each for each in tried if wrong.agree(wrong.unexplained, each.key)]


def _throughout(wrong: Wrong, singles: list[Hypothesis]) -> Iterator[list[Hypothesis]]:
    """Yield what gives all answers as it prints them, and then what accepts them."""
    yield [each for each in singles if wrong.agree(wrong.answered, each.printed)]
    yield [each for each in singles if wrong.agree(wrong.answered, each.key)]


def _in_part(wrong: Wrong, hypothesis: Hypothesis) -> bool:
    """Say whether it gives the answers that are wrong, and agrees with as many of all as the key does."""
    gives = wrong.agree(wrong.unexplained, hypothesis.key)
    return gives and wrong.agreeing(hypothesis.key) >= wrong.agreeing(wrong.problem.key)


def _decided(
    wrong: Wrong,
    fitting: list[Hypothesis],
    names: tuple[str, ...],
    evidence_for: Callable[[Hypothesis], Message],
) -> Explanation:
    """Decide among what fits: what the entry lists is likelier; of several, none is stated."""
    problem = wrong.problem
    likely = [each for each in fitting if listed(problem, each)] or fitting
    best, *others = different(problem, likely)
    return Explanation(
        finding=Finding(best.names, names, best.sentences, evidence_for(best)) if not others else None,
        fields=names,
        credit=max(credit(problem, each) for each in likely),
    )
