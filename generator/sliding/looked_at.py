"""What is compared when the strongest response is looked for: responses, or what somebody takes for them."""

from __future__ import annotations

from typing import Any

from ..engine import array
from ..model import Case
from ..values import nested
from .geometry import map_size
from .kernel_work import LETTERS
from .responses import by_cell, image_window
from .worked import Pair
from .wrong_filters import filtering_of, slide_of


def places(case: Case[Any]) -> dict[str, tuple[int, Pair]]:
    """Return the number of the kernel and the output cell that each letter stands for."""
    given = case.given
    if given.ask == "window":
        return {letter: (0, cell) for letter, cell in zip(LETTERS, given.windows, strict=False)}
    return {LETTERS[number]: (number, given.windows[0]) for number in range(len(given.kernel))}


def looked_at(case: Case[Any]) -> dict[Any, Any]:
    """Return the numbers that are compared, by cell or by letter.

    They are responses; with the slips ``largest_pixel`` and ``largest_weights``, what these say.
    """
    if "largest_pixel" in case.slips:
        return _pixels(case)
    if "largest_weights" in case.slips:
        kernels = zip(LETTERS, case.given.kernel, strict=False)
        return {letter: array(maps).sum() for letter, maps in kernels}
    output = nested(filtering_of(case).output())
    if case.given.ask == "position":
        return by_cell(output[0])
    return {letter: output[number][row][column] for letter, (number, (row, column)) in places(case).items()}


def _pixels(case: Case[Any]) -> dict[Any, Any]:
    """Return the cells of the image, or the largest of each marked window."""
    image = case.given.input[0]
    pixels = by_cell(image)
    if case.given.ask == "position":
        return pixels
    windows = {
        letter: image_window(cell, slide_of(case), map_size(image))
        for letter, (_, cell) in places(case).items()
    }
    return {letter: max(pixels[place] for place in window) for letter, window in windows.items()}


def written_position(case: Case[Any], found: Pair) -> Pair:
    """Return a position, counted from 0, as it is written down."""
    origin = case.conventions.origin
    row, column = (place + (1 - origin if "other_origin" in case.slips else origin) for place in found)
    return (column, row) if "axes_swapped" in case.slips else (row, column)
