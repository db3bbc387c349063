"""Filled-in PDFs: what is read of them, and that the worst of them only cannot be read."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import NoReturn

import pypdf
import pytest

from convexam.generator.document import say
from convexam.generator.errors import DataError
from convexam.grader.intake import pdf_fields
from convexam.grader.intake.answers import Submission, read_submission
from convexam.grader.intake.pdf_fields import answer
from convexam.grader.marking.fields import Lost

from .pdf_samples import (
    CODE,
    ODD_VALUES,
    PAPER,
    REFUSED,
    Y,
    form,
    stream,
    text,
    updated,
)


def submission(data: bytes, name: str = "answers.pdf") -> Submission:
    return read_submission(data, name)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_form_is_refused_in_words(name: str) -> None:
    data, expected = REFUSED[name]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        submission(data)
    except DataError as error:
        (fault,) = error.faults
        assert any(words in fault.message for words in expected.split("|"))
    else:
        assert expected.endswith("|")  # it may be read as well
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


def test_every_cut_of_a_form_is_read_or_refused() -> None:
    whole = form(PAPER, Y)
    for length in range(len(whole)):
        found = answer(whole[:length])
        assert set(found) in ({"fields", "damaged"}, {"refused"})


def test_a_form_is_read() -> None:
    found = submission(form(PAPER, text(b"student", b"(s0001)"), Y))
    assert (found.paper, found.student, found.problems) == (CODE, "s0001", ())
    assert found.answers == {"q1": {"Y": "3"}}


def test_boxes_are_put_together() -> None:
    found = submission(
        form(
            PAPER,
            text(b"m/Y/1,1", b"(1)"),
            text(b"m/Y/1,2", b"()"),
            text(b"m/Y/2,2", b"(-4)"),
            text(b"pick:1/layer/kind", b"(conv)"),
            text(b"pick:1/layer/size", b"()"),
            text(b"deep:er/word", b"(a)"),
        )
    )
    assert found.answers == {
        "m": {"Y": [["1", ""], ["", "-4"]]},
        "pick.1": {"layer": {"kind": "conv", "size": ""}},
        "deep.er": {"word": "a"},
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"(12)", "12"),
        (b"<FEFF221200350020FF13>", "−5 ３"),
        (b"(\\2055)", "–5"),  # PDFDoc: 133 is a dash
        (b"(a\\rb)", "a b"),
        (b"(a\\r\\nb)", "a b"),
        (b"null", ""),
        (b"()", ""),
        (b"4 0 R", "elsewhere"),
        (b"99 0 R", ""),
        (b"(" + b"1" * 4_096 + b")", "1" * 4_096),
    ],
)
def test_texts_are_read_in_both_encodings(value: bytes, expected: str) -> None:
    found = submission(form(PAPER, text(b"q1/Y", value), more={4: b"(elsewhere)"}))
    assert found.answers["q1"]["Y"] == expected


def test_lines_count_in_a_field_of_several_lines() -> None:
    found = submission(form(PAPER, text(b"q1/Y", b"(1 2\\r3 4\\r\\n5 6\\n)", b"/Ff 4096")))
    assert found.answers["q1"]["Y"] == "1 2\n3 4\n5 6\n"


def test_a_field_takes_over_what_stands_above_it() -> None:
    group = b"<< /T (q1/Y) /V (1\\r2) /Ff 4096 /Kids [11 0 R 12 0 R] >>"
    shown = b"<< /Subtype /Widget /Parent 10 0 R >>"
    data = form(more={3: b"<< /Fields [9 0 R 10 0 R] >>", 9: PAPER, 10: group, 11: shown, 12: shown})
    assert submission(data).answers == {"q1": {"Y": "1\n2"}}


def test_names_come_together_from_groups() -> None:
    data = form(
        more={
            3: b"<< /Fields [9 0 R 10 0 R] >>",
            9: PAPER,
            10: b"<< /T (pick) /Kids [11 0 R] >>",
            11: text(b"1/Y", b"(3)"),
        }
    )
    assert submission(data).answers == {"pick.1": {"Y": "3"}}


@pytest.mark.parametrize("box", [b"null", b"7", b"<< /FT /Tx /V (3) >>", b"<< /FT /Tx /T 7 /V (3) >>"])
def test_a_field_that_cannot_be_read_is_no_blank(box: bytes) -> None:
    found = submission(form(PAPER, Y, box))
    assert found.answers == {"q1": {"Y": "3"}}
    assert found.damaged
    assert not submission(form(PAPER, Y)).damaged


@pytest.mark.parametrize("parent", [b"/Parent 11 0 R", b"/Parent 99 0 R", b"/Parent 3 0 R", b"/Parent (a)"])
def test_parents_are_not_asked(parent: bytes) -> None:
    assert submission(form(PAPER, text(b"q1/Y", b"(3)", parent))).answers == {"q1": {"Y": "3"}}


def test_the_last_version_counts() -> None:
    data = updated(form(PAPER, Y), 11, text(b"q1/Y", b"(4)"))
    assert submission(updated(data, 11, text(b"q1/Y", b"(5)"))).answers == {"q1": {"Y": "5"}}


@pytest.mark.parametrize("name", ODD_VALUES)
@pytest.mark.parametrize("box", [b"q1/Y", b"q1/Y/1,1", b"q1/Y/size"])
def test_a_value_that_is_no_text_loses_its_field_alone(name: str, box: bytes) -> None:
    data = form(PAPER, text(box, ODD_VALUES[name]), text(b"q2/Y", b"(3)"), more={4: stream(b"3")})
    assert submission(data).answers == {
        "q1": {"Y": Lost(say("the form holds something here that is no text"))},
        "q2": {"Y": "3"},
    }


@pytest.mark.parametrize("length", [4_097, 1_000_000])
def test_a_value_that_is_too_long_loses_its_field_alone(length: int) -> None:
    data = form(PAPER, text(b"q1/Y", b"(%s)" % (b"1" * length)), text(b"q2/Y", b"(3)"))
    assert submission(data).answers == {
        "q1": {"Y": Lost(say("the answer is longer than {{ most }} characters", most=4096))},
        "q2": {"Y": "3"},
    }


def test_boxes_that_no_paper_has_are_named() -> None:
    found = submission(
        form(
            PAPER,
            Y,
            text(b"notes", b"(help)"),
            text(b"empty", b"( )"),
            text(b"q1/Y/65,1", b"(1)"),
            text(b"q1/a/b/c", b"(1)"),
        )
    )
    assert found.answers == {"q1": {"Y": "3"}}
    assert found.problems == tuple(
        say("no paper has a box of the name {{ name }}; what stands in it was left out", name=name)
        for name in ("'notes'", "'q1/Y/65,1'", "'q1/a/b/c'")
    )


def test_without_a_code_the_name_of_the_file_counts() -> None:
    assert submission(form(Y), f"{CODE}.pdf").paper == CODE


def test_something_may_stand_before_the_pdf() -> None:
    assert submission(b"\r\n" + form(PAPER, Y)).answers == {"q1": {"Y": "3"}}


def test_no_program_is_started_for_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of JBIG2 would not be held by the limits on computing."""

    def found(_: bytes) -> tuple[list[tuple[str, str | None]], bool]:
        return [("jbig2dec", pypdf.get_configuration().jbig2dec_binary)], False

    monkeypatch.setattr(pdf_fields, "fields", found)
    with pypdf.apply_configuration(jbig2dec_binary="/bin/jbig2dec"):
        assert pdf_fields.answer(b"") == {"fields": [("jbig2dec", None)], "damaged": False}


def dies(_: bytes) -> NoReturn:
    os.abort()


def test_a_dead_reader_is_no_end_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_fields, "answer", dies)
    with pytest.raises(DataError, match="the reader ran out of time or memory"):
        submission(form(PAPER, Y))


def test_a_worker_reads_the_same() -> None:
    program = f"""
import sys
from convexam.grader.intake.answers import read_submission
from convexam.generator.workers.pool import Workers
data = {form(PAPER, Y)!r}
print(read_submission(data, "a.pdf") == Workers(1).submit(read_submission, data, "a.pdf").result())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"True\n"
