"""Every spelling of every kind of answer earns what the answer earns, and is never read as another one."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from functools import cache, partial
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator import registry
from convexam.generator.document import Symbol, say
from convexam.generator.expressions.names import Family
from convexam.generator.language import ENGLISH, Language, language
from convexam.generator.model import Field, FieldKind, Option, Rounded, Value
from convexam.generator.papers import Problem
from convexam.generator.render.options import in_words_of
from convexam.grader.intake.answers import read_submission
from convexam.grader.marking import compare
from convexam.grader.marking.compare import mark_field
from convexam.grader.marking.expressions import read_expression
from convexam.grader.marking.fields import MAX_CHARACTERS, BadCell, Blank, as_saved, read
from convexam.grader.marking.unreadable import Unreadable
from convexam.grader.model import Verdict

from ...quick import is_quick
from ...test_battery import ENTRIES, drawn
from .spelled_numbers import decimal_comma
from .spellings import SPELLINGS, TWO_MEANINGS, spelled

CODE = "39212EAM13HG3N"
DUTCH = language("nl")
SAMPLE = 23  # of so many spellings of a field, one is tried by default
DRAWS = 6  # of each entry, in the sweep


@cache
def problem_of(entry: str, number: int) -> Problem:
    return drawn(entry, number)


def asked(entry: str, number: int, spoken: Language = ENGLISH) -> list[tuple[Field, tuple[Value, ...]]]:
    problem = problem_of(entry, number)
    fields = registry.get(problem.spec.type).ask(problem.case)
    return [(in_words_of(field, spoken), problem.key[field.name]) for field in fields]


def assert_right(field: Field, accepted: tuple[Value, ...], name: str, raw: Any) -> None:
    mark = mark_field(field, accepted, raw)
    if mark.verdict is Verdict.UNREADABLE:
        assert TWO_MEANINGS.get((field.kind, name), "?") in str(mark.reason), (name, raw)
    else:
        wanted = Verdict.UNMARKED if field.kind == "text" else Verdict.RIGHT
        assert mark.verdict is wanted, (name, raw, mark.read)


def in_answer_file(field: Field, raw: Any) -> Any:
    """Type an answer into an answer file, behind its name or as a block below it, and read the file."""
    if not isinstance(raw, str) or field.kind == "text":
        return raw
    lines = raw.replace("\r", "").split("\n")
    block = "|\n" + "\n".join(f"      {line}" for line in lines)
    typed = block if "\n" in raw.strip() else raw.strip()
    file = f"format: convexam-answers/1\npaper: {CODE}\nanswers:\n  q:\n    {field.name}: {typed}\n    unused: 1\n"
    return read_submission(file.encode(), "answers.yaml").answers["q"][field.name]


def test_a_sample_of_spellings_is_read() -> None:
    """Each of them where it suits first, and some at every field."""
    tried: set[tuple[FieldKind, str]] = set()
    for place, entry in enumerate(ENTRIES):
        for field, accepted in asked(entry, 0):
            for number, (name, raw) in enumerate(spelled(field, accepted[0])):
                if (field.kind, name) not in tried or (place + number) % SAMPLE == 0:
                    assert_right(field, accepted, name, raw)
                    assert_right(field, accepted, name, in_answer_file(field, raw))
                    tried.add((field.kind, name))
    known = {(kind, name) for kind, spellings in SPELLINGS.items() for name in spellings}
    assert {kind for kind, _ in known - tried} <= {
        "integer",
        "number",
    }  # share theirs; keys suit one or the other


@pytest.mark.sweep
@pytest.mark.parametrize("entry", ENTRIES)
def test_every_spelling_is_read(entry: str) -> None:
    for field, accepted in chain.from_iterable(asked(entry, number) for number in range(DRAWS)):
        for name, raw in spelled(field, accepted[0]):
            assert_right(field, accepted, name, raw)
            assert_right(field, accepted, name, in_answer_file(field, raw))


def test_dutch_commas_are_decimal() -> None:
    for field, accepted in chain.from_iterable(asked(entry, 0, DUTCH) for entry in ENTRIES):
        key: Any = accepted[0]
        if field.kind == "number" and (raw := decimal_comma(field, key)):
            assert mark_field(field, accepted, raw, language=DUTCH).verdict is Verdict.RIGHT, raw
        elif field.kind == "tensor":
            raw = "\n".join("\t".join(decimal_comma(field, cell) or str(cell) for cell in row) for row in key)
            assert mark_field(field, accepted, raw, language=DUTCH).verdict is Verdict.RIGHT, raw


# -- never another value ------------------------------------------------------------------------

LETTERED = tuple(
    Option(letter, also=(f"option {letter}", text))
    for letter, text in zip(
        "ABCDE",
        (
            "A convolution has few weights, and they are shared.",
            "A convolution has many weights and a bias.",
            "Pooling has no weights; it halves the map.",
            "Every kernel sums over all channels or/and some.",
            "Bias is added 1, 2 or 3 times.",
        ),
        strict=True,
    )
)
NODES = tuple(Option(f"x{number}", also=(str(number),)) for number in range(25))
WORDS = (Option("convolution"), Option("max pooling"), Option("average pooling", also=("mean pooling",)))
NAMES = (Family("I", 2), Family("w", 1), Family("b", 0))

WHOLE = st.integers(-(10**9), 10**9)
EXACT = st.one_of(
    WHOLE,
    st.fractions(max_denominator=2000).filter(lambda number: abs(number) < 10**6),
    st.decimals(-5000, 5000, places=3).map(lambda number: Fraction(number)),
).map(lambda number: number.numerator if number.denominator == 1 else number)
ROUND = st.decimals(-5000, 5000, places=3).map(Fraction)
TERMS = st.lists(
    st.sampled_from(["I[0,1]", "I[2,3]", "w1", "w12", "b", "2", "3*w2", "I[0,0]*w1", "b^2", "1/3*b"]),
    min_size=1,
    max_size=5,
)


def maps(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda size: st.tuples(*[st.tuples(*[cells] * size[1])] * size[0])
    )


def field(kind: FieldKind, **more: Any) -> Field:
    return Field("y", kind, Symbol("y"), **more)


def case(asked: Field, values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Field, Any]]:
    return st.tuples(st.just(asked), values)


def some_of(options: tuple[Option, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(st.sampled_from(options))
    return chosen.map(lambda some: tuple(option.name for option in options if option in some))


RECORD = field(
    "record",
    parts=(
        Field("kind", "choice", say("kind"), options=WORDS),
        Field("row", "integer", say("row")),
        Field("size", "integer", say("size")),
    ),
)
CASES = st.one_of(
    case(field("integer"), WHOLE),
    case(field("number"), EXACT),
    case(field("number", rule=Rounded(3)), ROUND),
    case(field("tensor"), maps(st.integers(-2000, 2000))),
    case(field("tensor"), maps(EXACT)),
    maps(EXACT).map(lambda rows: (field("tensor", shape=(len(rows), len(rows[0]))), rows)),
    maps(ROUND).map(lambda rows: (field("tensor", shape=(len(rows), len(rows[0])), rule=Rounded(3)), rows)),
    case(field("shape"), st.lists(st.integers(1, 2000), min_size=1, max_size=4).map(tuple)),
    case(field("choice", options=LETTERED), st.sampled_from("ABCDE")),
    case(field("choice", options=WORDS), st.sampled_from([option.name for option in WORDS])),
    case(field("choices", options=LETTERED), some_of(LETTERED)),
    case(field("choices", options=NODES), some_of(NODES)),
    case(field("order", options=LETTERED), st.permutations("ABCDE").map(tuple)),
    case(
        RECORD,
        st.tuples(st.sampled_from([option.name for option in WORDS]), st.integers(0, 99), st.integers(0, 99)),
    ),
    case(
        field("expression", names=NAMES), TERMS.map(lambda terms: read_expression(" + ".join(terms), NAMES))
    ),
)


@settings(max_examples=200)
@given(CASES, st.sampled_from([ENGLISH, DUTCH]), st.data())
def test_a_spelling_is_never_read_as_another_value(
    asked: tuple[Field, Any], spoken: Language, data: st.DataObject
) -> None:
    field, value = asked
    name, raw = data.draw(st.sampled_from(list(spelled(field, value))))
    try:
        answer = read(field, raw, spoken)
    except Unreadable:
        return
    assert agrees(answer, value), (name, raw)


def assert_short_way(field: Field, accepted: tuple[Value, ...], spoken: Language = ENGLISH) -> None:
    """What a page saves for the key is marked as if it were read and compared."""
    raw = as_saved(field, accepted[0])
    marked = mark_field(field, accepted, raw, language=spoken)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare, "as_saved", lambda *_: object())
        assert marked == mark_field(field, accepted, raw, language=spoken)
    assert marked.verdict is (Verdict.UNMARKED if field.kind == "text" else Verdict.RIGHT)


@given(CASES, st.sampled_from([ENGLISH, DUTCH]))
def test_the_short_way_marks_as_the_long_way(asked: tuple[Field, Any], spoken: Language) -> None:
    assert_short_way(asked[0], (asked[1],), spoken)


def test_the_short_way_marks_every_entry_as_the_long_way() -> None:
    for field, accepted in chain.from_iterable(asked(entry, 0) for entry in ENTRIES):
        assert_short_way(field, accepted)


def agrees(answer: Any, value: Any) -> bool:
    """Say whether all that was read is the value; a cell or a part may be unreadable."""
    if isinstance(value, tuple):
        return isinstance(answer, tuple) and len(answer) == len(value) and all(map(agrees, answer, value))
    return isinstance(answer, BadCell) or bool(answer == value)


# -- any text -----------------------------------------------------------------------------------

PIECES = (
    *(
        "1",
        "23",
        "0.5",
        "10",
        "000",
        "1.",
        "½",
        "²",
        "１",
        "-",
        "−",
        "+",
        "*",
        "×",
        "/",
        "^",
        "%",
        "e",
        "x",
        "_",
    ),
    *(
        " ",
        "\t",
        "\n",
        "\u2009",
        "\u00a0",
        ",",
        ";",
        ":",
        "=",
        ".",
        "|",
        "&",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "$",
    ),
    *("'", '"', "`", "```", "\\", "\\\\", r"\frac", "{1}", r"\begin{bmatrix}", r"\end{bmatrix}", r"\left"),
    *("y", "answer", "is", "A", "B", "x1", "and", "or", "row", "size", "I", "w", "[0,1]", "₁", "MB", "the "),
    *("array(", "tensor(", ", dtype=", "Fraction(", "|---|", "│", "─", "#", "\0", "\u202e"),
)
FIELDS = [
    *(field("integer"), field("number", rule=Rounded(2)), field("shape"), RECORD),
    *(field("tensor"), field("tensor", shape=(2, 2)), field("expression", names=NAMES)),
    *(field("choice", options=LETTERED), field("choice", options=WORDS)),
    *(field("choices", options=NODES), field("order", options=LETTERED)),
]


@given(st.sampled_from(FIELDS), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_an_answer_blank_or_unreadable(asked: Field, text: str) -> None:
    try:
        answer = read(asked, text)
    except Unreadable as error:
        answer = str(error.reason)
    assert isinstance(answer, (int, Fraction, str, tuple, Blank))
    assert len(str(answer)) < 10_000


def read_if_readable(asked: Field, raw: object) -> None:
    with contextlib.suppress(Unreadable):
        read(asked, raw)


@pytest.mark.sweep
@pytest.mark.parametrize("asked", FIELDS, ids=lambda asked: asked.kind)
def test_repeated_text_takes_no_time(asked: Field) -> None:
    """Nothing grows with the square of the length: no pattern is tried at all places of a long run."""
    for piece in PIECES:
        for before, after in (("", ""), ("A", "B"), ("1", "2"), ("[", "]"), ("tensor(", ")"), ("$y = ", "$")):
            text = before + (piece * MAX_CHARACTERS)[: MAX_CHARACTERS - 10] + after
            assert is_quick(0.2, partial(read_if_readable, asked, text)), text[:20]


@pytest.mark.parametrize("gap", [" \t", "~", "\u200b", "\v\t", "$~", " " * 49 + "\t"], ids=ascii)
def test_long_gaps_take_no_time(gap: str) -> None:
    text = "1$" + (gap * MAX_CHARACTERS)[: MAX_CHARACTERS - 3] + "!"
    for asked in FIELDS:
        for raw in (text, [text, "A"]):
            assert is_quick(0.05, partial(read_if_readable, asked, raw)), (asked.kind, raw)
