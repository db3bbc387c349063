"""Kernels as options: for which of them do cross-correlation and convolution agree, whatever the input?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..document import Lines, Message, Symbol, say
from ..draws import TensorRange, draw_int
from ..figures.model import Figures, Grid
from ..frozen import frozen
from ..latex import indexed
from ..model import Refused, Step
from ..streams import Stream
from .geometry import Map, map_size
from .kernel_symmetry import changes_sign, draw_symmetric
from .kernel_work import LETTERS, differing
from .kernels import turned
from .operation_pair import OperationPair, as_convolved, as_correlated

WRONG_SYMMETRIES = ("up_down", "left_right", "transpose", "sign", "none")
"""Of kernels on which the operations differ."""


def draw_options(range_: TensorRange, stream: Stream, *, right: int, wrong: int) -> tuple[Map, ...]:
    """Draw square kernels: so many on which the operations agree, among so many others.

    Raises
    ------
    Refused
        If two of them are the same.
    """
    others = stream.child("wrong").sample(WRONG_SYMMETRIES, wrong)
    symmetries = stream.child("order").shuffle(["turn"] * right + others)
    size = draw_int(range_.shape[0], stream.child("size"))
    kernels = tuple(
        draw_symmetric(symmetry, range_.entries, (size, size), stream.child("kernel", str(place)))
        for place, symmetry in enumerate(symmetries)
    )
    if len(set(kernels)) < len(kernels):
        raise Refused("two kernels are the same")
    return kernels


@frozen
class AgreeingKernels:
    """Kernels to choose from.

    Attributes
    ----------
    kernels
        The options.
    slips
        What somebody gets wrong.
    """

    kernels: Sequence[Map]
    slips: frozenset[str] = frozenset()

    def agreeing(self) -> tuple[str, ...]:
        """Return the letters of the kernels that both operations lay over a window in the same way."""
        return self._letters([self._agrees(kernel) for kernel in self.kernels])

    def _agrees(self, kernel: Map) -> bool:
        if "sign_overlooked" in self.slips and changes_sign(kernel):
            return True
        return as_correlated(kernel, self.slips) == as_convolved(kernel, self.slips)

    def second(self) -> tuple[str, ...]:
        """Return the same letters by trying: on a single 1 among zeros every weight shows."""
        tried = (OperationPair(_impulse(*map_size(kernel)), kernel).second() for kernel in self.kernels)
        return self._letters([one == other for one, other in tried])

    def _letters(self, chosen: Sequence[bool]) -> tuple[str, ...]:
        return tuple(letter for letter, right in zip(LETTERS, chosen, strict=False) if right)

    def figures(self) -> Figures:
        """Draw the options."""
        return Figures("", tuple(map(Grid, self.kernels, LETTERS)))

    def work(self, origin: int) -> Iterator[Step]:
        """Turn every kernel, and say what that changes."""
        yield say("A convolution turns the kernel by 180°. So turned, the kernels are:")
        yield self._turned_figures()
        yield say("Both operations agree on every input if turning changes nothing:")
        yield self._reasons(origin)
        yield say("So the answer is **{{ letters }}**.", letters=", ".join(self.agreeing()) or "none")

    def _turned_figures(self) -> Figures:
        return Figures("", tuple(Grid(turned(kernel), f"{letter}'") for kernel, letter in self._lettered()))

    def _reasons(self, origin: int) -> Lines:
        return Lines(
            tuple(_reason(letter, kernel, origin) for kernel, letter in self._lettered()), ordered=False
        )

    def _lettered(self) -> list[tuple[Map, str]]:
        return list(zip(self.kernels, LETTERS, strict=False))


def _impulse(rows: int, columns: int) -> Map:
    """Return a 1 among so many zeros that every place of a window meets it."""
    return tuple(
        tuple(int((row, column) == (rows - 1, columns - 1)) for column in range(2 * columns - 1))
        for row in range(2 * rows - 1)
    )


def _reason(letter: str, kernel: Map, origin: int) -> Message:
    changed = differing(kernel, turned(kernel))
    if not changed:
        return say("{{ letter }}: turned, it is the same kernel; both operations agree.", letter=letter)
    if changes_sign(kernel):
        return say(
            "{{ letter }}: turned, every weight changes its sign, and so does every number of the output.",
            letter=letter,
        )
    row, column = changed[0]
    return say(
        "{{ letter }}: turned, it has {{ after }} instead of {{ before }} at {{ place }}.",
        letter=letter,
        after=turned(kernel)[row][column],
        before=kernel[row][column],
        place=Symbol(indexed(letter, row + origin, column + origin)),
    )
