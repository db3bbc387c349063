"""What Gradescope and Brightspace hand out is read like what Moodle and Canvas do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from . import lms
from .answering import sheet
from .course import Course, called, drawn, roster, stream
from .outcomes import table, wrong_marks
from .pupils import Pupil, Upload
from .saving import as_json, as_yaml
from .synthetic import SyntheticClass

LAYOUTS: dict[str, Callable[[Iterable[Pupil]], lms.Members]] = {
    "gradescope": lms.gradescope,
    "brightspace": lms.brightspace,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    students = tuple(replace(each, ids={"brightspace": f"{each.id[1:]}77"}) for each in roster(4))
    return drawn(tmp_path_factory.mktemp("platforms"), students)


def handing_in(course: Course) -> SyntheticClass:
    """Let everybody hand in over one system, the last of them somebody else's paper."""
    students = {student: paper.student for student, paper in course.papers.items()}
    sheets = {each: sheet(course.papers[each], stream("answers", each)) for each in students}
    pupils = []
    for place, student in enumerate(students.values()):
        own = sheets[student.id]
        uploads = (Upload("a.yaml", as_yaml(own)) if place % 2 else Upload("a.json", as_json(own)),)
        pupils.append(Pupil(student, f"{student.id[1:]}77", uploads, own))
    friend = Upload("b.json", as_json(sheets[pupils[0].student.id]))
    pupils[-1] = replace(pupils[-1], uploads=(friend,), counts=None)
    return SyntheticClass(course, tuple(pupils), (), {}, sheets)


@pytest.mark.parametrize("platform", LAYOUTS)
def test_senders_are_joined_with_students(course: Course, platform: str, tmp_path: Path) -> None:
    course = replace(course, folder=Path(shutil.copytree(course.folder, tmp_path / "exam")))
    class_ = handing_in(course)
    archive = tmp_path / f"{platform}.zip"
    archive.write_bytes(lms.archive(LAYOUTS[platform](class_.pupils)))
    called("grade", course.folder, archive)
    assert list(wrong_marks(class_)) == []
    rows = table((course.folder / "marks/intake.csv").read_bytes())
    assert [row["outcome"] for row in rows] == ["read", "read", "read", "another's paper"]
    assert {row["sender"].split()[0] for row in rows} == {platform}
