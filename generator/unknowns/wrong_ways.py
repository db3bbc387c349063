"""Known ways to go wrong when numbers of a convolution are recovered, as changes of what is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from ..changes import slip
from ..model import Case, Misconception
from ..sliding.worked import Pair
from .puzzle import Puzzle


class Wrong(NamedTuple):
    """Where a misconception applies to a given, and what it makes of the puzzle."""

    where: Callable[[Any], bool]
    change: Callable[[Puzzle], Puzzle]


def _always(_: Any) -> bool:
    return True


def _neighbours(puzzle: Puzzle) -> Puzzle:
    """Read the cell to the right of each output cell, or to the left at the end of a row."""
    output = puzzle.output

    def beside(cell: Pair) -> Pair:
        row, column = cell
        return (row, column + 1) if (row, column + 1) in output else (row, column - 1)

    return replace(puzzle, output={cell: output.get(beside(cell), output[cell]) for cell in output})


WRONG: dict[str, Wrong] = {
    "extra_flip": Wrong(_always, lambda puzzle: replace(puzzle, turned=True)),
    "no_flip": Wrong(_always, lambda puzzle: replace(puzzle, turned=False)),
    "transpose_kernel": Wrong(
        lambda given: len(given.kernel) == len(given.kernel[0]),
        lambda puzzle: replace(puzzle, transposed=True),
    ),
    "bias_forgotten": Wrong(
        lambda given: bool(given.bias) and not given.hidden_bias, lambda puzzle: replace(puzzle, bias=0)
    ),
    "known_added": Wrong(_always, lambda puzzle: replace(puzzle, sign=1)),
    "not_divided": Wrong(_always, lambda puzzle: replace(puzzle, divides=False)),
    "neighbour_output": Wrong(lambda given: not given.outputs, _neighbours),
    "ignore_padding": Wrong(
        lambda given: any(map(any, given.padding)),
        lambda puzzle: replace(puzzle, slide=replace(puzzle.slide, padding=((0, 0), (0, 0)))),
    ),
    "ignore_stride": Wrong(
        lambda given: given.stride != (1, 1),
        lambda puzzle: replace(puzzle, slide=replace(puzzle.slide, stride=(1, 1))),
    ),
}


def _where_used(operation: str, misconception: Misconception[Any]) -> Misconception[Any]:
    """Let a misconception apply on papers that mean this operation."""

    def change(case: Case[Any]) -> Case[Any] | None:
        return misconception.change(case) if case.conventions.operation == operation else None

    return replace(misconception, change=change)


def _misconception(name: str) -> Misconception[Any]:
    plain = slip(name, WRONG[name].where)
    operation = {"extra_flip": "cross-correlation", "no_flip": "convolution"}.get(name)
    return plain if operation is None else _where_used(operation, plain)


MISCONCEPTIONS = tuple(map(_misconception, WRONG))


def misread(puzzle: Puzzle, slips: frozenset[str]) -> Puzzle:
    """Return what somebody with these slips makes of a puzzle."""
    for name in sorted(slips):
        puzzle = WRONG[name].change(puzzle)
    return puzzle
