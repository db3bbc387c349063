"""Answers are not lost: reload, crash, other papers and windows, files that are loaded, a browser that keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Error, Page, expect

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
    expect(student.page.locator('[name="one/function"][value="ReLU"]')).to_be_checked()
    marked = student.page.locator('[name="several/options"]:checked').all()
    assert [box.get_attribute("value") for box in marked] == ["B", "D"]
    assert [box.input_value() for box in student.box("order/order").all()] == list("BACDE")
    expect(student.box("record/setting/operation")).to_have_value("convolution")
    expect(student.box("record/setting/size")).to_have_value("3")
    expect(student.box("words/text")).to_have_value("A kernel.\nIt slides.")


def is_blank(student: Student) -> bool:
    texts = student.page.locator("form input.box, form textarea, form select").all()
    return (
        not any(box.input_value() for box in texts)
        and student.page.locator(":checked:not(option)").count() == 0
    )


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


# -- in one browser -----------------------------------------------------------------------------


def test_a_reload_keeps_everything(student: Student) -> None:
    fill_in(student)
    said(student.page, "Saved in this browser")
    student.page.reload()
    check_filled_in(student)


def test_a_window_that_is_closed_without_warning_keeps_everything(student: Student, boxes: Desk) -> None:
    fill_in(student)
    context = student.page.context
    student.page.close(run_before_unload=False)
    check_filled_in(Student(context.new_page(), boxes.form))


def test_a_page_that_crashes_keeps_everything(student: Student, boxes: Desk) -> None:
    fill_in(student)
    crashed = student.page
    with pytest.raises(Error):
        crashed.goto("chrome://crash")
    check_filled_in(Student(crashed.context.new_page(), boxes.form))


def test_two_papers_do_not_mix(student: Student, boxes: Desk, other: Desk) -> None:
    fill_in(student)
    second = Student(student.page.context.new_page(), other.form)
    assert is_blank(second)
    second.write("grid/relu/1,2", "9")
    student.page.reload()
    check_filled_in(student)


def test_two_windows_of_a_paper_show_the_same_and_undo_nothing(student: Student, boxes: Desk) -> None:
    second = Student(student.page.context.new_page(), boxes.form)
    student.page.bring_to_front()
    fill_in(student)
    second.page.bring_to_front()
    expect(second.box("grid/relu/1,2")).to_have_value("5")
    second.write("grid/relu/1,1", "7")
    student.page.bring_to_front()
    expect(student.box("grid/relu/1,1")).to_have_value("7")
    student.write("grid/relu/2,2", "8")
    second.page.bring_to_front()
    second.page.reload()
    check_filled_in(second)
    assert [second.cells("grid/relu")[row][row] for row in (0, 1)] == ["7", "8"]


def test_what_is_still_empty_is_shown_and_found(student: Student) -> None:
    page = student.page
    expect(page.get_by_text("0 of 9 questions answered")).to_be_visible()
    for number in range(1, 17):
        student.write(f"grid/relu/{(number - 1) // 4 + 1},{(number - 1) % 4 + 1}", str(number))
    page.get_by_text("1 of 9 questions answered").click()
    links = page.get_by_role("complementary", name="Your answers").get_by_role("link")
    expect(links).to_have_count(8)
    links.last.click()
    expect(student.box("words/text")).to_be_in_viewport()


def test_clearing_asks_first(student: Student) -> None:
    fill_in(student)
    clear = student.page.get_by_role("button", name="Clear")
    student.page.once("dialog", lambda dialog: dialog.dismiss())
    clear.click()
    check_filled_in(student)
    student.page.once("dialog", lambda dialog: dialog.accept())
    clear.click()
    assert is_blank(student)
    student.page.reload()
    assert is_blank(student)


def test_leftovers_in_the_browser_that_are_no_answers_do_no_harm(student: Student) -> None:
    fill_in(student)
    for rubbish in (
        '"x"',
        "{",
        "null",
        '{"answers": {"grid": 7, "map": {"Y": {}}, "order": {"order": [[]]}}}',
    ):
        student.page.evaluate(
            "(text) => { for (const key of Object.keys(localStorage)) localStorage[key] = text; }", rubbish
        )
        student.page.reload()
        student.write("grid/relu/1,1", "4")
        expect(student.box("grid/relu/1,1")).to_have_value("4")


# -- files --------------------------------------------------------------------------------------


def test_the_answer_file_says_for_which_paper_it_is(student: Student, boxes: Desk, tmp_path: Path) -> None:
    student.page.get_by_label("Name").fill("Ada Lovelace")
    file = student.save(tmp_path)
    assert file.name == f"{boxes.paper.code}.answers.json"
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert saved["format"] == "convexam-answers/1"
    assert (saved["paper"], saved["student"]) == (boxes.paper.code, "Ada Lovelace")
    said(student.page, file.name)


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


def test_loading_over_answers_asks_first(student: Student, tmp_path: Path) -> None:
    empty = student.save(tmp_path)
    fill_in(student)
    student.page.once("dialog", lambda dialog: dialog.dismiss())
    student.load(empty)
    check_filled_in(student)
    student.page.once("dialog", lambda dialog: dialog.accept())
    student.load(empty)
    expect(student.box("grid/relu/1,2")).to_have_value("")
    assert is_blank(student)


BROKEN = {
    "cut off": '{"format": "convexam-answers/1", "paper": ',
    "empty": "",
    "another format": '{"format": "convexam-answers/9", "paper": "CODE", "answers": {}}',
    "no answers": '{"format": "convexam-answers/1", "paper": "CODE", "answers": 7}',
    "a list": "[]",
    "no JSON": "format: convexam-answers/1\npaper: CODE\nanswers:\n",
    "bytes": "\x00\x01\ufffd",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_and_loses_nothing(
    student: Student, boxes: Desk, tmp_path: Path, name: str
) -> None:
    fill_in(student)
    file = tmp_path / "broken.json"
    file.write_text(BROKEN[name].replace("CODE", boxes.paper.code), encoding="utf-8")
    student.load(file)
    said(student.page, "broken.json is not an answer file of such a form. Nothing was loaded.")
    check_filled_in(student)


def test_the_file_of_another_paper_is_refused_by_name(
    student: Student, browse: Browse, other: Desk, boxes: Desk, tmp_path: Path
) -> None:
    second = Student(browse().new_page(), other.form)
    fill_in(second)
    file = second.save(tmp_path)
    fill_in(student)
    student.load(file)
    said(student.page, f"is for paper {other.paper.code}, and this is paper {boxes.paper.code}")
    check_filled_in(student)


def test_strange_answers_in_a_file_do_no_harm(student: Student, boxes: Desk, tmp_path: Path) -> None:
    """What does not fit its boxes is left out; nothing runs, and the rest is there."""
    evil = "<img src=x onerror=alert(1)>"
    answers = {
        "grid": {"relu": [["1"] * 400] * 400},
        "map": {"Y": [[evil] * 400] * 400},
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


# -- a browser that keeps nothing ---------------------------------------------------------------

KEEPS_NOTHING = {
    "unavailable": """Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("denied", "SecurityError"); } });""",
    "full": """Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError"); };""",
}


