"""A student at a real paper with every sort of box; the parts of the form by themselves are in test_form.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from .conftest import Browse
from .pages import Desk, set_out
from .student import Student

pytestmark = pytest.mark.sweep


@pytest.fixture
def student(page: Page, boxes: Desk) -> Student:
    return Student(page, boxes.form)


@pytest.fixture(scope="session")
def other(boxes: Desk) -> Desk:
    """The same questions with other numbers."""
    return set_out(boxes.folder.parent / "boxes.yaml", seed=43)


def fill_in(student: Student) -> None:
    """Answer a little of each sort."""
    student.write("grid/relu/1,2", "5")
    student.size("map/Y", "row", 4)
    student.write("map/Y/4,3", "3/4")
    student.choose("one/function", ("ReLU",))
    student.choose("several/options", ("B", "D"))
    student.choose("order/order", tuple("BACDE"))
    student.choose("record/setting/operation", ("convolution",))
    student.write("record/setting/size", "3")
    student.write("words/text", "A kernel.\nIt slides.")


def check_filled_in(student: Student) -> None:
    expect(student.box("grid/relu/1,2")).to_have_value("5")
    assert student.cells("map/Y")[3][2] == "3/4"
    assert chosen(student.box("one/function")) == ["ReLU"]
    assert chosen(student.box("several/options")) == ["B", "D"]
    assert [box.input_value() for box in student.box("order/order").all()] == list("BACDE")
    expect(student.box("record/setting/operation")).to_have_value("convolution")
    expect(student.box("record/setting/size")).to_have_value("3")
    expect(student.box("words/text")).to_have_value("A kernel.\nIt slides.")


def chosen(boxes: Locator) -> list[str]:
    return [str(box.get_attribute("value")) for box in boxes.all() if box.is_checked()]


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


# -- by keyboard --------------------------------------------------------------------------------


def test_typing_over_a_cell_that_was_reached_by_an_arrow(student: Student) -> None:
    student.write("grid/relu/1,1", "1")
    student.write("grid/relu/1,2", "-17")
    student.press("ArrowLeft")
    student.type("0")
    student.press("Home", "ArrowLeft")
    student.type("5")
    assert student.cells("grid/relu")[0][:2] == ["5", "-107"]


def test_a_block_is_copied_from_a_spreadsheet(student: Student) -> None:
    sheet = student.page.context.new_page()
    sheet.set_content("<table><tr><td>1<td>0,25<td>3<tr><td>−4<td>5<td>6/7</table>")
    sheet.bring_to_front()
    sheet.keyboard.press("Control+a")
    sheet.keyboard.press("Control+c")
    student.page.bring_to_front()
    student.box("grid/relu/1,1").click()
    student.press("Control+v")
    assert [row[:3] for row in student.cells("grid/relu")[:2]] == [["1", "0,25", "3"], ["−4", "5", "6/7"]]


def test_a_grid_grows_and_shrinks(student: Student) -> None:
    less = student.grid("map/Y").get_by_role("button", name="one row less")
    more = student.grid("map/Y").get_by_role("button", name="one row more")
    more.focus()
    student.press("Enter", "Space")
    less.focus()
    student.press("Enter")
    assert len(student.cells("map/Y")) == 4
    student.box("map/Y/3,2").click()
    student.press("ArrowDown", "ArrowDown")
    expect(student.box("map/Y/4,2")).to_be_focused()


def test_a_grid_whose_shape_is_known_keeps_it(student: Student) -> None:
    assert [len(row) for row in student.cells("grid/relu")] == [4] * 4
    assert student.grid("grid/relu").get_by_role("button").count() == 0


def test_options_are_marked(student: Student, tmp_path: Path) -> None:
    one, several = student.box("one/function"), student.box("several/options")
    one.first.focus()
    student.press("Space", "ArrowDown", "ArrowDown")
    assert chosen(one) == [one.nth(2).get_attribute("value")]
    several.first.focus()
    student.press("Space", "Tab", "Tab", "Space")
    assert chosen(several) == ["A", "C"]
    student.page.get_by_label("none of them").focus()
    student.press("Space")
    assert student.answers(tmp_path)["several"]["options"] == ["none"]


def test_an_order_is_typed(student: Student, tmp_path: Path) -> None:
    student.box("order/order").first.focus()
    for name in "CABED":
        student.type(name)
        student.press("Tab")
    assert student.answers(tmp_path)["order"]["order"] == list("CABED")


# -- nothing is lost ----------------------------------------------------------------------------


def test_a_reload_keeps_everything(student: Student) -> None:
    fill_in(student)
    said(student.page, "Saved in this browser")
    student.page.reload()
    check_filled_in(student)


def test_a_page_that_crashes_keeps_everything(student: Student, boxes: Desk) -> None:
    fill_in(student)
    crashed = student.page
    crashed.wait_for_timeout(1000)  # what was typed in the last moment is still on its way to the browser
    with pytest.raises(Error):
        crashed.goto("chrome://crash")
    check_filled_in(Student(crashed.context.new_page(), boxes.form))


def test_two_papers_do_not_mix(student: Student, other: Desk) -> None:
    fill_in(student)
    second = Student(student.page.context.new_page(), other.form)
    expect(second.page.get_by_text("0 of 9 questions answered")).to_be_visible()
    assert not any(map(any, second.cells("grid/relu")))
    second.write("grid/relu/1,2", "9")
    student.page.reload()
    check_filled_in(student)


def test_an_answer_file_is_loaded_in_another_browser(
    student: Student, browse: Browse, boxes: Desk, tmp_path: Path
) -> None:
    fill_in(student)
    file = student.save(tmp_path)
    second = Student(browse().new_page(), boxes.form)
    second.load(file)
    said(second.page, "were loaded")
    check_filled_in(second)
    assert second.save(tmp_path / "again").read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    "contents", [b"", b'{"format": "convexam-answers/1", ', b"\xff\x00\x01", b"\xff\xfe{}"]
)
def test_a_damaged_file_is_refused_and_loses_nothing(
    student: Student, tmp_path: Path, contents: bytes
) -> None:
    fill_in(student)
    file = tmp_path / "damaged.json"
    file.write_bytes(contents)
    student.load(file)
    said(student.page, "damaged.json is not an answer file of such a form. Nothing was loaded.")
    check_filled_in(student)


def test_strange_answers_in_a_file_do_no_harm(student: Student, boxes: Desk, tmp_path: Path) -> None:
    """What does not fit its boxes is left out; nothing runs, and the rest is there."""
    evil = "<img src=x onerror=alert(1)>"
    answers = {
        "grid": {"relu": [["1"] * 400] * 400},
        "map": {"Y": [[evil] * 400] * 400 + [["1"]] * 200_000},
        "one": {"function": "nothing of the sort"},
        "several": {"options": {"A": 1}},
        "order": {"order": "A"},
        "record": {"setting": [1, 2]},
        "words": {"text": evil, "__proto__": 1},
        "unknown": {"x": "y"},
        "__proto__": {"polluted": "yes"},
    }
    file = tmp_path / "strange.json"
    text = {"format": "convexam-answers/1", "paper": boxes.paper.code, "answers": answers}
    file.write_text(json.dumps(text), encoding="utf-8")
    student.load(file)
    expect(student.box("words/text")).to_have_value(evil)
    assert student.cells("grid/relu") == [["1"] * 4] * 4
    assert len(student.cells("map/Y")) <= 64
    assert student.page.evaluate("({}).polluted === undefined")


KEEPS_NOTHING = {
    "unavailable": """Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("denied", "SecurityError"); } });""",
    "full": """Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError"); };""",
}


