"""What is asked about costs: a number of each network, and one that compares two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from ..document import Message, say
from ..model import Field
from ..rules import rule_for
from .comparison import named
from .memory_units import Unit
from .miscosts import MEMORY

Asked: TypeAlias = Literal[
    "macs",
    "flops",
    "activations",
    "parameters",
    "parameter_memory",
    "activation_memory",
    "inference_memory",
    "training_memory",
    "ratio",
]

_NEEDS: Mapping[Asked, tuple[Asked, ...]] = {
    "flops": ("macs",),
    "parameter_memory": ("parameters",),
    "activation_memory": ("activations",),
    "inference_memory": ("parameters",),
    "training_memory": ("parameters", "activations"),
}


def _labels(unit: Unit) -> Mapping[Asked, Message]:
    return {
        "macs": say("MACs for one image"),
        "flops": say("FLOPs for one image"),
        "activations": say("Numbers put out for one image"),
        "parameters": say("Parameters (weights and biases)"),
        "parameter_memory": say("Memory of the parameters ({{ unit }})", unit=unit),
        "activation_memory": say("Memory of what the layers put out ({{ unit }})", unit=unit),
        "inference_memory": say("Memory for inference ({{ unit }})", unit=unit),
        "training_memory": say("Memory for training ({{ unit }})", unit=unit),
        "ratio": say("MACs of A divided by MACs of B (exact)"),
    }


def asked_of_each(given: Any) -> tuple[Asked, ...]:
    """Return what is asked of each network."""
    return tuple(asked for asked in given.ask if asked != "ratio")


def field_name(given: Any, network: str, asked: Asked) -> str:
    """Return the name of a field; a single network goes without its letter."""
    return asked if len(given.networks) == 1 else f"{asked}_{network}"


def fields_of(given: Any) -> Iterator[Field]:
    """Yield the fields, network by network."""
    labels = _labels(given.unit)
    for name, _ in named(given.networks):
        asked_before: tuple[Asked, ...] = ()
        for asked in asked_of_each(given):
            needs = tuple(
                field_name(given, name, needed) for needed in _NEEDS.get(asked, ()) if needed in asked_before
            )
            yield _field(given, name, asked, labels[asked], needs)
            asked_before += (asked,)
    if "ratio" in given.ask:
        needs = ("macs_A", "macs_B") if "macs" in given.ask else ()
        yield Field("ratio", "number", labels["ratio"], needs=needs)


def _field(given: Any, network: str, asked: Asked, label: Message, needs: tuple[str, ...]) -> Field:
    whole = asked not in MEMORY or given.unit == "bytes"
    single = len(given.networks) == 1
    return Field(
        field_name(given, network, asked),
        "integer" if whole else "number",
        label if single else say("{{ name }}: {{ asked }}", asked=label, name=network),
        rule_for(None if whole else given.digits),
        at=None if single else (say("{{ name }}", name=network), label),
        needs=needs,
    )
