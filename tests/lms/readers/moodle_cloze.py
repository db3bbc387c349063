r"""The grammar of cloze questions, as Moodle's importer parses it.

The patterns are those of ``question/type/multianswer/questiontype.php`` (read), which Moodle runs over the
whole text: what they do not match stays text and nobody is told. Such places are refused here.

- ``{weight:TYPE:alt~alt}``; an alternative is ``=answer``, ``%50%answer`` or ``answer``, then
  ``:tolerance`` if it is a number, then ``#feedback`` (RAN). A percentage may be negative and have
  decimals: ``%33.33333%`` (read).
- Every part needs an answer of exactly 100 %; MULTIRESPONSE needs one above 0, MULTICHOICE and
  MULTIRESPONSE two options (read).
- MULTIRESPONSE: the positive fractions are scaled to add up to 1. Unless one is given as a percentage, each
  of the others takes off one over the sum. ``%0%`` does not count as given, ``%0.0%`` does (read).
- ``\}`` is ``}``, ``\#`` is ``#``, HTML 4 entities are decoded once, in answers and in feedback (RAN,
  read). ``\~`` keeps its backslash (RAN). Numbers are not trimmed, and a comma in one goes as a thousands
  separator (read).
- Options and feedback are HTML; an ``<option>`` of a drop-down list shows no markup (read: it is written as
  it is into ``<option>``).
- Up to 5.0 an ``&`` before ``#`` or ``~`` goes on with the answer; 5.1 ends the answer there (read). So
  ``&#126;`` is a tilde in feedback everywhere, in an answer only in the older ones: what the two read
  differently is refused.
- Files belong to the question's text: one in an alternative is not found (read: alternatives have no file
  area).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from html.entities import name2codepoint
from typing import Literal

from .markup import TAG, check_markup
from .moodle_marks import Alternative, Blank, Kind
from .refusal import Refused, need

FRACTION = r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%"
ANSWERS = (r".+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$)", r".+?(?<!\\)(?=[~#}]|$)")  # of 4.x, of 5.1
FEEDBACK = r".*?(?<!\\)(?=[~}]|$)"
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
NUMERICAL = re.compile(f"({DECIMAL})(?::({DECIMAL}))?")
ENTITY = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));", re.ASCII)
LOOKS = re.compile(r"\{\s*([-+\d.,/]*)\s*:\s*(\w*)")


@dataclass(frozen=True)
class Gap:
    """A gap as the patterns cut it: alternatives are sign, percentage, answer and feedback."""

    start: int
    end: int
    weight: str
    kind: str
    inside: str
    alternatives: tuple[tuple[str | None, ...], ...]


def parse(text: str, where: str) -> tuple[str, tuple[Blank, ...]]:
    """Return the text with ``{#1}``, ``{#2}``, ... in its gaps, and the blanks in that order."""
    need(not re.search(r"\{#\d+\}", text), where, "{#1} and the like are Moodle's own marks of gaps")
    gaps, newer = (_gaps(text, answer) for answer in ANSWERS)
    need(gaps == newer, where, "an & before # or ~ in an answer: Moodle 5.1 ends the answer there")
    pieces: list[str] = []
    after = 0
    for number, gap in enumerate(gaps, 1):
        pieces += [text[after : gap.start], f"{{#{number}}}"]
        after = gap.end
    rest = "".join([*pieces, text[after:]])
    loose = LOOKS.search(rest)
    if loose:
        shown = rest[loose.start() : loose.start() + 30]
        raise Refused(f"{where}: {shown!r} stays text: {_why(*loose.groups())}")
    need(gaps, where, "a cloze without a gap")
    return rest, tuple(_blank(gap, f"{where}, gap {number}") for number, gap in enumerate(gaps, 1))


def _gaps(text: str, answer: str) -> list[Gap]:
    """Cut the gaps out of a text, with the pattern of answers of one version."""
    alternative = f"({FRACTION})?({answer})(#({FEEDBACK}))?"
    one = re.compile(f"~?{alternative}", re.S)
    found = []
    for gap in re.finditer(f"{START}({alternative}(?:~{alternative})*)}}", text, re.S):
        rest, alternatives = gap[3], []
        while cut := one.search(rest):
            alternatives.append((cut[1], cut[2], cut[3], cut[5]))
            rest = rest.split(cut[0], 1)[1]
        found.append(Gap(gap.start(), gap.end(), gap[1], gap[2], gap[3], tuple(alternatives)))
    return found


def _why(weight: str, kind: str) -> str:
    if weight and not weight.isdigit():
        return f"weight {weight!r} is not whole"
    return "no end, or no alternative" if kind in TYPES else f"unknown TYPE {kind!r}"


def _blank(gap: Gap, where: str) -> Blank:
    kind, layout, shuffled = TYPES[gap.kind]
    need(
        not re.search(START, gap.inside), where, f"never closed, so it takes in the next: {gap.inside[:60]!r}"
    )
    need("@@PLUGINFILE@@" not in gap.inside, where, "a file in an alternative is not found")
    need("\\~" not in gap.inside, where, r"\~ keeps its backslash")
    alternatives = [_alternative(one, kind, where) for one in gap.alternatives]
    given = any((percent or "0") != "0" for _, percent, _, _ in gap.alternatives)
    if kind == "MULTIRESPONSE":
        alternatives = _scaled(alternatives, given=given)
    check_alternatives(kind, tuple(alternatives), where)
    for option in alternatives:
        markup = layout == "dropdown" and TAG.search(option.text)
        need(not markup, where, f"a drop-down list shows no markup: {option.text!r}")
    return Blank(kind, int(gap.weight or 1), tuple(alternatives), layout, shuffled)


def _alternative(one: tuple[str | None, ...], kind: Kind, where: str) -> Alternative:
    sign, percent, raw = one[0], one[1], one[2] or ""
    feedback = decoded(one[3] or "")
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
