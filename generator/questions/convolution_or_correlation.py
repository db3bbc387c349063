"""Tell cross-correlation and convolution apart: compute both, recognise one, find kernels that cannot tell.

Nothing here depends on the operation that a paper takes for granted: both are always named. Stride 1 and no
padding everywhere. A map of one row is a question in one dimension.

What an entry says under ``params`` (drawn):

``ask``
    ``compute``: the map of the cross-correlation and that of the convolution.
    ``made``: an output map is shown; which of the two operations made it, or neither?
    ``agree``: several kernels are shown; for which of them do both operations give the same map, whatever
    the input?
``input``
    The map, without channels: ``{shape: [H, W], from: -3, to: 5}``; not for ``agree``.
``kernel``
    ``{shape: [h, w], one_of: [-1, 0, 1, 2]}``. For ``agree`` every option is drawn like that, and then given
    its symmetry; it needs 2 to 9 rows, and as many columns.
``cell``
    ``compute`` one cell only (row, column), counted from 0.
``made``
    What ``made`` draws from, by default all: ``as_it_stands`` (cross-correlation), ``turned`` (convolution),
    and neither of them: ``upside_down``, ``mirrored``, ``transposed``.
``options``, ``right``
    Of ``agree``: how many kernels there are, 3 to 6, default 5, and for how many of them both operations
    agree, default 1 to 2. The others look the same upside down, mirrored or transposed, change their sign
    when turned, or none of that.
``library``
    Ask as well which of the two the convolutional layer of a deep-learning library computes. The answer is
    always the same, so it weighs little.
``digits``
    Numbers are to be rounded to so many decimals; without it they are exact.
``show_shape``
    Print the empty maps in their right size; by default the size is part of the question.

Under ``given`` (fixed) stand ``ask``; ``input``, a block of rows; ``kernels``, a list of blocks of rows, of
which there is only one except for ``agree``; ``cell``, ``made`` (one name), ``library``, ``digits`` and
``show_shape``.

**Every right answer counts**: where both operations make the output that is shown, both names are right.

A prompt may show: ``X``, ``K``, ``A`` (the cross-correlation), ``B`` (the convolution), ``cell_A``,
``cell_B``, ``output``, ``options``, ``rounding``, and ``definitions``, both operations as formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Annotated, Literal, TypeAlias, cast, get_args

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Shown, Symbol, say
from ..draws import Ints, Span, TensorRange, bounds_of, different, draw_int, draw_tensor
from ..engine import ShapeError
from ..figures.model import Grid
from ..model import Case, Effort, Field, Key, Option, QuestionType, Refused, Step, Value
from ..reading.schema import Flag, Whole, record
from ..rules import rule_for
from ..sliding.agreeing_kernels import WRONG_SYMMETRIES, AgreeingKernels, draw_options
from ..sliding.filtering import effort_of
from ..sliding.geometry import MOST_PRODUCTS, Digits, Map, all_cells, map_size, rounding_phrase, within
from ..sliding.kernel_work import LETTERS
from ..sliding.made_outputs import NEITHER, Maker, made_steps, makers, output_made, telling_cells
from ..sliding.operation_pair import SYMBOLS, OperationPair, at
from ..sliding.row_filtering import row_or_column
from ..sliding.worked import Slide
from ..sliding.wrong_operations import OPERATION_MISCONCEPTIONS
from ..streams import Stream
from ..sums import MadeOf

Ask: TypeAlias = Literal["compute", "made", "agree"]
Makers: TypeAlias = Annotated[tuple[Maker, ...], Bounds(min_length=1), AfterValidator(different)]

LIBRARY_WEIGHT = Fraction(1, 4)

MOST_SIDE = 9
"""Of kernels to choose from, which are compared by eye."""


@record
class Params:
    """What an entry draws from."""

    ask: Ask
    kernel: TensorRange
    input: TensorRange | None = None
    cell: tuple[Whole, Whole] | None = None
    made: Makers = get_args(Maker)
    options: Annotated[Whole, Bounds(ge=3, le=len(LETTERS))] = 5
    right: Annotated[Ints, within(1, len(LETTERS) - 1)] = Span(1, 2)
    library: Flag = False
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len(self.kernel.shape) != 2 or (self.input is not None and len(self.input.shape) != 2):
            raise ValueError("'input' needs the shape [H, W] and 'kernel' the shape [h, w]")
        if (self.input is None) != (self.ask == "agree"):
            raise ValueError("'input' is needed, except to ask for which kernels both operations 'agree'")
        if self.ask == "agree":
            self._check_options()

    def _check_options(self) -> None:
        rows, columns = self.kernel.shape
        if rows != columns or bounds_of(rows)[0] < 2 or bounds_of(rows)[1] > MOST_SIDE:
            raise ValueError(f"'kernel' needs as many rows as columns to have symmetries, 2 to {MOST_SIDE}")
        least, most = bounds_of(self.right)
        if most >= self.options or self.options - least > len(WRONG_SYMMETRIES):
            raise ValueError(
                f"of the 'options', 1 to {len(WRONG_SYMMETRIES)} need to be kernels on which the operations "
                "differ: change 'right'"
            )


@record
class Given:
    """What decides the answer."""

    ask: Ask
    kernels: Annotated[tuple[Map, ...], Bounds(min_length=1, max_length=len(LETTERS))]
    input: Map | None = None
    cell: tuple[Whole, Whole] | None = None
    made: Maker | None = None
    library: Flag = False
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        different(self.kernels)
        if (self.input is None) != (self.ask == "agree"):
            raise ValueError("'input' is needed, except to ask for which kernels both operations 'agree'")
        if (len(self.kernels) == 1) != (self.ask != "agree"):
            raise ValueError("'kernels' needs several of them to choose from, but only one to compute with")
        if (self.made is None) != (self.ask != "made"):
            raise ValueError("'made' is needed where an output is shown, and only there")
        if self.input is None:
            if max(max(map_size(kernel)) for kernel in self.kernels) > MOST_SIDE:
                raise ValueError(f"kernels to choose from have at most {MOST_SIDE} rows and columns")
            return
        products = prod(map_size(self.input)) * prod(map_size(self.kernels[0]))
        if products > MOST_PRODUCTS:
            raise ValueError(f"this takes up to {products} products; at most {MOST_PRODUCTS} are computed")
        rows, columns = Slide(map_size(self.kernels[0])).positions(map_size(self.input))
        if self.cell is not None and not (0 <= self.cell[0] < rows and 0 <= self.cell[1] < columns):
            raise ShapeError(f"'cell' lies outside the output of {rows} rows and {columns} columns")
        if self.made == "transposed" and len(set(map_size(self.kernels[0]))) > 1:
            raise ShapeError("a kernel that is 'transposed' needs as many rows as columns")


# -- drawing ------------------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    made = _drawn_maker(params.made, stream.child("made")) if params.ask == "made" else None
    try:
        given = Given(
            ask=params.ask,
            kernels=_kernels(params, stream),
            input=None if params.input is None else draw_tensor(params.input, stream.child("input")),
            cell=params.cell,
            made=made,
            library=params.library,
            digits=params.digits,
            show_shape=params.show_shape,
        )
    except ShapeError as error:
        raise Refused("the kernel does not fit the map, or the cell the output") from error
    except ValueError as error:
        raise Refused(str(error)) from error
    if params.ask == "made" and len(set(_pair(Case(given)).maps())) == 1:
        raise Refused("both operations make the same output")
    return given


def _drawn_maker(listed: Makers, stream: Stream) -> Maker:
    """Draw one of the right answers first, so that each is as often right."""
    groups: dict[str, list[Maker]] = {}
    for maker in listed:
        groups.setdefault(maker if maker in ("as_it_stands", "turned") else NEITHER, []).append(maker)
    group = stream.child("answer").choice(list(groups.values()))
    return stream.child("maker").choice(group)


def _kernels(params: Params, stream: Stream) -> tuple[Map, ...]:
    """Draw the kernel, or the options: those on which the operations agree among others."""
    if params.ask != "agree":
        return (draw_tensor(params.kernel, stream.child("kernel")),)
    right = draw_int(params.right, stream.child("right"))
    return draw_options(params.kernel, stream, right=right, wrong=params.options - right)


# -- what is shown and asked --------------------------------------------------------------------


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show; never what an answer says."""
    given, origin = case.given, case.conventions.origin
    if given.input is None:
        return {"options": AgreeingKernels(given.kernels).figures()}
    pair = OperationPair(given.input, given.kernels[0])
    shown: dict[str, Shown] = {
        "X": pair.figure(given.input, "X", origin),
        "K": Grid(given.kernels[0], "K"),
        "A": Symbol(SYMBOLS[0]),
        "B": Symbol(SYMBOLS[1]),
        "definitions": pair.definitions(origin),
    }
    if given.made is not None:
        shown["output"] = pair.figure(_output(given), "Y", origin)
    if given.cell is not None:
        shown |= {f"cell_{letter}": pair.symbol(letter, given.cell, origin) for letter in SYMBOLS}
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    return shown


