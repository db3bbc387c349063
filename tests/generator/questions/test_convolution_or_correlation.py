"""Both operations on the same numbers: answers written down by hand, typical wrong ones, and properties.

Most kernels hold powers of ten, so that every number of an output spells out the cells of its window: under
``1000 100;10 1`` the window ``1 2;4 5`` becomes 1245 as it stands, and 5421 where the kernel is turned.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Lines, Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Effort, Refused
from convexam.generator.papers import Problem
from convexam.generator.questions.convolution_or_correlation import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.sliding.kernel_symmetry import MOTIONS, changes_sign, draw_symmetric
from convexam.generator.sliding.kernels import turned
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

BANK = shipped_bank()
TURNED = Conventions(operation="convolution")
ORIGIN_1 = Conventions(origin=1)


def block(text: str) -> str:
    return text.replace(";", "\n")


def rows(text: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        tuple(Fraction(cell) if "/" in cell else int(cell) for cell in line.split())
        for line in text.split(";")
    )


def compute(input: str, kernel: str, **more: Any) -> Given:  # noqa: A002
    data = {"ask": "compute", "input": block(input), "kernels": [block(kernel)], **more}
    return parse_value(Given, data)


def made(input: str, kernel: str, maker: str, **more: Any) -> Given:  # noqa: A002
    data = {"ask": "made", "made": maker, "input": block(input), "kernels": [block(kernel)], **more}
    return parse_value(Given, data)


def agree(*kernels: str, **more: Any) -> Given:
    return parse_value(Given, {"ask": "agree", "kernels": [block(kernel) for kernel in kernels], **more})


def answer(given: Given, conventions: Conventions = Conventions()) -> dict[str, Any]:  # noqa: B008
    """Solve in both ways."""
    key = TYPE.solve(Case(given, conventions), {})
    assert key == TYPE.second(Case(given, conventions))
    return first_values(key)


def wrong(given: Given) -> dict[str, dict[str, Any]]:
    return dict(wrong_answers("convolution_or_correlation", Case(given)))


# -- both maps ----------------------------------------------------------------------------------

NINE = "1 2 3;4 5 6;7 8 9"
READS = "1000 100;10 1"
SQUARE = compute(NINE, READS)
ROW = compute("1 2 3 4 5", "100 10 1")

ANSWERS = {
    "key": ("1245 2356;4578 5689", "5421 6532;8754 9865"),
    "operations_swapped": ("5421 6532;8754 9865", "1245 2356;4578 5689"),
    "no_flip": ("1245 2356;4578 5689", "1245 2356;4578 5689"),
    "extra_flip": ("5421 6532;8754 9865", "5421 6532;8754 9865"),
    "flip_rows_only": ("1245 2356;4578 5689", "4512 5623;7845 8956"),
    "flip_columns_only": ("1245 2356;4578 5689", "2154 3265;5487 6598"),
    "transpose_kernel": ("1245 2356;4578 5689", "1425 2536;4758 5869"),
    "started_late": ("5689 6090;8900 9000", "9865 906;98 9"),
    "convolution_from_the_start": ("1245 2356;4578 5689", "1000 2100;4010 5421"),
}
ROW_ANSWERS = {
    "key": ("123 234 345", "321 432 543"),
    "operations_swapped": ("321 432 543", "123 234 345"),
    "no_flip": ("123 234 345", "123 234 345"),
    "extra_flip": ("321 432 543", "321 432 543"),
    "flip_rows_only": ("123 234 345", "123 234 345"),
    "flip_columns_only": ("123 234 345", "321 432 543"),
    "started_late": ("234 345 450", "432 543 54"),
    "convolution_from_the_start": ("123 234 345", "100 210 321"),
}


@pytest.mark.parametrize(("given", "table"), [(SQUARE, ANSWERS), (ROW, ROW_ANSWERS)], ids=["map", "row"])
def test_both_maps_and_all_wrong_ones(given: Given, table: dict[str, tuple[str, str]]) -> None:
    expected = {
        name: {"correlation": rows(one), "convolution": rows(other)} for name, (one, other) in table.items()
    }
    assert answer(given) == expected.pop("key")
    assert wrong(given) == expected


def test_the_operation_of_the_paper_changes_nothing() -> None:
    given = compute(NINE, READS, library=True)
    assert answer(given) == answer(given, TURNED)
    assert TYPE.show(Case(given)) == TYPE.show(Case(given, TURNED))


def test_one_cell() -> None:
    """[a..i] with [1..9]: a*1+...+i*9, and turned i*1+h*2+...+a*9."""
    a, b, c, d, e, f, g, h, i = 2, 0, 1, 3, 1, 0, 0, 4, 5
    given = compute(f"{a} {b} {c};{d} {e} {f};{g} {h} {i}", NINE, cell=[0, 0])
    assert answer(given) == {
        "correlation": a * 1 + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9,
        "convolution": i * 1 + h * 2 + g * 3 + f * 4 + e * 5 + d * 6 + c * 7 + b * 8 + a * 9,
    }
    assert answer(given) == {"correlation": 99, "convolution": 61}


def test_the_differences_of_the_lectures_change_their_sign() -> None:
    given = compute("2 5 1 4 3 7", "-1 0 1")
    assert answer(given) == {"correlation": ((-1, -1, 2, 3),), "convolution": ((1, 1, -2, -3),)}


@pytest.mark.parametrize("kernel", ["1/9 1/9 1/9;1/9 1/9 1/9;1/9 1/9 1/9", "1 0 1;0 1 0;1 0 1", "1 2;2 1"])
def test_symmetric_kernels_give_the_same_map_twice(kernel: str) -> None:
    maps = answer(compute("3 1 4 1;5 9 2 6;5 3 5 8;9 7 9 3", kernel))
    assert maps["correlation"] == maps["convolution"]


def test_a_row_may_be_typed_as_a_column() -> None:
    spec = BANK["convolution_or_correlation/differences"]
    case = Case(spec.given)
    problem = Problem("q", spec, case, spec.points, TYPE.solve(case, {}))
    typed = {"correlation": "-1\n-1\n2\n3", "convolution": "1, 1, -2, -3", "library": "cross correlation"}
    marked = mark_problem(problem, typed)
    assert marked.points == marked.of


# -- which a library computes -------------------------------------------------------------------


def test_a_library_computes_the_cross_correlation() -> None:
    given = compute(NINE, READS, library=True)
    assert answer(given)["library"] == "cross-correlation"
    assert wrong(given)["library_convolution"] == {**answer(given), "library": "convolution"}
    assert {name for name, values in wrong(given).items() if values["library"] == "convolution"} == {
        "library_convolution"
    }


def test_the_constant_answer_is_worth_little() -> None:
    fields = TYPE.ask(Case(compute(NINE, READS, library=True)))
    assert [field.name for field in fields] == ["correlation", "convolution", "library"]
    assert fields[-1].weight / sum(field.weight for field in fields) == Fraction(1, 9)
    assert [field.name for field in TYPE.ask(Case(SQUARE))] == ["correlation", "convolution"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("cross-correlation", True), ("Correlation", True), ("convolution", False), ("true convolution", False)],
)
def test_names_of_operations_are_read(typed: str, right: bool) -> None:
    spec = BANK["convolution_or_correlation/differences"]
    case = Case(spec.given)
    problem = Problem("q", spec, case, spec.points, TYPE.solve(case, {}))
    marks = {mark.field: mark.credit for mark in mark_problem(problem, {"library": typed}).marks}
    assert marks["library"] == int(right)


# -- which made it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("maker", "output", "key"),
    [
        ("as_it_stands", "1245 2356;4578 5689", "cross-correlation"),
        ("turned", "5421 6532;8754 9865", "convolution"),
        ("upside_down", "4512 5623;7845 8956", "neither"),
        ("mirrored", "2154 3265;5487 6598", "neither"),
        ("transposed", "1425 2536;4758 5869", "neither"),
    ],
)
def test_who_made_an_output(maker: str, output: str, key: str) -> None:
    given = made(NINE, READS, maker)
    assert TYPE.show(Case(given))["output"] == Grid(rows(output), "Y")
    assert answer(given) == {"made": key}


@pytest.mark.parametrize("maker", ["as_it_stands", "turned"])
def test_where_both_operations_agree_both_names_are_right(maker: str) -> None:
    case = Case(made(NINE, "1 2;2 1", maker))
    assert TYPE.solve(case, {}) == TYPE.second(case) == {"made": ("cross-correlation", "convolution")}


MADE_WRONG = {
    "as_it_stands": {
        "operations_swapped": "convolution",
        "no_flip": "cross-correlation",
        "extra_flip": "neither",
        "flip_rows_only": "cross-correlation",
        "flip_columns_only": "cross-correlation",
        "transpose_kernel": "cross-correlation",
        "convolution_from_the_start": "cross-correlation",
    },
    "turned": {
        "operations_swapped": "cross-correlation",
        "no_flip": "neither",
        "extra_flip": "cross-correlation",
        "flip_rows_only": "neither",
        "flip_columns_only": "neither",
        "transpose_kernel": "neither",
        "convolution_from_the_start": "neither",
    },
    "upside_down": {
        "operations_swapped": "neither",
        "no_flip": "neither",
        "extra_flip": "neither",
        "flip_rows_only": "convolution",
        "flip_columns_only": "neither",
        "transpose_kernel": "neither",
        "convolution_from_the_start": "neither",
    },
}


@pytest.mark.parametrize("maker", MADE_WRONG)
def test_who_made_it_according_to_a_misconception(maker: str) -> None:
    found = {name: values["made"] for name, values in wrong(made(NINE, READS, maker)).items()}
    assert found == MADE_WRONG[maker]


def test_each_answer_is_as_often_right() -> None:
    entry = "convolution_or_correlation/which-made-it"
    counts: Counter[Any] = Counter()
    for number in range(90):
        stream = Stream(derive(b"balance", [str(number)]))
        problem = draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])
        counts[first_values(problem.key)["made"]] += 1
    assert set(counts) == {"cross-correlation", "convolution", "neither"}
    assert min(counts.values()) >= 18


# -- where both agree ---------------------------------------------------------------------------

KERNELS = agree(
    "-1 0 1;-1 0 1;-1 0 1",  # changes its sign; the same upside down
    "1 2 3;4 5 4;3 2 1",  # the same when turned
    "1 2 1;3 4 3;5 6 5",  # the same when mirrored
    "1 2 3;2 4 5;3 5 6",  # the same when transposed
    "1 2 3;4 5 6;7 8 9",
    "2 2 2;2 2 2;2 2 2",
)


def test_for_which_kernels_both_operations_agree() -> None:
    assert answer(KERNELS) == {"agree": ("B", "F")}
    assert {name: values["agree"] for name, values in wrong(KERNELS).items()} == {
        "no_flip": ("A", "B", "C", "D", "E", "F"),
        "flip_rows_only": ("A", "F"),
        "flip_columns_only": ("C", "F"),
        "transpose_kernel": ("D", "F"),
        "sign_overlooked": ("A", "B", "F"),
    }


def test_the_kernels_of_the_lectures() -> None:
    given = BANK["convolution_or_correlation/well-known-kernels"].given
    assert answer(given) == {"agree": ("B", "D")}


def test_there_may_be_none() -> None:
    given = agree("1 2", "1 0 -1")
    assert answer(given) == {"agree": ()}
    texts = [step for step in TYPE.work(Case(given)) if isinstance(step, Message)]
    assert texts[-1].values["letters"] == "none"


@pytest.mark.parametrize("symmetry", [*MOTIONS, "sign", "none"])
@pytest.mark.parametrize("size", [2, 3])
def test_kernels_are_drawn_with_the_symmetry_that_is_wanted(symmetry: str, size: int) -> None:
    entries = parse_value(Params, {"ask": "agree", "kernel": {"shape": [3, 3], "from": -9, "to": 9}}).kernel
    found = 0
    for number in range(30):
        stream = Stream(derive(b"symmetry", [symmetry, str(number)]))
        try:
            kernel = draw_symmetric(symmetry, entries.entries, (size, size), stream)
        except Refused:
            continue
        found += 1
        assert (turned(kernel) == kernel) == (symmetry == "turn")
        assert symmetry not in MOTIONS or MOTIONS[symmetry](kernel) == kernel
        assert symmetry != "sign" or changes_sign(kernel)
    assert found > 20


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"ask": "compute", "kernels": ["1 2"]}, "'input' is needed"),
        ({"ask": "agree", "input": "1 2", "kernels": ["1 2", "2 1"]}, "'input' is needed"),
        ({"ask": "compute", "input": "1 2", "kernels": ["1 2", "2 1"]}, "only one to compute with"),
        ({"ask": "agree", "kernels": ["1 2"]}, "several of them"),
        ({"ask": "agree", "kernels": ["1 2", "1 2"]}, "twice"),
        ({"ask": "made", "input": "1 2", "kernels": ["1 2"]}, "'made' is needed"),
        ({"ask": "compute", "input": "1 2", "kernels": ["1 2"], "made": "turned"}, "'made' is needed"),
        (
            {"ask": "made", "input": "1 2", "kernels": ["1 2"], "made": "transposed"},
            "as many rows as columns",
        ),
        ({"ask": "compute", "input": "1 2", "kernels": ["1 2 3"]}, "does not fit"),
        ({"ask": "compute", "input": "1 2", "kernels": ["1 2"], "cell": [0, 1]}, "outside the output"),
        ({"ask": "compute", "input": "1 2", "kernels": ["1 2"], "cell": [-1, 0]}, "outside the output"),
        (
            {"ask": "compute", "input": [["1"] * 128] * 128, "kernels": [[["1"] * 9] * 9]},
            "products; at most 100000",
        ),
        (
            {"ask": "compute", "input": [["1"] * 128] * 128, "kernels": [[["1"] * 128] * 128]},
            "products; at most 100000",
        ),
        ({"ask": "agree", "kernels": ["1 " * 10, "1 2"]}, "at most 9 rows and columns"),
        ({"ask": "agree", "kernels": [str(number) for number in range(7)]}, "6"),
    ],
)
def test_bad_givens_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_value(Given, data)


SMALL = {"shape": [2, 2], "from": 0, "to": 9}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"ask": "compute", "kernel": SMALL}, "'input' is needed"),
        ({"ask": "agree", "kernel": SMALL, "input": SMALL}, "'input' is needed"),
        ({"ask": "compute", "kernel": {**SMALL, "shape": [1, 2, 2]}, "input": SMALL}, "needs the shape"),
        ({"ask": "agree", "kernel": {**SMALL, "shape": [2, 3]}}, "as many rows as columns"),
        ({"ask": "agree", "kernel": {**SMALL, "shape": [1, 1]}}, "2 to 9"),
        ({"ask": "agree", "kernel": {**SMALL, "shape": [10, 10]}}, "2 to 9"),
        ({"ask": "agree", "kernel": SMALL, "options": 3, "right": 3}, "change 'right'"),
        ({"ask": "agree", "kernel": SMALL, "right": 0}, "expected 1 to 5, found 0"),
        ({"ask": "made", "kernel": SMALL, "input": SMALL, "made": ["turned", "turned"]}, "twice"),
    ],
)
def test_bad_params_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_value(Params, data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"ask": "compute", "input": SMALL, "kernel": {**SMALL, "shape": [3, 3]}}, "does not fit"),
        ({"ask": "compute", "input": SMALL, "kernel": SMALL, "cell": [1, 1]}, "does not fit"),
        (
            {"ask": "made", "input": SMALL, "kernel": {**SMALL, "shape": [1, 2]}, "made": ["transposed"]},
            "does not fit",
        ),
        ({"ask": "made", "input": SMALL, "kernel": {**SMALL, "shape": [1, 1]}}, "the same output"),
        (
            {"ask": "compute", "input": {**SMALL, "shape": [40, 40]}, "kernel": {**SMALL, "shape": [20, 20]}},
            "up to 640000 products",
        ),
        ({"ask": "agree", "kernel": {"shape": [2, 2], "from": 1, "to": 1}}, "another symmetry"),
    ],
)
def test_what_does_not_fit_is_refused(data: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        TYPE.draw(parse_value(Params, data), Stream(derive(b"refused", ["0"])))


# -- what is shown and worked out ---------------------------------------------------------------


def formulas_of(definitions: Any) -> list[str]:
    assert isinstance(definitions, Lines)
    formulas = [item.values["formula"] for item in definitions.items]
    return [formula.latex for formula in formulas if isinstance(formula, Symbol)]


@pytest.mark.parametrize(
    ("given", "conventions", "formulas"),
    [
        (
            ROW,
            Conventions(),
            [r"A_{i}=\sum_{u=0}^{2}X_{i+u}\,K_{u}", r"B_{i}=\sum_{u=0}^{2}X_{i+2-u}\,K_{u}"],
        ),
        (ROW, ORIGIN_1, [r"A_{i}=\sum_{u=1}^{3}X_{i+u-1}\,K_{u}", r"B_{i}=\sum_{u=1}^{3}X_{i+3-u}\,K_{u}"]),
        (
            SQUARE,
            Conventions(),
            [
                r"A_{i,j}=\sum_{u=0}^{1}\sum_{v=0}^{1}X_{i+u,j+v}\,K_{u,v}",
                r"B_{i,j}=\sum_{u=0}^{1}\sum_{v=0}^{1}X_{i+1-u,j+1-v}\,K_{u,v}",
            ],
        ),
    ],
    ids=["from-0", "from-1", "map"],
)
def test_definitions_count_everything_from_one_origin(
    given: Given, conventions: Conventions, formulas: list[str]
) -> None:
    assert formulas_of(TYPE.show(Case(given, conventions))["definitions"]) == formulas


@pytest.mark.parametrize("origin", [0, 1])
def test_definitions_are_what_is_solved(origin: int) -> None:
    x, k = (2, -7, 1, 8, -2, 8), (3, 1, -4)
    given = compute(" ".join(map(str, x)), " ".join(map(str, k)))
    places = range(origin, origin + 4)
    taps = range(origin, origin + 3)
    back = 2 + origin
    forward = [sum(x[i + u - origin - origin] * k[u - origin] for u in taps) for i in places]
    backward = [sum(x[i + back - u - origin] * k[u - origin] for u in taps) for i in places]
    maps = answer(given, Conventions(origin=origin))
    assert maps == {"correlation": (tuple(forward),), "convolution": (tuple(backward),)}


def test_a_row_shows_its_positions() -> None:
    assert TYPE.show(Case(ROW, ORIGIN_1))["X"] == Grid(((1, 2, 3, 4, 5),), "X", counted_from=1)
    assert TYPE.show(Case(SQUARE))["X"] == Grid(rows(NINE), "X")


def formulas(given: Given, conventions: Conventions = Conventions()) -> list[str]:  # noqa: B008
    steps = TYPE.work(Case(given, conventions))
    return [plain_formula(step.latex) for step in steps if isinstance(step, Symbol)]


def sentences(given: Given) -> list[str]:
    return [step.text for step in TYPE.work(Case(given)) if isinstance(step, Message)]


def test_worked_steps_of_both_maps() -> None:
    given = compute("1 2 3", "10 1")
    assert formulas(given, ORIGIN_1) == [
        "A₁ = 1 · 10 + 2 · 1 = 12",
        "A₂ = 2 · 10 + 3 · 1 = 23",
        "B₁ = 1 · 1 + 2 · 10 = 21",
        "B₂ = 2 · 1 + 3 · 10 = 32",
    ]
    figures = [step for step in TYPE.work(Case(given)) if isinstance(step, Grid)]
    assert [(figure.label, figure.rows) for figure in figures] == [
        ("K'", ((1, 10),)),
        ("X", ((1, 2, 3),)),
        ("A", (("12", "23"),)),
        ("B", (("21", "32"),)),
    ]
    assert figures[1].marked == {(0, 0), (0, 1)}


def test_of_many_cells_one_sum_is_written_for_each_map() -> None:
    given = compute("1 2 3 4;5 6 7 8;9 1 2 3", READS)
    assert len(formulas(given)) == 2
    assert "Every other cell is found in the same way." in sentences(given)


def test_what_turning_does_to_special_kernels_is_said() -> None:
    assert any("looks the same" in text for text in sentences(compute("1 2 3", "1 1")))
    assert any("opposite sign" in text for text in sentences(compute("1 2 3", "-1 1")))
    plain = sentences(compute("1 2 3", "1 2"))
    assert not any("looks the same" in text or "opposite sign" in text for text in plain)


@pytest.mark.parametrize(
    ("maker", "computed"),
    [("as_it_stands", ["A", "B"]), ("turned", ["A", "B"]), ("upside_down", ["A", "B"])],
)
def test_one_cell_tells_who_made_it(maker: str, computed: list[str]) -> None:
    assert [formula[0] for formula in formulas(made(NINE, READS, maker))] == computed


def test_several_cells_are_computed_where_one_does_not_tell() -> None:
    given = made("0 0 0;0 0 0;0 5 0", "1 2;3 4", "mirrored")
    assert TYPE.show(Case(given))["output"] == Grid(rows("0 0;15 20"), "Y")
    texts = sentences(given)
    assert texts[-1] == "So the answer is **{{ names }}**."
    assert sum("did not make it" in text for text in texts) == 2


def test_reasons_name_what_turning_changes() -> None:
    steps = list(TYPE.work(Case(KERNELS, ORIGIN_1)))
    (reasons,) = (step for step in steps if isinstance(step, Lines))
    assert ["same kernel" in item.text for item in reasons.items] == [False, True, False, False, False, True]
    assert "changes its sign" in reasons.items[0].text
    assert dict(reasons.items[4].values) == {
        "letter": "E",
        "after": 9,
        "before": 1,
        "place": Symbol("E_{1,1}"),
    }
    (figures,) = (step for step in steps if isinstance(step, Figures))
    assert figures.members[4] == Grid(rows("9 8 7;6 5 4;3 2 1"), "E'")


def test_effort() -> None:
    assert TYPE.effort(Case(compute("1 0 -3", "1 -1"))) == Effort(products=4, negatives=2, digits=1)
    assert TYPE.effort(Case(compute(NINE, READS, cell=[0, 1]))) == Effort(products=8, negatives=0, digits=4)
    assert TYPE.effort(Case(KERNELS)) == Effort(products=24)
    assert TYPE.effort(Case(made(NINE, READS, "turned"))).products == 8


# -- properties ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_the_turned_kernel_swaps_both_operations(seed: int) -> None:
    rng = random.Random(seed)
    height, width = rng.randint(2, 5), rng.randint(2, 5)
    image = [[rng.randint(-9, 9) for _ in range(width)] for _ in range(height)]
    kernel = [[rng.randint(-9, 9) for _ in range(rng.randint(1, width))]]
    kernel += [[rng.randint(-9, 9) for _ in kernel[0]] for _ in range(rng.randint(0, height - 1))]
    one = answer(parse_value(Given, {"ask": "compute", "input": image, "kernels": [kernel]}))
    back = [row[::-1] for row in kernel[::-1]]
    other = answer(parse_value(Given, {"ask": "compute", "input": image, "kernels": [back]}))
    assert (one["correlation"], one["convolution"]) == (other["convolution"], other["correlation"])
    cell = sum(image[u][v] * weight for u, row in enumerate(kernel) for v, weight in enumerate(row))
    assert one["correlation"][0][0] == cell


@pytest.mark.parametrize("number", range(10))
def test_kernels_to_choose_from_are_square(number: int) -> None:
    data = {"ask": "agree", "kernel": {"shape": [{"from": 2, "to": 3}] * 2, "from": -9, "to": 9}}
    given = TYPE.draw(parse_value(Params, data), Stream(derive(b"square", [str(number)])))
    assert {(len(kernel), len(kernel[0])) for kernel in given.kernels} in ({(2, 2)}, {(3, 3)})
