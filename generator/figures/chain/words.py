"""Networks in words."""

from __future__ import annotations

from ..model import Chain, Maps, Units
from .stages import CIRCLES, SHEETS, is_hidden


def chain_words(chain: Chain) -> str:
    """Read a network out, from the input to the output."""
    first, *others = map(_stage, chain.stages)
    steps = (
        f"; then {layer}: {stage}" if layer else f"; then {stage}"
        for layer, stage in zip(chain.layers, others, strict=True)
    )
    return first + "".join(steps)


def _stage(stage: Maps | Units) -> str:
    return f"{_shape(stage)} ({stage.caption})" if stage.caption else _shape(stage)


def _shape(stage: Maps | Units) -> str:
    """Say what is drawn; where only some are drawn, they are many."""
    if stage.count is None or is_hidden(stage):
        return "dashed box"
    name, most = ("unit", CIRCLES) if isinstance(stage, Units) else ("map", SHEETS - 1)
    return f"1 {name}" if stage.count == 1 else f"{stage.count if stage.count <= most else 'many'} {name}s"
