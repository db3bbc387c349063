"""From the boxes of a form to raw answers: ``ITEM/FIELD``, with ``/ROW,COLUMN`` or ``/PART`` after it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...generator.document import Message, say
from ...generator.reading.tree import quoted
from ...generator.render.box_names import ITEM, WORD
from ..marking.fields import Lost, Raw
from ..marking.tensors import MAX_SIDE

_CELL = r"(?P<row>[1-9][0-9]?),(?P<column>[1-9][0-9]?)"
_NAME = re.compile(rf"(?P<item>{ITEM})/(?P<field>{WORD})(?:/(?:{_CELL}|(?P<part>{WORD})))?")
_NO_TEXT = say("the form holds something here that is no text")

Cells = dict[tuple[int, int], "str | None"]


def answers_of_boxes(
    boxes: Mapping[str, str | None],
) -> tuple[dict[str, dict[str, Raw]], tuple[Message, ...]]:
    """Put the boxes of a form together.

    Parameters
    ----------
    boxes
        Name of each box, and the text in it; None for something that is no text.

    Returns
    -------
    dict
        Item, field, raw answer: a text, the rows of a map, or the parts of a record by name.
    tuple of Message
        What was filled in under a name that no box of a paper has.
    """
    answers: dict[str, dict[str, Raw]] = {}
    cells: dict[tuple[str, str], Cells] = {}
    problems = []
    for name, text in boxes.items():
        match = _NAME.fullmatch(name)
        if match is None or not _fits(match):
            if text is None or text.strip():
                problems.append(
                    say(
                        "no paper has a box of the name {{ name }}; what stands in it was left out",
                        name=quoted(name),
                    )
                )
            continue
        fields = answers.setdefault(match["item"], {})
        raw: Raw = Lost(_NO_TEXT) if text is None else text
        if match["row"]:
            place = int(match["row"]), int(match["column"])
            cells.setdefault((match["item"], match["field"]), {})[place] = text
        elif match["part"]:
            record = fields.setdefault(match["field"], {})
            fields[match["field"]] = _with_part(record, match["part"], raw)
        else:
            fields[match["field"]] = raw
    for (item, field), found in cells.items():
        answers[item][field] = _rows(found)
    return answers, tuple(problems)


def _fits(match: re.Match[str]) -> bool:
    return match["row"] is None or max(int(match["row"]), int(match["column"])) <= MAX_SIDE


def _with_part(record: Raw, part: str, raw: Raw) -> Raw:
    """Add a part to a record; one that is lost spoils it, for parts are right or wrong together."""
    if isinstance(raw, Lost) or not isinstance(record, dict):
        return raw if isinstance(raw, Lost) else record
    return {**record, part: raw}


def _rows(cells: Cells) -> Raw:
    """Write cells as rows; a cell that no box is for is a blank one."""
    if None in cells.values():
        return Lost(_NO_TEXT)
    rows, columns = map(max, zip(*cells, strict=True))
    return [[cells.get((row, column), "") for column in range(1, columns + 1)] for row in range(1, rows + 1)]
