"""The page templates: one environment, every value escaped, every name known."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ..resources import resource
from .compiled import kept


@cache
def environment() -> Environment:
    """Return the environment of all page templates."""
    return Environment(
        loader=FunctionLoader(lambda name: resource(name).read_text(encoding="utf-8")),
        bytecode_cache=kept(resource("__pycache__")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
