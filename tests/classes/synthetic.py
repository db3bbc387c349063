"""A class that hands in over two learning management systems and on paper, with every trouble mixed in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from convexam.generator.papers import Student
from convexam.grader.intake.handed_in import Outcome

from . import lms
from .answering import Sheet, sheet
from .course import Course, drawn, roster, stream
from .pupils import Pupil, Upload
from .saving import SPELLINGS, as_json, as_pdf, as_rows, as_yaml
from .troubles import ONLY_CANVAS, ONLY_MOODLE, TROUBLES, Pool

_FORMS_EVERY = 45
_ON_PAPER_EVERY = 20


@dataclass(frozen=True)
class SyntheticClass:
    """Everybody who hands in.

    Attributes
    ----------
    course
        The exam.
    moodle, canvas
        Who hands in over which system.
    on_paper
        What was typed in from paper.
    sheets
        What every student put on their own paper, whatever became of it.
    """

    course: Course
    moodle: tuple[Pupil, ...]
    canvas: tuple[Pupil, ...]
    on_paper: Mapping[str, Sheet]
    sheets: Mapping[str, Sheet]

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """Who hands in over a system."""
        return (*self.moodle, *self.canvas)

    @property
    def marked(self) -> dict[str, Sheet]:
        """What counts for each student that is marked, by id."""
        counts = {pupil.student.id: pupil.counts for pupil in self.pupils if pupil.counts is not None}
        return {**counts, **self.on_paper}

    def write(self, folder: Path) -> list[Path]:
        """Write what comes from the systems and from paper; return what to name to ``grade``."""
        files = {
            "moodle.zip": lms.archive(lms.moodle(self.moodle)),
            "worksheet.csv": lms.worksheet(pupil for pupil in self.moodle if pupil.listed),
            "canvas.zip": lms.archive(lms.canvas(self.canvas)),
            "typed.csv": as_rows(self.on_paper.values()),
        }
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return [folder / name for name in files]


def synthetic_class(folder: Path, count: int, *, leave_out: Collection[str] = ()) -> SyntheticClass:
    """Draw an exam for so many students and let them hand in, always the same.

    Parameters
    ----------
    folder
        Where the exam is written, into ``exam``.
    count
        How many stand on the roster.
    leave_out
        Troubles that nobody has.
    """
    students = roster(count)
    course = drawn(folder, students)
    sheets = {each.id: sheet(course.papers[each.id], stream("answers", each.id)) for each in students}
    over_moodle = [each for each in students if not each.ids]
    over_canvas = [each for each in students if each.ids]
    on_paper = {each.id: sheets[each.id] for each in over_moodle[3::_ON_PAPER_EVERY]}
    moodle = [each for each in over_moodle if each.id not in on_paper]
    usual = [name for name in TROUBLES if name not in (*ONLY_MOODLE, *ONLY_CANVAS, *leave_out)]
    half = len(usual) // 2
    return SyntheticClass(
        course,
        tuple(_pupils(course, sheets, moodle, [*ONLY_MOODLE, *usual])),
        tuple(_pupils(course, sheets, over_canvas, [*ONLY_CANVAS, *usual[half:], *usual[:half]])),
        on_paper,
        sheets,
    )


def _pupils(
    course: Course, sheets: Mapping[str, Sheet], students: Sequence[Student], troubles: Sequence[str]
) -> Iterator[Pupil]:
    """Let four of five students have a trouble, until there are no more troubles."""
    remaining = iter(troubles)
    for place, student in enumerate(students):
        own = sheets[student.id]
        number = student.ids.get("canvas", str(101 + 3 * place))
        pupil = Pupil(student, number, (_upload(course, own, place),), own)
        trouble = next(remaining, "") if place % 5 else ""
        if trouble:
            neighbour = sheets[students[place - place % 5].id]
            pupil = TROUBLES[trouble](pupil, own, Pool(course, neighbour))
        yield replace(pupil, trouble=trouble)
        if trouble == "contested":
            yield _stranger(pupil, own)


def _stranger(pupil: Pupil, paper: Sheet) -> Pupil:
    """Return somebody nobody knows, who hands in a paper that somebody else hands in as well."""
    student = Student("", "Nomen Nescio")
    upload = Upload("mine.yaml", as_yaml(paper), (Outcome.CONTESTED,))
    return Pupil(student, f"8{pupil.number}", (upload,), None, trouble="contests", listed=False)


def _upload(course: Course, own: Sheet, place: int) -> Upload:
    """Let a student save the answers in one of many ways."""
    spelled = list(SPELLINGS.values())[place % len(SPELLINGS)]
    if place % _FORMS_EVERY == 0:
        return Upload("paper.pdf", as_pdf(course.pdf(own.paper.student.id), own, spelled))
    if place % 4 == 1:
        return Upload("answers.yaml", as_yaml(own, spelled))
    name = f"{own.paper.code}.answers.json" if place % 2 else "answers.json"
    return Upload(name, as_json(own, spelled, text=place % 4 == 2))
