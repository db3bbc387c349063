"""An animation in a web page: the moving drawing with buttons, and its film strip.

Where the script of the page does not run, and on paper, only the strip is seen.
"""

from __future__ import annotations

from markupsafe import Markup

from ..figures.film import strip_svg
from ..figures.model import Animation
from ..figures.motion import moving_svg, seconds

_PLAYER = Markup(
    """<div class="animation">\
<div class="player" role="group" aria-label="Animation" data-steps="{steps}" data-seconds="{seconds}">\
{moving}\
<div class="controls">\
<button type="button" data-do="back" aria-label="One step back">◂</button>\
<button type="button" data-do="toggle" data-play="Play" data-pause="Pause">Pause</button>\
<button type="button" data-do="forward" aria-label="One step forward">▸</button>\
<span class="step" role="status" aria-live="off" data-text="Step # of {steps}">Step 1 of {steps}</span>\
</div></div>\
<div class="strip">{strip}</div></div>"""
)


def player(animation: Animation) -> Markup:
    """Write an animation that plays, pauses and steps; where no script runs, its film strip stands."""
    return _PLAYER.format(
        steps=len(animation.frames),
        seconds=seconds(animation),
        moving=Markup(moving_svg(animation)),  # noqa: S704 - a drawing of ours
        strip=Markup(strip_svg(animation)),  # noqa: S704
    )
