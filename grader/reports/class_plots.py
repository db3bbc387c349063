"""The drawings of the report of a class: inline SVG in two inks, told apart in grey as well.

Every drawing says in words what there is to see, or stands beside a number that says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from html import escape
from itertools import groupby
from math import ceil, sqrt
from typing import TypeAlias

from markupsafe import Markup

from ...generator.figures.svg import FONT, GREY, INK, KEY_INK, PALE, near, svg
from ..statistics.fairness import EffortFit, Version
from ..statistics.numbers import FEW, mean
from ..statistics.sheet import Cell, Row, Sheet
from ..statistics.totals import Bin, Totals, round_width
from .class_words import one_decimal, two_decimals

ALERT = "#a3341f"
LEVELS = ("#eef1f6", "#c3d0e3", "#8fa8cc", "#5273a8", KEY_INK)
"""From no points to full marks, each darker than the one before."""

WIDTH, HEIGHT = 440, 150
BAR, DOTS = 110, 120
SCATTER = 190
SEVERAL = 8  # students whose dot is of full size, if no other is larger
FONT_SIZE = 12
MOST_TICKS = 10

Across: TypeAlias = Callable[[Fraction], float]
"""From points to px."""


# -- totals -------------------------------------------------------------------------------------


def histogram(totals: Totals) -> Markup:
    """Draw how many students have how many points, with the pass line, the quartiles and the mean."""
    highest, pass_line = max(each.count for each in totals.bins), totals.pass_line

    def x(points: Fraction) -> float:
        return float(points / (totals.full or 1)) * WIDTH

    parts = [
        _group(14, 34 if pass_line is not None else 16),
        *_columns(totals.bins, highest, x),
        _line(f"M0 {HEIGHT}h{WIDTH}", INK),
        *_ticks(totals, x),
        *(_quartiles(totals, x) if totals.count >= FEW else ()),
        _text(_caption(totals), WIDTH / 2, HEIGHT + (62 if totals.count >= FEW else 38), fill=GREY),
    ]
    if pass_line is not None:
        at = x(pass_line)
        parts.append(_line(f"M{near(at)} -16V{HEIGHT}", ALERT, 1.6, "5 3"))
        anchor = "start" if at < WIDTH / 2 else "end"
        parts.append(_text(f"pass: {one_decimal(pass_line)}", at, -21, anchor=anchor))
    parts.append("</g>")
    height = HEIGHT + (84 if totals.count >= FEW else 60) + (18 if pass_line is not None else 0)
    return Markup(svg(WIDTH + 28, height, _histogram_words(totals), parts))  # noqa: S704 - escaped


def _columns(bins: Iterable[Bin], highest: int, x: Across) -> Iterator[str]:
    """Draw a bar for each bin: those who do not pass are an empty one, and the others stand on them."""
    for each in (each for each in bins if each.count):
        left, width = x(each.low) + 1, x(each.high) - x(each.low) - 2
        top, passing = HEIGHT * (1 - each.count / highest), HEIGHT * (each.count - each.failing) / highest
        place = f'x="{near(left)}" width="{near(width)}"'
        if each.failing:
            look = f'fill="#fff" stroke="{KEY_INK}" stroke-width="1.5"'
            yield f'<rect {place} y="{near(top)}" height="{near(HEIGHT - top)}" {look}/>'
        if passing:
            yield f'<rect {place} y="{near(top)}" height="{near(passing)}" fill="{KEY_INK}"/>'
        yield _text(str(each.count), left + width / 2, top - 4)


def _ticks(totals: Totals, x: Across) -> Iterator[str]:
    step = round_width(totals.full / MOST_TICKS)
    marks = [step * number for number in range(ceil(totals.full / step))]
    if totals.full - marks[-1] < step / 2:
        marks.pop()  # so that it does not run into the last one
    for mark in (*marks, totals.full):
        yield _line(f"M{near(x(mark))} {HEIGHT}v4", INK)
        yield _text(one_decimal(mark), x(mark), HEIGHT + 17)


def _quartiles(totals: Totals, x: Across) -> Iterator[str]:
    """Draw a box from quartile to quartile with the median in it, whiskers to the ends, and the mean."""
    middle = HEIGHT + 34
    low, left, centre, right, high, average = (
        near(x(value))
        for value in (totals.least, totals.lower, totals.median, totals.upper, totals.most, totals.mean)
    )
    yield _line(
        f"M{low} {middle}H{left}M{right} {middle}H{high}M{low} {middle - 4}v8M{high} {middle - 4}v8", INK
    )
    yield (
        f'<rect x="{left}" y="{middle - 8}" width="{near(x(totals.upper) - x(totals.lower))}" height="16" '
        f'fill="{LEVELS[1]}" stroke="{INK}"/>'
    )
    yield _line(f"M{centre} {middle - 8}v16", INK, 2.5)
    yield f'<circle cx="{average}" cy="{middle}" r="4" fill="#fff" stroke="{INK}" stroke-width="1.5"/>'


def _caption(totals: Totals) -> str:
    unit = "points" if totals.of is not None else "per cent of full marks"
    return f"{unit}; box: middle half, bar: median, ring: mean" if totals.count >= FEW else unit


def _histogram_words(totals: Totals) -> str:
    bars = "; ".join(
        f"{one_decimal(each.low)} to {one_decimal(each.high)}: {each.count}"
        for each in totals.bins
        if each.count
    )
    line = "" if totals.pass_line is None else f" One passes with {one_decimal(totals.pass_line)}."
    return (
        f"Histogram of totals. {bars}.{line} Quartiles {one_decimal(totals.lower)}, "
        f"{one_decimal(totals.median)} and {one_decimal(totals.upper)}, mean {one_decimal(totals.mean)}."
    )


# -- beside numbers in tables -------------------------------------------------------------------


def share_bar(share: Fraction, *, alert: bool = False, width: int = BAR) -> Markup:
    """Draw a share as a bar; the number stands beside it."""
    length = near(float(max(share, Fraction())) * width)
    colour = ALERT if alert else KEY_INK
    parts = (
        f'<rect width="{width}" height="11" fill="{LEVELS[0]}" stroke="{PALE}" stroke-width="0.7"/>',
        f'<rect width="{length}" height="11" fill="{colour}"/>',
    )
    return _beside(width, 11, parts)


def coefficient_dot(number: float) -> Markup:
    """Draw a coefficient from −0.5 to 1 as a dot on a line; below 0 it is a cross."""
    zero, at = DOTS / 3, (max(-0.5, number) + 0.5) * DOTS / 1.5
    cross = f"M{near(at - 4)} 2l8 8m-8 0l8 -8"
    parts = (
        _line(f"M0 6h{DOTS}", PALE),
        _line(f"M{near(zero)} 0v12", GREY),
        _line(cross, ALERT, 2.2)
        if number < 0
        else f'<circle cx="{near(at)}" cy="6" r="4.5" fill="{KEY_INK}"/>',
    )
    return _beside(DOTS, 12, parts)


def version_line(version: Version) -> Markup:
    """Draw a mean share with two standard errors to both sides."""
    at, reach = float(version.share) * BAR, 2 * (version.error or 0) * BAR
    low, high = max(0.0, at - reach), min(float(BAR), at + reach)
    parts = (
        _line(f"M0 6h{BAR}", PALE),
        _line(f"M{near(low)} 6H{near(high)}M{near(low)} 2v8M{near(high)} 2v8", INK, 1.3),
        f'<circle cx="{near(at)}" cy="6" r="4" fill="{KEY_INK}"/>',
    )
    return _beside(BAR, 12, parts)


def _beside(width: float, height: float, parts: Iterable[str]) -> Markup:
    """Draw what a number beside it says already, so that nothing needs to be read out."""
    size = f'width="{width + 4:g}" height="{height + 4:g}" viewBox="-2 -2 {width + 4:g} {height + 4:g}"'
    return Markup(f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704


# -- effort -------------------------------------------------------------------------------------


def scatter(fit: EffortFit) -> Markup:
    """Draw effort against the share earned; a dot is as large as it stands for many students."""
    low, high = fit.points[0][0], fit.points[-1][0]
    height = SCATTER * 2 / 3

    def at(effort: int, share: Fraction) -> tuple[float, float]:
        return (effort - low) / max(1, high - low) * SCATTER, float(1 - max(share, Fraction())) * height

    many = [(point, len(list(group))) for point, group in groupby(fit.points)]
    most = max(SEVERAL, *(count for _, count in many))
    dots = (
        f'<circle cx="{near(x)}" cy="{near(y)}" r="{near(1.5 + 4.5 * sqrt(count / most))}" '
        f'fill="{LEVELS[3]}" fill-opacity="0.75" stroke="{KEY_INK}" stroke-width="0.7"/>'
        for point, count in many
        for x, y in [at(*point)]
    )
    parts = (
        _group(40, 10),
        _line(f"M-8 -4V{near(height + 8)}H{SCATTER + 4}", INK),
        _text("100%", -12, 4, anchor="end"),
        _text("0%", -12, height + 4, anchor="end"),
        _text(str(low), 0, height + 24),
        _text(str(high), SCATTER, height + 24),
        _text(fit.measure, SCATTER / 2, height + 24, fill=GREY),
        *dots,
        "</g>",
    )
    name = fit.question.name if fit.question else "the whole paper"
    found = "" if fit.correlation is None else f", rank correlation {two_decimals(fit.correlation)}"
    students = f"{len(fit.points)} students{found}"
    words = f"{name}: {fit.measure} from {low} to {high} against the share earned, {students}."
    return Markup(svg(SCATTER + 54, height + 42, words, parts))  # noqa: S704 - escaped by svg and _text


# -- students and questions ---------------------------------------------------------------------

COLUMN = 30
WAITS, BLANK = "#b8860b", "#8c8c8c"
NARROW = {WAITS: 10, BLANK: 14}
"""What is no share is told by its width as well: px that stay free at both sides."""


def heat_map(sheet: Sheet) -> Markup:
    """Draw what everybody earned of every question: the best student on top, the easiest question left."""
    rows = sorted(sheet.rows, key=lambda row: (-row.share, row.student))
    items = sorted(sheet.items, key=lambda item: -_facility(rows, item))
    step = max(2, min(14, 480 // len(rows)))
    height, width = step * len(rows), COLUMN * len(items)
    strokes: dict[str, list[str]] = {}
    for place, item in enumerate(items):
        top = 0
        for shade, run in groupby(shade_of(row, item) for row in rows):
            length = step * len(list(run))
            inset = NARROW.get(shade, 1)
            left, across = place * COLUMN + inset, COLUMN - 2 * inset
            strokes.setdefault(shade, []).append(f"M{left} {top}h{across}v{length}h-{across}z")
            top += length
    parts = (
        _group(0, 18),
        *(_text(item, (place + 0.5) * COLUMN, -5) for place, item in enumerate(items)),
        *(
            f'<path d="{"".join(found)}" fill="{shade}"/>'
            for shade, found in sorted(strokes.items())
            if shade
        ),
        f'<rect width="{width}" height="{height}" fill="none" stroke="{PALE}"/></g>',
    )
    words = (
        f"What {len(rows)} students earned of each question, as shades: the best student on top, "
        f"questions from the easiest to the hardest: {', '.join(items)}."
    )
    return Markup(svg(width, height + 20, words, parts))  # noqa: S704 - escaped by svg and _text


def shade_of(row: Row, item: str) -> str:
    """Return the colour of what a student earned of an item; nothing where it was not asked."""
    cells = [cell for cell in row.cells if cell.question.item == item]
    if any(cell.waits for cell in cells):
        return WAITS
    if all(cell.blank for cell in cells):
        return BLANK if cells else ""
    share = _earned(cells)
    return LEVELS[max(0, min(len(LEVELS) - 1, ceil(3 * share) + (share >= 1)))]


def _earned(cells: Iterable[Cell]) -> Fraction:
    shares = [cell.share for cell in cells if cell.share is not None]
    return mean(shares) if shares else Fraction()


def _facility(rows: Iterable[Row], item: str) -> Fraction:
    return _earned(cell for row in rows for cell in row.cells if cell.question.item == item)


# -- strokes ------------------------------------------------------------------------------------


def _group(right: int, down: int) -> str:
    """Begin a group of texts and strokes whose corner lies so far inside the drawing."""
    font = f'font-family="{FONT}" font-size="{FONT_SIZE}" fill="{INK}" text-anchor="middle"'
    return f'<g {font} transform="translate({right} {down})">'


def _line(data: str, ink: str, width: float = 1, dashes: str = "") -> str:
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{data}" fill="none" stroke="{ink}" stroke-width="{width:g}"{pattern}/>'


def _text(text: str, x: float, y: float, *, anchor: str = "", fill: str = "") -> str:
    look = (f' text-anchor="{anchor}"' if anchor else "") + (f' fill="{fill}"' if fill else "")
    return f'<text x="{near(x)}" y="{near(y)}"{look}>{escape(text)}</text>'
