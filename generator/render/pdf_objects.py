"""The objects of a PDF that WeasyPrint is about to write, as pydyf keeps them."""

from __future__ import annotations

from typing import Any


def at(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference such as ``12 0 R`` names."""
    return pdf.objects[int(reference.split()[0])]


def marks_of(pdf: Any, page: bytes) -> dict[int, tuple[list[Any], int]]:
    """Return where pieces of content are marked on a page: by number, the operators and the place in them.

    At the place stand the properties of the piece, and before it its role.
    """
    operators = at(pdf, at(pdf, page)["Contents"]).stream
    return {
        each["MCID"]: (operators, place)
        for place, each in enumerate(operators)
        if isinstance(each, dict) and "MCID" in each
    }
