"""A class over several runs of `generate`: versions, who joins late, resits, and papers printed again."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from convexam.generator.class_list import read_class_list
from convexam.grader.marking.fields import write

from .conftest import Outcome, Run, filled_in, key, the_paper

EXAM = """\
format: convexam-exam/1
id: quiz
title: Quiz
{more}sections:
  - items:
      - {{id: q1, use: conv2d/first-map}}
"""
QUICK = ("--format", "yaml")
LISTS = ("record/roster.json", "record/papers.csv", "record/contact-sheet.html", "marker/class.csv")
"""What names the whole class, and follows it."""


class Desk:
    """A folder with an exam, a secret and a roster."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder = folder
        self.out = folder / "out"
        self._run = run
        (folder / "secret").write_text("5a" * 32)
        self.exam()

    def exam(self, more: str = "") -> None:
        (self.folder / "exam.yaml").write_text(EXAM.format(more=more))

    def generate(self, roster: str, *options: object, formats: str = "yaml") -> None:
        done = self.call(roster, *options, formats=formats)
        assert (done.code, done.err) == (0, "")

    def call(self, roster: str, *options: object, formats: str = "yaml") -> Outcome:
        (self.folder / "roster.csv").write_text(roster, encoding="utf-8")
        files = ("--exam", self.folder / "exam.yaml", "--secret", self.folder / "secret")
        students = ("--students", self.folder / "roster.csv") if roster else ()
        out = () if "--out" in options else ("--out", self.out)
        return self._run("generate", *files, *students, *out, "--format", formats, *options)

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.out / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def versions(self) -> dict[str, str]:
        file = self.out / "record/roster.json"
        return dict(read_class_list(file.read_bytes(), str(file), "quiz").versions)

    def files(self, folder: str = "") -> dict[str, tuple[bytes, int]]:
        root = self.out / folder
        return {
            str(file.relative_to(self.out)): (file.read_bytes(), file.stat().st_mtime_ns)
            for file in root.rglob("*")
            if file.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path, run: Run) -> Desk:
    return Desk(tmp_path, run)


