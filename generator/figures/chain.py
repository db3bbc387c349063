"""Networks as stacks of feature maps and columns of units."""

from __future__ import annotations

from .model import Chain


def chain_svg(chain: Chain) -> str:
    """Draw."""
    raise NotImplementedError
