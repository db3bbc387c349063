"""Say where a filter answers most strongly, or which of several filters does.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``ask``
    ``position``: where in the image is the response strongest?
    ``window``: in which of several marked windows is it?
    ``kernel``: which of several kernels answers most strongly in one marked window?
``input``
    The image, channels first: ``{shape: [1, 5, 5], from: 0, to: 5}``; fixed: a list of maps, each a block of
    rows. Windows can be marked on one channel only.
``kernel``
    Output maps, then channels: ``{shape: [1, 1, 3, 3], one_of: [-1, 0, 1]}``; several maps are the kernels to
    choose from.
``detectors``
    Instead of ``kernel``: kernels of 3 × 3 to draw from by name, such as ``vertical_edge``; see
    ``convexam explain kernel_effect``.
``seek``
    What counts as the strongest response: ``largest``, the default, ``smallest`` (the most negative) or
    ``absolute`` (the largest in absolute value).
``options``
    How many windows or detectors there are to choose from; default 4.
``stride``, ``padding``
    As in ``conv2d``, of a position; default 1 and 0.
``counted``
    What the position of a response is: ``cell``, its row and column in the output map; ``centre`` or
    ``corner``, those of the image cell in the middle, or top left, of its window.
``value``
    Ask for the strongest response itself as well.
``windows``
    Fixed only: the output cells (row, column, counted from 0) whose windows are marked, in the order of the
    options; a single one where kernels are chosen.

**Where several responses are equally strong, each of them is right**; such a draw is made again.

A prompt may show: ``X``; ``K``, the kernel; ``options``, the marked windows or the kernels; ``sought``
(largest, most negative, largest in absolute value); ``stride``, ``padding``, ``operation``; as whole
sentences ``position_rule`` and ``size_rule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Shown, say
from ..draws import TensorRange, different, draw_tensor
from ..engine import ShapeError
from ..figures.model import Figures, Grid
from ..model import (
    Case,
    Conventions,
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
from ..sliding.filtering import operation_phrase
from ..sliding.geometry import (
    MOST_PRODUCTS,
    Map,
    PaddingRange,
    Pair,
    PerAxis,
    Sides,
    all_cells,
    draw_padding,
    draw_pair,
    map_size,
    padding_phrase,
    pair_phrase,
    size_rule,
)
from ..sliding.kernel_work import LETTERS
from ..sliding.kernels import KERNELS, KernelName
from ..sliding.looked_at import looked_at, places, written_position
from ..sliding.mistaken_responses import MISCONCEPTIONS
from ..sliding.plain_responses import plain_options, plain_positions
from ..sliding.response_work import options_work, position_work
from ..sliding.responses import (
    Counted,
    Sought,
    counted_sentence,
    image_window,
    position,
    sought_phrase,
    strongest,
)
from ..sliding.worked import channels, kernel_grids
from ..sliding.wrong_filters import filtering_of, output_size, slide_of
from ..streams import Stream
from ..values import how_many

Ask: TypeAlias = Literal["position", "window", "kernel"]
Detectors: TypeAlias = Annotated[tuple[KernelName, ...], Bounds(min_length=2), AfterValidator(different)]
Cell: TypeAlias = tuple[Whole, Whole]

PARTS = (Field("row", "integer", say("row")), Field("column", "integer", say("column")))
"""Of a position."""


@record
class Params:
    """What an entry draws from."""

    ask: Ask
    input: TensorRange
    kernel: TensorRange | None = None
    detectors: Detectors | None = None
    seek: Sought = "largest"
    options: Annotated[Whole, Bounds(ge=2, le=len(LETTERS))] = 4
    stride: PerAxis = 1
    padding: PaddingRange = 0
    counted: Counted = "cell"
    value: Flag = False

    def __post_init__(self) -> None:
        if (self.kernel is None) == (self.detectors is None):
            raise ValueError("either 'kernel' says what weights are drawn from, or 'detectors' names kernels")
        if len(self.input.shape) != 3 or (self.kernel is not None and len(self.kernel.shape) != 4):
            raise ValueError("'input' needs the shape [C, H, W] and 'kernel' the shape [M, C, h, w]")


@record
class Given:
    """What decides the answer."""

    ask: Ask
    input: tuple[Map, ...]
    kernel: Annotated[tuple[tuple[Map, ...], ...], Bounds(min_length=1, max_length=len(LETTERS))]
    seek: Sought = "largest"
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    counted: Counted = "cell"
    value: Flag = False
    windows: Annotated[tuple[Cell, ...], Bounds(max_length=len(LETTERS)), AfterValidator(different)] = ()

    @property
    def dilation(self) -> Pair:
        """Kernels have no gaps."""
        return 1, 1

    @property
    def bias(self) -> tuple[int, ...]:
        """There are no biases."""
        return ()

    def __post_init__(self) -> None:
        if {len(maps) for maps in self.kernel} != {len(self.input)}:
            raise ValueError("every kernel needs as many channels as the input")
        if (
            len(set(map(map_size, self.input))) != 1
            or len({map_size(k) for m in self.kernel for k in m}) != 1
        ):
            raise ValueError("all channels of the input need the same size, and so do all kernels")
        for wrong, complaint in _complaints(self):
            if wrong:
                raise ValueError(complaint)
        rows, columns = output_size(Case(self, Conventions(rounding="ceil")))
        products = rows * columns * how_many(self.kernel)
        if products > MOST_PRODUCTS:
            raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
        rows, columns = output_size(Case(self))
        if not all(0 <= row < rows and 0 <= column < columns for row, column in self.windows):
            raise ShapeError(f"'windows' lie outside the output of {rows} rows and {columns} columns")


def _complaints(given: Given) -> Iterator[tuple[bool, str]]:
    """Yield what must not be."""
    kernels, windows, positions = len(given.kernel), len(given.windows), given.ask == "position"
    different(given.kernel)
    yield (
        (kernels == 1) == (given.ask == "kernel"),
        "'kernel' holds several where one is to be chosen",
    )
    yield positions and windows > 0, "'windows' are marked where a window or a kernel is to be chosen"
    yield given.ask == "window" and windows < 2, "'windows' needs several cells to choose from"
    yield given.ask == "kernel" and windows != 1, "'windows' needs a single cell where kernels are chosen"
    yield given.value and not positions, "'value' goes with a position"
    yield not positions and len(given.input) > 1, "windows are marked on one channel only"
    yield (
        not positions and (given.stride != (1, 1) or any(map(any, given.padding))),
        "'stride' and 'padding' go with a position",
    )
    yield (
        given.counted == "centre" and not all(size % 2 for size in map_size(given.kernel[0][0])),
        "a window has a centre only if its sides are odd",
    )


# -- drawing ------------------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse responses that are equally strong, or have the wrong sign."""
    image = draw_tensor(params.input, stream.child("input"))
    kernel = _kernels(params, stream.child("kernel"))
    stride = draw_pair(params.stride, stream.child("stride"))
    size = map_size(kernel[0][0])
    try:
        given = Given(
            ask=params.ask,
            input=image,
            kernel=kernel,
            seek=params.seek,
            stride=stride,
            padding=draw_padding(
                params.padding,
                stream.child("padding"),
                sizes=map_size(image[0]),
                kernel=size,
                stride=stride,
                dilation=(1, 1),
            ),
            counted=params.counted,
            value=params.value,
            windows=_windows(params, map_size(image[0]), size, stream.child("windows")),
        )
    except ShapeError as error:
        raise Refused("the kernel does not fit the image") from error
    except ValueError as error:  # two kernels are the same, or the params do not go together
        raise Refused(str(error)) from error
    for conventions in (Conventions(), Conventions(operation="convolution")):  # which holds, the exam says
        _require_single(given, looked_at(Case(given, conventions)))
    return given


