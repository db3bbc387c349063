"""A rule that is to be made or undone: what would hold then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...generator.errors import MisuseError
from ...generator.frozen import frozen
from ..records.people import SaidRule
from ..records.store import Store
from .held import holding
from .rule import Rule, Ruling, read_rule, rule_text
from .words import words_of


@frozen
class Proposal:
    """What is to change.

    Attributes
    ----------
    words
        What, in a line.
    rule
        The rule that is made or undone.
    rulings
        The rules that hold then.
    keep
        Keeps it in a store.
    done
        What is said when that was done.
    """

    words: str
    rule: Rule
    rulings: tuple[Ruling, ...]
    keep: Callable[[Store], None]
    done: str


def making(rule: Rule, said: Sequence[SaidRule], reason: str) -> Proposal:
    """Propose a rule; one that was made last, with the same reason, holds already."""
    rulings, text = holding(said), rule_text(rule)
    made = bool(said) and (said[-1].text, said[-1].reason) == (text, reason)
    number = said[-1].number + (not made) if said else 1
    return Proposal(
        words=f"Rule {number}{' holds already' * made}: {words_of(rule)}",
        rule=rule,
        rulings=rulings if made else (*rulings, Ruling(number, rule, reason)),
        keep=lambda store: store.make_rule(text, reason),
        done=f"Rule {number} holds from now on; --undo {number} takes it back.",
    )


def undoing(number: int, said: Sequence[SaidRule], reason: str) -> Proposal:
    """Propose to undo a rule; one that was undone before stays so.

    Raises
    ------
    MisuseError
        If there is no such rule.
    """
    rules = {row.number: row for row in said if row.undoes is None}
    if number not in rules:
        there_are = f"there are: {', '.join(map(str, rules))}" if rules else "none was made"
        raise MisuseError(f"there is no rule {number}; {there_are}")
    rule, rulings = read_rule(rules[number].text), holding(said)
    held = number in [ruling.number for ruling in rulings]
    return Proposal(
        words=f"Undoing rule {number}{'' if held else ', which is undone already'}: {words_of(rule)}",
        rule=rule,
        rulings=tuple(ruling for ruling in rulings if ruling.number != number),
        keep=lambda store: store.undo_rule(number, reason),
        done=f"Rule {number} is undone.",
    )
