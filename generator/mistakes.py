"""Wrong answers, computed: what somebody with a misconception writes down for a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Any

from . import registry
from .document import Message, quote
from .model import Case, Key, Misconception, Refused, Rounded, Value
from .papers import Spec
from .questions.misconceptions import SENTENCES
from .rules import written

KEY = "key"
"""How an entry names the right answer among those that may coincide."""


def first_values(key: Key) -> dict[str, Value]:
    """Return the printed value of each field."""
    return {name: values[0] for name, values in key.items()}


def is_right(key: Key, answer: Mapping[str, Value]) -> bool:
    """Say whether every field of an answer is one of its accepted values."""
    return all(answer.get(name) in values for name, values in key.items())


def wrong_answers(
    type_: str, case: Case[Any], only: Collection[str] | None = None
) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield, for each misconception of a kind that applies to a case, its name and its answer.

    The answer may be the key: a misconception need not show on every case. With `only`, no other
    misconceptions are solved.
    """
    for name, key in wrong_keys(type_, case, only):
        yield name, first_values(key)


def wrong_keys(type_: str, case: Case[Any], only: Collection[str] | None = None) -> Iterator[tuple[str, Key]]:
    """Yield the same with all answers that somebody with the misconception holds for right."""
    kind = registry.get(type_)
    for misconception in misconceptions_of(type_, case.given):
        if only is not None and misconception.name not in only:
            continue
        try:
            changed = misconception.change(case)
            if changed is None:
                continue
            yield misconception.name, kind.solve(changed, {})
        except ValueError:  # the changed case cannot be: a kernel that no longer fits, a cell outside
            continue


def misconceptions_of(type_: str, part: Any) -> tuple[Misconception[Any], ...]:
    """Return the misconceptions of a kind, and those that an entry with these params or given defines."""
    kind = registry.get(type_)
    return (*kind.misconceptions, *(kind.own(part) if kind.own else ()))


def sentence_of(type_: str, case: Case[Any], name: str) -> Message:
    """Return what a student with a misconception reads: the entry's own sentence, or that of the table."""
    own = {each.name: each.sentence for each in misconceptions_of(type_, case.given) if each.sentence}
    return quote(own[name]) if name in own else Message(SENTENCES[name])


def require_varied(key: Key) -> None:
    """Refuse a case that fills a map with one number: nobody needs to compute it to get it right.

    Raises
    ------
    Refused
        If a map of several cells is constant.
    """
    if any(map(is_constant, first_values(key).values())):
        raise Refused("an output map is constant")


def is_constant(value: Value, least: int = 2) -> bool:
    """Say whether an answer is a map of at least so many cells that all hold one number."""
    is_map = isinstance(value, tuple) and any(isinstance(part, tuple) for part in value)
    cells = list(_cells(value))
    return is_map and len(cells) >= least and len(set(cells)) == 1


def _cells(value: Value) -> Iterator[Value]:
    if isinstance(value, tuple):
        for part in value:
            yield from _cells(part)
    else:
        yield value


def require_sharp(spec: Spec, case: Case[Any], key: Key) -> None:
    """Refuse a case on which two of the answers that the entry wants to tell apart are the same.

    The answers are the key and those of the misconceptions that the entry lists and that apply;
    pairs under `may_coincide` are excused. Rounded answers are the same if they are written the same.

    Raises
    ------
    Refused
        Naming the pair.
    """
    fields = registry.get(spec.type).ask(case)
    rounded = {field.name: field.rule for field in fields if isinstance(field.rule, Rounded)}

    def as_written(answer: Key) -> Key:
        return {
            name: tuple(written(rounded[name], value) for value in values) if name in rounded else values
            for name, values in answer.items()
        }

    right = as_written(key)
    excused = {frozenset(pair.names) for pair in spec.may_coincide}
    answers: dict[str, dict[str, Value]] = {}
    for name, wrong in wrong_keys(spec.type, case, spec.misconceptions):
        answers[name] = first_values(as_written(wrong))
        if is_right(right, answers[name]) and frozenset((KEY, name)) not in excused:
            raise Refused(f"{name} gives the right answer")
    for (one, answer), (other, same) in combinations(answers.items(), 2):
        if answer == same and frozenset((one, other)) not in excused:
            raise Refused(f"{one} and {other} give the same answer")
