import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.errors import DataError, Fault, Place
from convexam.generator.reading import json_text, reader
from convexam.generator.reading.reader import ANSWERS, BANK, Limits, Tree, read_json, read_yaml
from convexam.generator.reading.tree import nodes

from ...quick import is_quick

TESTS = Path(__file__).resolve().parents[2]
HOSTILE = TESTS / "data" / "reader"
READERS = {".yaml": read_yaml, ".json": read_json}

GOOD_YAML = """\
# an answer file
format: convexam-answers/1
paper: 39212EAM13HG3N
answers:
  a1:
    Y: |
      10 −7
      15 13
  b.1: {shape: 16 x 15 x 15, sizes: [1, 010, 1:30], note: "null"}
  b.2:
    padding:
"""
GOOD_JSON = """\
{
  "format": "convexam-answers/1",
  "answers": {
    "a1": {"Y": [["10", -7], [15, 1e3, 0.50]], "sure": true, "blank": null},
    "b.1": {"shape": "16 \\u00d7 15 \\"quoted\\" [{", "empty": [{}, []]}
  }
}
"""


def fault(read: Any, data: bytes, limits: Limits = ANSWERS) -> Fault:
    with pytest.raises(DataError) as caught:
        read(data, "file", limits)
    (only,) = caught.value.faults
    return only


# -- what is read -------------------------------------------------------------------------------


def test_yaml_scalars_stay_text_and_blanks_are_none() -> None:
    assert read_yaml(GOOD_YAML.encode(), "a").root == {
        "format": "convexam-answers/1",
        "paper": "39212EAM13HG3N",
        "answers": {
            "a1": {"Y": "10 −7\n15 13\n"},
            "b.1": {"shape": "16 x 15 x 15", "sizes": ["1", "010", "1:30"], "note": "null"},
            "b.2": {"padding": None},
        },
    }


def test_json_numbers_stay_as_they_are_written() -> None:
    assert read_json(GOOD_JSON.encode(), "a").root == {
        "format": "convexam-answers/1",
        "answers": {
            "a1": {"Y": [["10", "-7"], ["15", "1e3", "0.50"]], "sure": "true", "blank": None},
            "b.1": {"shape": '16 × 15 "quoted" [{', "empty": [{}, []]},
        },
    }


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("---\n", None),
        ("~", None),
        ("null", None),
        ("'null'", "null"),
        ('""', ""),
        ("no", "no"),
        ("1_000", "1_000"),
        ("2024-13-45", "2024-13-45"),
        ("=", "="),
        ("{<<: 3}", {"<<": "3"}),
        ("[a, , ]", DataError),
        ("--- 3\n...\n", "3"),
        ("a: {}\nb: []\n", {"a": {}, "b": []}),
        ("\ufeffa: 1\n", {"a": "1"}),
        ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("text: |\n  %TAG is fine here\n", {"text": "%TAG is fine here\n"}),
    ],
)
def test_yaml_documents(text: str, root: Any) -> None:
    if root is DataError:
        fault(read_yaml, text.encode())
    else:
        assert read_yaml(text.encode(), "a").root == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        (" \n", None),
        ("null", None),
        ('"null"', "null"),
        ("false", "false"),
        ("-0", "-0"),
        ("1e999", "1e999"),
        ("9" * 4000, "9" * 4000),
        ('\ufeff{"a": 1}', {"a": "1"}),
        ('{"": 1}', {"": "1"}),
        (r'["\u00e9", "\ud83d\ude00", "\\u0000"]', ["é", "😀", r"\u0000"]),
    ],
)
def test_json_documents(text: str, root: Any) -> None:
    assert read_json(text.encode(), "a").root == root


