"""Watch a window slide and say which operation it is: operation, size, stride, dilation and padding.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``operation``
    ``convolution``, ``max pooling``, ``average pooling`` or ``transposed convolution``; drawn: a list to
    choose from.
``map``
    Rows and columns of the input.
``size``, ``stride``, ``dilation``, ``padding``
    Of a square window, the same along both axes; stride and dilation are 1 and padding is 0 by default.
    The padding of a transposed convolution is what it cuts off its output.
``padding_drawn``
    Draw the cells around: the padding, or what is cut off; the default. Otherwise only what lies inside is
    seen.
``steps``
    Show the first so many steps only; by default all of them.
``numbers``
    Show numbers, and the kernel that a convolution would use:
    ``{image: {from: 0, to: 9}, kernel: {one_of: [-1, 0, 1, 2]}}``; fixed: image and kernel as blocks of
    rows.
``unique``
    Show more until exactly one answer is right: all steps, then the padding, then numbers. A draw that
    leaves more than one answer even then is made again.
``bounds``
    The largest size, stride, dilation and padding that an answer may have; default 5, 3, 3 and 3.

**Every setting within the bounds that looks the same is right.** The key is found by comparing the timelines
of all of them step by step: without numbers no one can tell pooling from convolution, and from a single
step no one can tell the stride.

The effort of a draw counts its steps as products.

A prompt may show: ``animation``, and as a list ``rules``: what is drawn, and what can be answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from functools import cached_property, lru_cache
from itertools import product, starmap
from typing import Annotated, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Limits

from ..changes import slip
from ..document import Lines, Message, Shown, say
from ..draws import Entries, Ints, OneOfNumbers, Span, different, draw_filled, draw_int
from ..figures.animation.layout import is_too_wide
from ..figures.grid import SHOWN
from ..model import (
    Case,
    Conventions,
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
from ..reading.schema import Flag, Whole, record
from ..sliding.geometry import Map, map_size, within
from ..sliding.legend import legend
from ..sliding.misread_settings import MISREADINGS
from ..sliding.plain_timeline import Told
from ..sliding.setting_work import explained
from ..sliding.timeline import (
    OPERATIONS,
    Operation,
    Scene,
    Setting,
    Timeline,
    alike,
)
from ..sliding.traces import Window
from ..sliding.worked import MOST_STEPS
from ..streams import Stream

# All settings within the bounds are compared, so there are not too many of them.
Size: TypeAlias = Annotated[Whole, Limits(ge=1, le=7)]
Gap: TypeAlias = Annotated[Whole, Limits(ge=1, le=4)]
Margin: TypeAlias = Annotated[Whole, Limits(ge=0, le=4)]
Side: TypeAlias = Annotated[Whole, Limits(ge=1, le=12)]
Sizes: TypeAlias = Annotated[Ints, within(1, 7)]
Gaps: TypeAlias = Annotated[Ints, within(1, 4)]
Margins: TypeAlias = Annotated[Ints, within(0, 4)]
Lengths: TypeAlias = Annotated[Ints, within(1, 12)]
Steps: TypeAlias = Annotated[Whole, Limits(ge=1, le=MOST_STEPS)]


@record
class Largest:
    """The largest numbers that an answer may have."""

    size: Size = 5
    stride: Gap = 3
    dilation: Gap = 3
    padding: Margin = 3

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """Every window within the bounds."""
        numbers = product(
            range(1, self.size + 1),
            range(1, self.stride + 1),
            range(1, self.dilation + 1),
            range(self.padding + 1),
        )
        return tuple(starmap(Window, numbers))


@record
class NumberRanges:
    """What the numbers of an animation are drawn from."""

    image: Entries = Span(0, 9)
    kernel: Entries = OneOfNumbers((-1, 0, 1, 2))


@record
class Numbers:
    """The numbers of an animation."""

    image: Map
    kernel: Map


@record
class Params:
    """What an entry draws from."""

    operation: Annotated[tuple[Operation, ...], Limits(min_length=1), AfterValidator(different)]
    map: tuple[Lengths, Lengths]
    size: Sizes
    stride: Gaps = 1
    dilation: Gaps = 1
    padding: Margins = 0
    padding_drawn: Flag = True
    steps: Steps | None = None
    numbers: NumberRanges | None = None
    unique: Flag = False
    bounds: Largest = Largest()


@record
class Given:
    """What is seen, and what it is."""

    operation: Operation
    map: tuple[Side, Side]
    size: Size
    stride: Gap = 1
    dilation: Gap = 1
    padding: Margin = 0
    padding_drawn: Flag = True
    steps: Steps | None = None
    numbers: Numbers | None = None
    bounds: Largest = Largest()

    def __post_init__(self) -> None:
        bounds = self.bounds
        for name in ("size", "stride", "dilation", "padding"):
            if getattr(self, name) > getattr(bounds, name):
                raise ValueError(f"'{name}' is larger than 'bounds' allows")
        if self.numbers is not None:
            if map_size(self.numbers.image) != self.map:
                raise ValueError("the image of 'numbers' has another size than 'map'")
            if map_size(self.numbers.kernel) != (self.size, self.size):
                raise ValueError("the kernel of 'numbers' has another size than 'size'")
        # Rounded up, there are at least as many steps as rounded down; which holds, the conventions say.
        timeline = _timeline(Case(self, Conventions(rounding="ceil")))
        if not timeline.meets_input:
            raise ValueError("a window lies wholly in the padding: take less of it")
        if len(timeline.marks) > MOST_STEPS:
            raise ValueError(f"this takes more than {MOST_STEPS} steps; show the first of them with 'steps'")
        if is_too_wide(timeline.animation(0), SHOWN):
            raise ValueError("a map is wider than a page: take a smaller one, or shorter numbers")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw a setting and what is seen of it; show more where only one answer is to be right."""
    number = draw_int(params.size, stream.child("size"))
    rows, columns = (draw_int(side, stream.child("map", str(axis))) for axis, side in enumerate(params.map))
    numbers = stream.child("numbers")
    try:
        given = Given(
            operation=stream.child("operation").choice(params.operation),
            map=(rows, columns),
            size=number,
            stride=draw_int(params.stride, stream.child("stride")),
            dilation=draw_int(params.dilation, stream.child("dilation")),
            padding=draw_int(params.padding, stream.child("padding")),
            padding_drawn=params.padding_drawn,
            steps=params.steps,
            numbers=_draw_numbers(params.numbers, (rows, columns), number, numbers),
            bounds=params.bounds,
        )
        if not params.unique:
            return given
        more = _draw_numbers(params.numbers or NumberRanges(), (rows, columns), number, numbers)
        return next(shown for shown in _more_and_more(given, more) if _is_unique(shown))
    except ValueError as error:
        raise Refused(str(error)) from error
    except StopIteration:
        raise Refused("more than one answer is right, whatever is shown") from None


