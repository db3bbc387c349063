"""Work out the probabilities that a network predicts, their cross-entropy loss, and the predicted classes.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``logits``
    The outputs of the network before its last function, one row for each sample:
    ``{shape: [n, K], from: -2, to: 3}``; fixed: a block of rows. With a sigmoid there is one column.
``function``
    ``softmax`` (the default) or ``sigmoid``: then the probability is that of class 1, and the classes are 0
    and 1.
``labels``
    Fixed only: the true class of each sample, counted from 0: ``[0, 2]``. Otherwise any is drawn.
``ask``
    Of ``probabilities``, ``loss`` (the mean over the samples of -ln of the probability of the true class) and
    ``class`` (the most probable one, of each sample), in this order; default all.
``digits``
    Probabilities and losses are rounded to so many decimals.

The effort of a draw counts three steps for each probability and two for each logarithm as its products.

A prompt may show: ``Z`` (the logits), ``T`` (the true classes, one-hot), ``labels``, ``rounding`` and, as
whole sentences, ``loss_rule`` and ``class_rule`` (how classes are counted).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..changes import slip
from ..document import Message, Shown, Symbol, listed, say
from ..draws import TensorRange, different, draw_tensor
from ..engine import cross_entropy_digits
from ..figures.model import Grid
from ..functions import series
from ..functions.activation_words import exponential_work, rule_symbol, softmax_work
from ..functions.activations import MISTAKEN, computed, taken_for, values
from ..functions.decimals import WORKING, Decimals, all_settled, require_small, settled, settled_number
from ..functions.losses import log_slips, mean_loss_formula, weighted_loss
from ..functions.single import as_asked, rows_of
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Rounded, Step, Value
from ..number import Number
from ..reading.schema import Whole, record
from ..sliding.geometry import Map, map_size, rounding_phrase
from ..streams import Stream

MOST_PROBABILITIES = 60

Asked: TypeAlias = Literal["probabilities", "loss", "class"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]
Output: TypeAlias = Literal["softmax", "sigmoid"]
EVERYTHING: tuple[Asked, ...] = ("probabilities", "loss", "class")


@record
class Params:
    """What an entry draws from."""

    logits: TensorRange
    digits: Decimals
    function: Output = "softmax"
    ask: Asks = EVERYTHING

    def __post_init__(self) -> None:
        if len(self.logits.shape) != 2:
            raise ValueError("'logits' needs the shape [n, K]: n samples, K outputs")


@record
class Given:
    """What decides the answer."""

    logits: Map
    labels: tuple[Whole, ...]
    digits: Decimals
    function: Output = "softmax"
    ask: Asks = EVERYTHING

    def __post_init__(self) -> None:
        samples, outputs = map_size(self.logits)
        if samples * outputs > MOST_PROBABILITIES:
            raise ValueError(f"at most {MOST_PROBABILITIES} probabilities are computed")
        if (outputs == 1) != (self.function == "sigmoid"):
            raise ValueError("'logits' needs one column with a sigmoid, and two or more with a softmax")
        if len(self.labels) != samples:
            raise ValueError(f"'labels' needs one class for each of the {samples} samples")
        if not all(0 <= label < _classes(self) for label in self.labels):
            raise ValueError(f"'labels' are classes from 0 to {_classes(self) - 1}")
        if tuple(sorted(self.ask, key=EVERYTHING.index)) != self.ask:
            raise ValueError(f"'ask' has this order: {', '.join(EVERYTHING)}")
        require_small(z for row in self.logits for z in row)


def _classes(given: Given) -> int:
    return 2 if given.function == "sigmoid" else len(given.logits[0])


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw logits and labels; refuse samples without a single most probable class."""
    logits = draw_tensor(params.logits, stream.child("logits"))
    labels = stream.child("labels")
    classes = 2 if params.function == "sigmoid" else len(logits[0])
    try:
        given = Given(
            logits=logits,
            labels=tuple(labels.child(str(sample)).below(classes) for sample in range(len(logits))),
            digits=params.digits,
            function=params.function,
            ask=params.ask,
        )
    except ValueError as error:
        raise Refused("the logits do not go with the function") from error
    if any(len(_most_probable(row)) > 1 for row in _full_logits(given)):
        raise Refused("two classes are equally probable")
    return given


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    several = len(given.logits) > 1
    one_hot = tuple(tuple(int(k == label) for k in range(_classes(given))) for label in given.labels)
    return {
        "Z": Grid(given.logits, "Z" if several else "z"),
        "T": Grid(one_hot, "T" if several else "t"),
        "labels": listed([label + _first_class(case) for label in given.labels]),
        "rounding": rounding_phrase(given.digits),
        "loss_rule": say(
            "The loss is the mean, over the samples, of $-\\ln$ of the probability of the true class, "
            "with the natural logarithm."
        )
        if several
        else say("The loss is $-\\ln$ of the probability of the true class, with the natural logarithm."),
        "class_rule": say("The two classes are 0 and 1.")
        if given.function == "sigmoid"
        else say("Classes are counted from left to right, from {{ origin }}.", origin=origin),
    }


