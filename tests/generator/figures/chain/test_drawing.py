"""Networks are drawn in rows, to one scale, and hidden sizes do not show."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from convexam.generator.figures.chain.drawing import chain_svg
from convexam.generator.figures.model import Chain, Maps, Units

SHORT = Chain(
    (Maps(1, 28, 28, "input 1 × 28 × 28"), Maps(6, 12, 12, "6 × 12 × 12"), Units(10, "10 units")),
    ("conv 5 × 5, stride 2", "dense"),
)
LONG = Chain(
    (*(Maps(2**n, 224 // 2**n, 224 // 2**n, f"{2**n} maps") for n in range(8)), Units(4)), ("conv 3 × 3",) * 8
)


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        pytest.param("short", SHORT, id="short"),
        pytest.param("long", LONG, id="long"),
        pytest.param("hidden", Chain((Maps(3, 8, 8, "A"), Maps(None, 8, 8, "B: ?")), ("",)), id="hidden"),
    ],
)
def test_drawing(golden: Callable[[str, str], None], name: str, chain: Chain) -> None:
    golden(f"chain/{name}.svg", chain_svg(chain) + "\n")


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(Maps(None, 28, 28), id="count"),
        pytest.param(Maps(6, None, 999), id="height"),
        pytest.param(Maps(1, 1, None), id="width"),
        pytest.param(Units(None), id="units"),
    ],
)
def test_what_is_left_of_a_hidden_size_does_not_show(hidden: Maps | Units) -> None:
    seen = Maps(3, 12, 12)
    assert chain_svg(Chain((seen, hidden), ("",))) == chain_svg(Chain((seen, Maps(None, None, None)), ("",)))


def test_long_chains_wrap() -> None:
    short, long = (ElementTree.fromstring(chain_svg(chain)) for chain in (SHORT, LONG))
    assert float(long.attrib["width"]) <= 620
    assert float(long.attrib["height"]) > 2 * float(short.attrib["height"])


def test_sheets_and_circles_are_few() -> None:
    many = chain_svg(Chain((Maps(512, 7, 7), Units(1000)), ("",)))
    assert many.count("<rect") == 6
    assert many.count("<circle") == 5 + 3


def test_sizes_are_not_broken() -> None:
    assert ">1\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28<" in chain_svg(
        SHORT
    )
