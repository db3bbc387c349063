"""Predict the reward of each arm of a bandit: distributions, the least loss, and the network for it.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``arms``
    How many arms there are; default 2.
``trials``
    Drawn only: how many trials there are: ``10``, ``{from: 8, to: 12}``.
``rewards``
    Drawn: what a trial may give, ``{one_of: [0, 1, 100]}``; every reward and every arm then occurs. Fixed:
    the reward of each trial. The classes are the rewards that occur, the least one first.
``pulled``
    Fixed only: the arm of each trial, counted from 0.
``ask``
    What is asked, in this order: ``distributions`` (the share of each reward among the trials of each arm),
    ``means`` (of the rewards of each arm), ``losses`` (the mean of -ln of the predicted probability over the
    trials of each arm, if its distribution is predicted), ``loss`` (the same over all trials), ``uniform``
    (the loss if all rewards are predicted to be equally probable) and ``network`` (inputs, outputs, last
    function and loss of a network that predicts the reward from the arm); default all.
``digits``
    Losses are rounded to so many decimals. All other answers are exact.

The table of distributions counts like one answer for each arm, the four answers about the network like one.
As the number of inputs 1 is right (the number of the arm), and so is one for each arm (one-hot).

The effort of a draw counts the trials as its products, and two for each logarithm.

A prompt may show: ``data`` (the trials as a table, x and y), ``arms``, ``rewards`` (what occurs), ``trials``
(how many), ``rounding`` and, as a whole sentence, ``options`` (of the last function and the loss).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..changes import slip
from ..document import Message, Shown, Symbol, listed, say
from ..draws import Entries, Ints, different, draw_entries, draw_int
from ..figures.model import Grid
from ..functions import series
from ..functions.decimals import Decimals, all_settled, settled_number
from ..functions.losses import log_slips, weighted_loss
from ..functions.trial_work import trial_work
from ..functions.trials import classes_of, counts_of, distributions, proved_loss
from ..language import phrase
from ..model import Case, Effort, Field, Key, Option, QuestionType, Refused, Rounded, Value
from ..number import Number
from ..reading.schema import Exact as ExactNumber
from ..reading.schema import Whole, record
from ..sliding.geometry import Map, rounding_phrase, within
from ..streams import Stream
from ..values import whole

QUARTER = Fraction(1, 4)
MOST_TRIALS = 40
MOST_ARMS = 4
MOST_REWARDS = 6

Asked: TypeAlias = Literal["distributions", "means", "losses", "loss", "uniform", "network"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]
Arms: TypeAlias = Annotated[Whole, Bounds(ge=2, le=MOST_ARMS)]
EVERYTHING: tuple[Asked, ...] = ("distributions", "means", "losses", "loss", "uniform", "network")

FUNCTIONS = (
    Option("linear", also=("none", "identity")),
    Option("ReLU"),
    Option("sigmoid", also=("logistic",)),
    Option("tanh"),
    Option("softmax"),
)
CRITERIA = (
    Option("squared error", also=("mean squared error", "MSE")),
    Option("absolute error", also=("mean absolute error", "MAE")),
    Option("cross-entropy", also=("log loss", "negative log-likelihood")),
    Option("hinge loss"),
)


@record
class Params:
    """What an entry draws from."""

    trials: Annotated[Ints, within(2, MOST_TRIALS)]
    rewards: Entries
    digits: Decimals
    arms: Arms = 2
    ask: Asks = EVERYTHING


@record
class Given:
    """What decides the answer."""

    pulled: Annotated[tuple[Whole, ...], Bounds(max_length=MOST_TRIALS)]
    rewards: Annotated[tuple[ExactNumber, ...], Bounds(max_length=MOST_TRIALS)]
    digits: Decimals
    arms: Arms = 2
    ask: Asks = EVERYTHING

    def __post_init__(self) -> None:
        if len(self.pulled) != len(self.rewards):
            raise ValueError("'pulled' and 'rewards' need one number each for every trial")
        if set(self.pulled) != set(range(self.arms)):
            raise ValueError(
                f"'pulled' needs every arm from 0 to {self.arms - 1} at least once, and no other"
            )
        if not 2 <= len(set(self.rewards)) <= MOST_REWARDS:
            raise ValueError(f"'rewards' needs 2 to {MOST_REWARDS} different rewards")
        if tuple(sorted(self.ask, key=EVERYTHING.index)) != self.ask:
            raise ValueError(f"'ask' has this order: {', '.join(EVERYTHING)}")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the trials; refuse arms and rewards that do not occur, and arms with the same loss."""
    trials = draw_int(params.trials, stream.child("trials"))
    arms = stream.child("pulled")
    pulled = tuple(arms.below(params.arms) for _ in range(trials))
    rewards = draw_entries(params.rewards, trials, stream.child("rewards"))
    if len(set(pulled)) < params.arms:
        raise Refused("an arm is never pulled")
    try:
        given = Given(pulled=pulled, rewards=rewards, digits=params.digits, arms=params.arms, ask=params.ask)
    except ValueError as error:
        raise Refused("there are too few rewards, or too many") from error
    if len(set(rewards)) < _possible(params.rewards):
        raise Refused("a reward never occurs")
    shares = distributions(counts_of(given))
    if len({tuple(sorted(row)) for row in shares}) < params.arms:
        raise Refused("two arms have the same loss")
    if any(1 in row for row in shares):
        raise Refused("an arm gives one reward only")
    return given


