"""HTML in packages, as far as the readers look at it."""

from __future__ import annotations

import html
import re

from .refusal import need

TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.S)


def visible(markup: str) -> str:
    """Return the text of some HTML without its tags."""
    return " ".join(html.unescape(TAG.sub("", markup)).split())


def check_markup(markup: str, where: str) -> None:
    """Refuse HTML in which a ``<`` begins no tag."""
    need("<" not in TAG.sub("", markup), where, f"a bare < in HTML: {markup!r}")
