"""An output map that one of two operations made, or neither: how it is made, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeAlias

from ..document import Message, listed, say
from ..language import phrase
from ..model import Step
from .geometry import Map, Pair, all_cells, map_size
from .kernel_symmetry import mirrored, upside_down
from .kernel_work import differing
from .kernels import transposed, turned
from .operation_pair import SYMBOLS, OperationPair, at

Maker: TypeAlias = Literal["as_it_stands", "turned", "upside_down", "mirrored", "transposed"]

NAMES = (phrase("cross-correlation"), phrase("convolution"))
NEITHER = "neither"

_LAID: Mapping[Maker, Callable[[Map], Map]] = {
    "as_it_stands": lambda kernel: kernel,
    "turned": turned,
    "upside_down": upside_down,
    "mirrored": mirrored,
    "transposed": transposed,
}


def output_made(rows: Map, kernel: Map, maker: Maker) -> Map:
    """Lay a kernel over a map in one of five ways."""
    return OperationPair(rows, _LAID[maker](kernel)).maps()[0]


def makers(output: Map, maps: tuple[Map, Map]) -> tuple[str, ...]:
    """Name the operations that make an output."""
    return tuple(name for name, single in zip(NAMES, maps, strict=True) if single == output) or (NEITHER,)


def telling_cells(output: Map, maps: tuple[Map, Map]) -> list[Pair]:
    """Return cells to be computed: one that tells the operations apart, and one that rules each out."""
    cells = differing(*maps)[:1] + [cell for single in maps for cell in differing(output, single)[:1]]
    return list(dict.fromkeys(cells)) or all_cells(map_size(output))[:1]


def made_steps(pair: OperationPair, output: Map, *, origin: int) -> Iterator[Step]:
    """Compute the cells that tell, and say what follows."""
    maps = pair.maps()
    cells = telling_cells(output, maps)
    yield from pair.turn_steps()
    yield from pair.window_step(cells[0], origin)
    for cell in cells:
        yield from pair.sums([cell], origin=origin, digits=None)
        yield say(
            "In the output, {{ cell }} is {{ number }}.",
            cell=pair.symbol("Y", cell, origin),
            number=at(output, cell),
        )
    for letter, name, single in zip(SYMBOLS, NAMES, maps, strict=True):
        yield _verdict(pair, letter, name, single, output, origin)
    yield say("So the answer is **{{ names }}**.", names=listed(makers(output, maps), " / "))


def _verdict(pair: OperationPair, letter: str, name: str, single: Map, output: Map, origin: int) -> Message:
    """Say whether an operation made the output."""
    cells = differing(output, single)
    if not cells:
        return say("Every cell of the output is that of the {{ name }}.", name=say(name))
    return say(
        "The {{ name }} did not make it: there {{ cell }} is {{ number }}.",
        name=say(name),
        cell=pair.symbol(letter, cells[0], origin),
        number=at(single, cells[0]),
    )
