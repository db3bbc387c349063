"""Small plots: curves, told apart by their dashes and by the names at their ends, or bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import cycle

from ...frozen import frozen
from ...language import ENGLISH, Language
from ...number import Number
from ..model import Plot
from ..svg import FONT, GREY, INK, PALE, near, svg, text_width
from ..symbols import symbol_text, symbol_width
from .scale import Axis, axes, short
from .words import plot_words

WIDTH = 300  # px, between the axes' ends
HEIGHT = 170
FONT_SIZE = 12
NAME_SIZE = 13
LEADING = 16
TICK = 4
DASHES = ("", "7 3.5", "1.5 3", "10 3 2 3", "16 4", "10 3 2 3 2 3")
CURVE = 1.6
SAMPLE = 26  # of a curve, before its name
WIDEST_SLOT = 62  # of a bar, unless its texts are wider
BAR = 0.5  # share of the slot


@frozen
class _Layout:
    """Where the numbers of a plot are: the upper left corner between the axes is at 0, 0."""

    plot: Plot
    across: Axis
    up: Axis
    language: Language

    def written(self, value: Number) -> str:
        return short(value, self.language)

    def x(self, value: Number) -> float:
        return self.across.share(value) * WIDTH

    def y(self, value: Number) -> float:
        return (1 - self.up.share(value)) * HEIGHT

    @property
    def slot(self) -> float:
        texts = [text for name, height in self.plot.bars for text in (name, self.written(height))]
        return max(min(WIDTH / len(self.plot.bars), WIDEST_SLOT), _widest(texts) + 8)

    @property
    def width(self) -> float:
        return self.slot * len(self.plot.bars) if self.plot.bars else WIDTH

    @property
    def left(self) -> float:
        return max(_widest(map(self.written, self.up.ticks)) + TICK + 4, self.beside)

    @property
    def beside(self) -> float:
        """How far the texts below reach out at both sides."""
        ticks = 0 if self.plot.bars else _widest(map(self.written, self.across.ticks)) / 2
        return max(ticks, (symbol_width(self.plot.x_label, NAME_SIZE) - self.width) / 2)

    @property
    def right(self) -> float:
        above = symbol_width(self.plot.y_label, NAME_SIZE) - self.left - self.width
        names = (symbol_width(curve.label, NAME_SIZE) + self.sample + 8 for curve in self.plot.curves)
        return max(self.beside, above, *names)

    @property
    def sample(self) -> float:
        return SAMPLE + 4 if len(self.plot.curves) > 1 else 0

    @property
    def top(self) -> float:
        return LEADING * (bool(self.plot.bars) + bool(self.plot.y_label)) + LEADING / 2

    @property
    def below_bars(self) -> float:
        return LEADING if any(height < 0 for _, height in self.plot.bars) else 0

    @property
    def bottom(self) -> float:
        return self.below_bars + LEADING * (1 + bool(self.plot.x_label)) + TICK + 4


def plot_svg(plot: Plot, language: Language = ENGLISH) -> str:
    """Draw curves or bars without the label of the plot."""
    layout = _Layout(plot, *axes(plot), language)
    corner = f"{near(layout.left)} {near(layout.top)}"
    font = f'font-family="{FONT}" font-size="{FONT_SIZE}" fill="{INK}" text-anchor="middle"'
    parts = (
        f'<g {font} transform="translate({corner})">',
        *_frame(layout),
        *(_bars(layout) if plot.bars else _across(layout)),
        *_curves(layout),
        *_names(layout),
        "</g>",
    )
    width = layout.left + layout.width + layout.right
    return svg(width, layout.top + HEIGHT + layout.bottom, plot_words(plot, language), parts)


def _frame(layout: _Layout) -> Iterator[str]:
    """Draw both axes, the numbers on the left, and what the axes mean."""
    width = near(layout.width)
    if layout.up.low < 0 < layout.up.high:
        yield _line(f"M0 {near(layout.y(0))}h{width}", GREY, 0.7)
    ticks = "".join(f"M{-TICK} {near(layout.y(tick))}h{TICK}" for tick in layout.up.ticks)
    yield _line(f"{ticks}M0 0v{HEIGHT}h{width}", INK, 1)
    for tick in layout.up.ticks:
        yield _text(layout.written(tick), -TICK - 3, layout.y(tick) + 4, "end")
    if layout.plot.y_label:
        height = LEADING / 2 - layout.top
        yield symbol_text(layout.plot.y_label, -layout.left, height, NAME_SIZE, anchor="start")
    if layout.plot.x_label:
        height = HEIGHT + layout.bottom - LEADING / 2
        yield symbol_text(layout.plot.x_label, layout.width / 2, height, NAME_SIZE)


def _across(layout: _Layout) -> Iterator[str]:
    if layout.across.low < 0 < layout.across.high:
        yield _line(f"M{near(layout.x(0))} 0v{HEIGHT}", PALE, 0.7)
    ticks = "".join(f"M{near(layout.x(tick))} {HEIGHT}v{TICK}" for tick in layout.across.ticks)
    yield _line(ticks, INK, 1)
    for tick in layout.across.ticks:
        yield _text(layout.written(tick), layout.x(tick), HEIGHT + TICK + FONT_SIZE)


def _bars(layout: _Layout) -> Iterator[str]:
    zero, width = layout.y(0), layout.slot * BAR
    for place, (name, height) in enumerate(layout.plot.bars):
        middle, end = (place + 0.5) * layout.slot, layout.y(height)
        corner = f'x="{near(middle - width / 2)}" y="{near(min(zero, end))}"'
        size = f'width="{near(width)}" height="{near(abs(zero - end))}"'
        yield f'<rect {corner} {size} fill="{PALE}" stroke="{INK}"/>'
        yield _text(layout.written(height), middle, end - 5 if height >= 0 else end + FONT_SIZE + 2)
        yield _text(name, middle, HEIGHT + layout.below_bars + TICK + FONT_SIZE)


def _curves(layout: _Layout) -> Iterator[str]:
    for curve, dashes in zip(layout.plot.curves, cycle(DASHES), strict=False):
        data = "L".join(f"{near(layout.x(x))} {near(layout.y(y))}" for x, y in curve.points)
        yield _line(f"M{data}", INK, CURVE, dashes)


def _names(layout: _Layout) -> Iterator[str]:
    """Write the names of the curves at their ends, from top to bottom, none upon another.

    Where there are several, a sample of its line is before each: curves may end at one place.
    """
    ends = sorted(
        (layout.y(y), layout.x(x) + 6, curve.label, dashes)
        for curve, dashes in zip(layout.plot.curves, cycle(DASHES), strict=False)
        for x, y in curve.points[-1:]
        if curve.label
    )
    height = -float(LEADING)
    for number, (y, x, label, dashes) in enumerate(ends):
        lowest = HEIGHT - (len(ends) - 1 - number) * LEADING
        height = min(max(y, height + LEADING), lowest)
        if layout.sample:
            yield _line(f"M{near(x)} {near(height)}h{SAMPLE}", INK, CURVE, dashes)
        yield symbol_text(label, x + layout.sample, height, NAME_SIZE, anchor="start")


def _line(data: str, ink: str, width: float, dashes: str = "") -> str:
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    stroke = f'stroke="{ink}" stroke-width="{width}" stroke-linejoin="round"{pattern}'
    return f'<path d="{data}" fill="none" {stroke}/>'


def _text(text: str, x: float, y: float, anchor: str = "middle") -> str:
    return f'<text x="{near(x)}" y="{near(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def _widest(texts: Iterable[str]) -> float:
    return max((text_width(text, FONT_SIZE) for text in texts), default=0)
