"""Where the grids of an animation stand: sources, kernels beside them, and targets behind an arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

from ...frozen import frozen
from ..grid import Style, cell_width, entries
from ..lines import Segment, moved, segments, stroked
from ..model import Animation, Grid
from ..numerals import cell_text
from ..svg import INK, px
from ..symbols import caption
from .timeline import grids, texts

Point: TypeAlias = tuple[float, float]

WIDEST = 620  # px: a column of print, as wide as a page of it
CAPTION = 1.6  # in units of the size of the font


@frozen
class Box:
    """The upper left corner of a grid and the width of its cells; `label` is its symbol."""

    x: float
    y: float
    width: float
    rows: int
    columns: int
    label: str


class Arrow(NamedTuple):
    """An arrow to the right, from (x, y)."""

    x: float
    y: float
    length: float


@frozen
class Arrangement:
    """Places for everything; it holds no entry, so that it is the same at every step.

    Attributes
    ----------
    boxes
        Of the grids, in the order of `timeline.grids`.
    sources, targets
        How many of them are sources, at the start, and targets, at the end.
    arrow
        Between the targets and what stands before them; None where there is no target.
    """

    style: Style
    boxes: tuple[Box, ...]
    sources: int
    targets: int
    arrow: Arrow | None
    width: float
    height: float

    @property
    def target_boxes(self) -> tuple[Box, ...]:
        """The boxes of the targets."""
        return self.boxes[len(self.boxes) - self.targets :]

    def moved(self, x: float, y: float) -> Arrangement:
        """Return the same arrangement elsewhere."""
        boxes = tuple(replace(box, x=box.x + x, y=box.y + y) for box in self.boxes)
        arrow = self.arrow and self.arrow._replace(x=self.arrow.x + x, y=self.arrow.y + y)
        return replace(self, boxes=boxes, arrow=arrow)


def is_too_wide(animation: Animation, style: Style) -> bool:
    """Say whether one of its grids alone is wider than a page."""
    return lay_out(animation, style).width > WIDEST


def lay_out(animation: Animation, style: Style) -> Arrangement:
    """Give each grid its place; what does not fit beside the others goes below."""
    all_grids, widths = grids(animation), _widths(animation, style)
    arrow_width = max(12, round(style.cell * 0.8))
    below = round(style.font * CAPTION) if any(grid.label for grid in all_grids) else 0
    first_target = len(all_grids) - len(animation.targets)
    shifts = [arrow_width if number == first_target else 0 for number in range(len(all_grids))]
    sizes = [
        (shift + len(grid.rows[0]) * width, len(grid.rows) * style.cell + below)
        for grid, width, shift in zip(all_grids, widths, shifts, strict=True)
    ]
    gap = round(style.cell * 0.7)
    ends = (0, len(animation.sources), first_target, len(all_grids))
    corners, (width, height) = _flow([sizes[start:end] for start, end in pairwise(ends)], gap)
    boxes = tuple(
        Box(x + shift, y, cell, len(grid.rows), len(grid.rows[0]), grid.label)
        for grid, cell, shift, (x, y) in zip(all_grids, widths, shifts, corners, strict=True)
    )
    return Arrangement(
        style,
        boxes,
        sources=len(animation.sources),
        targets=len(animation.targets),
        arrow=_arrow(boxes[first_target], arrow_width, gap, style) if animation.targets else None,
        width=width,
        height=height,
    )


def _arrow(target: Box, room: float, gap: float, style: Style) -> Arrow:
    return Arrow(target.x - room, target.y + target.rows * style.cell / 2, room - gap / 2)


def _flow(groups: Sequence[Sequence[Point]], gap: float) -> tuple[list[Point], Point]:
    """Set rectangles side by side, in lines that are as wide as fits; each line has one middle.

    Parameters
    ----------
    groups
        Sizes of the rectangles; those of a group share a line where one can hold them.
    gap
        Between neighbours.

    Returns
    -------
    corners
        The upper left corner of each.
    size
        Of all together.
    """
    lines: list[list[Point]] = [[]]
    for group in groups:
        if not _fits([*lines[-1], *group], gap):
            lines.append([])
        for size in group:
            if not _fits([*lines[-1], size], gap):
                lines.append([])
            lines[-1].append(size)
    lines = [line for line in lines if line]
    corners: list[Point] = []
    top = 0.0
    for line in lines:
        left, tallest = 0.0, max(height for _, height in line)
        for width, height in line:
            corners.append((left, top + (tallest - height) // 2))
            left += width + gap
        top += tallest + gap
    return corners, (max(sum(width + gap for width, _ in line) for line in lines) - gap, top - gap)


def _fits(line: list[Point], gap: float) -> bool:
    return sum(width + gap for width, _ in line) - gap <= WIDEST


def ground(pictures: Iterable[tuple[Arrangement, Animation]]) -> Iterator[str]:
    """Draw the lines of pictures, each in its place, and their arrows."""
    arranged = list(pictures)
    yield from stroked(line for arrangement, picture in arranged for line in _lines(arrangement, picture))
    if arrows := "".join(_arrow_path(arrangement.arrow) for arrangement, _ in arranged if arrangement.arrow):
        yield f'<path d="{arrows}" fill="none" stroke="{INK}"/>'


def _lines(arrangement: Arrangement, picture: Animation) -> Iterator[Segment]:
    for box, grid in zip(arrangement.boxes, grids(picture), strict=True):
        for line in segments(grid, box.width, arrangement.style.cell):
            yield moved(line, box.x, box.y)


def _arrow_path(arrow: Arrow) -> str:
    return f"M{px(arrow.x)} {px(arrow.y)}h{px(arrow.length)}m-3 -3l3 3l-3 3"


def writing(arrangement: Arrangement, picture: Animation) -> Iterator[str]:
    """Write entries and captions of a picture, inside a group that was opened for the style."""
    style = arrangement.style
    for box, grid in zip(arrangement.boxes, grids(picture), strict=True):
        yield from entries(grid, box.width, style, box.x, box.y)
        if box.label:
            yield caption(box.label, *caption_place(box, style), style.font)


def caption_place(box: Box, style: Style) -> Point:
    """Return the middle of the baseline of a caption."""
    return box.x + box.columns * box.width / 2, box.y + box.rows * style.cell + round(style.font * 1.2)


def _widths(animation: Animation, style: Style) -> list[float]:
    """Return the width of the cells of each grid: the same for all sources, kernels, or targets."""
    written = [entry.text for entry in texts(animation)]
    return [
        *[cell_width(_texts(animation.sources), style)] * len(animation.sources),
        *[cell_width(_texts(animation.kernels), style)] * len(animation.kernels),
        *[cell_width([*_texts(animation.targets), *written], style)] * len(animation.targets),
    ]


def _texts(members: tuple[Grid, ...]) -> Iterator[str]:
    return map(cell_text, chain.from_iterable(row for grid in members for row in grid.rows))
