"""The page templates: one environment, every value escaped, every name known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_PARTS = ("base.html.j2", "parts.html.j2", "form/boxes.html.j2", "form/bar.html.j2", "player.js")
"""The templates that those of papers and feedback pages are made of."""


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


def page_template(name: str) -> Template:
    """Return the template of a paper or a feedback page, with all its parts at hand.

    Call it before workers are forked off this process: they may not keep what they compile.
    """
    for part in _PARTS:
        environment().get_template(part)
    return environment().get_template(name)