def _possible(rewards: Entries) -> int:
    return len(rewards.one_of) if hasattr(rewards, "one_of") else rewards.high - rewards.low + 1


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    return {
        "data": Grid((("x", *given.pulled), ("y", *given.rewards)), "D"),
        "arms": given.arms,
        "rewards": listed(classes_of(given)),
        "trials": len(given.pulled),
        "rounding": rounding_phrase(given.digits),
        "options": say(
            "Choose the function among {{ functions }}, and the loss among {{ criteria }}.",
            functions=listed([option.name for option in FUNCTIONS]),
            criteria=listed([option.name for option in CRITERIA]),
        ),
    }


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for distributions, means and losses, and for the parts of the network."""
    given, rule = case.given, Rounded(case.given.digits)
    arms, asked = range(given.arms), set(given.ask)
    shares = ("P",) if "distributions" in asked else ()
    losses = tuple(f"loss{arm}" for arm in arms) if "losses" in asked else ()
    fields: list[Field] = []
    if shares:
        shape = (given.arms, len(classes_of(given)))
        fields.append(Field("P", "tensor", Symbol("P"), weight=Fraction(given.arms), shape=shape))
    if "means" in asked:
        fields += [Field(f"mean{arm}", "number", _of_arm(_MEAN, arm), needs=shares) for arm in arms]
    fields += [
        Field(name, "number", _of_arm(_LOSS, arm), rule, needs=shares) for arm, name in enumerate(losses)
    ]
    if "loss" in asked:
        fields.append(Field("loss", "number", say("Loss over all trials"), rule, needs=losses or shares))
    if "uniform" in asked:
        fields.append(Field("uniform", "number", say("Loss of the uniform prediction"), rule))
    if "network" in asked:
        fields += [
            Field("inputs", "integer", say("Inputs"), weight=QUARTER),
            Field("outputs", "integer", say("Outputs"), weight=QUARTER),
            Field("function", "choice", say("Function of the outputs"), weight=QUARTER, options=FUNCTIONS),
            Field("criterion", "choice", say("Loss to be minimised"), weight=QUARTER, options=CRITERIA),
        ]
    return tuple(fields)


_MEAN = phrase("Mean reward of arm {{ arm }}")
_LOSS = phrase("Loss on the trials of arm {{ arm }}")


def _of_arm(text: str, arm: int) -> Message:
    return say(text, arm=arm)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Count, and have the engine prove the digits of the losses; what is taken replaces what comes out."""
    given, slips = case.given, case.slips
    own: Any = taken.get("P")
    shares = _mistaken_shares(given, slips) if own is None else own
    exact = own is None and not slips
    losses = {f"loss{arm}": _loss_of_arm(case, arm, shares[arm], exact=exact) for arm in range(given.arms)}
    answers: dict[str, Value] = {"P": shares, **losses}
    for arm, row in enumerate(shares):
        mean = sum((share * reward for share, reward in zip(row, classes_of(given), strict=True)), Fraction())
        answers[f"mean{arm}"] = whole(mean)
    exact = exact and not taken.keys() & losses.keys()
    answers["loss"] = proved_loss(given, range(given.arms)) if exact else _loss(case, {**losses, **taken})
    classes = given.arms if "uniform_over_arms" in slips else len(classes_of(given))
    answers["uniform"] = settled_number(weighted_loss([(1, Fraction(1, classes))], slips), given.digits)
    accepted = {name: (value,) for name, value in answers.items()} | dict(_network(case))
    return {field.name: accepted[field.name] for field in ask(case)}


def _mistaken_shares(given: Given, slips: frozenset[str]) -> Map:
    counts = counts_of(given)
    if "arms_pooled" in slips:
        counts = [[sum(column) for column in zip(*counts, strict=True)]] * given.arms
    if "arms_swapped" in slips:
        counts = counts[::-1]
    if "joint_for_conditional" in slips:
        return tuple(tuple(whole(Fraction(count, len(given.pulled))) for count in row) for row in counts)
    return distributions(counts)


def _loss_of_arm(case: Case[Given], arm: int, shares: Sequence[Number], *, exact: bool) -> Number:
    if exact:
        return proved_loss(case.given, (arm,))
    terms = [(share, share) for share in shares]
    if "loss_of_most_frequent" in case.slips:
        terms = [(1, max(shares))]
    return settled_number(weighted_loss(terms, case.slips), case.given.digits)


