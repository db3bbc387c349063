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
from ..language import ENGLISH, Language

_PLAYER = Markup(
    """<div class="animation">\
<div class="player" role="group" aria-label="{animation}" data-steps="{steps}" data-seconds="{seconds}">\
<div class="pictured">{symbol}{moving}</div>\
<div class="controls">\
<button type="button" data-do="back" aria-label="{back}">◂</button>\
<button type="button" data-do="toggle" data-play="{play}" data-pause="{pause}">{play}</button>\
<button type="button" data-do="forward" aria-label="{forward}">▸</button>\
<span class="step" role="status" data-text="{step}">{first}</span>\
</div></div>\
<div class="strip">{strip}</div>\
<details class="in-words"><summary>{in_words}</summary>\
<p>{counting}. {marked}</p>\
<ol>{told}</ol></details></div>"""
)


def player(animation: Animation, symbol: Markup, language: Language = ENGLISH) -> Markup:
    """Write an animation that plays and steps once it is asked to, with its symbol on the left."""
    steps = len(animation.frames)
    told = (Markup("<li>{}</li>").format(step) for step in steps_in_words(animation, language))
    return _PLAYER.format(
        symbol=symbol,
        steps=steps,
        seconds=seconds(animation),
        moving=Markup(moving_svg(animation, language)),  # noqa: S704 - a drawing of ours
        strip=strip(animation, symbol, language, told=False),
        counting=counting(animation, language),
        told=Markup().join(told),
        animation=language.tell("Animation"),
        back=language.tell("One step back"),
        forward=language.tell("One step forward"),
        play=language.tell("Play"),
        pause=language.tell("Pause"),
        step=language.tell("Step # of {{ steps }}", steps=steps),
        first=language.tell("Step # of {{ steps }}", steps=steps).replace("#", "1"),
        in_words=language.tell("The steps in words"),
        marked=language.tell("Marked in each step:"),
    )


def strip(animation: Animation, symbol: Markup, language: Language = ENGLISH, *, told: bool = True) -> Markup:
    """Write the film strip of an animation, with its symbol before the first of the pieces.

    Where its steps are told elsewhere, the words of a piece only name them.
    """
    pieces = (Markup(piece) for piece in strip_svgs(animation, language, told=told))  # noqa: S704
    symbols = chain([symbol], repeat(Markup()))
    template = Markup('<span class="figure piece">{}{}</span>')
    return Markup().join(map(template.format, symbols, pieces))
