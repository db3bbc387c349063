"""The form of a paper in a browser: typing, moving, pasting, growing; keeping, saving and loading answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from convexam.generator import registry
from convexam.generator.document import Symbol, say
from convexam.generator.model import Field, Option
from convexam.generator.papers import EVERYONE, Exam, Paper, Section, Student
from convexam.generator.render.answer_file import public_paper
from convexam.generator.render.paper import paper_html
from convexam.grader.intake.answers import read_submission

from ..generator.render.conftest import kind, problem
from .conftest import Browse

pytestmark = pytest.mark.sweep

CODE = "39212EAM13HG3N"
ABC = tuple(map(Option, "ABC"))
SETTING = (
    Field("kind", "choice", say("Kind"), options=ABC),
    Field("size", "integer", say("Size")),
)
KINDS = {
    "maps": kind(
        "maps",
        {},
        (
            Field("Y", "tensor", Symbol("Y"), shape=(2, 3)),
            Field("A", "tensor", Symbol("A")),
            Field("z", "tensor", Symbol("z"), row=True),
        ),
    ),
    "options": kind(
        "options",
        {},
        (
            Field("one", "choice", say("One of them"), options=ABC),
            Field("some", "choices", say("Some of them"), options=ABC),
            Field("row", "order", say("Their order"), options=ABC),
            Field("setting", "record", say("The setting"), parts=SETTING),
        ),
    ),
    "lines": kind(
        "lines",
        {},
        (
            Field("n", "integer", say("How many")),
            Field("s", "shape", say("The shape")),
            Field("said", "text", say("In words"), lines=3),
        ),
    ),
}
BLANK = {
    "q/1": {"Y": [["", "", ""], ["", "", ""]], "A": [], "z": []},
    "q.2": {"one": "", "some": [], "row": [], "setting": {"kind": "", "size": ""}},
    "q3": {"n": "", "s": "", "said": ""},
}
ANSWERS = {
    "q/1": {"Y": [["1", "-2", "1/3"], ["", "0.5", "6"]], "A": [["1", "0"], ["", "1"]], "z": [["7"]]},
    "q.2": {"one": "B", "some": ["A", "C"], "row": ["C", "A", "B"], "setting": {"kind": "A", "size": "3"}},
    "q3": {"n": "12", "s": "16 x 15 x 15", "said": 'First.\n"Second" </script>'},
}


@pytest.fixture(autouse=True)
def _made_up_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "get", KINDS.__getitem__)


@pytest.fixture
def exam() -> Exam:
    return Exam("demo", "CNN midterm </script>")


@pytest.fixture
def paper() -> Paper:
    questions = (
        problem("q/1", "maps", "Fill in.", "4", ()),
        problem("q.2", "options", "Choose.", "2", ()),
        problem("q3", "lines", "Write.", "2", ()),
    )
    return Paper(CODE, EVERYONE, (Section("", questions),))


@pytest.fixture
def form(exam: Exam, paper: Paper, tmp_path: Path) -> str:
    return written(exam, paper, tmp_path)


def written(exam: Exam, paper: Paper, folder: Path) -> str:
    file = folder / f"{paper.code}.html"
    file.write_text(paper_html(exam, paper), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(page: Page, form: str) -> Page:
    page.goto(form)
    return page


def box(page: Page, name: str, value: str | None = None) -> Locator:
    """Find a box by its name, and by its value where several share the name."""
    more = "" if value is None else f'[value="{value}"]'
    return page.locator(f'main [name="{name}"]{more}')


def fill_in(page: Page) -> None:
    """Type `ANSWERS`."""
    page.locator("[name=student]").fill("Ada")
    for row, cells in enumerate(ANSWERS["q/1"]["Y"], 1):  # type: ignore[index]
        for column, text in enumerate(cells, 1):
            box(page, f"q/1/Y/{row},{column}").fill(text)
    for place, text in (("1,1", "1"), ("1,2", "0"), ("2,2", "1")):
        box(page, f"q/1/A/{place}").fill(text)
    box(page, "q/1/z/1,1").fill("7")
    box(page, "q.2/one", "B").check()
    for name in "AC":
        box(page, "q.2/some", name).check()
    for index, name in enumerate("CAB"):
        box(page, "q.2/row").nth(index).select_option(name)
    box(page, "q.2/setting/kind").select_option("A")
    box(page, "q.2/setting/size").fill("3")
    box(page, "q3/n").fill("12")
    box(page, "q3/s").fill("16 x 15 x 15")
    box(page, "q3/said").fill(ANSWERS["q3"]["said"])  # type: ignore[index]


def answers(page: Page) -> Any:
    return page.evaluate("collect()")


def cells(page: Page, name: str) -> list[list[str]]:
    rows = "(rows) => rows.map((row) => [...row.querySelectorAll('input')].map((box) => box.value))"
    found: list[list[str]] = page.locator(f'.grid[data-name="{name}"] tr').evaluate_all(rows)
    return found


def paste(at: Locator, text: str) -> None:
    script = """(box, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      return box.dispatchEvent(event);
    }"""
    at.focus()
    at.evaluate(script, text)


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save answer file").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def answer_dialogs(page: Page, *, accept: bool) -> list[str]:
    """Accept or dismiss every question that the page asks from now on; returns their texts as they come."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if accept else dialog.dismiss()

    page.on("dialog", answer)
    return asked


