"""A problem becomes an item: its prompt, blanks for the places of its answers, and how these are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Literal, TypeVar, cast

from .. import registry
from ..document import FigureRow, Message, Paragraph, Text, say
from ..figures.model import Grid
from ..language import ENGLISH, Language, codes, phrase
from ..language import language as language_of
from ..model import Conventions, Field, Value
from ..number import Number
from ..papers import Problem
from ..render.answers import key_rows, key_text
from ..render.options import word_of
from ..render.phrases import asked, convention_sentences, hint
from ..render.plain import plain_label
from ..text import blocks, document
from ..values import NONE
from .item import Blank, Cell, Item, Label, Line, Part, Table
from .known_mistakes import Mistake, Wrong, mistakes_of, wrong_at
from .places import Place, fitting, places_of, tolerance_of

NONE_OF_THEM = phrase("none of them")
AS_DECIMALS = say(
    "**Numbers** that are not whole are written with decimals here, "
    "also where an exact fraction is asked for."
)
ON_THE_COVER = say("**The cover of the exam** says:")
_BETWEEN = {"shape": "×", "order": "→"}

T = TypeVar("T")


def item_of(problem: Problem, code: str, exam_language: str) -> Item:
    """Turn a problem, as `as_marked` returns it, into what a platform asks.

    Parameters
    ----------
    problem
        A problem of the paper of this code.
    code
        The code of the paper.
    exam_language
        In which it is asked, if the entry has it in that.
    """
    spec, kind = problem.spec, registry.get(problem.spec.type)
    asked_in = spec.asked_in(exam_language)
    language = language_of(asked_in) if asked_in in codes() else ENGLISH
    prompt = blocks(spec.prompt[asked_in], kind.show(problem.case), language.translate)
    by_hand = why_by_hand(problem)
    numbers = any(field.kind in ("number", "tensor") for field in problem.fields) and not by_hand
    return Item(
        name=f"{code}.{problem.item}",
        entry=spec.id,
        tags=spec.tags,
        title=spec.title,
        language=language,
        points=problem.points,
        prompt=prompt,
        worked=document(tuple(kind.work(problem.case)), language.translate),
        conventions=(
            *((AS_DECIMALS,) if numbers else ()),
            ON_THE_COVER,
            *convention_sentences(problem.case.conventions),
        ),
        parts=() if by_hand else tuple(_parts(problem, language)),
        by_hand=by_hand,
        asks=tuple(_asks(problem)) if by_hand else (),
        model=tuple(_model(problem, language)) if by_hand else (),
    )


def why_by_hand(problem: Problem) -> str:
    """Say why no platform can mark a problem; nothing if it can."""
    kinds = {field.kind for field in problem.fields}
    if "text" in kinds:
        return "an answer in words"
    if "expression" in kinds:
        return "an expression, which can be written in many ways"
    if any(
        field.kind not in ("integer", "number", "choice") and len(fitting(field, problem.key[field.name])) > 1
        for field in problem.fields
    ):
        return "several answers of several parts are right"
    return ""


def _asks(problem: Problem) -> Iterator[tuple[Label, Message]]:
    yield from ((field.label, asked(field, problem.case.conventions)) for field in problem.fields)


def _model(problem: Problem, language: Language) -> Iterator[Paragraph | FigureRow]:
    for field in problem.fields:
        accepted = problem.key[field.name]
        label = plain_label(field.label, language)
        if field.kind == "tensor":
            yield Paragraph((Text(f"{label}:"),))
            yield FigureRow(tuple(Grid(key_rows(value, field.rule)) for value in accepted))
        else:
            yield Paragraph((Text(f"{label}: {key_text(accepted, field, language)}"),))


# -- blanks -------------------------------------------------------------------------------------


def _parts(problem: Problem, language: Language) -> Iterator[Part]:
    mistakes = mistakes_of(problem)
    total = sum((field.weight for field in problem.fields), Fraction())
    drawn = [
        (
            field,
            _cells(field, _blanks(field, problem.key[field.name], field.weight / total, mistakes, language)),
        )
        for field in problem.fields
    ]
    for in_table, run in groupby(drawn, lambda each: each[0].at is not None):
        if in_table:
            yield _table(list(run), problem.case.conventions)
        else:
            yield from (_part(field, cells, problem.case.conventions) for field, cells in run)


def _blanks(
    field: Field,
    accepted: tuple[Value, ...],
    share: Fraction,
    mistakes: Sequence[Mistake],
    language: Language,
) -> list[Blank]:
    """Return the blanks of a field, which are worth the same."""
    places = places_of(field, accepted[0])
    right = fitting(field, accepted)
    wrong = wrong_at(field, places, accepted, mistakes)
    return [
        _blank(
            field, place, [answer[number] for answer in right], share / len(places), wrong[number], language
        )
        for number, place in enumerate(places)
    ]


def _blank(
    field: Field,
    place: Place,
    right: Sequence[Value],
    share: Fraction,
    wrong: tuple[Wrong, ...],
    language: Language,
) -> Blank:
    words = tuple((each.name, word_of(each, language)) for each in place.options)
    if field.kind == "choices":
        names = cast("tuple[str, ...]", right[0]) or (NONE,)
        words = (*words, (NONE, language.tell(NONE_OF_THEM)))
        return Blank(place.name, "choices", share, names, options=words)
    numbers = cast("tuple[Number | str, ...]", tuple(right))
    kind: Literal["number", "choice"] = "choice" if place.options else "number"
    return Blank(place.name, kind, share, numbers, tolerance_of(place.rule), words, wrong)


# -- layout -------------------------------------------------------------------------------------


def _cells(field: Field, blanks: Sequence[Blank]) -> list[Cell]:
    """Put the blanks of a field into cells: those of a map one by one, all others side by side."""
    if field.kind == "tensor":
        return [Cell(((None, blank),)) for blank in blanks]
    labels: Sequence[Label | None] = [None] * len(blanks)
    if field.kind == "record":
        labels = [part.label for part in field.parts]
    return [Cell(tuple(zip(labels, blanks, strict=True)), _BETWEEN.get(field.kind, ""))]


def _part(field: Field, cells: Sequence[Cell], conventions: Conventions) -> Part:
    if field.kind != "tensor":
        return Line(field.label, cells[0], _hints([field], conventions))
    across = field.shape[1] if field.shape else len(cells)
    rows = tuple((None, tuple(cells[start : start + across])) for start in range(0, len(cells), across))
    return Table(field.label, (), rows, _hints([field], conventions), conventions.origin)


def _table(drawn: Sequence[tuple[Field, Sequence[Cell]]], conventions: Conventions) -> Table:
    """Sort fields into rows and columns, in the order in which their headings come up."""
    places = [(field.at, cells[0]) for field, cells in drawn if field.at is not None]
    rows, columns = (_different([at[axis] for at, _ in places]) for axis in (0, 1))

    def cell(row: Label, column: Label) -> Cell | None:
        return next((cell for at, cell in places if at == (row, column)), None)

    written = tuple((row, tuple(cell(row, column) for column in columns)) for row in rows)
    return Table(None, tuple(columns), written, _hints([field for field, _ in drawn], conventions))


def _hints(fields: Sequence[Field], conventions: Conventions) -> tuple[Message, ...]:
    """Say how answers are written, each advice once; options to choose from say it by themselves."""
    advice = [hint(field, conventions) for field in fields if not field.options and not field.parts]
    return tuple(_different([each for each in advice if each is not None]))


def _different(values: Sequence[T]) -> list[T]:
    """Return each value once; messages cannot be hashed."""
    return [value for number, value in enumerate(values) if value not in values[:number]]
