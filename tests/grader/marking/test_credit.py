"""What holds for every policy: full for the key, nothing for a blank, never less for a corrected cell.

The worked examples are in ``docs/marking.md``, which `test_marking_document.py` computes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, permutations, product
from typing import Any

import pytest

from convexam.generator.document import Symbol
from convexam.generator.model import Field, Option, Rounded
from convexam.generator.policy import ALL, Credit
from convexam.grader.marking.compare import mark_field
from convexam.grader.marking.fields import write
from convexam.grader.model import Verdict

WHOLE = Credit(maps=ALL, records=ALL, shapes=ALL, choices=ALL, orders=ALL)
POLICIES = [
    Credit(),
    WHOLE,
    Credit(shapes="per-size", right_size=Fraction(1, 4)),
    Credit(wrong_choice=Fraction(1, 3)),
    Credit(correct_guessing=True),
    Credit(correct_guessing=True, right_size=Fraction(1, 4), wrong_choice=Fraction()),
    replace(WHOLE, correct_guessing=True, right_size=Fraction(1, 2)),
]
LETTERS = tuple(Option(name) for name in "ABCD")


def field(kind: Any, **more: Any) -> Field:
    return Field("f", kind, Symbol("f"), **more)


MAP = field("tensor", shape=(2, 2))
SIZED = field("tensor")
SHAPE = field("shape")
ONE = field("choice", options=LETTERS)
ANY = field("choices", options=LETTERS)
ORDER = field("order", options=LETTERS)
RECORD = field(
    "record",
    parts=(
        Field("operation", "choice", Symbol("o"), options=(Option("max"), Option("average"))),
        *(Field(name, "integer", Symbol(name)) for name in ("size", "stride", "padding")),
    ),
)


def maps() -> Iterable[Any]:
    return (((a, b), (c, d)) for a, b, c, d in product((0, 1, 2), repeat=4))


ANSWERS: dict[str, tuple[Field, list[Any]]] = {
    "map": (MAP, list(maps())),
    "map with its size": (SIZED, [*maps(), ((1, 2),), ((0, 1, 2),)]),
    "shape": (SHAPE, [*product((1, 2, 3), repeat=3), (1, 2)]),
    "one": (ONE, list("ABCD")),
    "any": (ANY, [some for n in range(5) for some in combinations("ABCD", n)]),
    "order": (ORDER, list(permutations("ABCD"))),
    "record": (RECORD, [(o, *n) for o in ("max", "average") for n in product((1, 2), repeat=3)]),
}
KINDS = pytest.mark.parametrize("kind", ANSWERS)
UNDER = pytest.mark.parametrize("policy", POLICIES, ids=range(len(POLICIES)))


def some_keys(answers: list[Any]) -> list[Any]:
    return answers[:: max(1, len(answers) // 6)]


def earned(asked: Field, key: Any, answer: Any, policy: Credit) -> Fraction:
    return mark_field(asked, (key,), write(asked, answer), policy).credit


def flat(answer: Any) -> list[Any]:
    return list(chain(*answer)) if answer and isinstance(answer[0], tuple) else list(answer)


@UNDER
@KINDS
def test_the_key_earns_all_and_nothing_more(kind: str, policy: Credit) -> None:
    asked, answers = ANSWERS[kind]
    least = -policy.off_for_wrong(4) if asked is ONE else 0
    for key in some_keys(answers):
        assert earned(asked, key, key, policy) == 1
        for answer in answers:
            if answer != key:
                assert least <= earned(asked, key, answer, policy) < 1


@UNDER
@KINDS
@pytest.mark.parametrize("raw", ["", "_", None])
def test_a_blank_earns_nothing(kind: str, policy: Credit, raw: str | None) -> None:
    asked, answers = ANSWERS[kind]
    mark = mark_field(asked, (answers[-1],), raw, policy)
    assert (mark.verdict, mark.credit) == (Verdict.BLANK, Fraction())


@UNDER
@KINDS
def test_what_cannot_be_read_is_never_charged(kind: str, policy: Credit) -> None:
    asked, answers = ANSWERS[kind]
    mark = mark_field(asked, (answers[-1],), "no idea, sorry", policy)
    assert (mark.verdict, mark.credit) == (Verdict.UNREADABLE, Fraction())


@UNDER
@KINDS
def test_a_correction_never_costs(kind: str, policy: Credit) -> None:
    """Of two answers of a size that which is right wherever the other is, and elsewhere too, earns as much."""
    asked, answers = ANSWERS[kind]
    for key in some_keys(answers):
        wanted = flat(key)
        right = {
            answer: {
                place
                for place, (one, other) in enumerate(zip(flat(answer), wanted, strict=False))
                if one == other
            }
            for answer in answers
            if len(flat(answer)) == len(wanted)
        }
        credit = {answer: earned(asked, key, answer, policy) for answer in right}
        if asked is ANY:
            continue
        for answer, better in product(right, repeat=2):
            if right[answer] <= right[better]:
                assert credit[answer] <= credit[better]


@UNDER
def test_one_wrong_option_less_never_costs(policy: Credit) -> None:
    _, answers = ANSWERS["any"]
    for key, answer in product(answers, repeat=2):
        for option in set("ABCD"):
            corrected = tuple(sorted(set(answer) ^ {option}))
            if (option in key) == (option in corrected):
                assert earned(ANY, key, answer, policy) <= earned(ANY, key, corrected, policy)


@KINDS
def test_all_or_nothing_and_no_guesses_pay_no_more(kind: str) -> None:
    asked, answers = ANSWERS[kind]
    for key in some_keys(answers):
        for answer in answers:
            usual = earned(asked, key, answer, Credit(shapes="per-size"))
            assert earned(asked, key, answer, WHOLE) <= usual
            assert earned(asked, key, answer, Credit(correct_guessing=True)) <= usual


def test_a_map_of_one_number_earns_nothing_where_guesses_are_taken_off() -> None:
    policy = Credit(correct_guessing=True)
    for key, number in product(maps(), (0, 1, 2)):
        same = ((number, number), (number, number))
        assert key == same or earned(MAP, key, same, policy) == 0


def test_choosing_by_chance_earns_nothing_on_average() -> None:
    policy = Credit(correct_guessing=True)
    assert sum(earned(ONE, "C", answer, policy) for answer in "ABCD") == 0
    for key in ANSWERS["any"][1][1:-1]:
        assert earned(ANY, key, tuple("ABCD"), policy) == 0


def test_rounded_cells_that_are_written_alike_count_as_one_number() -> None:
    thirds = field("tensor", shape=(1, 2), rule=Rounded(1))
    key = ((Fraction(1, 3), Fraction(33, 100)),)
    assert mark_field(thirds, (key,), "0.3 7", Credit(correct_guessing=True)).credit == 0


@pytest.mark.parametrize(
    ("policy", "credit"),
    [(Credit(), Fraction(3, 4)), (WHOLE, Fraction()), (Credit(correct_guessing=True), Fraction(1, 2))],
)
def test_the_best_of_several_accepted_values_counts(policy: Credit, credit: Fraction) -> None:
    accepted = (((1, 1), (1, 1)), ((7, 0), (0, 5)))
    mark = mark_field(MAP, accepted, "7 0\n0 4", policy)
    assert (mark.credit, mark.verdict) == (credit, Verdict.PARTIAL)


def test_verdicts_say_what_is_right_whatever_is_paid() -> None:
    for policy in POLICIES:
        assert mark_field(MAP, (((7, 0), (0, 5)),), "7 0\n0 4", policy).verdict is Verdict.PARTIAL
        assert mark_field(ONE, ("A",), "B", policy).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("credit", "options", "share"),
    [
        (Credit(), 4, "0"),
        (Credit(correct_guessing=True), 2, "1"),
        (Credit(correct_guessing=True), 5, "1/4"),
        (Credit(correct_guessing=True), 1, "0"),
        (Credit(correct_guessing=True, wrong_choice=Fraction()), 2, "0"),
        (Credit(wrong_choice=Fraction(1, 2)), 5, "1/2"),
        (Credit(correct_guessing=False), 2, "0"),
    ],
)
def test_what_a_wrong_choice_takes_off(credit: Credit, options: int, share: str) -> None:
    assert credit.off_for_wrong(options) == Fraction(share)


def test_what_stands_nearest_wins() -> None:
    exam = Credit(maps=ALL, wrong_choice=Fraction(1, 3), correct_guessing=True)
    entry = Credit(maps="per-cell", method=Fraction(1, 2))
    item = Credit(correct_guessing=False)
    assert item.within(entry.within(exam)) == Credit(
        maps="per-cell", method=Fraction(1, 2), wrong_choice=Fraction(1, 3), correct_guessing=False
    )
