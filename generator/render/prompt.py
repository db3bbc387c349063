"""Prompts, in the language of the page where the entry has them in it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from .. import registry
from ..language import ENGLISH, codes, language
from ..papers import Problem
from ..text import blocks
from .html import fragment
from .look import Look


def prompt(problem: Problem, look: Look) -> Markup:
    """Write a prompt; one in another language is marked, and its phrases and numbers are in that one."""
    spec = problem.spec
    code = spec.asked_in(look.language.code)
    own = replace(look, language=language(code) if code in codes() else ENGLISH)
    page = fragment(blocks(spec.prompt[code], registry.get(spec.type).show(problem.case), own.translate), own)
    return page if code == look.language.code else Markup('<div lang="{}">\n{}</div>\n').format(code, page)
