"""A sheet of formulas: parameters, results that build on them one after the other, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Protocol, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from .. import markdown
from ..reading.complaints import nearest
from ..reading.schema import Flag, Id, Line, record
from ..reading.tree import quoted
from ..sliding.geometry import Digits
from .definitions import Definition, Formula, VariableName, formula_of, name_and_formula, require_known
from .tree import names_in

MOST_PARAMETERS = 20
MOST_RESULTS = 30
MOST_ANSWERS = 12
MOST_MISTAKES = 20


def at_most(most: int) -> AfterValidator:
    """Refuse a mapping of more entries."""

    def check(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
        if len(mapping) > most:
            raise ValueError(f"too many: {len(mapping)} given, at most {most} allowed")
        return mapping

    return AfterValidator(check)


def _words(text: str) -> str:
    """Take one paragraph without values and formulas, which can be shown wherever it is needed."""
    if "$" in text or "{{" in text:
        raise ValueError(f"expected plain words, without $ and double braces, found {quoted(text)}")
    if [node.type for node in markdown.parse(text, {}).children] != ["paragraph"]:
        raise ValueError(f"expected a sentence, found {quoted(text)}")
    return text


Words: TypeAlias = Annotated[Line, AfterValidator(_words)]
"""A line of plain words."""


@record
class AskedNumber:
    """A number that is asked.

    Attributes
    ----------
    name
        Its key in the answer file, and its name in later formulas.
    label
        What the paper prints before its box.
    formula
        What it comes to.
    whole
        Whether it is a whole number.
    digits
        To how many decimals it is rounded; without it, it is exact.
    """

    name: VariableName
    label: Words
    formula: Formula
    whole: Flag = False
    digits: Digits | None = None

    def __post_init__(self) -> None:
        if self.whole and self.digits is not None:
            raise ValueError("a whole number has no 'digits'")


@record
class WrongWay:
    """A wrong way to the answers.

    Attributes
    ----------
    instead
        The results that are computed otherwise.
    sentence
        What a student reads; without it, the sentence that the program has under this name.
    """

    instead: Annotated[tuple[Definition, ...], Bounds(min_length=1, max_length=MOST_RESULTS)]
    sentence: Words | None = None


Results: TypeAlias = Annotated[tuple[Definition, ...], Bounds(max_length=MOST_RESULTS)]
Answers: TypeAlias = Annotated[tuple[AskedNumber, ...], Bounds(min_length=1, max_length=MOST_ANSWERS)]
Mistakes: TypeAlias = Annotated[Mapping[Id, WrongWay], at_most(MOST_MISTAKES)]
Explained: TypeAlias = Annotated[Mapping[VariableName, str], at_most(MOST_RESULTS + MOST_ANSWERS)]
Names: TypeAlias = Annotated[tuple[VariableName, ...], Bounds(max_length=MOST_RESULTS)]


class Sheet(Protocol):
    """What the params and the given of a question have in common."""

    @property
    def parameters(self) -> Mapping[str, Any]: ...  # noqa: D102

    @property
    def let(self) -> Results: ...  # noqa: D102

    @property
    def answers(self) -> Answers: ...  # noqa: D102

    @property
    def mistakes(self) -> Mistakes: ...  # noqa: D102

    @property
    def explain(self) -> Explained: ...  # noqa: D102

    @property
    def show(self) -> Names: ...  # noqa: D102


def formulas(sheet: Sheet, slips: Iterable[str] = ()) -> dict[str, str]:
    """Return the formula of each result and each answer, in order, as somebody with these slips has them."""
    found = dict(map(name_and_formula, sheet.let)) | {each.name: each.formula for each in sheet.answers}
    for slip in sorted(slips):
        found |= dict(map(name_and_formula, sheet.mistakes[slip].instead))
    return found


def used(sheet: Sheet) -> list[str]:
    """Return the names of the results and answers that lead to an answer, in order.

    Results that the prompt may show are given to the student, as parameters are.
    """
    texts = {name: text for name, text in formulas(sheet).items() if name not in sheet.show}
    needed = {each.name for each in sheet.answers}
    for name, text in reversed(texts.items()):
        if name in needed:
            needed |= {part.name for part in names_in(formula_of(text))}
    return [name for name in texts if name in needed]


def needs(sheet: Sheet, answer: AskedNumber) -> tuple[str, ...]:
    """Return the answers that the formula of another one uses."""
    names = {part.name for part in names_in(formula_of(answer.formula))}
    return tuple(each.name for each in sheet.answers if each.name in names)


def require_sound(sheet: Sheet) -> None:
    """Refuse a sheet that names what is not there, or something twice.

    Raises
    ------
    ValueError
        Saying what, and what is there.
    """
    listed = [*sheet.parameters, *(name_and_formula(each)[0] for each in sheet.let)]
    listed += [each.name for each in sheet.answers]
    repeated = [name for place, name in enumerate(listed) if name in listed[:place]]
    if repeated:
        raise ValueError(f"'{repeated[0]}' is defined twice")
    known: list[str] = list(sheet.parameters)
    before: dict[str, tuple[str, ...]] = {}
    for name, text in formulas(sheet).items():
        before[name] = tuple(known)
        require_known(text, formula_of(text), known)
        known.append(name)
    for mistake in sheet.mistakes.values():
        for name, text in map(name_and_formula, mistake.instead):
            require_among(name, before, "result or answer")
            require_known(text, formula_of(text), before[name])
    for name, text in sheet.explain.items():
        require_among(name, before, "result or answer")
        markdown.parse(text, dict.fromkeys(before[name], 0))
    for name in sheet.show:
        require_among(name, [name_and_formula(each)[0] for each in sheet.let], "intermediate result")


def require_among(name: str, known: Iterable[str], what: str) -> None:
    """Refuse a name that is not among those known."""
    names = tuple(known)
    if name not in names:
        near = nearest(name, names)
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(names) or 'none'}"
        raise ValueError(f"there is no {what} '{name}'; {hint}")