def _require_single(given: Given, responses: Mapping[Any, Any]) -> None:
    """Refuse responses that are equally strong, and a strongest one with the wrong sign."""
    if len(set(responses.values())) < len(responses) and given.ask != "position":
        raise Refused("two options have the same response")
    best = strongest(given.seek, responses)
    if len(best) > 1:
        raise Refused("several responses are equally strong")
    if given.seek != "absolute" and (responses[best[0]] > 0) != (given.seek == "largest"):
        raise Refused("the strongest response has the wrong sign")


def _kernels(params: Params, stream: Stream) -> Any:
    if params.kernel is not None:
        return draw_tensor(params.kernel, stream)
    count = params.options if params.ask == "kernel" else 1
    if params.detectors is None or len(params.detectors) < count:
        raise Refused("there are fewer detectors than options")
    return tuple((KERNELS[name],) for name in stream.sample(params.detectors, count))


def _windows(params: Params, image: Pair, kernel: Pair, stream: Stream) -> tuple[Pair, ...]:
    """Draw the output cells whose windows are marked."""
    if params.ask == "position":
        return ()
    rows, columns = (size - window + 1 for size, window in zip(image, kernel, strict=True))
    cells = all_cells((rows, columns))
    count = params.options if params.ask == "window" else 1
    if len(cells) < count:
        raise Refused("there are fewer windows than options")
    return tuple(stream.sample(cells, count))


