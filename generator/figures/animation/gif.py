"""An animation as a GIF, for systems that show pictures only.

The first picture is the moment before the first step, so that a preview that stands still shows no result.
The same animation makes the same bytes: they hold neither a date nor a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import chain

from PIL import Image, ImageColor, ImageDraw, ImageFont

from ...resources import resource
from ..grid import SHOWN, middle
from ..lines import Segment, segments
from ..model import Animation, Grid
from ..numerals import cell_text
from ..svg import GREY, INK, MARGIN, TINT
from ..symbols import pieces
from .layout import Arrangement, Arrow, Box, caption_place, lay_out
from .timeline import after, at, before, grids

SCALE = 2
MILLISECONDS = 1000
DASH = 2 * SCALE
UPRIGHT, SLANTING = "STIXTwoText-Regular.woff2", "STIXTwoText-Italic.woff2"

WIDTHS = {"faint": 1, "inner": 1, "frame": 3, "marked": 6}  # in the order of drawing, in px of the picture
INKS = {"faint": GREY, "inner": GREY, "frame": INK, "marked": INK}


def gif(animation: Animation) -> bytes:
    """Draw an animation, one step a second and over again."""
    arrangement = lay_out(animation, SHOWN)
    pictures = (_picture(arrangement, moment) for moment in _moments(animation))
    first, *rest = (picture.quantize(palette=_palette(), dither=Image.Dither.NONE) for picture in pictures)
    file = BytesIO()
    first.save(file, "GIF", save_all=True, append_images=rest, duration=MILLISECONDS, loop=0, optimize=False)
    return file.getvalue()


def _moments(animation: Animation) -> Iterator[Animation]:
    """Yield what is seen, one second after the other: at the end, what is left when no mark is in the way."""
    yield before(animation)
    steps = range(len(animation.frames))
    yield from (at(animation, step) for step in steps)
    if any(frame.values for frame in animation.frames):
        yield after(animation, steps[-1])


def _picture(arrangement: Arrangement, moment: Animation) -> Image.Image:
    size = tuple(round((length + 2 * MARGIN) * SCALE) for length in (arrangement.width, arrangement.height))
    image = Image.new("RGB", (size[0], size[1]), "white")
    pen = ImageDraw.Draw(image)
    for box, grid in zip(arrangement.boxes, grids(moment), strict=True):
        _tints(pen, box, grid)
        _lines(pen, box, grid)
        _entries(pen, box, grid)
        _caption(pen, box)
    if arrangement.arrow:
        _arrow(pen, arrangement.arrow)
    return image


def _at(x: float, y: float) -> tuple[int, int]:
    """Return the pixel of a place of the arrangement."""
    return round((x + MARGIN) * SCALE), round((y + MARGIN) * SCALE)


def _tints(pen: ImageDraw.ImageDraw, box: Box, grid: Grid) -> None:
    for row, column in sorted(grid.marked):
        x, y = box.x + column * box.width, box.y + row * SHOWN.cell
        pen.rectangle([_at(x, y), _at(x + box.width, y + SHOWN.cell)], fill=TINT)


def _lines(pen: ImageDraw.ImageDraw, box: Box, grid: Grid) -> None:
    lines = tuple(segments(grid, box.width, SHOWN.cell))
    for look in WIDTHS:
        for line in lines:
            if line.look == look:
                _line(pen, box, line)


def _line(pen: ImageDraw.ImageDraw, box: Box, line: Segment) -> None:
    """Draw a line as rectangles that reach beyond its ends by half of its width, so that corners are full."""
    (left, top), (right, bottom) = (
        _at(box.x + line.x, box.y + line.y),
        _at(box.x + line.x + line.right, box.y + line.y + line.down),
    )
    less, more = WIDTHS[line.look] // 2, (WIDTHS[line.look] - 1) // 2
    strokes = _dashes(left, top, right, bottom) if line.look == "faint" else [(left, top, right, bottom)]
    for x0, y0, x1, y1 in strokes:
        pen.rectangle([x0 - less, y0 - less, x1 + more, y1 + more], fill=INKS[line.look])


def _dashes(left: int, top: int, right: int, bottom: int) -> Iterator[tuple[int, int, int, int]]:
    for x in range(left, right, 2 * DASH):
        yield x, top, min(x + DASH, right) - 1, bottom
    for y in range(top, bottom, 2 * DASH):
        yield left, y, right, min(y + DASH, bottom) - 1


def _entries(pen: ImageDraw.ImageDraw, box: Box, grid: Grid) -> None:
    font = _font(UPRIGHT, SHOWN.font)
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            x, y = middle((row, column), box.width, SHOWN)
            ink = GREY if (row, column) in grid.faint else INK
            pen.text(_at(box.x + x, box.y + y), cell_text(cell), ink, font, anchor="ms")


def _caption(pen: ImageDraw.ImageDraw, box: Box) -> None:
    x, y = caption_place(box, SHOWN)
    parts = [
        (piece, _font(SLANTING if piece.slanting else UPRIGHT, SHOWN.font * piece.size))
        for piece in pieces(box.label)
    ]
    left, baseline = _at(x, y)
    left -= round(sum(font.getlength(piece.text) for piece, font in parts) / 2)
    for piece, font in parts:
        pen.text(
            (left, baseline + round(piece.drop * SHOWN.font * SCALE)), piece.text, INK, font, anchor="ls"
        )
        left += round(font.getlength(piece.text))


def _arrow(pen: ImageDraw.ImageDraw, arrow: Arrow) -> None:
    tip = (arrow.x + arrow.length, arrow.y)
    pen.line([_at(arrow.x, arrow.y), _at(*tip)], INK, SCALE)
    for side in (-3, 3):
        pen.line([_at(tip[0] - 3, tip[1] + side), _at(*tip)], INK, SCALE)


@cache
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    """Load a font of ours; the basic layout is the same on every machine."""
    data = BytesIO(resource(f"fonts/{file}").read_bytes())
    return ImageFont.truetype(data, round(size * SCALE), layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> Image.Image:
    """Return white, tint, and the steps from each of them to ink: what the edges of letters need."""
    ink, tint, white = (ImageColor.getrgb(name) for name in (INK, TINT, "white"))
    ramps = [_between(ink, white, 8), _between(ink, tint, 8)[1:]]
    grey = ImageColor.getrgb(GREY)
    colours = [channel for colour in (*chain(*ramps), grey) for channel in colour[:3]]
    image = Image.new("P", (1, 1))
    image.putpalette(colours)
    return image


def _between(start: tuple[int, ...], end: tuple[int, ...], count: int) -> list[tuple[int, ...]]:
    shares = [step / (count - 1) for step in range(count)]
    return [tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True)) for share in shares]
