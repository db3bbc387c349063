"""A preview of bank entries: several variants side by side, solved, with every wrong answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from .. import registry
from ..frozen import frozen
from ..mistakes import first_values, sentence_of, wrong_answers
from ..model import Field, Key, Value
from ..papers import Problem, Spec
from ..text import document
from .answers import answer_label, written_key
from .environment import environment
from .html import fragment, said
from .look import SCREEN
from .prompt import prompt
from .stylesheet import screen_css


@frozen
class AnswerView:
    """A field and a value for it."""

    label: Markup
    value: Markup


@frozen
class WrongView:
    """What somebody with a misconception answers; `note` where it does not stand out."""

    name: str
    listed: bool
    sentence: Markup
    answers: tuple[AnswerView, ...]
    note: str


@frozen
class VariantView:
    """One variant."""

    effort: str
    refused: str
    prompt: Markup
    answers: tuple[AnswerView, ...]
    steps: Markup
    wrong: tuple[WrongView, ...]


@frozen
class EntryView:
    """One entry with its variants."""

    id: str
    title: str
    facts: str
    variants: tuple[VariantView, ...]


def preview_html(entries: Iterable[tuple[Spec, Sequence[Problem]]]) -> str:
    """Write a page with the variants of each entry."""
    views = [
        EntryView(spec.id, spec.title, _facts(spec, problems[0]), tuple(map(_variant, problems)))
        for spec, problems in entries
    ]
    template = environment().get_template("preview.html.j2")
    return template.render(entries=views, style=Markup(screen_css()), _=SCREEN.translate)  # noqa: S704 - ours


def _facts(spec: Spec, problem: Problem) -> str:
    facts = [
        f"{spec.type}",
        f"difficulty {spec.difficulty}",
        f"{problem.points} points",
        *spec.tags,
        *spec.covers,
        *(f"{name}: {str(value).lower()}" for name, value in problem.credit.stated()),
    ]
    return " · ".join(facts)


def _variant(problem: Problem) -> VariantView:
    kind = registry.get(problem.spec.type)
    effort = kind.effort(problem.case)
    fields = kind.ask(problem.case)
    return VariantView(
        effort=f"{effort.products} products, {effort.negatives} negative, {effort.digits} digits",
        refused=f"{len(problem.refused)} draws refused" if problem.refused else "",
        prompt=prompt(problem, SCREEN),
        answers=tuple(_answers(fields, problem.key)),
        steps=fragment(document(tuple(kind.work(problem.case))), SCREEN),
        wrong=tuple(_wrong(problem, fields)),
    )


def _wrong(problem: Problem, fields: tuple[Field, ...]) -> Iterator[WrongView]:
    right = first_values(problem.key)
    answers = dict(wrong_answers(problem.spec.type, problem.case))
    for name, answer in answers.items():
        twins = [other for other, same in answers.items() if other != name and same == answer]
        note = "the right answer" if answer == right else f"the same as {', '.join(twins)}" if twins else ""
        yield WrongView(
            name=name,
            listed=name in problem.spec.misconceptions,
            sentence=said(sentence_of(problem.spec.type, problem.case, name), SCREEN),
            answers=() if answer == right else tuple(_answers(fields, _as_key(answer))),
            note=note,
        )


def _answers(fields: tuple[Field, ...], values: Key) -> Iterator[AnswerView]:
    for field in fields:
        if field.name in values:
            label = answer_label(field, SCREEN)
            yield AnswerView(label, written_key(field, values[field.name], SCREEN))


def _as_key(answer: Mapping[str, Value]) -> Key:
    return {name: (value,) for name, value in answer.items()}
