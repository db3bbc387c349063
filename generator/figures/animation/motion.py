"""An animation as an SVG that moves by itself, without styles, scripts or ids.

What is not animated, such as the PDF writer and a still preview, draws the moment before the first step:
nothing is marked and nothing is written. Hence every element that changes is hidden until it is animated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ...language import ENGLISH, Language
from ..grid import SHOWN, entry, middle, opened
from ..model import Animation
from ..svg import svg
from .layout import Arrangement, ground, lay_out, writing
from .patches import patches, patching
from .timeline import Written, before, texts
from .window import MARKING, marks
from .words import introduction

REST = 2
"""Seconds for which the finished targets are shown; each step takes one."""

NOTHING = "M0 0"

HIDDEN = 'visibility="hidden"'
APPEARING = '<set attributeName="visibility" to="visible"/>'


def moving_svg(animation: Animation, language: Language = ENGLISH) -> str:
    """Draw an animation, one step a second and over again; in words it is introduced, not told."""
    arrangement, blank = lay_out(animation, SHOWN), before(animation)
    parts = (
        *ground([(arrangement, blank)]),
        _marks(animation, arrangement),
        opened(SHOWN),
        *writing(arrangement, blank),
        *_texts(animation, arrangement),
        "</g>",
    )
    return svg(arrangement.width, arrangement.height, introduction(animation, language), parts)


def seconds(animation: Animation) -> int:
    """Return how long an animation takes before it starts over."""
    return len(animation.frames) + REST


def _marks(animation: Animation, arrangement: Arrangement) -> str:
    """Draw the marks of all steps as one path; at rest it has none."""
    shapes = (marks(frame, arrangement) for frame in animation.frames)
    jumping = _jumping(animation, shapes)
    return f"<path {MARKING} {HIDDEN}>{APPEARING}{jumping}</path>"


def _texts(animation: Animation, arrangement: Arrangement) -> Iterator[str]:
    """Write each text once."""
    everything = list(texts(animation))
    uses = Counter((text.target, text.cell) for text in everything)
    alone = [text for text in everything if uses[text.target, text.cell] == 1]
    if alone:
        yield from _uncovered(animation, arrangement, alone)
    yield from _coming_and_going(animation, arrangement, [text for text in everything if text not in alone])


def _uncovered(animation: Animation, arrangement: Arrangement, alone: Sequence[Written]) -> Iterator[str]:
    """Write texts that are alone in their cells; patches over them, one path for all, go step by step."""
    steps = range(len(animation.frames))
    shapes = (_covers(arrangement, [text for text in alone if text.since > step]) for step in steps)
    yield f"<g {HIDDEN}>{APPEARING}"
    yield from (_text(arrangement, text) for text in alone)
    patch = patching(arrangement.target_boxes[0], arrangement.style.cell)
    yield f"<path {patch}>{_jumping(animation, shapes)}</path></g>"


def _covers(arrangement: Arrangement, covered: Sequence[Written]) -> str:
    return "".join(
        patches([text.cell for text in covered if text.target == target], box, arrangement.style.cell)
        for target, box in enumerate(arrangement.target_boxes)
    )


def _coming_and_going(
    animation: Animation, arrangement: Arrangement, passing: Iterable[Written]
) -> Iterator[str]:
    """Write texts that replace each other; those with the same times share one clock."""
    for (since, until), together in groupby(sorted(passing, key=_times), key=_times):
        yield f"<g {HIDDEN}>{_switching(animation, since, until)}"
        yield from (_text(arrangement, text) for text in together)
        yield "</g>"


def _times(written: Written) -> tuple[int, int]:
    return written.since, -1 if written.until is None else written.until


def _text(arrangement: Arrangement, written: Written) -> str:
    box = arrangement.target_boxes[written.target]
    x, y = middle(written.cell, box.width, arrangement.style)
    return entry(written.text, box.x + x, box.y + y)


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
