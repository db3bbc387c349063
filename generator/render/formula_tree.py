"""LaTeX formulas as checked MathML trees: what every medium starts from.

latex2mathml accepts more than a paper needs, among it links, styles and macros; it writes characters as
entities and lets unknown commands pass as names. Texts of banks come from strangers, so the tree is held
to a list of elements and attributes, and a formula that is not understood is an error.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Set
from itertools import chain, pairwise
from xml.etree.ElementTree import Element

from ..language import ENGLISH, Language
from ..text import TextError

CHILDREN = {  # elements that have a fixed number of parts
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
ELEMENTS = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msqrt", "mstyle", "mpadded"} | {
    "mtable",
    "mtr",
    "mtd",
    *CHILDREN,
}
ATTRIBUTES = {
    *("display", "displaystyle", "scriptlevel", "mathvariant", "width", "linebreak"),
    *("stretchy", "fence", "form", "accent", "accentunder", "separator", "movablelimits", "largeop"),
    *("columnalign", "columnspacing", "rowspacing", "minsize", "maxsize", "linethickness"),
}
SCRIPTS = {"msub", "msup", "munder", "mover", "msubsup", "munderover"}
FENCES = ("⌊", "⌋", "⌈", "⌉", "⟨", "⟩")
CLOSING = (")", "]", "}", "⌋", "⌉", "⟩", "|", "!")
NO_BREAK = "\N{NO-BREAK SPACE}"  # what latex2mathml writes for a space in a text
PRIMES = ("′", "″", "‴")
CLOSE = {"lspace": "0em", "rspace": "0em"}


_WORDS = re.compile(r"[^\s:,](?:.*[^\s:,])?")  # without the spaces and signs around them
MOST_CHARACTERS = 1000
MOST_WORK = 2000  # about two seconds
_NESTS = re.compile(r"\\(?:left|right|begin|end)(?![a-zA-Z])|[{}]")
_TIMES = {"\\begin": 5}
_ENDS = {"}", "\\right", "\\end"}


def formula_tree(latex: str, *, display: bool = False, language: Language = ENGLISH) -> Element:
    """Parse a formula into MathML without a name space.

    Parameters
    ----------
    latex
        The formula, without dollar signs.
    display
        Whether it stands on a line of its own.
    language
        That of its numbers and words.

    Raises
    ------
    TextError
        If it is not LaTeX, or uses a command that papers do not know.
    """
    from latex2mathml.converter import convert_to_element  # slow to load

    _require_bounded(latex)
    if "\\newcommand" in latex or "\\def" in latex:
        raise TextError(f"the formula {_cut(latex)!r} defines a command; write it out instead")
    try:
        tree = convert_to_element(latex, display="block" if display else "inline")
    except Exception as error:  # the library's errors have no class in common
        reason = str(error) or "something is missing, or stands where it cannot"
        raise TextError(f"the formula {_cut(latex)!r} is not LaTeX that can be set: {reason}") from error
    tree.attrib.pop("xmlns")
    for element in tree.iter():
        _check(element, latex)
        element.text = html.unescape(element.text) if element.text else None
    for element in tree.iter():
        _retag(element)
        _set_signs(element)
        _set_script(element)
        if element.tag == "mtable":
            element.attrib.setdefault("columnspacing", "0.8em")
    if language != ENGLISH:
        _translate(tree, language)
    return tree


def _check(element: Element, latex: str) -> None:
    unknown = [*({element.tag} - ELEMENTS), *sorted(set(element.attrib) - ATTRIBUTES)]
    if unknown:
        raise TextError(
            f"the formula {_cut(latex)!r} uses a command for {unknown[0]!r}, which papers do not know"
        )
    if len(element) != CHILDREN.get(element.tag, len(element)):
        raise TextError(f"the formula {_cut(latex)!r} leaves out an argument, as of \\frac{{…}}{{…}}")
    if "\\" in (element.text or ""):
        raise TextError(f"the formula {_cut(latex)!r} uses the unknown command {element.text!r}")


# -- other languages ------------------------------------------------------------------------------


def _translate(tree: Element, language: Language) -> None:
    """Translate words, and write decimals with their sign; where that is a comma, semicolons part numbers."""
    for words in tree.iter("mtext"):
        text = language.number((words.text or "").replace(NO_BREAK, " "))
        words.text = _WORDS.sub(lambda match: language.translate(match[0]), text, count=1).replace(
            " ", NO_BREAK
        )
    decimals = [number for number in tree.iter("mn") if "." in (number.text or "")]
    for number in decimals:
        number.text = language.number(number.text or "")
    if decimals and language.decimal == ",":
        scripts = {part for script in tree.iter() if script.tag in SCRIPTS for part in script[1:]}
        for comma in _commas(tree, scripts):
            comma.text = ";"


def _commas(element: Element, scripts: Set[Element]) -> Iterator[Element]:
    """Yield the commas of a formula, but not those between the indices of a symbol."""
    for part in element:
        if part not in scripts:
            yield from _commas(part, scripts)
    if element.tag == "mo" and element.text == ",":
        yield element


# -- what latex2mathml leaves unlike TeX -----------------------------------------------------------


def _retag(element: Element) -> None:
    text = element.text or ""
    if text in FENCES:
        element.tag = "mo"  # as an identifier it would not grow with what it encloses
    elif element.tag == "mo" and text.isalpha() and len(text) > 1:
        element.tag = "mi"  # as an operator, "max" would keep a distance from its bracket
    elif element.tag == "msup" and element[1].text in PRIMES:
        element.tag = "mrow"  # a prime is raised already; browsers would raise it twice


def _set_signs(row: Element) -> None:
    """Set a sign close to its number where it is no operation, as in (-1)."""
    for before, sign in pairwise(row):
        if sign.tag == "mo" and sign.text in ("−", "+") and before.tag == "mo" and before.text not in CLOSING:
            sign.attrib.update(CLOSE)


def _set_script(element: Element) -> None:
    """Set operators in an index, and slashes everywhere, without spaces."""
    scripts = element[1:] if element.tag in SCRIPTS else ()
    for operator in chain.from_iterable(script.iter("mo") for script in scripts):
        operator.attrib.update(CLOSE)
    if element.tag == "mo" and element.text == "/":
        element.attrib.update(CLOSE)


def _cut(latex: str) -> str:
    return latex if len(latex) <= 80 else f"{latex[:79]}…"


def _require_bounded(latex: str) -> None:
    if len(latex) > MOST_CHARACTERS or _work(latex) > MOST_WORK:
        raise TextError(
            f"the formula ${latex[:40]}...$ is too long or nested too deeply: "
            f"at most {MOST_CHARACTERS} characters, and few braces within braces"
        )


def _work(latex: str) -> int:
    """Estimate what it takes to set a formula: it doubles with every level, and a table is two and more."""
    total, levels = 0, [1]
    for sign in _NESTS.findall(latex):
        if sign in _ENDS:
            levels = levels[:-1] or [1]
        else:
            levels.append(levels[-1] * _TIMES.get(sign, 2))
            total += levels[-1]
    return total
