"""Of two policies, the one that reads as more generous never earns less, whatever was answered."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Problem
from convexam.generator.policy import ALL, CarryForward, Credit, Marking
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.marking.terms import Terms

from ...shipped import shipped_bank

BANK = shipped_bank()
SAMPLE = (
    "concepts/same-inputs-same-parameters",
    "conv2d/binary-image-stride",
    "equivariance/stride",
    "identify_operation/padded",
    "network_table/fashion",
    "pipeline/three-steps",
    "strongest_response/absolute",
)
QUARTER = Fraction(1, 4)
USUAL, GUESSED = Credit(), Credit(correct_guessing=True)
WHOLE = Credit(maps=ALL, records=ALL, shapes=ALL, choices=ALL, orders=ALL)
OFF, ALL_OFF = Marking(carry_forward=None), Marking(carry_forward=CarryForward(Fraction(1)))
PRICED, NEGATIVE = Marking(carry_forward=CarryForward(QUARTER)), Marking(negative=True)
PAIRS: tuple[tuple[tuple[Credit, Marking], tuple[Credit, Marking]], ...] = (
    ((GUESSED, Marking()), (USUAL, Marking())),
    ((GUESSED, NEGATIVE), (GUESSED, Marking())),
    ((Credit(question=ALL), Marking()), (USUAL, Marking())),
    ((WHOLE, Marking()), (USUAL, Marking())),
    ((USUAL, OFF), (USUAL, ALL_OFF)),
    ((USUAL, ALL_OFF), (USUAL, PRICED)),
    ((USUAL, PRICED), (USUAL, Marking())),
    *(
        ((USUAL, Marking()), (more, Marking()))
        for more in (Credit(method=QUARTER), Credit(right_size=QUARTER), Credit(shapes="per-size"))
    ),
)


def drawn(entry: str, number: int) -> Problem:
    stream = Stream(derive(b"compared", [entry, str(number)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


def answers(problem: Problem, chance: random.Random) -> dict[str, str]:
    """Answer as people do: some answers right, some by a misconception, some blank or unreadable."""
    wrong = [answer for _, answer in wrong_answers(problem.spec.type, problem.case, None)] or [{}]
    found = {}
    for field in problem.fields:
        mistaken = chance.choice(wrong).get(field.name, problem.key[field.name][0])
        texts = [write(field, problem.key[field.name][0]), write(field, mistaken), "_", "what?"]
        texts += [option.name for option in field.options[:1] if field.kind == "choice"]
        found[field.name] = chance.choices(texts, [4, 3, 1, 1, 1][: len(texts)])[0]
    return found


def unpaid(problem: Problem) -> Problem:
    """Pay for no misconception: what follows from own results speaks for none, so the prices differ."""
    shares = dict.fromkeys(problem.spec.misconceptions, Fraction())
    return replace(problem, spec=replace(problem.spec, misconceptions=shares))


def points(problem: Problem, typed: Mapping[str, str], credit: Credit, marking: Marking) -> Fraction:
    return mark_problem(replace(problem, credit=credit), typed, Terms(marking)).points


@pytest.mark.parametrize(
    ("entry", "draws"),
    [
        *((entry, 4) for entry in SAMPLE),
        *(pytest.param(spec.id, 20, marks=pytest.mark.sweep) for spec in BANK if spec.type != "short_text"),
    ],
)
def test_more_generous_policies_earn_no_less(entry: str, draws: int) -> None:
    chance = random.Random(entry)
    for number in range(draws):
        problem = drawn(entry, number)
        typed = answers(problem, chance)
        for less, more in PAIRS:
            asked = problem if less[1].carry_forward == more[1].carry_forward else unpaid(problem)
            low, high = points(asked, typed, *less), points(asked, typed, *more)
            assert low <= high, (typed, less, more)
            assert -problem.points <= low
            assert 0 <= high <= problem.points
