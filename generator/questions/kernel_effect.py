"""Say which kernel made a picture, or which picture a kernel makes; compute a patch of it.

What an entry says under ``params`` (drawn):

``ask``
    ``kernel``: two pictures are shown, before and after; which of several kernels made the second?
    ``picture``: a picture and a kernel are shown; which of several pictures comes out?
    ``patch``: one cell of the filtered picture is to be computed.
``right``, ``others``
    Kernels by name: a list to draw the right one from, and one to draw the others from; by default all.
    Kernels that the right one is mistaken for come first among the others: turned, transposed, with other
    signs, without denominators. Names: ``identity``, ``shift_left``, ``shift_right``, ``shift_up``,
    ``shift_down``, ``box_blur``, ``gaussian_blur``, ``unnormalised_blur``, ``sharpen``, ``vertical_edge``,
    ``vertical_edge_negative``, ``horizontal_edge``, ``horizontal_edge_negative``, ``diagonal_edge``,
    ``diagonal_edge_negative``, ``outline``, ``mexican_hat``.
``options``
    How many options there are; default 4.
``scenes``
    A list to draw the shape in the image from: ``rectangle``, ``corner``, ``bar``, ``cross``, ``stairs``,
    ``dots``; by default all of them.
``size``
    Rows and columns of the image; default 9.
``ground``, ``shape``
    Brightness, from 0 to 9; default 2 to 3 and 6 to 7.
``padding``
    0, the default: the filtered picture is smaller. 1: a ring of zeros, and the picture keeps its size.
``patch``
    Ask for one cell of the filtered picture as well.
``digits``
    The number is to be rounded to so many decimals; without it, it is exact.

Under ``given`` (fixed) stand ``ask``, ``image`` and ``kernels``, a list of blocks of three rows, in the order of
the options; ``right``, the place of the right one, counted from 0; ``scale``, the numbers that are drawn
``black`` and ``white``; ``padding``, ``cell`` (row and column, counted from 0) and ``digits``.

**Every option that gives the picture shown is right**; a draw with more than one is made again, as is one
whose options can hardly be told by eye. One scale of grey holds for all pictures: from 0 to 9, or from -9
to 9 with 0 as mid-grey where any of the kernels is a detector, whichever is right.

A prompt may show: ``before``, ``numbers``, ``after``, ``kernel``, ``options``, ``cell``, ``patch``, ``rounding``, and as
whole sentences ``scale``, ``border``, ``operation``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, product
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, say
from ..draws import Ints, Span, different, draw_int
from ..figures.model import Figures, Grid, Picture
from ..model import (
    Case,
    Effort,
    Field,
    Key,
    Misconception,
    Option,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..number import Number
from ..reading.schema import Exact, Flag, Whole, record
from ..rules import rule_for
from ..sliding.filtering import Filtering, cell_symbol
from ..sliding.geometry import Digits, Map, PerAxis, draw_pair, map_size, rounding_phrase, within
from ..sliding.kernels import (
    KERNELS,
    MISTAKES,
    SIZE,
    Kernel,
    KernelName,
    is_blur,
    is_detector,
    is_sharpening,
    relatives,
    turned,
    weights,
)
from ..sliding.scenes import LEAST_SIDE, SceneName, scene
from ..sliding.telling import computed_cell, ruled_out, telling_cell, weighed
from ..sliding.worked import Slide
from ..streams import Stream
from ..values import nested

LETTERS = "ABCDEF"
BRIGHTEST = 9
CLEAR_SHARE = 8
"""Two pictures differ clearly in a cell by one part in so many of the way from black to white."""
CLEAR_CELLS = 3
"""They can be told by eye if they differ clearly in so many cells."""

Ask: TypeAlias = Literal["kernel", "picture", "patch"]
Ring: TypeAlias = Annotated[Whole, Bounds(ge=0, le=1)]
Levels: TypeAlias = Annotated[Ints, within(0, BRIGHTEST)]
Names: TypeAlias = Annotated[tuple[KernelName, ...], Bounds(min_length=1), AfterValidator(different)]
Scenes: TypeAlias = Annotated[tuple[SceneName, ...], Bounds(min_length=1), AfterValidator(different)]


@record
class Scale:
    """The numbers that are drawn black and white; what lies beyond is drawn like them."""

    black: Exact = 0
    white: Exact = BRIGHTEST

    def __post_init__(self) -> None:
        if self.black >= self.white:
            raise ValueError("'black' needs a smaller number than 'white'")

    def seen(self, rows: Map) -> Map:
        """Return the numbers that a picture tells."""
        return tuple(tuple(min(max(cell, self.black), self.white) for cell in row) for row in rows)


@record
class Params:
    """What an entry draws from."""

    ask: Ask
    right: Names
    others: Names = tuple(KERNELS)
    options: Annotated[Whole, Bounds(ge=2, le=len(LETTERS))] = 4
    scenes: Scenes = ("rectangle", "corner", "bar", "cross", "stairs", "dots")
    size: PerAxis = 9
    ground: Levels = Span(2, 3)
    shape: Levels = Span(6, 7)
    padding: Ring = 0
    patch: Flag = False
    digits: Digits | None = None


@record
class Given:
    """What decides the answer."""

    ask: Ask
    image: Map
    kernels: Annotated[tuple[Map, ...], Bounds(min_length=1, max_length=len(LETTERS))]
    right: Whole = 0
    scale: Scale = Scale()
    padding: Ring = 0
    cell: tuple[Whole, Whole] | None = None
    digits: Digits | None = None

    def __post_init__(self) -> None:
        if {map_size(kernel) for kernel in self.kernels} != {(SIZE, SIZE)}:
            raise ValueError(f"every kernel needs {SIZE} rows of {SIZE} weights")
        different(self.kernels)
        if (len(self.kernels) == 1) != (self.ask == "patch"):
            raise ValueError("'kernels' needs several of them to choose from, but only one for a patch")
        if not 0 <= self.right < len(self.kernels):
            raise ValueError("'right' is the place of one of the kernels, counted from 0")
        if self.ask == "patch" and self.cell is None:
            raise ValueError("a patch needs its 'cell'")
        rows, columns = self.slide.positions(map_size(self.image))
        if self.cell is not None and not (0 <= self.cell[0] < rows and 0 <= self.cell[1] < columns):
            raise ValueError(f"'cell' lies outside the filtered picture of {rows} rows and {columns} columns")

    @property
    def slide(self) -> Slide:
        """How the kernel moves."""
        return Slide((SIZE, SIZE), padding=((self.padding,) * 2,) * 2)


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw an image and the kernels; refuse what cannot be told apart by eye."""
    right = KERNELS[stream.child("right").choice(params.right)]
    kernels = [right] if params.ask == "patch" else _options(params, right, stream.child("others"))
    kernels = stream.child("order").shuffle(kernels)
    given = Given(
        ask=params.ask,
        image=_image(params, stream),
        kernels=tuple(kernels),
        right=kernels.index(right),
        scale=Scale(-BRIGHTEST if any(map(is_detector, kernels)) else 0),
        padding=params.padding,
        cell=(0, 0) if params.ask == "patch" else None,
        digits=params.digits,
    )
    for flip in (False, True):  # whatever a paper takes for granted
        _require_telling(given, flip)
    if params.patch or params.ask == "patch":
        given = replace(given, cell=_varied_cell(given, stream.child("cell")))
    return given


