"""What is asked about connections: names of units, rows and columns, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..document import Message, say
from ..model import Case, Field, Option
from .misread_wiring import wiring_of
from .wiring import has_gaps, names, sliding

ENDS: Mapping[str, tuple[tuple[str, Message], tuple[str, Message]]] = {
    "rows": (("first_row", say("First row")), ("last_row", say("Last row"))),
    "columns": (("first_column", say("First column")), ("last_column", say("Last column"))),
}
_NUMBERS: Mapping[str, Message] = {
    "connections": say("Connections"),
    "outputs": say("Outputs"),
    "weights": say("Different weights"),
}


def fields_of(case: Case[Any], asked: str) -> Iterator[Field]:
    """Yield the fields of one thing that is asked."""
    given = case.given
    match asked:
        case "sees":
            yield Field("sees", "choices", say("Inputs that it sees"), options=options_of(case, 0))
        case "touches":
            last = len(given.layers)
            yield Field("touches", "choices", say("Outputs that it touches"), options=options_of(case, last))
        case "rows" | "columns":
            yield from (Field(name, "integer", label) for name, label in ENDS[asked])
        case "count":
            label = (
                say("Inputs that it sees, in all maps") if given.maps > 1 else say("How many inputs it sees")
            )
            yield Field("count", "integer", label, needs=ends_before_count(case))
        case "parameters":
            biases = case.conventions.bias_counted
            label = say("Parameters (weights and biases)") if biases else say("Parameters (without biases)")
            earlier = given.ask[: given.ask.index(asked)]
            yield Field(asked, "integer", label, needs=("weights",) if "weights" in earlier else ())
        case _:
            yield Field(asked, "integer", _NUMBERS[asked])


def options_of(case: Case[Any], level: int) -> tuple[Option, ...]:
    """Offer the units behind so many layers; their numbers alone are read as well."""
    units = names(wiring_of(case), level, case.conventions.origin)
    numbered = enumerate(map(_typed, units), case.conventions.origin)
    return tuple(Option(name, also=(str(number),)) for number, name in numbered)


def _typed(name: str) -> str:
    """Return the name of a unit as it is typed: ``x1``."""
    return "".join(filter(str.isalnum, name))


def ends_before_count(case: Case[Any]) -> tuple[str, ...]:
    """Return the ends, asked earlier, from which the inputs can be counted: without gaps between them."""
    earlier = case.given.ask[: case.given.ask.index("count")]
    if not {"rows", "columns"} <= set(earlier) or has_gaps(sliding(case.given.layers), 2):
        return ()
    return tuple(name for asked in ("rows", "columns") for name, _ in ENDS[asked])
