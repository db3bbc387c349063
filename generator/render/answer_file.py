"""The files beside a paper: the answer file to fill in, and what programs may know of the paper.

Both follow from the fields that a paper shows, never from a key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from .. import registry
from ..language import Language, language, phrase
from ..model import Field
from ..papers import Exam, Paper, Problem, is_shared
from .options import in_words_of
from .phrases import NUMBERS, asked, points_phrase, version_phrase
from .plain import one_line, plain_label, said_plainly

ANSWER_FORMAT = "convexam-answers/1"
PAPER_FORMAT = "convexam-paper/1"

BLANK = "_"
INSTRUCTIONS = (
    phrase("Put your answers in the place of each _ and hand in this file."),
    phrase("Leave _ where you have no answer."),
    NUMBERS,
    phrase("Maps and texts begin on the line below their name; keep the spaces before each line."),
    phrase("Maps: one row on a line, its cells separated by spaces."),
    phrase("A map with a single _ does not show its size: write as many rows and columns as it has."),
)


def answer_template(exam: Exam, paper: Paper) -> str:
    """Write the YAML answer file of a paper, with every answer left blank.

    Its text follows from what the paper shows, so that not even its size tells about an answer.
    """
    return "\n".join(_lines(exam, paper, language(exam.language))) + "\n"


def public_paper(exam: Exam, paper: Paper) -> dict[str, Any]:
    """Describe a paper for programs that students use: its items and fields, and nothing hidden.

    `generator.public_paper` reads it back.
    """
    spoken = language(exam.language)
    return {
        "format": PAPER_FORMAT,
        "exam": exam.id,
        "title": exam.title,
        "language": exam.language,
        "paper": paper.code,
        **({"version": paper.version} if paper.version else {}),
        "items": [
            {
                "id": problem.item,
                "number": number,
                "title": problem.spec.title,
                "points": str(problem.points),
                "fields": [
                    _public_field(in_words_of(field, spoken), problem, spoken) for field in _fields(problem)
                ],
            }
            for number, problem in enumerate(paper.problems, start=1)
        ],
    }


def _public_field(field: Field, problem: Problem, language: Language) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if field.shape is not None:
        more["shape"] = list(field.shape)
    if field.options and field.kind != "integer":  # there they are words for numbers
        more["options"] = [option.name for option in field.options]
    if spellings := {option.name: list(option.also) for option in field.options if option.also}:
        more["spellings"] = spellings
    if field.row:
        more["row"] = True
    if field.kind == "text":
        more["lines"] = field.lines
    if field.names:
        more["names"] = [{"letter": family.letter, "indices": family.indices} for family in field.names]
    if field.parts:
        more["parts"] = [_public_field(part, problem, language) for part in field.parts]
    return {
        "name": field.name,
        "kind": field.kind,
        "label": plain_label(field.label, language),
        "asked": said_plainly(asked(field, problem.case.conventions), language),
        **more,
    }


# -- the lines of an answer file ----------------------------------------------------------------


def _lines(exam: Exam, paper: Paper, language: Language) -> Iterator[str]:
    version = [said_plainly(version_phrase(paper.version), language)] if paper.version else []
    yield f"# {' · '.join([one_line(exam.title), *version])}"
    yield "#"
    yield from (f"# {language.tell(line)}" for line in INSTRUCTIONS)
    yield ""
    yield f"format: {ANSWER_FORMAT}"
    yield f"paper: {_scalar(paper.code)}"
    if is_shared(paper.student):
        yield f"student:   # {language.tell('your name or student number')}"
    yield "answers:"
    for number, problem in enumerate(paper.problems, start=1):
        yield ""
        points = said_plainly(points_phrase(problem.points), language)
        yield f"  # {number}. {one_line(problem.spec.title)} ({points})"
        yield f"  {_scalar(problem.item)}:"
        for field in _fields(problem):
            yield from _comments(field, problem, language)
            yield from _blank(field)


def _comments(field: Field, problem: Problem, language: Language) -> Iterator[str]:
    """Say what is asked; of an answer of several parts, a line for each."""
    label = plain_label(field.label, language)
    if field.parts:
        yield f"    # {label}:"
        for part in field.parts:
            wanted = said_plainly(asked(part, problem.case.conventions), language)
            yield f"    #   {plain_label(part.label, language)}: {wanted}"
    else:
        yield f"    # {label}: {said_plainly(asked(field, problem.case.conventions), language)}"


def _blank(field: Field) -> Iterator[str]:
    if field.kind == "record":
        parts = ", ".join(f"{_scalar(part.name)}: {BLANK}" for part in field.parts)
        yield f"    {_scalar(field.name)}: {{{parts}}}"
        return
    if field.kind == "text":
        yield f"    {_scalar(field.name)}: |"
        yield f"      {BLANK}"
        return
    if field.kind != "tensor":
        yield f"    {_scalar(field.name)}: {BLANK}"
        return
    yield f"    {_scalar(field.name)}: |"
    rows, columns = field.shape or (1, 1)
    for _ in range(rows):
        yield "      " + " ".join([BLANK] * columns)


def _scalar(text: str) -> str:
    """Write a text so that YAML reads it back as this text: in quotes where it would become a number."""
    return text if yaml.safe_load(text) == text else json.dumps(text)


def _fields(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)
