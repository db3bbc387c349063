"""Typing answers into a form: moving between cells, pasting, growing, choosing, what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from .pages import Desk
from .student import Student

pytestmark = pytest.mark.sweep


@pytest.fixture
def student(page: Page, boxes: Desk) -> Student:
    return Student(page, boxes.form)


def answering(page: Page, *, agree: bool) -> list[str]:
    """Answer every question that the page asks; return the list in which they are written down."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if agree else dialog.dismiss()

    page.on("dialog", answer)
    return asked


# -- grids --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "cell"),
    [
        ("ArrowRight", "2,3"),
        ("ArrowLeft", "2,1"),
        ("ArrowUp", "1,2"),
        ("ArrowDown", "3,2"),
        ("Enter", "3,2"),
        ("Shift+Enter", "1,2"),
        ("Tab", "2,3"),
        ("Shift+Tab", "2,1"),
        ("Tab Tab Tab", "3,1"),
        ("ArrowDown ArrowDown ArrowDown ArrowDown", "4,2"),
        ("ArrowUp ArrowUp ArrowUp", "1,2"),
        ("ArrowLeft ArrowLeft ArrowLeft", "2,1"),
        ("ArrowRight ArrowRight ArrowRight", "2,4"),
    ],
)
def test_keys_move_between_cells(student: Student, keys: str, cell: str) -> None:
    student.box("grid/relu/2,2").click()
    student.press(*keys.split())
    expect(student.box(f"grid/relu/{cell}")).to_be_focused()


def test_arrows_first_move_within_what_is_typed(student: Student) -> None:
    student.write("grid/relu/1,2", "-17")
    student.press("ArrowLeft")
    student.type("0")
    expect(student.box("grid/relu/1,2")).to_have_value("-107")
    student.press("Home", "ArrowLeft")
    expect(student.box("grid/relu/1,1")).to_be_focused()


def test_typing_over_a_cell_that_was_reached_by_an_arrow(student: Student) -> None:
    student.write("grid/relu/1,1", "1")
    student.write("grid/relu/1,2", "2")
    student.press("ArrowLeft", "ArrowLeft")
    student.type("5")
    assert student.cells("grid/relu")[0][:2] == ["5", "2"]


ROWS = [["1", "2", "3"], ["-4", "5", "6/7"]]


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        pytest.param("1\t2\t3\n-4\t5\t6/7", ROWS, id="tabs"),
        pytest.param("1\t2\t3\r\n-4\t5\t6/7\r\n", ROWS, id="lines of Windows"),
        pytest.param("1 2 3\n-4 5 6/7\n", ROWS, id="spaces"),
        pytest.param("1;2;3\n-4;5;6/7", ROWS, id="semicolons"),
        pytest.param("1, 2, 3\n-4, 5, 6/7", ROWS, id="commas"),
        pytest.param("0,5\t1,25\n−3\t2", [["0,5", "1,25"], ["−3", "2"]], id="decimal commas"),
        pytest.param("1\t\t3\n\t5\t", [["1", "", "3"], ["", "5", ""]], id="empty cells"),
        pytest.param("[[1, 2], [3, 4]]", [["1", "2"], ["3", "4"]], id="Python"),
        pytest.param("7", [["7"]], id="one cell"),
        pytest.param("1 / 3", [["1 / 3"]], id="a fraction with spaces"),
    ],
)
def test_pasting_a_block_fills_the_grid(student: Student, pasted: str, rows: list[list[str]]) -> None:
    student.box("grid/relu/2,2").click()
    paste(student.page, pasted)
    cells = student.cells("grid/relu")
    assert [row[1 : 1 + len(rows[0])] for row in cells[1 : 1 + len(rows)]] == rows
    assert not any(cells[0])


def paste(page: Page, text: str) -> None:
    """Paste as a browser does: what no script takes goes into the box."""
    taken = page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          return !document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )
    if not taken:
        page.keyboard.insert_text(text)


def test_pasting_from_a_spreadsheet_by_keyboard(student: Student) -> None:
    sheet = student.page.context.new_page()
    sheet.set_content("<table><tr><td>1<td>2<td>3<tr><td>-4<td>5<td>6/7</table>")
    sheet.bring_to_front()
    sheet.keyboard.press("Control+a")
    sheet.keyboard.press("Control+c")
    student.page.bring_to_front()
    student.box("grid/relu/1,1").click()
    student.press("Control+v")
    assert [row[:3] for row in student.cells("grid/relu")[:2]] == ROWS


def test_what_does_not_fit_is_said(student: Student) -> None:
    student.box("grid/relu/4,3").click()
    paste(student.page, "1\t2\t3\n4\t5\t6")
    assert student.cells("grid/relu")[3] == ["", "", "1", "2"]
    expect(student.page.get_by_text("Not all that was pasted fits")).to_be_visible()


@pytest.mark.parametrize(("name", "rows", "columns"), [("map/Y", 2, 5), ("row/Y", 1, 6)])
def test_pasting_makes_a_grid_grow_whose_shape_is_asked(
    student: Student, tmp_path: Path, name: str, rows: int, columns: int
) -> None:
    block = [[str(row * columns + column) for column in range(columns)] for row in range(rows)]
    student.box(f"{name}/1,1").click()
    paste(student.page, "\n".join("\t".join(row) for row in block))
    assert [row[:columns] for row in student.cells(name)[:rows]] == block
    expect(student.grid(name)).to_contain_text(f"{rows} × {columns}")
    item, _, field = name.partition("/")
    assert student.answers(tmp_path)[item][field] == block