@pytest.mark.parametrize("name", KEEPS_NOTHING)
def test_a_browser_that_keeps_nothing_is_said_and_the_file_is_written(
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


@pytest.mark.parametrize("saved", [False, True])
def test_leaving_warns_only_where_answers_would_be_lost(
    browse: Browse, boxes: Desk, tmp_path: Path, saved: bool
) -> None:
    context = browse()
    context.add_init_script(KEEPS_NOTHING["full"])
    student = Student(context.new_page(), boxes.form)
    student.write("grid/relu/1,1", "4")
    if saved:
        student.save(tmp_path)
    warnings: list[str] = []

    def leave(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.accept()

    student.page.on("dialog", leave)
    student.page.goto("about:blank")
    assert warnings == ([] if saved else ["beforeunload"])


def test_leaving_does_not_warn_where_answers_are_kept(student: Student) -> None:
    student.write("grid/relu/1,1", "4")
    student.page.on("dialog", lambda dialog: pytest.fail(dialog.type))
    student.page.goto("about:blank")


# -- no script, no network ----------------------------------------------------------------------


def test_without_scripts_the_paper_is_read_and_says_what_to_do(browse: Browse, boxes: Desk) -> None:
    page = browse(java_script_enabled=False).new_page()
    page.goto(boxes.form.as_uri())
    for number in range(1, 10):
        expect(page.locator(f"#question-{number}")).to_be_visible()
    expect(page.get_by_text("This form needs JavaScript")).to_be_visible()
    expect(page.get_by_text("PDF or the YAML file")).to_be_visible()
    expect(page.get_by_role("button", name="Save answer file")).to_be_hidden()


def test_the_page_holds_all_that_it_needs(boxes: Desk, chromium: Browser) -> None:
    """Nothing is asked of the network, not even in vain: `browse` would fail; here the whole file is alone."""
    page = chromium.new_context(offline=True).new_page()
    page.goto(boxes.form.as_uri())
    assert page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)") == []
    page.context.close()
