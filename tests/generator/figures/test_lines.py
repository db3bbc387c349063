"""What a line of a grid looks like follows from the two cells that it parts."""

from __future__ import annotations

import re

import pytest

from convexam.generator.figures.lines import grid_lines
from convexam.generator.figures.model import Grid

Cells = frozenset[tuple[int, int]]


def lengths(grid: Grid) -> dict[str, float]:
    """Total length of the lines, in cells, by their width; dashes are told apart."""
    found = {}
    for path in grid_lines(grid, 1, 1):
        data = re.search(r' d="([^"]+)"', path)
        width = re.search(r'stroke-width="([^"]+)"', path)
        assert data
        assert width
        name = "dashed" if "dasharray" in path else width[1]
        found[name] = sum(float(length) for length in re.findall(r"[hv]([\d.]+)", data[1]))
    return found


@pytest.mark.parametrize(
    ("marked", "faint", "expected"),
    [
        pytest.param(set(), set(), {"1.3": 8, "0.7": 4}, id="a frame and inner lines"),
        pytest.param({(0, 0)}, set(), {"2.8": 4, "1.3": 6, "0.7": 2}, id="one marked cell has all its sides"),
        pytest.param({(0, 0), (0, 1)}, set(), {"2.8": 6, "1.3": 4, "0.7": 2}, id="no thick line inside"),
        pytest.param(
            set(), {(0, 0), (0, 1)}, {"dashed": 5, "1.3": 6, "0.7": 1}, id="the frame parts the faint"
        ),
        pytest.param({(0, 0)}, {(0, 0)}, {"2.8": 4, "1.3": 6, "0.7": 2}, id="marked wins over faint"),
    ],
)
def test_lines_of_two_by_two(
    marked: set[tuple[int, int]], faint: set[tuple[int, int]], expected: dict[str, float]
) -> None:
    grid = Grid(((1, 2), (3, 4)), marked=frozenset(marked), faint=frozenset(faint))
    assert lengths(grid) == expected
    assert sum(expected.values()) == 12
