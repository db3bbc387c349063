"""An animation in a web page: the moving drawing with buttons, its film strip, and its steps in words.

Where the script of the page does not run, and on paper, the strip is seen in place of the player.
"""

from __future__ import annotations

from itertools import chain, repeat

from markupsafe import Markup

from ..figures.animation.film import strip_svgs
from ..figures.animation.motion import moving_svg, seconds
from ..figures.animation.words import counting, steps_in_words
from ..figures.model import Animation

_PLAYER = Markup(
    """<div class="animation">\
<div class="player" role="group" aria-label="Animation" data-steps="{steps}" data-seconds="{seconds}">\
<div class="pictured">{symbol}{moving}</div>\
<div class="controls">\
<button type="button" data-do="back" aria-label="One step back">◂</button>\
<button type="button" data-do="toggle" data-play="Play" data-pause="Pause">Play</button>\
<button type="button" data-do="forward" aria-label="One step forward">▸</button>\
<span class="step" role="status" data-text="Step # of {steps}">Step 1 of {steps}</span>\
</div></div>\
<div class="strip">{strip}</div>\
<details class="in-words"><summary>The steps in words</summary>\
<p>{counting}. Marked in each step:</p>\
<ol>{told}</ol></details></div>"""
)


def player(animation: Animation, symbol: Markup) -> Markup:
    """Write an animation that plays and steps once it is asked to, with its symbol on the left."""
    told = (Markup("<li>{}</li>").format(step) for step in steps_in_words(animation))
    return _PLAYER.format(
        symbol=symbol,
        steps=len(animation.frames),
        seconds=seconds(animation),
        moving=Markup(moving_svg(animation)),  # noqa: S704 - a drawing of ours
        strip=strip(animation, symbol, told=False),
        counting=counting(animation),
        told=Markup().join(told),
    )


def strip(animation: Animation, symbol: Markup, *, told: bool = True) -> Markup:
    """Write the film strip of an animation, with its symbol before the first of the pieces.

    Where its steps are told elsewhere, the words of a piece only name them.
    """
    pieces = (Markup(piece) for piece in strip_svgs(animation, told=told))  # noqa: S704
    symbols = chain([symbol], repeat(Markup()))
    template = Markup('<span class="figure piece">{}{}</span>')
    return Markup().join(map(template.format, symbols, pieces))
