"""What the documents show works: their files are read, their commands and options exist."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from convexam import cli
from convexam.generator import bank, checking, curriculum, exam_file
from convexam.generator.document import Symbol, say
from convexam.generator.errors import DataError
from convexam.generator.expressions.names import Family
from convexam.generator.model import Field, Option
from convexam.grader.intake.answers import read_submission
from convexam.grader.intake.submissions import read_submissions
from convexam.grader.marking.fields import read
from convexam.grader.marking.unreadable import Unreadable
from convexam.version import __version__

from .shipped import shipped_bank

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
CODE = re.compile(r"`([^`]+)`")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def blocks(language: str) -> list[str]:
    return [
        text for file in DOCUMENTS for found, text in BLOCK.findall(file.read_text()) if found == language
    ]


def yaml_blocks(format_: str) -> list[str]:
    return [text for text in blocks("yaml") if f"format: {format_}" in text]


def names_of_commands() -> list[str]:
    """Return every command as one types it: those below a command with it."""
    found = []
    for name in cli.COMMANDS:
        command = cli.command(name)
        below = command.list_commands(click.Context(command)) if isinstance(command, click.Group) else []
        found += [name, *(f"{name} {each}" for each in below)]
    return found


def called(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command of a line, and the words that it is called with."""
    command, rest = cli.command(words[0]), words[1:]
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), rest[0])
        assert found is not None, words
        command, rest = found, rest[1:]
    return command, rest


def commands() -> Iterator[list[str]]:
    for block in blocks("sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words and Path(words[0]).name in ("convexam", "generate", "grade"):
                name = Path(words[0]).name
                yield words[1:] if name == "convexam" else [name, *words[1:]]


@pytest.mark.parametrize("text", yaml_blocks("convexam-bank/1"))
def test_bank_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(text)
    assert checking.check_bank(bank.load([tmp_path / "bank.yaml"])) == []


@pytest.mark.parametrize("text", yaml_blocks("convexam-exam/1"))
def test_exam_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "exam.yaml").write_text(text)
    exam_file.load(tmp_path / "exam.yaml", shipped_bank())


@pytest.mark.parametrize("text", yaml_blocks("convexam-curriculum/1"))
def test_curriculum_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(text)
    assert curriculum.load(tmp_path / "course.yaml").exercises


@pytest.mark.parametrize("text", yaml_blocks("convexam-answers/1"))
def test_answer_files(text: str) -> None:
    submission = read_submission(text.encode(), "answers.yaml")
    assert submission.problems == ()
    assert submission.answers


PARTS = tuple(Field(name, "integer", say(name)) for name in ("row", "column"))
TEXTS = ("Padding keeps the size.", "Pooling has no weights.", "Kernels are shared.")
LETTERS = tuple(
    Option(letter, also=(f"option {letter}", text)) for letter, text in zip("ABC", TEXTS, strict=True)
)
KINDS: dict[str, dict[str, Any]] = {
    "a whole number": {"kind": "integer"},
    "a number": {"kind": "number"},
    "a mixed number": {"kind": "number"},
    "a map": {"kind": "tensor"},
    "a shape": {"kind": "shape"},
    "one option": {"kind": "choice", "options": LETTERS},
    "some options": {"kind": "choices", "options": LETTERS},
    "an order": {"kind": "order", "options": LETTERS},
    "several parts": {"kind": "record", "parts": PARTS},
    "an expression": {"kind": "expression", "names": (Family("I", 1), Family("w", 1), Family("b", 0))},
}


def test_the_spellings_of_a_line_are_read_as_one_answer() -> None:
    text = (ROOT / "docs/answering.md").read_text(encoding="utf-8")
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    table = {line[0].strip(): line[1:] for line in lines if len(line) == 3 and line[0].strip() in KINDS}
    assert set(table) == set(KINDS)
    for asked, (same, waiting) in table.items():
        field = Field("y", label=Symbol("Y"), **KINDS[asked])
        first, *others = (read(field, raw) for raw in CODE.findall(same))
        assert all(answer == first for answer in others)
        for raw in CODE.findall(waiting):
            with pytest.raises(Unreadable):
                read(field, raw)


