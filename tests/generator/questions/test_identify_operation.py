"""Which settings are right for what is seen: exactly those that look the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple, replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator import bank
from convexam.generator.compose import draw_problem
from convexam.generator.document import Lines, Message, Symbol
from convexam.generator.figures.animation.gif import gif
from convexam.generator.figures.animation.motion import moving_svg
from convexam.generator.figures.model import Animation
from convexam.generator.figures.words import words
from convexam.generator.model import Case, Conventions, Refused, Value
from convexam.generator.number import Number
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.identify_operation import (
    TYPE,
    Given,
    Largest,
    Numbers,
    Params,
)
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.sliding.timeline import OPERATIONS, Operation, Scene, Setting, Timeline, alike
from convexam.generator.sliding.worked import MOST_STEPS
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence
from convexam.grader.marking.mark import mark_problem

IMAGE = ((3, 1, 4, 1), (5, 9, 2, 6), (5, 3, 5, 8))
KERNEL = ((0, 1), (2, -1))
DEFAULT = Conventions()
UP = Conventions(rounding="ceil")


def given(
    operation: Operation, size: int, stride: int = 1, dilation: int = 1, padding: int = 0, **more: object
) -> Given:
    data = {"operation": operation, "size": size, "stride": stride, "dilation": dilation, "padding": padding}
    return parse_value(Given, {"map": [5, 5], **data, **more})


def key(asked: Given, conventions: Conventions = DEFAULT) -> set[Value]:
    return set(TYPE.solve(Case(asked, conventions), {})["setting"])


def animation(asked: Given, conventions: Conventions = DEFAULT) -> Animation:
    shown = TYPE.show(Case(asked, conventions))["animation"]
    assert isinstance(shown, Animation)
    return shown


# -- accepted for each other exactly when they look the same -------------------------------------


NAMES = ("operation", "size", "stride", "dilation", "padding")


def possible(scene: Scene, bounds: Largest) -> Iterator[Timeline]:
    for window, operation in product(bounds.windows, OPERATIONS):
        try:
            yield Timeline(scene, Setting(operation, *window))
        except ValueError:
            continue


@pytest.mark.parametrize("drawn", [True, False], ids=["padding drawn", "padding not drawn"])
@pytest.mark.parametrize("steps", [None, 1, 2, 5], ids=["all steps", "one step", "two steps", "five steps"])
@pytest.mark.parametrize(
    "sizes", [(3, 4), pytest.param((4, 4), marks=pytest.mark.sweep), (1, 3)], ids=["3x4", "4x4", "1x3"]
)
@pytest.mark.parametrize("up", [False, True], ids=["floor", "ceil"])
def test_accepted_exactly_when_the_drawings_are_equal(
    drawn: bool, steps: int | None, sizes: tuple[int, int], up: bool
) -> None:
    """In both directions, and over all settings of the bounds: what is drawn decides, byte by byte."""
    bounds = Largest(size=3, stride=2, dilation=2, padding=2)
    conventions = UP if up else Conventions()
    scene = Scene(sizes, padding_drawn=drawn, steps=steps, ceil_mode=up)
    looks = defaultdict(set)
    for timeline in possible(scene, bounds):
        looks[moving_svg(timeline.animation(0))].add(astuple(timeline.setting))
    asked = 0
    for settings in looks.values():
        for operation, *numbers in settings:
            window = dict(zip(("size", "stride", "dilation", "padding"), numbers, strict=True))
            try:
                given = Given(operation, sizes, **window, padding_drawn=drawn, steps=steps, bounds=bounds)
            except ValueError:  # a window that lies wholly in the padding is not asked
                continue
            asked += 1
            assert key(given, conventions) == settings
            assert set(TYPE.second(Case(given, conventions))["setting"]) == settings
            assert list(TYPE.work(Case(given, conventions)))
    assert asked > 20


@pytest.mark.parametrize("steps", [None, 2])
@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("counts", [True, False])
def test_with_numbers_too(steps: int | None, drawn: bool, flip: bool, counts: bool) -> None:
    scene = Scene(
        (3, 4), drawn, steps, IMAGE, KERNEL, flip=flip, counts_padding=counts
    )  # a kernel of 2 x 2: other convolutions are not possible
    timelines = list(possible(scene, Largest(size=3, stride=2, dilation=2, padding=1)))
    drawings = [moving_svg(timeline.animation(0)) for timeline in timelines]
    for (one, same), (other, drawing) in product(zip(timelines, drawings, strict=True), repeat=2):
        found = set(alike(one, [other.setting.window]))
        assert (other.setting in found) == (same == drawing)


@pytest.mark.parametrize("number", range(40))
def test_what_is_seen_is_all_that_is_shown(number: int) -> None:
    """Settings that are accepted for each other have the same paper: no part of it tells them apart."""
    stream = Stream(derive(b"seen", [str(number)]))
    asked = TYPE.draw(
        Params(tuple(OPERATIONS[:3]), (5, 6), 2, stride=2, padding=number % 2, padding_drawn=number % 3 > 0),
        stream,
    )
    for setting in key(asked):
        assert isinstance(setting, tuple)
        window: dict[str, Any] = dict(zip(NAMES, setting, strict=True))
        twin = replace(asked, **window)
        assert TYPE.show(Case(twin)) == TYPE.show(Case(asked))
        assert TYPE.ask(Case(twin)) == TYPE.ask(Case(asked))
        assert gif(animation(twin)) == gif(animation(asked))
        assert words(animation(twin)) == words(animation(asked))


# -- known keys ----------------------------------------------------------------------------------

LECTURE = Numbers(
    ((3, 1, 4, 1, 5), (9, 2, 6, 5, 3), (5, 8, 9, 7, 9), (3, 2, 3, 8, 4), (6, 2, 6, 4, 3)),
    ((0, 1, 0), (1, 2, 1), (0, 1, 0)),
)
WINDOWS = ("convolution", "max pooling", "average pooling")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(
            replace(given("max pooling", 3, 2), numbers=LECTURE), {("max pooling", 3, 2, 1, 0)}, id="E22, first"
        ),
        pytest.param(
            given("max pooling", 3, 2, 1, 1), {(name, 3, 2, 1, 1) for name in WINDOWS}, id="E22, second"
        ),
        pytest.param(
            given("convolution", 5), {(name, 5, stride, 1, 0) for name in WINDOWS for stride in (1, 2, 3)},
            id="a single window tells no stride",
        ),
        pytest.param(
            given("convolution", 1, 2),
            {(name, 1, 2, dilation, 0) for name in WINDOWS for dilation in (1, 2, 3)},
            id="a single cell has no gaps",
        ),
        pytest.param(
            given("convolution", 1),
            {(name, 1, 1, dilation, 0) for name in OPERATIONS for dilation in (1, 2, 3)},
            id="one cell to one cell, either way",
        ),
        pytest.param(
            given("convolution", 2, steps=1),
            {(name, 2, 1, 1, 0) for name in WINDOWS},
            id="the size of the output tells the stride of one step",
        ),
        pytest.param(
            given("transposed convolution", 3, 2, 1, 1), {("transposed convolution", 3, 2, 1, 1)}, id="transposed"
        ),
        pytest.param(
            given("transposed convolution", 3, 2, map=[2, 2], padding_drawn=False),
            {("transposed convolution", 3, 2, 1, 0), ("transposed convolution", 4, 3, 1, 1)},
            id="what is cut off and not drawn makes two alike",
        ),
        pytest.param(
            given("convolution", 3, 1, 2, map=[6, 6]),
            {(name, 3, 1, 2, 0) for name in WINDOWS}, id="gaps are no larger window",
        ),
    ],
)  # fmt: skip
def test_keys(asked: Given, expected: set[Value]) -> None:
    assert key(asked) == expected
    assert set(TYPE.second(Case(asked))["setting"]) == expected


def test_rounding_up_lets_the_last_window_hang_over() -> None:
    asked = given("max pooling", 2, 2)
    assert len(animation(asked).frames) == 4
    assert len(animation(asked, UP).frames) == 9
    assert animation(asked, UP).sources[0].faint == {(5, place) for place in range(6)} | {
        (place, 5) for place in range(6)
    }


def test_running_sums_of_a_transposed_convolution() -> None:
    scene = Scene((1, 2), image=((2, 3),), kernel=((1, 10), (100, 1000)))
    timeline = Timeline(scene, Setting("transposed convolution", 2, 1, 1, 0))
    assert list(timeline.values()) == [
        {(0, (0, 0)): "2", (0, (0, 1)): "20", (0, (1, 0)): "200", (0, (1, 1)): "2000"},
        {(0, (0, 1)): "23", (0, (0, 2)): "30", (0, (1, 1)): "2300", (0, (1, 2)): "3000"},
    ]
    cut = Timeline(replace(scene, padding_drawn=False), Setting("transposed convolution", 2, 1, 1, 0))
    assert cut.layouts == timeline.layouts  # nothing is cut off


# -- showing more --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(12))
def test_more_is_shown_until_one_answer_is_right(number: int) -> None:
    params = Params(
        ("max pooling", "average pooling"),
        (5, 5),
        3,
        stride=2,
        padding=1,
        padding_drawn=False,
        steps=1,
        unique=True,
    )
    stream = Stream(derive(b"unique", [str(number)]))
    asked = TYPE.draw(params, stream)
    assert asked.numbers is not None
    for rounding, counts in product(("floor", "ceil"), (False, True)):
        conventions = Conventions(rounding=rounding, pool_counts_padding=counts)  # type: ignore[arg-type]
        assert len(key(asked, conventions)) == 1
    less = replace(asked, numbers=None)
    assert len(key(less)) == 3


def test_no_more_is_shown_than_is_needed() -> None:
    params = Params(
        ("transposed convolution",), (3, 3), 3, stride=2, padding_drawn=False, steps=4, unique=True
    )
    asked = TYPE.draw(params, Stream(derive(b"enough", [])))
    assert (asked.steps, asked.padding_drawn, asked.numbers) == (4, False, None)


def test_what_can_never_be_told_is_refused() -> None:
    params = Params(("convolution",), (1, 1), 1, unique=True)
    with pytest.raises(Refused, match="more than one answer"):
        TYPE.draw(params, Stream(derive(b"never", [])))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        pytest.param({"size": 6}, "larger than 'bounds'", id="beyond the bounds"),
        pytest.param({"map": [9, 9], "size": 1}, f"more than {MOST_STEPS}", id="too long"),
        pytest.param(
            {"size": 3, "operation": "max pooling", "padding": 3},
            "wholly in the padding",
            id="pooling nothing",
        ),
        pytest.param({"size": 2, "padding": 2}, "wholly in the padding", id="filtering nothing"),
        pytest.param(
            {"map": [1, 12], "size": 1, "numbers": {"image": " ".join(["-99999"] * 12), "kernel": "1"}},
            "wider than a page",
            id="too wide",
        ),
        pytest.param({"map": [2, 2], "size": 3}, "does not fit", id="does not fit"),
        pytest.param({"size": 2, "numbers": {"image": "1 2", "kernel": "1 2\n3 4"}}, "image", id="image"),
        pytest.param(
            {"map": [1, 2], "size": 1, "numbers": {"image": "1 2", "kernel": "1 2"}}, "kernel", id="kernel"
        ),
    ],
)
def test_what_cannot_be_given(more: dict[str, object], reason: str) -> None:
    with pytest.raises(Exception, match=reason):
        parse_value(Given, {"operation": "convolution", "map": [5, 5], "size": 2, **more})


# -- marking -------------------------------------------------------------------------------------


def marked(asked: Given, answer: object) -> tuple[str, Number, list[str]]:
    problem = problem_of(asked)
    (mark,) = mark_problem(problem, {"setting": answer}).marks
    return mark.verdict, mark.credit, [str(verdict) for row in mark.cells for verdict in row]


def problem_of(asked: Given, **credit: Fraction) -> Problem:
    spec = Spec("q/q", TYPE.name, "Q", {"en": "?"}, Fraction(5), 1, misconceptions=credit)
    return Problem("q", spec, Case(asked), Fraction(5), TYPE.solve(Case(asked), {}))


R, W, B, U = "RIGHT", "WRONG", "BLANK", "UNREADABLE"
PADDED = given("max pooling", 3, 2, 1, 1)
TOLD = replace(given("max pooling", 3, 2), numbers=LECTURE)


@pytest.mark.parametrize(
    ("asked", "answer", "verdict", "credit", "parts"),
    [
        pytest.param(PADDED, "max pooling, 3, 2, 1, 1", "RIGHT", 1, [R] * 5, id="drawn"),
        pytest.param(PADDED, "Conv2D, 3, 2, 1, 1", "RIGHT", 1, [R] * 5, id="another that looks the same"),
        pytest.param(PADDED, "transposed, 3, 2, 1, 1", "PARTIAL", Fraction(4, 5), [W, R, R, R, R], id="no"),
        pytest.param(TOLD, "convolution, 3, 2, 1, no", "PARTIAL", Fraction(4, 5), [W, R, R, R, R], id="numbers tell"),
        pytest.param(
            PADDED,
            {"operation": "avg pool", "size": "3", "stride": "1", "dilation": "_", "padding": None},
            "PARTIAL", Fraction(2, 5), [R, R, W, B, B], id="parts left blank",
        ),
        pytest.param(
            PADDED, "{operation: max, size: 3, stride: two, dilation: 1, padding: yes}",
            "UNREADABLE", Fraction(3, 5), [R, R, U, R, U], id="parts that cannot be read",
        ),
        pytest.param(PADDED, "max pooling; size 3; stride 2; dilation 1; padding 1", "RIGHT", 1, [R] * 5, id="as printed"),
        pytest.param(PADDED, "max pooling, 3 x 3, 2×2, 1, 1x1", "RIGHT", 1, [R] * 5, id="along both axes"),
        pytest.param(PADDED, "pooling or convolution, 3, 2, 1, 1", "RIGHT", 1, [R] * 5, id="all that it says is right"),
        pytest.param(
            TOLD, "pooling, 3, 2, 1, 0", "UNREADABLE", Fraction(4, 5), [U, R, R, R, R], id="not all that it says is right"
        ),
        pytest.param(
            PADDED, "convolution / transposed convolution, 3, 2, 1, 1",
            "UNREADABLE", Fraction(4, 5), [U, R, R, R, R], id="one right and one wrong",
        ),
        pytest.param(PADDED, "max, 2x3, 2, 1, -0", "UNREADABLE", Fraction(3, 5), [R, U, R, R, W], id="two sizes"),
        pytest.param(PADDED, "size = 3; stride = 2", "PARTIAL", Fraction(2, 5), [B, R, R, B, B], id="two parts"),
        pytest.param(PADDED, "mean pooling, 9, 9, 9, 9", "PARTIAL", Fraction(1, 5), [R, W, W, W, W], id="one part"),
        pytest.param(PADDED, "transposed, 9, 9, 9, 9", "WRONG", 0, [W] * 5, id="nothing"),
        pytest.param(PADDED, "max pooling, 3/1, 2.0, 1.5, 1", "PARTIAL", Fraction(4, 5), [R, R, R, W, R], id="numerals"),
    ],
)  # fmt: skip
def test_marks(asked: Given, answer: object, verdict: str, credit: Number, parts: list[str]) -> None:
    assert marked(asked, answer) == (verdict, credit, parts)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param("max pooling, 3, 2", "which value is which", id="too few"),
        pytest.param("max pooling, 3, size: 3", "which value is which", id="mixed"),
        pytest.param("size: 3, size: 4", "twice", id="twice"),
        pytest.param("colour: 3", "no part 'colour'", id="unknown"),
        pytest.param("s: 3", "can be size or stride", id="ambiguous name"),
        pytest.param(["max pooling", "3"], "which value is which", id="short list"),
    ],
)
def test_what_cannot_be_read(answer: object, reason: str) -> None:
    (mark,) = mark_problem(problem_of(PADDED), {"setting": answer}).marks
    assert mark.verdict == "UNREADABLE"
    assert reason in str(mark.reason)


@pytest.mark.parametrize(
    ("asked", "answer", "name"),
    [
        pytest.param(given("convolution", 3, 1, 2), "convolution, 5, 1, 1, 0", "dilation_as_size", id="gaps"),
        pytest.param(
            given("convolution", 3, 1, 2), "max pooling, 5, 1, 1, 0", "dilation_as_size", id="gaps, pooled"
        ),
        pytest.param(
            given("convolution", 3, 1, 2),
            "max pooling, 3, 1, 1, 0",
            "dilation_counted_from_0",
            id="gaps counted",
        ),
        pytest.param(PADDED, "max pooling, 2, 3, 1, 1", "size_stride_swapped", id="swapped"),
        pytest.param(PADDED, "convolution, 3, 2, 1, 0", "padding_not_seen", id="padding"),
        pytest.param(PADDED, "convolution, 3, 2, 1, 2", "padding_of_both_sides", id="padding of both sides"),
        pytest.param(
            given("transposed convolution", 3, 2),
            "convolution, 3, 2, 1, 0",
            "transposed_as_direct",
            id="transposed",
        ),
        pytest.param(PADDED, "transposed convolution, 3, 2, 1, 1", "direct_as_transposed", id="direct"),
        pytest.param(TOLD, "convolution, 3, 2, 1, 0", "pooling_as_convolution", id="pooling"),
        pytest.param(TOLD, "average pooling, 3, 2, 1, 0", "other_pooling", id="other pooling"),
        pytest.param(TOLD, "transposed convolution, 2, 3, 1, 0", None, id="two at once"),
    ],
)
def test_misconceptions(asked: Given, answer: str, name: str | None) -> None:
    finding = mark_problem(problem_of(asked), {"setting": answer}).explanation.finding
    assert (finding and finding.names) == ((name,) if name else None)


def test_a_misconception_can_earn_credit() -> None:
    asked = given("transposed convolution", 3, 2)
    problem = problem_of(asked, transposed_as_direct=Fraction(9, 10))
    assert mark_problem(problem, {"setting": "convolution, 3, 2, 1, 0"}).points == Fraction(9, 2)


# -- worked solutions ----------------------------------------------------------------------------


def told(asked: Given) -> str:
    steps = TYPE.work(Case(asked))
    return " ".join(plain(sentence(step)) for step in steps if isinstance(step, Message))


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (PADDED, "The first window begins 1 above and left of the input: that is the padding."),
        (PADDED, "so convolution, max pooling and average pooling look the same: each of them is right."),
        (given("convolution", 5), "The stride cannot be told: with 1, 2, 3 the animation looks the same."),
        (
            given("convolution", 2, 1, 3),
            "are 3 apart: the dilation is 3. A whole block spans 4 rows and columns.",
        ),
        (
            given("transposed convolution", 3, 2, 1, 1),
            "Dashed cells, 1 on every side, are cut off the output: that is the padding.",
        ),
        (TOLD, "All numbers together fit max pooling only."),
        (PADDED, "Step 1 shows a whole block, of 3 × 3 cells: the size is 3."),
        (
            given("convolution", 5, 3, padding=1, map=[6, 10], padding_drawn=False),
            "No step shows a whole block.",
        ),
        (
            given("convolution", 3, 1, 2, 3, map=[7, 7], padding_drawn=False, steps=4),
            "the first of them in row 1 counted from 0. The others lie above it, each 2 from the next: the window",
        ),
    ],
)
def test_worked_solutions(asked: Given, part: str) -> None:
    assert part in told(asked)


def test_the_first_step_is_written_out() -> None:
    formulas = [step.latex for step in TYPE.work(Case(TOLD)) if isinstance(step, Symbol)]
    assert formulas == [
        r"\text{convolution: }3\cdot 0+1\cdot 1+4\cdot 0+9\cdot 1+2\cdot 2+6\cdot 1+5\cdot 0+8\cdot 1+9\cdot 0=28",
        r"\text{max pooling: }\max(3,1,4,9,2,6,5,8,9)=9",
        r"\text{average pooling: }\frac{3+1+4+9+2+6+5+8+9}{9}=\tfrac{47}{9}",
    ]


# -- the shipped entries -------------------------------------------------------------------------

BANK = bank.load([path for path in bank.shipped_files() if path.stem == "identify_operation"])
RUNNING_SUMS = "identify_operation/transposed"
"""Its numbers replace each other step by step, and each of them is written."""


@pytest.mark.parametrize("entry", sorted(BANK.specs))
def test_animations_are_small(entry: str) -> None:
    for number in range(5 if BANK[entry].params else 1):
        stream = Stream(derive(b"size", [str(number)]))
        problem = draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])
        size = len(moving_svg(animation(problem.case.given)).encode())
        assert size < (10_000 if entry == RUNNING_SUMS else 6_000)


def test_titles_tell_nothing() -> None:
    """What the title of one entry says, it says of all, or it names the lecture."""
    assert {spec.title for spec in BANK if "lecture" not in spec.id} == {"Which operation is this?"}


def test_the_rules_name_every_operation() -> None:
    """An answer box does not print what can be written in it."""
    rules = TYPE.show(Case(TOLD))["rules"]
    assert isinstance(rules, Lines)
    said = " ".join(plain(sentence(line)) for line in rules.items)
    assert all(operation in said for operation in OPERATIONS)