@pytest.mark.parametrize("name", KEEPS_NOTHING)
def test_a_browser_that_keeps_nothing_says_so_and_writes_the_file(
    browse: Browse, boxes: Desk, tmp_path: Path, name: str
) -> None:
    context = browse()
    context.add_init_script(KEEPS_NOTHING[name])
    student = Student(context.new_page(), boxes.form)
    fill_in(student)
    said(student.page, "This browser does not keep your answers: save the answer file before you leave.")
    file = student.save(tmp_path)
    second = Student(browse().new_page(), boxes.form)
    second.load(file)
    check_filled_in(second)


# -- no script, no network ----------------------------------------------------------------------


def test_without_scripts_the_paper_is_read_and_says_what_to_do(browse: Browse, boxes: Desk) -> None:
    page = browse(java_script_enabled=False).new_page()
    page.goto(boxes.form.as_uri())
    for title in page.get_by_role("heading", level=3).all():
        expect(title).to_be_visible()
    expect(page.get_by_text("Fill in the PDF or the YAML file")).to_be_visible()
    expect(page.get_by_role("button", name="Save answer file")).to_be_hidden()


def test_the_page_holds_all_that_it_needs(boxes: Desk, chromium: Browser) -> None:
    page = chromium.new_context(offline=True).new_page()
    page.goto(boxes.form.as_uri())
    assert page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)") == []
    page.context.close()