def _draw_numbers(
    ranges: NumberRanges | None, sizes: tuple[int, int], size: int, stream: Stream
) -> Numbers | None:
    if ranges is None:
        return None
    return Numbers(
        draw_filled(ranges.image, sizes, stream.child("image")),
        draw_filled(ranges.kernel, (size, size), stream.child("kernel")),
    )


def _more_and_more(given: Given, numbers: Numbers | None) -> Iterator[Given]:
    """Yield what is to be seen, then all steps of it, then the cells around, then the numbers as well."""
    yield given
    for more in ({"steps": None}, {"padding_drawn": True}, {"numbers": numbers}):
        shown = replace(given, **more)
        if shown != given:
            given = shown
            yield given


def _is_unique(given: Given) -> bool:
    """Say whether one answer only is right, whatever a paper takes for granted."""
    every = product(("cross-correlation", "convolution"), ("floor", "ceil"), (False, True))
    conventions = (
        Conventions(operation=operation, rounding=rounding, pool_counts_padding=counts)  # type: ignore[arg-type]
        for operation, rounding, counts in every
    )
    return all(len(_consistent(given, each)) == 1 for each in conventions)


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show: what is seen, and never what it is."""
    return {
        "animation": _timeline(case).animation(case.conventions.origin),
        "rules": Lines((*legend(_scene(case)), _about_bounds(case.given.bounds)), ordered=False),
    }


def _about_bounds(largest: Largest) -> Message:
    return say(
        "The operation is a convolution, a transposed convolution, max pooling or average pooling. "
        "Its window is square, and its size is at most {{ size }}. The stride is at most {{ stride }}, "
        "the dilation at most {{ dilation }} and the padding at most {{ padding }}.",
        size=largest.size,
        stride=largest.stride,
        dilation=largest.dilation,
        padding=largest.padding,
    )


_OPTIONS = (
    Option("convolution", also=("conv", "conv2d", "cross-correlation", "filter", "filtering")),
    Option("max pooling", also=("maximum pooling", "pooling max")),
    Option("average pooling", also=("avg pooling", "mean pooling", "pooling average")),
    Option("transposed convolution", also=("conv transpose", "deconvolution", "tconv")),
)

PARTS = (
    Field("operation", "choice", say("operation"), options=_OPTIONS),
    Field("size", "integer", say("size")),
    Field("stride", "integer", say("stride")),
    Field("dilation", "integer", say("dilation")),
    Field("padding", "integer", say("padding"), options=(Option("0", also=("no", "none", "valid")),)),
)


def ask(case: Case[Given]) -> tuple[Field, ...]:  # noqa: ARG001 - always the same
    """Ask for the whole setting at once: which values of its parts are right, all of them decide together."""
    return (Field("setting", "record", say("The operation and its setting"), parts=PARTS),)


# -- the key and the way to it ------------------------------------------------------------------


def _setting(given: Given) -> Setting:
    return Setting(given.operation, given.size, given.stride, given.dilation, given.padding)


def _scene(case: Case[Given]) -> Scene:
    given, conventions = case.given, case.conventions
    return Scene(
        given.map,
        padding_drawn=given.padding_drawn,
        steps=given.steps,
        image=given.numbers.image if given.numbers else None,
        kernel=given.numbers.kernel if given.numbers else None,
        ceil_mode=conventions.rounding == "ceil",
        flip=conventions.operation == "convolution",
        counts_padding=conventions.pool_counts_padding,
    )


def _timeline(case: Case[Given]) -> Timeline:
    return Timeline(_scene(case), _setting(case.given))


@lru_cache(maxsize=64)
def _consistent(given: Given, conventions: Conventions) -> tuple[Setting, ...]:
    """Return every setting within the bounds that looks like what is seen."""
    return tuple(alike(_timeline(Case(given, conventions)), given.bounds.windows))


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Compare what is seen with every setting within the bounds."""
    found = _consistent(case.given, case.conventions)
    for name in sorted(case.slips):
        found = tuple(wrong for right in found if (wrong := MISREADINGS[name](right)) is not None)
    return {"setting": tuple(dict.fromkeys(map(astuple, found)))}


