"""What a delivery engine says when it will not take a package in."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 - it is no fault of the program
    """A package, a file in it or a response that breaks the format or the portable pattern."""
