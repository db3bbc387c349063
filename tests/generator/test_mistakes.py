"""Wrong answers that a draw may not have: the key's, one another's, and maps of one number."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.mistakes import first_values, require_sharp, require_varied, wrong_answers
from convexam.generator.model import Case, Refused
from convexam.generator.papers import Coincidence, Spec
from convexam.generator.questions import activation
from convexam.generator.questions.conv2d import Given

# Both rows of this kernel hold one number twice: mirrored left to right it stays as it is.
UPRIGHT = Given(input=(((1, 2, 3), (4, 5, 6), (7, 8, 10)),), kernel=((((1, 1), (10, 10)),),))
KEY = {"Y": (((93, 115), (159, 191)),)}
TURNED = {"Y": ((39, 61), (105, 128))}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param({"Y": (((5, 5), (5, 5)),)}, id="one-map"),
        pytest.param({"Y0": (((1, 2),),), "Y1": (((3, 3),),)}, id="second-of-two"),
        pytest.param({"Y0": (((3,), (3,)),), "Y1": (((1, 2),),)}, id="first-of-two"),
        pytest.param({"n": (4,), "Y": (((0, 0),),)}, id="beside-a-number"),
        pytest.param({"Y": (((Fraction(1, 2), Fraction(1, 2)),),)}, id="fractions"),
    ],
)
def test_a_constant_map_is_refused(key: Any) -> None:
    with pytest.raises(Refused, match="an output map is constant"):
        require_varied(key)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param({"Y": (((5, 5), (5, 6)),)}, id="varied"),
        pytest.param({"Y0": (((1, 2),),), "Y1": (((3, 2),),)}, id="two-varied"),
        pytest.param({"Y0": (((1, 1, 2),),), "Y1": (((1, 2, 2),),)}, id="nearly"),
        pytest.param({"Y": (((5,),),)}, id="a-single-cell"),
        pytest.param({"y": (5,)}, id="a-number"),
        pytest.param({"s": ((3, 3, 3),)}, id="a-shape"),
        pytest.param({"Y": (((1, 2),), ((3, 3),))}, id="another-accepted-value"),
    ],
)
def test_anything_else_is_not(key: Any) -> None:
    require_varied(key)


def test_the_first_accepted_value_is_printed() -> None:
    assert first_values({"a": (1, 2), "b": ((3, 4),)}) == {"a": 1, "b": (3, 4)}


def test_wrong_answers_by_name() -> None:
    """A kernel that no longer fits, or makes no sense, has no answer; one that is the key has."""
    assert dict(wrong_answers("conv2d", Case(UPRIGHT))) == {
        "extra_flip": TURNED,
        "flip_rows_only": TURNED,
        "flip_columns_only": {"Y": ((93, 115), (159, 191))},
        "transpose_kernel": {"Y": ((75, 97), (141, 173))},
        "assume_same_padding": {"Y": ((93, 115, 63), (159, 191, 106), (15, 18, 10))},
        "dilation_zero_based": {"Y": ((174,),)},
    }


def spec(*listed: str, excused: tuple[tuple[str, str], ...] = ()) -> Spec:
    return Spec(
        "q",
        "conv2d",
        "A map",
        {"en": ""},
        Fraction(1),
        1,
        misconceptions=dict.fromkeys(listed, Fraction()),
        may_coincide=tuple(Coincidence(pair, "known") for pair in excused),
    )


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        (["flip_columns_only"], "^flip_columns_only gives the right answer$"),
        (["transpose_kernel", "flip_columns_only"], "^flip_columns_only gives the right answer$"),
        (["extra_flip", "flip_rows_only"], "^extra_flip and flip_rows_only give the same answer$"),
    ],
)
def test_answers_that_are_the_same_are_refused(listed: list[str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        require_sharp(spec(*listed), Case(UPRIGHT), KEY)


@pytest.mark.parametrize(
    ("listed", "excused"),
    [
        ([], ()),
        (["extra_flip", "transpose_kernel"], ()),
        (["flip_rows_only"], ()),
        (["flip_columns_only"], (("key", "flip_columns_only"),)),
        (["extra_flip", "flip_rows_only"], (("flip_rows_only", "extra_flip"),)),
        (["bias_forgotten", "no_flip"], ()),
    ],
    ids=str,
)
def test_answers_that_differ_or_are_excused_are_not(
    listed: list[str], excused: tuple[tuple[str, str], ...]
) -> None:
    require_sharp(spec(*listed, excused=excused), Case(UPRIGHT), KEY)


def test_another_pair_excuses_nothing() -> None:
    excused = (("key", "extra_flip"), ("extra_flip", "flip_columns_only"))
    with pytest.raises(Refused, match="extra_flip and flip_rows_only"):
        require_sharp(spec("extra_flip", "flip_rows_only", excused=excused), Case(UPRIGHT), KEY)


def test_rounded_answers_are_the_same_if_they_are_written_the_same() -> None:
    """At 5 a sigmoid and a tanh are 0.993307 and 0.999909."""
    for digits, alike in ((1, True), (2, False)):
        case = Case(activation.Given(input=(((5,),),), functions=("sigmoid",), digits=digits))
        spec = Spec(
            "q",
            "activation",
            "Q",
            {"en": ""},
            Fraction(1),
            1,
            misconceptions={"tanh_for_sigmoid": Fraction()},
        )
        key = activation.TYPE.solve(case, {})
        if alike:
            with pytest.raises(Refused, match="tanh_for_sigmoid gives the right answer"):
                require_sharp(spec, case, key)
        else:
            require_sharp(spec, case, key)
