"""The strongest response, written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..document import Message, Symbol, listed, say
from ..figures.model import Figures, Grid
from ..language import phrase
from ..model import Step
from ..number import Number
from ..values import nested
from .filtering import Filtering, cell_symbol
from .geometry import all_cells
from .responses import Counted, Sought, offset, position, sought_phrase, strongest
from .worked import (
    Pair,
    marked_window,
    padded_figure,
    solved_grid,
    sum_formulas,
)

_STRONGEST = {
    "largest": phrase("The largest response is marked: {{ response }}."),
    "smallest": phrase("The most negative response is marked: {{ response }}."),
    "absolute": phrase("The response that is largest in absolute value is marked: {{ response }}."),
}
_SEVERAL = {
    "largest": phrase(
        "The largest response stands in several cells, which are marked; each of them is right: "
        "{{ response }}."
    ),
    "smallest": phrase(
        "The most negative response stands in several cells, which are marked; each of them is "
        "right: {{ response }}."
    ),
    "absolute": phrase(
        "The response that is largest in absolute value stands in several cells, which are marked; "
        "each of them is right: {{ response }}."
    ),
}

_BEGINS = {
    "centre": phrase(
        "The window of {{ cell }} is marked. In the image it begins at the row of the output times the "
        "stride, minus the padding above; from there, count on to its centre. Columns go likewise:"
    ),
    "corner": phrase(
        "The window of {{ cell }} is marked. In the image it begins at the row of the output times the "
        "stride, minus the padding above. Columns go likewise:"
    ),
}


def position_work(filtering: Filtering, sought: Sought, counted: Counted, *, origin: int) -> Iterator[Step]:
    """Compute all responses, mark the strongest, and say where it is."""
    yield from filtering.turned_kernels(origin)
    responses = filtering.output()[0]
    cells = all_cells(responses.shape)
    yield from filtering.work(["Y"], cells, origin=origin, digits=None)
    found = strongest(sought, {cell: responses[cell] for cell in cells})
    symbols = [_equation(cell, responses[cell], origin) for cell in found]
    yield say((_STRONGEST if len(found) == 1 else _SEVERAL)[sought], response=listed(symbols))
    yield replace(solved_grid(responses, "Y", None), marked=frozenset(found))
    if counted != "cell":
        yield from _position_work(filtering, found[0], counted, origin=origin)


def _equation(cell: Pair, response: Number, origin: int) -> Symbol:
    return Symbol(f"{cell_symbol('Y', cell, origin).latex}={response}")


def _position_work(filtering: Filtering, cell: Pair, counted: Counted, *, origin: int) -> Iterator[Step]:
    """Find the cell of the image that stands for a window."""
    slide = filtering.slide
    yield say(_BEGINS[counted], cell=cell_symbol("Y", cell, origin))
    yield marked_window(padded_figure(filtering.maps, slide, origin=origin), slide, cell)
    axes = zip(
        (r"\text{row}", r"\text{column}"),
        cell,
        slide.stride,
        slide.padding,
        offset(counted, slide),
        position(cell, counted, slide),
        strict=True,
    )
    for name, place, step, (before, _), into, found in axes:
        steps = f"({place + origin}-{origin})" if origin else str(place)
        terms = rf"{steps}\cdot {step}"
        terms += f"-{before}" if before else ""
        terms += f"+{into}" if into else ""
        terms += f"+{origin}" if origin else ""
        yield Symbol(f"{name}={terms}={found + origin}")


def options_work(
    filtering: Filtering, marked: Mapping[str, tuple[int, Pair]], sought: Sought, *, origin: int
) -> Iterator[Step]:
    """Compute the response that each letter stands for, and choose.

    `marked` holds the number of the kernel and the output cell of each letter.
    """
    if filtering.turned and len(filtering.kernels) > 1:
        yield say("A convolution turns the kernels by 180°. So turned, they are used as they stand:")
        turned = zip(filtering.laid(), marked, strict=True)
        yield Figures("", tuple(Grid(nested(maps[0]), f"{letter}'") for maps, letter in turned))
    else:
        yield from filtering.turned_kernels(origin)
    output = filtering.output()
    yield say(
        "Multiply each cell of a window by the kernel's entry in the same position, and add the products:"
    )
    responses = {letter: output[number][cell] for letter, (number, cell) in marked.items()}
    for letter, (number, cell) in marked.items():
        pairs = filtering.factors(number, cell)
        yield from sum_formulas(letter, pairs, bias=0, total=responses[letter], digits=None)
    yield conclusion(sought, strongest(sought, responses))


def conclusion(sought: Sought, letters: Sequence[str]) -> Message:
    """Say which letters are right."""
    return say(
        "The response is {{ sought }} for **{{ letters }}**.",
        sought=sought_phrase(sought),
        letters=", ".join(letters),
    )
