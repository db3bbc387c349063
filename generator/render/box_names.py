"""What boxes are called: in the web page, in the PDF and in a table of answers alike.

``ITEM/FIELD``, for a cell of a map ``ITEM/FIELD/ROW,COLUMN`` counted from 1, for a part of a record
``ITEM/FIELD/PART``. Names follow from the field alone, so they cannot betray an answer.
"""

from __future__ import annotations

from ..model import Field

ITEM = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
"""What an item of a paper may be called; it holds no slash, so that names can be taken apart."""

WORD = r"[A-Za-z][A-Za-z0-9_]{0,63}"
"""What a field or a part may be called."""


def field_name(item: str, field: str) -> str:
    """Return the name of a field: of its only box and its column, or what those of its boxes begin with."""
    return f"{item}/{field}"


def cell_names(name: str, rows: int, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the names of the cells of a map, row by row."""
    return tuple(
        tuple(f"{name}/{row},{column}" for column in range(1, columns + 1)) for row in range(1, rows + 1)
    )


def box_names(item: str, field: Field) -> tuple[tuple[str, ...], ...]:
    """Return the names of the boxes of a field, row by row; a map whose size is asked has a single one."""
    name = field_name(item, field.name)
    if field.kind == "record":
        return (tuple(f"{name}/{part.name}" for part in field.parts),)
    if field.kind == "tensor" and field.shape is not None:
        return cell_names(name, *field.shape)
    return ((name,),)