# -- typing, keeping, handing in ----------------------------------------------------------------


def test_what_is_typed_is_kept_and_handed_in(
    browse: Browse, exam: Exam, paper: Paper, form: str, tmp_path: Path
) -> None:
    context = browse()
    page = context.new_page()
    page.goto(form)
    assert page.evaluate("PAPER") == public_paper(exam, paper)
    assert answers(page) == BLANK
    expect(part(page, "kept")).to_have_text("")
    fill_in(page)
    assert answers(page) == ANSWERS
    expect(part(page, "kept")).to_have_text("Saved in this browser.")
    expect(part(page, "changed")).to_have_text("Changed since the last answer file.")

    expect(part(page, "message")).to_have_text("")
    page.reload()
    assert answers(page) == ANSWERS
    expect(part(page, "message")).to_have_text(re.compile("kept in this browser"))
    page.close()  # without a question, for nothing is lost
    page = context.new_page()
    page.goto(form)
    assert answers(page) == ANSWERS

    file = download(page, tmp_path)
    assert file.name == f"{CODE}.answers.json"
    expect(part(page, "message")).to_contain_text(f"{CODE}.answers.json")
    expect(part(page, "changed")).to_have_text("")
    submission = read_submission(file.read_bytes(), file.name)
    assert (submission.paper, submission.student) == (CODE, "Ada")
    assert submission.answers == ANSWERS
    assert not submission.problems


def test_what_no_file_may_hold_is_not_handed_in(opened: Page, tmp_path: Path) -> None:
    """Slides break lines with a vertical tab; a single one would make the whole file unreadable."""
    opened.evaluate(
        """() => {
          const every = Array.from({length: 65536}, (_, code) => String.fromCharCode(code)).join(" ");
          const type = (name, text) => {
            const box = FORM.elements.namedItem(name);
            box.value = text;
            box.dispatchEvent(new Event("input", {bubbles: true}));
          };
          type("q3/said", "One\\vtwo" + every.slice(0, 3000));
          type("q/1/Y/1,1", "1\\u0000");
          type("q3/n", every.slice(-30000));
          type("student", "Ada\\x1b[1m");
        }"""
    )
    file = download(opened, tmp_path)
    submission = read_submission(file.read_bytes(), file.name)
    assert submission.student == "Ada [1m"
    said, cell = submission.answers["q3"]["said"], submission.answers["q/1"]["Y"]
    assert isinstance(said, str)
    assert said.startswith("One two")
    assert isinstance(cell, list)
    assert cell[0] == ["1", "", ""]


def test_another_exam_with_the_same_code_is_kept_apart(
    browse: Browse, exam: Exam, paper: Paper, tmp_path: Path
) -> None:
    context = browse()
    for number, name in enumerate(("first", "second")):
        folder = tmp_path / name
        folder.mkdir()
        page = context.new_page()
        page.goto(written(replace(exam, id=name), paper, folder))
        assert answers(page) == BLANK
        box(page, "q3/n").fill(str(number))


def test_two_windows_do_not_undo_each_other(browse: Browse, form: str) -> None:
    context = browse()
    one, two = context.new_page(), context.new_page()
    one.goto(form)
    two.goto(form)
    box(one, "q3/n").fill("1")
    expect(box(two, "q3/n")).to_have_value("1")
    box(two, "q3/s").fill("2")
    box(one, "q/1/A/3,3").fill("9")
    two.reload()
    assert answers(one) == answers(two)
    assert answers(two)["q3"] == {"n": "1", "s": "2", "said": ""}


