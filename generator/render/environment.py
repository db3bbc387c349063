"""The page templates: one environment, every value escaped, every name known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the environment of all page templates."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # slow to load

    from .compiled import kept

    return Environment(
        loader=FunctionLoader(lambda name: resource(name).read_text(encoding="utf-8")),
        bytecode_cache=kept(resource("__pycache__")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
