"""The files of papers: what students see, worked solutions, what is printed, and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from ..generator import press
from ..generator.files import PRIVATE, PUBLIC, file_bytes
from ..generator.frozen import frozen
from ..generator.handout import printed_name
from ..generator.papers import EVERYONE, Student, is_shared
from ..generator.press import Files, Part, Stored, ToMake
from ..generator.workers.crew import Crew
from ..generator.workers.ordered import in_order
from .failing import made
from .folder import HANDOUT, MARKER, PAPERS, PRINT, SOLUTIONS
from .output import Output
from .parts import in_parts, remove_others
from .progress import watching

Keys = Sequence[Callable[[], ToMake]]
"""Tasks to write keys; each is put together when its turn comes."""


@frozen
class Held:
    """A paper of the record.

    Attributes
    ----------
    code, student
        Which one, and for whom it was drawn, as the paper knows them.
    is_out
        Whether an earlier run drew it.
    """

    code: str
    student: Student
    is_out: bool = False


def stored_in(folder: Path, code: str) -> Stored:
    """Read the record of a paper."""
    file = folder / PAPERS / f"{code}.json"
    return Stored(code, file_bytes(file), str(file))


class PaperFiles:
    """Writes files of papers of one exam, in the same order whoever makes them.

    Parameters
    ----------
    folder
        That of the exam, where the records are.
    output
        Where to write.
    crew
        Who makes them: each has opened a press.
    formats
        What to write of each paper.
    settled
        Whether files that are there stay, whatever stands in them: an earlier release wrote them.
    """

    def __init__(
        self, folder: Path, output: Output, crew: Crew, formats: Sequence[str], *, settled: bool = False
    ) -> None:
        self._folder = folder
        self._output = output
        self._crew = crew
        self._formats = tuple(formats)
        self._settled = settled

    def write(self, papers: Sequence[Held], sheets: Iterable[tuple[Held, Student]], keys: Keys = ()) -> None:
        """Write the hand-out and the solutions of papers, copies to be printed, and keys.

        Of a paper that is out already, a PDF that is there stays: it takes long to make, and where its bytes
        differ, it is because a library was renewed.
        """
        copies = dict.fromkeys(sheets)
        half = len(papers) // 2  # keys take long: at the end all others would wait for who makes them
        tasks = chain(
            (tasks for paper in papers[:half] for tasks in self._of_paper(paper)),
            ((key(),) for key in keys),
            (tasks for paper in papers[half:] for tasks in self._of_paper(paper)),
            ((self._sheet(paper, whose),) for paper, whose in copies),
        )
        what = "papers and copies for the printer are written" if copies else "papers are written"
        with watching("Writing", len(papers) + len(copies), what) as step:
            for together, future in in_order(self._crew, press.make, tasks):
                outcome = made(future, _called(together[0]))
                for task, files in zip(together, outcome, strict=True):
                    self._keep(task, files)
                    if task.part in (Part.SOLUTIONS, Part.SHEET):  # the last ones of a paper
                        step()

    def _of_paper(self, paper: Held) -> Iterator[tuple[ToMake, ...]]:
        """Yield what is to be made of a paper, together as far as the record is best read once."""
        tasks = tuple(self._parts_of(paper))
        yield from zip(tasks) if "pdf" in self._formats else [tasks]

    def _parts_of(self, paper: Held) -> Iterator[ToMake]:
        stored = (stored_in(self._folder, paper.code),)
        for part, pdf in _PDFS.items():
            stays = paper.is_out and "pdf" in self._formats and self._output.holds(pdf.format(paper.code))
            formats = tuple(name for name in self._formats if name != "pdf") if stays else self._formats
            yield ToMake(part, stored, formats)

    def _sheet(self, paper: Held, whose: Student) -> ToMake:
        return ToMake(Part.SHEET, (stored_in(self._folder, paper.code),), whose=whose)

    def _keep(self, task: ToMake, files: Files) -> None:
        if task.part is Part.KEY:
            for name, data in files:
                self._output.renew(f"{MARKER}/{name}", data)
            return
        mode = PUBLIC if task.part is Part.HANDOUT else PRIVATE
        self._output.write_all(_FOLDERS[task.part], files, mode, settled=self._settled)
        if task.part in _PDFS and "pdf" in self._formats and "pdf" not in task.formats:
            self._output.leave(_PDFS[task.part].format(task.papers[0].code))

    def join(self, exam: str, sheets: Sequence[tuple[Held, Student]]) -> list[str]:
        """Put copies into one file in their order, or several if they are many; return the names of these."""
        from ..generator.render.sheet import joined

        folder = self._output.folder / PRINT
        listed = [printed_name(paper.code, paper.student, whose) for paper, whose in sheets]
        written = []
        for name, part in in_parts(listed, exam):
            self._output.renew(f"{PRINT}/{name}.pdf", joined(folder / each for each in part))
            written.append(name)
        remove_others(folder, exam, "pdf", written)
        return [f"{name}.pdf" for name in written]


_FOLDERS = {Part.HANDOUT: HANDOUT, Part.SOLUTIONS: SOLUTIONS, Part.SHEET: PRINT}
_PDFS = {Part.HANDOUT: f"{HANDOUT}/{{}}.pdf", Part.SOLUTIONS: f"{SOLUTIONS}/{{}}.solutions.pdf"}


def sheets_of(copies: Iterable[tuple[Held, Student]], *, names: bool) -> list[tuple[Held, Student]]:
    """Return who is named on each copy: on a paper of one student, the student as the paper knows them."""
    return [(paper, _named(paper, student) if names else EVERYONE) for paper, student in copies]


def _named(paper: Held, student: Student) -> Student:
    return student if is_shared(paper.student) else paper.student


def _called(task: ToMake) -> str:
    return task.name or f"the paper {task.papers[0].code}"
