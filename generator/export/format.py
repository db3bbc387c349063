"""What every format of a learning platform can do: write one paper, and put together what was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, ClassVar, Protocol, TypeVar

from ..papers import Exam
from .spool import Spool
from .variant import Variant

Written = TypeVar("Written")


class Format(Protocol[Written]):
    """A format; papers are written one by one, perhaps on another machine, and then put together in one file.

    Attributes
    ----------
    begins
        The first bytes of its files.
    pays_mistakes
        Whether it can pay a part for a known wrong answer.
    """

    begins: ClassVar[bytes]
    pays_mistakes: ClassVar[bool]

    def written(self, exam: Exam, variant: Variant) -> Written:
        """Write all that one paper adds to the file: a plain value."""

    def put_together(self, exam: Exam, papers: Iterable[Written], file: BinaryIO, spool: Spool) -> None:
        """Write the file.

        Parameters
        ----------
        exam
            What all papers share.
        papers
            What was written of each, taken one after the other.
        file
            Where it goes.
        spool
            An empty one, for what is needed later than it comes.
        """
