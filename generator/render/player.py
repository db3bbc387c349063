"""An animation in a web page: the moving drawing, buttons to steer it, and the film strip for paper."""

from __future__ import annotations

from markupsafe import Markup

from ..figures.film import strip_svg
from ..figures.model import Animation
from ..figures.motion import moving_svg


def player(animation: Animation) -> Markup:
    """Write an animation that plays, pauses and steps; where no script runs, its film strip stands."""
    raise NotImplementedError(moving_svg, strip_svg)
