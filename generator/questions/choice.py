"""Choose among statements, judge them, or put steps in order.

What an entry says under ``params`` (drawn):

``ask``
    ``one``: one option is right. ``several``: any number of them may be. ``judge``: say of each whether it is
    true. ``order``: put steps in order.
``facts``, ``fallacies``
    Pools of true and of false statements, each ``{say: ..., because: ...}``; a false one may name the
    ``misconception`` that it stands for.
``claims``
    Statements of a number, made true or false as they are needed: ``say`` and ``because`` name the
    ``numbers`` that are drawn, ``{{ stated }}`` and ``{{ really }}``; ``really`` is a formula of the right
    number, and ``instead`` holds wrong ones, by the misconception that each stands for.
    ``convexam explain formula`` tells about formulas.
``wanted``
    Which statements are to be chosen: ``facts``, the default, or ``fallacies``.
``steps``
    Of an order, instead of the pools: all steps in their right order, each ``{say: ..., because: ...}``.
``options``
    How many are shown; default 4. Of the steps, some are left out, and the rest keep their order.
``true_ones``
    How many of the statements are true, where ``ask`` is ``several`` or ``judge``; default 1 to one less
    than there are options.
``quote``
    What is discussed, such as a sentence of a slide: ``{text: ..., source: ...}``. It is shown as a
    quotation and never as a fact.

Under ``given`` (fixed) stand ``ask``, ``wanted``, ``quote`` and the ``statements`` in the order in which
they are shown, each with its ``truth``; or, of an order, ``statements`` and ``order``: the places of the
steps, counted from 0, as they follow one another.

A prompt may show: ``options``, ``quote``, and as a whole sentence ``task``: what is to be written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..changes import Change, with_given
from ..document import Lines, Message, Shown, quote, say
from ..draws import Ints, Span, bounds_of, different, draw_int
from ..model import (
    Case,
    Effort,
    Field,
    Key,
    Misconception,
    Option,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Line, Whole, record
from ..statements import (
    MOST_OPTIONS,
    OPINIONS,
    Claims,
    Judged,
    Pool,
    Sentence,
    Statement,
    draw_judged,
    lettered,
    letters,
)
from ..streams import Stream

READING = 4
"""Elementary steps, of about five seconds each, that it takes to read and weigh a statement."""

Ask: TypeAlias = Literal["one", "several", "judge", "order"]
Wanted: TypeAlias = Literal["facts", "fallacies"]
Count: TypeAlias = Annotated[Whole, Bounds(ge=2, le=MOST_OPTIONS)]


@record
class Quote:
    """What somebody said or wrote.

    Attributes
    ----------
    text
        The quotation.
    source
        Who or what is quoted.
    """

    text: Sentence
    source: Line


@record
class Params:
    """What an entry draws from."""

    ask: Ask
    facts: Pool = ()
    fallacies: Pool = ()
    claims: Claims = ()
    wanted: Wanted = "facts"
    steps: Pool = ()
    options: Count = 4
    true_ones: Ints | None = None
    quote: Quote | None = None

    def __post_init__(self) -> None:
        if (self.ask == "order") != bool(self.steps) or (
            self.steps and (self.facts or self.fallacies or self.claims)
        ):
            raise ValueError("'order' needs 'steps', and everything else the pools 'facts' and 'fallacies'")
        if self.true_ones is not None and self.ask in ("one", "order"):
            raise ValueError("'true_ones' goes with 'several' and 'judge'")
        least, most = bounds_of(self.count)
        if least < 0 or most > self.options:
            raise ValueError(f"'true_ones' is at least 0 and at most {self.options}, the number of options")
        if self.steps and len(self.steps) < self.options:
            raise ValueError(f"'steps' needs at least {self.options} steps, the number of options")
        facts, fallacies = (len(pool) + len(self.claims) for pool in (self.facts, self.fallacies))
        if not self.steps and (facts < most or fallacies < self.options - least):
            raise ValueError(
                f"the pools need up to {most} true and {self.options - least} false statements, "
                f"and have {facts} and {fallacies} with the claims"
            )
        pools = (self.facts, self.fallacies, self.claims, self.steps)
        different(tuple(one.say for pool in pools for one in pool))

    @property
    def count(self) -> Ints:
        """How many of the statements that are shown are true."""
        if self.ask == "one":
            return 1 if self.wanted == "facts" else self.options - 1
        return Span(1, self.options - 1) if self.true_ones is None else self.true_ones


@record
class Given:
    """What decides the answer."""

    ask: Ask
    statements: Annotated[tuple[Judged, ...], Bounds(min_length=2, max_length=MOST_OPTIONS)]
    wanted: Wanted = "facts"
    order: Annotated[tuple[Whole, ...], AfterValidator(different)] = ()
    quote: Quote | None = None

    def __post_init__(self) -> None:
        if self.ask == "order":
            if sorted(self.order) != list(range(len(self.statements))):
                raise ValueError("'order' names the place of every step once, counted from 0")
        elif self.order:
            raise ValueError("'order' goes with 'ask: order'")
        elif self.ask == "one" and len(self.chosen) != 1:
            raise ValueError("'one' needs exactly one statement that is to be chosen")
        different(tuple(one.say for one in self.statements))

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the statements that are to be chosen."""
        truth = self.wanted == "facts"
        return tuple(place for place, one in enumerate(self.statements) if one.holds() == truth)


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw statements or steps, and the order in which they are shown."""
    if params.ask == "order":
        return _draw_order(params, stream)
    true = draw_int(params.count, stream.child("true_ones"))
    right = draw_judged(params.facts, params.claims, true, stream.child("facts"), truth=True)
    made = {one.say for one in right}
    others = tuple(claim for claim in params.claims if claim.say not in made)
    if len(params.fallacies) + len(others) < params.options - true:
        raise Refused("too many claims are made true")
    wrong = draw_judged(
        params.fallacies, others, params.options - true, stream.child("fallacies"), truth=False
    )
    shown = tuple(stream.child("order").shuffle([*right, *wrong]))
    return Given(ask=params.ask, statements=shown, wanted=params.wanted, quote=params.quote)


def _draw_order(params: Params, stream: Stream) -> Given:
    places = sorted(stream.child("steps").sample(range(len(params.steps)), params.options))
    shown = stream.child("order").shuffle(places)
    if shown == places:
        raise Refused("the steps stand in their right order already")
    steps: list[Statement] = [params.steps[place] for place in shown]
    return Given(
        ask=params.ask,
        statements=tuple(Judged(step.say, step.because, truth=True) for step in steps),
        order=tuple(map(shown.index, places)),
        quote=params.quote,
    )


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    shown: dict[str, Shown] = {
        "options": lettered([one.statement() for one in given.statements]),
        "task": _task(given),
    }
    if given.quote is not None:
        shown["quote"] = say(
            "*“{{ text }}”* ({{ source }})", text=quote(given.quote.text), source=given.quote.source
        )
    return shown


def _task(given: Given) -> Message:
    match given.ask, given.wanted:
        case "one", "facts":
            return say("Exactly one of these statements is true. Which one?")
        case "one", "fallacies":
            return say("Exactly one of these statements is false. Which one?")
        case "several", "facts":
            return say("Any number of these statements may be true. Name all that are.")
        case "several", "fallacies":
            return say("Any number of these statements may be false. Name all that are.")
        case "judge", _:
            return say("Say of each of these statements whether it is true or false.")
        case _:
            return say("Write the letters in the right order, the first step first.")


_TRUTH = (
    Option("true", say("true"), also=("t",), texts=(say("yes"), say("right"), say("correct"))),
    Option("false", say("false"), also=("f",), texts=(say("no"), say("wrong"), say("incorrect"))),
)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for letters, or for the truth of every statement."""
    given, names = case.given, letters(len(case.given.statements))
    options = tuple(
        Option(name, also=(f"option {name}", f"statement {name}"), texts=(one.statement(),))
        for name, one in zip(names, given.statements, strict=True)
    )
    match given.ask:
        case "one":
            return (Field("option", "choice", say("The statement"), options=options),)
        case "several":
            return (Field("options", "choices", say("The statements"), options=options),)
        case "order":
            return (Field("order", "order", say("The order"), options=options),)
        case _:
            return tuple(
                Field(name, "choice", say("Statement {{ name }}", name=name), options=_TRUTH)
                for name in names
            )


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Look up which statements hold, or which step comes when."""
    given, names = case.given, letters(len(case.given.statements))
    if given.ask == "order":
        return {"order": (tuple(names[place] for place in given.order),)}
    if given.ask == "judge":
        judged = zip(names, given.statements, strict=True)
        return {name: ("true" if one.holds() else "false",) for name, one in judged}
    chosen = tuple(names[place] for place in given.chosen)
    return {"options": (chosen,)} if given.ask == "several" else {"option": chosen}


def second(case: Case[Given]) -> Key:
    """Strike out what is not to be chosen; give every step its rank and sort by it."""
    given = case.given
    left = [chr(ord("A") + place) for place in range(len(given.statements))]
    if given.ask == "order":
        ranks = {letter: given.order.index(place) for place, letter in enumerate(left)}
        return {"order": (tuple(sorted(left, key=ranks.__getitem__)),)}
    truths = dict(zip(left, (one.holds_as_well() for one in given.statements), strict=True))
    if given.ask == "judge":
        return {letter: (str(truth).lower(),) for letter, truth in truths.items()}
    for letter, truth in truths.items():
        if truth != (given.wanted == "facts"):
            left.remove(letter)
    return {"option": (left[0],)} if given.ask == "one" else {"options": (tuple(left),)}


def effort(case: Case[Given]) -> Effort:
    """Count what it takes to read and weigh every statement."""
    return Effort(products=READING * len(case.given.statements), digits=1)


def work(case: Case[Given]) -> Iterator[Step]:
    """Say of every statement whether it holds, and why; of steps, in their order."""
    given, names = case.given, letters(len(case.given.statements))
    if given.ask == "order":
        yield say("In the right order:")
        steps = [given.statements[place] for place in given.order]
        yield Lines(
            tuple(_explained(names[place], step) for place, step in zip(given.order, steps, strict=True))
        )
        return
    yield Lines(tuple(map(_verdict, given.statements)), lettered=True)


def _explained(letter: str, step: Judged) -> Message:
    return say(
        "**{{ letter }}** {{ step }} *{{ because }}*",
        letter=letter,
        step=step.statement(),
        because=step.reason(),
    )


def _verdict(one: Judged) -> Message:
    if one.holds():
        return say("**True.** {{ because }}", because=one.reason())
    return say("**False.** {{ because }}", because=one.reason())


# -- misconceptions -----------------------------------------------------------------------------


def _judging(case: Case[Given], *truths: bool) -> Case[Given]:
    """Judge the statements in this way."""
    judged = zip(case.given.statements, truths, strict=True)
    statements = tuple(replace(one, truth=truth, really=None) for one, truth in judged)
    return with_given(case, statements=statements)


def _believing(name: str) -> Change:
    """Hold for true what somebody with a misconception says; of one option to be chosen, only that."""

    def change(case: Case[Given]) -> Case[Given] | None:
        believed = [one.misconception == name for one in case.given.statements]
        if case.given.ask == "order" or not any(believed):
            return None
        alone = case.given.ask == "one"
        held = [one.holds() and not alone for one in case.given.statements]
        return _judging(case, *(one or other for one, other in zip(held, believed, strict=True)))

    return change


def _inverted(case: Case[Given]) -> Case[Given] | None:
    if case.given.ask in ("one", "order"):
        return None
    return _judging(case, *(not one.holds() for one in case.given.statements))


def _reversed(case: Case[Given]) -> Case[Given] | None:
    if case.given.ask != "order":
        return None
    return with_given(case, order=case.given.order[::-1])


MISCONCEPTIONS = (
    *(Misconception(name, _believing(name)) for name in OPINIONS),
    Misconception("statements_inverted", _inverted),
    Misconception("order_reversed", _reversed),
)

TYPE = QuestionType(
    name="choice",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=lambda case: ("options", "quote") if case.given.quote else ("options",),
)
