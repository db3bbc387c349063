"""``export gradescope``, and its package unpacked and run where ``/autograder`` is another folder."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from convexam.cli import command
from convexam.generator.mistakes import wrong_answers
from convexam.generator.resources import resource as shipped
from convexam.grader.autograder.needs import requirements

from ..grader.autograder.conftest import EXAM, SCHEMA, drawn, metadata
from ..grader.autograder.conftest import exam as exam
from ..grader.autograder.test_harness import in_json
from ..grader.autograder.test_needs import marked_with_what_is_listed
from .conftest import Run, filled_in, the_paper
from .pdf_filling import filled, typed


@dataclass(frozen=True)
class Autograder:
    """What stands at ``/autograder``."""

    root: Path

    @classmethod
    def of(cls, package: Path, root: Path) -> Autograder:
        """Unpack a package as Gradescope does."""
        with ZipFile(package) as archive:
            archive.extractall(root / "source")
        shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
        (root / "run_autograder").chmod(0o755)
        (root / "submission").mkdir()
        return cls(root)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        """Run ``setup.sh`` with nothing but a Python and the settings of pip."""
        return self._bash(self.root / "source" / "setup.sh")

    def set_up_with(self, python: Path) -> None:
        """Let a Python stand in for the one that ``setup.sh`` would bring."""
        (self.root / "source" / ".venv" / "bin").mkdir(parents=True)
        link = self.root / "source" / ".venv" / "bin" / "python"
        link.write_text(f'#!/bin/sh\nexec "{python}" "$@"\n')
        link.chmod(0o755)

    def run(self, files: dict[str, bytes], about: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run the autograder on a submission."""
        shutil.rmtree(self.root / "submission")
        (self.root / "submission").mkdir()
        for name, data in files.items():
            (self.root / "submission" / name).write_bytes(data)
        (self.root / "submission_metadata.json").write_bytes(about)
        return self._bash(self.root / "run_autograder")

    def results(self) -> Any:
        """Return what was written, if our schema allows it."""
        data = json.loads((self.root / "results" / "results.json").read_text(encoding="utf-8"))
        assert [error.message for error in SCHEMA.iter_errors(data)] == []
        return data

    def _bash(self, script: Path) -> subprocess.CompletedProcess[str]:
        home = self.root / "home"
        home.mkdir(exist_ok=True)
        of_pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        path = f"{Path(sys.base_prefix) / 'bin'}:/usr/bin:/bin"
        clean = {"PATH": path, "HOME": str(home), "AUTOGRADER_ROOT": str(self.root)} | of_pip
        return subprocess.run(
            ["bash", str(script)], env=clean, cwd=home, capture_output=True, text=True, check=False
        )


@pytest.fixture
def autograder(run: Run, exam: Path, tmp_path: Path) -> Autograder:
    """The package of an exam, with this Python and what is installed here."""
    assert run("export", "gradescope", exam, "--out", tmp_path / "package.zip").code == 0
    made = Autograder.of(tmp_path / "package.zip", tmp_path / "root")
    made.set_up_with(Path(sys.executable))
    return made


def answers(exam: Path, student: str = "s001", **changes: Any) -> bytes:
    return filled_in(the_paper(exam, student), changes).encode()


# -- the command ------------------------------------------------------------------------------------


def test_the_package_is_private_and_the_command_says_so(run: Run, exam: Path, tmp_path: Path) -> None:
    made = run("export", "gradescope", exam, "--out", tmp_path / "package.zip")
    assert made.code == 0
    assert "It holds the answers" in made.out
    assert stat.S_IMODE((tmp_path / "package.zip").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("roster", "says"),
    [
        ("student,email,gradescope\ns1,a@x.org,\ns2,,4711\n", ""),
        ("student,email\ns1,a@x.org\ns2,\n", "1 of 2 students has neither"),
        ("student,name\ns1,Ada\ns2,Grace\n", "2 of 2 students have neither"),
    ],
)
def test_students_whom_gradescope_cannot_be_asked_about(
    run: Run, tmp_path: Path, roster: str, says: str
) -> None:
    """Whoever knows such a student's paper code may hand in for them, and nobody is told that it is odd."""
    head, _, _ = EXAM.partition("      - {id: map")
    (tmp_path / "exam.yaml").write_text(head)
    (tmp_path / "roster.csv").write_text(roster)
    options = ["--students", tmp_path / "roster.csv", "--seed", "3", "--format", "yaml"]
    run("generate", "--exam", tmp_path / "exam.yaml", *options, "--out", tmp_path / "exam")
    made = run("export", "gradescope", tmp_path / "exam")
    assert made.code == 0
    assert says in made.out
    assert ("neither" in made.out) == bool(says)


