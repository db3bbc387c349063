"""Values are what frozen dataclasses are; that nobody assigns their attributes is held by the type checker."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pytest

from convexam.generator.frozen import frozen


class Empty:
    pass


class Single:
    name: str


class Pair:
    name: str
    numbers: tuple[int, ...] = ()


class Odd:
    name: str
    kept: Mapping[str, int] = field(default_factory=dict, hash=False)
    hidden: int = field(default=0, compare=False, repr=False)
    made: str = field(init=False, default="made")

    def __post_init__(self) -> None:
        object.__setattr__(self, "made", self.name.upper())


class Own:
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "own"


SHAPES: Mapping[Any, tuple[tuple[Any, ...], ...]] = {
    Empty: ((),),
    Single: (("a",), ("b",)),
    Pair: (("a",), ("a", (1,)), ("b",)),
    Odd: (("a",), ("a", {"b": 1}), ("a", {}, 2), ("b",)),
    Own: (("a",), ("b",)),
}


def made_by(decorate: Any, shape: type) -> Any:
    """Return a class of this shape."""
    return decorate(type(shape.__name__, (), dict(vars(shape))))


@pytest.mark.parametrize("shape", SHAPES)
def test_they_are_frozen_dataclasses_but_for_the_check(shape: type) -> None:
    of_ours, of_python = made_by(frozen, shape), made_by(dataclass(frozen=True), shape)
    ours = [of_ours(*arguments) for arguments in SHAPES[shape]]
    theirs = [of_python(*arguments) for arguments in SHAPES[shape]]
    assert list(map(repr, ours)) == list(map(repr, theirs))
    assert [[one == other for one in ours] for other in ours] == [[a == b for a in theirs] for b in theirs]
    assert [len({hash(one), hash(other)}) for one in ours for other in ours] == [
        len({hash(one), hash(other)}) for one in theirs for other in theirs
    ]
    assert [each.name for each in fields(of_ours)] == [each.name for each in fields(of_python)]
    assert of_ours.__match_args__ == of_python.__match_args__


@frozen
class Value:
    name: str
    number: int = 0


@frozen
class More(Value):
    more: int = 1


def test_values_are_replaced_copied_and_pickled() -> None:
    value = More("a", 2)
    assert replace(value, number=3) == More("a", 3)
    assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert repr(value) == "More(name='a', number=2, more=1)"


def test_values_of_other_classes_differ() -> None:
    assert Value("a") != More("a")
    assert Value("a").__eq__(("a", 0)) is NotImplemented
