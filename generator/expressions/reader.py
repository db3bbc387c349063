"""From tokens to a tree: a precedence parser with bounded depth.

From loose to tight: ``or``, ``and``, ``not``, comparisons, ``+ -``, ``* /``, the sign of a number, ``^``. So
``-2^2`` is -4, ``2^3^2`` is 2^9, and ``2^-1`` is 1/2. Where a text may leave the multiplication out, two
factors side by side are a product; behind a division they are refused, because ``1/2a`` could be read in two
ways.

Source: precedence climbing, in T. Norvell, "Parsing expressions by recursive descent" (1999).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Message, say
from ..reading.complaints import nearest
from ..reading.tree import quoted
from .faults import ExpressionError
from .functions import FUNCTIONS
from .tokens import Token, found, tokenise
from .tree import CONDITIONS, Binary, Call, Comparison, Constant, Logic, Name, Negative, Node

MOST_DEPTH = 30

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_SUM, _PRODUCT, _SIGN, _POWER = 5, 6, 7, 8
_LEVELS = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(COMPARISONS, 4),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/", _PRODUCT),
    "^": _POWER,
}
_NOT = 3


def read_formula(text: str) -> Node:
    """Read a formula that comes to a number.

    Raises
    ------
    ExpressionError
        Where it is none.
    """
    return _number(read_tokens(tokenise(text)))


def read_condition(text: str) -> Node:
    """Read a condition: what holds or does not.

    Raises
    ------
    ExpressionError
        Where it is none.
    """
    return _condition(read_tokens(tokenise(text)))


def read_tokens(tokens: Sequence[Token], *, side_by_side: bool = False) -> Node:
    """Read tokens, of which the last is the end, as one expression.

    `side_by_side` says that factors may stand side by side, with no sign between them.
    """
    reader = _Reader(tokens, side_by_side=side_by_side)
    tree = reader.expression(0)
    if reader.token.kind != "end":
        raise reader.unexpected(say("an operation or the end"))
    return tree


class _Reader:
    """Where the parser stands: the next token, and how deep."""

    def __init__(self, tokens: Sequence[Token], *, side_by_side: bool) -> None:
        self._rest = iter(tokens)
        self.token = next(self._rest)
        self._depth = 0
        self._side_by_side = side_by_side

    def unexpected(self, expected: Message) -> ExpressionError:
        reason = say("expected {{ expected }}, found {{ found }}", expected=expected, found=found(self.token))
        return ExpressionError(reason, self.token.position)

    def expression(self, level: int) -> Node:
        """Read as far as operations bind at least as tightly as `level`."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            reason = say("brackets and signs go at most {{ most }} deep", most=MOST_DEPTH)
            raise ExpressionError(reason, self.token.position)
        left = self._operand()
        divided = False
        while True:
            token = self.token
            if self._side_by_side and (token.kind in ("number", "name") or token.text == "("):
                if level > _PRODUCT:
                    break
                left = self._product(left, divided=divided)
                continue
            binding = _LEVELS.get(token.text, -1) if token.kind in ("sign", "word") else -1
            if binding < level or binding < 0:
                break
            divided = token.text == "/"
            left = self._joined(left, binding)
        self._depth -= 1
        return left

    def _product(self, left: Node, *, divided: bool) -> Node:
        token = self.token
        if divided:
            raise ExpressionError(say("behind a division, write * or brackets"), token.position)
        if token.kind == "number":
            reason = say("write an operation before {{ number }}", number=token.text)
            raise ExpressionError(reason, token.position)
        return Binary("*", left, self.expression(_SIGN), token.position)

    def _joined(self, left: Node, binding: int) -> Node:
        token = self._take()
        sign, at = token.text, token.position
        if sign in COMPARISONS:
            return self._comparison(_number(left), token)
        if token.kind == "word":
            parts = left.parts if isinstance(left, Logic) and left.word == sign else (left,)
            right = _condition(self.expression(binding + 1))
            return Logic(sign, (*map(_condition, parts), right), at)
        right = self.expression(_SIGN if sign == "^" else binding + 1)
        return Binary(sign, _number(left), _number(right), at)

    def _comparison(self, left: Node, token: Token) -> Node:
        """Read a chain: what stands between two signs is compared with both its neighbours."""
        parts, signs = [left], [token.text]
        parts.append(_number(self.expression(_SUM)))
        while self.token.text in COMPARISONS:
            signs.append(self._take().text)
            parts.append(_number(self.expression(_SUM)))
        return Comparison(tuple(parts), tuple(signs), token.position)

    def _operand(self) -> Node:
        token = self.token
        if token.kind == "number":
            self._take()
            return Constant(token.value, token.text, token.position)
        if token.kind == "name":
            self._take()
            return self._call(token) if self.token.text == "(" and not self._side_by_side else _name(token)
        if token.text == "(":
            self._take()
            inner = self.expression(0)
            self._closed()
            return inner
        if token.text in ("-", "+"):
            self._take()
            part = _number(self.expression(_SIGN))
            return Negative(part, token.position) if token.text == "-" else part
        if token.text == "not":
            self._take()
            return Logic("not", (_condition(self.expression(_NOT)),), token.position)
        raise self.unexpected(say("a number, a name or ("))

    def _call(self, name: Token) -> Node:
        if name.text not in FUNCTIONS:
            near = nearest(name.text, FUNCTIONS)
            hint = f"did you mean {near}?" if near else f"there are {', '.join(FUNCTIONS)}"
            raise ExpressionError(f"there is no function {quoted(name.text)}; {hint}", name.position)
        self._take()
        arguments = [_number(self.expression(_SUM))]
        while self.token.text == ",":
            self._take()
            arguments.append(_number(self.expression(_SUM)))
        self._closed()
        least, most = FUNCTIONS[name.text]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            reason = f"{name.text} takes {wanted} arguments, found {len(arguments)}"
            raise ExpressionError(reason, name.position)
        return Call(name.text, tuple(arguments), name.position)

    def _closed(self) -> None:
        if self.token.text != ")":
            raise self.unexpected(say("an operation or )"))
        self._take()

    def _take(self) -> Token:
        token = self.token
        self.token = next(self._rest)
        return token


def _name(token: Token) -> Node:
    if token.text in FUNCTIONS:
        raise ExpressionError(f"{token.text} is a function: write {token.text}(...)", token.position)
    return Name(token.text, token.position)


def _number(node: Node) -> Node:
    if isinstance(node, CONDITIONS):
        raise ExpressionError("a number is needed here, found a condition", node.at)
    return node


def _condition(node: Node) -> Node:
    if not isinstance(node, CONDITIONS):
        raise ExpressionError("a condition is needed here, such as n > 2, found a number", node.at)
    return node
