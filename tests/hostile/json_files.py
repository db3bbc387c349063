"""Answer files in JSON, as the page of a paper saves them, made to exhaust a parser or to fool one."""

from __future__ import annotations

import json

from .cases import CODE, Case, refused, same

START = f'{{"format": "convexam-answers/1", "paper": "{CODE}", "answers": '
LARGE = "at most 262144 are read"
INVALID = "this is not valid JSON"
DEEP = "nested deeper than 8 levels"
LOST = {"dense/inputs": "UNREADABLE"}


def field(value: str) -> str:
    """Return a file with one answer, written as it is."""
    return f'{START}{{"dense": {{"inputs": {value}}}}}}}'


CASES = [
    refused("brackets, 100,000 deep", "deep.json", lambda: field("[" * 100_000 + "]" * 100_000), says=DEEP),
    refused("open brackets", "open.json", lambda: START + "[" * 250_000, says=DEEP),
    refused("open objects", "objects.json", lambda: START + '{"a":' * 50_000, says=DEEP),
    refused("lists nine deep", "nine.json", lambda: field("[" * 9 + "1" + "]" * 9), says=DEEP),
    refused("open quotes", "quotes.json", lambda: '{"' * 130_000, says=DEEP),
    refused("backslashes", "backslashes.json", lambda: field('"' + "\\" * 250_000), says=INVALID),
    Case("NaN", "nan.json", same(field("NaN")), verdicts=LOST),
    Case("Infinity", "infinity.json", same(field("-Infinity")), verdicts=LOST),
    Case("1e999", "e999.json", same(field("1e999")), verdicts=LOST),
    Case("1e-999999999", "tiny.json", same(field("1e-999999999")), verdicts=LOST),
    Case("250,000 digits", "digits.json", lambda: field("9" * 250_000), verdicts=LOST),
    Case("true", "true.json", same(field("true")), verdicts=LOST),
    Case("an object", "object.json", same(field('{"__class__": "int", "value": 3}')), verdicts=LOST),
    Case("a prototype", "prototype.json", same(START + '{"__proto__": {"dense": {"inputs": "1"}}}}')),
    refused("one key twice", "twice.json", same(field('1, "inputs": 2')), says="a second time"),
    refused(
        "one paper twice", "papers.json", same(f'{{"paper": "x", {START[1:]}{{}}}}'), says="a second time"
    ),
    refused("half a pair", "half.json", same(field('"\\ud800"')), says="which is not text"),
    refused("written NUL", "nul.json", same(field('"1\\u0000"')), says="which is not text"),
    refused("raw NUL", "rawnul.json", same(field('"1\0"')), says="not text"),
    Case("raw line feed", "feed.json", same(field('"1\n2"')), verdicts=LOST),
    refused("UTF-16", "utf16.json", lambda: field("3").encode("utf-16"), says="UTF-16"),
    refused("two values", "two.json", same(field("3") * 2), says=INVALID),
    Case("a comment", "comment.json", same(field("3 /* 12 */")), verdicts=LOST),
    refused("300,000 bytes", "large.json", lambda: field('"' + "9" * 300_000 + '"'), says=LARGE),
    refused(
        "twenty thousand keys",
        "keys.json",
        lambda: START + json.dumps({f"k{n}": {"a": 1} for n in range(9_000)}) + "}",
        says="more than 20000 keys",
    ),
    Case(
        "equal hashes",
        "hashes.json",
        lambda: START + json.dumps({f"{n:064d}": 1 for n in range(3_300)}) + "}",
    ),
    refused("a list", "list.json", same("[]" * 3), says="no answer file"),
    refused("one number", "number.json", lambda: "1" * 200_000, says="no answer file"),
]
