"""The kinds of question, by name; asking for one imports that one file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from .model import QuestionType

NAMES: tuple[str, ...] = (
    "conv2d",
    "output_shape",
    "pool",
    "param_count",
    "network_table",
    "identify_operation",
    "kernel_effect",
    "connectivity",
    "choice",
    "short_text",
    "conv1d",
    "convolution_or_correlation",
    "index_mapping",
    "equivariance",
    "conv_matrix",
    "transposed_conv",
    "pipeline",
    "strongest_response",
    "compute_cost",
    "receptive_field",
    "activation",
    "cross_entropy",
    "bandit",
    "gradient",
    "reverse",
    "conv_symbolic",
    "formula",
)


@cache
def get(name: str) -> QuestionType[Any, Any]:
    """Return the kind of that name.

    Raises
    ------
    KeyError
        If there is none; a bank file is checked before it gets here.
    """
    if name not in NAMES:
        raise KeyError(name)
    kind: QuestionType[Any, Any] = import_module(f".questions.{name}", __package__).TYPE
    return kind
