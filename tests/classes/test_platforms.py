"""What Gradescope and Brightspace hand out is read like what Moodle and Canvas do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from convexam.generator.papers import Student

from . import lms
from .answering import Sheet, sheet
from .course import called, drawn, roster, stream
from .outcomes import table, wrong_marks
from .pupils import Pupil, Upload
from .saving import as_json, as_yaml
from .synthetic import SyntheticClass

LAYOUTS: dict[str, Callable[[Iterable[Pupil]], lms.Members]] = {
    "gradescope": lms.gradescope,
    "brightspace": lms.brightspace,
}


def test_senders_are_joined_with_students(tmp_path: Path) -> None:
    students = tuple(replace(each, ids={"brightspace": f"{each.id[1:]}77"}) for each in roster(6))
    course = drawn(tmp_path, students)
    sheets = {each.id: sheet(course.papers[each.id], stream("answers", each.id)) for each in students}
    pupils = {
        "gradescope": handing_in(students[:3], sheets),
        "brightspace": handing_in(students[3:], sheets),
    }
    archives = [tmp_path / f"{platform}.zip" for platform in pupils]
    for archive, (platform, layout) in zip(archives, LAYOUTS.items(), strict=True):
        archive.write_bytes(lms.archive(layout(pupils[platform])))
    called("grade", course.folder, *archives)
    class_ = SyntheticClass(course, tuple(pupils["gradescope"] + pupils["brightspace"]), (), {}, sheets)
    assert list(wrong_marks(class_)) == []
    rows = table((course.folder / "marks/intake.csv").read_bytes())
    assert [row["outcome"] for row in rows] == ["read", "read", "another's paper"] * 2
    assert [row["sender"].split()[0] for row in rows] == ["brightspace"] * 3 + ["gradescope"] * 3


def handing_in(students: Sequence[Student], sheets: Mapping[str, Sheet]) -> list[Pupil]:
    """Let students hand in, the last of them somebody else's paper."""
    pupils = []
    for place, student in enumerate(students):
        own = sheets[student.id]
        uploads = (Upload("a.yaml", as_yaml(own)) if place % 2 else Upload("a.json", as_json(own)),)
        pupils.append(Pupil(student, f"{student.id[1:]}77", uploads, own))
    friend = Upload("b.json", as_json(sheets[students[0].id]))
    return [*pupils[:-1], replace(pupils[-1], uploads=(friend,), counts=None)]
