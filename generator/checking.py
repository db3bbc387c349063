"""What `convexam check` looks at beyond reading: can every entry be drawn, solved, shown and marked?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import registry
from .bank import Bank, Origin
from .compose import draw_problem, set_prompt
from .errors import ConvexamError, DataError, Fault
from .exam_file import ExamFile, candidates
from .files import file_bytes
from .mistakes import require_sharp
from .model import Conventions, Refused
from .papers import Problem, Spec
from .reading.reader import BANK, read_yaml
from .reading.schema import at_path
from .reading.tree import Tree
from .render.html import fragment
from .render.look import PRINT, SCREEN
from .streams import Stream, derive
from .text import TextError, document

DRAWS = 5
"""Draws of each entry; an audit makes thousands."""


def check_bank(bank: Bank, conventions: Conventions | None = None) -> list[Fault]:
    """Draw every entry a few times, and return the first fault of each that cannot be used."""
    return [fault for spec in bank for fault in _faults(spec, bank.origins[spec.id], conventions)]


def _faults(spec: Spec, origin: Origin, conventions: Conventions | None) -> Iterable[Fault]:
    for number in range(DRAWS if spec.params is not None else 1):
        stream = Stream(derive(b"convexam/check/1", [spec.id, str(number)]))
        try:
            problem = draw_problem(
                spec, stream, item=spec.id, origin=origin, conventions=conventions, language=spec.language
            )
        except DataError as error:
            return error.faults
        except ConvexamError as error:
            return [origin.fault(str(error))]
        except Exception as error:  # a fault of the kind must not hide what else is wrong
            return [origin.fault(f"a fault of the kind '{spec.type}': {type(error).__name__}: {error}")]
        if faults := list(setting_faults(problem, origin)):
            return faults
        try:
            if conventions is None:  # fixed numbers are chosen under the default ones; drawn cases are sharp
                require_sharp(spec, problem.case, problem.key)
        except Refused as error:
            return [origin.fault(f"{error.reason}; leave one out, or excuse them under may_coincide")]
    return ()


def settings_without_effect(file: Path, exam: ExamFile, bank: Bank) -> Iterable[Fault]:
    """Find what an exam file says of the marking in vain."""
    tree = read_yaml(file_bytes(file), str(file), BANK)
    if not exam.marking.negative:
        yield from _charges_without_effect(tree, exam, bank)
    if exam.marking.credit.correct_guessing is False and (names := _correcting(exam, bank)):
        path = ("marking", "credit", "correct_guessing")
        which = names[0] if len(names) == 1 else f"{names[0]} and others"
        message = f"what entries say wins, here {which}; say it at their items, under 'credit'"
        yield Fault(tree.place(path), at_path(path), message)


def _correcting(exam: ExamFile, bank: Bank) -> list[str]:
    """Return the entries that correct for guessing where the item does not say whether to."""
    items = [item for part in exam.sections for item in part.items if item.credit.correct_guessing is None]
    return [spec.id for item in items for spec in candidates(item, bank) if spec.credit.correct_guessing]


def _charges_without_effect(tree: Tree, exam: ExamFile, bank: Bank) -> Iterable[Fault]:
    """Find wrong choices that are to take points off where no question may come to less than 0 points."""
    alone: list[bool] = []  # of each entry with choices, whether one of them is all it asks
    for section, part in enumerate(exam.sections):
        for number, item in enumerate(part.items):
            here = [each for spec in candidates(item, bank) for each in _choices_alone(spec, bank)]
            path = ("sections", section, "items", number, "credit", "wrong_choice")
            if item.credit.wrong_choice and here and all(here):
                yield Fault(tree.place(path), at_path(path), _NO_EFFECT)
            alone += here
    for_all = ("marking", "credit", "wrong_choice")
    if exam.marking.credit.wrong_choice and alone and all(alone):
        yield Fault(tree.place(for_all), at_path(for_all), _NO_EFFECT)


_NO_EFFECT = (
    "a wrong choice takes nothing off where it is all that a question asks, since no question comes to less "
    "than 0 points; say 'negative: true' under 'marking', or leave this out"
)


def _choices_alone(spec: Spec, bank: Bank) -> Iterable[bool]:
    """Say of an entry with choices of one option whether such a choice is all that it asks."""
    stream = Stream(derive(b"convexam/check/1", [spec.id, "0"]))
    problem = draw_problem(spec, stream, item=spec.id, origin=bank.origins[spec.id])
    fields = registry.get(spec.type).ask(problem.case)
    if any(field.kind == "choice" for field in fields):
        yield len(fields) == 1


def setting_faults(problem: Problem, origin: Origin) -> Iterable[Fault]:
    """Set the prompt in every language, and the worked steps, for screen and print."""
    kind = registry.get(problem.spec.type)
    for language in problem.spec.prompt:
        try:
            page = set_prompt(problem.spec, problem.case, language)
            fragment(page, SCREEN)
            fragment(page, PRINT)
        except TextError as error:
            yield origin.fault(str(error), "prompt", language)
    try:
        fragment(document(tuple(kind.work(problem.case))), SCREEN)
    except TextError as error:
        yield origin.fault(f"the worked solution cannot be set: {error}")


def used(bank: Bank, names: Iterable[str]) -> Bank:
    """Return the part of a bank that holds these entries."""
    wanted = list(names)
    return Bank({name: bank[name] for name in wanted}, {name: bank.origins[name] for name in wanted})