def test_a_window_that_heard_nothing_keeps_what_another_wrote(browse: Browse, form: str) -> None:
    """A page that was asleep does not hear of changes; what it writes leaves them alone."""
    page = browse().new_page()
    page.goto(form)
    page.evaluate("localStorage.setItem(KEPT.key, JSON.stringify({student: 'Ada', answers: {q3: {n: '5'}}}))")
    box(page, "q3/s").fill("2")
    page.reload()
    assert answers(page)["q3"] == {"n": "5", "s": "2", "said": ""}
    expect(page.locator("[name=student]")).to_have_value("Ada")


def test_a_browser_that_keeps_nothing_says_so(browse: Browse, form: str, tmp_path: Path) -> None:
    context = browse()
    context.add_init_script("Storage.prototype.getItem = Storage.prototype.setItem = () => { throw Error() }")
    page = context.new_page()
    page.goto(form)
    expect(part(page, "kept")).to_contain_text("does not keep your answers")
    box(page, "q3/n").fill("1")
    asked = answer_dialogs(page, accept=True)
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert len(asked) == 1


def test_what_is_kept_may_be_anything(browse: Browse, form: str) -> None:
    page = browse().new_page()
    page.goto(form)
    for odd in (
        "",
        "[",
        "null",
        "[]",
        '{"answers": 1}',
        '{"answers": []}',
        '{"answers": {"q3": [], "q/1": {"Y": {"a": 1}, "A": "1 2"}}}',
        json.dumps({"answers": {"q/1": {"A": [["1"]] * 200_000}}}),
        '{"answers": {"q/1": ' + '{"Y":' * 20_000 + "1" + "}" * 20_002,
    ):
        page.evaluate("(text) => localStorage.setItem(KEPT.key, text)", odd)
        page.reload()
        assert answers(page)["q3"] == BLANK["q3"]
        expect(page.get_by_role("button", name="Save answer file")).to_be_visible()
        box(page, "q3/n").fill("5")
        page.reload()
        assert answers(page)["q3"]["n"] == "5"


# -- the answer file ----------------------------------------------------------------------------


def load(page: Page, name: str, contents: object) -> None:
    text = contents if isinstance(contents, str) else json.dumps(contents)
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    part(page, "file").set_input_files(file)  # type: ignore[arg-type]


FILE = {"format": "convexam-answers/1", "paper": CODE, "student": "Ada", "answers": ANSWERS}


def test_an_answer_file_is_loaded_again(opened: Page) -> None:
    load(opened, "mine.json", FILE)
    expect(part(opened, "message")).to_have_text("The answers of mine.json were loaded.")
    assert answers(opened) == ANSWERS
    expect(opened.locator("[name=student]")).to_have_value("Ada")
    opened.reload()
    assert answers(opened) == ANSWERS


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ({**FILE, "paper": "1D9044WEH6ZYE5"}, "mine.json is for paper 1D9044WEH6ZYE5, and this is paper"),
        ({**FILE, "format": "convexam-paper/1"}, "mine.json is not an answer file"),
        ({**FILE, "answers": None}, "mine.json is not an answer file"),
        ("format: convexam-answers/1", "mine.json is not an answer file"),
        ({**FILE, "answers": []}, "mine.json is not an answer file"),
        ({**FILE, "paper": "X" * 5000}, f"is for paper {'X' * 40}, and this is paper"),
        ("null", "mine.json is not an answer file"),
    ],
)
def test_other_files_are_refused(opened: Page, contents: object, message: str) -> None:
    box(opened, "q3/n").fill("1")
    load(opened, "mine.json", contents)
    expect(part(opened, "message")).to_contain_text(message)
    assert answers(opened)["q3"]["n"] == "1"


@pytest.mark.parametrize("accept", [True, False])
def test_it_is_asked_before_answers_are_replaced_or_removed(opened: Page, accept: bool) -> None:
    box(opened, "q3/n").fill("1")
    asked = answer_dialogs(opened, accept=accept)
    load(opened, "mine.json", FILE)
    opened.wait_for_function("part('file').value === ''")
    assert len(asked) == 1
    assert answers(opened)["q3"]["n"] == ("12" if accept else "1")
    opened.get_by_role("button", name="Clear").click()
    assert len(asked) == 2
    assert (answers(opened) == BLANK) is accept


def test_cells_that_are_numbers_in_a_file_are_taken_as_texts(opened: Page) -> None:
    load(
        opened, "mine.json", {**FILE, "answers": {"q/1": {"Y": [[1, -2.5]], "A": "1 2\n3 4"}, "q3": {"n": 7}}}
    )
    expect(part(opened, "message")).to_contain_text("loaded")
    assert answers(opened)["q/1"] == {
        "Y": [["1", "-2.5", ""], ["", "", ""]],
        "A": [["1", "2"], ["3", "4"]],
        "z": [],
    }
    assert answers(opened)["q3"]["n"] == "7"