def test_no_exam(run: Run, tmp_path: Path) -> None:
    assert run("export", "gradescope", tmp_path).code == 2


def test_missing_wheels_are_named(run: Run, exam: Path, tmp_path: Path) -> None:
    names = [each.replace("-", "_").replace("==", "-") for each in requirements()]
    for name in names[1:]:
        (tmp_path / f"{name}-py3-none-any.whl").write_bytes(b"PK")
    made = run("export", "gradescope", exam, "--wheels", tmp_path, "--out", tmp_path / "package.zip")
    assert made.code == 2
    assert requirements()[0] in made.err
    assert requirements()[1] not in made.err
    assert "pip download" in made.err
    assert not (tmp_path / "package.zip").exists()


def test_wheels_are_packed(run: Run, exam: Path, tmp_path: Path) -> None:
    for each in requirements():
        (tmp_path / f"{each.replace('-', '_').replace('==', '-')}-py3-none-any.whl").write_bytes(b"PK")
    (tmp_path / "other-1.0-py3-none-any.whl").write_bytes(b"PK")
    assert (
        run("export", "gradescope", exam, "--wheels", tmp_path, "--out", tmp_path / "package.zip").code == 0
    )
    with ZipFile(tmp_path / "package.zip") as archive:
        wheels = [name for name in archive.namelist() if name.startswith("wheels/")]
    assert len(wheels) == len(requirements())


