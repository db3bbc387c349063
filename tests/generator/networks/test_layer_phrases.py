"""Layers and the rules of their sizes in words."""

from __future__ import annotations

from typing import Any

import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.model import Conventions
from convexam.generator.networks.architecture import Conv, Layer, Pool
from convexam.generator.networks.layer_phrases import padding_phrase, shape_order, size_rule_phrase
from convexam.generator.networks.shape_work import shape_work, size_rules
from convexam.generator.render.plain import plain
from convexam.generator.text import sentence

LEFT_OUT = "A window that would begin behind the input and its front padding is left out."
UP = Conventions(rounding="ceil")


def words(message: Message) -> str:
    return plain(sentence(message))


@pytest.mark.parametrize(("name", "end"), [("same_upper", "end"), ("same_lower", "front")])
def test_same_padding_is_defined(name: Any, end: str) -> None:
    assert words(padding_phrase(name)).endswith(
        "padding (the output is as large as the input divided by the stride, rounded up; "
        f"an odd padding cell goes at the {end})"
    )
    assert words(padding_phrase(name, strided=False)).endswith(
        f"padding (the output is as large as the input; an odd padding cell goes at the {end})"
    )


@pytest.mark.parametrize(
    ("order", "text"), [("CHW", "channels × height × width"), ("HWC", "height × width × channels")]
)
def test_shape_order(order: Any, text: str) -> None:
    assert words(shape_order(Conventions(order=order))) == text


@pytest.mark.parametrize(
    ("layer", "conventions", "said"),
    [
        (Conv(1, (3,)), Conventions(), False),
        (Conv(1, (3,)), UP, True),
        (Pool("max", (2,), ceil_mode=True), Conventions(), True),
        (Pool("max", (2,), ceil_mode=True), UP, True),
    ],
)
def test_rounding_up_says_what_is_left_out(layer: Layer, conventions: Conventions, said: bool) -> None:
    assert words(size_rule_phrase((layer,), conventions)).count(LEFT_OUT) == said
    steps = [words(step) for step in size_rules((layer,), conventions) if isinstance(step, Message)]
    assert steps.count(LEFT_OUT) == said


@pytest.mark.parametrize(
    ("layer", "size", "formula", "used"),
    [
        (Pool("max", (1,), (2,)), 10, r"\left\lceil\frac{10-1}{2}\right\rceil+1=6", 5),
        (Conv(1, (1,), (1,), ((0, 3),)), 4, r"4+0+3-1+1=7", 4),
    ],
)
def test_steps_say_how_many_windows_are_used(layer: Layer, size: int, formula: str, used: int) -> None:
    first, said, *_ = shape_work(layer, (1, size), UP)
    assert first == Symbol(rf"\text{{length}}={formula}")
    assert isinstance(said, Message)
    assert words(said) == f"{LEFT_OUT} So {used} are used."


@pytest.mark.parametrize(
    ("padding", "room"),
    [(((1, 1), (2, 2)), "n+2p-k"), (((1, 1), (1, 0)), "n+p_1+p_2-k"), ("valid", "n+2p-k")],
)
def test_the_rule_has_a_number_for_each_end_where_they_differ(padding: Any, room: str) -> None:
    said, formula = size_rules((Conv(1, (3,), padding=padding),), Conventions())
    assert formula == Symbol(rf"\left\lfloor\frac{{{room}}}{{s}}\right\rfloor+1")
    assert isinstance(said, Message)
    assert ("at the front" in words(said)) == ("p_1" in room)
