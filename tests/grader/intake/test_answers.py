"""Answer files: whole, damaged and hostile. Only what is broken may be lost, and it is said."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.codes import paper_code
from convexam.generator.document import Symbol, say
from convexam.generator.errors import DataError
from convexam.generator.model import Field
from convexam.grader.intake.answers import Submission, read_submission
from convexam.grader.marking.fields import Lost, Unreadable, read

from ...quick import is_quick

DATA = Path(__file__).parents[2] / "data" / "answers"
CODE = "39212EAM13HG3N"
HEAD = f"format: convexam-answers/1\npaper: {CODE}\nanswers:\n"

MAP = Field("Y", "tensor", Symbol("Y"), shape=(2, 2))
SHAPE = Field("shape", "shape", Symbol("s"))
COUNT = Field("padding", "integer", Symbol("p"))


def samples(folder: str) -> list[Path]:
    return sorted((DATA / folder).iterdir())


def submission(text: str, name: str = "answers.yaml") -> Submission:
    return read_submission(text.encode(), name)


def test_names_that_differ_in_capitals_only_are_told_of() -> None:
    found = submission(f'{{"paper": "{CODE}", "answers": {{"a": {{"n": 1}}}}, "ANSWERS": {{}}}}', "a.json")
    assert found.damaged
    assert found.problems == (
        say("{{ name }} stands there more than once; only the last was read", name="'answers'"),
    )


PROBLEM = {
    "plain.yaml": None,
    "plain.json": None,
    "a_comma_too_many.json": None,
    "comments.yaml": None,
    "capitals.yaml": None,
    "tabs.yaml": "indent with spaces",
    "one_tab.yaml": "indent with spaces",
    "no_bar.yaml": "'Y' of 'a1' has no '|' after its name; its lines were kept as rows",
    "folding_bar.yaml": "'Y' of 'a1' has no '|' after its name; its lines were kept as rows",
    "rows_beside_the_name.yaml": "'Y' of 'a1' has no '|' after its name; its lines were kept as rows",
    "rows_not_indented.yaml": "read line by line",
    "fields_not_indented.yaml": "read line by line",
    "item_indented_too_far.yaml": "read line by line",
    "nothing_indented.yaml": "read line by line",
    "no_space_after_colon.yaml": "read line by line",
    "open_quote.yaml": "read line by line",
    "stray_colon.yaml": "read line by line",
    "pasted_text.yaml": "line 1 was not understood: 'Dear teacher,'",
    "no_answers_line.yaml": "'a1' stands outside 'answers:'; it was read as if it stood inside",
    "item_twice.yaml": "stands here a second time",
}


@pytest.mark.parametrize("file", samples("read"), ids=lambda file: file.name)
def test_the_answers_are_read_as_meant(file: Path) -> None:
    found = read_submission(file.read_bytes(), file.name)
    assert found.paper == CODE
    assert read(MAP, found.answers["a1"]["Y"]) == ((10, -7), (15, 13))
    assert read(SHAPE, found.answers["b.1"]["shape"]) == (16, 15, 15)
    with pytest.raises(Unreadable, match="found the word 'about'"):
        read(COUNT, found.answers["b.2"]["padding"])


@pytest.mark.parametrize("file", samples("read"), ids=lambda file: file.name)
def test_repairs_are_said(file: Path) -> None:
    found = read_submission(file.read_bytes(), file.name)
    expected = PROBLEM[file.name]
    assert (expected is None) == (not found.problems)
    assert expected is None or expected in "\n".join(map(str, found.problems))


@pytest.mark.parametrize("name", ["open_quote.yaml", "stray_colon.yaml"])
def test_only_the_broken_field_is_lost(name: str) -> None:
    found = read_submission((DATA / "read" / name).read_bytes(), name)
    with pytest.raises(Unreadable):
        read(COUNT, found.answers["c"]["n"])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u0085", "\u2028"], ids=ascii)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=ascii)
def test_line_ends_and_byte_order_marks_do_not_matter(end: str, mark: str) -> None:
    plain = (DATA / "read" / "plain.yaml").read_text("utf-8")
    found = submission(mark + plain.replace("\n", end))
    assert read(MAP, found.answers["a1"]["Y"]) == ((10, -7), (15, 13))
    assert (found.paper, found.problems) == (CODE, ())


def test_what_is_known_of_the_file_is_kept() -> None:
    data = (HEAD + "  a: {n: 1}\nstudent: s0001\n").encode()
    found = read_submission(data, "mine.yaml")
    assert found == Submission(
        paper=CODE,
        student="s0001",
        answers={"a": {"n": "1"}},
        problems=(),
        sha256=hashlib.sha256(data).hexdigest(),
        source="mine.yaml",
    )


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("'~'", "~"),
        ('"12"', "12"),
        ("1:30", "1:30"),
        ("010", "010"),
        ("no", "no"),
    ],
)
def test_scalars_stay_text(raw: str, value: str | None) -> None:
    assert submission(f"{HEAD}  a:\n    n: {raw}\n").answers == {"a": {"n": value}}


@pytest.mark.parametrize(
    "value", ["*3", "%5", "- 7", "!12", "&a", "@1", "`1`", "[1", "{1", "|x", "'12", '"12', "a: b", "1 'x'"]
)
def test_a_value_that_is_no_yaml_costs_nothing_else(value: str) -> None:
    found = submission(f"{HEAD}  a:\n    n: 5\n    odd: {value}\n    m: 6\n  b: {{n: 7}}\n")
    assert found.answers["a"]["n"] == "5"
    assert found.answers["a"]["m"] == "6"
    assert found.answers["b"] == {"n": "7"}
    assert found.answers["a"]["odd"] is not None


def test_an_answer_beside_its_item_is_kept_without_a_field() -> None:
    told = "the answer to 'b.1' does not say for which field it is"
    found = submission(HEAD + "  b.1: 16 x 15\n  b.2: [1, 2]\n  b.3:\n")
    assert found.answers == {"b.1": {"": "16 x 15"}, "b.2": {"": ["1", "2"]}, "b.3": {}}
    assert told in map(str, found.problems)
    assert submission(HEAD + "  b.1: 16 x 15\n  b.2: *\n").answers == {
        "b.1": {"": "16 x 15"},
        "b.2": {"": "*"},
    }


def test_two_different_answers_to_one_field_are_not_guessed() -> None:
    found = submission(HEAD + "  a: {n: 1, m: 2}\n  a: {n: 3, m: 2}\n")
    lost = found.answers["a"]["n"]
    assert isinstance(lost, Lost)
    assert str(lost.reason) == "'n' of 'a' stands on line 5 again, with another answer"
    assert lost.reason in found.problems
    assert found.answers["a"]["m"] == "2"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "  a: {m: 5}\n  b:\n    n: " + "9" * 4097,
        f'{{"paper": "{CODE}", "answers": {{"a": {{"m": "5"}}, "b": {{"n": [["{"9" * 4097}"]]}}}}}}',
    ],
    ids=["YAML", "JSON"],
)
def test_an_answer_that_is_too_long_is_lost_alone(text: str) -> None:
    found = submission(text)
    assert found.answers == {
        "a": {"m": "5"},
        "b": {"n": Lost(say("the answer is longer than {{ most }} characters", most=4096))},
    }


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), "39212-EAM1-3HG3N", "39212 EAM 13HG3N", f"'{CODE}'", "392I2EAMl3HG3N"]
)
def test_a_code_may_be_typed_with_look_alikes_and_gaps(typed: str) -> None:
    found = submission(f"paper: {typed}\nanswers: {{}}\n")
    assert (found.paper, found.problems) == (CODE, ())


@pytest.mark.parametrize(
    ("line", "name", "paper", "problem"),
    [
        (
            "",
            f"{CODE}.answers.yaml",
            CODE,
            f"there is no paper code; {CODE} was taken from the file name",
        ),
        (
            "",
            f"Doe_Jo_123_assignsubmission_file_{CODE.lower()}.answers-1.yaml",
            CODE,
            "taken from the file name",
        ),
        ("paper: 39212EAM13HG33", f"{CODE}.yaml", CODE, "'39212EAM13HG33' is no paper code"),
        ("paper: 39212EAM13HG33", "x.yaml", "", "'39212EAM13HG33' is no paper code"),
        ("paper: ../../etc/passwd", "x.yaml", "", "'../../etc/passwd' is no paper code"),
        ("paper: [a]", "x.yaml", "", "there is no paper code"),
        ("", "x.yaml", "", "there is no paper code; it is printed on the paper and has 14 characters"),
    ],
)
def test_the_file_name_stands_in_for_a_missing_code(line: str, name: str, paper: str, problem: str) -> None:
    found = submission(f"{line}\nanswers: {{a: {{n: 1}}}}\n", name)
    assert found.paper == paper
    assert problem in str(found.problems[0])


def test_the_code_in_the_file_counts_against_another_in_its_name() -> None:
    other = paper_code(b"secret", exam="e", student="s")
    found = submission(HEAD + "  a: {n: 1}\n", f"{other}.yaml")
    assert found.paper == CODE
    assert list(map(str, found.problems)) == [
        f"the file is named after paper {other} but is for paper {CODE}; the file counts"
    ]


def test_another_format_is_said_and_read() -> None:
    found = submission(HEAD.replace("answers/1", "answers/9") + "  a: {n: 1}\n")
    assert found.answers == {"a": {"n": "1"}}
    assert list(map(str, found.problems)) == [
        "the format is 'convexam-answers/9', expected convexam-answers/1; it was read as that"
    ]


def test_another_encoding_is_said_and_read() -> None:
    found = read_submission((HEAD + "  a: {n: –7½}\n").encode("cp1252"), "x.yaml")
    assert read(COUNT, found.answers["a"]["n"]) == -7.5
    assert list(map(str, found.problems)) == ["the file is not UTF-8; it was read as Windows-1252"]


def test_the_name_of_a_student_is_bounded() -> None:
    assert submission(f"{HEAD}student: {'s' * 4000}\n").student == "s" * 64


def test_problems_are_bounded() -> None:
    found = submission(HEAD + "  a: {n: 1}\n:\n" + "nonsense\n" * 1000)
    assert len(found.problems) == 21
    assert str(found.problems[-1]) == "and 982 more"
    assert max(len(str(problem)) for problem in found.problems) < 250


REFUSED = {
    "form.pdf": "the PDF is damaged and could not be read",
    "archive.yaml": "expected an answer file, found an archive; unpack it",
    "photo.yaml": "expected an answer file, found an image",
    "photo.json": "expected an answer file, found an image",
    "utf16.yaml": "expected an answer file, found UTF-16 text; save it with the encoding UTF-8",
    "utf16_without_mark.yaml": "expected an answer file, found something that is not text",
    "binary.yaml": "expected an answer file, found something that is not text",
    "blank.yaml": "the file is empty",
    "letter.yaml": "this is no answer file: it has no line 'paper:' and no line 'answers:'",
    "other.yaml": "this is no answer file: it has no line 'paper:' and no line 'answers:'",
    "other.json": "this is no answer file: it has no line 'paper:' and no line 'answers:'",
    "list.json": "this is no answer file: it has no line 'paper:' and no line 'answers:'",
    "number.yaml": "this is no answer file: it has no line 'paper:' and no line 'answers:'",
    "truncated.json": "this is not valid JSON",
}


@pytest.mark.parametrize("file", samples("refused"), ids=lambda file: file.name)
def test_what_is_no_answer_file_is_refused_in_one_sentence(file: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_submission(file.read_bytes(), file.name)
    (fault,) = caught.value.faults
    assert fault.message.startswith(REFUSED[file.name])
    assert fault.place.file == file.name


@pytest.mark.parametrize("answers", ["[1, 2]", "3", "- 3"])
def test_answers_without_names_are_not_blank(answers: str) -> None:
    found = submission(f"paper: {CODE}\nanswers:\n  {answers}\n")
    assert found.damaged
    assert list(map(str, found.problems)) == [
        "the answers are not sorted by question; write them as in the template"
    ]
    assert not submission(f"paper: {CODE}\nanswers: _\n").damaged


@pytest.mark.parametrize("page", ["<!DOCTYPE html>\n", "\ufeff\n<html>" + "x" * 1_000_000])
def test_the_page_itself_holds_no_answers(page: str) -> None:
    with pytest.raises(DataError, match="found a web page; open it, type in it, and hand in what it saves"):
        read_submission(page.encode(), f"{CODE}.html")


@pytest.mark.parametrize("deeper", ["[" * 20 + "]" * 20, "{}"])
def test_a_file_of_our_own_is_called_so(deeper: str) -> None:
    text = f'{{"exam": "x", "format": "convexam-paper/1", "items": {deeper}, "paper": "{CODE}"}}'
    with pytest.raises(DataError, match="a file of convexam's own, of the format convexam-paper/1"):
        submission(text)


HOSTILE = {
    **{file.name: file.read_bytes() for file in samples("hostile")},
    "empty": b"",
    "too large": b"x" * 262_145,
    "brackets": HEAD.encode() + b"  a: " + b"[" * 250_000,
    "brackets in JSON": b'{"answers": ' + b"[" * 250_000,
    "braces": b"{" * 260_000,
    "quotes": b'{"' * 130_000,
    "items": HEAD.encode() + b"  a: {n: 1}\n" * 20_000,
    "fields": HEAD.encode() + b"  a:\n" + b"    n: 1\n" * 25_000,
    "unknown keys": b"".join(b"k%d: 1\n" % number for number in range(9_000)),
    "unknown keys at the root": b"paper: x\n" + b"".join(b"k%d: {}\n" % number for number in range(15_000)),
    "colons": HEAD.encode() + b":" * 250_000,
    "keys in a row": HEAD.encode() + b"a:" * 120_000,
    "tabs": HEAD.encode() + b"\t" * 250_000 + b"a: 1",
    "blank lines": HEAD.encode() + b"  a: 1\n" + b"\n" * 250_000 + b"*",
    "spaces": HEAD.encode() + b"  a: {n: 1" + b" " * 250_000 + b"x: *}",
    "commas": HEAD.encode() + b"  a: {" + b", " * 120_000 + b"*",
    "folded lines": HEAD.encode() + b"  a: {n: x\n" + b"     1 2\n" * 20_000 + b"}",
    "sexagesimal": HEAD.encode() + b"  a: {n: 1" + b":59" * 80_000 + b"}",
    "hashes": HEAD.encode() + b"  a: *\n" + b"#" * 250_000,
    "hashes and spaces": HEAD.encode() + b"  a: *\n" + b"# " * 120_000,
    "directives": b"%TAG !a! b\n" * 20_000,
    "code points": "paper: \u202e\u2066\U0001f600\n".encode() * 9_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_harmless(data: bytes) -> None:
    def reading() -> None:
        try:
            found = read_submission(data, "x.yaml")
        except DataError as error:
            assert len(error.faults) == 1  # noqa: PT017
            assert len(str(error)) < 400  # noqa: PT017
        else:
            assert sum(len(str(problem)) for problem in found.problems) < 10_000

    assert is_quick(3, reading)


def test_nothing_is_resolved() -> None:
    found = read_submission((DATA / "hostile" / "resolver.yaml").read_bytes(), "x.yaml")
    assert found.answers["a"]["s"] == "1:59:59"
    assert found.answers["a"]["o"] == "010"
    assert found.answers["a"]["b"] == "no"
    assert found.answers["a"]["n"] == ".nan"


def test_tags_are_text() -> None:
    found = read_submission((DATA / "hostile" / "tags.yaml").read_bytes(), "x.yaml")
    with pytest.raises(Unreadable):
        read(COUNT, found.answers["a"]["Y"])


def outcome(data: bytes, name: str) -> Submission | DataError:
    try:
        return read_submission(data, name)
    except DataError as error:
        return error


PLAIN = (DATA / "read" / "plain.yaml").read_bytes()
JSON = (DATA / "read" / "plain.json").read_bytes()


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=30),
)
def test_any_bytes_are_a_submission_or_a_data_error(data: bytes, name: str) -> None:
    outcome(data, name)
    outcome(HEAD.encode() + b"  a: " + data, name)


@given(
    st.sampled_from([PLAIN, JSON]),
    st.lists(
        st.tuples(
            st.integers(0, 200),
            st.integers(0, 9),
            st.sampled_from(
                [b"", b" ", b"\t", b":", b"\n", b"[", b"}", b"'", b"|", b"- ", b"#", b"*x", b"\xff", b"\0"]
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_any_damage_ends_in_a_submission_or_a_data_error(
    data: bytes, damage: list[tuple[int, int, bytes]]
) -> None:
    for start, length, other in damage:
        data = data[:start] + other + data[start + length :]
    found = outcome(data, "x.yaml")
    if isinstance(found, Submission):
        for fields in found.answers.values():
            for raw in fields.values():
                _read_or_refuse(raw)


def _read_or_refuse(raw: object) -> None:
    for field in (MAP, SHAPE, COUNT):
        try:
            read(field, raw)
        except Unreadable as error:
            assert error.reason  # noqa: PT017


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9.]{0,8}", fullmatch=True), st.integers(-999, 999), min_size=1, max_size=5
    )
)
def test_a_stray_line_costs_no_answer(values: dict[str, int]) -> None:
    lines = "".join(f"  {item}:\n    n: {value}\n" for item, value in values.items())
    found = submission(f"{HEAD}{lines}this line does not belong here\n")
    assert found.problems
    assert found.answers == {item: {"n": str(value)} for item, value in values.items()}
