"""An item: its declarations, its interactions in document order, its feedback, its response processing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..refusal import Refused
from . import content, declarations, rules, values
from .content import FEEDBACK, INTERACTIONS, Element
from .declarations import NO_FEEDBACK, Declaration
from .expressions import Scope
from .rules import Rule
from .values import CONTAINERS, Type, Value

# What each kind of interaction may be bound to, after the information model.
_BOUND = {
    "textEntryInteraction": [Type("single", base) for base in ("float", "integer", "string")],
    "extendedTextInteraction": [Type("single", "string")],
    "inlineChoiceInteraction": [Type("single", "identifier")],
    "choiceInteraction": [Type("single", "identifier"), Type("multiple", "identifier")],
    "orderInteraction": [Type("ordered", "identifier")],
}


@dataclass(frozen=True)
class Choice:
    """One of the choices of an interaction: its identifier and its text, spaces made single."""

    identifier: str
    text: str


@dataclass(frozen=True)
class Interaction:
    """Something that a candidate answers.

    Attributes
    ----------
    identifier
        Of the response that it gives.
    kind
        The name of its element.
    type
        Of that response.
    choices
        To choose from, in document order; none where something is typed.
    most
        How many may be chosen; 0 says any number.
    """

    identifier: str
    kind: str
    type: Type
    choices: tuple[Choice, ...] = ()
    most: int = 0

    def value(self, response: str | Sequence[str] | None, where: str) -> Value:
        """A response as a value: NULL where it is blank or not of its type.

        Raises
        ------
        Refused
            If no candidate could have given it.
        """
        value = values.answered(response, self.type, f"{where}, {self.identifier}")
        if not self.choices:
            return value
        chosen = values.members(value)
        known = {choice.identifier for choice in self.choices}
        if unknown := [one for one in chosen if one not in known]:
            raise Refused(f"{where}, {self.identifier}: no choice {unknown[0]}")
        if len(set(chosen)) < len(chosen) or (self.most and len(chosen) > self.most):
            raise Refused(
                f"{where}, {self.identifier}: {len(chosen)} choices, at most {self.most}, each once"
            )
        return value


@dataclass(frozen=True)
class Feedback:
    """A text that is shown, or hidden, where an outcome has a value."""

    kind: str
    outcome: str
    value: str
    shows: bool
    text: str


@dataclass(frozen=True)
class Item:
    """A question as an engine delivers and marks it.

    Attributes
    ----------
    identifier
        Its own.
    title
        For lists.
    interactions
        In document order.
    responses, outcomes
        What is declared.
    feedback
        All texts that may be shown.
    images, styles
        The files that it shows or is shown with, as it names them.
    text
        Of the whole body.
    """

    identifier: str
    title: str
    interactions: tuple[Interaction, ...]
    responses: Mapping[str, Declaration]
    outcomes: Mapping[str, Declaration]
    feedback: tuple[Feedback, ...]
    images: tuple[str, ...]
    styles: tuple[str, ...]
    text: str
    scope: Scope = field(repr=False)
    rule: Rule = field(repr=False)

    @property
    def max_score(self) -> float:
        """What can be earned: the default of MAXSCORE."""
        value = self.outcomes["MAXSCORE"].default
        assert isinstance(value, float)
        return value

    def process(self, responses: Mapping[str, str | Sequence[str] | None]) -> dict[str, Value]:
        """Bind responses (those not given are blank) and run response processing.

        Returns
        -------
        The outcomes; SCORE is a float.

        Raises
        ------
        Refused
            If a response is to nothing in the item, or none that could be given, or leaves no score.
        """
        if unknown := set(responses) - set(self.responses):
            raise Refused(f"{self.identifier}: no response {min(unknown)}")
        return self._processed(responses, null_is_zero=False)

    def check_blank(self, where: str) -> None:
        """Refuse an item that marks a blank differently where an engine compares NULL as 0.

        Citolab's qti-components 7.27.4 does: a blank earned the marks of a cell whose answer is 0.
        """
        strict, loose = (self._processed({}, null_is_zero=zero) for zero in (False, True))
        marks = ["SCORE", *(name for name, one in self.outcomes.items() if one.type.base == "identifier")]
        if any(strict[name] != loose[name] for name in marks):
            raise Refused(
                f"{where}: a blank counts as 0 in some engine: ask for not isNull before a comparison"
            )

    def _processed(
        self, responses: Mapping[str, str | Sequence[str] | None], *, null_is_zero: bool
    ) -> dict[str, Value]:
        now = Scope(self.scope.types, self.scope.correct, self.scope.mappings, null_is_zero=null_is_zero)
        now.state = {
            part.identifier: part.value(responses.get(part.identifier), self.identifier)
            for part in self.interactions
        } | {name: outcome.default for name, outcome in self.outcomes.items()}
        self.rule(now)
        found = {name: now.state[name] for name in self.outcomes}
        if not isinstance(found["SCORE"], float):
            raise Refused(f"{self.identifier}: SCORE is {found['SCORE']}")
        return found

    def shown(self, outcomes: Mapping[str, Value]) -> list[Feedback]:
        """The feedback that these outcomes show, in document order, what is beside the question last."""
        return [one for one in self.feedback if (outcomes[one.outcome] == one.value) == one.shows]


def read_item(data: bytes, where: str) -> Item:
    """An item file, checked against the content model and the portable pattern."""
    root = content.parsed(data, where)
    content.check(root, "assessmentItem", where)
    responses, outcomes = declarations.read(root, where)
    body = content.child(root, "itemBody")
    processing = content.child(root, "responseProcessing")
    assert body is not None, "the content model has one"
    assert processing is not None, "the content model has one"
    if processing.attrib:
        raise Refused(f"{where}, responseProcessing: a template, which not every engine knows")
    scope = Scope(
        {name: one.type for name, one in (responses | outcomes).items()},
        {name: one.correct for name, one in responses.items() if one.correct is not None},
        {name: one.mapping for name, one in responses.items() if one.mapping is not None},
    )
    item = Item(
        identifier=root.attrib["identifier"],
        title=root.attrib["title"],
        interactions=tuple(_interactions(body, responses, where)),
        responses=responses,
        outcomes=outcomes,
        feedback=tuple(_feedback(root, outcomes, processing, where)),
        images=tuple(one.attrib["src"] for one in root.iter(f"{{{content.NAMESPACE}}}img")),
        styles=tuple(one.attrib["href"] for one in content.children(root, "stylesheet")),
        text=content.text_of(body),
        scope=scope,
        rule=rules.read(list(processing), scope, tuple(outcomes), where),
    )
    if unasked := set(responses) - {part.identifier for part in item.interactions}:
        raise Refused(f"{where}: nothing asks for the response {min(unasked)}")
    item.check_blank(where)
    return item


def _interactions(body: Element, responses: Mapping[str, Declaration], where: str) -> Iterator[Interaction]:
    seen: set[str] = set()
    for element in body.iter():
        kind = content.name_of(element)
        inside = {content.name_of(part) for part in element.iter()}
        if kind in FEEDBACK and inside & set(INTERACTIONS):
            raise Refused(f"{where}, {kind}: an interaction inside")
        if kind not in INTERACTIONS:
            continue
        if (inside - {kind}) & set(INTERACTIONS) or sum(1 for _ in element.iter(element.tag)) > 1:
            raise Refused(f"{where}, {kind}: an interaction inside")
        one = _interaction(element, kind, responses, where)
        if one.identifier in seen:
            raise Refused(f"{where}: two interactions give the response {one.identifier}")
        seen.add(one.identifier)
        yield one


def _interaction(
    element: Element, kind: str, responses: Mapping[str, Declaration], where: str
) -> Interaction:
    identifier = element.attrib["responseIdentifier"]
    at = f"{where}, {kind} {identifier}"
    if identifier not in responses:
        raise Refused(f"{at}: no such response is declared")
    declared = responses[identifier]
    if declared.type not in _BOUND[kind]:
        raise Refused(f"{at}: bound to a {declared.type}")
    choices = tuple(
        Choice(part.attrib["identifier"], content.text_of(part))
        for name in ("simpleChoice", "inlineChoice")
        for part in content.children(element, name)
    )
    known = [choice.identifier for choice in choices]
    if len(set(known)) < len(known):
        raise Refused(f"{at}: two choices of one identifier")
    if choices and (missing := set(map(str, values.members(declared.correct))) - set(known)):
        raise Refused(f"{at}: its correct response {min(missing)} is no choice")
    if kind == "orderInteraction" and element.get("shuffle") == "false" and declared.correct == tuple(known):
        raise Refused(f"{at}: shown in its correct order, which engines take for the answer of a blank")
    most = int(element.get("maxChoices", "0"))
    if most == 1 and declared.type.cardinality in CONTAINERS:
        raise Refused(f"{at}: one choice, in a {declared.type}")
    if kind == "choiceInteraction" and most != 1 and declared.type.cardinality == "single":
        raise Refused(f"{at}: maxChoices {most} in a {declared.type}")
    return Interaction(identifier, kind, declared.type, choices, most)


def _feedback(
    root: Element, outcomes: Mapping[str, Declaration], processing: Element, where: str
) -> Iterator[Feedback]:
    given = {text for value in processing.iter() if (text := (value.text or "").strip())}
    for element in root.iter():
        kind = content.name_of(element)
        if kind not in FEEDBACK:
            continue
        outcome, value = element.attrib["outcomeIdentifier"], element.attrib["identifier"]
        at = f"{where}, {kind} {outcome} {value}"
        if outcome not in outcomes or outcomes[outcome].type.base != "identifier":
            raise Refused(f"{at}: no identifier is declared as its outcome")
        if value not in given | {NO_FEEDBACK}:
            raise Refused(f"{at}: no processing ever gives that value")
        yield Feedback(kind, outcome, value, element.attrib["showHide"] == "show", content.text_of(element))
