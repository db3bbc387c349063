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
    Ask for one cell of the filtered picture as well. Where a misconception that the entry lists leads to
    another kernel, the number that follows from that kernel is right in its turn.
``digits``
    The number is to be rounded to so many decimals; without it, it is exact.

Under ``given`` (fixed) stand ``ask``, ``image`` and ``kernels``, a list of blocks of three rows in the order
of the options; ``right``, the place of the right one, counted from 0; ``scale``, the numbers that are drawn
``black`` and ``white``; ``padding``, ``cell`` (row and column, counted from 0) and ``digits``.

**Every option that gives the picture shown is right**; a draw with more than one is made again, as is one
whose options can hardly be told by eye. One scale of grey holds for all pictures: from 0 to 9, or from -9
to 9 with 0 as mid-grey where any of the kernels is a detector, whichever is right.

A prompt may show: ``before``, with the window of the cell that is asked marked, and ``numbers``, the same
image without a mark; ``after``, ``kernel``, ``options``, ``cell``, ``patch`` (the numbers in its window),
``rounding``; as whole sentences ``scale``, ``border``, ``operation``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations, product
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, say
from ..draws import Ints, Span, bounds_of, different, draw_int
from ..figures.model import Figures, Grid, Picture
from ..model import (
    Case,
    Effort,
    Field,
    Key,
    Option,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Flag, Whole, record
from ..rules import rule_for
from ..sliding.filtering import cell_symbol
from ..sliding.geometry import Digits, Map, Pair, PerAxis, draw_pair, map_size, rounding_phrase, within
from ..sliding.grey import BRIGHTEST, Scale
from ..sliding.images import LEAST_SIDE, SceneName, scene
from ..sliding.kernel_maps import KernelMaps, kernel_slide
from ..sliding.kernel_work import LETTERS, computed_cell, ruled_out, telling_cell, weighed
from ..sliding.kernels import (
    KERNELS,
    SIZE,
    Kernel,
    KernelName,
    effect,
    is_detector,
    relatives,
)
from ..sliding.mistaken_kernels import MISCONCEPTIONS
from ..streams import Stream
from ..values import nested

MOST_SIDE = 16
"""Of an image: four pictures of them stand on a page."""

Ask: TypeAlias = Literal["kernel", "picture", "patch"]
Ring: TypeAlias = Annotated[Whole, Bounds(ge=0, le=1)]
Levels: TypeAlias = Annotated[Ints, within(0, BRIGHTEST)]
Names: TypeAlias = Annotated[tuple[KernelName, ...], Bounds(min_length=1), AfterValidator(different)]
Scenes: TypeAlias = Annotated[tuple[SceneName, ...], Bounds(min_length=1), AfterValidator(different)]


def _fitting(size: PerAxis) -> PerAxis:
    for axis in size if isinstance(size, tuple) else (size,):
        least, most = bounds_of(axis)
        if least < LEAST_SIDE or most > MOST_SIDE:
            raise ValueError(f"an image has {LEAST_SIDE} to {MOST_SIDE} rows and columns")
    return size


@record
class Params:
    """What an entry draws from."""

    ask: Ask
    right: Names
    others: Names = tuple(KERNELS)
    options: Annotated[Whole, Bounds(ge=2, le=len(LETTERS))] = 4
    scenes: Scenes = ("rectangle", "corner", "bar", "cross", "stairs", "dots")
    size: Annotated[PerAxis, AfterValidator(_fitting)] = 9
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
        if max(map_size(self.image)) > MOST_SIDE:
            raise ValueError(f"'image' has at most {MOST_SIDE} rows and columns")
        if (len(self.kernels) == 1) != (self.ask == "patch"):
            raise ValueError("'kernels' needs several of them to choose from, but only one for a patch")
        if not 0 <= self.right < len(self.kernels):
            raise ValueError("'right' is the place of one of the kernels, counted from 0")
        if self.ask == "patch" and self.cell is None:
            raise ValueError("a patch needs its 'cell'")
        rows, columns = kernel_slide(self.padding).positions(map_size(self.image))
        if self.cell is not None and not (0 <= self.cell[0] < rows and 0 <= self.cell[1] < columns):
            raise ValueError(f"'cell' lies outside the filtered picture of {rows} rows and {columns} columns")


# -- drawing ------------------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw an image and the kernels; refuse what cannot be told apart by eye."""
    right = KERNELS[stream.child("right").choice(params.right)]
    options = [right] if params.ask == "patch" else _options(params, right, stream.child("others"))
    kernels = tuple(stream.child("order").shuffle(options))
    image = _image(params, stream)
    asks_cell = params.patch or params.ask == "patch"
    given = Given(
        ask=params.ask,
        image=image,
        kernels=kernels,
        right=kernels.index(right),
        scale=Scale(-BRIGHTEST if any(map(is_detector, kernels)) else 0),
        padding=params.padding,
        cell=_varied_cell(image, params.padding, stream.child("cell")) if asks_cell else None,
        digits=params.digits,
    )
    for turned in (False, True):  # whatever a paper takes for granted
        _require_telling(given, _maps(given, turned=turned).maps)
    return given


def _options(params: Params, right: Kernel, stream: Stream) -> list[Kernel]:
    """Return the right kernel, those that it is mistaken for, and others as there is room."""
    near = relatives(right)
    far = [KERNELS[name] for name in params.others if KERNELS[name] not in (right, *near)]
    others = stream.child("near").shuffle(near) + stream.child("far").shuffle(far)
    if len(others) < params.options - 1:
        raise Refused("there are too few other kernels")
    return [right, *others[: params.options - 1]]


def _image(params: Params, stream: Stream) -> Map:
    size = draw_pair(params.size, stream.child("size"))
    ground = draw_int(params.ground, stream.child("ground"))
    shape = draw_int(params.shape, stream.child("shape"))
    if ground == shape:
        raise Refused("the shape is as bright as the ground")
    cells = scene(stream.child("scene").choice(params.scenes), size, stream.child("cells"))
    rows, columns = map(range, size)
    return tuple(tuple(shape if (row, column) in cells else ground for column in columns) for row in rows)


def _varied_cell(image: Map, padding: int, stream: Stream) -> Pair:
    """Draw a cell whose window lies inside the image and holds different numbers."""
    rows, columns = (range(padding, padding + size - SIZE + 1) for size in map_size(image))
    patches = KernelMaps(image, (), padding, turned=False)
    cells = [cell for cell in product(rows, columns) if len({*chain(*patches.patch(cell))}) > 1]
    return stream.choice(cells)


def _require_telling(given: Given, maps: tuple[Map, ...]) -> None:
    """Refuse a filtered picture of one grey, and options that look much the same."""
    right = maps[given.right]
    if len({*chain(*given.scale.seen(right))}) == 1:
        raise Refused("the filtered picture is of one grey")
    others = [single for single in maps if single is not right]
    pairs = combinations(maps, 2) if given.ask == "picture" else ((right, other) for other in others)
    if any(given.scale.look_alike(one, other) for one, other in pairs):
        raise Refused("two options look much the same")


# -- what is shown and asked --------------------------------------------------------------------


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show: numbers and greys, and never the name of a kernel."""
    given, options = case.given, _options_of(case)
    shown: dict[str, Shown] = {
        "before": _picture(given, given.image, "X"),
        "numbers": Grid(given.image, "X"),
        "scale": _scale_sentence(given),
        "border": options.border_sentence(),
        "operation": options.operation_sentence(),
    }
    if given.ask == "kernel":
        shown["after"] = _picture(given, options.maps[given.right], "Y")
        shown["options"] = Figures("", tuple(map(Grid, given.kernels, LETTERS)))
    else:
        shown["kernel"] = Grid(given.kernels[given.right], "K")
    if given.ask == "picture":
        pictures = (
            _picture(given, *labelled) for labelled in zip(options.maps, _letters(given), strict=True)
        )
        shown["options"] = Figures("", tuple(pictures))
    if given.cell is not None:
        shown["before"] = replace(_picture(given, given.image, "X"), marked=options.window(given.cell))
        shown["cell"] = cell_symbol("Y", given.cell, case.conventions.origin)
        shown["patch"] = Grid(options.patch(given.cell), "P")
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    return shown


def _scale_sentence(given: Given) -> Message:
    """Say what the greys mean, and which numbers an image of two greys holds: no eye tells 0 from 3."""
    sentence, levels = given.scale.sentence(), sorted({*chain(*given.image)})
    if len(levels) != 2:
        return sentence
    return say(
        "{{ scale }} The cells of $X$ are {{ dark }} and {{ bright }}.",
        scale=sentence,
        dark=levels[0],
        bright=levels[1],
    )


def _letters(given: Given) -> str:
    return LETTERS[: len(given.kernels)]


def _picture(given: Given, rows: Map, label: str) -> Picture:
    scale = given.scale
    return Picture(scale.seen(rows), label, black=scale.black, white=scale.white)


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


# -- the key and the way to it ------------------------------------------------------------------


def _maps(given: Given, *, turned: bool) -> KernelMaps:
    return KernelMaps(given.image, given.kernels, given.padding, turned)


def _options_of(case: Case[Given]) -> KernelMaps:
    return _maps(case.given, turned=case.conventions.operation == "convolution")


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Filter the image with all kernels by the engine."""
    return _key(case.given, _options_of(case).maps, taken)


def second(case: Case[Given]) -> Key:
    """Throw every pixel at the cells that it touches, without the engine."""
    return _key(case.given, _options_of(case).filtering.second(), {})


def _key(given: Given, maps: tuple[Map, ...], taken: Mapping[str, Value]) -> Key:
    """Compare what the pictures show; the number of a cell follows from the kernel that was chosen."""
    pictures = [given.scale.seen(rows) for rows in maps]
    fitting = [
        letter for letter, seen in zip(LETTERS, pictures, strict=False) if seen == pictures[given.right]
    ]
    key: dict[str, tuple[Value, ...]] = {}
    if given.ask != "patch":
        key["option"] = tuple(fitting)
    if given.cell is not None:
        row, column = given.cell
        chosen = [str(taken["option"])] if "option" in taken and given.ask == "kernel" else fitting
        key["y"] = tuple(dict.fromkeys(maps[LETTERS.index(letter)][row][column] for letter in chosen))
    return key


def effort(case: Case[Given]) -> Effort:
    """Count the products of one cell: the one that is asked, or for all options one that tells them apart."""
    given = case.given
    if given.cell is None:
        return _options_of(case).filtering.effort([_telling_cell(case)], len(given.kernels))
    return _effort_with(case, given.right, given.cell)


def _effort_with(case: Case[Given], number: int, cell: Pair) -> Effort:
    kernel = case.given.kernels[number : number + 1]
    return replace(_options_of(case), kernels=kernel).filtering.effort([cell], 1)


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:  # noqa: ARG001 - only `y` needs
    """Count the products of the cell with the kernel that was chosen."""
    cell = cast(Pair, case.given.cell)
    return _effort_with(case, LETTERS.index(str(taken["option"])), cell).products


def _telling_cell(case: Case[Given]) -> Pair:
    return telling_cell([case.given.scale.seen(rows) for rows in _options_of(case).maps], case.given.right)


def work(case: Case[Given]) -> Iterator[Step]:
    """Add the weights up, compute one cell, and say where the other options differ."""
    given, origin = case.given, case.conventions.origin
    options = _options_of(case)
    filtering = options.filtering
    if filtering.turned:
        yield say("A convolution turns the kernel by 180°; the turned kernel is then used as it stands.")
    if given.ask != "patch":
        cell = _telling_cell(case)
        yield from _weights_read(given, nested(filtering.laid()[:, 0]))
        yield from computed_cell(filtering, given.right, cell, origin=origin)
        yield say("The other options differ:")
        yield ruled_out(options.maps, given.right, given.scale, cell, origin=origin)
        letters = ", ".join(str(letter) for letter in solve(case, {})["option"])
        yield say("So the answer is **{{ letters }}**.", letters=letters)
    if given.cell is not None:
        yield from computed_cell(filtering, given.right, given.cell, origin=origin, digits=given.digits)


def _weights_read(given: Given, laid: tuple[Kernel, ...]) -> Iterator[Step]:
    """Say what the weights tell: of all kernels, or of the only one that is shown."""
    if given.ask == "kernel":
        yield weighed(laid)
    else:
        yield say("Of $K$, {{ effect }}.", effect=effect(laid[given.right]))


_ESSENTIAL: dict[Ask, tuple[str, ...]] = {
    "kernel": ("after", "options"),
    "picture": ("kernel", "options"),
    "patch": ("kernel", "cell"),
}

TYPE = QuestionType(
    name="kernel_effect",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=lambda case: _ESSENTIAL[case.given.ask],
    pace=6,
    remaining=remaining,
)
