"""A file that is edited keeps every other byte, and is read as the standard library reads it."""

from __future__ import annotations

import csv
import io
import random
import zipfile

import pytest

from convexam.generator.errors import DataError
from convexam.grader.gradebooks import sheet
from convexam.grader.gradebooks.sheet import read_sheet
from convexam.grader.intake.worksheet import MOST_BYTES

from ...quick import is_quick

TRICKY = (
    b"a,b\nc,d\n",
    b"\xef\xbb\xbfa,b\r\nc,d\r\n",
    b"a;b\nc,1;d\n",
    b'"a, b";c\n1;2\n',
    b"a\tb\rc\td",
    b'a,"b ""x"" c"\n"1\n2",\n\n,\n3," 4 "\n',
    b'a,b "c" d\n1,2',
    "Identifier,Grade\nTeilnehmer/in 12,É\n".encode(),
)


@pytest.mark.parametrize("data", TRICKY)
def test_without_changes_it_is_the_same(data: bytes) -> None:
    assert read_sheet(data, "f.csv").edited({}) == data


@pytest.mark.parametrize("data", TRICKY)
def test_it_is_read_as_by_the_standard_library(data: bytes) -> None:
    found = read_sheet(data, "f.csv")
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    rows = [row for row in csv.reader(text, delimiter=found.separator) if any(map(str.strip, row))]
    assert [[cell.text for cell in row.cells] for row in (found.header, *found.body)] == rows


def test_random_files_too() -> None:
    chance = random.Random(9)
    for _ in range(300):
        rows = [["".join(chance.choices('ab",;\t \n\u00e9', k=chance.randrange(5))) for _ in range(3)]]
        rows = [["x", "y", "z"], *rows, *(chance.sample(rows[0], 3) for _ in range(3))]
        text = io.StringIO()
        csv.writer(
            text, delimiter=chance.choice(",;\t"), lineterminator=chance.choice(["\n", "\r\n"])
        ).writerows(rows)
        data = text.getvalue().encode()
        found = read_sheet(data, "f.csv")
        cells = [[cell.text for cell in row.cells] for row in (found.header, *found.body)]
        assert cells == [row for row in rows if any(map(str.strip, row))]
        assert found.edited({}) == data
        target = found.body[0].cells[1] if found.body else found.header.cells[1]
        again = read_sheet(found.edited({target: 'n"e,w\n1'}), "f.csv")
        changed = again.body[0].cells[1] if found.body else again.header.cells[1]
        assert changed.text == 'n"e,w\n1'


def test_a_change_moves_nothing_else() -> None:
    found = read_sheet(b'\xef\xbb\xbfa,"b"\r\n"c", d\r\n\r\n e ,"f"\r\n', "f.csv")
    cell = found.body[0].cells[1]
    assert found.edited({cell: "12.5"}) == b'\xef\xbb\xbfa,"b"\r\n"c",12.5\r\n\r\n e ,"f"\r\n'


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "\t=1", ";=1"])
def test_no_cell_of_ours_is_run_as_a_formula(text: str) -> None:
    found = read_sheet(b"=kept,b\n=1+1,c\n", "f.csv")
    edited = read_sheet(found.edited({found.body[0].cells[1]: text}), "f.csv")
    assert edited.body[0].cells[1].text == f"'{text}"
    assert edited.body[0].cells[0].text == "=1+1"
    assert edited.header.cells[0].text == "=kept"


def xlsx() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")  # without the time of day
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "place", "told"),
    [
        (b"", "f.csv:1:1", "no comma, semicolon or tab"),
        (b"only one column\nx\n", "f.csv:1:1", "no comma, semicolon or tab"),
        (b"<!DOCTYPE html><title>Log in</title>\n", "f.csv:1:1", "no comma"),
        (b",,\n,,\n", "f.csv", "the file is empty"),
        (xlsx(), "f.csv", "found an office document"),
        ("a,b\n".encode("utf-16"), "f.csv", "found UTF-16 text"),
        (b"a,b\n1,\xe9\n", "f.csv:2:1", "not UTF-8"),
        (b"a,b\n1,\0\n", "f.csv", "a NUL character"),
        (b"a,b\n1,2\n1,2,3\n", "f.csv:3:1", "the row has 3 cells and the header 2"),
        (b'a,b\n"1\n2",3\n4\n', "f.csv:4:1", "the row has 1 cells"),
        (b'a,b\n1,"2\n', "f.csv:2:1", "not closed"),
        (b'a,b\n1,"2"x\n', "f.csv:2:1", "behind a closing quotation mark"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(data: bytes, place: str, told: str) -> None:
    with pytest.raises(DataError) as error:
        read_sheet(data, "f.csv")
    assert str(error.value).startswith(f"{place}: ")
    assert told in str(error.value)


def test_huge_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match="more than 4 MB"):
        read_sheet(b"a,b\n" + b"1" * MOST_BYTES, "f.csv")
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    monkeypatch.setattr(sheet, "MOST_COLUMNS", 3)
    assert len(read_sheet(b"a,b\n" + b"1,2\n" * 3, "f.csv").body) == 3
    with pytest.raises(DataError, match=r"f\.csv:5:1: the file has more than 3 rows"):
        read_sheet(b"a,b\n" + b"1,2\n" * 4, "f.csv")
    with pytest.raises(DataError, match="more than 3 rows"):
        read_sheet(b"a,b\n" + b"\n" * 5, "f.csv")
    with pytest.raises(DataError, match="more than 3 columns"):
        read_sheet(b"a,b,c,d\n", "f.csv")


@pytest.mark.parametrize(
    "data",
    [
        b'a,b\n1,"' + b'""' * 1_000_000,
        b'"' * 1_000_001,
        b'""' * 1_000_000 + b"x",
        b"a," * 1_000_000,
        b"\n".join([b"a,b", b"," * 1_000_000]),
        b"a,b" + b"\n" * 1_000_000,
    ],
)
def test_what_was_made_to_take_time_takes_none(data: bytes) -> None:
    def reading() -> None:
        with pytest.raises(DataError):
            read_sheet(data, "f.csv")

    assert is_quick(2, reading)