# -- grids --------------------------------------------------------------------------------------


def test_keys_move_between_cells(opened: Page) -> None:
    def focused() -> str:
        return str(opened.evaluate("document.activeElement.name"))

    box(opened, "q/1/Y/1,1").click()
    for key, name in [
        ("ArrowRight", "1,2"),
        ("ArrowDown", "2,2"),
        ("ArrowDown", "2,2"),
        ("ArrowUp", "1,2"),
        ("Enter", "2,2"),
        ("Shift+Enter", "1,2"),
        ("Tab", "1,3"),
        ("Tab", "2,1"),
        ("Shift+Tab", "1,3"),
        ("ArrowRight", "1,3"),
        ("ArrowLeft", "1,2"),
    ]:
        opened.keyboard.press(key)
        assert focused() == f"q/1/Y/{name}", key
    opened.keyboard.type("12")
    for key, name in [("ArrowLeft", "1,2"), ("ArrowRight", "1,2"), ("ArrowRight", "1,3"), ("Home", "1,3")]:
        opened.keyboard.press(key)
        assert focused() == f"q/1/Y/{name}", key
    opened.keyboard.press("ArrowLeft")  # all of the cell is selected, so it is moved away from
    opened.keyboard.press("ArrowLeft")
    assert focused() == "q/1/Y/1,1"


def test_a_block_is_pasted_from_a_cell_on(opened: Page) -> None:
    paste(box(opened, "q/1/Y/1,2"), "1\t2\r\n3\t4\r\n")
    assert cells(opened, "q/1/Y") == [["", "1", "2"], ["", "3", "4"]]
    expect(part(opened, "message")).to_have_text("")
    paste(box(opened, "q/1/Y/2,2"), "5\t6\t7")
    assert cells(opened, "q/1/Y") == [["", "1", "2"], ["", "5", "6"]]
    expect(part(opened, "message")).to_contain_text("the rest was left out")
    opened.reload()
    assert cells(opened, "q/1/Y") == [["", "1", "2"], ["", "5", "6"]]


def test_a_grid_whose_size_is_asked_grows_with_what_is_pasted(opened: Page) -> None:
    paste(box(opened, "q/1/A/2,2"), "1 2 3\n4 5 6\n7 8 9")
    assert answers(opened)["q/1"]["A"] == [
        ["", "", "", ""],
        ["", "1", "2", "3"],
        ["", "4", "5", "6"],
        ["", "7", "8", "9"],
    ]
    paste(box(opened, "q/1/z/1,1"), "1;2;3;4;5")
    assert answers(opened)["q/1"]["z"] == [["1", "2", "3", "4", "5"]]
    expect(box(opened, "q/1/A/4,4")).to_have_attribute("aria-label", "Question 1, A, row 4, column 4")


@pytest.mark.parametrize("name", ["q/1/Y", "q/1/A"])
def test_a_whole_column_of_a_spreadsheet_is_cut_and_said_so(opened: Page, name: str) -> None:
    paste(box(opened, f"{name}/1,1"), "1\n" * 200_000)
    assert cells(opened, name)[1][0] == "1"
    expect(part(opened, "message")).to_contain_text("the rest was left out")


def test_a_grid_grows_and_shrinks_by_its_buttons(opened: Page) -> None:
    grid = opened.locator('.grid[data-name="q/1/A"]')

    def press(what: str) -> None:
        grid.get_by_role("button", name=f"Question 1, A: {what}").click()

    expect(grid.locator("[data-size]")).to_have_text("this is only a start: the size is for you to find")
    press("one row more")
    press("one column less")
    assert [len(row) for row in cells(opened, "q/1/A")] == [2] * 4
    box(opened, "q/1/A/4,1").fill("5")
    expect(grid.locator("[data-size]")).to_have_text("counts as 4 × 1")
    asked = answer_dialogs(opened, accept=False)
    press("one row less")
    assert len(asked) == 1
    assert answers(opened)["q/1"]["A"] == [[""], [""], [""], ["5"]]
    for _ in range(3):
        press("one column less")
    assert len(cells(opened, "q/1/A")[0]) == 1
    assert opened.locator('.grid[data-name="q/1/z"] [data-axis=rows]').count() == 0


