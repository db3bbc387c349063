"""Answers as a page shows them: empty boxes on a paper, filled in with the key in its solutions.

An empty box follows from the field alone. Where the size of a map is asked, the box is squared paper of
one size, so that it cannot betray the answer; for what is known to be a row, it is lower.
"""

from __future__ import annotations

from markupsafe import Markup

from ..document import Message, Symbol, listed, say
from ..expressions.writing import terms_as_latex
from ..figures.grid import ANSWER, SHOWN, Style, squared_svg
from ..figures.model import Grid
from ..figures.numerals import MINUS
from ..frozen import frozen
from ..language import Language
from ..model import Conventions, Field, Rule, Value
from ..rules import written
from ..values import NAMED, NONE
from .boxes import Boxes
from .handwriting import empty_map
from .html import drawing, formula, in_language, said, symbol
from .look import Look
from .options import option_word
from .phrases import hint
from .plain import plain_label
from .records import merged

SQUARES_ACROSS = 30  # of 5 mm
SQUARES_DOWN = {False: 10, True: 3}  # for a map, for a row
SMALL_BOX = 24  # characters that can be written in it by hand


@frozen
class AnswerView:
    """What a template prints of a field.

    Attributes
    ----------
    label
        What is asked.
    is_map
        Whether the answer is a map.
    boxes
        The boxes of a form; None where they are drawn.
    cells
        A map drawn, to fill in or filled in, or the squared paper under a box for one.
    entry
        What is written in the box; empty on a paper.
    hint
        How the answer is to be written, or nothing.
    at
        The headings of its row and its column, where the answers form a table.
    parts
        The headings of the parts of a record, and what is written in their boxes, line by line.
    rules
        How many lines there are to write a text on; 0 for all other answers.
    wide
        Whether the box takes a line of its own.
    """

    label: Markup
    is_map: bool
    boxes: Boxes | None
    cells: Markup
    entry: str
    hint: Markup
    at: tuple[Markup, Markup] | None
    parts: tuple[Markup, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    rules: int = 0
    wide: bool = False


def answer_view(
    field: Field,
    accepted: tuple[Value, ...],
    conventions: Conventions,
    look: Look,
    boxes: Boxes | None = None,
) -> AnswerView:
    """Make the box of a field and fill in what is accepted; nothing, on a paper.

    Parameters
    ----------
    boxes
        Those of a form; without them, boxes are drawn.
    """
    advice = _advice(field, conventions, boxes)

    def heading(text: Symbol | Message) -> Markup:
        if isinstance(text, Symbol):
            return formula(text.latex, look)
        return said(text, look)

    return AnswerView(
        label=answer_label(field, look),
        is_map=field.kind == "tensor",
        boxes=boxes,
        cells=_cells(field, accepted[0] if accepted else None, look, drawn=boxes is None),
        entry=_entry(field, accepted, look),
        hint=said(advice, look) if advice else Markup(),
        at=None if field.at is None else (heading(field.at[0]), heading(field.at[1])),
        parts=tuple(heading(part.label) for part in field.parts),
        lines=record_lines(field, accepted, look.language) or (("",) * len(field.parts),),
        rules=field.lines if field.kind == "text" else 0,
        wide=_is_long(field),
    )


def _advice(field: Field, conventions: Conventions, boxes: Boxes | None) -> Message | None:
    """Say how an answer is to be written, where its boxes do not."""
    if boxes is not None and boxes.first.options:
        return None
    advice = hint(field, conventions)
    if field.kind != "tensor" or boxes is None or boxes.first.control != "lines":
        return advice
    rows = say("a row on each line, spaces between its cells")
    return listed([advice, rows], "; ") if advice else rows


def _is_long(field: Field) -> bool:
    """Say whether an answer may be too long for a small box: an expression, or a list of many names."""
    names = sum(len(option.name) + len(", ") for option in field.options)
    return field.kind == "expression" or (field.kind == "choices" and names > SMALL_BOX)


def _entry(field: Field, accepted: tuple[Value, ...], look: Look) -> str:
    if field.kind == "expression":
        return expressions(accepted, look)
    if field.kind in ("tensor", "record"):
        return ""
    text = key_text(accepted, field, look.language)
    return in_language(look.quoted, text, look) if text and field.kind == "text" else text


def answer_label(field: Field, look: Look) -> Markup:
    """Write what is asked, before its box."""
    if isinstance(field.label, Symbol):
        return symbol(field.label.latex, look)
    return said(field.label, look)


def _cells(field: Field, key: Value | None, look: Look, *, drawn: bool) -> Markup:
    if field.kind != "tensor":
        return Markup()
    if key is not None:
        return drawing(Grid(key_rows(key, field.rule)), look, ANSWER)
    if drawn:
        return empty_map(field, look)
    if field.shape is None:
        return Markup(  # noqa: S704 - a drawing of ours
            squared_svg(SQUARES_ACROSS, SQUARES_DOWN[field.row], words=look.language.tell("squared paper"))
        )
    rows, columns = field.shape
    return drawing(Grid(((None,) * columns,) * rows), look, ANSWER)


def key_rows(key: Value, rule: Rule) -> tuple[tuple[str, ...], ...]:
    """Write the key of a map, cell by cell."""
    rows: tuple[tuple[str, ...], ...] = written(rule, key)
    return tuple(tuple(cell.replace("-", MINUS) for cell in row) for row in rows)


def key_text(accepted: tuple[Value, ...], field: Field, language: Language) -> str:
    """Write what is accepted, other than a map, on a line: ``3``, ``3 or 4``, ``16 × 15 × 15``, ``A, C``."""
    if field.kind == "record":
        lines = (
            ", ".join(
                f"{plain_label(part.label, language)} {entry}"
                for part, entry in zip(field.parts, line, strict=True)
            )
            for line in record_lines(field, accepted, language)
        )
        return f"; {language.tell('or')} ".join(lines)
    return f" {language.tell('or')} ".join(_line(value, field, language) for value in accepted)


def record_lines(
    field: Field, accepted: tuple[Value, ...], language: Language
) -> tuple[tuple[str, ...], ...]:
    """Write the accepted records of a field, a few lines of alternatives for each part."""
    return tuple(
        tuple(key_text(values, part, language) for part, values in zip(field.parts, line, strict=True))
        for line in (merged(accepted) if field.parts else ())
    )


def _line(value: Value, field: Field, language: Language) -> str:
    if field.kind == "expression":
        return str(value).replace("-", MINUS)
    if field.kind in NAMED:
        names = value if isinstance(value, tuple) else (value,)
        return ", ".join(option_word(field, str(name), language) for name in names) or NONE
    parts = written(field.rule, value if isinstance(value, tuple) else (value,))
    return " × ".join(language.number(part.replace("-", MINUS)) for part in parts)


def expressions(accepted: tuple[Value, ...], look: Look) -> Markup:
    """Set the accepted expressions of a field as formulas, term by term, so that lines can be broken."""
    between = Markup(" {} ").format(look.translate("or"))
    return between.join(
        Markup(" ").join(formula(term, look) for term in terms_as_latex(str(value))) for value in accepted
    )


def written_key(field: Field, accepted: tuple[Value, ...], look: Look, style: Style = SHOWN) -> Markup:
    """Write what is accepted where no box is to be filled in: a key beside an answer, a wrong answer."""
    if field.kind == "tensor":
        return drawing(Grid(key_rows(accepted[0], field.rule)), look, style)
    if field.kind == "text":
        model = in_language(look.quoted, key_text(accepted, field, look.language), look)
        return Markup('<div class="entry">{}</div>').format(model)
    text = expressions(accepted, look) if field.kind == "expression" else None
    return Markup('<span class="box">{}</span>').format(text or key_text(accepted, field, look.language))
