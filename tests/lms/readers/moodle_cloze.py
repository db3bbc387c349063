r"""The grammar of cloze questions, as Moodle's importer parses it.

The patterns are those of ``question/type/multianswer/questiontype.php`` (read), which Moodle runs over the whole text:
what they do not match stays text and nobody is told. Such places are refused here.

- ``{weight:TYPE:alt~alt}``; an alternative is ``=answer``, ``%50%answer`` or ``answer``, then ``:tolerance`` if it is a
  number, then ``#feedback`` (RAN). A percentage may be negative and have decimals: ``%33.33333%`` (read).
- Every part needs an answer of exactly 100 %; MULTIRESPONSE needs one above 0, MULTICHOICE and MULTIRESPONSE two
  options (read).
- MULTIRESPONSE: the positive fractions are scaled to add up to 1. Unless one is given as a percentage, each of the others
  takes off one over the sum. ``%0%`` does not count as given, ``%0.0%`` does (read).
- ``\}`` is ``}``, ``\#`` is ``#``, HTML 4 entities are decoded once, in answers and in feedback (RAN, read). ``\~`` keeps
  its backslash (RAN). Numbers are not trimmed, and a comma in one goes as a thousands separator (read).
- Options and feedback are HTML; an ``<option>`` of a drop-down list shows no markup (read: it is written as it is
  into ``<option>``).
- Files belong to the question's text: one in an alternative is not found (read: alternatives have no file area).
"""

from __future__ import annotations

import re
from fractions import Fraction
from html.entities import name2codepoint
from typing import Literal

from .markup import TAG, check_markup
from .moodle_marks import Alternative, Blank, Kind
from .refusal import Refused, need

FRACTION = r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%"
ANSWER = r".+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$)"
FEEDBACK = r".*?(?<!\\)(?=[~}]|$)"
ALTERNATIVE = f"({FRACTION})?({ANSWER})(#({FEEDBACK}))?"
DECIMAL = r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?"

Layout = Literal["", "dropdown", "vertical", "horizontal"]
TYPES: dict[str, tuple[Kind, Layout, bool]] = {
    **dict.fromkeys(("NUMERICAL", "NM"), ("NUMERICAL", "", False)),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), ("SHORTANSWER", "", False)),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), ("SHORTANSWER_C", "", False)),
    **dict.fromkeys(("MULTICHOICE", "MC"), ("MULTICHOICE", "dropdown", False)),
    **dict.fromkeys(("MULTICHOICE_S", "MCS"), ("MULTICHOICE", "dropdown", True)),
    **dict.fromkeys(("MULTICHOICE_V", "MCV"), ("MULTICHOICE", "vertical", False)),
    **dict.fromkeys(("MULTICHOICE_VS", "MCVS"), ("MULTICHOICE", "vertical", True)),
    **dict.fromkeys(("MULTICHOICE_H", "MCH"), ("MULTICHOICE", "horizontal", False)),
    **dict.fromkeys(("MULTICHOICE_HS", "MCHS"), ("MULTICHOICE", "horizontal", True)),
    **dict.fromkeys(("MULTIRESPONSE", "MR"), ("MULTIRESPONSE", "vertical", False)),
    **dict.fromkeys(("MULTIRESPONSE_S", "MRS"), ("MULTIRESPONSE", "vertical", True)),
    **dict.fromkeys(("MULTIRESPONSE_H", "MRH"), ("MULTIRESPONSE", "horizontal", False)),
    **dict.fromkeys(("MULTIRESPONSE_HS", "MRHS"), ("MULTIRESPONSE", "horizontal", True)),
}

START = rf"\{{([0-9]*):({'|'.join(TYPES)}):"
BLANK = re.compile(f"{START}({ALTERNATIVE}(?:~{ALTERNATIVE})*)}}", re.S)
ONE = re.compile(f"~?{ALTERNATIVE}", re.S)
NUMERICAL = re.compile(f"({DECIMAL})(?::({DECIMAL}))?")
ENTITY = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));", re.ASCII)
LOOKS = re.compile(r"\{\s*([-+\d.,/]*)\s*:\s*(\w*)")


def parse(text: str, where: str) -> tuple[str, tuple[Blank, ...]]:
    """Return the text with ``{#1}``, ``{#2}``, ... in its gaps, and the blanks in that order."""
    need(not re.search(r"\{#\d+\}", text), where, "{#1} and the like are Moodle's own marks of gaps")
    pieces: list[str] = []
    blanks: list[Blank] = []
    after = 0
    for found in BLANK.finditer(text):
        blanks.append(_blank(found, f"{where}, gap {len(blanks) + 1}"))
        pieces += [text[after : found.start()], f"{{#{len(blanks)}}}"]
        after = found.end()
    rest = "".join([*pieces, text[after:]])
    loose = LOOKS.search(rest)
    if loose:
        raise Refused(
            f"{where}: {rest[loose.start() : loose.start() + 30]!r} stays text: {_why(*loose.groups())}"
        )
    need(blanks, where, "a cloze without a gap")
    return rest, tuple(blanks)


