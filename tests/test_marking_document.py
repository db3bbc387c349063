"""The worked examples of ``docs/marking.md``, each row computed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from convexam.generator.document import say
from convexam.generator.model import Field, Option, Value
from convexam.generator.policy import Credit, Grade, Marking
from convexam.generator.reading.schema import parse_value
from convexam.grader.marking.compare import mark_field
from convexam.grader.marking.points import grade_of, passes, question_points

DOCUMENT = Path(__file__).parents[1] / "docs" / "marking.md"


def options(names: str) -> tuple[Option, ...]:
    return tuple(map(Option, names.split()))


def field(kind: str) -> Field:
    """Return the field that the first column names."""
    name = say("it")
    match kind:
        case "map":
            return Field("f", "tensor", name, shape=(2, 2))
        case "map, its size asked":
            return Field("f", "tensor", name)
        case "shape":
            return Field("f", "shape", name)
        case "one of A to D":
            return Field("f", "choice", name, options=options("A B C D"))
        case "true or false":
            return Field("f", "choice", name, options=options("true false"))
        case "any of A to E":
            return Field("f", "choices", name, options=options("A B C D E"))
        case "order of A to D":
            return Field("f", "order", name, options=options("A B C D"))
        case "max or average pooling, size, stride":
            numbers = (Field(part, "integer", name) for part in ("size", "stride"))
            pooling = Field("operation", "choice", name, options=options("max average"))
            return Field("f", "record", name, parts=(pooling, *numbers))
    raise AssertionError(kind)


def key(kind: str, text: str) -> Value:
    def value(part: str) -> Value:
        return int(part) if part.isdigit() else part

    match kind.split(",")[0]:
        case "map":
            return tuple(tuple(map(int, row.split())) for row in text.split(";"))
        case "shape":
            return tuple(map(int, text.split(" x ")))
        case "one of A to D" | "true or false":
            return text
    return tuple(map(value, text.split(", ")))


def rows(*heading: str) -> list[Any]:
    """Return the rows of all tables with this heading."""
    found, inside = [], False
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")] if line[:1] == "|" else []
        if inside and cells and set(cells) != {"---"}:
            found.append(pytest.param(*cells, id=" | ".join(cells)))
        inside = cells == list(heading) or (inside and bool(cells))
    assert found
    return found


def settings(type_: Any, text: str) -> Any:
    return parse_value(type_, yaml.load(text, yaml.BaseLoader))


@pytest.mark.parametrize(
    ("kind", "right", "answer", "credit", "earns"), rows("answer", "key", "answered", "credit", "earns")
)
def test_shares(kind: str, right: str, answer: str, credit: str, earns: str) -> None:
    mark = mark_field(field(kind), (key(kind, right),), answer.replace("; ", "\n"), settings(Credit, credit))
    assert mark.credit == Fraction(earns)


@pytest.mark.parametrize(("points", "of", "rounding", "result"), rows("points", "of", "rounding", "come to"))
def test_points(points: str, of: str, rounding: str, result: str) -> None:
    marking = settings(Marking, f"{{rounding: {rounding}}}")
    share = Fraction(points) / Fraction(of)
    assert question_points([(Fraction(2), share)], Fraction(of), Credit(), marking) == Fraction(result)


@pytest.mark.parametrize(("share", "scale", "grade", "passed"), rows("share", "grade", "grade", "passed"))
def test_grades(share: str, scale: str, grade: str, passed: str) -> None:
    found = grade_of(Fraction(share), settings(Grade, scale))
    assert found == Fraction(grade)
    assert {True: "yes", False: "no", None: ""}[passes(found, settings(Grade, scale))] == passed