class TestWhoJoinsLate:
    def test_only_their_files_are_written(self, desk: Desk) -> None:
        desk.generate("student,name\ns1,Ada\ns2,Alan\n", formats="html,yaml")
        before = desk.files()
        desk.generate("student,name\ns1,Ada\ns3,Grace\ns2,Alan\n", formats="html,yaml")
        after = desk.files()
        code = the_paper(desk.out, "s3").code
        new = {name for name in after if name not in before}
        assert new
        assert all(code in name for name in new)
        same = set(before) - {*LISTS, "marker/key.html"}
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        for name in ("record/papers.csv", "marker/class.csv"):
            codes = [the_paper(desk.out, student).code for student in ("s1", "s3", "s2")]
            assert [row["paper"] for row in desk.rows(name)] == codes

    def test_who_joins_by_a_roster_alone_comes_last(self, desk: Desk) -> None:
        desk.generate("student,name\ns2,Alan\ns1,Ada\n")
        desk.generate("student,name\ns3,Grace\n")
        for name in ("record/papers.csv", "marker/class.csv"):
            codes = [the_paper(desk.out, student).code for student in ("s2", "s1", "s3")]
            assert [row["paper"] for row in desk.rows(name)] == codes

    def test_nothing_at_all_is_written_where_nobody_joins(self, desk: Desk) -> None:
        desk.generate("student\ns1\ns2\n", formats="html,yaml")
        before = desk.files()
        desk.generate("student\ns1\ns2\n", formats="html,yaml")
        assert desk.files() == before

    def test_the_exam_of_an_earlier_release(self, desk: Desk) -> None:
        """Its exam.json had fewer settings, its pages another look; the class list was not there."""
        desk.generate("student\ns1\n", formats="html,yaml")
        paper = the_paper(desk.out, "s1")
        earlier = json.loads((desk.out / "record/exam.json").read_bytes()) | {"convexam": "0.0.1"}
        del earlier["attempt"], earlier["exam"]["variants"], earlier["exam"]["marking"]["attempts"]
        (desk.out / "record/exam.json").write_text(json.dumps(earlier))
        stored = desk.out / f"record/papers/{paper.code}.json"
        digest = re.search(rb'"exam_sha256":"(\w+)"', stored.read_bytes())
        assert digest
        now = hashlib.sha256((desk.out / "record/exam.json").read_bytes()).hexdigest().encode()
        stored.write_bytes(stored.read_bytes().replace(digest[1], now))
        page = desk.out / f"handout/{paper.code}.html"
        page.write_text("as it looked then")
        (desk.out / "record/roster.json").unlink()
        before = desk.files()
        desk.generate("student\ns2\n", formats="html,yaml")
        after = desk.files()
        same = set(before) - {*LISTS, "marker/key.html"}
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        assert the_paper(desk.out, "s1") == paper
        file = desk.out / "record/roster.json"
        known = read_class_list(file.read_bytes(), "roster.json", "quiz")
        assert [student.id for student in known.students] == ["s1", "s2"]

    def test_a_pdf_that_is_out_is_not_made_again(self, desk: Desk, run: Run) -> None:
        """After a library was renewed its bytes would differ, and nobody could do anything about it."""
        desk.generate("student\ns1\n", formats="pdf")
        pdf = desk.out / f"handout/{the_paper(desk.out, 's1').code}.pdf"
        as_it_was = pdf.read_bytes()
        pdf.write_bytes(b"of another library")
        desk.generate("student\ns1\n", formats="pdf")
        assert pdf.read_bytes() == b"of another library"
        done = run("reprint", desk.out, "--out", desk.out, "--format", "pdf")
        assert (done.code, f"{pdf}: differs and is left as it is" in done.err) == (1, True)
        pdf.unlink()
        desk.generate("student\ns1\n", formats="pdf")
        assert pdf.read_bytes() == as_it_was

    def test_another_exam_is_still_another(self, desk: Desk) -> None:
        desk.generate("student\ns1\n")
        desk.exam("release: marks\n")
        assert "holds another exam" in desk.call("student\ns1\n").err

    def test_what_a_later_roster_knows_is_added(self, desk: Desk) -> None:
        desk.generate("student\ns1\ns2\n", formats="html")
        before = desk.files("handout")
        desk.generate("student,name,email,Canvas ID\ns1,Ada,ada@x.org,7\n", formats="html")
        assert desk.files("handout") == before  # what is out stays as it is
        file = desk.out / "record/roster.json"
        known = read_class_list(file.read_bytes(), "roster.json", "quiz")
        found = known.of_platform("canvas", "7")
        assert found
        assert (found.id, found.name, found.email) == ("s1", "Ada", "ada@x.org")
        assert desk.rows("record/papers.csv")[0]["name"] == "Ada"
        assert "Ada" in (desk.out / "record/contact-sheet.html").read_text()

    def test_an_id_in_another_case_stops_everything(self, desk: Desk) -> None:
        desk.generate("student\ns1\n")
        before = desk.files()
        done = desk.call("student\nS1\n")
        assert done.code == 1
        assert "'S1' and 's1' differ only by case" in done.err
        assert desk.files() == before


