"""How the setting of an operation is read off what is seen of it: the worked solution, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from math import prod

from .. import latex
from ..document import Message, Symbol, say
from ..engine import effective_kernel
from ..model import Step
from .timeline import OPERATIONS, TRANSPOSED, Setting, Timeline


def explained(seen: Timeline, accepted: Sequence[Setting]) -> Iterator[Step]:
    """Read a setting off its timeline; say of each part that cannot be told what it could be as well."""
    setting = seen.setting
    if setting.operation == TRANSPOSED:
        yield say(
            "Every step reads one cell and writes a block of cells: the operation is a transposed "
            "convolution, which stamps its kernel on the output."
        )
    else:
        yield say(
            "Every step reads a block of cells and writes a single cell: a window slides over the input."
        )
    for part in ("size", "dilation", "stride", "padding"):
        values = sorted({getattr(each, part) for each in accepted})
        yield _reason(seen, part) if len(values) == 1 else _untold(part, values)
    yield from _operation(seen, accepted)
    if len(accepted) > 1 and not _is_product(accepted):
        yield say("Not every combination of these fits. The key lists all that look the same.")


def _reason(seen: Timeline, part: str) -> Message:
    setting = seen.setting
    match part:
        case "size":
            return say(
                "A block that is seen whole has {{ size }} × {{ size }} cells: the size is {{ size }}.",
                size=setting.size,
            )
        case "dilation":
            return _dilation(setting)
        case "stride":
            what = (
                say("The block on the output moves by {{ stride }}", stride=setting.stride)
                if setting.operation == TRANSPOSED
                else say("The window moves by {{ stride }}", stride=setting.stride)
            )
            return say(
                "{{ what }} from one step to the next: the stride is {{ stride }}.",
                what=what,
                stride=setting.stride,
            )
        case _:
            return _padding(setting)


def _dilation(setting: Setting) -> Message:
    if setting.dilation == 1:
        return say("Its cells are neighbours: the dilation is 1.")
    return say(
        "Neighbouring cells of a block are {{ dilation }} apart: the dilation is {{ dilation }}. The block "
        "spans {{ span }} rows and columns.",
        dilation=setting.dilation,
        span=effective_kernel(setting.size, setting.dilation),
    )


def _padding(setting: Setting) -> Message:
    if setting.operation == TRANSPOSED:
        if not setting.padding:
            return say(
                "The block of the first cell lies inside the output: nothing is cut off, the padding is 0."
            )
        return say(
            "The first block begins {{ padding }} above and left of the output: so much is cut off on every "
            "side, and the padding is {{ padding }}.",
            padding=setting.padding,
        )
    if not setting.padding:
        return say("The first window begins at the first cell of the input: the padding is 0.")
    return say(
        "The first window begins {{ padding }} above and left of the input: the padding is {{ padding }}.",
        padding=setting.padding,
    )


def _untold(part: str, values: Sequence[int]) -> Message:
    names = {f"n{place}": value for place, value in enumerate(values)}
    listed = Message(", ".join(f"{{{{ {name} }}}}" for name in names), names)
    return say(
        "The {{ part }} cannot be told: with {{ values }} the animation looks the same.",
        part=part,
        values=listed,
    )


def _operation(seen: Timeline, accepted: Sequence[Setting]) -> Iterator[Step]:
    names = [name for name in OPERATIONS if name in {each.operation for each in accepted}]
    if seen.scene.image is None:
        if len(names) > 1:
            yield say(
                "No numbers are seen, so {{ names }} look the same: each of them is right.",
                names=_listed(names),
            )
        return
    if seen.setting.operation != TRANSPOSED:
        yield say("Numbers tell the operations apart. In the first step:")
        yield from _first_step(seen)
    if len(names) > 1:
        yield say("The numbers fit {{ names }}: each of them is right.", names=_listed(names))
    else:
        yield say("All numbers together fit {{ name }} only.", name=names[0])


def _listed(names: Sequence[str]) -> Message:
    *first, last = names
    return say("{{ first }} and {{ last }}", first=", ".join(first), last=last)


def _first_step(seen: Timeline) -> Iterator[Symbol]:
    """Write out what each operation with this window makes of the numbers of the first step."""
    scene = seen.scene
    numbers = seen.first_window()
    inside = [number for number in numbers if number is not None]
    pairs = [(number or 0, weight) for number, weight in zip(numbers, seen.weights(), strict=True)]
    total = latex.number(inside[0]) + "".join(map(latex.added, inside[1:]))
    divisor = len(numbers) if scene.counts_padding else len(inside)
    terms = {
        "max pooling": rf"\max({','.join(map(latex.number, inside))})",
        "average pooling": rf"\frac{{{total}}}{{{divisor}}}",
        "convolution": latex.products(pairs),
    }
    for operation in (name for name in OPERATIONS if name in terms):
        value = latex.number(seen.as_if(operation).output()[0, 0])
        yield Symbol(rf"\text{{{operation}: }}{terms[operation]}={value}")


def _is_product(accepted: Sequence[Setting]) -> bool:
    """Say whether every combination of the parts' values is there."""
    parts = zip(*map(astuple, accepted), strict=True)
    return prod(len(set(part)) for part in parts) == len(accepted)
