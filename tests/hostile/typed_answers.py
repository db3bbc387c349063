"""Sound answer files with hostile answers: what is typed would run, explode, or look like something right."""

from __future__ import annotations

from functools import partial

from .cases import HEAD, Case

NUMBER, SHAPE, MAP, TERMS, CHOICES, WORDS, DECIMALS = (
    "dense/inputs",
    "size/shape",
    "map/Y",
    "poly/Y",
    "pick/options",
    "words/text",
    "wave/p",
)
LOST, WAITS, WRONG = "UNREADABLE", "UNMARKED", "WRONG"

TYPED: dict[str, tuple[str, str, str]] = {
    "an import": (NUMBER, "__import__('os').system('touch /tmp/hostile')", LOST),
    "an import without quotes": (NUMBER, "__import__(chr(111)+chr(115)).system(chr(108))", LOST),
    "subclasses": (NUMBER, "(1).__class__.__base__.__subclasses__()", LOST),
    "a call": (TERMS, "exec('x1')*w1", LOST),
    "full-width exec": (TERMS, "ｅｘｅｃ(1)", LOST),
    "a lambda": (TERMS, "(lambda: x1*w1)()", LOST),
    "a tower": (NUMBER, "9**9**9**9", LOST),
    "a tower of terms": (TERMS, "((((x1+x2)^8)^8)^8)^8", LOST),
    "a power of a sum": (TERMS, "(x1+x2+x3+x4+x5+w1+w2+w3)^60", LOST),
    "a factorial": (NUMBER, "99999999!", LOST),
    "a huge exponent": (NUMBER, "1e1000000000", LOST),
    "a tiny exponent": (NUMBER, "0.111*10^-960000000", LOST),
    "a number too long": (NUMBER, "9" * 4_000, LOST),
    "minus signs": (NUMBER, "-" * 4_000 + "1", LOST),
    "parentheses": (NUMBER, "(" * 2_000 + "1" + ")" * 2_000, LOST),
    "a product of many": (NUMBER, "*".join(["9" * 40] * 90), LOST),
    "fractions of fractions": (NUMBER, "1/" * 2_000 + "1", LOST),
    "division by zero": (NUMBER, "1/(1-1)", LOST),
    "not a number": (NUMBER, "nan", LOST),
    "infinity": (NUMBER, "infinity", LOST),
    "a complex number": (NUMBER, "12+0j", LOST),
    "a list of guesses": (NUMBER, "12 or 13 or 14", LOST),
    "a truth": (NUMBER, "True", LOST),
    "digits of another script": (NUMBER, "٣٤٥", LOST),
    "a Cyrillic letter": (TERMS, "х1*w1", LOST),
    "superscripts": (NUMBER, "2" + "⁹" * 2_000, LOST),
    "marks upon marks": (NUMBER, "1" + "\u0301" * 3_000, LOST),
    "right to left": (NUMBER, "\u202e21\u202c", LOST),
    "an escape sequence": (WORDS, "\u009b31mred\u009b2J and \u009d0;title\u009c", WAITS),
    "a formula of a spreadsheet": (WORDS, "=cmd|' /C calc'!A0", WAITS),
    "a script": (WORDS, "<script>alert(1)</script><img src=x onerror=alert(1)>", WAITS),
    "a template": (WORDS, "{{ x.__class__.__mro__ }} {% for a in b %}", WAITS),
    "Markdown": (
        WORDS,
        "![p](file:///etc/passwd) [l](http://127.0.0.1/) <link rel=attachment href=x>",
        WAITS,
    ),
    "a style": (WORDS, "</p></main><style>@import url(http://127.0.0.1/);</style>", WAITS),
    "a formula of LaTeX": (WORDS, r"$\input{/etc/passwd}$ $\href{javascript:alert(1)}{x}$", WAITS),
    "bidi": (WORDS, "\u202ereversed\u202c \u2066isolated\u2069 \u200bhidden", WAITS),
    "a thousand lines": (WORDS, "line\n" * 800, WAITS),
    "a map of 500 columns": (MAP, "\n".join(["1 " * 500] * 4), LOST),
    "a map of 4,000 rows": (MAP, "1\n" * 1_900, LOST),
    "a map of brackets": (MAP, "[" * 4_000, LOST),
    "a map of towers": (MAP, "9**9**9 777 777\n777 777 777\n777 777 777", LOST),
    "a map of fractions": (MAP, "\n".join([" ".join(["1/" + "7" * 39] * 3)] * 3), WRONG),
    "a map of nan": (DECIMALS, "nan nan nan nan", LOST),
    "a row of formulas": (DECIMALS, "=1 =1 =1 =1", LOST),
    "a shape without end": (SHAPE, " x ".join(["9"] * 900), LOST),
    "a shape of towers": (SHAPE, "9**99**9 x 1 x 1", LOST),
    "every letter": (CHOICES, ", ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), LOST),
    "one letter a thousand times": (CHOICES, ",".join("A" * 1_500), LOST),
    "commas": (CHOICES, "," * 4_000, LOST),
}


def answered(where: str, text: str) -> str:
    """Return an answer file with one answer, line below line."""
    item, field = where.split("/")
    lines = "\n".join(f"      {line}" for line in text.split("\n"))
    return f"{HEAD}  {item}:\n    {field}: |\n{lines}\n"


CASES = [
    Case(name, f"typed-{number:02}.yaml", partial(answered, where, text), verdicts={where: verdict})
    for number, (name, (where, text, verdict)) in enumerate(TYPED.items())
]
