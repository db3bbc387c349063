r"""LaTeX that people paste, in plain signs: ``\frac{1}{3}`` becomes ``(1/3)``, an environment its rows.

Only what can stand in an answer is known. What is left over keeps its backslash, which no reader takes.
"""

from __future__ import annotations

import re
from functools import partial

_MATRIX = r"\{(?:[bBpvV]?(?:small)?matrix|array)\*?\}"
_SIGNS = {
    rf"\\begin{_MATRIX}(?:\{{[lcr| ]{{0,64}}\}})?": "[",
    rf"\\end{_MATRIX}": "]",
    r"\\begin\{[A-Za-z]{1,20}\*?\}(?:\{[lcr| ]{0,64}\})?|\\end\{[A-Za-z]{1,20}\*?\}": "",
    r"\\\\(?:\[[0-9.]{1,6}[a-z]{2}\])?": "\n",
    r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|hline)(?![A-Za-z])\.?": "",
    r"\\[(\[)\]]|\$": "",
    r"\\(?:cdot|times|ast)(?![A-Za-z])": "*",
    r"\\div(?![A-Za-z])": "/",
    r"\\approx(?![A-Za-z])": "=",
    r"\\,": "\u2009",
    r"\\(?:[;:! ]|q?quad(?![A-Za-z]))|~": " ",
    r"\{([.,]?)\}": r"\1",
    r"\\([{}%&])": r"\1",
}
_PATTERNS = [(re.compile(pattern), plain) for pattern, plain in _SIGNS.items()]
_AROUND_ROWS = re.compile(
    r"\\left\s*\\?[(\[{|.](?=\s*\\begin)|(\\end\{[A-Za-z]{1,20}\*?\}\s*)\\right\s*\\?[)\]}|.]"
)
_LATEX = re.compile(r"[\\$]|\{[.,]\}")
_POWER = re.compile(r"\^\{([^{}]{1,40})\}")
_FRACTION = re.compile(
    r"""(?P<whole>(?<![\w.,^}\\])[0-9]{1,9}\s*)?
    \\[dt]?frac\s*(?:\{(?P<above>[^{}]{1,60})\}\s*\{(?P<below>[^{}]{1,60})\}|(?P<one>[0-9])\s*(?P<other>[0-9]))""",
    re.VERBOSE,
)


def without_latex(text: str, *, mixed: bool = True, cells: bool = False) -> str:
    r"""Write LaTeX in plain signs, and leave any other text as it is.

    `mixed` says that ``2\frac{1}{3}`` is a mixed number; where products are written without a sign, it could
    also be two thirds. `cells` says that spaces separate cells, not ``&``, as in ``2 \frac{1}{3}``.
    """
    if not _LATEX.search(text):
        return text
    text = _AROUND_ROWS.sub(lambda match: match[1] or "", text)
    spaced = not cells or "&" in text
    text = _FRACTION.sub(partial(_fraction, mixed=mixed, spaced=spaced), text)
    for pattern, plain in _PATTERNS:
        text = pattern.sub(plain, text)
    return _POWER.sub(r"^(\1)", text)


def _fraction(match: re.Match[str], *, mixed: bool, spaced: bool) -> str:
    r"""Write a fraction in brackets; ``2\frac{1}{3}`` is a mixed number if it can be one."""
    above, below = match["above"] or match["one"], match["below"] or match["other"]
    before = match["whole"] or ""
    if not before or (before[-1].isspace() and not spaced):
        fraction = f"({above}/{below})" if (above + below).isalnum() else f"(({above})/({below}))"
        return before + fraction
    proper = above.isdecimal() and below.isdecimal() and int(above) < int(below)
    return f"({before.strip()}+{above}/{below})" if mixed and proper else match[0]