# -- choices ------------------------------------------------------------------------------------


def test_a_choice_is_taken_back(opened: Page) -> None:
    back = opened.locator("[data-do=take-back]")
    expect(back).to_be_hidden()
    box(opened, "q.2/one", "B").check()
    back.click()
    expect(back).to_be_hidden()
    expect(box(opened, "q.2/one", "B")).to_be_focused()
    opened.reload()
    assert answers(opened)["q.2"]["one"] == ""


def test_none_of_them_excludes_the_others(opened: Page) -> None:
    box(opened, "q.2/some", "A").check()
    box(opened, "q.2/some", "none").check()
    assert answers(opened)["q.2"]["some"] == ["none"]
    box(opened, "q.2/some", "B").check()
    assert answers(opened)["q.2"]["some"] == ["B"]


# -- what the page tells ------------------------------------------------------------------------


def test_what_is_still_empty_is_listed(opened: Page) -> None:
    expect(part(opened, "progress")).to_have_text("0 of 3 questions answered")
    box(opened, "q3/n").fill("1")
    box(opened, "q3/s").fill("1")
    part(opened, "progress").click()
    assert part(opened, "empty").locator("li").all_inner_texts() == [
        "1 About q/1",
        "2 About q.2",
        "3 About q3: In words",
    ]
    part(opened, "empty").get_by_role("link").last.click()
    assert opened.url.endswith("#question-3")
    expect(part(opened, "empty")).to_be_hidden()
    box(opened, "q3/said").fill("...")
    expect(part(opened, "progress")).to_have_text("1 of 3 questions answered")


def test_a_long_list_of_what_is_empty_is_cut(page: Page, exam: Exam, paper: Paper, tmp_path: Path) -> None:
    questions = tuple(replace(paper.problems[2], item=f"q{number}") for number in range(13))
    page.goto(written(exam, replace(paper, sections=(Section("", questions),)), tmp_path))
    lines = part(page, "empty").locator("li")
    assert lines.count() == 11
    expect(lines.last).to_have_text("and 3 more")
    box(page, "q0/n").fill("1")
    expect(lines.first).to_contain_text("The shape, In words")


def test_a_text_that_is_no_number_is_marked(opened: Page) -> None:
    cell = box(opened, "q/1/Y/1,1")
    cell.fill("7 cats")
    expect(cell).not_to_have_attribute("aria-invalid", "true")  # not while it is typed
    cell.press("Tab")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_accessible_description("“7 cats” will not be read as a number")
    cell.fill("7")
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    assert opened.locator(".advice").count() == 0
    box(opened, "q3/said").fill("words")
    box(opened, "q3/said").press("Tab")
    assert opened.locator(".advice").count() == 0


def test_a_name_that_stands_twice_in_an_order_is_marked(opened: Page) -> None:
    first, second, third = box(opened, "q.2/row").all()
    for place in (first, second, third):
        place.select_option("B")
    for place in (first, second, third):
        expect(place).to_have_accessible_description("B stands there twice")
    first.select_option("A")
    second.select_option("C")
    assert opened.locator(".advice, [aria-invalid]").count() == 0


def test_a_paper_with_a_name_asks_for_none(page: Page, exam: Exam, paper: Paper, tmp_path: Path) -> None:
    page.goto(written(exam, replace(paper, student=Student("s1", "Ada")), tmp_path))
    assert page.locator("[name=student]").count() == 0
    box(page, "q3/n").fill("1")
    assert json.loads(download(page, tmp_path).read_bytes())["student"] == ""


def test_without_scripts_there_are_boxes_and_a_note(browse: Browse, form: str) -> None:
    page = browse(java_script_enabled=False).new_page()
    page.goto(form)
    expect(page.get_by_text("This form does not work here")).to_be_visible()
    expect(page.locator("aside.bar")).to_be_hidden()
    expect(page.locator(".size").first).to_be_hidden()
    expect(box(page, "q/1/Y/1,1")).to_be_visible()


def test_a_printed_form_has_answers_and_no_buttons(opened: Page) -> None:
    fill_in(opened)
    opened.emulate_media(media="print")
    expect(opened.locator(".bar")).to_be_hidden()
    assert not any(button.is_visible() for button in opened.locator("button").all())
    expect(box(opened, "q3/s")).to_be_visible()


