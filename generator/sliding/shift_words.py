"""How a paper words shifts, and what happens at the edges."""

from __future__ import annotations

from ..document import Message, say
from .shifting import Border
from .worked import Pair


def shift_phrase(by: Pair) -> Message:
    """Word a shift: ``1 cell to the right``."""
    down, across = by
    if down and across:
        return say(
            "{{ down }} and {{ across }}", down=shift_phrase((down, 0)), across=shift_phrase((0, across))
        )
    ways = (say("down"), say("up")) if down else (say("to the right"), say("to the left"))
    way, count = ways[down + across < 0], abs(down + across)
    if count == 1:
        return say("1 cell {{ way }}", way=way)
    return say("{{ count }} cells {{ way }}", count=count, way=way)


_BORDERS: dict[tuple[Border, bool], Message] = {
    ("zeros", False): say(
        "What is moved over an edge is lost, and zeros stand in the cells that become free, in inputs and in "
        "outputs."
    ),
    ("zeros", True): say(
        "What is moved over an edge is lost, and zeros stand in the cells that become free, in inputs and in "
        "outputs. The padding is zeros, too."
    ),
    ("circular", False): say(
        "What is moved over an edge comes in again at the opposite edge, in inputs and in outputs."
    ),
    ("circular", True): say(
        "What is moved over an edge comes in again at the opposite edge, in inputs and in outputs. The "
        "padding is circular, too: next to an edge stand the cells of the opposite edge."
    ),
}


def border_sentence(border: Border, *, padded: bool) -> Message:
    """Say what happens at the edges."""
    return _BORDERS[border, padded]


INNER = say(
    "Write *everywhere*; *only away from the border*; or *no*, if they do not even agree there. A cell is at "
    "the border if anything from outside the map, or anything that came in over an edge, has a part in it."
)
"""What can be said about two maps, and what is not compared away from the border."""