# -- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("paper",), (3, 8), (3, 1)),
        (("answers",), (5, 3), (4, 1)),
        (("answers", "a1", "Y"), (6, 8), (6, 5)),
        (("answers", "b.1", "sizes"), (9, 37), (9, 30)),
        (("answers", "b.1", "sizes", 1), (9, 41), (9, 41)),
        (("answers", "b.1", "sizes", 7), (9, 37), (9, 37)),
        (("answers", "b.1", "nothing", "here"), (9, 8), (9, 8)),
        (("answers", "b.2", "padding"), (11, 13), (11, 5)),
    ],
)
def test_places_in_yaml(path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    tree = read_yaml(GOOD_YAML.encode(), "a.yaml")
    assert tree.place(path) == Place("a.yaml", *value)
    assert tree.place_of_key(path) == Place("a.yaml", *key)


def test_places_without_positions() -> None:
    tree = Tree.of({"a": [1]}, "record")
    assert tree.place(("a", 0)) == tree.place_of_key(("a",)) == Place("record")


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    max_size=20,
)
plain = st.recursive(
    st.none()
    | texts
    | st.sampled_from(["null", "~", "a: b", "- a", '"', "\\", "[", "{{ X }}", "#", "é\n\t"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(plain, st.booleans(), st.sampled_from([None, 1]))
def test_json_survives_and_places_point_at_it(data: Any, ascii_: bool, indent: int | None) -> None:
    text = json.dumps(data, ensure_ascii=ascii_, indent=indent)
    tree = read_json(text.encode(), "a", BANK)
    assert tree.root == data
    lines = text.split("\n")
    for path, is_key in nodes(tree.root):
        place = tree.place_of_key(path) if is_key else tree.place(path)
        found = path[-1] if is_key else tree.at(path)
        written = json.dumps(found, ensure_ascii=ascii_)
        assert lines[place.line - 1][place.column - 1 :].startswith(
            written[0] if isinstance(found, (list, dict)) else written
        )


@given(plain)
def test_yaml_survives_in_both_parsers_with_the_same_places(data: Any) -> None:
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False).encode()
    tree = read_yaml(text, "a", BANK)
    assert tree.root == data
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_LOADER", yaml.SafeLoader)
        pure = read_yaml(text, "a", BANK)
    assert pure.root == data
    assert [pure.place(path) for path, _ in nodes(data)] == [tree.place(path) for path, _ in nodes(data)]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_the_quick_way_agrees_with_the_careful_way(data: Any) -> None:
    text = json.dumps(data).encode()
    quick = read_json(text, "a", BANK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "quick", doubt)
        assert read_json(text, "a", BANK) == quick


@pytest.mark.parametrize(
    "data",
    [
        *(
            "12345",
            "123456",
            12345,
            123456,
            True,
            None,
            [True, False, None],
            {"ab": "12345"},
            {"ab": "123456"},
        ),
        *(
            {"ab": 1, "cd": 2},
            {"abc": 1},
            {"": {"abc": 1}},
            [1] * 7,
            [1] * 8,
            {"a": 1, "b": 2, "c": 3, "d": 4},
        ),
        *([[]], [[[]]], {"a": {}}, {"a": {"b": {}}}, {"a": {"b": 1}}, [{"a": 1}], [{"a": [1]}], {}, []),
    ],
)
def test_both_ways_have_the_same_limits(data: Any) -> None:
    tight = Limits(bytes=10_000, depth=2, items=8, scalar=5, key=2)
    text = json.dumps(data).encode()
    quick = outcome(text, tight)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "quick", doubt)
        assert outcome(text, tight) == quick


def outcome(text: bytes, limits: Limits) -> Tree | str:
    try:
        return read_json(text, "a", limits)
    except DataError as error:
        return str(error)


def doubt(*_: Any) -> None:
    raise json_text.DoubtError


# -- what is refused ----------------------------------------------------------------------------

REFUSED = [
    ("alias.yaml", "1:4", "'&x' is not allowed"),
    ("alias_bomb.yaml", "1:4", "'&a' is not allowed"),
    ("lone_alias.yaml", "1:4", "'*x' is not allowed"),
    ("merge_key_bomb.yaml", "1:4", "'&a' is not allowed"),
    ("tag.yaml", "1:4", "the tag 'tag:yaml.org,2002:int' is not allowed"),
    ("python_tag.yaml", "1:4", "the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not"),
    ("bang.yaml", "1:4", "the tag '!important' is not allowed: remove it, or put the text in quotes"),
    ("directive.yaml", "2:1", "directives (%YAML, %TAG) are not allowed; remove the line"),
    ("tag_directive.yaml", "1:1", "directives"),
    ("late_directive.yaml", "3:1", "directives"),
    ("second_document.yaml", "2:1", "a second document begins here and only one is read"),
    ("duplicate_key.yaml", "3:1", "the key 'a' stands here a second time; the first is in line 1, column 1"),
    (
        "duplicate_quoted_key.yaml",
        "2:22",
        "the key 'x' stands here a second time; the first is in line 2, column 6",
    ),
    ("list_key.yaml", "1:3", "a key must be a word, found a list"),
    ("template_key.yaml", "1:10", "found a mapping; put a text that begins with a bracket in quotes"),
    ("empty_key.yaml", "1:1", "this is not valid YAML"),
    ("null_key.yaml", "1:1", "a key is missing before ':'"),
    ("long_key.yaml", "1:1", "this text has 65 characters, at most 64 are read here"),
    ("utf16.yaml", "1:1", "this is UTF-16 text; save the file with the encoding UTF-8"),
    ("utf16_without_mark.yaml", "1:2", "the character U+0000 is not text"),
    ("latin1.yaml", "2:9", "the byte 0xEB is not UTF-8 text; save the file with the encoding UTF-8"),
    ("nul.yaml", "2:5", "the character U+0000 is not text"),
    ("escape_sequence.yaml", "1:4", "the character U+001B is not text"),
    ("written_nul.yaml", "1:4", "this text holds the character U+0000"),
    ("half_pair.yaml", "1:7", "this is not valid YAML"),
    (
        "tab.yaml",
        "2:1",
        "this is not valid YAML: found character that cannot start any token; indent with spaces",
    ),
    ("colon.yaml", "1:14", "put a text that holds ': ' in quotes"),
    ("open_bracket.yaml", "2:2", "this is not valid YAML"),
    ("open_quote.yaml", "3:1", "this is not valid YAML"),
    ("percent.yaml", "1:4", "put a text that begins with this character in quotes"),
    ("no_colon.yaml", "3:1", "write 'key: value', with a space after the colon"),
    ("duplicate_key.json", "2:28", "the key 'c' stands here a second time; the first is in line 2, column 8"),
    ("long_key.json", "1:2", "this text has 65 characters, at most 64 are read here"),
    ("nan.json", "2:2", "NaN is not a number"),
    ("infinity.json", "1:2", "-Infinity is not a number"),
    ("nearly_nan.json", "2:5", "this is not valid JSON: expecting ',' delimiter"),
    ("half_pair.json", "1:8", "this text holds the character U+D83D"),
    ("written_nul.json", "1:7", "this text holds the character U+0000"),
    ("written_nul_in_key.json", "1:2", "this text holds the character U+0000"),
    ("trailing_comma.json", None, "this is not valid JSON"),  # where depends on the release of Python
    (
        "single_quotes.json",
        "1:2",
        "this is not valid JSON: expecting property name enclosed in double quotes",
    ),
    ("two_values.json", "1:4", "this is not valid JSON: extra data; check the brackets"),
    ("unclosed.json", "2:1", "this is not valid JSON"),
    ("raw_line_feed.json", "1:4", "this is not valid JSON: invalid control character; check"),
    ("number.json", "1:3", "this is not valid JSON"),
    ("utf16.json", "1:1", "this is UTF-16 text"),
]


@pytest.mark.parametrize(("name", "where", "message"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_hostile_files_are_refused(name: str, where: str | None, message: str) -> None:
    found = fault(READERS[Path(name).suffix], (HOSTILE / name).read_bytes())
    assert message in found.message
    if where:
        assert str(found.place) == f"file:{where}"


def test_every_hostile_file_is_in_the_table() -> None:
    assert {file.name for file in HOSTILE.iterdir()} == {name for name, *_ in REFUSED}


def test_the_pure_parser_refuses_the_same_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LOADER", yaml.SafeLoader)
    for file in sorted(HOSTILE.glob("*.yaml")):
        assert fault(read_yaml, file.read_bytes()).message
    assert fault(read_yaml, b'"\\UFFFFFFFF"').message.startswith("this is not valid YAML")


# -- limits -------------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize("read", [read_yaml, read_json])
@pytest.mark.parametrize(
    ("fits", "exceeds", "message"),
    [
        (nested(8), nested(9), "nested deeper than 8 levels"),
        (b'{"a":' * 8 + b"1" + b"}" * 8, b'{"a":' * 9 + b"1" + b"}" * 9, "nested deeper than 8 levels"),
        (b'["' + b"x" * 4096 + b'"]', b'["' + b"x" * 4097 + b'"]', "4097 characters, at most 4096"),
        (b'{"' + b"k" * 64 + b'": 1}', b'{"' + b"k" * 65 + b'": 1}', "65 characters, at most 64"),
        (b"[" + b"1, " * 19_998 + b"1]", b"[" + b"1, " * 19_999 + b"1]", "more than 20000 keys and values"),
        (b'"a"' + b" " * (2**18 - 3), b'"a"' + b" " * (2**18 - 2), "262145 bytes, at most 262144"),
    ],
    ids=["lists", "mappings", "scalar", "key", "items", "bytes"],
)
def test_limits(read: Any, fits: bytes, exceeds: bytes, message: str) -> None:
    read(fits, "a", ANSWERS)
    assert message in fault(read, exceeds).message


def test_wide_limits_take_what_tight_ones_refuse() -> None:
    assert read_yaml(nested(24), "a", BANK).root
    assert "24 levels" in fault(read_yaml, nested(25), BANK).message


SIZE = 256 * 1024
BOMBS = {
    "open lists": b"[" * 30_000,
    "closed lists": b"[" * 30_000 + b"]" * 30_000,
    "open mappings": b"{a: " * 30_000,
    "block lists": b"- " * 30_000,
    "block keys": b"? " * 30_000,
    "JSON mappings": b'{"a":' * 30_000,
    "strings and brackets": b'["' * 80_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_deep_nesting_neither_kills_nor_hangs_the_process(bomb: bytes) -> None:
    program = (
        "import sys; from convexam.generator.reading import reader; from convexam.generator.errors import DataError\n"
        "data = sys.stdin.buffer.read()\n"
        "for read in (reader.read_yaml, reader.read_json):\n"
        "    try: read(data, 'a', reader.BANK)\n"
        "    except DataError: print('refused')\n"
    )
    done = in_new_process(program, bomb)
    assert (done.returncode, done.stdout.split()) == (0, [b"refused", b"refused"])


def in_new_process(program: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src")}
    return subprocess.run(
        [sys.executable, "-c", program], input=data, env=env, capture_output=True, timeout=20, check=False
    )


SLOW = {
    "directives": b"".join(b"%%TAG !%d! x\n" % number for number in range(15_000)),
    "late directives": b"a\n...\n" + b"".join(b"%%TAG !%d! x\n" % number for number in range(15_000)),
    "escaped quotes": b'"' + b'\\"' * (SIZE // 2 - 1),
    "escaped quotes, open end": b'"' + b'\\"' * (SIZE // 2 - 2) + b"\\",
    "quotes": b'"' * SIZE,
    "backslashes": b"\\" * SIZE,
    "lines": b"\n" * (SIZE - 2) + b"[x",
    "sexagesimal": b"1" + b":59" * (SIZE // 4),
    "digits": b"9" * SIZE,
    "one key after another": b"{" + b"a," * 100_000,
    "spaces": b" " * SIZE,
}


@pytest.mark.parametrize("data", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_no_file_takes_long(read: Any, data: bytes) -> None:
    def reading() -> None:
        with suppress(DataError):
            read(data, "a", ANSWERS)

    assert is_quick(0.4, reading)


# -- whatever the bytes -------------------------------------------------------------------------

PIECES = [
    *b"{}[]:,-?&*!|>%@`'\"#~\n\r\t \\\x00\x7f\x85\xff09ex",
    *(b"<<", b"---", b"...", b"\\u", b"\xef\xbb\xbf", b"\xf0\x9f"),
]
edits = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 3),
        st.sampled_from(PIECES).map(lambda piece: piece if isinstance(piece, bytes) else bytes([piece])),
    ),
    max_size=5,
)


def mutated(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for offset, removed, piece in changes:
        data = data[:offset] + piece + data[offset + removed :]
    return data


def look_everywhere(read: Any, data: bytes) -> None:
    """Read, which may refuse but not fail; every key and value that was read has a place."""
    with suppress(DataError):
        tree = read(data, "a", ANSWERS)
        assert len(list(tree.marks())) == len(list(nodes(tree.root)))


@given(st.binary(max_size=200))
@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_random_bytes(read: Any, data: bytes) -> None:
    look_everywhere(read, data)


@given(edits)
@pytest.mark.parametrize(
    ("read", "text"),
    [(read_yaml, GOOD_YAML), (read_yaml, GOOD_JSON), (read_json, GOOD_JSON)],
    ids=["yaml", "both", "json"],
)
def test_mutated_documents(read: Any, text: str, changes: list[tuple[int, int, bytes]]) -> None:
    look_everywhere(read, mutated(text.encode(), changes))


@given(edits)
def test_mutated_documents_in_the_pure_parser(changes: list[tuple[int, int, bytes]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_LOADER", yaml.SafeLoader)
        look_everywhere(read_yaml, mutated(GOOD_YAML.encode(), changes))


def test_reading_loads_neither_pydantic_nor_numpy() -> None:
    program = "import sys, convexam.generator.reading.reader; print({'pydantic', 'numpy'} & set(sys.modules))"
    assert in_new_process(program).stdout.split() == [b"set()"]