def test_a_printed_map_is_not_cut_off(browse: Browse, form: str) -> None:
    page = browse(viewport={"width": 635, "height": 900}).new_page()  # between the margins of A4
    page.goto(form)
    paste(box(page, "q/1/z/1,1"), "\t".join(["-12"] * 30))
    page.emulate_media(media="print")
    for grid in page.locator(".grid").all():
        assert grid.evaluate("(grid) => grid.scrollWidth <= grid.clientWidth")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_sticks_out_however_large_a_map_grows(browse: Browse, form: str, width: int) -> None:
    page = browse(viewport={"width": width, "height": 700}).new_page()
    page.goto(form)
    paste(box(page, "q/1/A/1,1"), "\n".join(["-1000 1/3 0.12345678"] * 3))
    paste(box(page, "q/1/z/1,1"), "\t".join(["-13/9"] * 30))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# -- texts alone --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t\t3\n\t\t\n", [["1", "", "3"], ["", "", ""]]),
        ("1\r2\r3", [["1"], ["2"], ["3"]]),
        ("1 -2  3\n4 5 6", [["1", "-2", "3"], ["4", "5", "6"]]),
        ("1;2,5\n3;4", [["1", "2,5"], ["3", "4"]]),
        ("1 2; 3 4", [["1", "2"], ["3", "4"]]),
        ("1, 2, 3", [["1", "2", "3"]]),
        ("1,2,3\n4,5,6", [["1", "2", "3"], ["4", "5", "6"]]),
        ("[[1, 2],\n [3, 4]]", [["1", "2"], ["3", "4"]]),
        ("[[1 2] [3 4]]", [["1", "2"], ["3", "4"]]),
        ("[[1,2],[3,4]]", [["1", "2"], ["3", "4"]]),
        ("{{1,2},{3,4}}", [["1", "2"], ["3", "4"]]),
        ("[1 2; 3 4]", [["1", "2"], ["3", "4"]]),
        ("Y = np.array([[1., 2.],\n    [3., 4.]], dtype=float32)", [["1.", "2."], ["3.", "4."]]),
        ("| 1 | 2 |\n|---|---|\n| 3 |  |", [["1", "2"], ["3", ""]]),
        ("|  |  |\n|---|---|\n| 1 | 2 |", [["1", "2"]]),
        ("\\begin{bmatrix}\n1 & 2 \\\\\n3 & -4\n\\end{bmatrix}", [["1", "2"], ["3", "-4"]]),
        ("_ 1\n2 _", [["", "1"], ["2", ""]]),
        ("1/3", None),
        ("1 / 3", None),
        (r"\frac{1}{2}", None),
        ("[5]", None),
        ("seven of them", None),
        ("1,5", None),
        ("", None),
    ],
)
def test_rows_of_a_pasted_text(opened: Page, text: str, rows: list[list[str]] | None) -> None:
    assert opened.evaluate("(text) => rowsOf(text)", text) == rows


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        *(
            (text, True)
            for text in ("", " ", "_", "7", "-3", "−3", "1/3", "1⁄3", "½", "2½", "0,5", "1.5e-3", "2^3", "2²")
        ),
        *((text, True) for text in ("3 x 4 x 4", "3×4", "(16, 15)", "[3, 4]", "1'729", "-(2/3)")),
        *((text, False) for text in ("seven", "a1", "7 cats", "?", "-", "x", "7?", "O")),
    ],
)
def test_what_can_be_a_number(opened: Page, text: str, numeric: bool) -> None:
    assert opened.evaluate("(text) => isNumeric(text)", text) is numeric


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([["", ""], ["", ""]], []),
        ([["1", ""], ["", ""]], [["1"]]),
        ([["", "", ""], ["", "1", ""], ["", "", ""]], [["", ""], ["", "1"]]),
        ([["1", "", ""], ["", "", "2"]], [["1", "", ""], ["", "", "2"]]),
    ],
)
def test_empty_rows_and_columns_at_the_end_do_not_count(
    opened: Page, rows: list[list[str]], left: list[list[str]]
) -> None:
    assert opened.evaluate("(rows) => trimmed(rows)", rows) == left


@pytest.mark.parametrize(
    ("raw", "begun", "complete"),
    [
        ("", False, False),
        ("_", False, False),
        ("7", True, True),
        ([], False, False),
        (["none"], True, True),
        ([["1", ""], ["", "2"]], True, False),
        ([["1"]], True, True),
        ({"kind": "", "size": "3"}, True, False),
        (None, False, False),
    ],
)
def test_what_is_answered(opened: Page, raw: object, begun: bool, complete: bool) -> None:
    assert opened.evaluate("(raw) => [isBegun(raw), isComplete(raw)]", raw) == [begun, complete]
