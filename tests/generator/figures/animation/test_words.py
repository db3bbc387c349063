"""Animations in words: every step, and what is drawn besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convexam.generator.figures.animation.words import animation_words, introduction, steps_in_words
from convexam.generator.figures.model import Animation, Frame, Grid

from ..animations import BARE, CHANNELS, DILATED, FILTERED, MAPS, SCATTERED, STRIDED, empty

ODD = frozenset({(0, 0), (1, 1)})


@pytest.mark.parametrize(
    ("animation", "expected"),
    [
        pytest.param(
            replace(STRIDED, frames=STRIDED.frames[:2]),
            "Input X: 7 × 7, empty; faint is all but rows 1 to 5, columns 1 to 5. "
            "Output Y: 3 × 3, empty. Rows and columns are counted from 0, beginning with the first that is drawn. 2 steps. "
            "Step 1 marks rows 0 to 2, columns 0 to 2 of the input and row 0, column 0 of the output. "
            "Step 2 marks rows 0 to 2, columns 2 to 4 of the input and row 0, column 1 of the output",
            id="window",
        ),
        pytest.param(
            replace(DILATED, frames=DILATED.frames[1:2]),
            "Input X: 6 × 6, empty. Output Y: 2 × 2, empty. Rows and columns are counted from 1, beginning with the first that is drawn. "
            "1 step. "
            "Step 1 marks rows 1, 3 and 5, columns 2, 4 and 6 of the input and row 1, column 2 of the output",
            id="gaps",
        ),
        pytest.param(
            SCATTERED,
            "Input X: 1 × 2: 1 2. Output Y: 2 × 3, empty. Rows and columns are counted from 0, beginning with the first that is drawn. "
            "2 steps. "
            "Step 1 marks row 0, column 0 of the input and rows 0 and 1, columns 0 and 1 of the output; "
            "the output holds there 1 2; 3 4. "
            "Step 2 marks row 0, column 1 of the input and rows 0 and 1, columns 1 and 2 of the output; "
            "the output holds there 22 5; 44 6",
            id="running sums",
        ),
        pytest.param(
            Animation(
                (Grid(empty(2, 2), faint=ODD),),
                (Grid(empty(1, 2)), Grid(empty(1, 2))),
                (Frame(ODD, frozenset({(0, 0)}), {(1, (0, 1)): "7"}), Frame(frozenset(), frozenset())),
            ),
            "Input: 2 × 2, empty; faint are cells (0, 0) and (1, 1), each by row and column. "
            "Output 1: 1 × 2, empty. Output 2: 1 × 2, empty. Rows and columns are counted from 0, beginning with the first that is drawn. "
            "2 steps. "
            "Step 1 marks cells (0, 0) and (1, 1), each by row and column of the input and "
            "row 0, column 0 of every output; output 2 holds 7 in row 0, column 1. Step 2 marks nothing",
            id="no window",
        ),
    ],
)
def test_words(animation: Animation, expected: str) -> None:
    assert animation_words(animation) == expected


@pytest.mark.parametrize("animation", [STRIDED, FILTERED, CHANNELS, BARE])
def test_every_step_and_every_text_is_told(animation: Animation) -> None:
    told = animation_words(animation)
    assert all(f"Step {number} marks " in told for number in range(1, len(animation.frames) + 1))
    assert all(text in told for frame in animation.frames for text in frame.values.values())


def test_kernels_and_channels_have_their_numbers() -> None:
    told = animation_words(CHANNELS)
    assert "Input 2 X_1: 5 × 6: −4" in told
    assert "Kernel 3 K_2: 3 × 3: 1 0 −1; 2 0 −2; 1 0 −1." in told
    assert "of every input" in told


def test_introduction_and_steps() -> None:
    assert introduction(DILATED) == (
        "Input X: 6 × 6, empty. Output Y: 2 × 2, empty. Rows and columns are counted from 1, beginning with the first that is drawn. 4 steps"
    )
    assert steps_in_words(DILATED)[0] == (
        "rows 1, 3 and 5, columns 1, 3 and 5 of the input and row 1, column 1 of the output"
    )
    assert len(steps_in_words(DILATED)) == 4


def test_kernels_of_several_outputs() -> None:
    assert "Kernel 3 K^(1)_0: 3 × 3: " in introduction(MAPS)
    assert steps_in_words(MAPS)[0].endswith(
        "row 0, column 0 of every output; output 1 holds there 0; output 2 holds there 1"
    )