def second(case: Case[Given]) -> Key:
    """Tell every setting in plain loops, without the engine, and compare the stories."""
    given, scene = case.given, _scene(case)
    seen = Told(
        operation=given.operation,
        size=given.size,
        stride=given.stride,
        dilation=given.dilation,
        padding=given.padding,
        height=given.map[0],
        width=given.map[1],
        around=given.padding_drawn,
        numbers=(given.numbers.image, given.numbers.kernel) if given.numbers else None,
        overhang=scene.ceil_mode,
        turned=scene.flip,
        counting=scene.counts_padding,
    )
    found = seen.lookalikes(OPERATIONS, given.bounds.windows, given.steps)
    return {"setting": tuple((each.operation, *each.window) for each in found)}


def effort(case: Case[Given]) -> Effort:
    """Count the steps that are seen."""
    return Effort(products=len(_timeline(case).marks), digits=1)


def work(case: Case[Given]) -> Iterator[Step]:
    """Read the setting off the animation, part by part; say which other answers are right, and why."""
    yield from explained(_timeline(case), _consistent(case.given, case.conventions))


# -- misconceptions -----------------------------------------------------------------------------


def _misreading(name: str) -> Misconception[Given]:
    return slip(name, lambda given: MISREADINGS[name](_setting(given)) is not None)


TYPE = QuestionType(
    name="identify_operation",
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
    misconceptions=tuple(map(_misreading, MISREADINGS)),
    manual=__doc__,
    essential=lambda _: ("animation",),
    pace=10,
)