def _first_class(case: Case[Given]) -> int:
    return 0 if case.given.function == "sigmoid" else case.conventions.origin


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the probabilities, the loss and the predicted classes."""
    given = case.given
    rule, size = Rounded(given.digits), map_size(given.logits)
    needs = ("p",) if "probabilities" in given.ask else ()
    fields: list[Field] = []
    if needs:
        label = Symbol(_probabilities_symbol(given))
        one = size == (1, 1)
        fields.append(Field("p", "number" if one else "tensor", label, rule, shape=None if one else size))
    if "loss" in given.ask:
        fields.append(Field("loss", "number", Symbol("L"), rule, needs=needs))
    if "class" in given.ask:
        fields += [Field(name, "integer", label, needs=needs) for name, label in _class_fields(case)]
    return tuple(fields)


def _probabilities_symbol(given: Given) -> str:
    if given.function == "sigmoid":
        return r"P(1)"
    return r"\Lambda" if len(given.logits) > 1 else r"\lambda"


def _class_fields(case: Case[Given]) -> list[tuple[str, Message]]:
    """Return name and label of the predicted class of every sample."""
    count, origin = len(case.given.logits), case.conventions.origin
    if count == 1:
        return [("class", say("Predicted class"))]
    return [
        (f"class{number}", say("Predicted class of row {{ number }}", number=number))
        for number in range(origin, origin + count)
    ]


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Compute with the engine; probabilities that are taken replace those that come out."""
    given, slips = case.given, case.slips
    meant = taken_for(given.function, slips)
    own = taken.get("p")
    rows = [computed(meant, row, WORKING) for row in given.logits] if own is None else rows_of(own)
    answers: dict[str, tuple[Value, ...]] = {}
    if "probabilities" in given.ask:
        printed = tuple(values(meant, row, 0, given.digits) for row in given.logits)
        answers["p"] = (as_asked(printed),)
    if "loss" in given.ask:
        exact = own is None and not slips
        answers["loss"] = (_proved_loss(given) if exact else _loss(given, _all_classes(given, rows), slips),)
    if "class" in given.ask:
        predicted = map(_most_probable, _all_classes(given, rows))
        for (name, _), label, best in zip(_class_fields(case), given.labels, predicted, strict=True):
            chosen = (label,) if "label_for_prediction" in slips else best
            answers[name] = tuple(k + _counted_from(case) for k in chosen)
    return answers


def _counted_from(case: Case[Given]) -> int:
    first = _first_class(case)
    return 1 - first if "class_from_other_origin" in case.slips else first


def _full_logits(given: Given) -> Sequence[Sequence[Number]]:
    """Return the logits of all classes; a sigmoid is a softmax of 0 and z."""
    return [(0, row[0]) for row in given.logits] if given.function == "sigmoid" else given.logits


def _all_classes(given: Given, rows: Sequence[Sequence[Number]]) -> Sequence[Sequence[Number]]:
    """Return the probabilities of all classes."""
    return [(1 - row[0], row[0]) for row in rows] if given.function == "sigmoid" else rows


def _most_probable(row: Sequence[Number]) -> tuple[int, ...]:
    return tuple(k for k, share in enumerate(row) if share == max(row))


def _proved_loss(given: Given) -> Number:
    logits = _full_logits(given)
    return settled(lambda decimals: (cross_entropy_digits(logits, given.labels, decimals),), given.digits)[0]


def _loss(given: Given, rows: Sequence[Sequence[Number]], slips: frozenset[str]) -> Number:
    """Compute the loss from probabilities."""
    chosen = [row[label] for row, label in zip(rows, given.labels, strict=True)]
    if "largest_probability" in slips:
        chosen = [max(row) for row in rows]
    elif "complement_probability" in slips:
        chosen = [1 - probability for probability in chosen]
    elif "loss_over_all_classes" in slips:
        chosen = [probability for row in rows for probability in row]
    weight = Fraction(1, 1 if "sum_not_mean" in slips else len(rows))
    return settled_number(weighted_loss([(weight, p) for p in chosen], slips), given.digits)


