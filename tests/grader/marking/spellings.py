"""How people write answers to every kind of field: for each kind, named functions from a value to an answer.

A spelling that does not suit a value gives None. `TWO_MEANINGS` names those that may stay unread, and why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from convexam.generator.model import Field, FieldKind, Value

from .spelled_maps import LAYOUTS
from .spelled_numbers import CELLS, NUMBERS, decimal_comma, plain

Spelling = Callable[[Field, Any], Any]

# -- maps ---------------------------------------------------------------------------------------

_WORD_PROCESSED = str.maketrans({"-": "−", " ": "\u00a0"})


def _in_layout(layout: Callable[[Any], Any]) -> Spelling:
    def spelled(field: Field, value: Any) -> Any:
        raw = layout([[plain(field, cell) for cell in row] for row in value])
        return raw.replace("NAME", field.name) if isinstance(raw, str) else raw

    return spelled


def _with_cells(write: Callable[[Field, Any], str | None], cell: str = " ", row: str = "\n") -> Spelling:
    """Lay out cells that are written in one way where that suits them, and as printed where not."""

    def spelled(field: Field, value: Any) -> str | None:
        texts = [[write(field, number) for number in numbers] for numbers in value]
        if not any(text for line in texts for text in line):
            return None
        return row.join(
            cell.join(text or plain(field, number) for text, number in zip(line, numbers, strict=True))
            for line, numbers in zip(texts, value, strict=True)
        )

    return spelled


MAPS: dict[str, Spelling] = {
    **{name: _in_layout(layout) for name, layout in LAYOUTS.items()},
    **{
        f"cells: {name}": _with_cells(write) for name, write in CELLS.items() if name != "fractions of Python"
    },
    **{f"cells between tabs: {name}": _with_cells(write, "\t") for name, write in CELLS.items()},
    "decimal commas": _with_cells(decimal_comma),
    "decimal commas of a spreadsheet": _with_cells(decimal_comma, "\t"),
    "decimal commas of a CSV": _with_cells(decimal_comma, ";"),
    "decimal commas and bars": _with_cells(decimal_comma, " | "),
    "a word processor": lambda field, value: _with_cells(plain)(field, value).translate(_WORD_PROCESSED),
}

# -- shapes -------------------------------------------------------------------------------------


def _sizes(between: str, form: str = "{}") -> Spelling:
    return lambda field, value: form.format(between.join(map(str, value)))


SHAPES: dict[str, Spelling] = {
    "x": _sizes("x"),
    "x and spaces": _sizes(" x "),
    "X": _sizes("X"),
    "a times sign": _sizes("×"),
    "a times sign and spaces": _sizes(" × "),
    "a star": _sizes("*"),
    "a dot": _sizes(" · "),
    "by": _sizes(" by "),
    "commas": _sizes(","),
    "commas and spaces": _sizes(", "),
    "semicolons": _sizes("; "),
    "spaces": _sizes(" "),
    "tabs": _sizes("\t"),
    "a tuple": lambda field, value: str(value),
    "a tuple without spaces": lambda field, value: str(value).replace(" ", ""),
    "a list": _sizes(", ", "[{}]"),
    "a list of texts": lambda field, value: list(map(str, value)),
    "a list in a list": lambda field, value: [list(map(str, value))],
    "braces": _sizes(", ", "{{{}}}"),
    "torch": _sizes(", ", "torch.Size([{}])"),
    "TensorFlow": _sizes(", ", "TensorShape([{}])"),
    "LaTeX": _sizes(r" \times ", "${}$"),
    "LaTeX without spaces": _sizes(r"\times{}"),
    "full-width": lambda field, value: "ｘ".join(map(str, value)),
    "a sentence": _sizes(" x ", "Shape: {}"),
    "its name": lambda field, value: f"{field.name} = {value}",
    "a full stop": _sizes(" x ", "{}."),
    "quotes": _sizes("x", '"{}"'),
    "thousands": lambda field, value: (
        " x ".join(f"{size:,}".replace(",", ".") for size in value)
        if max(value) in range(1000, 10**6)
        else None
    ),
}

# -- choices ------------------------------------------------------------------------------------


def _lettered(field: Field) -> bool:
    return all(len(option.name) == 1 for option in field.options)


def _texts(field: Field) -> dict[str, str]:
    """Return what stands behind the letters; `in_words_of` puts it last."""
    return {
        option.name: option.also[-1] for option in field.options if option.also and len(option.also[-1]) > 20
    }


def _spelled_out(form: str = "{text}") -> Spelling:
    def write(field: Field, value: Any) -> Any:
        texts = _texts(field)
        names = [value] if isinstance(value, str) else value
        if not names or not _lettered(field) or not all(name in texts for name in names):
            return None
        return "\n".join(form.format(name=name, text=texts[name]) for name in names)

    return write


def _a_beginning(field: Field, value: str) -> str | None:
    texts = _texts(field)
    start = texts.get(value, "")[:40]
    alone = start and sum(text.startswith(start) for text in texts.values()) == 1
    return start if alone else None


def _other_words(place: int) -> Spelling:
    def write(field: Field, value: str) -> str | None:
        words = next(option.also for option in field.options if option.name == value)
        return words[place] if place < len(words) else None

    return write


CHOICES: dict[str, Spelling] = {
    "its name": lambda field, value: value,
    "small letters": lambda field, value: value.lower(),
    "capitals": lambda field, value: value.upper(),
    "spaces": lambda field, value: f" {value} \n",
    "a parenthesis": lambda field, value: f"{value})",
    "parentheses": lambda field, value: f"({value})",
    "a full stop": lambda field, value: f"{value}.",
    "quotes": lambda field, value: f'"{value}"',
    "bold": lambda field, value: f"**{value}**",
    "answer": lambda field, value: f"Answer: {value}",
    "a sentence": lambda field, value: f"The answer is {value}.",
    "a short sentence": lambda field, value: f"answer {value}",
    "in Dutch": lambda field, value: f"Antwoord: {value}",
    "option": lambda field, value: f"option {value}" if _lettered(field) else None,
    "its label": lambda field, value: f"{field.name}: {value}" if not _lettered(field) else None,
    "a list": lambda field, value: [value],
    "keys of YAML": lambda field, value: {value: None},
    "its text": _spelled_out(),
    "the beginning of its text": _a_beginning,
    "its letter and text": _spelled_out("{name}) {text}"),
    **{f"other words, {place}": _other_words(place) for place in range(4)},
}


def _several(between: str, form: str = "{}") -> Spelling:
    return lambda field, value: form.format(between.join(value)) if len(value) > 1 else None


SEVERAL: dict[str, Spelling] = {
    "commas": lambda field, value: ", ".join(value) or "none",
    "commas without spaces": _several(","),
    "semicolons": _several("; "),
    "spaces": _several(" "),
    "lines": _several("\n"),
    "brackets": _several(", ", "[{}]"),
    "braces": _several(", ", "{{{}}}"),
    "a list": lambda field, value: list(value) or None,
    "JSON": lambda field, value: json.dumps(value) if value else None,
    "small letters": lambda field, value: ", ".join(value).lower() or "None.",
    "answer": lambda field, value: f"Answer: {', '.join(value) or 'none'}",
    "its texts": _spelled_out(),
    "its letters and texts": _spelled_out("{name}. {text}"),
}
ANY_NUMBER: dict[str, Spelling] = {
    **SEVERAL,
    "and": lambda field, value: f"{', '.join(value[:-1])} and {value[-1]}" if len(value) > 1 else None,
    "ampersands": _several(" & "),
    "plus": _several(" + "),
    "run together": lambda field, value: "".join(value) if len(value) > 1 and _lettered(field) else None,
    "another order": lambda field, value: ", ".join(reversed(value)) or "nothing",
    "keys of YAML": lambda field, value: dict.fromkeys(value) or None,
}
ORDERS: dict[str, Spelling] = {
    **SEVERAL,
    "run together": _several(""),
    "greater than": _several(" > "),
    "arrows": _several(" → "),
    "arrows of characters": _several("->"),
    "hyphens": _several("-"),
    "numbered": lambda field, value: " ".join(f"{place}. {name}" for place, name in enumerate(value, 1)),
    "numbered lines": lambda field, value: "\n".join(
        f"{place}) {name}" for place, name in enumerate(value, 1)
    ),
}

# -- records ------------------------------------------------------------------------------------


def _pairs(form: str, between: str, around: str = "{}") -> Spelling:
    return lambda field, value: around.format(
        between.join(form.format(part.name, each) for part, each in zip(field.parts, value, strict=True))
    )


RECORDS: dict[str, Spelling] = {
    "names and values": _pairs("{}: {}", ", "),
    "equals signs": _pairs("{} = {}", "; "),
    "no signs": _pairs("{} {}", ", "),
    "lines": _pairs("{}: {}", "\n"),
    "braces": _pairs("{}: {}", ", ", "{{{}}}"),
    "JSON": lambda field, value: json.dumps(
        dict(zip([part.name for part in field.parts], value, strict=True))
    ),
    "capitals": lambda field, value: _pairs("{}: {}", ", ")(field, value).upper(),
    "and": _pairs("{} {}", " and "),
    "nothing between": _pairs("{}={}", " "),
    "in order": _pairs("{1}", ", "),
    "in order, semicolons": _pairs("{1}", "; "),
    "a tuple": _pairs("{1}", ", ", "({})"),
    "brackets": _pairs("{1}", ", ", "[{}]"),
    "tabs": _pairs("{1}", "\t"),
    "bars": _pairs("{1}", " | ", "| {} |"),
    "order of lines": _pairs("{1}", "\n"),
    "a list": lambda field, value: list(map(str, value)),
    "keys": lambda field, value: {
        part.name: str(each) for part, each in zip(field.parts, value, strict=True)
    },
    "keys in a list": lambda field, value: [
        {part.name: str(each)} for part, each in zip(field.parts, value, strict=True)
    ],
    "short names": lambda field, value: ", ".join(
        f"{part.name[:3]}: {each}" for part, each in zip(field.parts, value, strict=True)
    ),
    "both sides": lambda field, value: ", ".join(
        f"{part.name}: {f'{each} x {each}' if isinstance(each, int) else each}"
        for part, each in zip(field.parts, value, strict=True)
    ),
}

# -- expressions --------------------------------------------------------------------------------

_NAME = re.compile(r"([A-Za-z])(?:([0-9]+)|\[([0-9]+),([0-9]+)\])?")
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_HIGH = {"^2": "²", "^3": "³"}


def _names(indexed: str, times: str = "*", form: str = "{}") -> Spelling:
    """Write each name with its indices in one form, and products with one sign."""

    def name(match: re.Match[str]) -> str:
        indices = [index for index in match.groups()[1:] if index]
        low = ",".join(indices).translate(_LOW)
        return indexed.format(letter=match[1], i=",".join(indices), low=low) if indices else match[1]

    return lambda field, value: form.format(_NAME.sub(name, value).replace("*", times))


def _run_together_names(field: Field, value: str) -> str | None:
    digits = re.findall(r"[0-9]+", value)
    return (
        value.replace("[", "").replace(",", "").replace("]", "") if all(len(d) == 1 for d in digits) else None
    )


def _terms(value: str) -> list[str]:
    """Return the terms, each with its sign."""
    signed = value if value.startswith("-") else f"+{value}"
    return re.sub(r" ([+-]) ", r"\n\1", signed).split("\n")


def _reversed(field: Field, value: str) -> str:
    return " ".join(reversed(_terms(value)))


def _left(field: Field) -> str:
    return next(letter for letter in "YZQ" if letter not in {family.letter for family in field.names})


EXPRESSIONS: dict[str, Spelling] = {
    "as stored": lambda field, value: value,
    "no stars": lambda field, value: value.replace("*", " "),
    "no spaces": lambda field, value: value.replace(" ", ""),
    "brackets": _names("{letter}[{i}]"),
    "brackets, no stars": _names("{letter}[{i}]", ""),
    "parentheses": _names("{letter}({i})"),
    "subscripts of LaTeX": _names("{letter}_{{{i}}}", " "),
    "LaTeX": _names("{letter}_{{{i}}}", r" \cdot ", "${}$"),
    "LaTeX times": _names("{letter}_{{{i}}}", r"\times ", r"\[ {} \]"),
    "LaTeX thin spaces": _names("{letter}_{{{i}}}", r"\,"),
    "underscores": _names("{letter}_{i}", "*"),
    "subscripts": _names("{letter}{low}", "·"),
    "a bullet": _names("{letter}{low}", " • "),
    "a times sign": lambda field, value: value.replace("*", " × "),
    "a Unicode minus": lambda field, value: value.replace("-", "−"),
    "digits alone": _run_together_names,
    "terms in another order": _reversed,
    "factors in another order": lambda field, value: " ".join(
        term[0] + "*".join(reversed(term[1:].split("*"))) for term in _terms(value)
    ),
    "a left side": lambda field, value: f"{_left(field)} = {value}",
    "an indexed left side": lambda field, value: f"{_left(field)}_{{0,0}} = {value}",
    "an equals sign": lambda field, value: f"= {value}",
    "answer": lambda field, value: f"Answer: {value}",
    "an end": lambda field, value: f"{value};",
    "parentheses around": lambda field, value: f"({value})",
    "terms in parentheses": lambda field, value: " + ".join(f"({term})" for term in _terms(value)),
    "powers raised": lambda field, value: re.sub(r"\^[23]", lambda power: _HIGH[power[0]], value),
    "powers of Python": lambda field, value: value.replace("^", "**"),
    "a list": lambda field, value: [value],
    "other capitals": lambda field, value: (
        value.swapcase()
        if len({family.letter.lower() for family in field.names}) == len(field.names)
        else None
    ),
}

# -- all kinds ----------------------------------------------------------------------------------


_MORE_NUMBERS: dict[str, Spelling] = {
    "a list": lambda field, value: [plain(field, value)],
    "keys of YAML": lambda field, value: {plain(field, value): None},
    "its unit": lambda field, value: _with_unit(field, value),
}


def _with_unit(field: Field, value: Any) -> str | None:
    label = str(field.label)
    unit = next((unit for unit in ("kB", "KiB", "MB", "MiB", "bytes", "percent") if unit in label), None)
    return unit and f"{plain(field, value)} {'%' if unit == 'percent' else unit}"


TEXTS: dict[str, Spelling] = {"as it is": lambda field, value: value}

SPELLINGS: dict[FieldKind, dict[str, Spelling]] = {
    "integer": {**NUMBERS, **_MORE_NUMBERS},
    "number": {**NUMBERS, **_MORE_NUMBERS},
    "tensor": MAPS,
    "shape": SHAPES,
    "choice": CHOICES,
    "choices": ANY_NUMBER,
    "order": ORDERS,
    "record": RECORDS,
    "expression": EXPRESSIONS,
    "text": TEXTS,
}


TWO_MEANINGS: dict[tuple[FieldKind, str], str] = {
    ("number", "a decimal comma"): "can mean two numbers",  # 1,133
    ("number", "a mixed number"): "can mean two numbers",  # 3 767/1250
    ("shape", "commas"): "can be one size or several",  # 256,256
    ("shape", "spaces"): "can be one size or several",  # 256 256
}
"""Spellings that wait for a person where three digits stand behind a comma or a space, and what is said then."""


def spelled(field: Field, value: Value) -> Iterator[tuple[str, Any]]:
    """Yield all spellings that suit a value, with their names."""
    for name, spelling in SPELLINGS[field.kind].items():
        raw = spelling(field, value)
        if raw is not None:
            yield name, raw