def _options(params: Params, right: Kernel, stream: Stream) -> list[Kernel]:
    """Return the right kernel, others that it is mistaken for, and more of them as there is room."""
    near = relatives(right)
    far = [KERNELS[name] for name in params.others if KERNELS[name] not in (right, *near)]
    others = stream.child("near").shuffle(near) + stream.child("far").shuffle(far)
    if len(others) < params.options - 1:
        raise Refused("there are too few other kernels")
    return [right, *others[: params.options - 1]]


def _image(params: Params, stream: Stream) -> Map:
    size = draw_pair(params.size, stream.child("size"))
    ground, shape = (draw_int(getattr(params, name), stream.child(name)) for name in ("ground", "shape"))
    if min(size) < LEAST_SIDE or ground == shape:
        raise Refused("the image is too small, or its shape as bright as the ground")
    cells = scene(stream.child("scene").choice(params.scenes), size, stream.child("cells"))
    rows, columns = map(range, size)
    return tuple(tuple(shape if (row, column) in cells else ground for column in columns) for row in rows)


def _require_telling(given: Given, flip: bool) -> None:  # noqa: FBT001 - tried both ways
    """Refuse a filtered picture of one grey, and options that look much the same."""
    pictures = [given.scale.seen(rows) for rows in _maps(given.image, given.kernels, given.padding, flip)]
    right = pictures[given.right]
    if len({cell for row in right for cell in row}) == 1:
        raise Refused("the filtered picture is of one grey")
    every = combinations(pictures, 2)
    with_right = ((right, other) for other in pictures if other is not right)
    span = given.scale.white - given.scale.black
    for one, other in every if given.ask == "picture" else with_right:
        cells = zip(weights(one), weights(other), strict=True)
        if sum(CLEAR_SHARE * abs(left - right) >= span for left, right in cells) < CLEAR_CELLS:
            raise Refused("two options look much the same")


