"""Worked steps of a convolution: which kernel they show."""

from __future__ import annotations

import pytest

from convexam.generator.figures.model import Animation
from convexam.generator.sliding.filtering import Filtering
from convexam.generator.sliding.worked import Slide


@pytest.mark.parametrize(
    ("turned", "label", "rows"),
    [(False, "K", ((1, 2), (3, 4))), (True, "K'", ((4, 3), (2, 1)))],
)
def test_a_film_shows_the_kernel_as_it_is_laid_under_its_own_name(
    turned: bool, label: str, rows: tuple[tuple[int, ...], ...]
) -> None:
    kernel = ((1, 2), (3, 4))
    filtering = Filtering((((1, 2, 3),) * 3,), ((kernel,),), (0,), Slide((2, 2)), turned)
    steps = filtering.work(["Y"], [(0, 0), (0, 1)], origin=0, digits=None)
    (film,) = (step for step in steps if isinstance(step, Animation))
    assert [(grid.label, grid.rows) for grid in film.kernels] == [(label, rows)]
