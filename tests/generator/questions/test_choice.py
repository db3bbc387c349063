"""Statements and steps: what is drawn, what is right, and whose opinion a wrong answer is."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Refused
from convexam.generator.questions.choice import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.html import fragment
from convexam.generator.render.look import SCREEN
from convexam.generator.render.terminal import terminal
from convexam.generator.streams import Stream, derive
from convexam.generator.text import blocks, document

FACTS = [{"say": f"Fact {number}.", "because": "So it is."} for number in range(4)]
FALLACIES: list[dict[str, str]] = [
    {"say": "Pooling learns.", "because": "It does not.", "misconception": "pooling_learns"},
    {"say": "Pooling mixes maps.", "because": "It does not.", "misconception": "pool_over_channels"},
    *({"say": f"Fallacy {number}.", "because": "It is not so."} for number in range(3)),
]
STEPS = [{"say": f"Step {number}.", "because": "It comes then."} for number in range(6)]


def params(**data: Any) -> Params:
    pools = {} if data["ask"] == "order" else {"facts": FACTS, "fallacies": FALLACIES}
    return parse_value(Params, pools | data)


def draw(drawn: Params, number: int = 0) -> Given:
    given: Given = TYPE.draw(drawn, Stream(derive(b"choice", [str(number)])))
    return given


def given(ask: str, truths: str, **more: Any) -> Case[Given]:
    """Make a case of statements, ``t`` true and ``f`` false; ``p`` and ``c`` are opinions."""
    opinions = {"p": "pooling_learns", "c": "pool_over_channels"}
    statements = [
        {"say": f"Statement {place}.", "because": f"Reason {place}.", "truth": truth == "t"}
        | ({"misconception": opinions[truth]} if truth in opinions else {})
        for place, truth in enumerate(truths)
    ]
    return Case(parse_value(Given, {"ask": ask, "statements": statements, **more}))


def key(case: Case[Given]) -> dict[str, Any]:
    solved = TYPE.solve(case, {})
    assert solved == TYPE.second(case)
    return first_values(solved)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (given("one", "ftff"), {"option": "B"}),
        (given("one", "ttft", wanted="fallacies"), {"option": "C"}),
        (given("several", "tftf"), {"options": ("A", "C")}),
        (given("several", "tftf", wanted="fallacies"), {"options": ("B", "D")}),
        (given("several", "ffff"), {"options": ()}),
        (given("judge", "tf"), {"A": "true", "B": "false"}),
        (given("order", "ttt", order=[2, 0, 1]), {"order": ("C", "A", "B")}),
    ],
)
def test_keys(case: Case[Given], expected: dict[str, Any]) -> None:
    assert key(case) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (given("one", "fptc"), {"pooling_learns": {"option": "B"}, "pool_over_channels": {"option": "D"}}),
        (given("one", "fppt"), {}),  # which of the two it would be, nobody knows
        (given("one", "ttp", wanted="fallacies"), {}),
        (
            given("several", "tfpt"),
            {
                "pooling_learns": {"options": ("A", "C", "D")},
                "statements_inverted": {"options": ("B", "C")},
            },
        ),
        (
            given("several", "tfp", wanted="fallacies"),
            {"pooling_learns": {"options": ("B",)}, "statements_inverted": {"options": ("A",)}},
        ),
        (
            given("judge", "tp"),
            {
                "pooling_learns": {"A": "true", "B": "true"},
                "statements_inverted": {"A": "false", "B": "true"},
            },
        ),
        (given("order", "ttt", order=[2, 0, 1]), {"order_reversed": {"order": ("B", "A", "C")}}),
    ],
)
def test_wrong_answers(case: Case[Given], expected: dict[str, Any]) -> None:
    assert dict(wrong_answers("choice", case)) == expected


class TestDraw:
    def test_one_of_several(self) -> None:
        for number in range(50):
            drawn = draw(params(ask="one", options=4), number)
            assert sum(one.holds() for one in drawn.statements) == 1
            assert len(drawn.statements) == 4

    def test_one_fallacy_of_several(self) -> None:
        for number in range(50):
            drawn = draw(params(ask="one", options=4, wanted="fallacies"), number)
            assert sum(not one.holds() for one in drawn.statements) == 1

    def test_how_many_are_true_varies(self) -> None:
        drawn = [
            draw(params(ask="several", options=5, true_ones={"from": 1, "to": 4}), n) for n in range(200)
        ]
        counts = Counter(sum(one.holds() for one in given.statements) for given in drawn)
        assert set(counts) == {1, 2, 3, 4}
        assert min(counts.values()) > 20

    def test_steps_keep_their_order(self) -> None:
        for number in range(50):
            with suppress(Refused):
                drawn = draw(params(ask="order", steps=STEPS, options=4), number)
                in_order = [drawn.statements[place].say for place in drawn.order]
                assert in_order == sorted(in_order)
                assert len(set(in_order)) == 4

    def test_steps_are_never_shown_in_their_right_order(self) -> None:
        shuffled = params(ask="order", steps=STEPS, options=2)
        orders = set()
        for number in range(20):
            with suppress(Refused):
                orders.add(draw(shuffled, number).order)
        assert orders == {(1, 0)}

    def test_every_place_is_right_equally_often(self) -> None:
        drawn = [draw(params(ask="one", options=4), number) for number in range(400)]
        places = Counter(given.chosen for given in drawn)
        assert min(places.values()) > 60


CLAIM: dict[str, Any] = {
    "say": "A kernel of {{ k }} has {{ stated }} positions along {{ n }}.",
    "because": "It has {{ really }}.",
    "numbers": {"n": {"from": 8, "to": 40}, "k": {"one_of": [3, 5]}},
    "really": "positions(n, k)",
    "instead": {"missing_plus_one": "n - k", "ignore_padding": "n"},
}
OTHERS = [{**CLAIM, "say": f"{number}: {CLAIM['say']}"} for number in range(3)]


class TestClaims:
    def test_are_made_true_and_false(self) -> None:
        for number in range(50):
            drawn = draw(
                params(ask="judge", facts=[], fallacies=[], claims=[CLAIM, *OTHERS], options=4), number
            )
            for one in drawn.statements:
                numbers = one.numbers
                assert one.holds() == (numbers["stated"] == numbers["n"] - numbers["k"] + 1)
                assert one.holds() == one.holds_as_well() == (one.misconception is None)

    def test_a_false_one_states_what_its_misconception_gives(self) -> None:
        drawn = params(ask="one", facts=FACTS, fallacies=FALLACIES[:3], claims=[CLAIM], options=4)
        found = Counter[str]()
        for number in range(40):
            case = Case(draw(drawn, number))
            for name, answer in wrong_answers("choice", case):
                chosen = case.given.statements["ABCD".index(str(answer["option"]))]
                assert chosen.misconception == name
                found[name] += 1
        assert {"missing_plus_one", "ignore_padding", "pooling_learns"} <= set(found)

    def test_the_page_shows_what_is_stated_and_only_the_solution_what_is_right(self) -> None:
        numbers = {"n": 20, "k": 5, "stated": 15}
        claim = {
            "say": CLAIM["say"],
            "because": CLAIM["because"],
            "numbers": numbers,
            "really": "positions(n, k)",
        }
        fact = {"say": "A fact.", "because": "So it is.", "truth": True}
        case = Case(parse_value(Given, {"ask": "one", "statements": [claim, fact]}))
        assert key(case) == {"option": "B"}
        shown = terminal(blocks("{{ options }}", TYPE.show(case)))
        assert shown.startswith("A. A kernel of 5 has 15 positions along 20.")
        assert "16" not in shown
        assert terminal(document(tuple(TYPE.work(case)))).startswith("A. False. It has 16.")

    def test_one_that_cannot_be_made_false_is_refused(self) -> None:
        claim = {**CLAIM, "instead": {"missing_plus_one": "positions(n, k)"}}
        with pytest.raises(Refused, match="cannot be made false"):
            draw(params(ask="one", facts=FACTS, fallacies=[], claims=[claim], options=2))

    def test_one_that_cannot_be_computed_is_refused(self) -> None:
        claim = {**CLAIM, "really": "positions(n, 50)"}
        with pytest.raises(Refused, match="cannot be computed"):
            draw(params(ask="one", facts=FACTS, fallacies=[], claims=[claim], options=2))

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"really": "positions(n, m)"}, "there is no 'm' here"),
            ({"really": "positions(n"}, "expected"),
            ({"say": "It has {{ m }}."}, "no value called 'm'"),
            ({"instead": {"missing_plus_on": "n"}}, "did you mean 'missing_plus_one'"),
            ({"numbers": {"really": 3}}, "'really' is what a claim states"),
            ({"instead": {}}, "at least 1"),
        ],
    )
    def test_bad_ones(self, changes: dict[str, Any], reason: str) -> None:
        with pytest.raises(DataError, match=reason):
            params(ask="one", claims=[{**CLAIM, **changes}])

    def test_a_fixed_one_needs_its_number(self) -> None:
        claim = {"say": "So.", "because": "So.", "numbers": {"n": 3}, "really": "n"}
        fact = {"say": "A fact.", "because": "So it is.", "truth": True}
        with pytest.raises(DataError, match="'numbers' needs 'stated'"):
            parse_value(Given, {"ask": "judge", "statements": [claim, fact]})
        with pytest.raises(DataError, match="either its 'truth', or 'really'"):
            parse_value(Given, {"ask": "judge", "statements": [{**claim, "truth": True}, fact]})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"ask": "one", "options": 7}, "need up to 1 true and 6 false statements, and have 4 and 5"),
        ({"ask": "several", "options": 4, "true_ones": 5}, "'true_ones' is at least 0 and at most 4"),
        ({"ask": "one", "true_ones": 1}, "'true_ones' goes with 'several' and 'judge'"),
        ({"ask": "order"}, "'order' needs 'steps'"),
        ({"ask": "order", "steps": STEPS, "options": 7}, "needs at least 7 steps"),
        ({"ask": "one", "steps": STEPS}, "'order' needs 'steps'"),
        ({"ask": "judge", "facts": FACTS + FACTS}, "stands here twice"),
        ({"ask": "judge", "facts": [{"say": "{{ x }}", "because": "So."}]}, "no value called 'x'"),
        ({"ask": "judge", "options": 11}, "10"),
        (
            {"ask": "judge", "fallacies": [{"say": "A.", "because": "B.", "misconception": "pool_over"}]},
            "no statement stands for the misconception 'pool_over'; did you mean 'pool_over_channels'",
        ),
    ],
)
def test_bad_entries(data: dict[str, Any], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        params(**data)


@pytest.mark.parametrize(
    ("ask", "truths", "more", "reason"),
    [
        ("one", "tt", {}, "exactly one statement that is to be chosen"),
        ("one", "ff", {}, "exactly one statement that is to be chosen"),
        ("order", "ttt", {"order": [0, 1]}, "names the place of every step once"),
        ("order", "ttt", {"order": [0, 1, 3]}, "names the place of every step once"),
        ("judge", "tt", {"order": [0, 1]}, "'order' goes with 'ask: order'"),
    ],
)
def test_bad_givens(ask: str, truths: str, more: dict[str, Any], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        given(ask, truths, **more)


def test_a_quotation_is_marked_as_one() -> None:
    case = given("one", "ft", quote={"text": "Pooling has *many* weights.", "source": "a slide"})
    shown = blocks("{{ quote }}", TYPE.show(case))
    assert terminal(shown).strip() == "“Pooling has many weights.” (a slide)"
    assert set(TYPE.essential(case)) == {"options", "quote"}


def test_options_go_by_letters_on_every_medium() -> None:
    shown = blocks("{{ options }}", TYPE.show(given("one", "ft")))
    assert terminal(shown).split("\n") == ["A. Statement 0.", "B. Statement 1."]
    assert '<ol class="letters">' in fragment(shown, SCREEN)


def test_the_solution_judges_every_statement() -> None:
    text = terminal(document(tuple(TYPE.work(given("several", "tf")))))
    assert text.split("\n") == ["A. True. Reason 0.", "B. False. Reason 1."]


def test_the_solution_lists_the_steps_in_their_order() -> None:
    text = terminal(document(tuple(TYPE.work(given("order", "tt", order=[1, 0])))))
    assert text.split("\n")[-2:] == ["1. B Statement 1. Reason 1.", "2. A Statement 0. Reason 0."]


def test_what_a_student_sees_does_not_tell_the_truth() -> None:
    """Two cases that differ in the truth alone look the same."""
    one, other = given("judge", "tf"), given("judge", "ft")
    assert TYPE.show(one) == TYPE.show(other)
    assert TYPE.ask(one) == TYPE.ask(other)
    assert key(one) != key(other)
    assert sum(field.weight for field in TYPE.ask(one)) == Fraction(2)
