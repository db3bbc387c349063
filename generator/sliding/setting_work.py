"""How the setting of an operation is read off what is seen of it: the worked solution, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from math import prod

from .. import latex
from ..document import Message, Symbol, listed, say
from ..engine import effective_kernel
from ..language import phrase
from ..model import Step
from .timeline import OPERATIONS, TRANSPOSED, Operation, Setting, Timeline


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
    match part:
        case "size":
            return _size(seen)
        case "dilation":
            return _dilation(seen.setting)
        case "stride":
            return _stride(seen.setting)
        case _:
            return _cut_off(seen) if seen.setting.operation == TRANSPOSED else _padding(seen)


def _size(seen: Timeline) -> Message:
    """Point at a step that shows a whole block; cells that are cut off are not seen."""
    size = seen.setting.size
    blocks = (written if seen.setting.operation == TRANSPOSED else read for read, written in seen.marks)
    whole = next((step for step, block in enumerate(blocks, start=1) if len(block) == size**2), None)
    if whole is None:
        return say(
            "No step shows a whole block. Of all sizes within the bounds, only {{ size }} leads to the parts "
            "that are seen, and to so many steps.",
            size=size,
        )
    return say(
        "Step {{ step }} shows a whole block, of {{ size }} × {{ size }} cells: the size is {{ size }}.",
        step=whole,
        size=size,
    )


def _dilation(setting: Setting) -> Message:
    if setting.dilation == 1:
        return say("The cells of a block are neighbours: the dilation is 1.")
    return say(
        "Neighbouring cells of a block are {{ dilation }} apart: the dilation is {{ dilation }}. A whole "
        "block spans {{ span }} rows and columns.",
        dilation=setting.dilation,
        span=effective_kernel(setting.size, setting.dilation),
    )


def _stride(setting: Setting) -> Message:
    if setting.operation == TRANSPOSED:
        return say(
            "The block on the output moves by {{ stride }} from one step to the next: the stride is "
            "{{ stride }}.",
            stride=setting.stride,
        )
    return say(
        "The window moves by {{ stride }} from one step to the next: the stride is {{ stride }}.",
        stride=setting.stride,
    )


def _cut_off(seen: Timeline) -> Message:
    padding = seen.setting.padding
    if not padding:
        return say(
            "The block of the first step lies inside the output: nothing is cut off, the padding is 0."
        )
    if seen.scene.padding_drawn:
        return say(
            "Dashed cells, {{ padding }} on every side, are cut off the output: that is the padding.",
            padding=padding,
        )
    return say(
        "The first row and column of the first block lie {{ padding }} outside the output, where nothing is "
        "drawn: so much is cut off, and the padding is {{ padding }}.",
        padding=padding,
    )


def _padding(seen: Timeline) -> Message:
    padding = seen.setting.padding
    if not padding:
        return say("The first window begins at the first cell of the input: the padding is 0.")
    if seen.scene.padding_drawn:
        return say(
            "The first window begins {{ padding }} above and left of the input: that is the padding.",
            padding=padding,
        )
    read, _ = seen.marks[0]
    return say(
        "In the first step only {{ rows }} of the {{ size }} rows of the window are seen, the first of them "
        "in row {{ first }} counted from 0. The others lie above it, each {{ dilation }} from the next: the "
        "window begins {{ padding }} outside, and that is the padding.",
        rows=len({row for row, _ in read}),
        size=seen.setting.size,
        first=min(row for row, _ in read),
        dilation=seen.setting.dilation,
        padding=padding,
    )


def _untold(part: str, values: Sequence[int]) -> Message:
    return say(
        "The {{ part }} cannot be told: with {{ values }} the animation looks the same.",
        part=part,
        values=listed(values),
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


_NAMES: Mapping[Operation, str] = {
    "convolution": phrase("convolution"),
    "max pooling": phrase("max pooling"),
    "average pooling": phrase("average pooling"),
}


def _first_step(seen: Timeline) -> Iterator[Symbol]:
    """Write out what each operation with this window makes of the numbers of the first step."""
    numbers = seen.window((0, 0))
    inside = [number for number in numbers if number is not None]
    pairs = [(number or 0, weight) for number, weight in zip(numbers, seen.weights(), strict=True)]
    total = latex.number(inside[0]) + "".join(map(latex.added, inside[1:]))
    terms: Mapping[Operation, str] = {
        "convolution": latex.products(pairs),
        "max pooling": rf"\max({','.join(map(latex.number, inside))})",
        "average pooling": rf"\frac{{{total}}}{{{seen.divisor((0, 0))}}}",
    }
    for operation, term in terms.items():
        value = latex.number(seen.as_if(operation).output()[0, 0])
        yield Symbol(rf"\text{{{_NAMES[operation]}: }}{term}={value}")


def _is_product(accepted: Sequence[Setting]) -> bool:
    """Say whether every combination of the parts' values is there."""
    parts = zip(*map(astuple, accepted), strict=True)
    return prod(len(set(part)) for part in parts) == len(accepted)
