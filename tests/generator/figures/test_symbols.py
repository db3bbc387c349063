"""Symbols in drawings: taken apart alike for all of them, and set with indices below and above."""

from __future__ import annotations

import pytest

from convexam.generator.figures.symbols import DROPS, INDEX_SIZE, caption, pieces, symbol_text, symbol_width


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        pytest.param("x", ["x"], id="letter"),
        pytest.param("x_1", ["x", "_1"], id="digit"),
        pytest.param("x_{12}", ["x", "_12"], id="braces"),
        pytest.param("K^{(1)}", ["K", "^(1)"], id="above"),
        pytest.param("K^{(0)}_{1}", ["K", "_1", "^(0)"], id="above and below"),
        pytest.param("K_1^{(0)}", ["K", "_1", "^(0)"], id="below and above"),
        pytest.param("ReLU", ["ReLU"], id="word"),
        pytest.param("x_12", ["x_12"], id="not an index"),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_symbols_are_taken_apart(label: str, expected: list[str]) -> None:
    marks = {drop: mark for mark, drop in DROPS.items()} | {0: ""}
    assert [marks[piece.drop] + piece.text for piece in pieces(label)] == expected


def test_indices_are_small_and_each_starts_where_the_one_before_it_ended() -> None:
    assert caption("K^{(0)}_{1}", 10, 20, 10) == (
        '<text x="10" y="20" font-style="italic">K'
        '<tspan dy="2.2" font-size="7.2" font-style="normal">1</tspan>'
        '<tspan dy="-5.8" font-size="7.2" font-style="normal">(0)</tspan></text>'
    )


def test_letters_slant_wherever_they_stand() -> None:
    assert "font-style" not in caption("ReLU", 0, 0, 10)
    assert caption("ReLU_n", 0, 0, 10).endswith(' font-style="italic">n</tspan></text>')
    assert caption("x_n", 0, 0, 10).count("font-style") == 1


def test_a_symbol_that_stands_alone_says_how_it_is_written() -> None:
    drawing = symbol_text("x_<", 10, 20, 10, ink="#123456", anchor="start")
    assert drawing.startswith(
        '<text x="10" y="23.3" font-size="10" fill="#123456" text-anchor="start" font-style="italic">x<tspan'
    )
    assert drawing.endswith(">&lt;</tspan></text>")


def test_width() -> None:
    assert symbol_width("x_1", 10) == pytest.approx(
        symbol_width("x", 10) + symbol_width("1", 10 * INDEX_SIZE)
    )