def second(case: Case[Given]) -> Key:
    """Sum the series of the exponentials and of every logarithm, without the engine."""
    given = case.given
    rows: list[Sequence[Fraction]] = []
    total = Fraction(0)
    for logits, label in zip(_full_logits(given), given.labels, strict=True):
        powers = [series.exp(z) for z in logits]
        rows.append([power / sum(powers) for power in powers])
        total += series.ln(sum(powers)) - logits[label]
    answers: dict[str, tuple[Value, ...]] = {}
    if "probabilities" in given.ask:
        asked = [row[1:] for row in rows] if given.function == "sigmoid" else rows
        answers["p"] = (as_asked(tuple(all_settled(row, given.digits) for row in asked)),)
    if "loss" in given.ask:
        answers["loss"] = all_settled([total / len(rows)], given.digits)
    if "class" in given.ask:
        for (name, _), logits in zip(_class_fields(case), _full_logits(given), strict=True):
            beaten = {k for k, z in enumerate(logits) for other in logits if other > z}
            answers[name] = tuple(k + _first_class(case) for k in range(len(logits)) if k not in beaten)
    return answers


def effort(case: Case[Given]) -> Effort:
    """Count the steps of probabilities, logarithms and choices."""
    given = case.given
    cells = [z for row in given.logits for z in row]
    steps = 3 * len(cells) + len(given.logits) * (2 * ("loss" in given.ask) + ("class" in given.ask))
    return Effort(steps, sum(z < 0 for z in cells), given.digits + 1)


def remaining(case: Case[Given], taken: Mapping[str, Value], name: str) -> int:
    """Count the logarithms, except for that of 1, or the samples whose class is told."""
    given = case.given
    if name != "loss":
        return len(given.labels)
    rows = _all_classes(given, rows_of(taken["p"]))
    return sum(row[label] not in (0, 1) for row, label in zip(rows, given.labels, strict=True))


# -- the worked solution ------------------------------------------------------------------------


def work(case: Case[Given]) -> Iterator[Step]:
    """Write the probabilities out sample by sample, then the loss, then the classes."""
    given, digits = case.given, case.given.digits
    rows = [values(given.function, row, 0, digits) for row in given.logits]
    yield rule_symbol(given.function)
    if given.function == "sigmoid":
        yield from exponential_work("sigmoid", [row[0] for row in given.logits], digits, 0)
    else:
        for number, logits in enumerate(given.logits, case.conventions.origin):
            if len(given.logits) > 1:
                yield say("Row {{ number }}:", number=number)
            yield from softmax_work(logits, digits, _names(case, number))
    full = _all_classes(given, rows)
    if "loss" in given.ask:
        if given.function == "sigmoid":
            yield say("The probability of class 0 is 1 minus that of class 1.")
        yield (
            say(
                "Take the probability of the true class in every row, with more decimals than are asked, "
                "and the mean of the logarithms:"
            )
            if len(rows) > 1
            else say(
                "Take the probability of the true class, with more decimals than are asked, "
                "and its logarithm:"
            )
        )
        chosen = [row[label] for row, label in zip(full, given.labels, strict=True)]
        yield mean_loss_formula("L", chosen, _proved_loss(given), digits)
    if "class" in given.ask:
        yield say("The predicted class is the most probable one:")
        for (_, label), row in zip(_class_fields(case), _full_logits(given), strict=True):
            classes = listed([k + _first_class(case) for k in _most_probable(row)])
            yield say("{{ label }}: {{ classes }}", label=label, classes=classes)


def _names(case: Case[Given], number: int) -> list[str]:
    """Return the symbols of the probabilities of a row."""
    origin, classes = case.conventions.origin, _classes(case.given)
    row = f"{number}," if len(case.given.logits) > 1 else ""
    symbol = _probabilities_symbol(case.given)
    return [f"{symbol}_{{{row}{k}}}" for k in range(origin, origin + classes)]


# -- misconceptions -----------------------------------------------------------------------------


def _asks(*names: Asked) -> Callable[[Given], bool]:
    return lambda given: not set(names).isdisjoint(given.ask)


def _last_function(*functions: str) -> Callable[[Given], bool]:
    return lambda given: given.function in functions


MISCONCEPTIONS = (
    *(
        slip(name, _last_function(*functions))
        for name, functions in MISTAKEN.items()
        if not {"softmax", "sigmoid"}.isdisjoint(functions)
    ),
    *log_slips(_asks("loss")),
    slip("sum_not_mean", lambda given: "loss" in given.ask and len(given.logits) > 1),
    slip("largest_probability", _asks("loss")),
    slip("complement_probability", _asks("loss")),
    slip("loss_over_all_classes", _asks("loss")),
    slip("label_for_prediction", _asks("class")),
    slip("class_from_other_origin", lambda given: "class" in given.ask and given.function == "softmax"),
)

TYPE = QuestionType(
    name="cross_entropy",
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
    essential=lambda _: ("Z",),
    pace=15,
    remaining=remaining,
)
