"""A rule of re-marking: one change, of the questions that it concerns, as a value and as text.

The text is canonical JSON, so that equal rules are equal bytes; it is what the store keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field as Bounds

from ...generator.frozen import frozen
from ...generator.papers import Points, Problem
from ...generator.policy import NOTHING_STATED, Credit, Share
from ...generator.reading.reader import RECORD, read_json
from ...generator.reading.schema import Flag, Id, canonical_json, dump, parse, record

Literals: TypeAlias = Mapping[str, Annotated[str, Bounds(min_length=1, max_length=4096)]]


@record
class Answer:
    """An answer that is to count as right, said in one of four ways.

    Attributes
    ----------
    values
        As students type it, by field; for questions whose numbers are the same for everybody it concerns.
    misconception
        What somebody with it writes down, for whatever numbers were drawn.
    conventions
        What is right where the paper takes something else for granted: ``{"operation": "convolution"}``.
    solve
        What the solver of this release makes of the question as it was drawn.
    """

    values: Literals = field(default_factory=dict)
    misconception: Id | None = None
    conventions: Mapping[Id, Id] = field(default_factory=dict)
    solve: Flag = False

    def __post_init__(self) -> None:
        said = [self.values, self.misconception, self.conventions, self.solve]
        if sum(map(bool, said)) != 1:
            raise ValueError("an answer is one of 'values', 'misconception', 'conventions' and 'solve'")


@record
class Rule:
    """One change, and the questions that it concerns.

    Attributes
    ----------
    target
        An item of the exam, a problem of one that picks several (``b.1``), or an entry of the bank.
    paper
        The code of the only paper that it concerns; None is all of them.
    accept
        What is right as well.
    key
        What is right instead of the key.
    drop
        Whether the question counts for nobody: its points leave the total and the full marks.
    full_marks
        Whether everybody who handed in gets all points, or everybody who answered it.
    credit, shares
        How it is paid: settings that take the place of those that held, and shares for misconceptions.
    points
        What it is worth.
    never_lower
        Whether it holds only for those who do not lose by it.
    """

    target: Id
    paper: Annotated[str, Bounds(pattern=r"^[0-9A-Z]{14}$")] | None = None
    accept: Answer | None = None
    key: Answer | None = None
    drop: Flag = False
    full_marks: Literal["everyone", "answered"] | None = None
    credit: Credit = NOTHING_STATED
    shares: Mapping[Id, Share] = field(default_factory=dict)
    points: Points | None = None
    never_lower: Flag = False

    def __post_init__(self) -> None:
        paid = self.credit != NOTHING_STATED or self.shares
        said = [self.accept, self.key, self.drop, self.full_marks, paid, self.points]
        if sum(map(bool, said)) != 1:
            raise ValueError(
                "a rule makes one change: accept, key, drop, full_marks, credit or points; "
                "say others one by one"
            )
        if self.accept and self.accept.solve:
            raise ValueError("'solve' says what the key is: use it with 'key'")

    @property
    def answer(self) -> Answer | None:
        """What it says is right, if it says so."""
        return self.accept or self.key

    def concerns(self, code: str, problem: Problem) -> bool:
        """Say whether it concerns a problem on the paper of this code."""
        if self.paper not in (None, code):
            return False
        pick = problem.item.rpartition(".")[0]
        return self.target in (problem.item, pick, problem.spec.id)


@frozen
class Ruling:
    """A rule that holds, the number by which it is known, and why it was made; students read the reason."""

    number: int
    rule: Rule
    reason: str


def rule_text(rule: Rule) -> str:
    """Write a rule as canonical JSON, without what it does not say."""
    return canonical_json(_said(rule, dump(rule))).decode()


def read_rule(text: str) -> Rule:
    """Read what `rule_text` wrote.

    Raises
    ------
    DataError
        If it is damaged, or says more than a rule can.
    """
    return parse(Rule, read_json(text.encode(), "the rule", RECORD))


def _said(part: Any, data: Any) -> Any:
    """Leave out of the data of a record what is so anyway."""
    if not is_dataclass(part):
        return data
    return {
        each.name: _said(getattr(part, each.name), data[each.name])
        for each in fields(part)
        if data[each.name] != {} and getattr(part, each.name) != each.default
    }
