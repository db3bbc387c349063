"""Copies are found, and honest classes are left alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from convexam.generator.papers import Problem
from convexam.grader.likeness.alike import Kind, Likeness, likenesses
from convexam.grader.likeness.sheets import Place, Sheet
from convexam.grader.likeness.written import Written, written

from .simulated import Answers, honest, honest_class, marked, name, paper, right, sheet, slipped

CLASS = 40
COPIER, NEIGHBOUR = 7, 8


@pytest.fixture(scope="module")
def everybody() -> list[Sheet]:
    return honest_class(CLASS, 1)


def answering(number: int, answers: dict[str, Answers], of: int | None = None) -> Sheet:
    """Return the sheet of a student who answers as said, and the rest right."""
    of = number if of is None else of
    return sheet(
        of, name(number), [marked(each, answers.get(each.item, right(each))) for each in paper(of).problems]
    )


def of(number: int, item: str) -> Problem:
    return next(problem for problem in paper(number).problems if problem.item == item)


def with_(everybody: Iterable[Sheet], *others: Sheet) -> list[Sheet]:
    instead = {each.student: each for each in others}
    return [instead.get(each.student, each) for each in everybody]


def pairs(found: Iterable[Likeness]) -> list[tuple[Kind, str, str]]:
    return [(each.kind, each.student, each.other) for each in found]


def test_who_copies_from_a_neighbour_of_another_variant_is_found(everybody: list[Sheet]) -> None:
    taken = {item: right(of(NEIGHBOUR, item)) for item in ("b1", "b2", "b3", "c1", "c2", "c4", "d1")}
    (found,) = likenesses(with_(everybody, answering(COPIER, taken)))
    assert (found.kind, found.student, found.other) == (Kind.KEY, name(COPIER), name(NEIGHBOUR))
    assert found.other_paper == paper(NEIGHBOUR).code
    assert {alike.place.item for alike in found.questions} >= {"b1", "b3", "d1"}
    assert found.expected < 1e-9


def test_a_single_map_is_enough_and_its_cells_are_told(everybody: list[Sheet]) -> None:
    (found,) = likenesses(with_(everybody, answering(COPIER, {"b3": right(of(NEIGHBOUR, "b3"))})))
    (alike,) = found.questions
    assert (found.other, alike.place.item, alike.equal) == (name(NEIGHBOUR), "b3", tuple(range(9)))
    keys = [written(_lists(right(of(number, "b3"))[alike.place.field])) for number in (COPIER, NEIGHBOUR)]
    assert set(alike.wrong) == keys[0].unlike(keys[1])


def _lists(value: object) -> object:
    return list(map(_lists, value)) if isinstance(value, tuple) else value


def test_a_map_copied_with_two_slips_is_found(everybody: list[Sheet]) -> None:
    key: Any = right(of(NEIGHBOUR, "b3"))["conv"]
    top, middle, bottom = key
    conv = ((top[0] + 1, *top[1:]), middle, (*bottom[:2], bottom[2] - 2))
    (found,) = likenesses(with_(everybody, answering(COPIER, {"b3": {"conv": conv}})))
    assert (found.other, found.questions[0].equal) == (name(NEIGHBOUR), tuple(range(1, 8)))


def test_a_map_of_the_neighbours_size_is_found() -> None:
    """Where the paper does not tell the size, a copied map may have another one than the right map."""
    place, random = Place("q", "Y"), Random(1)
    keys = [_drawn(size, random) for size in (2, 3, 4) * 20]
    sheets = [Sheet(name(number), f"paper {number}", {place: key}) for number, key in enumerate(keys)]
    copy = replace(sheets[0], wrong={place: keys[2]})
    (found,) = likenesses([copy, *sheets[1:]])
    assert (found.other, found.questions[0].wrong) == (name(2), tuple(range(16)))


def test_cells_that_are_right_on_one_paper_alone_are_told() -> None:
    place, random = Place("q", "Y"), Random(2)
    keys = [_drawn(4, random) for _ in range(40)]
    sheets = [Sheet(name(number), f"paper {number}", {place: key}) for number, key in enumerate(keys)]
    (found,) = likenesses([replace(sheets[0], wrong={place: keys[7]}), *sheets[1:]])
    others = [key for number, key in enumerate(keys) if number != 7]
    alone = [cell for cell in range(16) if all(keys[7].cells[cell] != key.cells[cell] for key in others)]
    assert found.questions[0].alone == tuple(alone)
    assert 0 < len(alone) < 16


def _drawn(size: int, random: Random) -> Written:
    return written([[random.randint(-40, 40) for _ in range(size)] for _ in range(size)])


def test_small_answers_tell_only_together(everybody: list[Sheet]) -> None:
    taken = {item: right(of(NEIGHBOUR, item)) for item in ("b2", "c1", "c2", "c4")}
    assert not likenesses(with_(everybody, answering(COPIER, {"c2": taken["c2"]})))
    more = {item: right(of(NEIGHBOUR, item)) for item in ("a2.1", "c3", "d1", "d2")}
    assert pairs(likenesses(with_(everybody, answering(COPIER, taken | more)))) == [
        (Kind.KEY, name(COPIER), name(NEIGHBOUR))
    ]


def test_equal_wrong_maps_on_different_papers_are_found_once(everybody: list[Sheet]) -> None:
    third = slipped(of(CLASS, "b3"), Random(1), 0.5)
    (found,) = likenesses(
        with_(everybody, answering(COPIER, {"b3": third}), answering(NEIGHBOUR, {"b3": third}))
    )
    assert (found.kind, found.student, found.other) == (Kind.WRONG, name(COPIER), name(NEIGHBOUR))


def test_two_who_copied_from_one_are_not_told_of_each_other(everybody: list[Sheet]) -> None:
    taken = {"b3": right(of(NEIGHBOUR, "b3"))}
    found = likenesses(with_(everybody, answering(COPIER, taken), answering(COPIER + 2, taken)))
    assert pairs(found) == [
        (Kind.KEY, name(COPIER), name(NEIGHBOUR)),
        (Kind.KEY, name(COPIER + 2), name(NEIGHBOUR)),
    ]


def test_the_owner_of_a_key_need_not_have_handed_in(everybody: list[Sheet]) -> None:
    """A paper that nobody handed in has keys as well."""
    found = likenesses(
        [
            *with_(everybody, answering(COPIER, {"b3": right(of(CLASS, "b3"))})),
            Sheet(name(CLASS), paper(CLASS).code, answering(CLASS, {}).keys),
        ]
    )
    assert pairs(found) == [(Kind.KEY, name(COPIER), name(CLASS))]


def test_counting_and_one_number_everywhere_are_no_evidence(everybody: list[Sheet]) -> None:
    counted: dict[str, Answers] = {
        "b3": {"conv": ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "relu": ((0, 0, 0),) * 3}
    }
    assert not likenesses(with_(everybody, answering(COPIER, counted), answering(NEIGHBOUR, counted)))


# -- papers that many have ------------------------------------------------------------------------


def test_on_one_paper_for_all_a_copied_sheet_is_found() -> None:
    shared = honest_class(CLASS, 2, of=dict.fromkeys(range(CLASS), 0))
    weak = {
        problem.item: slipped(problem, Random(problem.item), 0.4)
        for problem in paper(0).problems
        if problem.item in ("b1", "b2", "b3", "c1", "c2", "c3", "c4", "d1")
    }
    copies = (answering(COPIER, weak, of=0), answering(NEIGHBOUR, weak, of=0))
    (found,) = likenesses(with_(shared, *copies))
    assert (found.kind, found.student, found.other) == (Kind.SAME, name(COPIER), name(NEIGHBOUR))
    assert len(found.questions) >= 6


def test_a_mistake_that_several_make_on_one_paper_is_not_listed() -> None:
    """Nobody knows the mistake, and a fifth of the class makes it, in three questions."""
    shared = honest_class(CLASS, 3, of=dict.fromkeys(range(CLASS), 0))
    mistake = {item: slipped(of(0, item), Random(item), 0.5) for item in ("b1", "b3", "d1")}
    assert not likenesses(with_(shared, *(answering(number, mistake, of=0) for number in range(0, CLASS, 5))))


def test_of_a_version_that_many_have_the_number_is_told() -> None:
    dealt = honest_class(CLASS, 4, of={number: number % 4 for number in range(CLASS)})
    (found,) = likenesses(
        with_(dealt, answering(4, {"b1": right(of(1, "b1")), "b3": right(of(1, "b3"))}, of=0))
    )
    assert (found.other_paper, found.others) == (paper(1).code, CLASS // 4)


# -- honest classes -------------------------------------------------------------------------------


def test_an_honest_class_is_left_alone(everybody: list[Sheet]) -> None:
    assert sum(len(each.wrong) for each in everybody) > CLASS
    assert not likenesses(everybody)


@pytest.mark.sweep
@pytest.mark.parametrize("variants", [300, 4, 1])
def test_honest_classes_are_left_alone(variants: int) -> None:
    """At most one pair in twenty classes of three hundred, whether papers are shared or not."""
    dealt = {number: number % variants for number in range(300)}
    assert sum(len(likenesses(honest_class(300, seed, of=dealt))) for seed in range(20)) <= 1


# -- the whole ------------------------------------------------------------------------------------


def test_the_order_of_the_sheets_does_not_matter(everybody: list[Sheet]) -> None:
    copy = with_(everybody, answering(COPIER, {"b1": right(of(3, "b1")), "b3": right(of(9, "b3"))}))
    assert likenesses(copy) == likenesses(copy[::-1])


def test_all_that_is_compared_is_what_nothing_explains() -> None:
    alone = honest(5, Random(5), 5)
    assert Place("e1", "text") not in alone.wrong
    assert all(alone.keys[place] != answer for place, answer in alone.wrong.items())
