"""What a rule concerns in an exam; one that concerns nothing is refused, with what was meant perhaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from ...generator import registry
from ...generator.errors import DataError, Fault, Place
from ...generator.language import Language, language
from ...generator.mistakes import misconceptions_of
from ...generator.model import Case, Conventions
from ...generator.papers import Paper, Problem, Spec
from ...generator.reading.schema import nearest
from ...generator.record import ExamRecord
from .answers import UnfitError, conventions_with, read_values, with_values
from .rule import Answer, Rule


def check(rule: Rule, record: ExamRecord, paper: Paper | None = None) -> None:
    """Hold a rule against an exam.

    Parameters
    ----------
    rule, record
        The rule, and the exam.
    paper
        The only paper that the rule concerns, where it names one.

    Raises
    ------
    DataError
        If the exam has no such item or entry, the paper none of it, or the question no such misconception,
        convention or field; or if what was typed as an answer cannot be read.
    """
    specs = _specs(rule, record, paper)
    named = rule.answer.misconception if rule.answer else None
    for name in (*rule.shares, *([named] if named else [])):
        known = [
            each.name for spec in specs for each in misconceptions_of(spec.type, spec.given or spec.params)
        ]
        _require("misconception", name, known, f"of {rule.target}")
    if rule.answer:
        _check_conventions(rule.answer, record.exam.conventions)
        if rule.answer.values:
            spoken = language(record.exam.language)
            for problem in _fixed(rule, specs, record, paper):
                _check_values(rule, rule.answer, problem, spoken)


def _specs(rule: Rule, record: ExamRecord, paper: Paper | None) -> list[Spec]:
    """Return the entries that a rule may concern."""
    if paper is not None:
        problems = [problem for problem in paper.problems if rule.concerns(paper.code, problem)]
        known = {name for problem in paper.problems for name in (problem.item, problem.spec.id)}
        _require(
            "item or entry", rule.target, known | ({rule.target} if problems else set()), "on this paper"
        )
        return [problem.spec for problem in problems]
    found: dict[str, list[Spec]] = {}
    for item in record.file.items:
        specs = [spec for spec in record.specs.values() if item.use in (None, spec.id) and item.fits(spec)]
        for name in (item.id, *item.picked):
            found[name] = specs
        for spec in specs:
            found.setdefault(spec.id, [spec])
    _require("item or entry", rule.target, found, "in this exam")
    return found[rule.target]


def _check_conventions(answer: Answer, conventions: Conventions) -> None:
    for name in answer.conventions:
        _require("convention", name, [each.name for each in fields(Conventions)], "of papers")
    conventions_with(conventions, answer.conventions)


def _fixed(rule: Rule, specs: Sequence[Spec], record: ExamRecord, paper: Paper | None) -> Iterator[Problem]:
    """Yield the problems whose numbers are the same for everybody whom the rule concerns."""
    if paper is not None:
        yield from (problem for problem in paper.problems if rule.concerns(paper.code, problem))
        return
    for spec in specs:
        if spec.given is None:
            raise _fault(
                f"the numbers of '{spec.id}' are drawn for each paper; name one with --paper, or what is "
                "right by the name of a misconception or convention"
            )
        case = Case(spec.given, record.exam.conventions)
        yield Problem(rule.target, spec, case, spec.points, registry.get(spec.type).solve(case, {}))


def _check_values(rule: Rule, answer: Answer, problem: Problem, spoken: Language) -> None:
    for name in answer.values:
        _require("field", name, [field.name for field in problem.fields], f"in {problem.item}")
    try:
        values = read_values(problem, answer.values, spoken)
        if rule.key:
            with_values(problem, values)
    except UnfitError as error:
        raise _fault(f"{error.field}: {error}") from None
    except ValueError as error:
        raise _fault(f"nothing follows from {', '.join(answer.values)}: {error}") from None


def _require(what: str, name: str, known: Iterable[str], where: str) -> None:
    """Refuse a name that is not known, and say which one was meant."""
    names = list(dict.fromkeys(known))
    if name in names:
        return
    near = nearest(name, names)
    hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(names) or 'none'}"
    raise _fault(f"there is no {what} '{name}' {where}; {hint}")


def _fault(message: str) -> DataError:
    return DataError([Fault(Place("the rule"), "", message)])
