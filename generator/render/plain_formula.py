"""Formulas as characters, for terminals, answer files and text alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from ..language import ENGLISH, Language
from .formula_tree import formula_tree

SUBSCRIPTS = dict(zip("0123456789+−=(),aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎,ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
SUPERSCRIPTS = dict(zip("0123456789+−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ", strict=True))
SPACED = frozenset("=<>≤≥≠≈∈→+−×·*±∘⊗⊙⋅∗⋆")
OPENING = frozenset("([{⌊⌈|,;=<>≤≥≠≈∈→+−×·⋅")


@lru_cache(maxsize=4096)
def plain_formula(latex: str, language: Language = ENGLISH) -> str:
    r"""Write a formula in Unicode on one line: ``Y_{i} = \frac{1}{9}`` becomes ``Yᵢ = 1/9``.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    return plain(formula_tree(latex, language=language))


def plain(tree: Element) -> str:
    """Write a formula in Unicode on one line."""
    return " ".join(_plain(tree).split())


def _plain(element: Element) -> str:
    parts = list(element)
    match element.tag:
        case "mfrac":
            return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msub" | "munder":
            return _plain(parts[0]) + _script(parts[1], SUBSCRIPTS, "_")
        case "msup":
            return _plain(parts[0]) + _script(parts[1], SUPERSCRIPTS, "^")
        case "msubsup" | "munderover":
            below, above = _script(parts[1], SUBSCRIPTS, "_"), _script(parts[2], SUPERSCRIPTS, "^")
            return _plain(parts[0]) + below + above
        case "msqrt":
            return f"√{_grouped(element)}"
        case "mroot":
            return f"{_script(parts[1], SUPERSCRIPTS, '')}√{_grouped(parts[0])}"
        case "mtable":
            return "; ".join(_plain(row) for row in parts)
        case "mtr":
            return " ".join(_plain(cell) for cell in parts)
        case "mspace":
            return " "
        case _:
            return _row(parts) if parts else element.text or ""


def _row(parts: Sequence[Element]) -> str:
    text = ""
    for part in parts:
        written = _plain(part)
        before = text.rstrip()[-1:]
        if part.tag == "mo" and written in SPACED and before and before not in OPENING:
            written = f" {written} "
        elif part.tag == "mo" and written in (",", ";"):
            written += " "
        text += written
    return text


def _grouped(element: Element) -> str:
    text = _plain(element) if element.tag != "msqrt" else _row(list(element))
    return text if text.isalnum() else f"({text})"


def _script(element: Element, small: dict[str, str], sign: str) -> str:
    text = _plain(element).replace(" ", "")
    if all(character in small for character in text):
        return "".join(small[character] for character in text)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"
