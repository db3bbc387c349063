"""Which column of Moodle's grading worksheet is which.

The names are in the language of the site. Moodle always writes the maximum behind the grade, then whether the
grade can be changed, and feedback last, so where a name is not known its place and its cells tell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ...generator.frozen import frozen
from ..intake.worksheet import address_column
from .sheet import Row, Sheet, shown
from .worth import number_of

_MAXIMUM = frozenset(
    {
        *("maximum grade", "maximum mark", "maximaal cijfer", "maximumcijfer", "beste bewertung"),
        *("bestwertung", "note maximale", "calificación máxima", "nota máxima"),
    }
)
_CHANGEABLE = frozenset(
    {
        *("grade can be changed", "mark can be changed", "het cijfer kan gewijzigd worden"),
        *("bewertung kann geändert werden", "la note peut être modifiée"),
        *("la calificación puede ser cambiada",),
    }
)
_FEEDBACK = frozenset(
    {
        *("feedback comments", "feedback", "feedback als kommentar", "feedback par commentaires"),
        *("comentarios de retroalimentación",),
    }
)
_ID = frozenset(
    {
        *("id number", "username", "id-nummer", "gebruikersnaam", "anmeldename", "nom d'utilisateur"),
        *("numéro d'identification", "número de id", "nombre de usuario"),
    }
)
_NO = frozenset({"no", "nee", "nein", "non", "nej", "nei", "não", "ne", "nie", "nem", "нет", "否"})
_YES = frozenset({"yes", "ja", "oui", "sí", "si", "sim", "da", "ano", "áno", "tak", "igen", "да", "是"})


@frozen
class Columns:
    """Where what stands in a worksheet; None is no such column.

    Attributes
    ----------
    grade, maximum
        The grade, and what it is out of.
    changeable
        Whether the grade can be changed.
    feedback
        The comment.
    name, logins
        What people are called, and the columns by which a class list may know them.
    """

    grade: int
    maximum: int
    changeable: int | None
    feedback: int | None
    name: int | None
    logins: tuple[int, ...]

    def is_locked(self, row: Row) -> bool:
        """Say whether Moodle allows no change; where that cannot be told, it leaves such rows out itself."""
        return self.changeable is not None and row.text(self.changeable).casefold() in _NO


def columns_of(sheet: Sheet) -> Columns:
    """Find the columns of a worksheet.

    Raises
    ------
    DataError
        If it has no column of grades.
    """
    names = [name.casefold().replace("’", "'") for name in sheet.names]
    maximum = _maximum(sheet, names)
    grade = maximum - 1
    behind = range(maximum + 1, len(names))
    cells = [[cell.text.strip() for cell in row.cells] for row in sheet.body]
    address = address_column([row[:grade] for row in cells])
    ids = [column for column in range(1, grade) if names[column] in _ID]
    return Columns(
        grade=grade,
        maximum=maximum,
        changeable=_changeable(sheet, names, behind),
        feedback=_only(sheet, _FEEDBACK, names, behind),
        name=1 if grade > 2 and address != 1 and 1 not in ids else None,
        logins=(*([address] if address else []), *ids),
    )


def _maximum(sheet: Sheet, names: Sequence[str]) -> int:
    named = _only(sheet, _MAXIMUM, names, range(2, len(names)))
    places = [place for place in range(2, len(names)) if _is_of_one_number(sheet, place)]
    if named is None:
        found = next((place for place in places if _holds_grades(sheet, place - 1)), None)
    else:
        found = named if named in places else None
    if found is None:
        sheet.refuse(
            "no column with one maximum stands behind one with grades, so this is no grading worksheet of an "
            f"assignment that is marked with points; the columns are {shown(sheet.names)}"
        )
    return found


def _changeable(sheet: Sheet, names: Sequence[str], behind: Sequence[int]) -> int | None:
    named = _only(sheet, _CHANGEABLE, names, behind)
    if named is not None:
        return named
    texts = ((column, {text.casefold() for text in _texts(sheet, column)}) for column in behind)
    return next((column for column, found in texts if found and found <= _YES | _NO), None)


def _only(sheet: Sheet, known: Collection[str], names: Sequence[str], places: Sequence[int]) -> int | None:
    found = [place for place in places if names[place] in known]
    if len(found) > 1:
        sheet.refuse(f"the columns {shown(sheet.names[place] for place in found)} are one too many")
    return found[0] if found else None


def _texts(sheet: Sheet, column: int) -> set[str]:
    return {row.text(column) for row in sheet.body}


def _is_of_one_number(sheet: Sheet, column: int) -> bool:
    texts = _texts(sheet, column)
    return len(texts) == 1 and number_of(*texts) is not None


def _holds_grades(sheet: Sheet, column: int) -> bool:
    return all(not text or number_of(text) is not None for text in _texts(sheet, column))
