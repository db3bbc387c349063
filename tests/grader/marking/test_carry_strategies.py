"""Errors carried forward in every kind: honest slips cost their field, and what is trivial leads nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import cache, partial
from itertools import chain, islice, product
from typing import Any, cast

import pytest

from convexam.generator import registry
from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Field, Value
from convexam.generator.papers import Problem
from convexam.generator.policy import FREE, CarryForward, Marking
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.carry import TRIVIAL, carried
from convexam.grader.marking.compare import mark_field
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.marking.taking import FORM
from convexam.grader.marking.terms import USUAL, Terms
from convexam.grader.model import ItemResult, Verdict

from ...quick import is_quick
from ...shipped import shipped_bank

BANK = shipped_bank()
LONGEST_SECONDS = 0.1  # of the processor, which usually needs 15 ms at most


@cache
def drawn(entry: str, paper: int = 0) -> Problem:
    stream = Stream(derive(b"carry", [entry, str(paper)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


def fields_of(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def needed(problem: Problem) -> list[Field]:
    """Return the fields on which others build."""
    fields = fields_of(problem)
    names = {name for field in fields for name in field.needs}
    return [field for field in fields if field.name in names]


SAMPLE = (
    "activation/one-unit",
    "bandit/two-arms",
    "compute_cost/separable",
    "connectivity/image-strides",
    "conv_matrix/sparsity",
    "cross_entropy/one-sample",
    "equivariance/stride",
    "formula/statistics-of-a-batch",
    "gradient/chain-rule",
    "kernel_effect/edges-and-a-number",
    "network_table/fashion",
    "output_shape/layer-by-layer",
    "param_count/row-of-outputs",
    "pipeline/three-steps",
    "receptive_field/where-it-begins",
    "strongest_response/absolute",
)
"""An entry of every kind in which answers build on others."""

TABLES = ("network_table", "param_count", "output_shape")


def papers(kinds: Collection[str]) -> pytest.MarkDecorator:
    """Run a test on the sample, and in the sweep on four papers of every entry, of these kinds."""
    specs = [spec for spec in BANK if spec.type in kinds]
    sample = [(spec.id, 0) for spec in specs if spec.id in SAMPLE]
    drawn = [(spec.id, paper) for spec in specs for paper in range(4 if spec.params else 1)]
    sweep = [pytest.param(*each, marks=pytest.mark.sweep) for each in drawn]
    return pytest.mark.parametrize(("entry", "paper"), [*sample, *sweep])


EVERY = papers({BANK[entry].type for entry in SAMPLE})


@pytest.mark.sweep
def test_every_kind_is_in_the_sample() -> None:
    building = {spec.type for spec in BANK if needed(drawn(spec.id))}
    assert building == {BANK[entry].type for entry in SAMPLE}


def handed_in(problem: Problem, values: dict[str, Value]) -> dict[str, str]:
    return {field.name: write(field, values[field.name]) for field in fields_of(problem)}


def following_from(problem: Problem, field: Field, own: Value) -> dict[str, Value] | None:
    """Return the answers of somebody who has one wrong and goes on rightly; None where nobody can."""
    try:
        key = registry.get(problem.spec.type).solve(problem.case, {field.name: own})
    except (ValueError, TypeError, IndexError):
        return None
    return first_values(key) | {field.name: own} if key.keys() == problem.key.keys() else None


def followed(
    problem: Problem, field: Field, own: Value, carry: CarryForward | None = FREE
) -> ItemResult | None:
    """Mark a paper that is right but for one answer, and for all that follows from that."""
    values = following_from(problem, field, own)
    terms = Terms(Marking(carry_forward=carry))
    return None if values is None else mark_problem(problem, handed_in(problem, values), terms)


def lost(result: ItemResult) -> set[str]:
    return {mark.field for mark in result.marks if mark.verdict is not Verdict.RIGHT}


# -- one slip, and its consequences --------------------------------------------------------------


def slips(field: Field, key: Any) -> Iterator[Any]:
    """Yield what somebody might write who slips once."""
    match field.kind:
        case "integer":
            yield from {key + 1, 2 * key, max(key - 1, 1)}
        case "number":
            yield from {key + 1, 2 * key, -key}
        case "shape":
            for place, size in enumerate(key):
                yield (*key[:place], size + 1, *key[place + 1 :])
                yield (*key[:place], max(size - 1, 1), *key[place + 1 :])
        case "record":
            for place, number in enumerate(key):
                yield (*key[:place], number + 1, *key[place + 1 :])
        case "choice":
            yield from (option.name for option in field.options)
        case "tensor":
            for place, row in enumerate(key):
                for column, cell in enumerate(row):
                    for number in (cell + 1, cell - 1, -cell):
                        slipped = (*row[:column], number, *row[column + 1 :])
                        yield (*key[:place], slipped, *key[place + 1 :])


@EVERY
def test_an_honest_slip_costs_its_field(entry: str, paper: int) -> None:
    """Unless it makes the rest trivial: hardly any do, and some of those to a map of zeros but for one cell."""
    problem = drawn(entry, paper)
    papers = guarded = 0
    for field in needed(problem):
        accepted = problem.key[field.name]
        for own in slips(field, accepted[0]):
            result = None if own in accepted else followed(problem, field, own)
            if result is None:
                continue
            papers += 1
            if any(mark.uncarried for mark in result.marks):
                guarded += 1
            else:
                assert lost(result) == {field.name}, own
    assert guarded <= max(2, papers / 15)


@EVERY
def test_a_misconception_in_one_step_costs_its_field(entry: str, paper: int) -> None:
    problem = drawn(entry, paper)
    for name, wrong in wrong_answers(problem.spec.type, problem.case, problem.spec.misconceptions):
        for field in needed(problem):
            own = wrong.get(field.name, problem.key[field.name][0])
            result = None if own in problem.key[field.name] else followed(problem, field, own)
            if result is None or any(mark.uncarried in (TRIVIAL, FORM) for mark in result.marks):
                continue
            assert lost(result) == {field.name}, name


@EVERY
def test_a_penalty_lies_between_nothing_and_everything(entry: str, paper: int) -> None:
    problem = drawn(entry, paper)
    for field in needed(problem):
        own = next(slips(field, problem.key[field.name][0]))
        nothing, some, everything = (
            result.points if (result := followed(problem, field, own, carry)) else Fraction()
            for carry in (None, CarryForward(Fraction(1, 3)), FREE)
        )
        assert nothing == some == everything or nothing < some < everything < problem.points


@EVERY
def test_a_blank_never_pays(entry: str, paper: int) -> None:
    problem = drawn(entry, paper)
    for field in islice(needed(problem), 2):
        own = next(slips(field, problem.key[field.name][0]))
        following = following_from(problem, field, own)
        if following is None:
            continue
        answers = handed_in(problem, following)
        most = mark_problem(problem, answers).points
        for name in islice(answers, 4):
            assert mark_problem(problem, answers | {name: ""}).points <= most


@EVERY
def test_what_is_left_is_a_part_of_the_effort(entry: str, paper: int) -> None:
    problem = drawn(entry, paper)
    kind, key = registry.get(problem.spec.type), first_values(problem.key)
    whole = kind.effort(problem.case).products
    for field in fields_of(problem):
        if kind.remaining is not None and field.needs:
            left = kind.remaining(problem.case, {name: key[name] for name in field.needs}, field.name)
            assert 0 < left <= whole, field.name


# -- what costs no thought -----------------------------------------------------------------------


def trivial(field: Field, key: Any) -> Iterator[Any]:
    """Yield what somebody might write to be done with it, or to break something."""
    match field.kind:
        case "integer" | "number":
            yield from (0, 10**30, -(10**30), Fraction(1, 10**40))
        case "shape":
            yield from ((number,) * len(key) for number in (1, 2, 10**6, 10**30))
            yield (key[0], *(1,) * (len(key) - 1))
            yield tuple(-size for size in key)
        case "tensor":
            for number in {0, 1, -3, 10**30, *chain.from_iterable(key)}:
                yield tuple((number,) * len(row) for row in key)
            yield tuple(tuple(cell + 10**30 for cell in row) for row in key)
            yield tuple(tuple(cell + Fraction(1, 10**40) for cell in row) for row in key)
            yield from (((1,),), ((1,) * 50,) * 50)


def everywhere(problem: Problem, number: int, shape: tuple[int, ...]) -> dict[str, Value]:
    return {field.name: shape if field.kind == "shape" else number for field in fields_of(problem)}


def careless(problem: Problem) -> Iterator[dict[str, Value]]:
    """Yield tables of students who write the same into all cells, or copy a cell of the key."""
    fields, key = fields_of(problem), first_values(problem.key)
    shapes = [cast("tuple[int, ...]", key[field.name]) for field in fields if field.kind == "shape"]
    counts = [cast(int, key[field.name]) for field in fields if field.kind == "integer"]
    for number in {0, 1, 2, 5, 10, 100, 1000, *chain.from_iterable(shapes)}:
        yield everywhere(problem, number, (number,) * 3)
        yield everywhere(problem, number, (number,) * 3) | {"total": number * (len(fields) // 2)}
    for size, number in product((1, 2), (0, 100)):
        below = {
            field.name: (cast("tuple[int, ...]", key[field.name])[0], size, size)
            for field in fields
            if field.kind == "shape"
        }
        yield everywhere(problem, number, ()) | below
    copied = everywhere(problem, (counts or [0])[0], (shapes or [()])[0])
    yield copied
    yield copied | {"total": sum(counts[:1]) * (len(counts) - 1)}


@papers(TABLES)
def test_what_costs_no_thought_is_never_carried(entry: str, paper: int) -> None:
    problem = drawn(entry, paper)
    for values in careless(problem):
        answers = {name: value for name, value in handed_in(problem, values).items() if name in problem.key}
        result = mark_problem(problem, answers)
        assert {mark.against for mark in result.marks} == {"key"}, values


def numbers_in(value: Any) -> list[Any]:
    return list(chain.from_iterable(map(numbers_in, value))) if isinstance(value, tuple) else [value]


def is_simple(key: Any) -> bool:
    """Say whether the key itself leaves little to think: a map of one or two numbers, maps of 2 by 2."""
    numbers = numbers_in(key)
    return isinstance(key, tuple) and (len(numbers) < 3 or max(numbers[1:]) <= 2)


def is_close(own: Any, key: Any) -> bool:
    """Say whether half of what was written is right."""
    pairs = list(zip(numbers_in(own), numbers_in(key), strict=False))
    return isinstance(key, tuple) and 2 * sum(one == other for one, other in pairs) >= len(pairs)


@EVERY
def test_from_trivial_answers_nothing_follows(entry: str, paper: int) -> None:
    """Not even where all that follows is worked out; it takes no longer than others."""
    problem = drawn(entry, paper)
    fields = fields_of(problem)
    for field in needed(problem):
        accepted = problem.key[field.name]
        if is_simple(accepted[0]):
            continue
        for own in trivial(field, accepted[0]):
            if own in accepted or is_close(own, accepted[0]):
                continue
            following = following_from(problem, field, own) or first_values(problem.key)
            answers = handed_in(problem, following | {field.name: own})
            marks = [mark_field(each, problem.key[each.name], answers[each.name]) for each in fields]
            carry = partial(carried, problem, fields, marks, answers, USUAL)
            assert is_quick(LONGEST_SECONDS, carry)
            after = carry()
            direct = {each.name for each in fields if each.needs == (field.name,)}
            assert not direct & {mark.field for mark in after if mark.against == "own"}, own
