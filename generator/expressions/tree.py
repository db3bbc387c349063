"""What an expression is once it has been read: a tree of frozen values.

`at` is the character at which the operation stands in the text, counted from 0, for messages.
"""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import TypeAlias

from ..frozen import frozen


@frozen
class Constant:
    """A number; `text` is how it was written: ``0.25``."""

    value: Fraction
    text: str
    at: int = field(default=0, compare=False)


@frozen
class Name:
    """A name that stands for a number, or an indeterminate of a polynomial."""

    name: str
    at: int = field(default=0, compare=False)


@frozen
class Negative:
    """The negative of a part."""

    part: Node
    at: int = field(default=0, compare=False)


@frozen
class Binary:
    """Two parts and the sign between them: ``+``, ``-``, ``*``, ``/`` or ``^``."""

    sign: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@frozen
class Call:
    """A function of some arguments; `functions.FUNCTIONS` lists them."""

    function: str
    arguments: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@frozen
class Comparison:
    """Parts that are compared, each with the next: ``1 <= n < 5`` has three parts and two signs."""

    parts: tuple[Node, ...]
    signs: tuple[str, ...]
    at: int = field(default=0, compare=False)


@frozen
class Logic:
    """Conditions that are joined by ``and`` or ``or``, or one that is denied by ``not``."""

    word: str
    parts: tuple[Node, ...]
    at: int = field(default=0, compare=False)


Node: TypeAlias = Constant | Name | Negative | Binary | Call | Comparison | Logic

CONDITIONS = (Comparison, Logic)


def names_in(node: Node) -> tuple[Name, ...]:
    """Return the names in a tree, from left to right."""
    match node:
        case Name():
            return (node,)
        case Constant():
            return ()
        case Negative(part):
            return names_in(part)
        case Binary(_, left, right):
            return (*names_in(left), *names_in(right))
        case Call(_, parts) | Comparison(parts) | Logic(_, parts):
            return tuple(name for part in parts for name in names_in(part))


def operations(node: Node) -> int:
    """Count the operations in a tree; a sign alone is none."""
    match node:
        case Constant() | Name():
            return 0
        case Negative(part):
            return operations(part)
        case Binary(_, left, right):
            return 1 + operations(left) + operations(right)
        case Call(_, parts) | Comparison(parts) | Logic(_, parts):
            return 1 + sum(map(operations, parts))
