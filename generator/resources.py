"""Files of the package: page templates, style sheets, fonts."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(name: str) -> Traversable:
    """Return a file of the package's templates, in a checkout or in a wheel."""
    return files("convexam") / "templates" / name
