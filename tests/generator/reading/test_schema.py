from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator, Field, PlainValidator
from pydantic_core import PydanticKnownError
from pydantic_core._pydantic_core import list_all_errors

from convexam.generator.draws import Ints, OneOf, Span
from convexam.generator.errors import DataError, Fault, Place
from convexam.generator.reading.reader import BANK, read_yaml
from convexam.generator.reading.schema import (
    Exact,
    Flag,
    Id,
    Line,
    Rational,
    Whole,
    at_path,
    canonical_json,
    dump,
    json_schema,
    nearest,
    parse,
    parse_value,
    record,
)

Draft202012Validator: Any = importlib.import_module("jsonschema").Draft202012Validator  # it has no type stubs


@record
class Question:
    """A question of a bank,
    as its author writes it.

    More about it, which no editor shows.

    Attributes
    ----------
    id
        Its name.
    points, bonus
        What it is worth,
        as an exact number.
    """

    id: Id
    points: Annotated[Rational, Field(gt=0, le=10)]
    bonus: Rational = Fraction(1, 2)
    title: Line = "none"
    size: Annotated[Whole, Field(ge=1)] = 1
    pair: tuple[Whole, Whole] = (1, 1)
    stride: Ints = Span(1, 2)
    flipped: Flag = False
    entry: Exact = 0
    kind: Literal["max", "avg"] = "max"
    credit: Mapping[str, Rational] = field(default_factory=dict)
    minutes: Whole | None = None
    code: Annotated[str, Field(pattern="^[A-Z]{2,3}$")] = "AB"
    both: Annotated[tuple[Whole, Whole], BeforeValidator(lambda value: [value, value])] = (0, 0)

    def __post_init__(self) -> None:
        if self.pair[0] > self.pair[1]:
            raise ValueError("the first number of 'pair' must not be the larger")


@record
class File:
    format: Literal["convexam-bank/1"]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


def read(text: str) -> File:
    return parse(File, read_yaml(text.encode(), "bank.yaml", BANK))


def faults(type_: Any, data: Any) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        parse_value(type_, data)
    return [(fault.path, fault.message) for fault in caught.value.faults]


# -- single values ------------------------------------------------------------------------------

NUMBER = "expected a number, such as 3, 0.5 or -1/2, found "
NO_TEXT: list[Any] = [None, True, 1.0, [], {}]
NAME = "expected a name of at most 64 letters, digits and _ . / -, beginning with a letter or a digit, found "
WHOLE = "expected a whole number, such as 3 or -12, found "


@pytest.mark.parametrize(
    ("type_", "data", "value"),
    [
        (Whole, "12", 12),
        (Whole, "-3", -3),
        (Whole, "012", 12),
        (Whole, 7, 7),
        (Whole, "9" * 18, 10**18 - 1),
        (Rational, "1/2", Fraction(1, 2)),
        (Rational, "0.5", Fraction(1, 2)),
        (Rational, "-1/9", Fraction(-1, 9)),
        (Rational, 3, Fraction(3)),
        (Rational, "-" + "1" * 38 + "/12", Fraction(-int("1" * 38), 12)),
        (Exact, "4/2", 2),
        (Exact, "-0.5", Fraction(-1, 2)),
        (Flag, "true", True),
        (Flag, "false", False),
        (Flag, False, False),
        (Line, "Zoë's title – 8 DC", "Zoë's title – 8 DC"),
        (Id, "conv2d/one-channel_1.b", "conv2d/one-channel_1.b"),
        (Id, "x" * 64, "x" * 64),
    ],
)
def test_values_that_are_read(type_: Any, data: Any, value: Any) -> None:
    found = parse_value(type_, data)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("type_", "data", "message"),
    [
        *(
            (Whole, text, WHOLE)
            for text in ["1_000", "1.0", "1e3", "+3", " 3", "", "٣", "１", "−3", "0x1", "3\n"]
        ),
        *((Whole, data, WHOLE) for data in NO_TEXT),
        (Whole, "1" * 19, "expected at most 18 digits"),
        (Whole, 10**18, "expected at most 18 digits"),
        *(
            (Rational, text, NUMBER)
            for text in ["1e3", "nan", "inf", "1/-2", "1 / 2", ".5", "1.", "1/2/3", "½", "0,5"]
        ),
        *((Rational, data, NUMBER) for data in [None, True, 0.5, ["1"]]),
        (Rational, "1/0", "the denominator of '1/0' is zero"),
        (Rational, "1" * 41, "expected at most 40 digits"),
        (Exact, "x", NUMBER),
        *((Flag, data, "expected true or false, found ") for data in ["yes", "True", "1", "", None, 1, 0]),
        (Line, "", "found only spaces or nothing"),
        (Line, "  ", "found only spaces or nothing"),
        (Line, "a\nb", "expected one line of text without control characters, found 'a\\nb'"),
        (Line, "a\u2028b", "expected one line"),
        (Line, None, "expected text, found nothing"),
        (Line, ["a"], "expected text, found a list"),
        *(
            (Id, text, "expected a name of at most 64 letters")
            for text in ["", "-a", "a b", "ä", "x" * 65, "a\n"]
        ),
    ],
)
def test_values_that_are_refused(type_: Any, data: Any, message: str) -> None:
    ((path, found),) = faults(type_, data)
    assert path == "$"
    assert message in found