def _output(given: Given) -> Map:
    return output_made(cast(Map, given.input), given.kernels[0], cast(Maker, given.made))


_OPERATIONS = (
    Option("cross-correlation", also=("correlation",)),
    Option("convolution", also=("true convolution",)),
)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for both maps, for the operation that made one, or for kernels; and what a library computes."""
    given = case.given
    fields = {"compute": _numbers, "made": _maker, "agree": _choices}[given.ask](case)
    if given.library:
        label = say("A library computes the")
        fields += (Field("library", "choice", label, weight=LIBRARY_WEIGHT, options=_OPERATIONS),)
    return fields


def _numbers(case: Case[Given]) -> tuple[Field, ...]:
    given = case.given
    pair = _pair(case)
    rule = rule_for(given.digits)
    if given.cell is not None:
        symbols = [pair.symbol(letter, given.cell, case.conventions.origin) for letter in SYMBOLS]
        return tuple(Field(name, "number", label, rule) for name, label in zip(_MAPS, symbols, strict=True))
    shape = pair.correlation.slide.positions(map_size(pair.map)) if given.show_shape else None
    return tuple(
        Field(name, "tensor", Symbol(letter), rule, shape=shape, row=len(pair.map) == 1)
        for name, letter in zip(_MAPS, SYMBOLS, strict=True)
    )


_MAPS = ("correlation", "convolution")


def _maker(case: Case[Given]) -> tuple[Field, ...]:  # noqa: ARG001 - the same for every case
    options = (*_OPERATIONS, Option(NEITHER, also=("none", "neither of them")))
    return (Field("made", "choice", say("The output was made by"), options=options),)


def _choices(case: Case[Given]) -> tuple[Field, ...]:
    letters = LETTERS[: len(case.given.kernels)]
    options = tuple(Option(letter, also=(f"option {letter}",)) for letter in letters)
    return (Field("agree", "choices", say("Both agree for"), options=options),)


# -- the key and the way to it ------------------------------------------------------------------


def _pair(case: Case[Given]) -> OperationPair:
    given = case.given
    return OperationPair(cast(Map, given.input), given.kernels[0], case.slips)


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - no field needs another
    """Filter with the engine, or turn the kernels."""
    if case.given.ask == "agree":
        key: Key = {"agree": (AgreeingKernels(case.given.kernels, case.slips).agreeing(),)}
    else:
        key = _key(case.given, _pair(case).maps())
    library = "convolution" if "library_convolution" in case.slips else "cross-correlation"
    return {**key, "library": (library,)} if case.given.library else key


def second(case: Case[Given]) -> Key:
    """Throw every number at the cells that it touches, without the engine; try kernels on a single 1."""
    if case.given.ask == "agree":
        key: Key = {"agree": (AgreeingKernels(case.given.kernels).second(),)}
    else:
        key = _key(case.given, _pair(case).second())
    return {**key, "library": ("cross-correlation",)} if case.given.library else key


def _key(given: Given, maps: tuple[Map, Map]) -> Key:
    """Return what is asked of both maps; a row is right as a column as well."""
    if given.ask == "made":
        return {"made": makers(_output(given), maps)}
    if given.cell is not None:
        cell = given.cell
        return {name: (at(single, cell),) for name, single in zip(_MAPS, maps, strict=True)}
    return {name: row_or_column(single) for name, single in zip(_MAPS, maps, strict=True)}


def effort(case: Case[Given]) -> Effort:
    """Count the products of both maps, or of the cells that tell; of kernels the weights to be compared."""
    given = case.given
    if given.ask == "agree":
        return Effort(products=sum(prod(map_size(kernel)) // 2 for kernel in given.kernels))
    pair = _pair(case)
    maps = pair.maps()
    cells = telling_cells(_output(given), maps) if given.ask == "made" else _cells(case)
    return effort_of(
        [
            factors
            for filtering in pair.filterings
            for cell in cells
            for factors in filtering.factors(0, cell)
        ],
        [at(single, cell) for single in maps for cell in cells],
    )


def _cells(case: Case[Given]) -> list[tuple[int, int]]:
    """Return the cells that are asked."""
    cell = case.given.cell
    return [cell] if cell is not None else all_cells(map_size(_pair(case).maps()[0]))


def work(case: Case[Given]) -> Iterator[Step]:
    """Turn the kernel, and do what each operation does with it."""
    given, origin = case.given, case.conventions.origin
    if given.ask == "agree":
        yield from AgreeingKernels(given.kernels).work(origin)
    elif given.ask == "made":
        yield from made_steps(_pair(case), _output(given), origin=origin)
    else:
        pair, cells = _pair(case), _cells(case)
        yield from pair.turn_steps()
        yield from pair.window_step(cells[0], origin)
        yield from pair.sums(cells, origin=origin, digits=given.digits)
        if given.cell is None:
            yield from pair.solved(given.digits)
    if given.library:
        yield say(
            "Deep-learning libraries compute the cross-correlation and call it a convolution. Their weights "
            "are learned, and learning would find the turned kernel as well."
        )


def work_at(case: Case[Given], field: str, cell: tuple[int, int]) -> Iterator[Step]:
    """Write the window of one cell out; a row may have been answered as a column."""
    pair = _pair(case)
    place = (0, max(cell)) if pair.is_row else cell
    yield from pair.work_at(
        _MAPS.index(field), place, origin=case.conventions.origin, digits=case.given.digits
    )


_ESSENTIAL: dict[Ask, tuple[str, ...]] = {
    "compute": ("X", "K"),
    "made": ("X", "K", "output"),
    "agree": ("options",),
}


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> MadeOf | None:
    """Return the products of a cell of one of the maps."""
    if field not in _MAPS:
        return None
    return _pair(case).filterings[_MAPS.index(field)].made_of(0, case.given.cell or cell)


TYPE = QuestionType(
    name="convolution_or_correlation",
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
    work_at=work_at,
    misconceptions=OPERATION_MISCONCEPTIONS,
    manual=__doc__,
    essential=lambda case: _ESSENTIAL[case.given.ask],
    made_of=made_of,
)