def test_the_receipt_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "docs/answering.md").read_text(encoding="utf-8")
    (answers,) = (block for language, block in BLOCK.findall(text) if language == "yaml")
    shown = next(block for language, block in BLOCK.findall(text) if language == "text")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("answers.yaml").write_text(answers, encoding="utf-8")
    cli.command("generate").main(["--seed", "42", "--format", "yaml", "--out", "."], standalone_mode=False)
    capsys.readouterr()
    assert cli.command("receipt").main(["answers.yaml"], standalone_mode=False) == 3
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert "\n".join(printed).strip() == shown.strip()


def test_the_file_of_answers_that_wait_is_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs/human-marking.md").read_text(encoding="utf-8")
    exam, answers, shown = (block for language, block in BLOCK.findall(text) if language == "yaml")
    monkeypatch.chdir(tmp_path)
    Path("exam.yaml").write_text(exam, encoding="utf-8")
    Path("ada.yaml").write_text(answers, encoding="utf-8")
    call = ["--exam", "exam.yaml", "--seed", "7", "--out", "weekly", "--format", "yaml"]
    cli.command("generate").main(call, standalone_mode=False)
    assert cli.command("grade").main(["weekly", "ada.yaml"], standalone_mode=False) == 3
    written = Path("weekly/marks/waiting.yaml").read_text(encoding="utf-8")
    assert written[written.index("format:") :] == shown


def test_a_program_reads_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example of `grade --json`: the same data, but for digests; and the error."""
    text = (ROOT / "docs/lms/any-caller.md").read_text(encoding="utf-8")
    exam, answers = (block for language, block in BLOCK.findall(text) if language == "yaml")
    shown = [json.loads(block) for language, block in BLOCK.findall(text) if language == "json"]
    calls = [shlex.split(line, comments=True) for line in BLOCK.findall(text)[0][1].splitlines()]
    monkeypatch.chdir(tmp_path)
    Path("quiz.yaml").write_text(exam, encoding="utf-8")
    Path("ada.yaml").write_text(answers, encoding="utf-8")
    for name, *arguments in calls:
        capsys.readouterr()
        assert not cli.command(name).main(arguments, standalone_mode=False)
    found = [capsys.readouterr().out]
    Path("quiz/record/exam.json").write_text("{\n", encoding="utf-8")
    with pytest.raises(DataError):
        cli.command(name).main(arguments, standalone_mode=False)
    found.append(capsys.readouterr().out)
    plain = (re.sub(r'"[0-9a-f]{64}"', '"..."', each) for each in found)
    assert [json.loads(each.replace(f'"{__version__}"', '"0.1.0"')) for each in plain] == shown


def test_the_class_csv_is_read() -> None:
    text = (ROOT / "docs/answering.md").read_text(encoding="utf-8")
    shown = [block for language, block in BLOCK.findall(text) if block.startswith("paper,")]
    (found, blank) = read_submissions(shown[0].encode(), "class.csv")
    assert found.problems == blank.problems == ()
    assert found.answers["e1"] == {"setting": "max, 3, 2, 1, 0"}


def test_there_are_examples() -> None:
    for name in ("bank", "exam", "answers", "curriculum"):
        assert yaml_blocks(f"convexam-{name}/1")
    assert len(list(commands())) >= 5


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_commands_and_options_exist(words: list[str]) -> None:
    command, rest = called(words)
    options = {name for parameter in command.params for name in parameter.opts}
    for word in rest:
        assert not word.startswith("--") or word in options, word
    assert any(isinstance(parameter, click.Argument) for parameter in command.params) or not [
        word for word, before in zip(rest, ["", *rest], strict=False) if not {word[:2], before[:2]} & {"--"}
    ]


@pytest.mark.parametrize("name", names_of_commands())
def test_every_command_is_documented(name: str) -> None:
    assert any(re.search(rf"\b{name}\b", file.read_text()) for file in DOCUMENTS)
    first, *below = name.split()
    command = called([first, *below])[0] if below else cli.command(first)
    assert command.get_short_help_str()
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    for target in LINK.findall(file.read_text()):
        assert (file.parent / target).exists(), target
