"""An animation as a GIF, for systems that show pictures only.

The first picture is the moment before the first step, so that a preview that stands still shows no result.
The same animation makes the same bytes: they hold neither a date nor a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
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
    first, *rest = _pictures(lay_out(animation, SHOWN), _moments(animation))
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


def _pictures(arrangement: Arrangement, moments: Iterable[Animation]) -> Iterator[Image.Image]:
    """Draw every moment over the one before: only what has changed."""
    size = tuple(round((length + 2 * MARGIN) * SCALE) for length in (arrangement.width, arrangement.height))
    image = Image.new("RGB", (size[0], size[1]), "white")
    pen = ImageDraw.Draw(image)
    for box in arrangement.boxes:
        _caption(pen, box)
    if arrangement.arrow:
        _arrow(pen, arrangement.arrow)
    drawn: dict[Box, Grid] = {}
    for moment in moments:
        for box, grid in zip(arrangement.boxes, grids(moment), strict=True):
            if drawn.get(box) != grid:
                _clear(pen, box)
                _tints(pen, box, grid)
                _lines(image, pen, box, grid)
                _entries(image, box, grid)
                drawn[box] = grid
        yield image.quantize(palette=_palette(), dither=Image.Dither.NONE)


def _clear(pen: ImageDraw.ImageDraw, box: Box) -> None:
    """Make the place of a grid white, with the lines around it."""
    (left, top), (right, bottom) = (
        _at(box.x, box.y),
        _at(box.x + box.columns * box.width, box.y + box.rows * SHOWN.cell),
    )
    around = max(WIDTHS.values()) // 2
    pen.rectangle([left - around, top - around, right + around, bottom + around], fill="white")


def _at(x: float, y: float) -> tuple[int, int]:
    """Return the pixel of a place of the arrangement."""
    return round((x + MARGIN) * SCALE), round((y + MARGIN) * SCALE)


def _tints(pen: ImageDraw.ImageDraw, box: Box, grid: Grid) -> None:
    for row, column in sorted(grid.marked):
        x, y = box.x + column * box.width, box.y + row * SHOWN.cell
        pen.rectangle([_at(x, y), _at(x + box.width, y + SHOWN.cell)], fill=TINT)


def _lines(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, grid: Grid) -> None:
    lines = segments(grid, box.width, SHOWN.cell)
    for look in WIDTHS:
        for line in lines:
            if line.look == look:
                _line(image, pen, box, line)


def _line(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, line: Segment) -> None:
    """Draw a line as a rectangle that reaches beyond its ends by half of its width: so corners are full."""
    (left, top), (right, bottom) = (
        _at(box.x + line.x, box.y + line.y),
        _at(box.x + line.x + line.right, box.y + line.y + line.down),
    )
    if line.look == "faint":
        image.paste(INKS[line.look], (left, top), _dashes(right - left, bottom - top))
        return
    less, more = WIDTHS[line.look] // 2, (WIDTHS[line.look] - 1) // 2
    pen.rectangle([left - less, top - less, right + more, bottom + more], fill=INKS[line.look])


@lru_cache(maxsize=64)
def _dashes(right: int, down: int) -> Image.Image:
    """Draw a line of dashes to the right or down, one pixel wide, as a mask."""
    mask = Image.new("1", (max(right, 1), max(down, 1)))
    for start in range(0, max(right, down), 2 * DASH):
        place = (start, 0) if right else (0, start)
        ends = (start + DASH, 1) if right else (1, start + DASH)
        mask.paste(1, (*place, *ends))
    return mask


def _entries(image: Image.Image, box: Box, grid: Grid) -> None:
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            x, y = middle((row, column), box.width, SHOWN)
            ink = GREY if (row, column) in grid.faint else INK
            if text := cell_text(cell):
                left, baseline = _at(box.x + x, box.y + y)
                mask, across, down = _entry(text)
                image.paste(ink, (left + across, baseline + down), mask)


@lru_cache(maxsize=1024)  # the same numbers stand in most pictures
def _entry(text: str) -> tuple[Image.Image, int, int]:
    """Draw a text as a mask, and say where it begins, seen from the middle of its baseline."""
    font = _font(UPRIGHT, SHOWN.font)
    left, top, right, bottom = map(round, font.getbbox(text, anchor="ms"))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), text, 255, font, anchor="ms")
    return mask, left, top


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
