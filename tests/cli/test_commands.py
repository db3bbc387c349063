"""Every command and option, as called from a shell: what is printed, and the exit code."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from convexam import cli
from convexam.cli import COMMANDS
from convexam.generator.model import Case
from convexam.generator.papers import Exam, Paper
from convexam.generator.policy import Release
from convexam.generator.questions.misconceptions import SENTENCES
from convexam.generator.streams import Stream
from convexam.grader import desk
from convexam.grader.intake.answers import Submission
from convexam.grader.model import Result
from convexam.grader.reports.feedback import feedback_html
from convexam.grader.rules.ruled import ruled
from convexam.version import __version__

from .conftest import Run, filled_in, the_paper

DATA = Path(__file__).parents[1] / "data"
QUICK = ("--format", "yaml")

EXAM = """\
format: convexam-exam/1
id: quiz
title: Quiz
sections:
  - title: A
    items:
      - {id: q1, use: conv2d/first-map}
"""
BANK = """\
format: convexam-bank/1
questions:
  - id: %s
    type: conv2d
    title: Mine
    difficulty: 1
    points: 2
    params:
      input: {shape: [1, 3, 3], from: 0, to: 4}
      kernel: {shape: [1, 1, 2, 2], from: -2, to: 2}
    prompt: {en: "Filter {{ X }} with {{ K }}."}
"""


@pytest.fixture
def exam_file(tmp_path: Path) -> Path:
    file = tmp_path / "quiz.yaml"
    file.write_text(EXAM)
    return file


@pytest.fixture
def own_bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "mine.yaml").write_text(BANK % "mine/first")
    return folder


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the practice paper, which is not to be changed."""
    folder = tmp_path_factory.mktemp("drawn") / "exam"
    generate = cli.command("generate")
    generate.main(["--seed", "42", "--out", str(folder), *QUICK], standalone_mode=False)
    return folder