def test_what_was_found_is_named_and_cut() -> None:
    named: list[tuple[Any, str]] = [
        (None, "nothing"),
        ([], "a list"),
        ({}, "a mapping"),
        (0.5, "'0.5'"),
        (True, "true"),
    ]
    for data, name in named:
        assert faults(Whole, data) == [("$", WHOLE + name)]
    assert faults(Whole, "\x1b" + "x" * 200) == [("$", WHOLE + "'\\x1b" + "x" * 59 + "…'")]


# -- records and faults -------------------------------------------------------------------------

HEAD = "format: convexam-bank/1\nquestions:\n  - id: a\n    points: 1\n"


KEYS = "id, points, bonus, title, size, pair, stride, flipped, entry, kind, credit, minutes, code, both"
FORMS = "a whole number, {from: 0, to: 5} or {one_of: [1, 2]}"


@pytest.mark.parametrize(
    ("line", "column", "path", "message"),
    [
        ("stirde: 2", 5, ".stirde", f"unknown key 'stirde'; did you mean 'stride'? Known here: {KEYS}"),
        ("xyz: 2", 5, ".xyz", f"unknown key 'xyz'; Known here: {KEYS}"),
        ("size: abc", 11, ".size", WHOLE + "'abc'"),
        ("size: 0", 11, ".size", "expected at least 1, found '0'"),
        ("size:", 10, ".size", WHOLE + "nothing"),
        ("pair: 3", 11, ".pair", "expected a list, found '3'"),
        ("pair: {a: 3}", 11, ".pair", "expected a list, found a mapping"),
        ("pair: [1]", 11, ".pair", "the list is too short: value number 2 is missing"),
        ("pair: [1, 2, 3]", 11, ".pair", "too many: 3 given, at most 2 allowed"),
        ("pair: [1, x]", 15, ".pair[1]", WHOLE + "'x'"),
        ("kind: mux", 11, ".kind", "expected max or avg, found 'mux'; did you mean 'max'?"),
        ("kind: [max]", 11, ".kind", "expected max or avg, found a list"),
        ("credit: {a: 1, b.c: x}", 25, ".credit['b.c']", NUMBER + "'x'"),
        ("credit: x", 13, ".credit", "expected a mapping ('key: value' lines), found 'x'"),
        ("minutes: soon", 14, ".minutes", WHOLE + "'soon'"),
        ("code: ABCD", 11, ".code", "expected a text of the form ^[A-Z]{2,3}$, found 'ABCD'"),
        ("both: x", 11, ".both", WHOLE + "'x'"),
        (
            "stride: {from: 2, to: 1}",
            13,
            ".stride",
            "'from' is 2 and 'to' is 1; 'from' must not be the larger",
        ),
        ("stride: {from: 2}", 13, ".stride", "'to' is missing"),
        ("stride: {one_of: [1, x]}", 26, ".stride.one_of[1]", WHOLE + "'x'"),
        ("stride: {one_of: [1], to: 2}", 14, ".stride.one_of", "unknown key 'one_of'; Known here: from, to"),
        ("stride: {low: 2}", 13, ".stride", f"expected {FORMS}, found a mapping"),
    ],
    ids=str,
)
def test_faults(line: str, column: int, path: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read(f"{HEAD}    {line}\n")
    assert Fault(Place("bank.yaml", 5, column), f"$.questions[0]{path}", message) in caught.value.faults


def test_a_check_of_the_whole_record_points_at_the_record() -> None:
    with pytest.raises(DataError) as caught:
        read(f"{HEAD}    pair: [2, 1]\n")
    message = "the first number of 'pair' must not be the larger"
    assert caught.value.faults == (Fault(Place("bank.yaml", 3, 5), "$.questions[0]", message),)


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(DataError) as caught:
        read("format: convexam-exam/1\nquestions:\n  - points: 11\n    id: '?'\n  - 3\n  - {points: 1/2}\n")
    assert str(caught.value).split("\n") == [
        "bank.yaml:1:9: $.format: expected convexam-bank/1, found 'convexam-exam/1'",
        "bank.yaml:3:13: $.questions[0].points: expected at most 10, found '11'",
        f"bank.yaml:4:9: $.questions[0].id: {NAME}'?'",
        "bank.yaml:5:5: $.questions[1]: expected a mapping ('key: value' lines), found '3'",
        "bank.yaml:6:5: $.questions[2]: 'id' is missing",
    ]


def test_a_list_that_is_too_short_is_a_fault_and_one_with_faulty_values_is_not_too_short() -> None:
    assert faults(File, {"format": "convexam-bank/1", "questions": []}) == [
        ("$.questions", "too few: 0 given, at least 1 needed")
    ]
    assert [path for path, _ in faults(File, {"format": "convexam-bank/1", "questions": ["x"]})] == [
        "$.questions[0]"
    ]


def test_an_empty_file_is_a_fault_in_its_first_line() -> None:
    with pytest.raises(DataError, match=r"^bank.yaml:1:1: \$: expected a mapping .*, found nothing$"):
        read("# nothing yet\n")


def test_a_part_of_a_tree_is_read_with_its_places() -> None:
    tree = read_yaml(b"a:\n  - {from: 0, to: 5}\n  - {from: 0, too: 5}\n", "x.yaml")
    assert parse(Span, tree, ("a", 0)) == Span(0, 5)
    with pytest.raises(DataError) as caught:
        parse(Span, tree, ("a", 1))
    assert str(caught.value).split("\n") == [
        "x.yaml:3:5: $.a[1]: 'to' is missing",
        "x.yaml:3:15: $.a[1].too: unknown key 'too'; did you mean 'to'? Known here: from, to",
    ]


def raising(kind: Any, context: Any) -> Any:
    def refuse(_: Any) -> Any:
        raise PydanticKnownError(kind, context)

    return refuse


@pytest.mark.parametrize("error", list_all_errors(), ids=lambda error: error["type"])
def test_no_sentence_is_pydantics(error: Any) -> None:
    context = error["example_context"]
    if error["type"] in ("value_error", "assertion_error"):
        context = {"error": ValueError("a sentence of ours")}
    type_ = tuple[Annotated[str, PlainValidator(raising(error["type"], context))], ...]
    ((path, message),) = faults(type_, ["x"])
    assert path == "$[0]"
    assert message
    assert "nput should" not in message
    assert error["example_message_python"] not in message


def test_records_are_hashable() -> None:
    assert hash(Span(1, 2)) == hash(Span(1, 2))


# -- storing ------------------------------------------------------------------------------------

QUESTION = Question(
    "a/b",
    Fraction(3),
    title="T",
    pair=(1, 2),
    stride=OneOf((1, 3)),
    flipped=True,
    entry=Fraction(1, 3),
    credit={"x": Fraction(1)},
)


def test_dump() -> None:
    assert dump(QUESTION) == {
        "id": "a/b",
        "points": "3",
        "bonus": "1/2",
        "title": "T",
        "size": 1,
        "pair": [1, 2],
        "stride": {"one_of": [1, 3]},
        "flipped": True,
        "entry": "1/3",
        "kind": "max",
        "credit": {"x": "1"},
        "minutes": None,
        "code": "AB",
        "both": [0, 0],
    }
    assert dump(Span(0, 5), Ints) == dump(Span(0, 5)) == {"from": 0, "to": 5}
    assert dump(3, Ints) == 3
    assert dump(Fraction(4, 6), Exact) == "2/3"
    assert dump(-2, Exact) == -2


VALIDATOR = Draft202012Validator(json_schema(Question))
wholes = st.integers(-(10**9), 10**9)
fractions = st.fractions(-(10**6), 10**6, max_denominator=10**6)
ints = (
    wholes
    | st.tuples(wholes, wholes).map(lambda pair: Span(*sorted(pair)))
    | st.lists(wholes, min_size=1, max_size=5, unique=True).map(lambda options: OneOf(tuple(options)))
)


@given(ints, fractions, wholes | fractions.filter(lambda number: number.denominator > 1), st.booleans())
def test_what_is_dumped_is_read_back(
    stride: Ints, bonus: Fraction, entry: int | Fraction, flipped: bool
) -> None:
    question = Question("a", Fraction(1), bonus=bonus, stride=stride, entry=entry, flipped=flipped)
    data = dump(question)
    stored = json.loads(canonical_json(data))
    del stored["both"]
    assert parse_value(Question, stored) == question
    VALIDATOR.validate(stored)


def test_canonical_json() -> None:
    assert (
        canonical_json({"b": [1, "ä\n"], "a": {"d": None, "c": True}})
        == '{"a":{"c":true,"d":null},"b":[1,"ä\\n"]}\n'.encode()
    )


@pytest.mark.parametrize("data", [0.5, [1, {"a": (2, 0.0)}], {1: "a"}, {"a": {None: 1}}, float("nan")])
def test_canonical_json_refuses(data: Any) -> None:
    with pytest.raises(TypeError, match=r"is a float|is no text"):
        canonical_json(data)


# -- JSON Schema --------------------------------------------------------------------------------


def test_json_schema() -> None:
    schema = json_schema(File)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["format", "questions"]
    assert "description" not in schema
    question = schema["$defs"]["Question"]
    assert question["description"] == "A question of a bank, as its author writes it."
    number = {"type": ["number", "string"], "pattern": "^-?[0-9]+(?:\\.[0-9]+|/[0-9]+)?$"}
    worth = {"description": "What it is worth, as an exact number."}
    assert question["properties"]["points"] == {**number, **worth, "exclusiveMinimum": 0, "maximum": 10}
    assert question["properties"]["bonus"] == {**number, **worth, "default": "1/2"}
    assert question["properties"]["stride"] == {
        "default": {"from": 1, "to": 2},
        "oneOf": [{"type": "integer"}, {"$ref": "#/$defs/Span"}, {"$ref": "#/$defs/OneOf"}],
    }
    assert list(question["properties"])[:3] == ["id", "points", "bonus"]


def test_json_schema_is_the_same_in_every_run() -> None:
    assert json.dumps(json_schema(File)) == json.dumps(json_schema(File))


@pytest.mark.parametrize(
    ("data", "valid"),
    [
        ({"id": "a", "points": 1, "stride": 3}, True),
        ({"id": "a", "points": "1/2", "stride": {"from": 1, "to": 2}}, True),
        ({"id": "a", "points": 0}, False),
        ({"id": "a", "points": "x"}, False),
        ({"id": "a", "points": 1, "stride": {"from": 1}}, False),
        ({"id": "a", "points": 1, "stirde": 1}, False),
        ({"id": "a"}, False),
    ],
)
def test_json_schema_and_parse_agree(data: Any, valid: bool) -> None:
    assert Draft202012Validator(json_schema(Question)).is_valid(data) is valid
    if valid:
        parse_value(Question, data)
    else:
        assert faults(Question, data)


# -- names --------------------------------------------------------------------------------------


def test_nearest_does_not_depend_on_the_order() -> None:
    assert nearest("stirde", ["stride", "size"]) == nearest("stirde", {"size", "stride"}) == "stride"
    assert nearest("zzz", ["stride"]) is None
    assert nearest("a", []) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "$"),
        (("questions", 0, "points"), "$.questions[0].points"),
        (("answers", "b.1", "x y"), "$.answers['b.1']['x y']"),
        (("\x1b[31m",), "$['\\x1b[31m']"),
        (("k" * 100,), "$." + "k" * 100),
    ],
)
def test_paths(path: tuple[str | int, ...], text: str) -> None:
    assert at_path(path) == text
