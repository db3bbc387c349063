"""Maps put down in another arrangement."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import pytest

from convexam.generator.values import nested

from .samples import conv, explained, key, names, of, problem, rows

WIDE = problem(conv("3 -1 4 1 5 9;-2 6 5 3 5 8;-9 7 9 3 2 3;8 -4 6 2 6 4", "2 -1;1 4"))  # 3 x 5


def arranged(how: Any) -> dict[str, Any]:
    return {"Y": nested(how(np.array(key(WIDE)["Y"], dtype=object)))}


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("transposed", np.transpose),
        ("columns_reversed", np.fliplr),
        ("rows_reversed", np.flipud),
        ("turned", lambda cells: np.rot90(cells, 2)),
        ("turned_left", np.rot90),
        ("turned_right", lambda cells: np.rot90(cells, -1)),
        ("shifted_up", lambda cells: np.roll(cells, -1, axis=0)),
        ("shifted_down", lambda cells: np.roll(cells, 1, axis=0)),
        ("shifted_left", lambda cells: np.roll(cells, -1, axis=1)),
        ("shifted_right", lambda cells: np.roll(cells, 1, axis=1)),
        ("filled_by_columns", lambda cells: cells.reshape(5, 3).T),
        ("reshaped", lambda cells: cells.reshape(5, 3)),
        ("reshaped", lambda cells: cells.reshape(1, 15)),
    ],
)
def test_rearrangements(name: str, how: Any) -> None:
    assert names(WIDE, arranged(how)) == (name,)


def test_the_rim_of_a_shifted_map_may_hold_anything() -> None:
    shifted = np.roll(np.array(key(WIDE)["Y"], dtype=object), 1, axis=0)
    shifted[0] = 0
    found = explained(WIDE, {"Y": nested(shifted)}).finding
    assert found is not None
    assert found.names == ("shifted_down",)
    assert str(found.evidence) == "Cells that agree with this: 10 of 15; right: 0 of 15."


def test_maps_in_each_others_place() -> None:
    """Three maps, of which no misconception swaps the first two."""
    kernels = [["2 -1\n1 4"], ["1 3\n-2 5"], ["7 1\n2 -3"]]
    asked = problem(of("conv2d", input=["3 -1 4 1\n9 -2 6 5\n5 8 -9 7"], kernel=kernels))
    right = key(asked)
    assert names(asked, right | {"Y0": right["Y1"], "Y1": right["Y0"]}) == ("maps_swapped",)


def test_several_maps_are_rearranged_alike() -> None:
    asked = problem(
        of("conv2d", input=["3 -1 4 1\n9 -2 6 5\n5 8 -9 7"], kernel=[["2 -1\n1 4"], ["1 3\n-2 5"]])
    )
    right = key(asked)
    upside_down = {name: value[::-1] for name, value in right.items()}
    assert names(asked, upside_down) == ("rows_reversed",)
    mixed = upside_down | {"Y1": tuple(row[::-1] for row in right["Y1"])}
    assert names(asked, mixed) == ()


def test_where_two_fit_none_is_named() -> None:
    """Turned and mirrored, this map is the same."""
    asked = problem(conv("12 34 56;78 90 23;12 34 56", "1"))
    answers = {"Y": tuple(row[::-1] for row in key(asked)["Y"])}
    found = explained(asked, answers)
    assert found.finding is None


@pytest.mark.parametrize("answer", ["0 1;1 0", "1 1;0 1"])
def test_few_small_numbers_are_no_evidence(answer: str) -> None:
    asked = problem(
        of("pool", kind="max", input=["1 0 0 1\n0 0 0 0\n0 0 1 0\n0 0 0 0"], window=2), type_="pool"
    )
    assert key(asked) == {"Y": ((1, 1), (0, 1))}
    assert explained(asked, {"Y": rows("1 0;1 1")}).finding is None


def test_one_number_written_twice_is_no_shift() -> None:
    asked = problem(of("conv1d", input="93750 113163 144778", kernel=["-1 1"]), type_="conv1d")
    assert key(asked) == {"Y": ((19413, 31615),)}
    assert names(asked, {"Y": rows("31615 31615")}) == ()
    assert names(asked, {"Y": rows("31615 19413")}) == ("columns_reversed",)


def test_right_values_anywhere_are_no_rearrangement() -> None:
    cells = sorted(chain.from_iterable(key(WIDE)["Y"]))
    assert names(WIDE, {"Y": tuple(tuple(cells[start : start + 5]) for start in (0, 5, 10))}) == ()
