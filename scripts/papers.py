"""Write the papers of docs/gallery: the shipped midterm as students, markers and instructors see it.

The pages are the same everywhere, and a test holds them fresh. The pictures are made of them by Chromium and
pdftoppm, which are not the same everywhere: they are renewed by this command only.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from convexam.generator import registry
from convexam.generator.mistakes import wrong_answers
from convexam.generator.model import Field, Value
from convexam.generator.papers import Paper
from convexam.generator.record import read_exam, read_paper
from convexam.grader.marking.fields import write

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
README_PAGE = ROOT / "docs" / "paper.png"
EXAM, SEED = "midterm", 1
STUDENT = "Ada"

WIDE = {"width": 1100, "height": 900}
PHONE = {"width": 390, "height": 844}
COLOURS = 48
PDF_PAGES = {  # picture: folder, ending, page
    "pdf.png": ("handout", "pdf", 2),
    "print-cover.png": ("print", "pdf", 1),
    "print.png": ("print", "pdf", 3),
    "solutions.png": ("solutions", "solutions.pdf", 3),
    "key.png": ("marker", "key.pdf", 1),
}


def convexam(*words: object, codes: tuple[int, ...] = (0,)) -> str:
    """Call the command line of this working copy; return what it prints."""
    command = [sys.executable, "-m", "convexam", *map(str, words)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "96"}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode not in codes:
        raise SystemExit(done.stderr)
    return done.stdout


def write_exam(folder: Path, *options: str, exam_file: object = EXAM) -> Paper:
    """Draw the exam, and an answer file with right and wrong answers and blank ones."""
    convexam("generate", "--exam", exam_file, "--seed", SEED, "--out", folder, *options)
    exam = read_exam((folder / "record/exam.json").read_bytes(), "exam.json")
    (file,) = (folder / "record/papers").iterdir()
    paper = read_paper(file.read_bytes(), file.name, file.stem, exam)
    answers = {problem.item: dict(_answers(number, paper)) for number, problem in enumerate(paper.problems)}
    whole = {"format": "convexam-answers/1", "paper": paper.code, "student": STUDENT, "answers": answers}
    (folder / "answers.json").write_text(json.dumps(whole), encoding="utf-8")
    return paper


def _answers(number: int, paper: Paper) -> Iterator[tuple[str, Any]]:
    """Answer most questions rightly, each fourth with a misconception, and leave the last one empty."""
    problem = paper.problems[number]
    values = {name: accepted[0] for name, accepted in problem.key.items()}
    if number % 4 == 2:
        values |= next((dict(wrong) for _, wrong in wrong_answers(problem.spec.type, problem.case)), {})
    if number < len(paper.problems) - 1:
        for field in registry.get(problem.spec.type).ask(problem.case):
            yield field.name, raw(field, values[field.name])


def raw(field: Field, value: Value) -> Any:
    """Write an answer as the form does."""
    if field.kind == "tensor":
        return [line.split() for line in write(field, value).splitlines()]
    if field.kind == "record" and isinstance(value, tuple):
        return {part.name: raw(part, each) for part, each in zip(field.parts, value, strict=True)}
    if field.kind in ("choices", "order") and isinstance(value, tuple):
        return list(value)
    return write(field, value)


def pages(folder: Path) -> dict[str, str]:
    """Return the web pages, written into a folder before."""
    paper = write_exam(folder, "--format", "html")
    convexam("grade", folder, folder / "answers.json", codes=(0, 3))
    files = {
        "midterm.html": folder / "handout" / f"{paper.code}.html",
        "midterm-solutions.html": folder / "solutions" / f"{paper.code}.solutions.html",
        "midterm-feedback.html": folder / "marks" / f"{STUDENT}.feedback.html",
    }
    return {name: file.read_text(encoding="utf-8") for name, file in files.items()}


# -- pictures -----------------------------------------------------------------------------------


def picture(image: Path, target: Path, colours: int = COLOURS) -> None:
    """Keep a picture small: few colours, which is all that these pages have."""
    with Image.open(image) as drawn:
        drawn.convert("RGB").quantize(colours).save(target, optimize=True)


def print_pages(folder: Path, paper: Paper) -> None:
    """Draw pages of the PDFs."""
    for name, (part, ending, page) in PDF_PAGES.items():
        source = folder / part / (ending if part == "marker" else f"{paper.code}.{ending}")
        _draw_page(source, page, 70, GALLERY / name)
    _draw_page(folder / "handout" / f"{paper.code}.pdf", 3, 100, README_PAGE)


def _draw_page(source: Path, page: int, resolution: int, target: Path) -> None:
    drawn = source.with_suffix(".page")
    only = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-png", "-r", str(resolution), *only, source, drawn], check=True)  # noqa: S603, S607
    picture(drawn.with_suffix(".page.png"), target)


def photograph(folder: Path, paper: Paper) -> None:
    """Take pictures of the pages in a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        form = folder / "handout" / f"{paper.code}.html"
        for name, size, filled, question in (
            ("form.png", WIDE, False, 0),
            ("form-filled.png", WIDE, True, 3),
            ("phone.png", PHONE, False, 1),
            ("phone-filled.png", PHONE, True, 5),
        ):
            page = browser.new_context(viewport=size).new_page()
            page.goto(form.as_uri())
            if filled:
                page.locator("input[type=file]").set_input_files(folder / "answers.json")
            if question:
                page.locator(f"#question-{question}").evaluate("(place) => place.scrollIntoView()")
            page.screenshot(path=folder / name)
            picture(folder / name, GALLERY / name)
        for name, size, question in (("feedback.png", WIDE, 2), ("phone-feedback.png", PHONE, 3)):
            page = browser.new_page(viewport=size)
            page.goto((GALLERY / "feedback.html").as_uri())
            page.locator(f"#question-{question}").evaluate("(place) => place.scrollIntoView()")
            page.screenshot(path=folder / name)
            picture(folder / name, GALLERY / name)
        browser.close()


