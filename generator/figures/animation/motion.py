"""An animation as an SVG that moves by itself, without styles, scripts or ids.

What is not animated, such as the PDF writer and a still preview, draws the moment before the first step:
nothing is marked and nothing is written. Hence every element that changes is hidden until it is animated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from .animation_words import introduction
from .grid import SHOWN, entry, middle, opened
from .lines import STROKES
from .model import Animation, Frame
from .patches import patches, patching
from .scene import Box, Scene, ground, lay_out, writing
from .svg import svg
from .timeline import Written, before, texts
from .window import outline

REST = 2
"""Seconds for which the finished targets are shown; each step takes one."""

NOTHING = "M0 0"

LIGHT = 'fill="#ffba15" fill-opacity="0.35"'
"""On white the tint of marked cells, but the lines below it stay visible."""

HIDDEN = 'visibility="hidden"'
APPEARING = '<set attributeName="visibility" to="visible"/>'


def moving_svg(animation: Animation) -> str:
    """Draw an animation, one step a second and over again; in words it is introduced, not told."""
    scene, blank = lay_out(animation, SHOWN), before(animation)
    parts = (
        *ground(scene, blank),
        _marks(animation, scene),
        opened(SHOWN),
        *writing(scene, blank),
        *_texts(animation, scene),
        "</g>",
    )
    return svg(scene.width, scene.height, introduction(animation), parts)


def seconds(animation: Animation) -> int:
    """Return how long an animation takes before it starts over."""
    return len(animation.frames) + REST


def _marks(animation: Animation, scene: Scene) -> str:
    """Draw the marks of all steps as one path; at rest it has none."""
    shapes = (_shape(frame, scene) for frame in animation.frames)
    jumping = _jumping(animation, shapes)
    return f"<path {LIGHT} {STROKES['marked']} {HIDDEN}>{APPEARING}{jumping}</path>"


def _shape(frame: Frame, scene: Scene) -> str:
    read = (outline(frame.read, box, scene.style.cell) for box in scene.boxes[: scene.sources])
    written = (outline(frame.written, box, scene.style.cell) for box in _targets(scene))
    return "".join((*read, *written))


def _texts(animation: Animation, scene: Scene) -> Iterator[str]:
    """Write each text once."""
    everything = list(texts(animation))
    uses = Counter((text.target, text.cell) for text in everything)
    alone = [text for text in everything if uses[text.target, text.cell] == 1]
    if alone:
        yield from _uncovered(animation, scene, alone)
    yield from _coming_and_going(animation, scene, [text for text in everything if text not in alone])


def _uncovered(animation: Animation, scene: Scene, alone: Sequence[Written]) -> Iterator[str]:
    """Write texts that are alone in their cells; patches over them, one path for all, go step by step."""
    steps = range(len(animation.frames))
    shapes = (_covers(scene, [text for text in alone if text.since > step]) for step in steps)
    yield f"<g {HIDDEN}>{APPEARING}"
    yield from (_text(scene, text) for text in alone)
    yield f"<path {patching(_targets(scene)[0], scene.style.cell)}>{_jumping(animation, shapes)}</path></g>"


def _covers(scene: Scene, covered: Sequence[Written]) -> str:
    return "".join(
        patches([text.cell for text in covered if text.target == target], box, scene.style.cell)
        for target, box in enumerate(_targets(scene))
    )


def _coming_and_going(animation: Animation, scene: Scene, passing: Iterable[Written]) -> Iterator[str]:
    """Write texts that replace each other; those with the same times share one clock."""
    for (since, until), together in groupby(sorted(passing, key=_times), key=_times):
        yield f"<g {HIDDEN}>{_switching(animation, since, until)}"
        yield from (_text(scene, text) for text in together)
        yield "</g>"


def _times(written: Written) -> tuple[int, int]:
    return written.since, -1 if written.until is None else written.until


def _text(scene: Scene, written: Written) -> str:
    box = _targets(scene)[written.target]
    x, y = middle(written.cell, box.width, scene.style)
    return entry(written.text, box.x + x, box.y + y)


def _targets(scene: Scene) -> tuple[Box, ...]:
    return scene.boxes[len(scene.boxes) - scene.targets :]


def _jumping(animation: Animation, shapes: Iterable[str]) -> str:
    """Let a path jump from shape to shape, one for each step."""
    values = ";".join((*(shape or NOTHING for shape in shapes), *[NOTHING] * REST))
    return f'<animate attributeName="d" values="{values}" {_clock(animation)}/>'


def _switching(animation: Animation, since: int, until: int) -> str:
    """Show something from one step to another; to the end if that is negative."""
    states = {0: "hidden", since: "visible"} | ({} if until < 0 else {until: "hidden"})
    times = ";".join(f"{round(step / seconds(animation), 4):g}" for step in states)
    values = ";".join(states.values())
    return f'<animate attributeName="visibility" values="{values}" keyTimes="{times}" {_clock(animation)}/>'


def _clock(animation: Animation) -> str:
    return f'calcMode="discrete" dur="{seconds(animation)}s" repeatCount="indefinite"'