def _varied_cell(given: Given, stream: Stream) -> tuple[int, int]:
    """Draw a cell whose window lies inside the image and holds different numbers."""
    places = (range(given.padding, given.padding + size - SIZE + 1) for size in map_size(given.image))
    filtering = _filtering(given, given.kernels[:1], flip=False)
    cells = [cell for cell in product(*places) if len({pixel for pixel, _ in filtering.factors(0, cell)}) > 1]
    if not cells:
        raise Refused("all windows are flat")
    return stream.choice(cells)


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show: numbers and greys, and never the name of a kernel."""
    given, origin = case.given, case.conventions.origin
    kernel = given.kernels[given.right]
    shown: dict[str, Shown] = {
        "before": _picture(given, given.image, "X", marked=_window(given)),
        "numbers": Grid(given.image, "X", marked=_window(given)),
        "scale": _scale_sentence(given.scale),
        "border": _border_sentence(given),
        "operation": _operation_sentence(case),
    }
    if given.ask == "kernel":
        shown["after"] = _picture(given, _filtered(case)[given.right], "Y")
        shown["options"] = Figures("", tuple(map(Grid, given.kernels, LETTERS)))
    else:
        shown["kernel"] = Grid(kernel, "K")
    if given.ask == "picture":
        pictures = zip(_filtered(case), LETTERS, strict=False)
        shown["options"] = Figures("", tuple(_picture(given, rows, letter) for rows, letter in pictures))
    if given.cell is not None:
        shown["cell"] = cell_symbol("Y", given.cell, origin)
        shown["patch"] = Grid(_patch(given, given.cell), "P")
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    return shown


def _picture(
    given: Given, rows: Map, label: str, marked: frozenset[tuple[int, int]] = frozenset()
) -> Picture:
    scale = given.scale
    return Picture(scale.seen(rows), label, black=scale.black, white=scale.white, marked=marked)


def _window(given: Given) -> frozenset[tuple[int, int]]:
    """Return the cells of the image in the window of the cell that is asked."""
    rows, columns = map_size(given.image)
    touched = given.slide.window(given.cell) if given.cell is not None else []
    cells = ((row - given.padding, column - given.padding) for row, column in touched)
    return frozenset(cell for cell in cells if 0 <= cell[0] < rows and 0 <= cell[1] < columns)


def _patch(given: Given, cell: tuple[int, int]) -> Map:
    pixels = [pixel for pixel, _ in _filtering(given, given.kernels[:1], flip=False).factors(0, cell)]
    return tuple(tuple(pixels[start : start + SIZE]) for start in range(0, SIZE * SIZE, SIZE))


def _scale_sentence(scale: Scale) -> Message:
    if scale.black == -scale.white:
        return say(
            "In all pictures 0 is mid-grey; {{ black }} and less is black, {{ white }} and more is white.",
            black=scale.black,
            white=scale.white,
        )
    return say(
        "In all pictures {{ black }} and less is black, {{ white }} and more is white.",
        black=scale.black,
        white=scale.white,
    )


def _border_sentence(given: Given) -> Message:
    if given.padding:
        return say("There is a ring of zeros around the image, so that the filtered picture is as large as it.")
    rows, columns = given.slide.positions(map_size(given.image))
    return say(
        "There is no padding: the filtered picture lacks the outermost rows and columns and has "
        "{{ rows }} × {{ columns }} cells.",
        rows=rows,
        columns=columns,
    )


def _operation_sentence(case: Case[Given]) -> Message:
    if case.conventions.operation == "convolution":
        return say("Filtering turns the kernel by 180° before it slides over the image (convolution).")
    return say("Filtering slides the kernel over the image as it stands (cross-correlation).")


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for an option, for the number in one cell, or for both."""
    given = case.given
    fields = []
    if given.ask != "patch":
        label = say("The kernel") if given.ask == "kernel" else say("The picture")
        options = tuple(Option(letter, also=(f"option {letter}",)) for letter in _letters(given))
        fields.append(Field("option", "choice", label, options=options))
    if given.cell is not None:
        needs = ("option",) if given.ask == "kernel" else ()
        symbol = cell_symbol("Y", given.cell, case.conventions.origin)
        fields.append(Field("y", "number", symbol, rule_for(given.digits), needs=needs))
    return tuple(fields)


def _letters(given: Given) -> str:
    return LETTERS[: len(given.kernels)]


# -- the key and the way to it ------------------------------------------------------------------


def _turns(case: Case[Given]) -> bool:
    return case.conventions.operation == "convolution"


def _filtering(given: Given, kernels: tuple[Map, ...], *, flip: bool) -> Filtering:
    stacks = tuple((kernel,) for kernel in kernels)
    return Filtering((given.image,), stacks, (0,) * len(kernels), given.slide, flip)