def _loss(case: Case[Given], losses: Mapping[str, Any]) -> Number:
    """Add the losses of the arms up, each with its share of the trials, or as somebody does it."""
    given, total = case.given, Fraction()
    for arm in range(given.arms):
        weight = Fraction(given.pulled.count(arm), len(given.pulled))
        if "losses_added" in case.slips:
            weight = Fraction(1)
        elif "arms_weighted_alike" in case.slips:
            weight = Fraction(1, given.arms)
        total += weight * losses[f"loss{arm}"]
    return settled_number(total, given.digits)


def _network(case: Case[Given]) -> Key:
    given, slips = case.given, case.slips
    outputs, function, criterion = len(classes_of(given)), "softmax", "cross-entropy"
    if "regression_for_classification" in slips:
        outputs, function, criterion = 1, "linear", "squared error"
    if "output_per_arm" in slips:
        outputs = given.arms
    if "sigmoid_for_softmax" in slips:
        function = "sigmoid"
    return {
        "inputs": (given.arms, 1),
        "outputs": (outputs,),
        "function": (function,),
        "criterion": (criterion,),
    }


def second(case: Case[Given]) -> Key:
    """Go through the trials one by one, and sum the series of every logarithm."""
    given = case.given
    classes = sorted(dict.fromkeys(given.rewards))
    by_arm: dict[int, list[Number]] = {arm: [] for arm in range(given.arms)}
    for arm, reward in zip(given.pulled, given.rewards, strict=True):
        by_arm[arm].append(reward)
    answers: dict[str, tuple[Value, ...]] = {
        "P": (
            tuple(
                tuple(whole(Fraction(sum(y == reward for y in ys), len(ys))) for reward in classes)
                for ys in by_arm.values()
            ),
        ),
        "inputs": (1, given.arms),
        "outputs": (len(classes),),
        "function": ("softmax",),
        "criterion": ("cross-entropy",),
    }
    everything = Fraction()
    for arm, ys in by_arm.items():
        answers[f"mean{arm}"] = (whole(Fraction(sum(ys)) / len(ys)),)
        loss = sum((series.ln(Fraction(len(ys), ys.count(y))) for y in ys), Fraction())
        answers[f"loss{arm}"] = all_settled([loss / len(ys)], given.digits)
        everything += loss
    answers["loss"] = all_settled([everything / len(given.rewards)], given.digits)
    answers["uniform"] = all_settled([series.ln(len(classes))], given.digits)
    return {field.name: answers[field.name] for field in ask(case)}


def effort(case: Case[Given]) -> Effort:
    """Count the trials that are looked at, and two steps for each logarithm."""
    given, asked = case.given, set(case.given.ask)
    shares = [share for row in distributions(counts_of(given)) for share in row if share]
    steps = len(given.pulled) if asked - {"network", "uniform"} else 0
    steps += 2 * len(shares) * bool(asked & {"losses", "loss"}) + 2 * ("uniform" in asked)
    rounds = bool(asked & {"losses", "loss", "uniform"})
    return Effort(steps, 0, given.digits + 1 if rounds else 2)


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:  # noqa: ARG001
    """Count the numbers that are taken for an answer, except for 0 and 1: a logarithm of 1 takes no work."""
    arm = name.removeprefix("mean").removeprefix("loss")
    shares: Any = taken.get("P", ())
    losses = [value for field, value in taken.items() if field != "P"]
    rows = [shares[int(arm)]] if arm and shares else shares
    return sum(number not in (0, 1) for number in (*losses, *chain.from_iterable(rows)))


# -- misconceptions -----------------------------------------------------------------------------


def _asks(*names: Asked) -> Callable[[Given], bool]:
    return lambda given: not set(names).isdisjoint(given.ask)


_COUNTED = _asks("distributions", "means", "losses", "loss")

MISCONCEPTIONS = (
    slip("arms_pooled", _COUNTED),
    slip("arms_swapped", _COUNTED),
    slip("joint_for_conditional", _COUNTED),
    *log_slips(_asks("losses", "loss", "uniform")),
    slip("loss_of_most_frequent", _asks("losses", "loss")),
    slip("losses_added", _asks("loss")),
    slip("arms_weighted_alike", _asks("loss")),
    slip("uniform_over_arms", _asks("uniform")),
    slip("regression_for_classification", _asks("network")),
    slip("sigmoid_for_softmax", _asks("network")),
    slip("output_per_arm", _asks("network")),
)

TYPE = QuestionType(
    name="bandit",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=lambda case: trial_work(case.given),
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=lambda case: ("data", "options") if "network" in case.given.ask else ("data",),
    pace=8,
    remaining=remaining,
)
