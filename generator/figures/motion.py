"""An animation as an SVG that moves by itself, without styles, scripts or ids.

What is not animated, such as the PDF writer and a still preview, draws the moment before the first step:
nothing is marked and nothing is written. Hence every element that changes is hidden until it is animated.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from .grid import SHOWN, entry, middle, opened
from .lines import STROKES
from .model import Animation, Frame
from .scene import Box, Scene, ground, lay_out, writing
from .svg import svg
from .timeline import Written, before, texts
from .window import outline
from .words import animation_words

REST = 2
"""Seconds for which the finished targets are shown; each step takes one."""

NOTHING = "M0 0"

LIGHT = 'fill="#ffba15" fill-opacity="0.35"'
"""On white the tint of marked cells, but the lines below it stay visible."""


def moving_svg(animation: Animation) -> str:
    """Draw an animation, one step a second and over again."""
    scene, blank = lay_out(animation, SHOWN), before(animation)
    parts = (
        *ground(scene, blank),
        _marks(animation, scene),
        opened(SHOWN),
        *writing(scene, blank),
        *_texts(animation, scene),
        "</g>",
    )
    return svg(scene.width, scene.height, animation_words(animation), parts)


def seconds(animation: Animation) -> int:
    """Return how long an animation takes before it starts over."""
    return len(animation.frames) + REST


def _marks(animation: Animation, scene: Scene) -> str:
    """Draw the marks of all steps as one path that jumps from shape to shape; at rest it has none."""
    shapes = (_shape(frame, scene) or NOTHING for frame in animation.frames)
    values = ";".join((*shapes, *[NOTHING] * REST))
    return (
        f'<path {LIGHT} {STROKES["marked"]} visibility="hidden">'
        '<set attributeName="visibility" to="visible"/>'
        f'<animate attributeName="d" values="{values}" {_clock(animation)}/></path>'
    )


def _shape(frame: Frame, scene: Scene) -> str:
    read = (outline(frame.read, box, scene.style.cell) for box in scene.boxes[: scene.sources])
    written = (outline(frame.written, box, scene.style.cell) for box in _targets(scene))
    return "".join((*read, *written))


def _texts(animation: Animation, scene: Scene) -> Iterator[str]:
    """Write each text once; those that come and go together share one clock."""
    for (since, until), together in groupby(sorted(texts(animation), key=_times), key=_times):
        yield f'<g visibility="hidden">{_appearing(animation, since, until)}'
        yield from (_text(scene, written) for written in together)
        yield "</g>"


def _times(written: Written) -> tuple[int, int]:
    return written.since, -1 if written.until is None else written.until


def _appearing(animation: Animation, since: int, until: int) -> str:
    states = {0: "hidden", since: "visible"} | ({} if until < 0 else {until: "hidden"})
    times = ";".join(f"{round(step / seconds(animation), 4):g}" for step in states)
    values = ";".join(states.values())
    return f'<animate attributeName="visibility" values="{values}" keyTimes="{times}" {_clock(animation)}/>'


def _text(scene: Scene, written: Written) -> str:
    box = _targets(scene)[written.target]
    x, y = middle(written.cell, box.width, scene.style)
    return entry(written.text, box.x + x, box.y + y)


def _targets(scene: Scene) -> tuple[Box, ...]:
    return scene.boxes[len(scene.boxes) - scene.targets :]


def _clock(animation: Animation) -> str:
    return f'calcMode="discrete" dur="{seconds(animation)}s" repeatCount="indefinite"'
