"""The way over paper: what `generate` writes for a marker, and the CSV of a class that `grade` reads."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from convexam.generator import registry
from convexam.generator.papers import Paper
from convexam.grader.marking.fields import write

from ..shipped import shipped_bank
from ..test_leaks import every_kind
from .conftest import Run, key, the_paper

QUICK = ("--format", "yaml")
STUDENTS = ("grace", "ada", "alan")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text("student\n" + "\n".join(STUDENTS))
    return file


@pytest.fixture
def exam(run: Run, roster: Path, tmp_path: Path) -> Path:
    out = tmp_path / "exam"
    assert run("generate", "--seed", 1, "--students", roster, "--out", out, *QUICK).code == 0
    return out


def cells(paper: Paper) -> dict[str, str]:
    """Type the key of a paper as a marker does, by column."""
    return {
        f"{problem.item}/{field.name}": write(field, key(problem)[field.name]).replace("\n", "; ")
        for problem in paper.problems
        for field in registry.get(problem.spec.type).ask(problem.case)
    }


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def typed(template: Path, answers: Mapping[str, Mapping[str, str]], file: Path, delimiter: str = ",") -> Path:
    """Type answers, by paper code, into a copy of the template."""
    rows = [row | dict(answers.get(row["paper"], {})) for row in rows_of(template)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return file


def marks(folder: Path, student: str) -> dict[str, object]:
    return cast(dict[str, object], json.loads((folder / "marks" / f"{student}.json").read_text()))


class TestTemplate:
    def test_papers_are_in_the_order_of_the_roster(self, exam: Path) -> None:
        codes = [row["paper"] for row in rows_of(exam / "marker/class.csv")]
        assert codes == [the_paper(exam, student).code for student in STUDENTS]

    def test_keys_are_for_markers_only(self, run: Run, roster: Path, tmp_path: Path) -> None:
        out = tmp_path / "o"
        run("generate", "--seed", 1, "--students", roster, "--out", out, "--format", "html")
        for file in (out / "marker").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE((out / "marker").stat().st_mode) == 0o700
        page = (out / "marker/key.html").read_text()
        places = [page.index(f'data-code="{the_paper(out, student).code}"') for student in STUDENTS]
        assert places == sorted(places)

    def test_a_single_paper_needs_none(self, run: Run, tmp_path: Path) -> None:
        run("generate", "--seed", 1, "--out", tmp_path / "o", *QUICK)
        assert not (tmp_path / "o/marker").exists()

    def test_a_class_of_one_has_one_too(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "one.csv").write_text("student\nada\n")
        run("generate", "--seed", 1, "--students", tmp_path / "one.csv", "--out", tmp_path / "o", *QUICK)
        (row,) = rows_of(tmp_path / "o/marker/class.csv")
        assert row["paper"] == the_paper(tmp_path / "o", "ada").code

    def test_students_who_come_later_are_added(
        self, run: Run, exam: Path, roster: Path, tmp_path: Path
    ) -> None:
        roster.write_text("student\nemmy\nkurt\n")
        assert run("generate", "--seed", 1, "--students", roster, "--out", exam, *QUICK).code == 0
        codes = [row["paper"] for row in rows_of(exam / "marker/class.csv")]
        assert codes[3:] == [the_paper(exam, student).code for student in ("emmy", "kurt")]
        assert len(codes) == 5

    def test_papers_of_the_exam_before_a_change_are_left_out(
        self, run: Run, exam: Path, roster: Path
    ) -> None:
        roster.write_text("student\nemmy\nkurt\n")
        call = ("generate", "--seed", 1, "--students", roster, "--out", exam, *QUICK, "--force")
        assert run(*call, "--exam", "quiz").code == 0
        assert len(rows_of(exam / "marker/class.csv")) == 2

    def test_what_was_typed_in_is_kept(self, run: Run, exam: Path, roster: Path) -> None:
        template = exam / "marker/class.csv"
        paper = the_paper(exam, "ada")
        typed(template, {paper.code: cells(paper)}, template)
        before = template.read_bytes()
        outcome = run("generate", "--seed", 1, "--students", roster, "--out", exam, *QUICK)
        assert outcome.code == 0
        assert template.read_bytes() == before
        assert "marker/class.csv has answers in it and is left as it is" in outcome.out


class TestGrading:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_marks_are_those_of_the_answer_file(
        self, run: Run, exam: Path, tmp_path: Path, delimiter: str
    ) -> None:
        answers = {paper.code: cells(paper) for paper in (the_paper(exam, name) for name in ("ada", "alan"))}
        file = typed(exam / "marker/class.csv", answers, tmp_path / "class.csv", delimiter)
        outcome = run("grade", exam, file)
        assert (outcome.code, outcome.err) == (0, "")
        assert "row 2 holds no answer, so nothing was marked" in outcome.out
        for student in ("ada", "alan"):
            assert marks(exam, student)["points"] == marks(exam, student)["of"]
        assert not (exam / "marks/grace.json").exists()

    def test_a_paper_that_was_handed_in_blank(self, run: Run, exam: Path, tmp_path: Path) -> None:
        paper = the_paper(exam, "ada")
        file = typed(exam / "marker/class.csv", {paper.code: {"a1/Y": "_"}}, tmp_path / "class.csv")
        outcome = run("grade", exam, file)
        assert outcome.code == 0
        assert "2 rows hold no answer" in outcome.out
        assert (marks(exam, "ada")["points"], marks(exam, "ada")["waiting"]) == ("0", 0)

    def test_a_bad_row_stops_no_other(self, run: Run, exam: Path, tmp_path: Path) -> None:
        paper = the_paper(exam, "ada")
        wrong = the_paper(exam, "grace").code
        file = typed(
            exam / "marker/class.csv",
            {paper.code: cells(paper), wrong: {"a1/Y": "1"}},
            tmp_path / "class.csv",
        )
        file.write_text(file.read_text().replace(wrong, "HELLO"))
        outcome = run("grade", exam, file)
        assert outcome.code == 3
        assert "class.csv row 2: 'HELLO' is no paper code" in outcome.err
        assert marks(exam, "ada")["points"] == marks(exam, "ada")["of"]

    def test_a_code_that_stands_twice_is_named(self, run: Run, exam: Path, tmp_path: Path) -> None:
        paper = the_paper(exam, "ada")
        file = tmp_path / "class.csv"
        file.write_text(f"paper,a2/y\n{paper.code},1\n{paper.code},2\n")
        outcome = run("grade", exam, file)
        assert outcome.code == 3
        assert "class.csv row 2: an earlier file; ada handed in" in outcome.err
        assert "class.csv row 3 as well, and that counts" in outcome.err

    def test_a_row_can_be_taken_back(self, run: Run, exam: Path, tmp_path: Path) -> None:
        paper, file = the_paper(exam, "ada"), tmp_path / "class.csv"
        for cell in (cells(paper)["a2/y"], "_"):
            file.write_text(f"paper,a2/y\n{paper.code},{cell}\n")
            outcome = run("grade", exam, file)
        assert (outcome.code, outcome.err) == (0, "")
        assert marks(exam, "ada")["points"] == "0"

    def test_a_column_that_a_paper_does_not_ask_for(self, run: Run, exam: Path, tmp_path: Path) -> None:
        file = tmp_path / "class.csv"
        file.write_text(f"paper,a2/y,zz/y\n{the_paper(exam, 'ada').code},1,2\n")
        outcome = run("grade", exam, file)
        assert outcome.code == 3
        assert "class.csv row 2: there is no question 'zz' on this paper" in outcome.err

    def test_a_paper_that_everybody_has(self, run: Run, tmp_path: Path) -> None:
        out, file = tmp_path / "o", tmp_path / "class.csv"
        run("generate", "--seed", 1, "--out", out, *QUICK)
        code = the_paper(out).code
        file.write_text(f"paper,student,a2/y\n{code},ada,1\n{code},alan,1\n{code},,1\n")
        outcome = run("grade", out, file)
        assert outcome.code == 3
        assert f"class.csv row 4: 'student' is empty, so these answers are listed under {code}-row-4" in (
            outcome.err
        )
        found = {path.name for path in (out / "marks").glob("*.json")}
        assert found == {"ada.json", "alan.json", f"{code}-row-4.json"}


@pytest.mark.sweep
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_whole_paper_of_every_kind_typed_in(run: Run, roster: Path, tmp_path: Path, delimiter: str) -> None:
    exam_file, out = tmp_path / "all.yaml", tmp_path / "o"
    exam_file.write_text("\n".join(every_kind(shipped_bank())))
    call = ("generate", "--exam", exam_file, "--seed", 5, "--students", roster, "--out", out, *QUICK)
    assert run(*call).code == 0
    papers = {name: the_paper(out, name) for name in STUDENTS}
    answers = {paper.code: cells(paper) for paper in papers.values()}
    file = typed(out / "marker/class.csv", answers, tmp_path / "class.csv", delimiter)

    receipts = run("receipt", file, "--json", "--paper", out / "handout" / f"{papers['ada'].code}.paper.json")
    assert receipts.code == 1  # the other two papers are not that one
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(out)
        outcome = run("receipt", file, "--json")
    assert outcome.code == 0
    found = json.loads(outcome.out)["receipts"]
    assert [each["paper"] for each in found] == [papers[name].code for name in STUDENTS]
    assert all(each["counts"]["blank"] == each["counts"]["unreadable"] == 0 for each in found)

    assert run("grade", out, file).code == 3  # a person marks the answers in words
    for name in STUDENTS:
        verdicts = {
            (field["verdict"], item["points"] == item["of"])
            for item in cast(list[dict[str, list[dict[str, str]]]], marks(out, name)["items"])
            for field in item["fields"]
        }
        assert verdicts == {("RIGHT", True), ("UNMARKED", False)}
