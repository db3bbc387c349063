"""Papers: reproducible, and nobody's numbers change when something is added elsewhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.bank import Bank
from convexam.generator.compose import compose, exam_of
from convexam.generator.errors import DataError, ReleaseError
from convexam.generator.exam_file import ExamFile
from convexam.generator.papers import EVERYONE, Paper, Student
from convexam.generator.streams import practice_secret

from .conftest import Desk, entry

SECRET = practice_secret(1)
ADA = Student("s1", "Ada")


def numbers(paper: Paper) -> dict[str, Any]:
    return {problem.item: (problem.spec.id, problem.case.given) for problem in paper.problems}


def drawn(exam: ExamFile, bank: Bank, student: Student = ADA, secret: bytes = SECRET) -> dict[str, Any]:
    return numbers(compose(exam, bank, secret, student))


def test_the_same_names_give_the_same_paper(desk: Desk) -> None:
    bank = desk.bank(entry("a"))
    exam = desk.exam(bank, "id: q1, use: a")
    assert compose(exam, bank, SECRET, ADA) == compose(exam, bank, SECRET, ADA)


@pytest.mark.parametrize("other", ["student", "secret", "attempt"])
def test_other_names_give_another_paper(desk: Desk, other: str) -> None:
    bank = desk.bank(entry("a"))
    exam = desk.exam(bank, "id: q1, use: a")
    first = compose(exam, bank, SECRET, ADA)
    second = compose(
        exam,
        bank,
        practice_secret(2) if other == "secret" else SECRET,
        EVERYONE if other == "student" else ADA,
        attempt=int(other == "attempt"),
    )
    assert first.code != second.code
    assert numbers(first) != numbers(second)


def test_the_name_of_a_student_changes_nothing(desk: Desk) -> None:
    bank = desk.bank(entry("a"))
    exam = desk.exam(bank, "id: q1, use: a")
    assert drawn(exam, bank, ADA) == drawn(exam, bank, Student("s1", "Augusta Ada"))


def test_an_entry_used_twice_gives_two_problems(desk: Desk) -> None:
    bank = desk.bank(entry("a"))
    paper = drawn(desk.exam(bank, "id: q1, use: a", "id: q2, use: a"), bank)
    assert paper["q1"] != paper["q2"]


def test_adding_moving_and_removing_questions_changes_no_other(desk: Desk) -> None:
    bank = desk.bank(entry("a"), entry("b"))
    before = drawn(desk.exam(bank, "id: q1, use: a", "id: q2, use: b"), bank)
    after = drawn(desk.exam(bank, "id: q3, use: a", "id: q2, use: b", "id: q1, use: a"), bank)
    assert {name: after[name] for name in before} == before
    assert drawn(desk.exam(bank, "id: q2, use: b"), bank)["q2"] == before["q2"]


def test_adding_to_the_bank_changes_nothing(desk: Desk) -> None:
    bank = desk.bank(entry("a"), entry("b"))
    exam = desk.exam(bank, "id: q1, use: a", "id: q2, use: b")
    before = drawn(exam, bank)
    assert drawn(exam, desk.bank(entry("new"), entry("b"), entry("a"))) == before


def test_adding_a_parameter_changes_no_other_parameter(desk: Desk) -> None:
    small = desk.bank(entry("a"))
    exam = desk.exam(small, "id: q1, use: a")
    _, before = drawn(exam, small)["q1"]
    _, after = drawn(exam, desk.bank(entry("a", more="bias: {from: 1, to: 9}")))["q1"]
    assert after.bias != before.bias
    assert (after.input, after.kernel) == (before.input, before.kernel)


class TestPicks:
    def names(self, exam: ExamFile, bank: Bank, student: Student) -> list[str]:
        return [problem.spec.id for problem in compose(exam, bank, SECRET, student).problems]

    def test_picks_fit(self, desk: Desk) -> None:
        bank = desk.bank(
            entry("a", tags="x, y"),
            entry("b", tags="x"),
            entry("c", tags="x, y", difficulty=2),
            entry("d", tags="y, x"),
        )
        exam = desk.exam(bank, "id: p, pick: 2, tags: [x, y], difficulty: 1, points: 3/2")
        paper = compose(exam, bank, SECRET, ADA)
        assert sorted(problem.spec.id for problem in paper.problems) == ["a", "d"]
        assert [problem.item for problem in paper.problems] == ["p.1", "p.2"]
        assert paper.points == 3

    def test_students_get_different_picks(self, desk: Desk) -> None:
        bank = desk.bank(*(entry(f"e{number}") for number in range(6)))
        exam = desk.exam(bank, "id: p, pick: 2, tags: [by-hand]")
        picks = {tuple(self.names(exam, bank, Student(f"s{number}"))) for number in range(30)}
        assert len(picks) > 10

    def test_a_new_entry_changes_only_the_papers_it_enters(self, desk: Desk) -> None:
        old = [entry(f"e{number}") for number in range(5)]
        small, large = desk.bank(*old), desk.bank(entry("new"), *old)
        exam = desk.exam(small, "id: p, pick: 2, tags: [by-hand]")
        entered = 0
        for number in range(40):
            student = Student(f"s{number}")
            before, after = drawn(exam, small, student), drawn(exam, large, student)
            if "new" in {name for name, _ in after.values()}:
                entered += 1
            else:
                assert after == before
        assert 0 < entered < 40


def test_an_entry_that_refuses_everything_is_blamed(desk: Desk) -> None:
    text = entry("a").replace("one_of: [-1, 1, 2]", "one_of: [0]")
    bank = desk.bank(text)
    exam = desk.exam(bank, "id: q1, use: a")
    with pytest.raises(DataError) as caught:
        compose(exam, bank, SECRET, ADA)
    (fault,) = caught.value.faults
    assert (fault.place.line, fault.path) == (10, "$.questions[0].params")
    assert "none of 300 draws was worth asking (300 times: an output map is constant)" in fault.message


def blame(desk: Desk, text: str) -> str:
    bank = desk.bank(text)
    with pytest.raises(DataError) as caught:
        compose(desk.exam(bank, "id: q1, use: a"), bank, SECRET, ADA)
    (fault,) = caught.value.faults
    return fault.message


def test_large_maps_are_not_drawn_a_thousand_times(desk: Desk) -> None:
    text = entry("a").replace("[1, 4, 4]", "[1, 64, 64]")
    message = blame(desk, text.replace("  prompt:", "  effort: {products: [12, 32]}\n  prompt:"))
    times = int(message.split()[2])
    assert 10 < times < 30
    assert f"none of {times} draws was worth asking ({times} times: the effort leaves its band)" in message


def test_maps_that_are_too_large_are_refused(desk: Desk) -> None:
    text = entry("a").replace("[1, 4, 4]", "[1, 64, 64]").replace("[1, 1, 2, 2]", "[1, 1, 32, 32]")
    assert "300 times: this takes 1115136 products" in blame(desk, text)


def test_what_no_entry_may_give_is_no_fault_of_the_program(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def complain(*_: object) -> None:
        raise ValueError("'stride' is at most 7")

    complaining = replace(registry.get("conv2d"), draw=complain)
    monkeypatch.setattr(registry, "get", lambda _: complaining)
    assert "what was drawn cannot be asked: 'stride' is at most 7; change the params" in blame(
        desk, entry("a")
    )


def test_effort_outside_its_band_is_refused(desk: Desk) -> None:
    text = entry("a").replace("  prompt:", "  effort: {products: [30, 33], digits: {most: 1}}\n  prompt:")
    bank = desk.bank(text)
    exam = desk.exam(bank, "id: q1, use: a")
    problems = [compose(exam, bank, SECRET, Student(f"s{n}")).problems[0] for n in range(30)]
    assert all(30 <= registry.get("conv2d").effort(problem.case).products <= 33 for problem in problems)
    assert any("the effort leaves its band" in problem.refused for problem in problems)


def test_a_prompt_that_names_what_there_is_not_is_a_fault(desk: Desk) -> None:
    bank = desk.bank(entry("a").replace("{{ padding }}", "{{ pading }}"))
    exam = desk.exam(bank, "id: q1, use: a")
    with pytest.raises(DataError, match=r"bank.yaml:14:\d+: \$.questions\[0\].prompt.en: .*pading.*padding"):
        compose(exam, bank, SECRET, ADA)


def test_a_paper_whose_keys_differ_is_not_released(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = desk.bank(entry("a"))
    exam = desk.exam(bank, "id: q1, use: a")
    kind = registry.get("conv2d")
    wrong = replace(kind, second=lambda case: {"Y": (((Fraction(1, 3),),),)})
    monkeypatch.setattr(registry, "get", lambda name: wrong)
    with pytest.raises(ReleaseError, match="a: the two keys of 'Y' differ"):
        compose(exam, bank, SECRET, ADA)


@pytest.mark.parametrize("more", [(), (0,)], ids=["one too few", "one too many"])
def test_the_two_keys_accept_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, more: tuple[int, ...]
) -> None:
    bank = desk.bank(entry("a"))
    exam = desk.exam(bank, "id: q1, use: a")
    kind = registry.get("conv2d")
    generous = replace(
        kind,
        solve=lambda case, taken: {name: (*values, 1) for name, values in kind.solve(case, taken).items()},
        second=lambda case: {name: (*values, *more) for name, values in kind.second(case).items()},
    )
    monkeypatch.setattr(registry, "get", lambda name: generous)
    with pytest.raises(ReleaseError):
        compose(exam, bank, SECRET, ADA)


def test_a_second_key_for_other_fields_is_not_enough(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = desk.bank(entry("a"))
    exam = desk.exam(bank, "id: q1, use: a")
    kind = registry.get("conv2d")
    monkeypatch.setattr(registry, "get", lambda name: replace(kind, second=lambda case: {}))
    with pytest.raises(ReleaseError):
        compose(exam, bank, SECRET, ADA)


def test_the_cover_is_the_exam_file(desk: Desk) -> None:
    bank = desk.bank(entry("a"))
    head = 'course: C\ndate: "2027-03-12"\nminutes: 60\nconventions: {operation: convolution, origin: 1}\n'
    exam = exam_of(desk.exam(bank, "id: q1, use: a", head=head), practice_seed=7)
    assert (exam.title, exam.course, exam.date, exam.minutes) == ("Quiz", "C", "2027-03-12", 60)
    assert (exam.conventions.operation, exam.conventions.origin) == ("convolution", 1)
    assert exam.practice_seed == 7
