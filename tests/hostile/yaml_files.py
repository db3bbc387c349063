"""Answer files in YAML that try to exhaust the reader, to run something, or to be read as something else.

Most are read line by line in the end, since only what is broken in an answer file is to be lost. So what each
must not do is earn anything, and its verdicts say what is left.
"""

from __future__ import annotations

from convexam.grader.intake.handed_in import Outcome

from .cases import CODE, EMPTY, HEAD, Case, refused, same

BIG = 250_000
LARGE = "at most 262144 are read"
TAGS = {
    "a command": "!!python/object/apply:os.system ['touch /tmp/hostile']",
    "a module": "!!python/module:os",
    "an eval": "!!python/object/apply:builtins.eval ['1+1']",
    "binary": "!!binary aGk=",
    "a number of nothing": '!!int ""',
    "a time that is none": "!!timestamp x",
    "a set": "!!set {1, 2}",
}


def alias_bomb() -> str:
    """Return nine levels of lists, each naming the one above nine times: 9 to the power of 9 values."""
    levels = ["  a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    levels += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return HEAD + "\n".join(levels) + "\n  dense:\n    inputs: *a8\n"


def merge_bomb() -> str:
    """Return the same with merge keys, which a loader follows while it reads."""
    levels = ["  a0: &a0 {k: 1}"]
    levels += [f"  a{n}: &a{n}\n    <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n    k{n}: 1" for n in range(1, 9)]
    return HEAD + "\n".join(levels) + "\n  dense:\n    inputs: *a8\n"


def field(value: str) -> str:
    """Return a file with one answer."""
    return f"{HEAD}  dense:\n    inputs: {value}\n"


LOST = {"dense/inputs": "UNREADABLE"}
WRONG = {"dense/inputs": "WRONG"}

CASES = [
    Case("alias bomb", "bomb.yaml", alias_bomb, verdicts=LOST),
    Case("merge bomb", "merge.yaml", merge_bomb, verdicts=LOST),
    Case("an alias of itself", "self.yaml", same(field("&a [*a]")), verdicts=LOST),
    Case("an alias of nothing", "alias.yaml", same(field("*nothing")), verdicts=LOST),
    *(
        Case(f"tag: {name}", f"tag-{number}.yaml", same(field(tag)), verdicts=LOST)
        for number, (name, tag) in enumerate(TAGS.items())
    ),
    Case("brackets, 250,000 deep", "deep.yaml", lambda: field("[" * BIG), verdicts=LOST),
    Case("brackets, closed", "closed.yaml", lambda: field("[" * 120_000 + "]" * 120_000), verdicts=LOST),
    Case("braces, 60,000 deep", "braces.yaml", lambda: field("{a: " * 60_000), verdicts=LOST),
    Case("dashes, 120,000 deep", "dashes.yaml", lambda: HEAD + "- " * 120_000),
    Case("questions, 120,000 deep", "questions.yaml", lambda: HEAD + "? " * 120_000),
    Case("lists nine deep", "nine.yaml", lambda: field("[" * 9 + "1" + "]" * 9), verdicts=WRONG),
    Case("a hundred thousand items", "items.yaml", lambda: field("[" + "1," * 120_000 + "]"), verdicts=LOST),
    Case(
        "twelve thousand questions",
        "many.yaml",
        lambda: HEAD + "".join(f"  q{n}: {{a: 1}}\n" for n in range(12_000)),
    ),
    Case(
        "thirty thousand questions",
        "most.yaml",
        lambda: HEAD + "".join(f"{n:x}:\n" for n in range(0xA0000, 0xA7D00)),
    ),
    Case("the same question again and again", "again.yaml", lambda: HEAD + "  dense: {inputs: 1}\n" * 11_000),
    Case(
        "another answer each time",
        "each.yaml",
        lambda: HEAD + "".join(f"  dense: {{inputs: {n}}}\n" for n in range(9_000)),
        verdicts=LOST,
    ),
    Case("a key of 200 kB", "key.yaml", lambda: HEAD + f"  {'k' * 200_000}: 1\n"),
    Case("a text of 250 kB", "text.yaml", lambda: field("9" * BIG), verdicts=LOST),
    Case("5,000 digits", "digits.yaml", lambda: field("9" * 5_000), verdicts=LOST),
    refused("a text too large by one byte", "large.yaml", lambda: HEAD.ljust(262_145), says=LARGE),
    refused(
        "ten megabytes of spaces",
        "spaces.yaml",
        lambda: b" " * (10 << 20),
        says="the file is empty",
        outcome=EMPTY,
    ),
    Case("sexagesimal", "sexagesimal.yaml", lambda: field("1" + ":59" * 80_000), verdicts=LOST),
    Case("colons", "colons.yaml", lambda: HEAD + ":" * BIG),
    Case("keys in a row", "row.yaml", lambda: HEAD + "a: " * 80_000),
    Case("tabs", "tabs.yaml", lambda: HEAD + "\t" * BIG + "a: 1"),
    Case("hashes", "hashes.yaml", lambda: HEAD + "  a: *\n" + "# " * 120_000),
    Case("open quote", "quote.yaml", lambda: field('"' + "\n" * BIG), verdicts=LOST),
    Case("backslashes", "backslashes.yaml", lambda: field('"' + "\\" * BIG), verdicts=LOST),
    Case("block of 30,000 rows", "rows.yaml", lambda: HEAD + "  map:\n    Y: |\n" + "      1\n" * 30_000),
    Case("folded rows", "folded.yaml", lambda: HEAD + "  map:\n    Y: 1\n" + "      1 2\n" * 25_000),
    refused(
        "twenty thousand directives",
        "directives.yaml",
        lambda: "%TAG !a! b\n" * 20_000,
        says="no answer file",
    ),
    Case("a directive", "directive.yaml", same("%YAML 1.1\n---\n" + field("3")), verdicts=WRONG),
    Case("a second document", "second.yaml", same(field("3") + "---\n" + field("4")), verdicts=LOST),
    refused("UTF-16", "utf16.yaml", lambda: field("3").encode("utf-16"), says="UTF-16"),
    refused("UTF-32", "utf32.yaml", lambda: field("3").encode("utf-32"), says="UTF-16"),
    Case("UTF-7", "utf7.yaml", lambda: field("+AD0-cmd").encode("ascii"), verdicts=LOST),
    refused("NUL", "nul.yaml", same(field("1\0")), says="something that is not text"),
    Case("half a pair", "half.yaml", same(field('"\\ud800"')), verdicts=LOST),
    Case(
        "a code of another place",
        "code.yaml",
        same(field("3").replace(CODE, "../../exam")),
        outcomes=(Outcome.NO_CODE,),
        says="paper code",
    ),
]
