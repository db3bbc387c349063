"""Networks as stacks of feature maps and columns of units, in rows as wide as a page allows.

Rows are read like lines of text: a line leads from the end of each back to the start of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from html import escape

from ...frozen import frozen
from ...language import ENGLISH, Language
from ..model import Chain
from ..svg import FONT, INK, near, svg, text_width
from .stages import Stage, stages
from .words import chain_words

WIDEST = 616  # px, without margins
TURN = 8  # room for the line that leads to the next row
FONT_SIZE = 12
LEADING = 14
WIDTH_OF_TEXT = 80
GAP = 5  # between an arrow and what it joins
LEAST_ARROW = 34
BETWEEN_ROWS = 20


@frozen
class _Link:
    """A stage and the arrow that leads to it."""

    stage: Stage
    caption: list[str]
    layer: list[str]
    arrow: float
    """Room for the arrow with its words; the input has none."""

    @cached_property
    def column(self) -> float:
        return max(self.stage.width, _widest(self.caption))

    @cached_property
    def width(self) -> float:
        return self.arrow + self.column


@frozen
class _Row:
    links: list[_Link]

    @property
    def width(self) -> float:
        return sum(link.width for link in self.links)

    @property
    def below(self) -> float:
        """From the axis, where the arrows are, to the lowest stage."""
        return max(link.stage.height for link in self.links) / 2

    @property
    def above(self) -> float:
        return max(self.below, *(len(link.layer) * LEADING + GAP for link in self.links))

    @property
    def height(self) -> float:
        captions = max(len(link.caption) for link in self.links)
        return self.above + self.below + captions * LEADING + GAP


def chain_svg(chain: Chain, language: Language = ENGLISH) -> str:
    """Draw a network without its label, wrapped into rows."""
    rows = _rows(_links(chain))
    width = max(row.width for row in rows) + (TURN if len(rows) > 1 else 0)
    height = sum(row.height for row in rows) + (len(rows) - 1) * BETWEEN_ROWS
    font = f'<g font-family="{FONT}" font-size="{FONT_SIZE}" fill="{INK}" text-anchor="middle">'
    return svg(width, height, chain_words(chain, language), [font, *_drawing(rows), "</g>"])


def _links(chain: Chain) -> list[_Link]:
    layers = [None, *chain.layers]
    return [
        _link(drawn, stage.caption, layer)
        for drawn, stage, layer in zip(stages(chain), chain.stages, layers, strict=True)
    ]


def _link(drawn: Stage, caption: str, layer: str | None) -> _Link:
    lines = _lines(layer or "")
    arrow = 0 if layer is None else max(LEAST_ARROW, _widest(lines) + 4 * GAP)
    return _Link(drawn, _lines(caption), lines, arrow)


def _lines(text: str) -> list[str]:
    """Break a text where it has spaces, but never a size such as 6 × 28 × 28."""
    lines: list[str] = []
    for word in text.replace(" × ", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, FONT_SIZE) <= WIDTH_OF_TEXT:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return lines


def _widest(lines: Iterable[str]) -> float:
    return max((text_width(line, FONT_SIZE) for line in lines), default=0)


def _rows(links: Sequence[_Link]) -> list[_Row]:
    """Take as few rows as can be, then make the longest as short as can be."""
    fewest = len(_wrapped(links, WIDEST - TURN))
    for limit in range(0, WIDEST - TURN, 4):
        rows = _wrapped(links, limit)
        if len(rows) <= fewest and max(row.width for row in rows) <= WIDEST - TURN:
            return rows
    return _wrapped(links, WIDEST - TURN)


def _wrapped(links: Sequence[_Link], limit: float) -> list[_Row]:
    rows: list[_Row] = []
    for link in links:
        if rows and rows[-1].width + link.width <= limit:
            rows[-1].links.append(link)
        else:
            rows.append(_Row([link]))
    return rows


def _drawing(rows: Sequence[_Row]) -> Iterator[str]:
    top, way = 0.0, ""
    for row in rows:
        axis, left, start = top + row.above, 0.0, 0.0
        for link in row.links:
            middle = left + link.arrow + link.column / 2
            edge = middle - link.stage.width / 2
            if way:
                yield from _arrow(way, start, edge - GAP, axis)
                yield from _text(link.layer, (start + edge - GAP) / 2, axis - len(link.layer) * LEADING - GAP)
            yield _placed(link.stage, edge, axis)
            yield from _text(link.caption, middle, axis + row.below + GAP)
            left += link.width
            start = edge + link.stage.width + GAP
            way = f"M{near(start)} {near(axis)}"
        turn = top + row.height + BETWEEN_ROWS / 2
        top += row.height + BETWEEN_ROWS
        way += f"H{near(row.width + TURN)}V{near(turn)}H0"


def _arrow(way: str, start: float, end: float, axis: float) -> Iterator[str]:
    down = "" if start else f"V{near(axis)}"
    yield f'<path d="{way}{down}H{near(end - 3)}" fill="none" stroke="{INK}"/>'
    yield f'<path d="M{near(end)} {near(axis)}l-7 -3.5v7z"/>'


def _placed(stage: Stage, left: float, axis: float) -> str:
    corner = f"{near(left)} {near(axis - stage.height / 2)}"
    return f'<g transform="translate({corner})">{"".join(stage.parts)}</g>'


def _text(lines: Sequence[str], middle: float, top: float) -> Iterator[str]:
    for number, line in enumerate(lines):
        baseline = top + number * LEADING + FONT_SIZE * 0.85
        yield f'<text x="{near(middle)}" y="{near(baseline)}">{escape(line)}</text>'
