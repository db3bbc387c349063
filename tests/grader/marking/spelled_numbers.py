"""How people, programs and word processors write one number: each a function from its value to a text.

A spelling that does not suit a number gives None.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from convexam.generator.model import Field, Rounded
from convexam.generator.number import Number
from convexam.generator.rules import written
from convexam.grader.marking.spelling import VULGAR_FRACTIONS

Spelling = Callable[[Field, Number], str | None]

_WIDE = str.maketrans("0123456789-.,/", "０１２３４５６７８９－．，／")
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_VULGAR = {value: sign for sign, value in VULGAR_FRACTIONS.items()}


def plain(field: Field, value: Number) -> str:
    """Write what the solutions print: ``-7``, ``1018/9``, or rounded as asked, ``0.50``."""
    return str(written(field.rule, value))


def fraction(field: Field, value: Number) -> str:
    return str(Fraction(value))


def decimal(field: Field, value: Number) -> str | None:
    """Write decimals where they are exact or where a rounded number is asked."""
    if isinstance(field.rule, Rounded):
        text = plain(field, value)
        return text if "." in text else None
    denominator = Fraction(value).denominator
    if denominator == 1 or denominator.bit_count() > 1:
        return None
    return f"{Decimal(Fraction(value).numerator) / denominator:f}"


def decimal_comma(field: Field, value: Number) -> str | None:
    text = decimal(field, value)
    return text and text.replace(".", ",")


def _signed(value: Number, text: str) -> str:
    return f"-{text}" if value < 0 else text


def _mixed(value: Number, between: Callable[[int, Fraction], str | None]) -> str | None:
    whole, rest = divmod(abs(Fraction(value)), 1)
    text = between(whole, rest) if whole and rest else None
    return text and _signed(value, text)


def _vulgar(field: Field, value: Number) -> str | None:
    whole, rest = divmod(abs(Fraction(value)), 1)
    return _signed(value, f"{whole or ''}{_VULGAR[rest]}") if rest in _VULGAR else None


def _grouped(mark: str) -> Spelling:
    def write(field: Field, value: Number) -> str | None:
        if not isinstance(value, int) or abs(value) < 1000:
            return None
        text = f"{value:,}".replace(",", mark)
        single = text.count(mark) == 1 and mark in ",."
        return None if single and field.kind != "integer" else text  # see the tests of languages

    return write


def _scientific(form: str, point: str = ".") -> Spelling:
    def write(field: Field, value: Number) -> str | None:
        text = decimal(field, value) or (str(value) if isinstance(value, int) else None)
        if text is None or not Fraction(text):
            return None
        sign, digits, exponent = Decimal(text).normalize().as_tuple()
        assert isinstance(exponent, int)
        places = "".join(map(str, digits))
        mantissa = places[0] + (f"{point}{places[1:]}" if len(places) > 1 else "")
        power = exponent + len(digits) - 1
        high = str(power).translate(_SUPERSCRIPT)
        return "-" * sign + form.format(mantissa=mantissa, power=power, high=high)

    return write


def _latex(field: Field, value: Number) -> str:
    number = Fraction(value)
    above, below = abs(number.numerator), number.denominator
    return _signed(value, rf"\frac{{{above}}}{{{below}}}" if below > 1 else str(above))


def _short_latex(field: Field, value: Number) -> str | None:
    number = abs(Fraction(value))
    digits = number.numerator < 10 > number.denominator > 1
    return _signed(value, rf"\tfrac{number.numerator}{number.denominator}") if digits else None


def _whole(form: str) -> Spelling:
    return lambda field, value: form.format(value) if isinstance(value, int) else None


CELLS: dict[str, Spelling] = {
    "as printed": plain,
    "a fraction": fraction,
    "decimals": decimal,
    "a Unicode minus": lambda field, value: plain(field, value).replace("-", "−"),
    "a dash": lambda field, value: plain(field, value).replace("-", "–"),
    "full-width digits": lambda field, value: plain(field, value).translate(_WIDE),
    "a plus": lambda field, value: f"+{plain(field, value)}" if value >= 0 else None,
    "a fraction slash": lambda field, value: fraction(field, value).replace("/", "⁄"),
    "a fraction in parentheses": lambda field, value: f"({fraction(field, value)})",
    "a vulgar fraction": _vulgar,
    "numpy's point": _whole("{}."),
    "numpy's exponent": _whole("{}.e+00"),
    "zeros after the point": _whole("{}.00"),
    "no zero before the point": lambda field, value: (
        text.replace("0.", ".", 1) if (text := decimal(field, value)) and abs(Fraction(text)) < 1 else None
    ),
    "an exponent": _scientific("{mantissa}e{power}"),
    "an exponent in capitals": _scientific("{mantissa}E{power:+03d}"),
    "a power of ten": _scientific("{mantissa}*10^{power}"),
    "a power of ten in Python": _scientific("{mantissa}*10**({power})"),
    "a power of ten raised": _scientific("{mantissa}×10{high}"),
    "a power of ten with a dot": _scientific("{mantissa}·10{high}", ","),
    "fractions of Python": lambda field, value: (
        f"Fraction({Fraction(value).numerator}, {Fraction(value).denominator})"
    ),
}
"""What may stand in a cell of a map as well."""


def _name(form: str) -> Spelling:
    return lambda field, value: form.format(name=field.name, text=plain(field, value))


def _around(form: str) -> Spelling:
    return lambda field, value: form.format(plain(field, value))


def _worked(field: Field, value: Number) -> str | None:
    return f"{value - 3} + 3 = {value}" if isinstance(value, int) else None


NUMBERS: dict[str, Spelling] = {
    **CELLS,
    "a decimal comma": decimal_comma,
    "spaces around": _around(" \t{}\r\n"),
    "a mixed number": lambda field, value: _mixed(value, lambda whole, rest: f"{whole} {rest}"),
    "a mixed number in LaTeX": lambda field, value: _mixed(
        value, lambda whole, rest: rf"${whole}\frac{{{rest.numerator}}}{{{rest.denominator}}}$"
    ),
    "thousands with commas": _grouped(","),
    "thousands with points": _grouped("."),
    "thousands with spaces": _grouped(" "),
    "thousands with thin spaces": _grouped("\u202f"),
    "thousands with apostrophes": _grouped("'"),
    "thousands with typographic apostrophes": _grouped("’"),
    "thousands with underscores": _grouped("_"),
    "thousands in LaTeX": _grouped(r"\,"),
    "thousands in LaTeX, commas": lambda field, value: (
        _grouped("{,}")(field, value) if field.kind == "integer" else None
    ),
    "powers of ten with spaces": _scientific("{mantissa} x 10^{power}"),
    "powers of ten in LaTeX": _scientific(r"${mantissa}\cdot 10^{{{power}}}$"),
    "powers of ten in LaTeX, times": _scientific(r"\({mantissa} \times 10^{{{power}}}\)"),
    "LaTeX": _latex,
    "LaTeX in dollars": lambda field, value: f"${_latex(field, value)}$",
    "LaTeX in brackets": lambda field, value: rf"\[ {_latex(field, value)} \]",
    "LaTeX without braces": _short_latex,
    "its name": _name("{name} = {text}"),
    "its name without spaces": _name("{name}={text}"),
    "its name and a colon": _name("{name}: {text}"),
    "an equals sign": _around("= {}"),
    "an approximate sign": _around("≈ {}"),
    "answer": _around("Answer: {}"),
    "a sentence": _around("The answer is {}."),
    "in Dutch": _around("antwoord = {}"),
    "double quotes": _around('"{}"'),
    "typographic quotes": _around("“{}”"),
    "backticks": _around("`{}`"),
    "bold": _around("**{}**"),
    "underscores of the form": _around("__{}__"),
    "brackets": _around("[{}]"),
    "parentheses": _around("({})"),
    "numpy": _around("np.float64({})"),
    "a tensor": _around("tensor({})"),
    "a tensor of a type": _around("tensor({}, dtype=torch.int32)"),
    "how it comes about": _worked,
}