def test_version(run: Run) -> None:
    assert run("--version").out == f"convexam, version {__version__}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_terminal(run: Run, command: str) -> None:
    outcome = run(*command.split(), "--help")
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "Usage: convexam" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("generate",), "name an exam with --exam FILE, or draw a practice paper with --seed 42"),
        (("generate", "--seed", "1", "--secret", "s"), "--seed and --secret exclude each other"),
        (("generate", "--seed", "-1"), "-1 is not in the range x>=0"),
        (("generate", "--seed", "1", "--only-bank"), "--only-bank leaves nothing to draw from"),
        (("generate", "--seed", "1", "--format", "html,docx"), "'docx' is none of html, pdf, yaml, gif"),
        (("generate", "--exam", "nowhere.yaml"), "File 'nowhere.yaml' does not exist"),
        (("grade", ".", "x.yaml"), "holds no exam; name the folder that `generate` wrote"),
        (("show", "conv2d/first-mapp"), "did you mean 'conv2d/first-map'?"),
        (("explain", "conv3d"), "did you mean 'conv2d'?"),
        (("genrate",), "No such command 'genrate'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_misuse(
    run: Run, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text("")
    outcome = run(*arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert "Traceback" not in outcome.err


class TestGenerate:
    def test_papers_of_a_roster(self, run: Run, exam_file: Path, tmp_path: Path) -> None:
        roster = tmp_path / "class.csv"
        roster.write_text("student,name\ns1,Ada\ns2,Grace\ns3,Alan\n")
        out = tmp_path / "out"
        outcome = run("generate", "--exam", exam_file, "--students", roster, "--out", out, *QUICK)
        assert outcome.code == 0
        papers = [the_paper(out, student) for student in ("s1", "s2", "s3")]
        assert len({paper.code for paper in papers}) == 3
        assert len({str(paper.problems[0].case.given) for paper in papers}) == 3
        assert papers[0].student.name == "Ada"

    def test_a_secret_is_kept_beside_the_exam(self, run: Run, exam_file: Path, tmp_path: Path) -> None:
        for name in ("a", "b"):
            run("generate", "--exam", exam_file, "--out", tmp_path / name, *QUICK)
        secret = tmp_path / "quiz.secret"
        assert the_paper(tmp_path / "a") == the_paper(tmp_path / "b")
        run("generate", "--exam", exam_file, "--secret", secret, "--out", tmp_path / "c", *QUICK)
        assert the_paper(tmp_path / "c") == the_paper(tmp_path / "a")
        for file in tmp_path.rglob("*"):
            if file.is_file() and file != secret:
                assert secret.read_text().strip() not in file.read_text()
        secret.unlink()
        run("generate", "--exam", exam_file, "--out", tmp_path / "d", *QUICK)
        assert the_paper(tmp_path / "d") != the_paper(tmp_path / "a")

    def test_a_missing_secret_stops_everything(self, run: Run, exam_file: Path, tmp_path: Path) -> None:
        outcome = run("generate", "--exam", exam_file, "--secret", tmp_path / "no", "--out", tmp_path / "o")
        assert (outcome.code, "there is no such secret file" in outcome.err) == (1, True)
        assert not (tmp_path / "o").exists()

    def test_seeds_and_rosters_warn(self, run: Run, tmp_path: Path) -> None:
        roster = tmp_path / "class.csv"
        roster.write_text("student\ns1\n")
        outcome = run("generate", "--seed", 1, "--students", roster, "--out", tmp_path / "o", *QUICK)
        assert outcome.code == 0
        assert "Warning: these papers come from a seed" in outcome.err

    def test_a_bank_of_ones_own(self, run: Run, exam_file: Path, own_bank: Path, tmp_path: Path) -> None:
        exam_file.write_text(EXAM + "      - {id: q2, use: mine/first}\n")
        out = tmp_path / "o"
        assert (
            run("generate", "--exam", exam_file, "--bank", own_bank, "--seed", 1, "--out", out, *QUICK).code
            == 0
        )
        assert [problem.spec.id for problem in the_paper(out).problems] == ["conv2d/first-map", "mine/first"]

    def test_only_a_bank_of_ones_own(self, run: Run, exam_file: Path, own_bank: Path, tmp_path: Path) -> None:
        call = ("generate", "--exam", exam_file, "--bank", own_bank, "--only-bank", "--seed", 1)
        outcome = run(*call, "--out", tmp_path / "o", *QUICK)
        assert outcome.code == 1
        assert f"{exam_file}:7:23: $.sections[0].items[0].use: there is no entry" in outcome.err

    def test_a_repeated_id_is_an_error(self, run: Run, own_bank: Path, tmp_path: Path) -> None:
        (own_bank / "mine.yaml").write_text(BANK % "conv2d/first-map")
        outcome = run("generate", "--seed", 1, "--bank", own_bank, "--out", tmp_path / "o", *QUICK)
        assert outcome.code == 1
        assert re.search(
            r"mine\.yaml:3:9: .*the id 'conv2d/first-map' is taken; it stands at .*conv2d\.yaml:\d+",
            outcome.err,
        )

    @pytest.mark.parametrize("formats", ["yaml", "html", "html, yaml"])
    def test_formats(self, run: Run, tmp_path: Path, formats: str) -> None:
        run("generate", "--seed", 1, "--out", tmp_path / "o", "--format", formats)
        endings = {file.name.split(".", 1)[1] for file in (tmp_path / "o/handout").iterdir()}
        assert endings == {"paper.json"} | {
            {"yaml": "answers.yaml"}.get(name.strip(), name.strip()) for name in formats.split(",")
        }

    def test_the_folder_is_named_after_the_exam(
        self, run: Run, exam_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert "quiz-seed-5/" in run("generate", "--exam", exam_file, "--seed", 5, *QUICK).out
        assert "The papers are in quiz/" in run("generate", "--exam", exam_file, *QUICK).out


class TestGrade:
    @pytest.fixture
    def exam(self, drawn: Path, tmp_path: Path) -> Path:
        return Path(shutil.copytree(drawn, tmp_path / "exam"))

    def test_files_folders_and_patterns(self, run: Run, exam: Path, tmp_path: Path) -> None:
        handed_in = tmp_path / "in" / "deep"
        handed_in.mkdir(parents=True)
        for name in ("ada", "grace"):
            (handed_in / f"{name}.yaml").write_text(filled_in(the_paper(exam)))
        (handed_in / ".DS_Store").write_text("clutter")
        for names in (
            (tmp_path / "in",),
            (str(tmp_path / "in" / "**" / "*.yaml"),),
            sorted(handed_in.glob("*.yaml")),
        ):
            outcome = run("grade", exam, *names)
            assert outcome.code == 0
            assert re.findall(r"^(ada|grace) ", outcome.out, re.MULTILINE) == ["ada", "grace"]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "empty"),
            (b"%PDF-1.7", "the PDF is damaged"),
            (b"paper: B27784YJ6GBV0H\nanswers: [" + b"[" * 100_000, "line"),
            (
                b"paper: 39212EAM13HG3N\nanswers:\n  a1: {Y: 1}\n",
                "the paper 39212EAM13HG3N is of another exam",
            ),
            (b"paper: 39212EAM13HG3M\nanswers:\n  a1: {Y: 1}\n", "'39212EAM13HG3M' is no paper code"),
            (b"answers:\n  a1: {Y: 1}\n", "there is no paper code"),
            (b"\xff\xfe\x00", "UTF-16"),
        ],
        ids=["empty", "pdf", "deep", "other exam", "typing error", "no code", "utf-16"],
    )
    def test_one_bad_file_stops_nothing(
        self, run: Run, exam: Path, tmp_path: Path, content: bytes, message: str
    ) -> None:
        (tmp_path / "bad.yaml").write_bytes(content)
        (tmp_path / "good.yaml").write_text(filled_in(the_paper(exam)))
        outcome = run("grade", exam, tmp_path / "bad.yaml", tmp_path / "good.yaml")
        assert outcome.code == 3
        assert re.search(rf"bad\.yaml: .*{re.escape(message)}", outcome.err)
        assert json.loads((exam / "marks/good.json").read_text())["points"] == str(the_paper(exam).points)

    def test_what_is_handed_in_twice_is_named(self, run: Run, exam: Path, tmp_path: Path) -> None:
        text = filled_in(the_paper(exam)).replace("answers:", "student: ada\nanswers:", 1)
        (tmp_path / "1.yaml").write_text(text.replace("a1:", "a9:"))
        (tmp_path / "2.yaml").write_text(text)
        outcome = run("grade", exam, tmp_path / "1.yaml", tmp_path / "2.yaml")
        assert outcome.code == 3
        assert "there is no question 'a9' on this paper" in outcome.err
        assert re.search(r"1\.yaml: an earlier file; ada handed in .*2\.yaml as well", outcome.err)
        assert json.loads((exam / "marks/ada.json").read_text())["points"] == str(the_paper(exam).points)

    def test_a_hostile_name_stays_in_the_folder(self, run: Run, exam: Path, tmp_path: Path) -> None:
        text = filled_in(the_paper(exam)).replace("answers:", 'student: "../../=x\\e[2J<b>"\nanswers:', 1)
        (tmp_path / "1.yaml").write_text(text)
        outcome = run("grade", exam, tmp_path / "1.yaml")
        assert {file.suffix for file in (exam / "marks").iterdir()} == {".json", ".html", ".csv", ".yaml"}
        (page,) = (exam / "marks").glob("*.feedback.html")
        assert "<b>" not in page.read_text(encoding="utf-8")
        assert "\x1b" not in outcome.out
        assert not list(tmp_path.glob("*.json"))

    def test_nothing_to_mark_is_said(self, run: Run, exam: Path, tmp_path: Path) -> None:
        outcome = run("grade", exam, tmp_path / "nobody.yaml", tmp_path / "no" / "*.yaml")
        assert outcome.code == 3
        assert "nobody.yaml: there is no such file, folder or pattern" in outcome.err
        assert "*.yaml: there is no such file, folder or pattern" in outcome.err
        assert "nobody" not in (exam / "marks/intake.csv").read_text("utf-8")

    def test_nothing_in_a_folder_is_passed_over_in_silence(
        self, run: Run, exam: Path, tmp_path: Path
    ) -> None:
        handed_in = tmp_path / "in"
        handed_in.mkdir()
        (handed_in / "ada.YAML").write_text(filled_in(the_paper(exam)))
        (handed_in / "grace.txt").write_text(filled_in(the_paper(exam)))
        (handed_in / "alan.docx").write_bytes(b"PK\3\4 word/document.xml")
        (handed_in / "gone.yaml").symlink_to(tmp_path / "nowhere")
        (handed_in / "loop.yaml").symlink_to("loop.yaml")
        (handed_in / "a-link.yaml").symlink_to("ada.YAML")  # it could lead to the answers of somebody else
        os.mkfifo(handed_in / "pipe.yaml")
        outcome = run("grade", exam, handed_in)
        assert outcome.code == 3
        assert re.findall(r"^(\w+) +\d", outcome.out, re.MULTILINE) == ["ada", "grace"]
        assert "alan.docx: " in outcome.err
        for name in ("a-link", "gone", "loop"):
            assert f"{name}.yaml: a link was not followed" in outcome.err
        assert "pipe.yaml: was not looked at; it is no ordinary file" in outcome.err

    def test_our_own_files_are_no_answers(self, run: Run, exam: Path, tmp_path: Path) -> None:
        (exam / "ada.yaml").write_text(filled_in(the_paper(exam)))
        run("grade", exam, exam / "ada.yaml")
        outcome = run("grade", exam, exam / "ada.yaml", exam / "record", exam / "marks" / "ada.json")
        assert "ada.json: this is no answer file" in outcome.err
        assert re.findall(r"^(\w+) +\d", outcome.out, re.MULTILINE) == ["ada"]

    def test_another_students_file_does_not_replace_marks_in_silence(
        self, run: Run, exam_file: Path, tmp_path: Path
    ) -> None:
        roster, out = tmp_path / "class.csv", tmp_path / "out"
        roster.write_text("student,name\nalice,Alice A.\nbob,Bob B.\n")
        run("generate", "--exam", exam_file, "--students", roster, "--out", out, *QUICK)
        text = filled_in(the_paper(out, "alice"))
        (tmp_path / "a.yaml").write_text(text.replace("answers:", "student: alice a.\nanswers:", 1))
        (tmp_path / "m.yaml").write_text(
            text.replace("answers:", "student: mallory\nanswers:", 1).replace("Y: |", "Y: 7 #", 1)
        )
        assert run("grade", out, tmp_path / "a.yaml").code == 0
        outcome = run("grade", out, tmp_path / "m.yaml")
        assert outcome.code == 3
        assert "the file says it is from 'mallory', and the paper is that of alice" in outcome.err
        assert re.search(
            r"a\.yaml: an earlier file; alice handed in .*m\.yaml as well, and that counts", outcome.err
        )

    def test_what_counts_is_the_same_everywhere(self, run: Run, exam: Path, tmp_path: Path) -> None:
        good = filled_in(the_paper(exam)).replace("answers:", "student: ada\nanswers:", 1)
        (tmp_path / "good.yaml").write_text(good)
        (tmp_path / "bad.yaml").write_text(good.split("  a1:")[0] + "  a1: {Y: 1}\n")
        for order in (("good",), ("bad",), ("good", "bad"), ("bad", "good"), ("good",)):
            run("grade", exam, *(tmp_path / f"{name}.yaml" for name in order))
            record = json.loads((exam / "marks/ada.json").read_text())
            row = (exam / "marks/marks.csv").read_text(encoding="utf-8-sig").splitlines()[1]
            assert row.split(",")[2] == record["points"]
            # What arrived first stays first, however often it arrives.
            assert (record["points"] == record["of"]) is (not (exam / "bad").exists() and order == ("good",))
            if "bad" in order:
                (exam / "bad").touch()

    def test_a_blank_file_takes_no_marks_away(self, run: Run, exam: Path, tmp_path: Path) -> None:
        good = filled_in(the_paper(exam)).replace("answers:", "student: ada\nanswers:", 1)
        (tmp_path / "1.yaml").write_text(good)
        (tmp_path / "2.yaml").write_text(good.split("  a1:")[0])
        for order in ("12", "21", "2"):
            outcome = run("grade", exam, *(tmp_path / f"{name}.yaml" for name in order))
            assert outcome.code == 3
            record = json.loads((exam / "marks/ada.json").read_text())
            assert record["points"] == record["of"]
            assert re.search(r"^ada +\d", outcome.out, re.MULTILINE)
        assert re.search(
            r"2\.yaml: blank, so another file counts; ada handed in .*1\.yaml as well, and that counts",
            outcome.err,
        )

    def test_papers_for_everyone_without_a_name_stay_apart(
        self, run: Run, exam: Path, tmp_path: Path
    ) -> None:
        code = the_paper(exam).code
        full, blank = filled_in(the_paper(exam)), f"paper: {code}\nanswers:\n"
        for name, file, text in (
            ("anna", code, full),
            ("ben", code, blank),
            ("carl", f"{code} (1)", f"{blank}#"),
        ):
            (tmp_path / name).mkdir()
            (tmp_path / name / f"{file}.answers.yaml").write_text(text)
        outcome = run("grade", exam, *(tmp_path / name for name in ("anna", "ben", "carl")))
        assert outcome.code == 3
        assert len(re.findall(rf"^{code}-\w{{6}} ", outcome.out, re.MULTILINE)) == 3
        assert outcome.err.count("'student' is empty") == 3

    def test_a_name_that_is_no_text_does_not_stop_the_run(self, run: Run, exam: Path, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        for name in (b"Ren\xe9.yaml", b"e\x1b[31mvil.yaml"):
            text = filled_in(the_paper(exam)).replace("answers:", f"student: s{len(name)}\nanswers:", 1)
            (folder / os.fsdecode(name)).write_text(text)
        outcome = run("grade", exam, tmp_path / "in")
        assert outcome.code == 0
        assert len(list((exam / "marks").glob("*.json"))) == 2
        (tmp_path / "in2").mkdir()
        (tmp_path / "in2" / "e\x1b[31mvil.yaml").write_text("hello")
        assert "\x1b" not in run("grade", exam, tmp_path / "in2").err

    def test_one_damaged_record_costs_one_paper(self, run: Run, exam_file: Path, tmp_path: Path) -> None:
        roster, out = tmp_path / "class.csv", tmp_path / "out"
        roster.write_text("student\nalice\nbob\n")
        run("generate", "--exam", exam_file, "--students", roster, "--out", out, *QUICK)
        papers = {name: the_paper(out, name) for name in ("alice", "bob")}
        for name, paper in papers.items():
            (tmp_path / f"{name}.yaml").write_text(filled_in(paper))
        (out / f"record/papers/{papers['alice'].code}.json").write_text("{")
        outcome = run("grade", out, tmp_path / "alice.yaml", tmp_path / "bob.yaml")
        assert outcome.code == 3
        assert "alice.yaml: this is not valid JSON" in outcome.err
        assert json.loads((out / "marks/bob.json").read_text())["points"] == "4"

    def test_a_fault_of_ours_in_a_page_costs_one_student(
        self, run: Run, exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = [tmp_path / f"{name}.yaml" for name in ("ada", "bad", "grace")]
        for file in files:
            file.write_text(filled_in(the_paper(exam)))

        def fragile(record: Exam, paper: Paper, result: Result, release: Release) -> str:
            if result.student == "bad":
                raise KeyError("a bug")
            return feedback_html(record, paper, result, release)

        with monkeypatch.context() as patch:
            patch.setattr(desk, "feedback_html", fragile)
            outcome = run("grade", exam, *files)
        assert outcome.code == 70
        assert "bad.yaml: a fault of convexam (KeyError); it was not marked" in outcome.err
        assert "This is a fault of convexam, not of the file" in outcome.err
        assert "in fragile" in outcome.err
        names = {file.name for file in (exam / "marks").glob("*.feedback.html")}
        assert names == {"ada.feedback.html", "grace.feedback.html"}
        assert run("grade", exam).code == 0
        assert (exam / "marks/bad.feedback.html").exists()

    def test_a_fault_of_ours_in_a_table_costs_that_table(
        self, run: Run, exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        table, file = tmp_path / "class.csv", tmp_path / "ada.yaml"
        table.write_text("paper,a1/Y\n")
        file.write_text(filled_in(the_paper(exam)))
        monkeypatch.setattr(desk, "read_class", {}.__getitem__)
        outcome = run("grade", exam, table, file)
        assert outcome.code == 70
        assert "class.csv: a fault of convexam (TypeError); it was not marked" in outcome.err
        assert (exam / "marks/ada.json").exists()

    def test_a_fault_of_ours_costs_one_file(
        self, run: Run, exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("ada", "bad", "grace"):
            (tmp_path / f"{name}.yaml").write_text(filled_in(the_paper(exam)))

        def fragile(paper: Paper, submission: Submission, student: str, *others: Any) -> Result:
            if student == "bad":
                raise KeyError("a bug")
            return ruled(paper, submission, student, *others)

        monkeypatch.setattr(desk, "ruled", fragile)
        outcome = run("grade", exam, *(tmp_path / f"{name}.yaml" for name in ("ada", "bad", "grace")))
        assert outcome.code == 70
        assert "bad.yaml: a fault of convexam (KeyError); it was not marked" in outcome.err
        assert re.findall(r"^(\w+) +\d", outcome.out, re.MULTILINE) == ["ada", "grace"]

    def test_a_damaged_record_is_named(self, run: Run, exam: Path, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text(filled_in(the_paper(exam)))
        (exam / "record/exam.json").write_text("{")
        outcome = run("grade", exam, file)
        assert outcome.code == 1
        assert "record/exam.json:1:2: this is not valid JSON" in outcome.err


class TestCheck:
    def test_ten_mistakes_are_ten_lines(self, run: Run) -> None:
        outcome = run("check", DATA / "ten_mistakes.yaml")
        assert outcome.code == 1
        lines = outcome.err.splitlines()
        assert len(lines) == 10
        positions = [
            re.match(r".*ten_mistakes\.yaml:(\d+):(\d+): \$\.questions\[\d\]\S*: .+", line) for line in lines
        ]
        assert all(positions)
        assert [int(found[1]) for found in positions if found] == sorted(int(f[1]) for f in positions if f)

    def test_shipped_files_are_sound(self, run: Run) -> None:
        root = Path(__file__).parents[2] / "question_bank"
        outcome = run("check", root / "errata.yaml", *sorted((root / "exams").glob("*.yaml")))
        assert outcome.code == 0, outcome.err
        assert re.fullmatch(r"No problems in \d+ entries and \d+ exam files?\.\n", outcome.out)

    def test_coverage(self, run: Run, exam_file: Path) -> None:
        outcome = run("check", exam_file, "--coverage")
        assert outcome.code == 0
        lines = outcome.out.splitlines()
        assert any(re.match(r"Explain the concept of convolution\b.* 4  q1\b", line) for line in lines)
        assert any(line.startswith("Outcomes left out: motivate-convolution,") for line in lines)
        assert any(re.match(r"By its effort it takes about \d+ minutes", line) for line in lines)

    def test_coverage_of_another_curriculum(self, run: Run, exam_file: Path, tmp_path: Path) -> None:
        course = tmp_path / "course.yaml"
        course.write_text(
            "format: convexam-curriculum/1\ntitle: Mine\noutcomes: {filter: Filter}\n"
            "topics:\n  - {id: maps, title: Maps, covers: {E42: A map}}\n"
        )
        outcome = run("check", exam_file, "--coverage", "--curriculum", course)
        assert "compared with: Mine" in outcome.out
        assert "Outcomes left out: filter" in outcome.out
        assert run("check", exam_file, "--curriculum", course).out == outcome.out
        course.write_text("format: convexam-curriculum/1\n")
        assert run("check", exam_file, "--coverage", "--curriculum", course).code == 1

    def test_an_exam_with_a_bank_beside_it(self, run: Run, exam_file: Path, own_bank: Path) -> None:
        exam_file.write_text(EXAM + "      - {id: q2, use: mine/first}\n")
        assert run("check", exam_file).code == 1
        assert run("check", exam_file, own_bank / "mine.yaml").code == 0
        assert run("check", exam_file, "--bank", own_bank).code == 0

    def test_prompts_are_tried(self, run: Run, own_bank: Path) -> None:
        file = own_bank / "mine.yaml"
        file.write_text((BANK % "mine/first").replace("{{ K }}", "{{ kernel }}"))
        outcome = run("check", file)
        assert (outcome.code, ".prompt.en: " in outcome.err) == (1, True)


def test_show(run: Run) -> None:
    outcome = run("show", "conv2d/binary-image")
    assert outcome.code == 0
    assert re.search(r"Y = 4 3 4\n    2 4 3\n    2 3 4", outcome.out)
    assert "Worked solution" in outcome.out
    assert "Worked solution" not in run("show", "conv2d/binary-image", "--no-solution").out
    assert run("show", "conv2d/first-map").out != run("show", "conv2d/first-map", "--seed", 2).out


def test_kinds_and_explain(run: Run) -> None:
    assert re.search(r"^conv2d +Fill in the output map", run("kinds").out, re.MULTILINE)
    page = run("explain", "conv2d").out
    assert "``padding``" in page
    assert max(map(len, page.splitlines())) <= 80
    assert "``extra_flip``" in page
    assert (
        "\n    false one may name the ``misconception`` that it stands for.\n" in run("explain", "choice").out
    )


class TestShippedExams:
    def test_go_by_their_names(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "out"
        outcome = run("generate", "--exam", "demo-exam", "--seed", 1, "--out", folder, "--format", "yaml")
        assert outcome.code == 0
        assert list((folder / "handout").glob("*.yaml"))

    def test_a_file_of_that_name_goes_first(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("demo-exam").write_text(EXAM.replace("title: Quiz", "title: ''"))
        assert "demo-exam:3:" in run("check", "demo-exam").err

    def test_their_secret_is_kept_where_one_works(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run("generate", "--exam", "demo-exam", "--format", "yaml").code == 0
        assert Path("demo-exam.secret").is_file()

    def test_can_be_started_from(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "mine.yaml"
        assert run("new", "exam", file, "--like", "demo-exam").code == 0
        assert run("check", file).code == 0
        outcome = run("new", "exam", tmp_path / "other.yaml", "--like", "nothing")
        assert (outcome.code, "--like goes with an exam and one of" in outcome.err) == (2, True)


@pytest.mark.parametrize("name", ["bank", "exam", "curriculum", "grades"])
def test_the_shipped_schemas_are_those_printed(run: Run, name: str) -> None:
    shipped = Path(__file__).parents[2] / f"question_bank/schemas/convexam-{name}-1.schema.json"
    assert run("schema", name).out == shipped.read_text(encoding="utf-8")


class TestAudit:
    def test_a_sound_bank(self, run: Run, own_bank: Path, tmp_path: Path) -> None:
        report = tmp_path / "audit.html"
        outcomes = [
            run("audit", own_bank, "--draws", 300, "--workers", workers, "--html", report)
            for workers in (1, 2)
        ]
        assert outcomes[0] == outcomes[1]
        assert outcomes[0].code == 0
        assert re.search(r"mine/first +300 +\d+\.\d% +\d+ .*sound", outcomes[0].out)
        assert "mine/first" in report.read_text(encoding="utf-8")

    def test_a_faulty_bank(self, run: Run, own_bank: Path) -> None:
        file = own_bank / "mine.yaml"
        file.write_text(file.read_text().replace("from: -2, to: 2", "from: 0, to: 0"))
        outcome = run("audit", file, "--draws", 2)
        assert outcome.code == 1
        assert re.search(r"mine\.yaml:3:9: mine/first: 2 times: .*none of 300 draws", outcome.err)

    @pytest.mark.usefixtures("nobody_survives")
    def test_an_entry_that_no_worker_survives(self, run: Run, own_bank: Path) -> None:
        outcome = run("audit", own_bank, "--draws", 2)
        assert (outcome.code, outcome.err) == (
            1,
            "the audit of mine/first could not be made: out of memory\n",
        )


class TestPreview:
    def test_a_bank_file(self, run: Run, own_bank: Path, tmp_path: Path) -> None:
        page = tmp_path / "p.html"
        assert run("preview", own_bank / "mine.yaml", "--draws", 4, "--out", page).code == 0
        text = page.read_text(encoding="utf-8")
        assert text.count('class="variant"') == 4
        assert "extra_flip" in text

    def test_a_text_that_cannot_be_set_is_a_fault_of_the_file(self, run: Run, own_bank: Path) -> None:
        file = own_bank / "mine.yaml"
        file.write_text(file.read_text().replace("{{ X }}", "{{ X }} $x^2^3$"))
        outcome = run("preview", file, "--draws", 1)
        assert outcome.code == 1
        assert re.match(r".*mine\.yaml:\d+:\d+: \$\.questions\[0\]\.prompt\.en: the formula", outcome.err)
        shown = run("show", "mine/first", "--bank", own_bank, "--only-bank")
        assert (shown.code, "Traceback" in shown.err) == (1, False)

    def test_an_exam_shows_what_it_may_take(self, run: Run, exam_file: Path, tmp_path: Path) -> None:
        exam_file.write_text(EXAM + "      - {id: q2, pick: 1, tags: [dilation], points: 5}\n")
        page = tmp_path / "p.html"
        assert run("preview", exam_file, "--draws", 1, "--out", page).code == 0
        text = page.read_text(encoding="utf-8")
        assert "conv2d/dilated" in text
        assert "conv2d/two-channels" not in text


class TestNew:
    @pytest.mark.parametrize("what", ["exam", "question"])
    def test_a_starter_is_sound(self, run: Run, tmp_path: Path, what: str) -> None:
        file = tmp_path / "mine.yaml"
        assert run("new", what, file).code == 0
        outcome = run("check", file)
        assert outcome.code == 0, outcome.err

    def test_a_question_can_be_drawn_often(self, run: Run, tmp_path: Path) -> None:
        run("new", "question", tmp_path / "mine.yaml")
        assert run("audit", tmp_path / "mine.yaml", "--draws", 100).code == 0

    def test_what_is_there_stays(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "mine.yaml"
        file.write_text("mine")
        outcome = run("new", "exam", file)
        assert (outcome.code, "is there already" in outcome.err) == (1, True)
        assert file.read_text() == "mine"

    def test_a_kind_works_as_it_is(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "dense_weights.py"
        assert run("new", "kind", file).code == 0
        name = "convexam.generator.questions.dense_weights"
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        finally:
            del sys.modules[name]
        kind = module.TYPE
        case = Case(kind.draw(module.Params(3, 4), Stream(b"x" * 32)))
        assert kind.name == "dense_weights"
        assert kind.solve(case, {}) == {"n": (16,)}
        assert kind.second(case) == {"n": (16,)}
        assert {misconception.name for misconception in kind.misconceptions} <= set(SENTENCES)
        assert kind.solve(kind.misconceptions[0].change(case), {}) == {"n": (12,)}


def test_shells_can_complete(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("_CONVEXAM_COMPLETE", "bash_source")
    assert "complete -o nosort" in run().out


def test_a_lost_output_is_no_fault_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        monkeypatch.undo()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("click.echo", full)
    outcome = run("kinds")
    assert (outcome.code, outcome.err) == (1, "The output cannot be written: No space left on device\n")
