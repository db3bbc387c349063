"""`generate` in several processes: the same files, whoever dies or presses Ctrl-C, and whoever else works there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from convexam.cli import generate, parts, presses, reprint, writing  # noqa: F401 - so that forks need not import them
from convexam.cli.output import Output
from convexam.generator.press import Part, Press, ToMake

from ..generator.conftest import entry
from .conftest import the_paper
from .crash import Child

STUDENTS = tuple(f"s{number}" for number in range(1, 8))
BANK = "format: convexam-bank/1\nquestions:\n"
EXAM = """\
format: convexam-exam/1
id: quiz
title: Quiz
sections:
  - items:
      - {id: q1, use: b/one}
"""
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "bank").mkdir()
    (folder / "bank/bank.yaml").write_text(BANK + entry("b/one"))
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "secret").write_text("5a" * 32)
    (folder / "roster.csv").write_text("\n".join(["student", *STUDENTS]))
    return folder


def generating(desk: Path, out: Path, *more: object, **how: Callable[[], object]) -> Child:
    files = (
        "--exam",
        desk / "exam.yaml",
        "--students",
        desk / "roster.csv",
        "--bank",
        desk / "bank",
        "--only-bank",
    )
    formats = () if "--format" in more else ("--format", "html,yaml")
    return Child("generate", *files, "--secret", desk / "secret", "--out", out, *formats, *more, **how)


def files(folder: Path) -> Files:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def undisturbed(desk: Path) -> Files:
    said = generating(desk, desk / "undisturbed", "--workers", 1).outcome()
    assert (said.code, said.err) == (0, "")
    return files(desk / "undisturbed")


def test_bytes_do_not_depend_on_the_number_of_workers(desk: Path, undisturbed: Files, tmp_path: Path) -> None:
    said = generating(desk, tmp_path, "--workers", 3).outcome()
    assert (said.code, said.err) == (0, "")
    assert files(tmp_path) == undisturbed


def test_what_is_printed_does_not_either(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("student\ns1\ns2")
    out = [tmp_path / "one", tmp_path / "two"]
    for workers, folder in enumerate(out, start=1):
        options = ("--format", "yaml", "--print", "--students", tmp_path / "roster.csv", "--workers", workers)
        assert generating(desk, folder, *options).outcome().code == 0
    assert files(out[0]) == files(out[1])
    assert sum(name.endswith(".pdf") for name in files(out[0])) == 2 + 2


def test_reprint_makes_the_same_from_the_record(desk: Path, undisturbed: Files, tmp_path: Path) -> None:
    options = ("--out", tmp_path, "--format", "html,yaml", "--workers", 2)
    assert Child("reprint", desk / "undisturbed", *options).outcome().code == 0
    printed = files(tmp_path)
    assert printed == {
        name: undisturbed[name] for name in undisturbed if name.startswith(("handout/", "solutions/"))
    }


def deadly(often: Path | None) -> Callable[[], None]:
    """Let workers die of solutions: only the first one where it can note that in a folder."""
    real = Press.make

    def make(self: Press, task: ToMake) -> tuple[tuple[str, bytes], ...]:
        if task.part is Part.SOLUTIONS:
            with suppress(FileExistsError):
                if often:
                    often.mkdir()
                os.kill(os.getpid(), signal.SIGKILL)
        return real(self, task)

    return lambda: setattr(Press, "make", make)


def test_a_worker_that_is_killed_costs_nothing(desk: Path, undisturbed: Files, tmp_path: Path) -> None:
    said = generating(desk, tmp_path / "out", "--workers", 2, before=deadly(tmp_path / "died")).outcome()
    assert (said.code, said.err) == (0, "")
    assert (tmp_path / "died").exists()
    assert files(tmp_path / "out") == undisturbed


def test_a_paper_that_no_worker_survives_is_named(desk: Path, undisturbed: Files, tmp_path: Path) -> None:
    said = generating(desk, tmp_path, "--workers", 2, before=deadly(None)).outcome()
    assert said.code == 1
    assert said.err.endswith(" could not be made: died (signal KILL)\n")
    assert generating(desk, tmp_path, "--workers", 2).outcome().code == 0
    assert files(tmp_path) == undisturbed


def stopped_after(count: int) -> Callable[[], None]:
    """Let somebody press Ctrl-C when so many files have been written."""
    real, left = Output.write, iter(range(count))

    def write(self: Output, name: str, data: bytes, mode: int, *, settled: bool = False) -> bool:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGINT)
        return real(self, name, data, mode, settled=settled)

    return lambda: setattr(Output, "write", write)


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (1 + 3, "3 of 7 papers are drawn."),
        (1 + 7 + 2 * 4 + 1, "2 of 7 papers are written."),
    ],
    ids=["drawing", "writing"],
)
def test_ctrl_c_says_how_far_it_got(
    desk: Path, undisturbed: Files, tmp_path: Path, count: int, says: str
) -> None:
    said = generating(desk, tmp_path, "--workers", 2, before=stopped_after(count)).outcome()
    assert said.code == 130
    assert said.err.splitlines()[0] == says
    assert "call the command again to go on" in said.err
    begun = files(tmp_path)
    assert begun.items() < undisturbed.items()
    drawn = {
        name: (tmp_path / name).stat().st_mtime_ns for name in begun if name.startswith("record/papers/")
    }
    assert generating(desk, tmp_path, "--workers", 2).outcome().code == 0
    assert files(tmp_path) == undisturbed
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in drawn} == drawn


def test_two_at_once_leave_what_one_does(desk: Path, undisturbed: Files, tmp_path: Path) -> None:
    both = [generating(desk, tmp_path, "--workers", 2) for _ in range(2)]
    said = [each.outcome() for each in both]
    assert [each.code for each in said] == [0, 0]
    assert sorted("are already" in each.out for each in said) == [False, True]
    assert files(tmp_path) == undisturbed


def small_parts() -> None:
    parts.MOST = 3


def test_many_papers_come_in_parts(desk: Path, undisturbed: Files, tmp_path: Path) -> None:
    """And the file of all goes where a class grew out of it."""
    (tmp_path / "few.csv").write_text("\n".join(["student", *STUDENTS[:3]]))
    out = tmp_path / "out"
    assert generating(desk, out, "--students", tmp_path / "few.csv", before=small_parts).outcome().code == 0
    assert [file.name for file in out.glob("marker/key*")] == ["key.html"]
    assert generating(desk, out, before=small_parts).outcome().code == 0
    keys = sorted(out.glob("marker/key*"))
    assert [file.name for file in keys] == ["key-1-3.html", "key-4-6.html", "key-7-7.html"]
    held = [name for file in keys for name in file.read_text().split('data-code="')[1:]]
    whole = undisturbed["marker/key.html"].decode().split('data-code="')[1:]
    assert [each[:14] for each in held] == [each[:14] for each in whole]


def test_who_is_forgotten_is_in_no_part(desk: Path, tmp_path: Path) -> None:
    assert generating(desk, tmp_path, before=small_parts).outcome().code == 0
    code = the_paper(tmp_path, "s1").code
    printed = [
        tmp_path / "print" / name for name in (f"{code}.pdf", "quiz-1-3.pdf", "quiz-4-6.pdf", "quiz-7-7.pdf")
    ]
    printed[0].parent.mkdir()
    for file in printed:
        file.write_bytes(b"as it was printed")
    forgetting = ("forget", tmp_path, "s1", "--reason", "asked for it", "--yes")
    assert Child(*forgetting, before=small_parts).outcome().code == 0
    assert not any(file.exists() for file in printed)
    keys = sorted(tmp_path.glob("marker/key*"))
    assert [file.name for file in keys] == ["key-1-3.html", "key-4-6.html"]
    assert not any(code in file.read_text() for file in keys)
