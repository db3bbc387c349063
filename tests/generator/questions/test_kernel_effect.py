"""Which kernel made this picture: known pictures, plain loops, positions of the right option, and no leaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, get_args

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Figures, Grid, Picture
from convexam.generator.figures.words import words
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions
from convexam.generator.papers import Problem
from convexam.generator.questions.kernel_effect import TYPE, Given, Params, draw
from convexam.generator.reading.schema import dump, parse_value
from convexam.generator.render.html import fragment
from convexam.generator.render.look import SCREEN
from convexam.generator.render.terminal import terminal
from convexam.generator.sliding.grey import Scale
from convexam.generator.sliding.images import SceneName, scene
from convexam.generator.sliding.kernels import KERNELS, KernelName, effect, relatives, total, turned
from convexam.generator.streams import Stream, derive
from convexam.generator.text import blocks, document
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

BANK = shipped_bank()
ENTRIES = [spec.id for spec in BANK if spec.type == "kernel_effect"]
RANDOM = [name for name in ENTRIES if BANK[name].params is not None]
PLAIN = Conventions()
TURNED = Conventions(operation="convolution", origin=1)

Rows = tuple[tuple[Any, ...], ...]


def rows(text: str) -> Rows:
    return tuple(tuple(int(cell) for cell in line.split()) for line in text.split(";"))


def case(conventions: Conventions = PLAIN, **given: Any) -> Case[Given]:
    given["image"] = given["image"].replace(";", "\n")
    given["kernels"] = [dump(KERNELS[name]) for name in given["kernels"]]
    return Case(parse_value(Given, given), conventions)


def answer(case: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(case, {}))


def problems(entry: str, conventions: Conventions = PLAIN, count: int = 20) -> Iterator[Problem]:
    for number in range(count):
        stream = Stream(derive(b"kernel_effect", [entry, str(number)]))
        yield draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry], conventions=conventions)


def stream(*names: str) -> Stream:
    return Stream(derive(b"kernel_effect", list(names)))


# -- pictures worked out by hand ----------------------------------------------------------------

STEP = "0 0 4 4;0 0 4 4;0 0 4 4;0 0 4 4"
"""Dark on the left, bright on the right."""

DOT = "0 0 0 0 0;0 0 0 0 0;0 0 0 9 0;0 0 0 0 0;0 0 0 0 0"


@pytest.mark.parametrize(
    ("image", "kernel", "filtered"),
    [
        (STEP, "identity", "0 4;0 4"),
        (STEP, "shift_left", "4 4;4 4"),
        (STEP, "shift_right", "0 0;0 0"),
        (STEP, "unnormalised_blur", "12 24;12 24"),
        (STEP, "sharpen", "-4 8;-4 8"),
        (STEP, "outline", "-4 4;-4 4"),
        (STEP, "mexican_hat", "-12 12;-12 12"),
        (STEP, "vertical_edge", "12 12;12 12"),
        (STEP, "vertical_edge_negative", "-12 -12;-12 -12"),
        (STEP, "horizontal_edge", "0 0;0 0"),
        (DOT, "shift_up", "0 0 9;0 0 0;0 0 0"),
        (DOT, "shift_down", "0 0 0;0 0 0;0 0 9"),
        # a dot shows the kernel turned by 180 degrees; its last column lies outside
        (DOT, "box_blur", "0 1 1;0 1 1;0 1 1"),
        (DOT, "diagonal_edge", "0 0 -9;0 9 0;0 9 9"),
    ],
)
def test_known_pictures(image: str, kernel: KernelName, filtered: str) -> None:
    others = [name for name in ("identity", "unnormalised_blur") if name != kernel][:1]
    shown = TYPE.show(
        case(ask="kernel", image=image, kernels=[kernel, *others], scale={"black": -99, "white": 99})
    )
    after = shown["after"]
    assert isinstance(after, Picture)
    assert after.rows == rows(filtered)


@pytest.mark.parametrize(
    ("kernel", "cell", "expected"),
    [
        ("box_blur", (0, 0), Fraction(4, 3)),
        ("gaussian_blur", (0, 0), 1),
        ("gaussian_blur", (1, 1), 3),
        ("sharpen", (1, 0), -4),
        ("vertical_edge", (0, 1), 12),
    ],
)
def test_known_numbers(kernel: str, cell: tuple[int, int], expected: Fraction) -> None:
    asked = case(ask="patch", image=STEP, kernels=[kernel], cell=cell)
    assert answer(asked) == {"y": expected} == first_values(TYPE.second(asked))


def test_a_convolution_turns_the_kernel() -> None:
    given: dict[str, Any] = {"ask": "patch", "image": STEP, "kernels": ["vertical_edge"], "cell": (0, 0)}
    assert answer(case(**given)) == {"y": 12}
    assert answer(case(TURNED, **given)) == {"y": -12}


def test_a_ring_of_zeros_keeps_the_size() -> None:
    shown = TYPE.show(case(ask="kernel", image=STEP, kernels=["shift_left", "shift_up"], padding=1))
    assert isinstance(shown["after"], Picture)
    assert shown["after"].rows == rows("0 4 4 0;0 4 4 0;0 4 4 0;0 4 4 0")


def test_every_option_that_gives_the_picture_is_right() -> None:
    """Beyond black and white nothing can be told apart."""
    given: dict[str, Any] = {
        "ask": "kernel",
        "image": STEP,
        "kernels": ["vertical_edge", "mexican_hat", "identity"],
    }
    assert TYPE.solve(case(**given, scale={"black": -9, "white": 9}), {}) == {"option": ("A",)}
    asked = case(
        **{**given, "image": STEP, "kernels": ["identity", "vertical_edge", "unnormalised_blur"]}, right=1
    )
    assert TYPE.solve(asked, {}) == {"option": ("B", "C")} == TYPE.second(asked)


@pytest.mark.parametrize(
    ("image", "end"),
    [(DOT, "The cells of X are 0 and 9."), (DOT.replace("0 0 0 9 0", "0 0 3 9 0"), "9 and more is white.")],
    ids=["two greys", "three greys"],
)
def test_the_numbers_of_two_greys_are_told(image: str, end: str) -> None:
    """Sharpened, a ground of 3 looks as an outlined ground of 0 does: no eye tells which it is."""
    asked = case(ask="kernel", image=image, kernels=["sharpen", "outline"], scale={"black": -9, "white": 9})
    shown = blocks("{{ scale }}", TYPE.show(asked))
    assert " ".join(terminal(shown).split()).endswith(end)


@pytest.mark.parametrize("conventions", [PLAIN, TURNED], ids=["as it stands", "turned"])
@pytest.mark.parametrize("entry", RANDOM)
def test_pictures_follow_from_plain_loops(entry: str, conventions: Conventions) -> None:
    for problem in problems(entry, conventions, 10):
        given = problem.case.given
        maps = [filtered(given, kernel, conventions) for kernel in given.kernels]
        shown = TYPE.show(problem.case)
        if given.ask == "kernel":
            assert picture_rows(shown["after"]) == seen(maps[given.right], given.scale)
        if given.ask == "picture":
            assert isinstance(shown["options"], Figures)
            members = shown["options"].members
            assert [picture_rows(member) for member in members] == [seen(each, given.scale) for each in maps]
        if given.cell is not None:
            assert answer(problem.case)["y"] == maps[given.right][given.cell[0]][given.cell[1]]


def filtered(given: Given, kernel: Any, conventions: Conventions) -> list[list[Any]]:
    ring, image = given.padding, given.image
    height, width = len(image), len(image[0])

    def pixel(row: int, column: int) -> Any:
        return image[row][column] if 0 <= row < height and 0 <= column < width else 0

    def weight(u: int, v: int) -> Any:
        return kernel[2 - u][2 - v] if conventions.operation == "convolution" else kernel[u][v]

    return [
        [
            sum(pixel(r + u - ring, c + v - ring) * weight(u, v) for u in range(3) for v in range(3))
            for c in range(width + 2 * ring - 2)
        ]
        for r in range(height + 2 * ring - 2)
    ]


def seen(cells: list[list[Any]], scale: Scale) -> list[list[Any]]:
    return [[sorted((scale.black, cell, scale.white))[1] for cell in row] for row in cells]


def picture_rows(picture: Any) -> list[list[Any]]:
    assert isinstance(picture, Picture)
    return [list(row) for row in picture.rows]


# -- misconceptions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kernels", "conventions", "wrong"),
    [
        (["shift_left", "shift_right", "shift_up"], PLAIN, {"extra_flip": "B", "transpose_kernel": "C"}),
        (["shift_left", "shift_right", "shift_up"], TURNED, {"no_flip": "B", "transpose_kernel": "C"}),
        (["shift_left", "identity", "box_blur"], PLAIN, {}),
        (
            ["box_blur", "unnormalised_blur", "sharpen"],
            PLAIN,
            {"not_normalised": "B", "sharpen_for_blur": "C"},
        ),
        (["unnormalised_blur", "box_blur", "identity"], PLAIN, {"normalised_anyway": "B"}),
        (
            ["sharpen", "outline", "gaussian_blur"],
            PLAIN,
            {"outline_for_sharpen": "B", "blur_for_sharpen": "C"},
        ),
        (["outline", "sharpen", "mexican_hat"], PLAIN, {"sharpen_for_outline": "B"}),
        (
            ["vertical_edge", "horizontal_edge", "vertical_edge_negative"],
            PLAIN,
            {"transpose_kernel": "B", "bright_dark_swapped": "C", "extra_flip": "C"},
        ),
    ],
)
@pytest.mark.parametrize("ask", ["kernel", "picture"])
def test_wrong_options(ask: str, kernels: list[str], conventions: Conventions, wrong: dict[str, str]) -> None:
    asked = case(conventions, ask=ask, image=DOT, kernels=kernels, scale={"black": -99, "white": 99})
    assert answer(asked) == {"option": "A"}
    found = {name: answer["option"] for name, answer in wrong_answers("kernel_effect", asked)}
    assert found == wrong


def test_the_order_of_options_changes_no_mistake() -> None:
    """Else draws would be refused for where the right option stands."""
    for kernels in (["sharpen", "box_blur", "gaussian_blur"], ["sharpen", "gaussian_blur", "box_blur"]):
        asked = case(ask="kernel", image=DOT, kernels=kernels, scale={"black": -99, "white": 99})
        wrong = dict(wrong_answers("kernel_effect", asked))
        assert kernels["ABC".index(str(wrong["blur_for_sharpen"]["option"]))] == "gaussian_blur"


@pytest.mark.parametrize(
    ("kernel", "wrong"),
    [
        ("box_blur", {"not_normalised": 24, "centred_on_cell": Fraction(4, 3)}),
        (
            "vertical_edge",
            {"extra_flip": -12, "transpose_kernel": 0, "bright_dark_swapped": -12, "centred_on_cell": 12},
        ),
    ],
)
def test_wrong_numbers(kernel: str, wrong: dict[str, Any]) -> None:
    asked = case(ask="patch", image=STEP, kernels=[kernel], cell=(1, 1))
    assert {name: answer["y"] for name, answer in wrong_answers("kernel_effect", asked)} == wrong


def test_a_number_follows_from_the_kernel_that_was_chosen() -> None:
    for problem in problems("kernel_effect/edges-and-a-number"):
        wrong = dict(wrong_answers("kernel_effect", problem.case))["bright_dark_swapped"]
        assert TYPE.solve(problem.case, {"option": wrong["option"]})["y"] == (wrong["y"],)
        _, mark = mark_problem(problem, {name: str(value) for name, value in wrong.items()}).marks
        assert mark.credit == 1
        assert mark.against == ("key" if wrong["y"] in problem.key["y"] else "own")


# -- fair draws, and nothing told ---------------------------------------------------------------


@pytest.mark.parametrize("entry", [name for name in RANDOM if BANK[name].params.ask != "patch"])
def test_the_right_option_stands_anywhere(entry: str) -> None:
    draws = 80
    found = Counter(problem.key["option"][0] for problem in problems(entry, count=draws))
    assert set(found) == set("ABCD")
    for count in found.values():  # the standard deviation is below 4
        assert abs(count - draws / 4) < 20


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_kernel_is_named(entry: str) -> None:
    names = {"blur", "sharpen", "identity", "shift", "outline", "mexican", "gauss", "edge"}
    for problem in problems(entry, count=5):
        shown = TYPE.show(problem.case)
        page = str(
            fragment(blocks("\n\n".join(f"{{{{ {name} }}}}" for name in shown), shown), SCREEN)
        ).lower()
        assert not {name for name in names if name in page}


def test_a_picture_tells_no_more_than_its_greys() -> None:
    asked = case(ask="kernel", image=STEP, kernels=["unnormalised_blur", "identity"])
    after = TYPE.show(asked)["after"]
    assert isinstance(after, Picture)
    assert after.rows == rows("9 9;9 9")
    assert "24" not in words(after)


def test_one_scale_holds_whichever_is_right() -> None:
    params = parse_value(
        Params, {"ask": "kernel", "right": ["box_blur", "sharpen"], "others": ["outline", "identity"]}
    )
    for number in range(40):
        given = next(draws(params, str(number)))
        assert (given.scale.black < 0) == (KERNELS["outline"] in given.kernels)


def draws(params: Params, name: str) -> Iterator[Given]:
    from convexam.generator.model import Refused

    for number in range(100):
        try:
            yield draw(params, stream(name, str(number)))
        except Refused:
            continue


def test_the_marked_window_is_the_patch() -> None:
    for problem in problems("kernel_effect/edge-in-a-patch"):
        shown = TYPE.show(problem.case)
        before, patch = shown["before"], shown["patch"]
        assert isinstance(before, Picture)
        assert isinstance(patch, Grid)
        numbers = [problem.case.given.image[row][column] for row, column in sorted(before.marked)]
        assert numbers == [cell for row in patch.rows for cell in row]


@pytest.mark.parametrize("entry", ENTRIES)
def test_worked_solutions_end_with_the_key(entry: str) -> None:
    for problem in problems(entry, count=3):
        page = str(fragment(document(tuple(TYPE.work(problem.case))), SCREEN))
        for letter in problem.key.get("option", ()):
            assert f"<strong>{letter}</strong>" in page


# -- kernels and scenes -------------------------------------------------------------------------


def test_every_name_has_a_kernel_of_its_own() -> None:
    assert tuple(KERNELS) == get_args(KernelName)
    assert len(set(KERNELS.values())) == len(KERNELS)
    blurs = {name: total(kernel) for name, kernel in KERNELS.items()}
    assert {name for name, weight in blurs.items() if weight == 0} == {
        name for name in KERNELS if "edge" in name or name in ("outline", "mexican_hat")
    }
    assert blurs["unnormalised_blur"] == 9


def test_relatives() -> None:
    assert relatives(KERNELS["shift_left"]) == [KERNELS["shift_right"], KERNELS["shift_up"]]
    assert relatives(KERNELS["sharpen"]) == [KERNELS["outline"]]
    assert relatives(KERNELS["identity"]) == []
    assert turned(KERNELS["diagonal_edge"]) == KERNELS["diagonal_edge_negative"]


@pytest.mark.parametrize(
    ("kernel", "text"),
    [
        ("shift_left", "moves to the left"),
        ("shift_down", "moves down"),
        ("identity", "nothing changes"),
        ("gaussian_blur", "a blur"),
        ("sharpen", "sharper"),
        ("unnormalised_blur", "so many times as bright"),
        ("outline", "only edges are left"),
        ("vertical_edge", "brighter {{ side }}"),
        ("horizontal_edge", "brighter {{ side }}"),
    ],
)
def test_effects(kernel: KernelName, text: str) -> None:
    assert text in effect(KERNELS[kernel]).text


@pytest.mark.parametrize("name", get_args(SceneName))
def test_scenes_leave_a_margin(name: SceneName) -> None:
    drawn = {scene(name, (6, 9), stream(name, str(number))) for number in range(200)}
    assert len(drawn) > 30
    for cells in drawn:
        assert cells
        assert all(1 <= row <= 4 and 1 <= column <= 7 for row, column in cells)


# -- what cannot be given -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"kernels": ["identity"]}, "several of them"),
        ({"kernels": ["identity", "identity"]}, "stands here twice"),
        ({"right": 2}, "place of one of the kernels"),
        ({"cell": [2, 0]}, "outside the filtered picture"),
        ({"scale": {"black": 9, "white": 9}}, "smaller number"),
        ({"ask": "patch", "kernels": ["identity"]}, "needs its 'cell'"),
        ({"image": "1 2;3 4"}, "does not fit"),
    ],
)
def test_what_cannot_be(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        case(**{"ask": "kernel", "image": STEP, "kernels": ["identity", "sharpen"], **given})
