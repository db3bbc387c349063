"""A receipt reads what marking reads, of every kind in the bank, and it knows no key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from convexam.generator import registry
from convexam.generator.language import language
from convexam.generator.papers import EVERYONE, Exam, Paper, Problem, Section
from convexam.generator.public_paper import read_public_paper
from convexam.generator.reading.schema import canonical_json
from convexam.generator.render.answer_file import public_paper
from convexam.generator.render.options import in_words_of
from convexam.generator.render.plain import plain_label
from convexam.grader.intake.answers import Submission, read_submission
from convexam.grader.marking.fields import Raw, write
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import Terms
from convexam.grader.model import Verdict
from convexam.grader.receipt import Receipt, State, receipt

from ..test_battery import BANK, ENTRIES, GARBAGE, drawn, key, written
from .conftest import answers_of
from .marking.spellings import spelled

CODE = "HT7ASFGHX8CNFK"
STATES = {Verdict.BLANK: State.BLANK, Verdict.UNREADABLE: State.UNREADABLE}


def paper_of(problem: Problem, code: str) -> Paper:
    return Paper(code, EVERYONE, (Section("", (problem,)),))


def receipt_of(paper: Paper, submission: Submission, code: str = "en") -> Receipt:
    """Make a receipt from the bytes of the public paper alone."""
    data = canonical_json(public_paper(Exam("x", "An exam", language=code), paper))
    return receipt(read_public_paper(data, "CODE.paper.json"), submission)


def assert_read_alike(paper: Paper, answers: Mapping[str, Mapping[str, Raw]], code: str = "en") -> Receipt:
    submission = Submission(paper.code, None, answers, (), "0" * 64, "a.yaml")
    found = receipt_of(paper, submission, code)
    result = mark_paper(paper, submission, "ada", Terms(language=language(code)))
    assert found.problems == result.problems
    for item, marked in zip(found.items, result.items, strict=True):
        for field, mark in zip(item.fields, marked.marks, strict=True):
            assert field.field.name == mark.field
            assert field.state is STATES.get(mark.verdict, State.READ)
            assert (field.raw, bool(field.reason)) == (mark.raw, bool(mark.reason))
            if mark.reason:
                assert field.reason == mark.reason
    return found


@pytest.mark.parametrize("entry", ENTRIES)
def test_it_reads_what_marking_reads(entry: str, paper: Paper) -> None:
    for problem in (drawn(entry, number) for number in range(2)):
        alone = paper_of(problem, paper.code)
        asked = registry.get(problem.spec.type).ask(problem.case)
        answers = written(problem, key(problem))
        found = assert_read_alike(alone, {"q": answers})
        assert found.complete
        for again, original in zip(found.items[0].fields, asked, strict=True):
            assert again.understood is not None
            assert (again.field.kind, again.field.shape, again.field.row) == (
                original.kind, original.shape, original.row,
            )  # fmt: skip
        blank = assert_read_alike(alone, {"q": dict.fromkeys(answers, " _ ")})
        assert blank.count(State.BLANK) == len(answers)
        garbage = assert_read_alike(alone, {"q": dict.fromkeys(answers, GARBAGE)})
        wanted = State.READ if asked[0].kind == "text" else State.UNREADABLE
        assert {field.state for field in garbage.items[0].fields} == {wanted}


@pytest.mark.parametrize("code", ["en", "nl"])
def test_it_reads_every_spelling_as_marking_does(code: str, paper: Paper) -> None:
    """Also what stands before an answer, which is the label that the paper prints in its language."""
    for place, entry in enumerate(ENTRIES[::3]):
        problem = drawn(entry, 0)
        answers = {}
        for number, asked in enumerate(registry.get(problem.spec.type).ask(problem.case)):
            field = in_words_of(asked, language(code))
            spellings = [raw for _, raw in spelled(field, key(problem)[field.name])]
            spellings += [
                f"{plain_label(field.label, language(code))}: {write(field, key(problem)[field.name])}"
            ]
            answers[field.name] = spellings[-(place + number) % len(spellings)]
        assert_read_alike(paper_of(problem, paper.code), {"q": answers}, code)


ODD = {
    "a cell that cannot be read": {"Y": "1 2\n3 x"},
    "a blank cell": {"Y": "1 _\n3 4"},
    "another size": {"Y": "1 2 3\n4 5 6"},
    "a fraction with a decimal comma": {"Y": "0,5 1\n2 3"},
    "a field that nobody asked for": {"Z": "1"},
    "a list": {"Y": [["1", "2"], ["3", "4"]]},
}


@pytest.mark.parametrize("answers", ODD.values(), ids=ODD)
def test_odd_answers_are_read_as_marking_reads_them(answers: dict[str, Raw], paper: Paper) -> None:
    spec = next(each for each in BANK if each.type == "conv2d" and each.given is not None)
    assert_read_alike(paper_of(drawn(spec.id, 0), paper.code), {"q": answers})


def test_options_are_read_in_all_their_spellings(paper: Paper) -> None:
    for entry in ENTRIES:
        problem = drawn(entry, 0)
        for field in registry.get(problem.spec.type).ask(problem.case):
            for option in field.options if field.kind == "choice" else ():
                for spelling in (option.name, *option.also):
                    found = assert_read_alike(paper_of(problem, paper.code), {"q": {field.name: spelling}})
                    understood = {each.field.name: each.understood for each in found.items[0].fields}
                    assert understood[field.name] == option.name


def test_it_never_asks_for_the_key(paper: Paper) -> None:
    keyless = replace(
        paper,
        sections=tuple(
            replace(part, problems=tuple(replace(problem, key={}) for problem in part.problems))
            for part in paper.sections
        ),
    )
    answers = {problem.item: answers_of(problem) for problem in paper.problems}
    data = json.dumps({"paper": paper.code, "answers": answers}).encode()
    found = receipt_of(keyless, read_submission(data, "a.json"))
    assert found.complete
    assert found.count(State.READ) == sum(map(len, answers.values()))


def test_a_damaged_file_loses_nothing_in_silence(paper: Paper) -> None:
    text = f"paper: {paper.code}\nanswers:\n  a1:\n   x: [1\n  c1: {{Y0: 3}}\n"
    found = receipt_of(paper, read_submission(text.encode(), "a.yaml"))
    assert not found.complete
    assert found.submission.damaged
    assert not found.count(State.BLANK)
