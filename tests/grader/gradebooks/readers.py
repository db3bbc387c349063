"""What the importers of platforms would take from our files, written from what is known of them alone."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Taken:
    """What an importer takes: marks by the platform's key, and comments where it has these."""

    marks: Mapping[str, Fraction]
    comments: Mapping[str, str]


ENGLISH = ("Identifier", "Grade", "Last modified (grade)", "Participant ", "Feedback comments")


def moodle(data: bytes, names: Sequence[str] = ENGLISH, most: int = 100, separator: str = ",") -> Taken:
    """Find columns by their names in the site's language; take a grade in range, and every comment."""
    identifier, grade, modified, participant, feedback = names
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert {identifier, grade, modified} <= set(header)
    marks, comments = {}, {}
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        number = cells[identifier][len(participant) :]
        text = cells[grade].replace(" ", "").replace(",", ".")
        if text and 0 <= Fraction(text) <= most:
            marks[number] = Fraction(text)
        comments[number] = cells.get(feedback, "")
    return Taken(marks, comments)


def moodle_feedback(data: bytes) -> dict[str, tuple[str, bytes]]:
    """Read only the number, and the words of the plug-in, from the names; return file and content by number."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            match = re.fullmatch(r".*_(\d+)_assignfeedback_file_?/([^/]+)", name)
            assert match, name
            assert match[1] not in found
            found[match[1]] = (match[2], archive.read(name))
    return found


def canvas(data: bytes) -> tuple[str, Fraction | None, dict[str, Fraction]]:
    """Return the only assignment, its points possible, and scores by the id of the user."""
    text = data.decode("utf-8-sig")
    three = "".join(text.splitlines(keepends=True)[:3])
    separator = ";" if three.count(";") > three.count(",") else ","
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    assert header[:2] == ["Student", "ID"]
    assert header[-2] == "Section", "the last column about students, and then one assignment"
    most, scores = None, {}
    for row in rows:
        assert len(row) == len(header)
        if "Points Possible" in row[0]:
            most = Fraction(row[-1].replace(",", "."))
        elif row[0].strip() and row[-1] != "EX":
            assert row[-1], "a blank cell is a change"
            scores[row[1]] = Fraction(row[-1].replace(",", "."))
    return header[-1], most, scores


def brightspace(data: bytes) -> tuple[str, dict[str, Fraction]]:
    """Return the only grade item, and points by the first key, without its mark."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header[0] in ("OrgDefinedId", "Username")
    assert header[-1] == "End-of-Line Indicator"
    assert {row[-1] for row in rows} <= {"#"}
    (item,) = (name for name in header if " Points Grade" in name)
    place = header.index(item)
    return item.partition(" Points Grade")[0], {row[0].lstrip("#"): Fraction(row[place]) for row in rows}


def zip_names(data: bytes) -> list[str]:
    """Return the names in an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
