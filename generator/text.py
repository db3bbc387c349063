"""Markdown with values becomes the document tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby

from .document import (
    Block,
    Code,
    Decimals,
    Document,
    Emphasis,
    FigureRow,
    Formula,
    Inline,
    Lines,
    Listing,
    Math,
    Message,
    Numeral,
    Paragraph,
    Quoted,
    Shown,
    Symbol,
    Text,
)
from .figures.model import Figure
from .language import Translate, as_written
from .markdown import Node, TextError, fill, names, parse
from .model import Step

__all__ = [
    "TextError",
    "blocks",
    "document",
    "names",
    "render_message",
    "sentence",
]


_NOTHING = Text("")


def blocks(markdown: str, values: Mapping[str, Shown], translate: Translate = as_written) -> Document:
    """Parse Markdown and fill in values.

    A figure is named by its label where its placeholder stands; it is drawn after that paragraph, in a
    row with the paragraph's other figures. A paragraph of nothing but figures becomes the row alone.
    In a formula, a figure is its label and is not drawn. Lines stand in a paragraph of their own.

    Parameters
    ----------
    markdown
        The text.
    values
        What its placeholders stand for.
    translate
        Translates the messages among the values.

    Raises
    ------
    TextError
        If a name is unknown, or a value cannot stand where the text puts it.
    """
    return tuple(_blocks(parse(markdown, values), values, translate))


def render_message(message: Message, translate: Translate = as_written) -> Document:
    """Turn a message into a document; `translate` maps its English text to another language."""
    page = blocks(_worded(message, translate), message.values, translate)
    return tuple(map(_as_quoted, page)) if message.quoted else page


def _worded(message: Message, translate: Translate) -> str:
    return message.text if message.quoted else translate(message.text)


def _as_quoted(block: Block) -> Block:
    return Paragraph((Quoted(block.children),)) if isinstance(block, Paragraph) else block


def sentence(message: Message, translate: Translate = as_written) -> tuple[Inline, ...]:
    """Turn a message of one paragraph into what stands in it; its figures are only named.

    Raises
    ------
    TextError
        If the message is not exactly one paragraph.
    """
    if message.values:
        return _sentence(message, translate)
    return _sentence_as_ever(message.text, message.quoted, translate)


@lru_cache(maxsize=1024)  # words come again and again, most of them inside of others
def _sentence_as_ever(text: str, quoted: bool, translate: Translate) -> tuple[Inline, ...]:  # noqa: FBT001
    return _sentence(Message(text, quoted=quoted), translate)


def _sentence(message: Message, translate: Translate) -> tuple[Inline, ...]:
    paragraphs = parse(_worded(message, translate), message.values).children
    if [node.type for node in paragraphs] != ["paragraph"]:
        raise TextError(f"the message {message.text!r} stands inside a sentence, so it must be one paragraph")
    inlines = _inlines(paragraphs[0].children[0].children, message.values, translate)
    return (Quoted(inlines),) if message.quoted else inlines


def document(steps: tuple[Step, ...], translate: Translate = as_written) -> Document:
    """Turn the steps of a worked solution into a document."""
    return tuple(chain.from_iterable(_step(step, translate) for step in steps))


def _step(step: Step, translate: Translate) -> Document:
    if isinstance(step, Message):
        return render_message(step, translate)
    if isinstance(step, Symbol):
        return (Formula(step.latex),)
    if isinstance(step, Lines):
        return (_listing(step, translate),)
    return (FigureRow((step,)),)


# -- blocks -------------------------------------------------------------------------------------


def _blocks(parent: Node, values: Mapping[str, Shown], translate: Translate) -> Iterator[Block]:
    for node in parent.children:
        if node.type == "math_block":
            yield Formula(fill(node.content, values))
        elif node.type in ("bullet_list", "ordered_list"):
            items = tuple(tuple(_blocks(item, values, translate)) for item in node.children)
            yield Listing(items, ordered=node.type == "ordered_list")
        else:
            yield from _paragraph(node.children[0].children, values, translate)


def _paragraph(nodes: Sequence[Node], values: Mapping[str, Shown], translate: Translate) -> Iterator[Block]:
    if (lines := _lines_alone(nodes, values)) is not None:
        yield _listing(lines, translate)
        return
    figures = tuple(dict.fromkeys(_figures(nodes, values, translate)))
    if not (figures and all(_is_figure_or_space(node, values) for node in nodes)):
        for apart, run in groupby(nodes, lambda node: node.type == "math_inline_double"):
            if apart:
                yield from (Formula(fill(node.content, values)) for node in run)
            elif inlines := _trimmed(_inlines(run, values, translate)):
                yield Paragraph(inlines)
    if figures:
        yield FigureRow(figures)


def _lines_alone(nodes: Sequence[Node], values: Mapping[str, Shown]) -> Lines | None:
    """Return the lines that a paragraph stands for, if it is nothing else."""
    alone = values[nodes[0].content] if len(nodes) == 1 and nodes[0].type == "placeholder" else None
    return alone if isinstance(alone, Lines) else None


def _listing(lines: Lines, translate: Translate) -> Listing:
    items = tuple(render_message(line, translate) for line in lines.items)
    return Listing(items, lines.ordered, lines.lettered)


def _trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Drop the spaces that a formula on a line of its own leaves at the ends of its paragraph."""
    nodes = list(inlines)
    if nodes and isinstance(nodes[0], Text):
        nodes[0] = Text(nodes[0].text.lstrip())
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = Text(nodes[-1].text.rstrip())
    return tuple(node for node in nodes if node != _NOTHING)


