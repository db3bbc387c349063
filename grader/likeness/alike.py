"""Which wrong answers are like those of somebody else, more than chance makes them: for a person to look at.

Three kinds are told apart. An answer that is wrong on a student's own paper but right on another's; equal
wrong answers on papers that ask otherwise; and equal wrong answers to the very same question. The first two
are rarer than any mistake if enough cells are equal. In the third a mistake that many make shows as well, so
there an answer tells no more than its share of the wrong ones says, and several questions have to agree.

Answers are found by what stands in them, so the work grows with the class and not with its pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from enum import StrEnum
from itertools import combinations
from math import comb
from typing import TypeAlias, TypeVar

from ...generator.frozen import frozen
from .chance import RARE, Numbers, expected
from .sheets import Place, Sheet
from .written import Run, Written

T = TypeVar("T")
U = TypeVar("U")

_MOST = 20  # who have the same: what more have is common, and tells nothing of any two of them


class Kind(StrEnum):
    """In what answers are alike."""

    KEY = "right on another paper"
    WRONG = "equally wrong on another paper"
    SAME = "equally wrong in the same question"


@frozen
class Alike:
    """One answer that is like another.

    Attributes
    ----------
    place
        The question.
    answer
        What the student wrote.
    equal
        The cells that are the same.
    wrong
        Those of them that are wrong on the student's own paper.
    chance
        A bound on the chance that these two are so much alike.
    alone
        The wrong cells that are right on the other paper and on no third one.
    """

    place: Place
    answer: Written
    equal: tuple[int, ...]
    wrong: tuple[int, ...]
    chance: float
    alone: tuple[int, ...] = ()


@frozen
class Likeness:
    """Two sheets that are worth a look.

    Attributes
    ----------
    kind
        In what they are alike.
    student, paper
        Whose answers.
    other, other_paper
        Of whom they remind: somebody who has that paper.
    others
        How many have that paper; more than one where it is shared.
    questions
        The best answer of each question that is alike, in the order of the paper.
    expected
        How many pairs as much alike are expected by chance in the whole class, at most.
    """

    kind: Kind
    student: str
    paper: str
    other: str
    other_paper: str
    others: int
    questions: tuple[Alike, ...]
    expected: float


_Cell: TypeAlias = tuple[int, int, int, str | None]
"""What stands in a cell of a map of some size."""

_Pairs: TypeAlias = dict[tuple[int, int], dict[str, Alike]]
"""The best likeness in each question, of two sheets by their number."""


def likenesses(sheets: Iterable[Sheet]) -> tuple[Likeness, ...]:
    """Return all pairs that are worth a look, those that chance explains least first."""
    known = sorted(sheets, key=lambda sheet: (sheet.student, sheet.paper))
    found = list(_stated(known, Kind.KEY, _keys_met(known)))
    told = {(each.student, alike.place) for each in found for alike in each.questions}
    rest = [_without(sheet, told) for sheet in known]
    found += _stated(rest, Kind.WRONG, _equally_wrong(rest))
    found += _stated(rest, Kind.SAME, _same_question(rest))
    return tuple(sorted(found, key=lambda each: (each.expected, each.student, each.other, each.kind)))


def _without(sheet: Sheet, told: set[tuple[str, Place]]) -> Sheet:
    """Leave out what was found on another paper: then two who took it from there are not told again."""
    wrong = {place: answer for place, answer in sheet.wrong.items() if (sheet.student, place) not in told}
    return sheet if len(wrong) == len(sheet.wrong) else replace(sheet, wrong=wrong)


# -- one question after the other -----------------------------------------------------------------


def _keys_met(sheets: Sequence[Sheet]) -> _Pairs:
    pairs: _Pairs = defaultdict(dict)
    first = _first_of_papers(sheets)
    for place in _places(sheets):
        holders = _grouped(
            (sheets[number].keys[place], number) for number in first if place in sheets[number].keys
        )
        answers = [
            (number, sheet, sheet.wrong[place], sheet.wrong[place].unlike(sheet.keys[place]))
            for number, sheet in enumerate(sheets)
            if place in sheet.wrong
        ]
        sought = {run for _, _, answer, own in answers for run in answer.runs(own)}
        numbers, index, papers = Numbers(holders), _indexed(holders, sought), _cells(holders)
        for number, sheet, answer, own in answers:
            for key in _candidates(answer, own, index):
                alike = _alike(place, answer, key, own, numbers, len(holders[key]) / len(first))
                alone = tuple(cell for cell in alike.wrong if papers[_cell(key, cell)] == 1)
                alike = replace(alike, alone=alone)
                for other in _few(holders[key]):
                    if sheets[other].student != sheet.student:
                        _note(pairs, (number, other), alike)
    return pairs


def _equally_wrong(sheets: Sequence[Sheet]) -> _Pairs:
    pairs: _Pairs = defaultdict(dict)
    for place in _places(sheets):
        wrong = _grouped(
            (sheet.wrong[place], number) for number, sheet in enumerate(sheets) if place in sheet.wrong
        )
        count = sum(map(len, wrong.values()))
        numbers = Numbers([*wrong, *(sheet.keys[place] for sheet in sheets if place in sheet.keys)])
        index = _indexed(wrong)
        for answer, holders in wrong.items():
            for number in _few(holders):
                own = answer.unlike(sheets[number].keys[place])
                for like in _candidates(answer, own, index):
                    for other in _few(wrong[like]):
                        if number < other and _asked_otherwise(sheets[number], sheets[other], place.item):
                            both = own & like.unlike(sheets[other].keys[place])
                            share = len(wrong[like]) / count
                            _note(pairs, (number, other), _alike(place, answer, like, both, numbers, share))
    return pairs


def _same_question(sheets: Sequence[Sheet]) -> _Pairs:
    pairs: _Pairs = defaultdict(dict)
    for place in _places(sheets):
        variants = _grouped(
            (sheet.variant(place.item), number) for number, sheet in enumerate(sheets) if place in sheet.wrong
        )
        for numbers in variants.values():
            for answer, holders in _grouped(
                (sheets[number].wrong[place], number) for number in numbers
            ).items():
                equal = tuple(range(len(answer.cells)))
                own = tuple(sorted(answer.unlike(sheets[holders[0]].keys[place])))
                alike = Alike(place, answer, equal, own, len(holders) / len(numbers))
                for pair in combinations(_few(holders), 2):
                    _note(pairs, pair, alike)
    return pairs


def _asked_otherwise(one: Sheet, other: Sheet, item: str) -> bool:
    return one.student != other.student and one.variant(item) != other.variant(item)


def _alike(
    place: Place, answer: Written, other: Written, own: frozenset[int], numbers: Numbers, share: float
) -> Alike:
    """Compare two answers; only cells that are wrong on the student's own paper tell something."""
    equal = answer.like(other)
    wrong = tuple(cell for cell in equal if cell in own)
    chance = numbers.chance(answer, wrong, len(own)) if answer.is_map else share
    return Alike(place, answer, equal, wrong, chance if wrong else 1.0)