def _why(weight: str, kind: str) -> str:
    if weight and not weight.isdigit():
        return f"weight {weight!r} is not whole"
    return "no end, or no alternative" if kind in TYPES else f"unknown TYPE {kind!r}"


def _blank(found: re.Match[str], where: str) -> Blank:
    kind, layout, shuffled = TYPES[found[2]]
    inside = found[3]
    need(not re.search(START, inside), where, f"never closed, so it takes in the next: {found[0][:60]!r}")
    need("@@PLUGINFILE@@" not in inside, where, "a file in an alternative is not found")
    need("\\~" not in inside, where, r"\~ keeps its backslash; &#126; is a tilde")
    alternatives, given = [], False
    while one := ONE.search(inside):
        inside = inside.split(one[0], 1)[1]
        given = given or (one[2] or "0") != "0"
        alternatives.append(_alternative(one, kind, where))
    if kind == "MULTIRESPONSE":
        alternatives = _scaled(alternatives, given=given)
    weight = int(found[1] or 1)
    check_alternatives(kind, tuple(alternatives), where)
    for option in alternatives:
        markup = layout == "dropdown" and TAG.search(option.text)
        need(not markup, where, f"a drop-down list shows no markup: {option.text!r}")
    return Blank(kind, weight, tuple(alternatives), layout, shuffled)


def _alternative(one: re.Match[str], kind: Kind, where: str) -> Alternative:
    sign, percent, raw, feedback = one[1], one[2], one[3], decoded(one[5] or "")
    fraction = Fraction(percent.replace(",", ".")) / 100 if percent else Fraction(sign == "=")
    need(not re.match(r"%[^%]*%", raw), where, f"{raw!r}: that is no percentage, and stays text")
    check_markup(feedback, where)
    if kind != "NUMERICAL":
        text = decoded(raw)
        if kind.startswith("MULTI"):
            check_markup(text, where)
        return Alternative(text.strip(), fraction, feedback)
    if raw == "*":
        return Alternative("*", fraction, feedback)
    number = NUMERICAL.fullmatch(raw)
    need(number, where, f"{raw!r} is no number, or no number:tolerance")
    assert number
    tolerance = number[2] or "0"
    check_number(number[1], where)
    check_number(tolerance, where)
    need(float(tolerance) >= 0, where, f"tolerance {tolerance} would lose its sign")
    return Alternative(number[1], fraction, feedback, float(tolerance))


def _scaled(options: list[Alternative], *, given: bool) -> list[Alternative]:
    """Scale the shares of MULTIRESPONSE, whose positive ones add up to 1."""
    total = sum((o.fraction for o in options if o.fraction > 0), Fraction(0))
    if not total:
        return options
    shares = [o.fraction / total if o.fraction > 0 else o.fraction if given else -1 / total for o in options]
    return [Alternative(o.text, share, o.feedback) for o, share in zip(options, shares, strict=True)]


def decoded(text: str) -> str:
    """Decode the entities of HTML 4 once, then ``\\}`` and ``\\#``."""

    def character(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name:
            return chr(name2codepoint[name]) if name in name2codepoint else found[0]
        return chr(int(decimal) if decimal else int(hexadecimal, 16))

    return ENTITY.sub(character, text).replace("\\}", "}").replace("\\#", "#")


def check_alternatives(kind: Kind, alternatives: tuple[Alternative, ...], where: str) -> None:
    """Refuse a part that has no full answer, an empty answer, or one option only."""
    need(all(a.text for a in alternatives), where, "an answer is empty")
    if kind == "MULTIRESPONSE":
        need(any(a.fraction > 0 for a in alternatives), where, "no answer above 0 %")
    else:
        need(any(a.fraction == 1 for a in alternatives), where, "no answer of 100 %")
    if kind.startswith("MULTI"):
        need(len(alternatives) > 1, where, "fewer than two options")


def check_number(text: str, where: str) -> None:
    """Refuse what PHP reads as another number than it looks."""
    need("," not in text, where, f"{text!r}: the comma goes, as a thousands separator")
    need(abs(float(text)) < float("inf"), where, f"{text!r} is too large for PHP")