def photograph_dutch(folder: Path) -> None:
    """Draw a page of the solutions of the same exam in Dutch; prompts of the shipped bank stay English."""
    file = folder / "tussentoets.yaml"
    text = (ROOT / "question_bank" / "exams" / f"{EXAM}.yaml").read_text(encoding="utf-8")
    for english, dutch in (("language: en", "language: nl"), ("title: Midterm exam", "title: Tussentoets")):
        text = text.replace(english, dutch)
    file.write_text(text, encoding="utf-8")
    paper = write_exam(folder / "dutch", "--format", "pdf", exam_file=file)
    _draw_page(folder / "dutch" / "solutions" / f"{paper.code}.solutions.pdf", 3, 70, GALLERY / "dutch.png")


def photograph_receipt(folder: Path) -> None:
    """Draw what the receipt prints in a terminal."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    answers = shutil.copy(folder / "answers.json", folder / "handout")  # where the paper is found
    printed = convexam("receipt", answers, codes=(0, 3))
    console = Console(record=True, width=96, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    console.print(Text(f"$ convexam receipt answers.json\n{printed}".replace(str(answers), "answers.json")))
    frame = re.sub(r"@font-face {.*?}}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)  # fonts of the network
    console.save_svg(str(GALLERY / "receipt.svg"), title="convexam", code_format=frame, unique_id="receipt")


def main() -> None:
    """Renew pages and pictures."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, page in pages(folder / "pages").items():
            (GALLERY / name).write_text(page, encoding="utf-8", newline="\n")
        paper = write_exam(folder / "print", "--format", "html,pdf", "--print")
        convexam("grade", folder / "print", folder / "print" / "answers.json", codes=(0, 3))
        print_pages(folder / "print", paper)
        photograph(folder / "print", paper)
        photograph_receipt(folder / "print")
        photograph_dutch(folder)


if __name__ == "__main__":
    main()
