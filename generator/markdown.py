"""Markdown with placeholders: what may stand in a text, and what a placeholder may stand for.

The Markdown is a small part of CommonMark: paragraphs, emphasis, inline code, lists, hard breaks, and
formulas between dollar signs. HTML, links, images and headings are not part of it and stay plain text.
``{{ name }}`` stands for a value. It is a look-up and nothing more: texts of banks are written by
strangers and never reach a template engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from . import latex
from .document import Decimals, Shown, Symbol
from .errors import ConvexamError
from .figures.model import Figure
from .reading.complaints import nearest

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}")
_STRAY = re.compile(r"(?:\{\{|\{%)[^}\n]{0,40}\}{0,2}")
_PLAIN = re.compile(r"[\w .,:+-]*")


class TextError(ConvexamError, ValueError):
    """A text that cannot be shown: an unknown value, a stray brace, a formula that is no LaTeX."""


def names(markdown: str) -> set[str]:
    """Return the names that a text has placeholders for.

    Raises
    ------
    TextError
        If double braces hold anything but a name.
    """
    stray = _STRAY.search(_PLACEHOLDER.sub(" ", markdown))
    if stray:
        raise TextError(
            f"found {stray[0]!r}, expected a name in double braces, as {{{{ stride }}}}; "
            "nothing is computed inside a text, and double braces of LaTeX need a space between them"
        )
    return set(_PLACEHOLDER.findall(markdown))


MOST_CHARACTERS = 5000


class Node(NamedTuple):
    """A part of a text.

    Attributes
    ----------
    type
        What the parser calls it, or "placeholder".
    content
        The text itself, the formula, or the name in a placeholder.
    children
        Its own parts.
    names
        Those in placeholders that it has or is, in their order; formulas are left out.
    """

    type: str
    content: str
    children: tuple[Node, ...]
    names: tuple[str, ...]


def parse(markdown: str, values: Mapping[str, Shown]) -> Node:
    """Parse a text whose placeholders all stand for one of the values.

    Raises
    ------
    TextError
        If a name is unknown, a placeholder stands in code, or double braces hold anything but a name.
    """
    if len(markdown) > MOST_CHARACTERS:
        raise TextError(f"the text has {len(markdown)} characters; at most {MOST_CHARACTERS} are set")
    tree, wanted = _parsed(markdown)
    for name in sorted(wanted - set(values)):
        meant = nearest(name, values)
        hint = f" Did you mean {meant!r}?" if meant else ""
        known = ", ".join(sorted(values)) or "none"
        raise TextError(f"there is no value called {name!r}.{hint} The values here: {known}.")
    return tree


@lru_cache(maxsize=1024)
def _parsed(markdown: str) -> tuple[Node, frozenset[str]]:
    """Parse a text once, whatever its values are, and return the names that it has placeholders for."""
    from markdown_it.tree import SyntaxTreeNode  # slow to load

    wanted = frozenset(names(markdown))
    try:
        tree = _node(SyntaxTreeNode(_parser().parse(markdown)))
    except RecursionError:
        raise TextError("the text is nested too deeply; write less emphasis and fewer lists") from None
    return tree, wanted


def _node(parsed: SyntaxTreeNode) -> Node:
    content = "" if parsed.is_root else parsed.content
    if parsed.type == "placeholder":
        return Node(parsed.type, content, (), (content,))
    if parsed.type == "code_inline" and _PLACEHOLDER.search(content):
        raise TextError(f"found {content!r}: a value cannot stand in code; take it out of `…`")
    children = tuple(map(_node, parsed.children))
    return Node(parsed.type, content, children, tuple(chain.from_iterable(each.names for each in children)))


def fill(formula: str, values: Mapping[str, Shown]) -> str:
    """Put values into a formula, as LaTeX; a figure becomes its label.

    Raises
    ------
    TextError
        If a value is neither a number, a symbol, a plain text nor a figure with a label.
    """
    return _PLACEHOLDER.sub(lambda match: _latex(match[1], values[match[1]]), formula).strip()


def _latex(name: str, value: Shown) -> str:
    if isinstance(value, int | Fraction):
        return latex.number(value)
    if isinstance(value, Decimals):
        return str(value)
    if isinstance(value, Symbol):
        return value.latex
    if isinstance(value, Figure) and value.label:
        return value.label
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return rf"\text{{{value}}}"
    raise TextError(
        f"the value of {name!r} cannot stand in a formula: expected a number, a symbol, a figure with a "
        "label, or a text of letters and digits; take it out of the dollar signs"
    )


def _placeholder(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    match = _PLACEHOLDER.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("placeholder", "", 0).content = match[1]
    state.pos = match.end()
    return True


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("zero", {"typographer": True})
    parser.enable(["emphasis", "backticks", "list", "newline", "escape", "smartquotes"])
    parser.inline.ruler.after("text", "placeholder", _placeholder)
    dollarmath_plugin(parser, allow_labels=False, allow_space=False, double_inline=True)
    return parser
