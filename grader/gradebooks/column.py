"""The column of a gradebook that is written."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from .sheet import Sheet
from .worth import Worth


@frozen
class Column:
    """A column.

    Attributes
    ----------
    header
        As it is written.
    place
        Where it stands in the file that the platform exported; None where it is new.
    most
        The platform's maximum, where it is known.
    """

    header: str
    place: int | None = None
    most: Fraction | None = None


def notes_on(column: Column, worth: Worth) -> tuple[str, ...]:
    """Say that nothing was compared, where points are written and the file names no maximum."""
    if column.place is None or column.most is not None or worth is not Worth.POINTS:
        return ()
    return ("the file does not say the maximum: see that it is what the exam is worth",)


def same_title(one: str, other: str) -> bool:
    """Say whether two titles are the same but for case and spaces."""
    return _plain(one) == _plain(other)


def require_new(sheet: Sheet, title: str, titles: Iterable[str], what: str, option: str) -> None:
    """Refuse a title that stands there already, or that platforms read otherwise.

    Raises
    ------
    DataError
        Saying by which option what stands there is named.
    """
    if not title.strip() or not title.isprintable() or {"<", ">"} & {*title}:
        sheet.refuse(f"expected a title of one line without < and >, found {quoted(title)}")
    if any(same_title(title, each) for each in titles):
        sheet.refuse(f"there is {what} {quoted(title)}; name it with {option}")


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
