"""The twelve targets: what a figure is compared with, and the table of what is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import yaml

if TYPE_CHECKING:
    from .rounds import Row

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True)
class Target:
    """A bound of one of the twelve targets, for one figure.

    Attributes
    ----------
    number
        Which of the twelve it belongs to.
    at_most, at_least
        The bound: one of them.
    unit
        What figure and bound are in; nothing for a ratio.
    """

    number: int
    at_most: float | None = None
    at_least: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("a target is either at most or at least something")

    def met(self, value: float) -> bool:
        """Compare a figure with the bound."""
        return value <= self.at_most if self.at_most is not None else value >= (self.at_least or 0)

    def written(self, value: float) -> str:
        """Write a figure as its bound is written."""
        return f"{value:,.0f}{self.unit}" if abs(value) >= 100 else f"{value:.3g}{self.unit}"

    def __str__(self) -> str:
        if self.at_most is not None:
            return f"at most {self.written(self.at_most)}"
        return f"at least {self.written(self.at_least or 0)}"


class Aim(TypedDict, total=False):
    """What is said by hand of one of the twelve.

    Attributes
    ----------
    what
        What it is about.
    held
        What is not measured, and what holds it instead.
    why
        Why it is not met where it is not.
    """

    what: str
    held: str
    why: str


@cache
def aims() -> dict[int, Aim]:
    """Read what is said of each."""
    found: dict[int, Aim] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def missed(tables: Mapping[str, Sequence[Row]]) -> set[int]:
    """Return the targets with a figure that does not keep to its bound."""
    return {target.number for _, target, value in _answers(tables) if not target.met(value)}


def overview(tables: Mapping[str, Sequence[Row]]) -> str:
    """Write the table of all targets, and below it why some are not met."""
    answers = list(_answers(tables))
    lines = ["| | | target | measured | |", "| --- | --- | --- | --- | --- |"]
    for number, aim in aims().items():
        own = [(what, target, value) for what, target, value in answers if target.number == number]
        met = [target.met(value) for _, target, value in own]
        about = f"**{aim['what']}**" + (f"; {aim['held']}" if "held" in aim else "")
        lines.append(f"| {number} | {about} | | | {_verdict(met)} |")
        lines += [
            f"| | {what} | {target} | {target.written(value)} | {_verdict([target.met(value)])} |"
            for what, target, value in own
        ]
    reasons = [
        f"- target {number}: {aims()[number].get('why', 'not known yet')}"
        for number in sorted(missed(tables))
    ]
    return "\n".join([*lines, *(["", "Why not:", "", *reasons] if reasons else [])])


def _verdict(met: Sequence[bool]) -> str:
    if not met:
        return "not measured"
    return "met" if all(met) else "**not met**"


def _answers(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Target, float]]:
    for name, rows in tables.items():
        for row in rows:
            if isinstance(row.target, Target) and row.value is not None:
                yield f"{name}: {row.what}", row.target, row.value
