"""The files of papers: what students see, worked solutions, and what is printed."""

from __future__ import annotations

from collections.abc import Sequence

from ..generator.files import PRIVATE, PUBLIC
from ..generator.handout import handout, printed, printed_name, solutions
from ..generator.papers import EVERYONE, Exam, Paper, Student, is_shared
from .folder import HANDOUT, PRINT, SOLUTIONS
from .output import Output
from .progress import watched


class PaperFiles:
    """Writes papers of one exam.

    Parameters
    ----------
    output
        Where to.
    exam, formats
        Whose papers, and what to write of each.
    settled
        Whether files that are there stay, whatever stands in them: an earlier release wrote them.
    """

    def __init__(self, output: Output, exam: Exam, formats: Sequence[str], *, settled: bool = False) -> None:
        self._output = output
        self._exam = exam
        self._formats = formats
        self._settled = settled

    def write(self, paper: Paper, *, is_out: bool = False) -> None:
        """Write the hand-out of a paper, and its solutions.

        Of a paper that is out already, a PDF that is there stays: it takes long to make, and where its bytes
        differ, it is because a library was renewed.
        """
        some = self._lacking(f"{HANDOUT}/{paper.code}.pdf", is_out=is_out)
        self._output.write_all(HANDOUT, handout(self._exam, paper, some), PUBLIC, settled=self._settled)
        some = self._lacking(f"{SOLUTIONS}/{paper.code}.solutions.pdf", is_out=is_out)
        self._output.write_all(SOLUTIONS, solutions(self._exam, paper, some), PRIVATE, settled=self._settled)

    def _lacking(self, pdf: str, *, is_out: bool) -> Sequence[str]:
        stays = is_out and "pdf" in self._formats and self._output.holds(pdf)
        return [name for name in self._formats if name != "pdf"] if stays else self._formats

    def print(self, copies: Sequence[tuple[Paper, Student]], *, names: bool) -> None:
        """Write papers to be printed, a copy for each student, and all of them in one file in this order."""
        from ..generator.render.sheet import joined

        files: dict[str, None] = {}
        listed: list[str] = []
        for paper, student in watched(copies, "Printing", len(copies)):
            whose = _named(paper, student) if names else EVERYONE
            listed.append(name := f"{PRINT}/{printed_name(paper, whose)}")
            if name not in files:
                self._output.write_all(
                    PRINT, printed(self._exam, paper, whose), PRIVATE, settled=self._settled
                )
            files[name] = None
        everything = joined(self._output.folder / name for name in listed)
        self._output.renew(f"{PRINT}/{self._exam.id}.pdf", everything)


def _named(paper: Paper, student: Student) -> Student:
    """Return who is named on a copy: on a paper of one student, the student as the paper knows them."""
    return student if is_shared(paper.student) else paper.student
