"""Brightspace's grades: the columns that say who is who, as exported, and one grade item.

Other columns must not be handed back, and whoever has no mark to write has no row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from ..intake.handed_in import Platform, Sender
from ..reports.marks_csv import decimal
from .column import Column, notes_on, require_new, same_title
from .people import Fate, Filled, Ledger, People, Person, people_of
from .sheet import Row, Sheet, read_sheet, shown
from .worth import Score, Worth, number_of, worth_of

PLACES = 2

_ITEM = re.compile(r"(?P<title>.+?) Points Grade(?: <(?P<about>[^<>]*)>)?", re.DOTALL | re.IGNORECASE)
_MOST = re.compile(r"MaxPoints:(?P<most>[0-9]{1,9}(?:[.,][0-9]{1,10})?)", re.IGNORECASE)
_ID, _USER, _EMAIL = "orgdefinedid", "username", "email"
_END = "End-of-Line Indicator"


@frozen
class BrightspaceSheet:
    """Exported grades: the file, the columns of keys, and who stands in it."""

    sheet: Sheet
    keys: tuple[int, ...]
    people: People

    def raw(self, row: Row) -> list[str]:
        """Return the cells that say who somebody is, as they stand in the file."""
        return [self.sheet.raw(row.cells[column]) for column in self.keys]


def read_brightspace(data: bytes, source: str) -> BrightspaceSheet:
    """Read exported grades.

    Raises
    ------
    DataError
        If it is something else, or damaged.
    """
    sheet = read_sheet(data, source)
    names = [name.casefold() for name in sheet.names]
    keys = tuple(column for column, name in enumerate(names) if name in (_ID, _USER))
    if not keys or len(keys) != len({names[column] for column in keys}):
        sheet.refuse(
            "expected grades that Brightspace exported, with the column OrgDefinedId or Username, or both; "
            f"the columns are {shown(sheet.names)}"
        )
    emails = [column for column, name in enumerate(names) if name == _EMAIL]
    keys = tuple(sorted(keys, key=lambda column: names[column] == _USER))
    everybody = []
    for row in sheet.body:
        logins = [row.text(column).removeprefix("#") for column in (*keys, *emails)]
        key = next(filter(None, logins[: len(keys)]), "")
        if not key:
            sheet.refuse("the row says neither OrgDefinedId nor Username", row)
        sender = Sender(Platform.BRIGHTSPACE, key, _name(row, names))
        everybody.append(Person(row, sender, tuple(filter(None, logins))))
    return BrightspaceSheet(sheet, keys, people_of(sheet, Platform.BRIGHTSPACE, everybody))


def _name(row: Row, names: list[str]) -> str:
    parts = (row.text(names.index(name)) for name in ("first name", "last name") if name in names)
    return " ".join(filter(None, parts))


def item_of(book: BrightspaceSheet, named: str | None, title: str) -> Column:
    """Find the column of a grade item: by what somebody calls it, or the only one, or by the exam's title.

    Raises
    ------
    DataError
        If that is no column, or not the only one.
    """
    items = {place: match for place, name in enumerate(book.sheet.names) if (match := _ITEM.fullmatch(name))}
    titles = [match["title"] for match in items.values()]
    if named is None and len(items) == 1:
        found = list(items)
    else:
        found = [place for place, match in items.items() if same_title(match["title"], named or title)]
    if len(found) != 1:
        several = "several" if found else "none"
        asked = "name one with --item, or a new one with --new"
        asked = asked if named is None else f"{quoted(named)} is {several} of them"
        book.sheet.refuse(f"the grade items with points are {shown(titles)}; {asked}")
    match = _MOST.search(items[found[0]]["about"] or "")
    most = number_of(match["most"]) if match else None
    return Column(book.sheet.raw(book.sheet.header.cells[found[0]]), found[0], most)


def new_item(book: BrightspaceSheet, title: str) -> Column:
    """Return a column that Brightspace will make a grade item of."""
    titles = (match["title"] for name in book.sheet.names if (match := _ITEM.fullmatch(name)))
    require_new(book.sheet, title, titles, "a grade item", "--item")
    return Column(book.sheet.written(f"{title} Points Grade"))


def fill_brightspace(
    book: BrightspaceSheet,
    item: Column,
    students: Mapping[str, str],
    scores: Mapping[str, Score],
    worth: Worth,
) -> Filled:
    """Return the grades of one item.

    Raises
    ------
    DataError
        If the item's maximum does not go with what is to be written.
    """
    ledger = Ledger(book.people, students, scores)
    rows = [[*book.raw(book.sheet.header), item.header, book.sheet.written(_END)]]
    place = book.sheet.place(book.sheet.header)
    for person in book.people.everybody:
        fate = ledger.fate(person)
        note = ""
        if fate is Fate.WRITTEN:
            value = decimal(worth_of(ledger.score(person), item.most, worth, place), PLACES)
            rows.append([*book.raw(person.row), value, "#"])
        elif fate is Fate.WAITS and item.place is not None and person.row.text(item.place):
            note = f"{person.row.text(item.place)} stands there"
        ledger.keep(person, fate, note)
    return ledger.filled(book.sheet.rows_bytes(rows), notes_on(item, worth))
