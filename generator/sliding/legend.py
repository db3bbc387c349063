"""What is said beside an animation: what its drawing means, and what a paper takes for granted."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Message, say
from .timeline import Scene


def legend(scene: Scene) -> Iterator[Message]:
    """Say what numbers and dashed cells mean in a scene, whatever is seen in it."""
    yield _about_numbers(scene)
    if scene.padding_drawn:
        yield say(
            "Dashed cells around the input are padding. Dashed cells around the output are those that a "
            "transposed convolution cuts off: that is its padding."
        )
    else:
        yield say(
            "Padding is not drawn: of a window that hangs over the edge, only the part inside is seen. The "
            "padding of a transposed convolution is what it cuts off its output; that is not drawn either."
        )
    if scene.ceil_mode:
        yield (
            say(
                "The last window may hang over the end, beyond the padding. What it covers there is drawn "
                "like padding, and is none."
            )
            if scene.padding_drawn
            else say("The last window may hang over the end, beyond the padding.")
        )


def _about_numbers(scene: Scene) -> Message:
    if scene.image is None:
        return say("No numbers are shown.")
    use = say("turned by 180°") if scene.flip else say("as it stands")
    mean = say("count as zeros in a mean") if scene.counts_padding else say("do not count in a mean")
    return say(
        "A convolution would use the kernel $K$ {{ use }}, without a bias; a transposed one stamps it as it "
        "stands. Padded cells are zeros to a convolution, are never a maximum, and {{ mean }}.",
        use=use,
        mean=mean,
    )
