"""Networks in words."""

from __future__ import annotations

from ...language import Language
from ..model import Chain, Maps, Units
from .stages import CIRCLES, SHEETS, is_hidden


def chain_words(chain: Chain, language: Language) -> str:
    """Read a network out, from the input to the output."""
    first, *others = (_stage(stage, language) for stage in chain.stages)
    steps = (
        language.tell("then {{ layer }}: {{ stage }}", layer=layer, stage=stage)
        if layer
        else language.tell("then {{ stage }}", stage=stage)
        for layer, stage in zip(chain.layers, others, strict=True)
    )
    return "; ".join((first, *steps))


def _stage(stage: Maps | Units, language: Language) -> str:
    shape = _shape(stage, language)
    return f"{shape} ({stage.caption})" if stage.caption else shape


def _shape(stage: Maps | Units, language: Language) -> str:
    """Say what is drawn; where only some are drawn, they are many."""
    if stage.count is None or is_hidden(stage):
        return language.tell("dashed box")
    if isinstance(stage, Units):
        if stage.count == 1:
            return language.tell("1 unit")
        many = language.tell("many units")
        return language.tell("{{ count }} units", count=stage.count) if stage.count <= CIRCLES else many
    if stage.count == 1:
        return language.tell("1 map")
    many = language.tell("many maps")
    return language.tell("{{ count }} maps", count=stage.count) if stage.count < SHEETS else many