class TestVersions:
    ROSTER = "student,name\ns1,Ada\ns2,Alan\ns3,Zoë\n"

    @pytest.fixture(autouse=True)
    def _two_versions(self, desk: Desk) -> None:
        desk.exam("variants: 2\n")

    def test_they_are_dealt_and_kept(self, desk: Desk) -> None:
        desk.generate(self.ROSTER)
        assert desk.versions() == {"s1": "A", "s2": "B", "s3": "A"}
        desk.generate("student\ns9\ns3\ns2\ns1\n")
        assert desk.versions() == {"s1": "A", "s2": "B", "s3": "A", "s9": "B"}

    def test_papers_are_two_and_say_which(self, desk: Desk) -> None:
        desk.generate(self.ROSTER, formats="html,yaml")
        papers = {letter: the_paper(desk.out, f"version-{letter}") for letter in "AB"}
        assert len(list((desk.out / "record/papers").iterdir())) == 2
        assert papers["A"].problems[0].case != papers["B"].problems[0].case
        for letter, paper in papers.items():
            page = (desk.out / f"handout/{paper.code}.html").read_text(encoding="utf-8")
            assert f"<title>Quiz · Version {letter} · {paper.code}</title>" in page
            assert f'<p class="version">Version {letter}</p>' in page
            assert 'name="student"' in page  # it is dealt to many, so it asks who fills it in
            answers = (desk.out / f"handout/{paper.code}.answers.yaml").read_text()
            assert answers.startswith(f"# Quiz · Version {letter}\n")
            assert "\nstudent: " in answers
            assert (
                json.loads((desk.out / f"handout/{paper.code}.paper.json").read_text())["version"] == letter
            )

    def test_lists_name_students_and_their_versions(self, desk: Desk) -> None:
        desk.generate(self.ROSTER)
        codes = [the_paper(desk.out, f"version-{letter}").code for letter in "ABA"]
        found = [(row["paper"], row["student"]) for row in desk.rows("marker/class.csv")]
        assert found == list(zip(codes, ("s1", "s2", "s3"), strict=True))
        assert desk.rows("record/papers.csv")[2] == {
            "paper": codes[0],
            "version": "A",
            "student": "s3",
            "name": "Zoë",
            "email": "",
        }
        sheet = desk.out / "record/contact-sheet.html"
        assert sheet.stat().st_mode & 0o077 == 0
        assert sheet.read_text(encoding="utf-8").count(codes[0]) == 2

    def test_versions_are_marked_from_the_class_csv(self, desk: Desk, run: Run) -> None:
        desk.generate(self.ROSTER)
        file = desk.out / "marker/class.csv"
        header, *rows = file.read_text(encoding="utf-8-sig").splitlines()
        right = {letter: key(the_paper(desk.out, f"version-{letter}").problems[0])["Y"] for letter in "AB"}
        field = the_paper(desk.out, "version-A").problems[0].fields[0]
        typed = [write(field, right[letter]).replace("\n", "; ") for letter in "AB"]
        file.write_text(
            "\n".join([header, rows[0] + typed[0], rows[1] + typed[1], rows[2]]), encoding="utf-8"
        )
        done = run("grade", desk.out, file)
        assert (done.code, done.err) == (0, "")
        marks = {row["student"]: row["points"] for row in desk.rows("marks/marks.csv")}
        assert marks == {"s1": "4", "s2": "4"}

    def test_the_roster_may_decide(self, desk: Desk) -> None:
        desk.generate("student,version\ns1,b\ns2,\n")
        assert desk.versions() == {"s1": "B", "s2": "A"}
        done = desk.call("student,version\ns1,A\n")
        assert (done.code, "s1 was dealt version B, not A" in done.err) == (1, True)
        desk.generate("student,version\ns1,A\n", "--force")
        assert desk.versions() == {"s1": "A", "s2": "A"}

    def test_everybody_has_a_printed_copy(self, desk: Desk) -> None:
        desk.generate(self.ROSTER, "--print", "--names")
        codes = [the_paper(desk.out, f"version-{letter}").code for letter in "ABA"]
        found = sorted(file.name for file in (desk.out / "print").iterdir())
        own = [f"{code}.{name}.pdf" for code, name in zip(codes, ("s1", "s2", "s3"), strict=True)]
        assert found == sorted([*own, "contact-sheet.pdf", "quiz.pdf"])
        everything = [page.extract_text() for page in PdfReader(desk.out / "print/quiz.pdf").pages]
        covers = [text for text in everything if "Student number" in text]
        for cover, name, letter in zip(covers, ("Ada", "Alan", "Zoë"), "ABA", strict=True):
            assert name in cover
            assert f"Version {letter}" in cover

    def test_copies_without_names(self, desk: Desk) -> None:
        desk.generate(self.ROSTER, "--print")
        pages = [page.extract_text() for page in PdfReader(desk.out / "print/quiz.pdf").pages]
        covers = [text for text in pages if "Student number" in text]
        assert [re.findall(r"Version (.)", cover)[0] for cover in covers] == ["A", "B", "A"]
        assert "Ada" not in " ".join(pages)

    def test_without_a_roster_all_are_drawn(self, desk: Desk) -> None:
        desk.generate("")
        assert [row["version"] for row in desk.rows("record/papers.csv")] in (["A", "B"], ["B", "A"])
        assert not (desk.out / "record/contact-sheet.html").exists()