# -- what is shown and asked --------------------------------------------------------------------


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    shown: dict[str, Shown] = {
        "X": channels("X", given.input, origin),
        "sought": sought_phrase(given.seek),
        "stride": pair_phrase(given.stride),
        "padding": padding_phrase(given.padding),
        "operation": operation_phrase(case.conventions),
        "position_rule": counted_sentence(given.counted, origin, padded=any(map(any, given.padding))),
        "size_rule": size_rule(up=case.conventions.rounding == "ceil"),
    }
    if given.ask == "kernel":
        shown["X"] = _marked(case, given.windows[0], "X")
        kernels = (Grid(maps[0], letter) for maps, letter in zip(given.kernel, LETTERS, strict=False))
        shown["options"] = Figures("", tuple(kernels))
        return shown
    shown["K"] = kernel_grids(given.kernel, origin)
    if given.ask == "window":
        windows = (_marked(case, cell, letter) for cell, letter in zip(given.windows, LETTERS, strict=False))
        shown["options"] = Figures("", tuple(windows))
    return shown


def _marked(case: Case[Given], cell: Pair, label: str) -> Grid:
    """Draw the image with the window of an output cell marked."""
    image = case.given.input[0]
    return Grid(image, label, marked=image_window(cell, slide_of(case), map_size(image)))


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can do without."""
    names: dict[Ask, tuple[str, ...]] = {
        "position": ("X", "K", "sought", "position_rule"),
        "window": ("K", "options", "sought"),
        "kernel": ("X", "options", "sought"),
    }
    return names[case.given.ask]


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for a position, and perhaps its response, or for an option."""
    given = case.given
    if given.ask != "position":
        letters = LETTERS[: max(len(given.windows), len(given.kernel))]
        label = say("The window") if given.ask == "window" else say("The kernel")
        options = tuple(
            Option(letter, also=(f"option {letter}", f"{given.ask} {letter}")) for letter in letters
        )
        return (Field("option", "choice", label, options=options),)
    where = Field("position", "record", say("The position"), parts=PARTS)
    value = Field("value", "number", say("The response there"), needs=("position",))
    return (where, value) if given.value else (where,)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Filter with the engine, and look for the strongest response."""
    given = case.given
    responses = looked_at(case)
    best = strongest(given.seek, responses)
    if given.ask != "position":
        return {"option": tuple(best)}
    written = _positions(case)
    chosen = [cell for cell in responses if written[cell] == taken.get("position")] or best
    return _position_key(given, [written[cell] for cell in best], [responses[cell] for cell in chosen])


def _positions(case: Case[Given]) -> dict[Pair, Value]:
    """Return how the position of each cell is written."""
    counted = "cell" if "largest_pixel" in case.slips else case.given.counted
    return {cell: written_position(case, position(cell, counted, slide_of(case))) for cell in looked_at(case)}


def _position_key(given: Given, positions: list[Value], values: list[Value]) -> Key:
    key: dict[str, tuple[Value, ...]] = {"position": tuple(positions)}
    return {**key, "value": tuple(dict.fromkeys(values))} if given.value else key


def second(case: Case[Given]) -> Key:
    """Throw every pixel at the cells that it touches, and sort what comes out, without the engine."""
    if case.given.ask != "position":
        return {"option": tuple(LETTERS[number] for number in plain_options(case))}
    origin, found = case.conventions.origin, plain_positions(case)
    positions: list[Value] = [(row + origin, column + origin) for (row, column), _ in found]
    return _position_key(case.given, positions, [value for _, value in found])


def effort(case: Case[Given]) -> Effort:
    """Count the products of all windows that may be the strongest."""
    filtering = filtering_of(case)
    if case.given.ask == "position":
        return filtering.effort(all_cells(output_size(case)), 1)
    return filtering.effort(case.given.windows, len(case.given.kernel))


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:  # noqa: ARG001 - only `value` needs
    """Count the products of the window at the position that was chosen."""
    chosen = [cell for cell, where in _positions(case).items() if where == taken["position"]]
    return sum(filtering_of(case).effort([cell], 1).products for cell in chosen)


def work(case: Case[Given]) -> Iterator[Step]:
    """Compute the responses, and compare them."""
    given, origin, filtering = case.given, case.conventions.origin, filtering_of(case)
    if given.ask == "position":
        yield from position_work(filtering, given.seek, given.counted, origin=origin)
    else:
        yield from options_work(filtering, places(case), given.seek, origin=origin)


TYPE = QuestionType(
    name="strongest_response",
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
    essential=essential,
    pace=4,
    remaining=remaining,
)
