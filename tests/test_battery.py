"""The battery: every entry of the shipped bank, and so every registered kind, is swept by the same tests.

A new kind is tested by being there. The audit in `test_shipped_bank.py` draws many more.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import count

import pytest

from convexam.generator import bank, registry, rules
from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import first_values, is_right, misconceptions_of, wrong_answers
from convexam.generator.model import Field, Value
from convexam.generator.papers import Problem
from convexam.generator.questions.misconceptions import SENTENCES
from convexam.generator.reading.schema import canonical_json, dump, parse_value
from convexam.generator.render.html import fragment
from convexam.generator.render.look import PRINT, SCREEN
from convexam.generator.streams import Stream, derive
from convexam.generator.text import blocks, document
from convexam.generator.values import decode, encode
from convexam.grader.explaining.explain import explain
from convexam.grader.explaining.wrong import Wrong
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Verdict

from .perturbed import perturbed
from .shipped import shipped_bank

BANK = shipped_bank()
ENTRIES = sorted(BANK.specs)
FEW = (20, 2)  # draws of each kind, shared by its entries, and the fewest of an entry
MANY = (80, 7)  # those of the sweep; `test_shipped_bank.py` looks at more
GARBAGE = "about twelve, I think"
BY_HAND = "short_text"  # the kind that a person marks


def draw(entry: str, number: int) -> Problem:
    stream = Stream(derive(b"battery", [entry, str(number)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


drawn = cache(draw)


def draws(entry: str, of_kind: int, fewest: int) -> int:
    if BANK[entry].params is None:
        return 1
    siblings = sum(spec.type == BANK[entry].type and spec.params is not None for spec in BANK)
    return max(fewest, of_kind // siblings)


@pytest.fixture(params=[pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.sweep)])
def sample(request: pytest.FixtureRequest, entry: str) -> tuple[Problem, ...]:
    return tuple(drawn(entry, number) for number in range(draws(entry, *request.param)))


def fields(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def written(problem: Problem, values: dict[str, Value]) -> dict[str, str]:
    return {field.name: write(field, values[field.name]) for field in fields(problem)}


def as_printed(field: Field, value: Value) -> str:
    """Type what the solutions print."""
    text = rules.written(field.rule, value)
    if field.kind == "tensor":
        return "\n".join(" ".join(row) for row in text)
    if field.kind in ("record", "choices", "order"):
        return ", ".join(text) or "none"
    return " x ".join(text) if isinstance(text, tuple) else str(text)


def key(problem: Problem) -> dict[str, Value]:
    return first_values(problem.key)


def wrong(problem: Problem) -> dict[str, dict[str, Value]]:
    """Answers of the misconceptions that show on this case."""
    answers = wrong_answers(problem.spec.type, problem.case)
    return {name: answer for name, answer in answers if not is_right(problem.key, answer)}


def test_every_kind_has_an_entry() -> None:
    assert {spec.type for spec in BANK} == set(registry.NAMES)


@pytest.mark.parametrize("name", registry.NAMES)
def test_a_kind_is_wired_up(name: str) -> None:
    kind = registry.get(name)
    assert kind.name == name
    assert kind.manual.strip()
    names = [misconception.name for misconception in kind.misconceptions]
    assert len(names) == len(set(names))
    assert set(names) <= set(SENTENCES)


def grouped(entries: list[str]) -> pytest.MarkDecorator:
    """Run all tests of an entry in one process, which draws its sample once."""
    return pytest.mark.parametrize(
        "entry", [pytest.param(entry, marks=pytest.mark.xdist_group(entry)) for entry in entries]
    )


@grouped(ENTRIES)
class TestEveryEntry:
    def test_the_given_survives_json(self, entry: str, sample: tuple[Problem, ...]) -> None:
        kind = registry.get(BANK[entry].type)
        for problem in sample:
            data = json.loads(canonical_json(dump(problem.case.given, kind.given)))
            assert parse_value(kind.given, data) == problem.case.given

    def test_the_entry_survives_json(self, entry: str) -> None:
        data = json.loads(canonical_json(bank.entry_data(BANK[entry])))
        assert bank.entry_from(data, "stored") == BANK[entry]

    def test_the_key_survives_json(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for problem in sample:
            for field in fields(problem):
                value = key(problem)[field.name]
                assert decode(field, json.loads(json.dumps(encode(field, value)))) == value

    def test_what_is_asked_is_what_is_solved(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for problem in sample:
            assert [field.name for field in fields(problem)] == list(problem.key)

    def test_the_second_method_agrees(self, entry: str, sample: tuple[Problem, ...]) -> None:
        kind = registry.get(BANK[entry].type)
        for problem in sample:
            assert {name: set(values) for name, values in kind.second(problem.case).items()} == {
                name: set(values) for name, values in problem.key.items()
            }

    def test_the_same_stream_gives_the_same_problem(self, entry: str) -> None:
        assert draw(entry, 3) == draw(entry, 3)

    def test_streams_give_different_problems(self, entry: str, sample: tuple[Problem, ...]) -> None:
        cases = {canonical_json(dump(problem.case.given)) for problem in sample}
        assert len(sample) - len(cases) <= max(1, len(sample) // 5)

    def test_everything_can_be_shown(self, entry: str, sample: tuple[Problem, ...]) -> None:
        kind = registry.get(BANK[entry].type)
        for problem in sample[::3][:3]:  # to draw formulas takes long
            shown = kind.show(problem.case)
            trees = {name: blocks(prompt, shown) for name, prompt in problem.spec.prompt.items()}
            trees["worked"] = document(tuple(kind.work(problem.case)))
            for name, tree in trees.items():
                for look in (SCREEN, PRINT):
                    page = re.sub(r' data-latex="[^"]*"', "", fragment(tree, look))
                    assert not re.search(r"\{\{|\}\}|\{%|[\ue000-\uf8ff]|Fraction\(|None", page), name


@grouped([entry for entry in ENTRIES if BANK[entry].type != BY_HAND])
class TestEveryMarkedEntry:
    """What a program marks."""

    def test_the_key_earns_full_marks(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for problem in sample:
            marked = mark_problem(problem, written(problem, key(problem)))
            assert marked.points == marked.of
            assert {mark.verdict for mark in marked.marks} == {Verdict.RIGHT}

    def test_the_printed_key_earns_full_marks(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for problem in sample:
            shown = {field.name: as_printed(field, key(problem)[field.name]) for field in fields(problem)}
            assert mark_problem(problem, shown).points == problem.points

    def test_one_wrong_part_loses_marks(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for number, problem in enumerate(sample):
            for field in fields(problem):
                values = key(problem)
                tries = count(number)
                while values[field.name] in problem.key[field.name]:  # a key may hold several right answers
                    values[field.name] = perturbed(field, values[field.name], next(tries))
                marked = mark_problem(problem, written(problem, values))
                assert 0 <= marked.points < marked.of
                verdicts = {mark.field: mark.verdict for mark in marked.marks}
                assert verdicts.pop(field.name) in (Verdict.PARTIAL, Verdict.WRONG)
                assert set(verdicts.values()) <= {Verdict.RIGHT}

    def test_blank_garbage_and_wrong_are_three_things(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for problem in sample[:20]:
            names = [field.name for field in fields(problem)]
            for answers, verdict in (
                ({}, Verdict.BLANK),
                (dict.fromkeys(names, " _ "), Verdict.BLANK),
                (dict.fromkeys(names, GARBAGE), Verdict.UNREADABLE),
            ):
                marked = mark_problem(problem, answers)
                assert {mark.verdict for mark in marked.marks} == {verdict}
                assert marked.points == 0
                assert bool(marked.waiting) is (verdict is Verdict.UNREADABLE)

    def test_misconceptions_are_recognised(self, entry: str, sample: tuple[Problem, ...]) -> None:
        for problem in sample[:60]:
            assert_recognised(problem)


def assert_recognised(problem: Problem) -> None:
    """Each misconception whose answer is no one else's is found by its name; listed ones come first.

    Of those that are the same mistake, the first is.
    """
    answers = wrong(problem)
    cases = {
        each.name: each.change(problem.case)
        for each in misconceptions_of(problem.spec.type, problem.case.given)
        if each.name in answers
    }
    for answer in answers.values():
        same = {other for other, others in answers.items() if others == answer}
        listed = same & set(problem.spec.misconceptions)
        finding = explain(problem, fields(problem), answer).finding
        meant = listed or same
        if not Wrong(problem, fields(problem), answer, {}).names:  # rounded, it is right
            assert finding is None
        elif all(cases[other] == cases[min(meant)] for other in meant):
            assert finding is not None
            assert cases[finding.names[0]] == cases[min(meant)]
        else:
            assert finding is None or finding.names[0] in meant
