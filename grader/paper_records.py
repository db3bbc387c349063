"""Where whoever marks finds records of papers: in the folder of the exam, or on the task that brings them."""

from __future__ import annotations

from pathlib import Path

from ..generator.errors import DataError, Fault, Place
from ..generator.frozen import frozen


@frozen
class Filed:
    """A file of a record: its name, and its bytes."""

    name: str
    data: bytes


def filed(file: Path) -> Filed:
    """Read a file of a record."""
    return Filed(str(file), file.read_bytes())


class InFolder:
    """The records that lie in a folder.

    Parameters
    ----------
    folder
        The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, code: str) -> Filed:
        """Return the record of a paper.

        Raises
        ------
        DataError
            If there is none in this exam, or it cannot be read.
        """
        try:
            return filed(self._folder / f"{code}.json")
        except FileNotFoundError:
            raise _refusal(f"the paper {code} is of another exam") from None
        except OSError as error:
            raise _refusal(f"the record of the paper {code} cannot be read: {error.strerror}") from error


class Brought:
    """The record that the task brought along which is being done: there is no other."""

    def __init__(self) -> None:
        self._records: dict[str, Filed | DataError] = {}

    def lay(self, code: str, record: Filed | DataError) -> None:
        """Take the place of the record that was here: with another one, or with why there is none."""
        self._records = {code: record}

    def of(self, code: str) -> Filed:
        """Return the record of a paper; raises as `InFolder.of`, also where the code was not found before."""
        missing = _refusal(f"the record of the paper {code} was not found in time; hand the file in again")
        record = self._records.get(code, missing)
        if isinstance(record, DataError):
            raise record
        return record


def _refusal(problem: str) -> DataError:
    return DataError([Fault(Place(""), "", problem)])