class TestResits:
    ROSTER = "student\ns1\n"

    def test_other_numbers_in_a_folder_of_their_own(
        self, desk: Desk, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(desk.folder)
        for attempt, folder in ((0, "quiz"), (1, "quiz-attempt-1"), (2, "quiz-attempt-2")):
            desk.generate(self.ROSTER, "--attempt", attempt, "--out", folder, formats="html")
        call = ("generate", "--exam", "exam.yaml", "--secret", "secret", "--students", "roster.csv")
        named = run(*call, "--attempt", 1, "--format", "html")
        assert "The papers are already in quiz-attempt-1/" in named.out
        papers = [
            the_paper(desk.folder / name, "s1") for name in ("quiz", "quiz-attempt-1", "quiz-attempt-2")
        ]
        assert len({paper.code for paper in papers}) == 3
        assert len({str(paper.problems[0].case) for paper in papers}) == 3
        cover = (desk.folder / f"quiz-attempt-2/handout/{papers[2].code}.html").read_text(encoding="utf-8")
        assert "Resit 2" in cover
        assert "Resit" not in (desk.folder / f"quiz/handout/{papers[0].code}.html").read_text(
            encoding="utf-8"
        )

    def test_neither_is_marked_as_the_other(self, desk: Desk, run: Run) -> None:
        desk.generate(self.ROSTER)
        resit = desk.folder / "resit"
        desk.generate(self.ROSTER, "--attempt", 1, "--out", resit)
        answers = desk.folder / "answers.yaml"
        for mine, other in ((desk.out, resit), (resit, desk.out)):
            answers.write_text(filled_in(paper := the_paper(mine, "s1")))
            done = run("grade", other, answers)
            assert done.code == 3
            assert f"the paper {paper.code} is of another exam" in done.err
            assert not list((other / "marks").glob("s1.*"))

    def test_a_resit_does_not_go_into_the_folder_of_the_first(self, desk: Desk) -> None:
        desk.generate(self.ROSTER)
        done = desk.call(self.ROSTER, "--attempt", 1)
        assert (done.code, "holds another exam" in done.err) == (1, True)


class TestReprint:
    ROSTER = "student,name\ns1,Ada\ns2,Alan\n"
    WRITTEN = ("handout", "solutions", "print")

    def files(self, folder: Path) -> dict[str, bytes]:
        return {
            f"{part}/{file.name}": file.read_bytes()
            for part in self.WRITTEN
            for file in (folder / part).glob("*")
            if file.name != "contact-sheet.pdf"
        }

    @pytest.mark.parametrize(
        ("variants", "formats", "students"),
        [("", "html,pdf,yaml", 1), ("variants: 2\n", "html,yaml", 2)],
        ids=["own", "versions"],
    )
    def test_every_file_is_the_same(
        self, desk: Desk, run: Run, variants: str, formats: str, students: int
    ) -> None:
        desk.exam(variants)
        options = ("--print", "--names")
        desk.generate("\n".join(self.ROSTER.splitlines()[: students + 1]), *options, formats=formats)
        for name in ("secret", "exam.yaml", "roster.csv"):
            (desk.folder / name).unlink()
        again = desk.folder / "again"
        done = run("reprint", desk.out, "--out", again, "--format", formats, *options)
        assert (done.code, done.err) == (0, "")
        assert self.files(again) == self.files(desk.out)
        assert {"quiz.pdf"} < {name.partition("/")[2] for name in self.files(again)}

    def test_some(self, desk: Desk, run: Run) -> None:
        desk.generate(self.ROSTER + "s3,Zoë\n")
        codes = [the_paper(desk.out, student).code for student in ("s1", "s2", "s3")]
        again = desk.folder / "again"
        done = run(
            "reprint", desk.out, "S3", f"{codes[0][:7]}-{codes[0][7:].lower()}", "--out", again, *QUICK
        )
        assert done.code == 0
        stems = {file.name.split(".")[0] for file in (again / "handout").iterdir()}
        assert stems == {codes[0], codes[2]}

    def test_who_has_no_paper_is_named(self, desk: Desk, run: Run) -> None:
        desk.generate(self.ROSTER)
        done = run("reprint", desk.out, "s1", "s22", "nobody-at-all", "--out", desk.folder / "again")
        assert done.code == 2
        assert "the record holds no paper of 's22'; did you mean 's2'?" in done.err
        assert "the record holds no paper of 'nobody-at-all'" in done.err
        assert not (desk.folder / "again").exists()

    def test_a_lost_paper_stops_no_other(self, desk: Desk, run: Run) -> None:
        desk.generate(self.ROSTER)
        (desk.out / f"record/papers/{the_paper(desk.out, 's2').code}.json").unlink()
        done = run("reprint", desk.out, "--out", desk.folder / "again", *QUICK)
        assert (done.code, done.err) == (1, "the record holds no paper of s2\n")
        assert list((desk.folder / "again/handout").glob(f"{the_paper(desk.out, 's1').code}.*"))

    def test_what_differs_stays(self, desk: Desk, run: Run) -> None:
        desk.generate(self.ROSTER)
        page = desk.out / f"handout/{the_paper(desk.out, 's1').code}.paper.json"
        as_it_was = page.read_bytes()
        page.write_text("changed")
        call = ("reprint", desk.out, "s1", "--out", desk.out, "--format", "yaml")
        done = run(*call)
        assert (done.code, f"{page}: differs and is left as it is" in done.err) == (1, True)
        assert page.read_text() == "changed"
        assert run(*call, "--force").code == 0
        assert page.read_bytes() == as_it_was
