"""The steps to one cell of a map end with what the key holds there, for every entry that has such maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.compose import draw_problem
from convexam.generator.document import Symbol
from convexam.generator.figures.model import Cell, Figures, Grid
from convexam.generator.model import Field, Rounded, Step
from convexam.generator.papers import Problem
from convexam.generator.render.html import fragment
from convexam.generator.render.look import SCREEN
from convexam.generator.sliding.worked import result
from convexam.generator.streams import Stream, derive
from convexam.generator.text import document

from ..shipped import shipped_bank

BANK = shipped_bank()
ENTRIES = [spec.id for spec in BANK if registry.get(spec.type).work_at is not None]
MOST_CELLS = 3
KINDS = {
    "conv2d",
    "conv1d",
    "pool",
    "pipeline",
    "transposed_conv",
    "convolution_or_correlation",
    "equivariance",
}


def drawn(entry: str) -> Problem:
    stream = Stream(derive(b"work at", [entry]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


def test_the_kinds_that_slide_windows_have_them() -> None:
    assert {BANK[entry].type for entry in ENTRIES} >= KINDS


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_steps_to_a_cell_end_with_its_value(entry: str) -> None:
    problem = drawn(entry)
    for field, rows, (row, column) in some_cells(problem):
        steps = steps_to(problem, field.name, (row, column))
        if steps and field.name != "products":
            digits = field.rule.digits if isinstance(field.rule, Rounded) else None
            formulas = [step.latex for step in steps if isinstance(step, Symbol)]
            assert fragment(document(steps, SCREEN.translate), SCREEN)
            assert any(map(is_marked, steps)) or not rows[row][column]
            assert not formulas or formulas[-1].endswith(result(rows[row][column], digits))


def some_cells(problem: Problem) -> Iterator[tuple[Field, Any, Cell]]:
    """Yield cells of all maps that are right."""
    for field in registry.get(problem.spec.type).ask(problem.case):
        for rows in problem.key[field.name] if field.kind == "tensor" else ():
            cells = [(row, column) for row, line in enumerate(rows) for column in range(len(line))]  # type: ignore[arg-type]
            for cell in cells[:: max(1, len(cells) // MOST_CELLS)]:
                yield field, rows, cell


def steps_to(problem: Problem, field: str, cell: Cell) -> tuple[Step, ...]:
    work_at = registry.get(problem.spec.type).work_at
    return tuple(work_at(problem.case, field, cell)) if work_at else ()


def is_marked(step: object) -> bool:
    if isinstance(step, Figures):
        return any(map(is_marked, step.members))
    return isinstance(step, Grid) and bool(step.marked)


def test_steps_without_windows_have_none() -> None:
    problem = drawn("pipeline/conv-relu")
    assert steps_to(problem, "conv", (0, 0))
    assert not steps_to(problem, "relu", (0, 0))
