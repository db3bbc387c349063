"""The fields of a PDF that can be filled in, made fit for the programs that students fill them in with.

WeasyPrint makes a field of each input. Here a field that covers a map is cut into its cells, all fields get
one small font that every program can write with, and the form learns for which paper it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .pdf_objects import at

CELLS = re.compile(r"(?P<map>.*)/(?P<rows>[0-9]+),(?P<columns>[0-9]+)")
"""The name of a field that covers a map: that of its last cell."""

FONT = "Inconsolata"
INK = "0.082 0.247 0.478 rg"  # that of filled in answers
AUTOMATIC = 0  # a size that makes the text fit

PRINTED, HIDDEN = 1 << 2, 1 << 1  # of what is seen of a field
READ_ONLY, NO_SPELLING = 1 << 0, 1 << 22  # of a field
CENTRED = 1


def finish_form(pdf: Any, code: str) -> None:
    """Mend the fields of a PDF, if there are any.

    Parameters
    ----------
    pdf
        What WeasyPrint is about to write.
    code
        The code of the paper.
    """
    import pydyf

    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    fields = [at(pdf, reference) for reference in form["Fields"]]
    font = _font(pdf, form, fields[0])
    tags = {at(pdf, tag["K"][0])["Obj"]: tag for tag in pdf.objects if _is_form_tag(tag)}
    boxes = [box for field in fields for box in _cut(pdf, field, tags[field.reference])]
    for box in boxes:
        _mend(box)
    paper = _paper(pdf, code, fields[0]["P"])
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {
            "Fields": pydyf.Array(item.reference for item in (paper, *boxes)),
            "DR": pydyf.Dictionary({"Font": pydyf.Dictionary({FONT: font.reference})}),
            "DA": _appearance(AUTOMATIC),
        }
    )


def _is_form_tag(item: Any) -> bool:
    return isinstance(item, dict) and item.get("S") == "/Form"


def _mend(field: Any) -> None:
    """Name a field as a PDF can, and write into it in our font."""
    import pydyf

    _name, size = _font_and_size(field)
    field["T"] = pydyf.String(field["T"].string.replace(".", ":"))  # a full stop would part groups
    field["DA"] = _appearance(AUTOMATIC if "Q" in field else size)
    field["Ff"] = field.get("Ff", 0) | NO_SPELLING


def _font_and_size(field: Any) -> tuple[str, float]:
    """Return the last operands of the appearance that WeasyPrint has written: ``... /NAME 11 Tf``."""
    *_, name, size, _operator = field["DA"].string.split()
    return name.decode().removeprefix("/"), float(size)


def _appearance(size: float) -> Any:
    import pydyf

    return pydyf.String(f"/{FONT} {size:g} Tf {INK}")


# -- maps ---------------------------------------------------------------------------------------


def _cut(pdf: Any, field: Any, tag: Any) -> Iterator[Any]:
    """Cut a field that covers a map into a field for each cell, and its tag likewise."""
    import pydyf

    match = CELLS.fullmatch(field["T"].string)
    if match is None:
        yield field
        return
    rows, columns = int(match["rows"]), int(match["columns"])
    words = field["TU"].string
    left, top, right, bottom = field["Rect"]
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            last = (row, column) == (rows, columns)
            cell = field if last else _copy(pdf, field, tag)
            cell["Rect"] = pydyf.Array(
                [
                    left + (right - left) * (column - 1) / columns,
                    top + (bottom - top) * row / rows,
                    left + (right - left) * column / columns,
                    top + (bottom - top) * (row - 1) / rows,
                ]
            )
            cell["T"] = pydyf.String(f"{match['map']}/{row},{column}")
            cell["TU"] = pydyf.String(
                words.replace("{{ row }}", str(row)).replace("{{ column }}", str(column))
            )
            cell["Q"] = CENTRED
            yield cell


def _copy(pdf: Any, field: Any, tag: Any) -> Any:
    """Put a copy of a field on its page and into the tree of tags, right before the field."""
    import pydyf

    copy = pydyf.Dictionary(field)
    pdf.add_object(copy)
    page = at(pdf, field["P"])
    page["Annots"].insert(page["Annots"].index(field.reference), copy.reference)
    place = pydyf.Dictionary({"Type": "/OBJR", "Obj": copy.reference, "Pg": field["P"]})
    pdf.add_object(place)
    copied_tag = pydyf.Dictionary({**tag, "K": pydyf.Array([place.reference])})
    pdf.add_object(copied_tag)
    around = at(pdf, tag["P"])["K"]
    around.insert(around.index(tag.reference), copied_tag.reference)
    numbers = at(pdf, at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    copy["StructParent"] = numbers[-2] + 1
    numbers.extend((copy["StructParent"], copied_tag.reference))
    return copy


# -- the font and the paper ---------------------------------------------------------------------


def _font(pdf: Any, form: Any, field: Any) -> Any:
    """Return the font of the fields in the simple kind that every program can write with.

    It shares its outlines with the font that WeasyPrint embedded, in which letters have numbers of their
    own. As all its characters are equally wide, the width of one is enough.
    """
    import pydyf

    name, _size = _font_and_size(field)
    composite = at(pdf, at(pdf, at(pdf, form["DR"])["Font"])[name])
    inner = at(pdf, composite["DescendantFonts"][0])
    descriptor = at(pdf, inner["FontDescriptor"])
    descriptor["Flags"] = 1 << 0 | 1 << 5  # of one width, with the usual letters
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/TrueType",
            "BaseFont": composite["BaseFont"],
            "Encoding": "/WinAnsiEncoding",
            "FirstChar": 32,
            "LastChar": 255,
            "Widths": pydyf.Array([inner["W"][1][0]] * (256 - 32)),
            "FontDescriptor": inner["FontDescriptor"],
        }
    )
    pdf.add_object(font)
    return font


def _paper(pdf: Any, code: str, page: bytes) -> Any:
    """Add the code of the paper as a field that is neither seen nor changed."""
    import pydyf

    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Tx",
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "P": page,
            "F": HIDDEN,
            "T": pydyf.String("paper"),
            "V": pydyf.String(code),
            "Ff": READ_ONLY,
            "DA": _appearance(AUTOMATIC),
        }
    )
    pdf.add_object(field)
    at(pdf, page)["Annots"].append(field.reference)
    return field