def test_a_level_that_was_set_and_rules_that_hold_go_along(run: Run, exam: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exam"
    shutil.copytree(exam, folder)
    (tmp_path / "a.yaml").write_bytes(answers(exam))
    run("grade", folder, tmp_path / "a.yaml", "--release", "marks", "--workers", "1")
    ruled = run("remark", folder, "dense", "--drop", "--reason", "unfair", "--apply")
    assert ruled.code == 3, ruled.err  # an answer in words waits
    assert run("export", "gradescope", folder).code == 0
    with ZipFile(folder / "lms" / "gradescope.zip") as archive:
        assert archive.read("record/release") == b"marks\n"
        (rule,) = json.loads(archive.read("record/rules.json"))["rules"]
        assert not [name for name in archive.namelist() if "sqlite" in name]
    assert (rule["reason"], rule["rule"]["drop"]) == ("unfair", True)
    told = "A rule of `remark` cannot go along"
    assert told in run("export", "moodle", folder).out
    assert told not in run("export", "moodle", exam, "--out", tmp_path / "before.xml").out


# -- the scripts --------------------------------------------------------------------------------------


def test_a_submission(autograder: Autograder, exam: Path) -> None:
    done = autograder.run({"a.yaml": answers(exam)}, metadata("s001"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "marked for s001" in done.stdout
    assert autograder.results()["score"] > 7


def breaks(autograder: Autograder, how: str) -> None:
    """Make the program fail."""
    source = autograder.root / "source"
    if how == "python is gone":
        shutil.rmtree(source / ".venv")
    elif how == "the record is damaged":
        (source / "record" / "exam.json").write_text("{")
    elif how == "it is killed":
        (source / ".venv" / "bin" / "python").write_text("#!/bin/sh\nkill -9 $$\n")
    elif how == "it takes too long":
        (source / ".venv" / "bin" / "python").write_text("#!/bin/sh\nsleep 60\n")
        script = autograder.root / "run_autograder"
        script.write_text(script.read_text().replace("seconds=120", "seconds=0.2"))
    else:
        text = "#!/bin/sh\n" + f'exec "{sys.executable}" -c "bytearray(3 << 30)"\n'
        (source / ".venv" / "bin" / "python").write_text(text)


@pytest.mark.parametrize(
    "how",
    ["python is gone", "the record is damaged", "it is killed", "it takes too long", "it wants all memory"],
)
def test_whatever_happens_there_are_results(autograder: Autograder, exam: Path, how: str) -> None:
    breaks(autograder, how)
    done = autograder.run({"a.yaml": answers(exam)}, metadata("s001"))
    assert done.returncode == 0
    data = autograder.results()
    assert data["score"] == 0
    assert "could not mark" in data["output"]
    assert [test["visibility"] for test in data["tests"]] == ["hidden"]
    assert "was not marked" in done.stdout


def test_old_results_do_not_stay(autograder: Autograder, exam: Path) -> None:
    autograder.run({"a.yaml": answers(exam)}, metadata("s001"))
    breaks(autograder, "it is killed")
    autograder.run({}, metadata("s001"))
    assert autograder.results()["score"] == 0


def test_results_stay_if_the_program_fails_after_writing_them(autograder: Autograder, exam: Path) -> None:
    """As where nobody reads what it prints."""
    python = autograder.root / "source" / ".venv" / "bin" / "python"
    python.write_text(python.read_text().replace('"$@"', '"$@" >&-').replace("exec ", "") + "exit 1\n")
    done = autograder.run({"a.yaml": answers(exam)}, metadata("s001"))
    assert done.returncode == 0
    assert autograder.results()["score"] > 7


def test_there_are_results_even_if_all_of_it_is_ended(autograder: Autograder, exam: Path) -> None:
    """As by the platform, when its own time is up."""
    python = autograder.root / "source" / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nkill -9 "$(cat "{autograder.root}/pid")"\n')
    script = autograder.root / "run_autograder"
    script.write_text(
        script.read_text().replace("mkdir -p", f"echo $$ > '{autograder.root}/pid'\nmkdir -p", 1)
    )
    assert autograder.run({"a.yaml": answers(exam)}, metadata("s001")).returncode == -9
    assert "could not mark" in autograder.results()["output"]


# -- setting up where nothing can be fetched ------------------------------------------------------------

NO_PIP = """\
#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in
    --version) echo Python 3.13.1 ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    *"-m pip"*) exit 1 ;;
esac
"""
"""A Python that can install nothing."""


def set_up_without_packages(source: Path, *shell: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run `setup.sh` with nothing but such a Python and what every system has; also return its calls."""
    (source / "setup.sh").write_bytes(shipped("gradescope/setup.sh").read_bytes())
    tools = source.parent / "tools"
    tools.mkdir()
    for name in ("cp", "dirname", "mkdir", "rm", "sh"):
        (tools / name).symlink_to(str(shutil.which(name)))
    (tools / "python3").write_text(NO_PIP)
    (tools / "python3").chmod(0o755)
    done = subprocess.run(
        [str(shutil.which(shell[0])), *shell[1:], str(source / "setup.sh")],
        env={"PATH": str(tools), "CALLS": str(source / "calls")},
        cwd=source.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done, (source / "calls").read_text().splitlines()


@pytest.mark.parametrize("shell", [("bash",), ("sh", "-e")], ids=" ".join)
@pytest.mark.parametrize("wheels", [False, True])
def test_what_cannot_be_set_up_is_told(tmp_path: Path, shell: tuple[str, ...], *, wheels: bool) -> None:
    """By any shell: what is installed, and where, follows from where the script stands."""
    source = tmp_path / "source"
    source.mkdir()
    if wheels:
        (source / "wheels").mkdir()
    done, calls = set_up_without_packages(source, *shell)
    assert done.returncode == 1
    assert f"-m venv {source}/.venv" in calls
    assert any(call.endswith(f"--requirement {source}/requirements.txt") for call in calls)
    assert (
        f"Python 3.13.1 lacks what marking needs: {'the wheels' if wheels else 'no package'}" in done.stdout
    )
    assert "NOT SET UP" in done.stdout


# -- what it needs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.sweep), "nl"])
def test_marking_imports_only_what_is_installed(language: str, tmp_path: Path) -> None:
    """A whole demo exam with wrong answers, in two languages, as a PDF of ours is read by pypdf."""
    folder = drawn(tmp_path, EXAM.replace("id: lab\n", f"id: lab\nlanguage: {language}\n"), "yaml")
    paper = the_paper(folder, "s001")
    wrong = {
        each.item: dict(next(iter(wrong_answers(each.spec.type, each.case)), ("", {}))[1])
        for each in paper.problems
    }
    command("export").main(
        ["gradescope", str(folder), "--out", str(tmp_path / "p.zip")], standalone_mode=False
    )
    root = Autograder.of(tmp_path / "p.zip", tmp_path / "root").root
    (root / "submission" / "a.yaml").write_text(filled_in(paper, wrong))
    (root / "submission" / "b.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    done = marked_with_what_is_listed(root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "marked for s001" in done.stdout


# -- everything as it is there --------------------------------------------------------------------------


def ten(folder: Path) -> Iterator[tuple[str, dict[str, bytes], bytes, bool]]:
    """Yield ten submissions: name, files, metadata, and whether they can be marked."""
    ada, grace = the_paper(folder, "s001"), the_paper(folder, "s002")
    right, map_ = filled_in(ada), ada.problems[2]
    blank = {each.item: dict.fromkeys((field.name for field in each.fields), None) for each in ada.problems}
    wrong = {"map": dict(wrong_answers(map_.spec.type, map_.case))["extra_flip"]}
    pdf = filled((folder / f"handout/{ada.code}.pdf").read_bytes(), typed(ada))
    about = metadata("s001")
    yield "JSON", {"answers.json": in_json(right).encode()}, about, True
    yield "YAML", {"answers.yaml": right.encode()}, about, True
    yield "PDF", {"paper.pdf": pdf}, about, True
    yield "a group", {"answers.yaml": filled_in(grace).encode()}, metadata("s001", "s002"), True
    yield "decimal commas, no metadata", {"a.yaml": right.replace(".", ",").encode()}, b"", True
    yield "blank", {"answers.yaml": filled_in(ada, blank).encode()}, about, True
    yield "a misconception", {"answers.yaml": filled_in(ada, wrong).encode()}, about, True
    yield "somebody else's paper", {"answers.yaml": right.encode()}, metadata("s002"), False
    yield "half a PDF", {"paper.pdf": pdf[: len(pdf) // 2]}, about, False
    yield "an image", {"photo.jpg": b"\xff\xd8\xff\xe0 not a paper"}, about, False


@pytest.mark.sweep
def test_ten_submissions_in_a_clean_environment(tmp_path: Path) -> None:
    """`setup.sh` makes the environment; each submission takes less than a second of computing once warm."""
    folder, autograder = unpacked(tmp_path / "en", "en")
    made = autograder.set_up()
    assert made.returncode == 0, made.stdout + made.stderr
    for name, files, about, good in ten(folder):
        autograder.run(files, about)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        data = judged(autograder, files, about, name, good=good)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1, name
        assert not good or "**Lab 1 ·" in data["output"], name
    dutch, other = unpacked(tmp_path / "nl", "nl")
    (other.root / "source" / ".venv").symlink_to(autograder.root / "source" / ".venv")
    for name, files, about, good in ten(dutch):
        assert "je" in judged(other, files, about, name, good=good)["output"].split(), name


def unpacked(where: Path, language: str) -> tuple[Path, Autograder]:
    """Draw an exam in a language, and unpack its autograder."""
    where.mkdir()
    folder = drawn(where, EXAM.replace("id: lab\n", f"id: lab\nlanguage: {language}\n"), "yaml,pdf")
    out = where / "package.zip"
    command("export").main(["gradescope", str(folder), "--out", str(out)], standalone_mode=False)
    return folder, Autograder.of(out, where / "root")


def judged(
    autograder: Autograder, files: dict[str, bytes], about: bytes, name: str, *, good: bool
) -> dict[str, Any]:
    """Run the autograder, and see whether what can be marked was."""
    assert autograder.run(files, about).returncode == 0, name
    data: dict[str, Any] = autograder.results()
    assert bool(data["extra_data"]["convexam"]["paper"]) == good, name
    assert good or data["score"] == 0, name
    return data
