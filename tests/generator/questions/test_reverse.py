"""Hidden numbers: hand-computed cases, wrong ways, what determines them, and that they stay hidden."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.questions.reverse import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.generator.unknowns.cramer import determinant

from ...shipped import shipped_bank

BANK = shipped_bank()
RANDOM = [spec.id for spec in BANK if spec.type == "reverse" and spec.params is not None]
PLAIN = Conventions()
TURNED = Conventions(operation="convolution")
CONVENTIONS = [PLAIN, Conventions(operation="convolution", origin=1, rounding="ceil")]


def case(conventions: Conventions = PLAIN, **given: Any) -> Case[Given]:
    maps = {name: given[name].replace(";", "\n") for name in ("input", "kernel")}
    return Case(parse_value(Given, {**given, **maps}), conventions)


def answer(case: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(case, {}))


def wrong(case: Case[Given], name: str) -> dict[str, Any]:
    return dict(wrong_answers("reverse", case))[name]


def shown(case: Case[Given], name: str) -> tuple[Any, ...]:
    grid = TYPE.show(case)[name]
    assert isinstance(grid, Grid)
    return grid.rows


BASE: dict[str, Any] = {"input": "1 2 0;3 1 2;0 2 1", "kernel": "2 -1;1 3"}
"""Its output is 6 11; 11 5: 2 - 2 + 3 + 3, 4 - 0 + 1 + 6, 6 - 1 + 0 + 6 and 2 - 2 + 2 + 3."""

WEIGHT: dict[str, Any] = {**BASE, "hidden_weights": [[0, 0]], "outputs": [[0, 1]]}
BIAS: dict[str, Any] = {**BASE, "bias": 4, "hidden_bias": True, "outputs": [[1, 1]]}
PIXEL: dict[str, Any] = {**BASE, "bias": 5, "hidden_pixels": [[0, 1]], "outputs": [[0, 1]]}
BOTH: dict[str, Any] = {**BASE, "bias": 4, "hidden_weights": [[1, 1]], "hidden_bias": True}
KERNEL: dict[str, Any] = {**BASE, "hidden_weights": [[0, 0], [0, 1], [1, 0], [1, 1]]}

# -- known answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "output", "expected"),
    [
        (WEIGHT, ((None, 11), (None, None)), {"K_0_0": 2}),
        (BIAS, ((None, None), (None, 9)), {"b": 4}),
        (PIXEL, ((None, 16), (None, None)), {"X_0_1": 2}),
        (BOTH, ((10, 15), (15, 9)), {"K_1_1": 3, "b": 4}),
        (KERNEL, ((6, 11), (11, 5)), {"K_0_0": 2, "K_0_1": -1, "K_1_0": 1, "K_1_1": 3}),
        ({**BASE, "hidden_pixels": [[0, 0], [2, 2]]}, ((6, 11), (11, 5)), {"X_0_0": 1, "X_2_2": 1}),
        (
            {**BASE, "kernel": "2 -1;1 1/2", "hidden_weights": [[1, 1]]},
            ((Fraction(7, 2), 6), (6, Fraction(5, 2))),
            {"K_1_1": Fraction(1, 2)},
        ),
        # the corner of a padded image is seen by the last weight alone
        (
            {**BASE, "padding": 1, "stride": 3, "hidden_pixels": [[0, 0]], "outputs": [[0, 0]]},
            ((3, None), (None, None)),
            {"X_0_0": 1},
        ),
    ],
)
def test_known_answers(
    given: dict[str, Any], output: tuple[tuple[Any, ...], ...], expected: dict[str, Any]
) -> None:
    solved = case(**given)
    assert shown(solved, "Y") == output
    assert answer(solved) == expected == first_values(TYPE.second(solved))


def test_what_a_prompt_has_to_show() -> None:
    always = {"X", "K", "Y", "operation"}
    for given, more in ((WEIGHT, set()), (BIAS, set()), (PIXEL, {"b"})):
        asked = case(**given)
        assert set(TYPE.essential(asked)) == always | more <= set(TYPE.show(asked))


def test_names_follow_the_origin() -> None:
    assert answer(case(Conventions(origin=1), **WEIGHT)) == {"K_1_1": 2}


def test_a_true_convolution_gives_another_output_and_the_same_answer() -> None:
    solved = case(TURNED, **KERNEL)
    assert shown(solved, "Y") == ((4, 9), (14, 5))
    assert answer(solved) == answer(case(**KERNEL)) == first_values(TYPE.second(solved))


@pytest.mark.parametrize("conventions", CONVENTIONS)
@pytest.mark.parametrize("entry", RANDOM)
def test_what_was_hidden_is_found(entry: str, conventions: Conventions) -> None:
    """The solver sees what is shown; the numbers that were drawn are the only ones that fit it."""
    for number in range(2):
        stream = Stream(derive(b"reverse", [entry, str(number)]))
        origin = BANK.origins[entry]
        problem = draw_problem(BANK[entry], stream, item="q", origin=origin, conventions=conventions)
        given, first = problem.case.given, conventions.origin
        drawn = {f"K_{r + first}_{c + first}": given.kernel[r][c] for r, c in given.hidden_weights}
        drawn |= {f"X_{r + first}_{c + first}": given.input[r][c] for r, c in given.hidden_pixels}
        drawn |= {"b": given.bias} if given.hidden_bias else {}
        assert first_values(problem.key) == drawn


@pytest.mark.parametrize(
    ("rows", "value"),
    [([[5]], 5), ([[1, 2], [3, 4]], -2), ([[2, 0, 1], [1, 3, 2], [1, 1, 1]], 0), ([[0, 1], [1, 0]], -1)],
)
def test_determinants(rows: list[list[int]], value: int) -> None:
    assert determinant([[Fraction(cell) for cell in row] for row in rows]) == value


# -- hidden numbers stay hidden -----------------------------------------------------------------


@pytest.mark.parametrize("entry", RANDOM)
def test_hidden_numbers_are_not_shown(entry: str) -> None:
    problem = draw_problem(
        BANK[entry], Stream(derive(b"reverse", [entry])), item="q", origin=BANK.origins[entry]
    )
    given = problem.case.given
    for name, rows, hidden in (
        ("X", given.input, given.hidden_pixels),
        ("K", given.kernel, given.hidden_weights),
    ):
        drawn = shown(problem.case, name)
        for row, column in product(range(len(rows)), range(len(rows[0]))):
            expected = "?" if (row, column) in hidden else rows[row][column]
            assert drawn[row][column] == expected
    if given.hidden_bias:
        assert TYPE.show(problem.case)["b"] == Symbol("b")


# -- wrong answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        # Y[0, 1] = 11 is 2w - 0 + 1 + 6, so w = 2
        (WEIGHT, "known_added", {"K_0_0": 9}),
        (WEIGHT, "not_divided", {"K_0_0": 4}),
        # turned, the hidden weight meets the last pixel of the window: 2*3 + 0*1 + 1*(-1) + 2w = 11
        (WEIGHT, "extra_flip", {"K_0_0": 3}),
        # transposed: 2w + 0*1 + 1*(-1) + 2*3 = 11
        (WEIGHT, "transpose_kernel", {"K_0_0": 3}),
        # Y[1, 1] + b is 9 = 2 - 2 + 2 + 3 + b
        (BIAS, "known_added", {"b": 14}),
        # 2x - 0 + 1 + 6 + 5 = 16
        (PIXEL, "bias_forgotten", {"X_0_1": Fraction(9, 2)}),
        (PIXEL, "known_added", {"X_0_1": 14}),
        # Y[0, 0] read in the place of Y[0, 1]: 2w + 7 = 6
        ({**WEIGHT, "outputs": []}, "neighbour_output", {"K_0_0": 7}),
        # without padding the first window lies on the image: 2x - 2 + 3 + 3 = 3
        (
            {**BASE, "padding": 1, "stride": 3, "hidden_pixels": [[0, 0]], "outputs": [[0, 0]]},
            "ignore_padding",
            {"X_0_0": Fraction(-1, 2)},
        ),
    ],
)
def test_wrong_answers(given: dict[str, Any], name: str, expected: dict[str, Any]) -> None:
    assert wrong(case(**given), name) == expected


def test_a_neighbouring_cell_gives_the_answer_of_its_own_number() -> None:
    """The first cell is read as 11, which stands to its right: w*1 - 2 + 3 + 3 = 11."""
    assert wrong(case(**WEIGHT | {"outputs": []}), "neighbour_output") == {"K_0_0": 11 - 4}


def test_the_stride_tells_which_window_a_cell_belongs_to() -> None:
    """The cell is w - 4 + 3 + 6; of the window one cell along it would be w - 2 + 2 + 3."""
    given = {**BASE, "input": "1 2 0 1;3 1 2 0;0 2 1 4;1 1 3 2", "stride": 2}
    solved = case(**given, hidden_weights=[[0, 0]], outputs=[[1, 1]])
    assert shown(solved, "Y") == ((None, None), (None, 7))
    assert answer(solved) == {"K_0_0": 2}
    assert wrong(solved, "ignore_stride") == {"K_0_0": 4}


def test_a_turned_kernel_is_a_mistake_only_where_it_stands_as_it_is() -> None:
    assert "no_flip" not in dict(wrong_answers("reverse", case(**KERNEL)))
    turned = {"K_0_0": 3, "K_0_1": 1, "K_1_0": -1, "K_1_1": 2}
    assert wrong(case(**KERNEL), "extra_flip") == wrong(case(TURNED, **KERNEL), "no_flip") == turned


# -- worked steps -------------------------------------------------------------------------------


def formulas(solved: Case[Given]) -> list[str]:
    return [plain_formula(step.latex) for step in TYPE.work(solved) if isinstance(step, Symbol)]


def test_one_unknown_is_written_out() -> None:
    assert [" ".join(line.split()) for line in formulas(case(**WEIGHT))] == [
        "(1) Y₀,₁ = 2 · K₀,₀ + 0 · (−1) + 1 · 1 + 2 · 3 = 11",
        "(1) 2 · K₀,₀ = 11 − 7 = 4",
        "K₀,₀ = 4/2 = 2",
    ]


def test_two_equations_that_both_hold_two_unknowns_are_combined() -> None:
    found = [" ".join(line.split()) for line in formulas(case(**BOTH, outputs=[[0, 0], [0, 1]]))]
    assert found[2:] == [
        "(1) K₁,₁ + b = 10 − 3 = 7",
        "(2) 2 · K₁,₁ + b = 15 − 5 = 10",
        "(2) K₁,₁ = 3",
        "(1) b = 4",
    ]


def test_the_solved_kernel_is_drawn_with_what_was_found() -> None:
    *_, last = TYPE.work(case(**WEIGHT))
    assert last == Grid(((2, -1), (1, 3)), "K", marked=frozenset({(0, 0)}))


def test_the_window_of_the_first_equation_is_marked_and_hides_what_is_hidden() -> None:
    first = next(iter(TYPE.work(case(**PIXEL, padding=0))))
    assert isinstance(first, Message)
    image = first.values["X"]
    assert isinstance(image, Grid)
    assert image.rows[0] == (1, "?", 0)
    assert image.marked == {(0, 1), (0, 2), (1, 1), (1, 2)}


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (BASE, "hide 1 to 4 numbers, found 0"),
        ({**KERNEL, "hidden_bias": True}, "hide 1 to 4 numbers, found 5"),
        ({**BASE, "hidden_weights": [[0, 0]], "hidden_pixels": [[1, 1]]}, "two unknowns are multiplied"),
        ({**WEIGHT, "hidden_weights": [[2, 0]]}, "'hidden_weights' names a cell outside"),
        ({**WEIGHT, "hidden_weights": [[0, 0], [0, 0]]}, "stands here twice"),
        ({**WEIGHT, "outputs": [[0, 2]]}, "'outputs' names a cell outside"),
        ({**KERNEL, "outputs": [[0, 0], [0, 1], [1, 0]]}, "does not determine"),
        ({**BASE, "hidden_pixels": [[0, 0]], "outputs": [[1, 1]]}, "does not determine"),
        ({**KERNEL, "input": "1 1 1;1 1 1;1 1 1"}, "does not determine"),
        ({**WEIGHT, "stride": 2}, "needs to end with the padded image"),
        ({**WEIGHT, "kernel": ";".join(["1 " * 6] * 6), "input": ";".join(["1 " * 6] * 6)}, "too large"),
    ],
)
def test_what_cannot_be_given(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        case(**given)


def test_draws_that_do_not_determine_are_refused() -> None:
    flat = {"shape": [3, 3], "from": 1, "to": 1}
    params = parse_value(
        Params, {"input": flat, "kernel": {"shape": [2, 2], "from": 1, "to": 3}, "hidden_weights": 2}
    )
    with pytest.raises(Refused, match="does not determine"):
        TYPE.draw(params, Stream(derive(b"reverse", ["refused"])))