def _figures(nodes: Iterable[Node], values: Mapping[str, Shown], translate: Translate) -> Iterator[Figure]:
    for name in chain.from_iterable(node.names for node in nodes):
        value = values[name]
        if isinstance(value, Figure):
            yield value
        elif isinstance(value, Message) and value.values:
            yield from _figures([parse(_worded(value, translate), value.values)], value.values, translate)


def _is_figure_or_space(node: Node, values: Mapping[str, Shown]) -> bool:
    if node.type == "placeholder":
        return isinstance(values[node.content], Figure)
    return node.type == "softbreak" or (node.type == "text" and not node.content.strip())


# -- inlines ------------------------------------------------------------------------------------


def _inlines(nodes: Iterable[Node], values: Mapping[str, Shown], translate: Translate) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for each in chain.from_iterable(_inline(node, values, translate) for node in nodes):
        if isinstance(each, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].text + each.text)
        else:
            found.append(each)
    return tuple(each for each in found if each != _NOTHING)


def _inline(node: Node, values: Mapping[str, Shown], translate: Translate) -> tuple[Inline, ...]:
    match node.type:
        case "placeholder":
            return _shown(values[node.content], translate)
        case "math_inline":
            return (Math(fill(node.content, values)),)
        case "code_inline":
            return (Code(node.content),)
        case "em" | "strong":
            return (Emphasis(_inlines(node.children, values, translate), strong=node.type == "strong"),)
        case "softbreak":
            return (Text(" "),)
        case "hardbreak":
            return (Text("\n"),)
        case _:
            return (Text(node.content),)


def _shown(value: Shown, translate: Translate) -> tuple[Inline, ...]:
    if isinstance(value, str):
        return (Text(value),)
    if isinstance(value, Symbol):
        return (Math(value.latex),)
    if isinstance(value, Message):
        return sentence(value, translate)
    if isinstance(value, Decimals):
        return (Numeral(value.value, decimals=True),)
    if isinstance(value, Lines):
        raise TextError("a list of lines stands in a paragraph of its own, with blank lines around it")
    if isinstance(value, Figure):
        return (Math(value.label),) if value.label else ()
    return (Numeral(value),)
