"""A student at the form of a paper: presses keys, clicks on what can be read, and knows no script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Locator, Page

from convexam.generator import registry
from convexam.generator.model import Field, Value
from convexam.generator.papers import Paper
from convexam.grader.marking.fields import write


class Student:
    """Somebody who fills in a form."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        page.goto(file.as_uri())

    def box(self, name: str) -> Locator:
        """Return the box of a name: ``ITEM/FIELD``, and so on."""
        return self.page.locator(f'[name="{name}"]')

    def grid(self, name: str) -> Locator:
        return self.page.locator(f'[data-name="{name}"]')

    def cells(self, name: str) -> list[list[str]]:
        """Return what stands in a grid."""
        rows = """(grid) => [...grid.querySelectorAll("tr")].map(
          (row) => [...row.querySelectorAll("input")].map((box) => box.value))"""
        return cast(list[list[str]], self.grid(name).evaluate(rows))

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Click into a box and type over what is there."""
        self.box(name).click()
        self.press("Control+a")
        self.type(text)

    def answer(self, item: str, field: Field, value: Value) -> None:
        """Answer a field."""
        name = f"{item}/{field.name}"
        if field.kind == "record":
            for part, each in zip(field.parts, cast(tuple[Value, ...], value), strict=True):
                self.answer(name, part, each)
        elif field.kind == "tensor":
            self.fill_grid(name, [line.split() for line in write(field, value).splitlines()])
        elif field.options and field.kind in ("choice", "choices", "order"):
            self.choose(name, (value,) if isinstance(value, str) else cast(tuple[str, ...], value))
        else:
            self.write(name, write(field, value))

    def fill_grid(self, name: str, rows: list[list[str]]) -> None:
        """Bring a grid to its size and type row by row, with the tab key from cell to cell."""
        for axis, count in (("row", len(rows)), ("column", len(rows[0]))):
            self.size(name, axis, count)
        self.box(f"{name}/1,1").click()
        for row in rows:
            for cell in row:
                self.press("Control+a")
                self.type(cell)
                self.press("Tab")

    def size(self, name: str, axis: str, count: int) -> None:
        """Press the buttons for one row or column more or less, where there are any."""

        def now() -> int:
            cells = self.cells(name)
            return len(cells if axis == "row" else cells[0])

        while now() != count:
            what = "more" if now() < count else "less"
            self.grid(name).get_by_role("button", name=f"one {axis} {what}").click()

    def choose(self, name: str, chosen: tuple[str, ...]) -> None:
        """Mark what is chosen, or pick it from lists."""
        boxes = self.box(name)
        if boxes.first.evaluate("(box) => box.tagName") == "SELECT":
            for box, option in zip(boxes.all(), chosen, strict=True):
                box.select_option(option)
        else:
            for option in chosen or ("none",):
                self.page.locator(f'[name="{name}"][value="{option}"]').click()

    def save(self, folder: Path) -> Path:
        """Save the answer file as the browser does: under the name that the page gives it."""
        with self.page.expect_download() as caught:
            self.page.get_by_role("button", name="Save answer file").click()
        file = folder / caught.value.suggested_filename
        caught.value.save_as(file)
        return file

    def answers(self, folder: Path) -> Any:
        """Return what the answer file holds."""
        return json.loads(self.save(folder).read_text(encoding="utf-8"))["answers"]

    def load(self, file: Path) -> None:
        with self.page.expect_file_chooser() as caught:
            self.page.get_by_role("button", name="Load answer file").click()
        caught.value.set_files(file)


def key_of(paper: Paper) -> Iterator[tuple[str, Field, Value]]:
    """Yield item, field and right answer, in the order of the paper."""
    for problem in paper.problems:
        for field in registry.get(problem.spec.type).ask(problem.case):
            yield problem.item, field, problem.key[field.name][0]
