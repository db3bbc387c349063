"""The audit: sound entries pass, and each fault of an entry is found and named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from convexam.generator import registry
from convexam.generator.audit import Spread, Tally, faults, tally
from convexam.generator.bank import Bank
from convexam.generator.checking import check_bank
from convexam.generator.document import say
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.model import Field, Option
from convexam.generator.option_places import Place, lopsided, repeated

from .conftest import Desk, entry


def audited(bank: Bank, name: str, draws: int = 300) -> tuple[Tally, list[str]]:
    found = tally(bank[name], bank.origins[name], range(draws))
    return found, faults(bank[name], found)


def test_a_sound_entry(desk: Desk) -> None:
    text = entry("a").replace("  prompt:", "  misconceptions: {extra_flip: 1/2}\n  prompt:")
    found, messages = audited(desk.bank(text), "a", 100)
    assert messages == []
    assert found.drawn == 100
    assert found.shown["extra_flip"] == 100
    assert found.refused["extra_flip gives the right answer"] > 0
    assert 0 < found.refusal_rate < Fraction(1, 2)
    assert found.efforts["products"].most is not None
    assert set(found.answers) == {"Y"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(("one_of: [-1, 1, 2]", "one_of: [0]"), "none of 300 draws was worth asking", id="impossible"),
        pytest.param(("from: -3, to: 5", "from: 0, to: 1"), "only ", id="few variants"),
        pytest.param(("  prompt:", "  misconceptions: {pad_once: 0}\n  prompt:"), "the misconception pad_once never shows", id="never shows"),
        pytest.param(("  prompt:", "  effort: {products: [36, 36], digits: {most: 1}, negatives: [18, 18]}\n  prompt:"), "% of its draws", id="refuses"),
        pytest.param(("{{ padding }}", "{{ nothing }}"), "nothing", id="prompt"),
    ],
)  # fmt: skip
def test_faults_are_named(desk: Desk, change: tuple[str, str], message: str) -> None:
    text = entry("a").replace(*change)
    if "only" in message:
        text = text.replace("[1, 4, 4]", "[1, 2, 3]").replace("[-1, 1, 2]", "[1]")
    _, messages = audited(desk.bank(text), "a", 3 if "none" in message or "%" in message else 200)
    assert any(message in found for found in messages), messages


def test_keys_that_differ_are_a_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = desk.bank(entry("a"))
    wrong = replace(registry.get("conv2d"), second=lambda case: {"Y": (((1,),),)})
    monkeypatch.setattr(registry, "get", lambda name: wrong)
    _, messages = audited(bank, "a", 2)
    assert any("the two keys of 'Y' differ" in message for message in messages)


def test_tallies_add_up_in_any_way(desk: Desk) -> None:
    bank = desk.bank(entry("a"))
    whole = tally(bank["a"], bank.origins["a"], range(40))
    parts = Tally()
    for start in (30, 0, 10, 20):
        parts.add(tally(bank["a"], bank.origins["a"], range(start, start + 10)))
    assert parts == whole


def test_an_entry_that_can_never_be_drawn_is_given_up(desk: Desk) -> None:
    text = entry("a").replace("  prompt:", "  effort: {products: [999999, 1000000]}\n  prompt:")
    found, (message,) = audited(desk.bank(text), "a")
    assert (found.drawn, found.errors.total()) == (0, 3)
    assert "the effort leaves its band" in message


def test_spreads() -> None:
    spread = Spread.of([3, -1])
    spread.add(Spread.of([Fraction(1, 2)]))
    spread.add(Spread())
    assert (spread.least, spread.most, spread.count) == (-1, 3, 3)
    assert spread.mean == Fraction(5, 6)
    assert Spread().mean == 0


def test_excused_pairs_are_counted(desk: Desk) -> None:
    more = (
        "  misconceptions: {transpose_kernel: 0}\n"
        "  may_coincide: [{names: [transpose_kernel, key], reason: symmetric kernels are wanted here}]\n"
    )
    text = entry("a").replace("one_of: [-1, 1, 2]", "one_of: [1, 2]").replace("  prompt:", more + "  prompt:")
    found, messages = audited(desk.bank(text), "a", 200)
    assert messages == []
    assert 0 < found.coincided["transpose_kernel = key"] < 200
    assert "transpose_kernel gives the right answer" not in found.refused


def test_a_blunt_fixed_entry_is_a_fault(desk: Desk) -> None:
    text = entry("a").replace(
        "params:\n    input: {shape: [1, 4, 4], from: -3, to: 5}\n    kernel: {shape: [1, 1, 2, 2], one_of: [-1, 1, 2]}",
        "given:\n    input: [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]\n    kernel: [[[[1, 2], [2, 1]]]]",
    )
    text = text.replace("  prompt:", "  misconceptions: {transpose_kernel: 0}\n  prompt:")
    bank = desk.bank(text)
    _, messages = audited(bank, "a", 1)
    assert messages == ["1 times: transpose_kernel gives the right answer"]
    assert "transpose_kernel gives the right answer" in check_bank(bank)[0].message


# -- options ------------------------------------------------------------------------------------

PICTURES = """\
- id: a
  type: kernel_effect
  title: A kernel
  difficulty: 1
  points: 1
  params: {ask: kernel, right: [box_blur], others: [sharpen, identity]}
  prompt:
    en: "{{ before }} {{ after }} {{ options }}"
"""


def test_positions_of_the_right_option_are_counted(desk: Desk) -> None:
    found, messages = audited(desk.bank(PICTURES), "a", 40)
    assert messages == []
    assert set(found.places) == {Place("option", 4, number) for number in range(4)}
    assert found.places.total() == 40


def test_options_in_a_fixed_order_are_a_fault(desk: Desk) -> None:
    bank = desk.bank(PICTURES)
    found = tally(bank["a"], bank.origins["a"], range(1))
    found.places = Counter({Place("option", 4, 0): 1000})
    message = "the right 'option' stands at place 1 of 4 in 100.0% of the draws; draw the order of options"
    assert message in faults(bank["a"], found)


@pytest.mark.parametrize(
    ("counts", "faulty"),
    [
        ((250, 250, 250, 250), 0),
        ((318, 228, 227, 227), 0),  # 68 off; the standard deviation is 13.7
        ((319, 227, 227, 227), 1),
        ((334, 333, 333, 0), 4),
        ((333, 333, 333, 0), 0),  # too few draws
        ((500, 501), 0),
    ],
)
def test_lopsided_positions(counts: tuple[int, ...], faulty: int) -> None:
    places = Counter({Place("option", len(counts), number): count for number, count in enumerate(counts)})
    assert len(list(lopsided(places))) == faulty


def test_repeated_options() -> None:
    def field(*options: Option) -> Field:
        return Field("option", "choice", say("Option"), options=options)

    two = field(Option("A"), Option("B"))
    one, other = ((1, 2),), ((2, 1),)
    assert not list(repeated([two], {"options": Figures("", (Grid(one, "A"), Grid(other, "B")))}))
    assert not list(repeated([two], {"maps": Figures("X", (Grid(one, "X_1"), Grid(one, "X_2")))}))
    same = ["two options of 'option' are the same"]
    assert list(repeated([two], {"options": Figures("", (Grid(one, "A"), Grid(one, "B")))})) == same
    assert list(repeated([field(Option("A", say("4")), Option("B", say("4")))], {})) == same
    assert list(repeated([field(Option("A"), Option("A"))], {})) == same
