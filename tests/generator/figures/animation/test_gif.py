"""The GIF: its first picture tells nothing, the others what the steps tell."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageColor

from convexam.generator.figures.animation.gif import SCALE, gif
from convexam.generator.figures.animation.layout import lay_out
from convexam.generator.figures.grid import SHOWN
from convexam.generator.figures.model import Animation, Frame
from convexam.generator.figures.svg import INK, MARGIN, TINT

from ..animations import ALL, CHANNELS, FILTERED, SCATTERED, STRIDED


def pictures(animation: Animation) -> list[Image.Image]:
    with Image.open(BytesIO(gif(animation))) as file:
        found = []
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            found.append(file.convert("RGB"))
        return found


def colour(picture: Image.Image, box: int, row: float, column: float) -> object:
    """Of a place of a grid, in cells."""
    place = lay_out(STRIDED, SHOWN).boxes[box]
    x, y = place.x + column * place.width, place.y + row * SHOWN.cell
    return picture.getpixel((round((x + MARGIN) * SCALE), round((y + MARGIN) * SCALE)))


@pytest.mark.parametrize("animation", ALL.values(), ids=list(ALL))
def test_one_picture_a_second(animation: Animation) -> None:
    """Before the first step, each step, and what the last one leaves behind."""
    results = any(frame.values for frame in animation.frames)
    with Image.open(BytesIO(gif(animation))) as file:
        assert getattr(file, "n_frames", 1) == 1 + len(animation.frames) + results
        assert file.info["loop"] == 0
        assert "comment" not in file.info
        for number in range(1 + len(animation.frames)):
            file.seek(number)
            assert file.info["duration"] == 1000


@pytest.mark.parametrize("animation", ALL.values(), ids=list(ALL))
def test_the_first_picture_shows_nothing_marked_and_nothing_written(animation: Animation) -> None:
    first, *_ = pictures(animation)
    assert ImageColor.getrgb(TINT) not in {colour for _, colour in first.getcolors(256) or []}
    nothing = replace(animation, frames=tuple(Frame(frozenset(), frozenset()) for _ in animation.frames[:1]))
    if not any(frame.values for frame in animation.frames):  # results may widen the cells
        assert first.tobytes() == pictures(nothing)[0].tobytes()


def test_what_is_written_stays() -> None:
    *_, last_step, finished = pictures(FILTERED)
    first = pictures(FILTERED)[0]
    assert finished.tobytes() not in (first.tobytes(), last_step.tobytes())
    assert ImageColor.getrgb(TINT) not in {colour for _, colour in finished.getcolors(256) or []}


def test_marks_are_told_by_tint_and_by_outline() -> None:
    first, step, *_ = pictures(STRIDED)
    tint, ink, white = (ImageColor.getrgb(name) for name in (TINT, INK, "white"))
    assert [colour(first, 0, 0.5, 0.5), colour(first, 0, 3, 0.5)] == [white, white]
    assert [colour(step, 0, 0.5, 0.5), colour(step, 0, 3, 0.5)] == [tint, ink]
    assert [colour(step, 0, 4.5, 4.5), colour(step, 1, 0.5, 0.5), colour(step, 1, 1.5, 1.5)] == [
        white,
        tint,
        white,
    ]


@pytest.mark.parametrize("animation", [FILTERED, CHANNELS, SCATTERED])
def test_sixteen_colours_and_the_same_bytes(animation: Animation) -> None:
    assert gif(animation) == gif(animation)
    assert all(len(picture.getcolors(256) or []) <= 16 for picture in pictures(animation))
