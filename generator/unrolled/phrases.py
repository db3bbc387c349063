"""How the matrix of a convolution and its vectors are worded."""

from __future__ import annotations

from typing import Any

from ..document import Message, say
from ..model import Conventions
from ..sliding.geometry import padding_phrase, size_phrase


def axes_phrase(sizes: tuple[int, ...]) -> Message:
    """Word the size of a sequence, or of an image."""
    if len(sizes) == 1:
        return say("{{ n }}", n=sizes[0])
    return size_phrase((sizes[0], sizes[1]))


def ends_phrase(given: Any) -> Message:
    """Word the padding, which is the same at every end."""
    p = given.padding
    if len(given.input) == 1 and p:
        return say("zero padding of {{ p }} at each end", p=p)
    return padding_phrase(((p, p), (p, p)))


def order_phrase(given: Any) -> Message:
    """Word in which order the cells of images and channels become a vector."""
    if given.channels == given.filters == 1:
        return say("row by row")
    return say("channel after channel") if len(given.input) == 1 else say("channel after channel, row by row")


def layout_sentence(given: Any) -> Message:
    """Say which way round the matrix is."""
    if given.layout == "rows":
        return say("Input and output are row vectors, so that $y=xA$.")
    return say("Input and output are column vectors, so that $y=Ax$.")


def operation_sentence(conventions: Conventions) -> Message:
    """Say whether the kernel is turned."""
    if conventions.operation == "convolution":
        return say("The kernel is turned by 180° first (convolution).")
    return say("The kernel is used as it stands (cross-correlation).")