def test_a_grid_whose_shape_is_known_has_that_shape_and_keeps_it(student: Student) -> None:
    assert len(student.cells("grid/relu")) == len(student.cells("grid/relu")[0]) == 4
    assert student.grid("grid/relu").get_by_role("button").count() == 0


def test_a_grid_grows_and_shrinks_by_keyboard(student: Student) -> None:
    student.size("map/Y", "row", 5)
    student.size("map/Y", "column", 2)
    cells = student.cells("map/Y")
    assert (len(cells), len(cells[0])) == (5, 2)
    less = student.grid("map/Y").get_by_role("button", name="one row less")
    less.focus()
    student.press("Enter", "Space")
    assert len(student.cells("map/Y")) == 3
    student.box("map/Y/3,2").click()
    student.press("ArrowDown")
    expect(student.box("map/Y/3,2")).to_be_focused()


def test_a_grid_of_one_row_has_no_buttons_for_rows(student: Student) -> None:
    names = student.grid("row/Y").get_by_role("button").all()
    assert [button.get_attribute("data-axis") for button in names] == ["columns", "columns"]


@pytest.mark.parametrize("agree", [True, False])
def test_cells_that_are_filled_in_are_not_taken_away_unasked(student: Student, agree: bool) -> None:
    student.write("map/Y/3,1", "8")
    asked = answering(student.page, agree=agree)
    student.grid("map/Y").get_by_role("button", name="one row less").click()
    assert len(asked) == 1
    assert len(student.cells("map/Y")) == (2 if agree else 3)


def test_a_grid_keeps_at_least_a_cell(student: Student) -> None:
    less = student.grid("map/Y").get_by_role("button", name="one row less")
    for _ in range(4):
        less.click()
    assert len(student.cells("map/Y")) == 1


# -- choices, records, numbers ------------------------------------------------------------------


def chosen(boxes: Locator) -> list[str]:
    return [str(box.get_attribute("value")) for box in boxes.all() if box.is_checked()]


def test_one_of_several_is_chosen_by_keyboard_and_taken_back(student: Student) -> None:
    options = student.box("one/function")
    options.first.focus()
    student.press("Space", "ArrowDown", "ArrowDown")
    assert chosen(options) == [options.nth(2).get_attribute("value")]
    student.page.get_by_role("button", name="take back").first.click()
    assert chosen(options) == []


def test_several_are_marked_by_keyboard_and_none_is_an_answer(student: Student, tmp_path: Path) -> None:
    options = student.box("several/options")
    options.first.focus()
    student.press("Space", "Tab", "Tab", "Space")
    assert chosen(options) == ["A", "C"]
    student.page.get_by_label("none of them").focus()
    student.press("Space")
    assert chosen(options) == ["none"]
    assert student.answers(tmp_path)["several"]["options"] == ["none"]
    options.first.click()
    assert chosen(options) == ["A"]


def test_an_order_is_given_by_keyboard(student: Student, tmp_path: Path) -> None:
    for number, name in enumerate("CABED"):
        student.box("order/order").nth(number).focus()
        student.type(name)
    assert student.answers(tmp_path)["order"]["order"] == list("CABED")


def test_parts_of_a_record_are_answered_one_by_one(student: Student, tmp_path: Path) -> None:
    student.choose("record/setting/operation", ("max pooling",))
    student.write("record/setting/size", "3")
    student.write("record/setting/padding", "none")
    assert student.answers(tmp_path)["record"]["setting"] == {
        "operation": "max pooling",
        "size": "3",
        "stride": "",
        "dilation": "",
        "padding": "none",
    }


def number_box(student: Student) -> str:
    return str(student.page.locator('input[name^="number/"]').first.get_attribute("name"))


@pytest.mark.parametrize("typed", ["3/4", "-1 1/2", "−0,25", "1.5e-3", "12", "2*3", ""])
@pytest.mark.parametrize("at", [number_box, lambda _: "grid/relu/1,1"], ids=["box", "cell"])
def test_numbers_and_fractions_are_taken_as_they_are(
    student: Student, tmp_path: Path, at: Callable[[Student], str], typed: str
) -> None:
    name = at(student)
    student.write(name, typed)
    student.press("Tab")
    expect(student.box(name)).not_to_have_attribute("aria-invalid", "true")
    expect(student.page.locator(".advice")).to_have_count(0)


@pytest.mark.parametrize("at", [number_box, lambda _: "grid/relu/1,1"], ids=["box", "cell"])
def test_what_is_no_number_is_said_beside_its_box_and_kept(
    student: Student, tmp_path: Path, at: Callable[[Student], str]
) -> None:
    name = at(student)
    student.write(name, "around seven?")
    student.press("Tab")
    box = student.box(name)
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description("“around seven?” will not be read as a number")
    expect(box).to_have_value("around seven?")
    student.write(name, "7")
    student.press("Tab")
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_a_long_text_keeps_its_lines(student: Student, tmp_path: Path) -> None:
    student.box("words/text").click()
    student.type("A kernel.")
    student.press("Enter")
    student.type('"Slides": <b>é∑</b>')
    assert student.answers(tmp_path)["words"]["text"] == 'A kernel.\n"Slides": <b>é∑</b>'