def _note(pairs: _Pairs, pair: tuple[int, int], alike: Alike) -> None:
    """Keep the best likeness of a question: the answers to one question are no evidence apart."""
    if alike.chance >= 1:
        return
    before = pairs[pair].get(alike.place.item)
    if before is None or alike.chance < before.chance:
        pairs[pair][alike.place.item] = alike


# -- finding answers by what stands in them -------------------------------------------------------


def _places(sheets: Sequence[Sheet]) -> list[Place]:
    return sorted({place for sheet in sheets for place in sheet.wrong})


def _first_of_papers(sheets: Sequence[Sheet]) -> list[int]:
    """Return one sheet of each paper."""
    return list({sheet.paper: number for number, sheet in reversed(list(enumerate(sheets)))}.values())


def _grouped(pairs: Iterable[tuple[T, U]]) -> dict[T, list[U]]:
    groups: dict[T, list[U]] = defaultdict(list)
    for what, member in pairs:
        groups[what].append(member)
    return groups


def _few(sheets: list[int]) -> list[int]:
    """Return who have the same answer; nobody where they are too many to tell anything of any two of them."""
    return sheets if len(sheets) <= _MOST else []


def _cells(holders: Mapping[Written, list[int]]) -> Counter[_Cell]:
    """Count the papers on which a number stands in a cell."""
    papers: Counter[_Cell] = Counter()
    for key, those in holders.items():
        for place in range(len(key.cells)):
            papers[_cell(key, place)] += len(those)
    return papers


def _cell(written: Written, place: int) -> _Cell:
    return written.rows, written.columns, place, written.cells[place]


def _indexed(values: Iterable[Written], sought: Set[Run] | None = None) -> Mapping[Run, list[Written]]:
    """Return where every few cells in a row stand, or those that are sought; what many have is left out."""
    index: dict[Run, list[Written]] = defaultdict(list)
    for value in values:
        for run in value.runs(frozenset(range(len(value.cells)))):
            if sought is None or run in sought:
                index[run].append(value)
    return {run: found for run, found in index.items() if len(found) <= _MOST}


def _candidates(
    answer: Written, own: frozenset[int], index: Mapping[Run, list[Written]]
) -> Iterator[Written]:
    """Return what has some wrong cells in common, each once."""
    yield from dict.fromkeys(found for run in answer.runs(own) for found in index.get(run, ()))


# -- what is stated -------------------------------------------------------------------------------


def _stated(sheets: Sequence[Sheet], kind: Kind, pairs: _Pairs) -> Iterator[Likeness]:
    """Return the pairs that are expected less than once in a thousand classes."""
    comparisons = _comparisons(sheets, kind)
    holders = _grouped((sheet.paper, sheet.student) for sheet in sheets)
    for (one, two), questions in pairs.items():
        sheet, other = sheets[one], sheets[two]
        possible = len(sheet.items) if kind is Kind.KEY else len(sheet.items & other.items)
        chance = expected((alike.chance for alike in questions.values()), comparisons, possible)
        if chance <= RARE:
            order = {place.item: number for number, place in enumerate(sheet.keys)}
            alikes = tuple(sorted(questions.values(), key=lambda alike: order[alike.place.item]))
            others = len(holders[other.paper]) if kind is Kind.KEY else 1
            yield Likeness(
                kind, sheet.student, sheet.paper, other.student, other.paper, others, alikes, chance
            )


def _comparisons(sheets: Sequence[Sheet], kind: Kind) -> list[int]:
    """Count the pairs that could be alike in 0, 1, 2 ... questions."""
    counts = [len(sheet.items) for sheet in sheets]
    able = [sum(count >= least for count in counts) for least in range(max(counts, default=0) + 1)]
    papers = len({sheet.paper for sheet in sheets})
    return [count * papers if kind is Kind.KEY else comb(count, 2) for count in able]
