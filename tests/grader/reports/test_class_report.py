"""The page about a class: what it says, of how many, and that nothing gets into it unescaped."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest

from convexam.generator.class_list import ClassList
from convexam.generator.model import Effort
from convexam.generator.papers import Exam, Student
from convexam.generator.policy import Grade, Marking
from convexam.generator.questions.misconceptions import SENTENCES
from convexam.grader.attempts import Standing
from convexam.grader.explaining.expression_slips import DISCREET as EXPRESSION_SLIPS
from convexam.grader.explaining.rearranged import SENTENCES as REARRANGED
from convexam.grader.explaining.settings import TRIED as SETTINGS
from convexam.grader.explaining.slips import SENTENCES as SLIPS
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.directory import Directory
from convexam.grader.intake.handed_in import Outcome, Platform, Sender
from convexam.grader.likeness.alike import Alike, Kind, Likeness
from convexam.grader.likeness.files import HandedIn, Matter
from convexam.grader.likeness.sheets import Place
from convexam.grader.likeness.written import Written
from convexam.grader.reports.class_data import Applied, ClassData
from convexam.grader.reports.class_report import class_report_html, class_statistics
from convexam.grader.reports.class_words import OTHER_FINDINGS, TO_DO, did, what_is_right
from convexam.grader.reports.statistics_csv import HEADER, statistics_csv
from convexam.grader.rules.diff import Change, Marks, Moved
from convexam.grader.rules.rule import Rule, Ruling
from convexam.grader.statistics.findings import Finding, Shown

from ..statistics.made import asked, record

GRADED = Marking(grade=Grade(worst=Fraction(1), best=Fraction(10), passing=Fraction(11, 2)))
EXAM = Exam(id="e", title="Midterm <exam>", course="CNN & more", marking=GRADED)
MOVE = Change(Marks(Fraction(1), Fraction(12)), Marks(Fraction(5, 2), Fraction(8)))
EVIL = '<script>alert("x")</script>'


def class_of(count: int, **more: Any) -> ClassData:
    """A class in which every third student flips the kernel of a, and somebody leaves b blank."""
    records = [
        record(
            f"s{number:03}",
            {"a": 0 if number % 3 == 0 else 4, "b": "BLANK" if number % 7 == 1 else number % 5, "c": 4},
            found={"a": ["extra_flip"]} if number % 3 == 0 else {},
            paper=f"P{number}",
            grade="6",
            passed=number % 2 == 0,
        )
        for number in range(count)
    ]
    papers = {
        f"P{number}": asked("a", "b", "c", efforts={"a": Effort(number % 6)}, outcomes={"a": ("filter",)})
        for number in range(count)
    }
    return ClassData(EXAM, records, papers, **more)


def page(data: ClassData) -> str:
    return class_report_html(data, class_statistics(data))


def words(html: str) -> str:
    """The text of a page, without its style."""
    text = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("\xa0", " ").split())


def test_the_summary() -> None:
    text = words(
        page(class_of(30, directory=Directory(ClassList(tuple(Student(f"s{n:03}") for n in range(32))))))
    )
    assert "Of 32 students 30 handed in." in text
    assert "The mean is 8.3 of 12 points (69 %)" in text
    assert "15 of 30 (50 %) pass" in text
    assert (
        "Look first at question a: 33 % turned the kernel by 180° before sliding it (a true convolution); c:"
        in text
    )


def test_misconceptions_in_words_that_people_understand() -> None:
    text = words(page(class_of(30)))
    assert "33 % turned the kernel by 180° before sliding it (a true convolution)" in text
    assert "10 of 30 who answered a" in text


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Nobody has handed in yet."),
        (1, "1 student handed in. That paper earned 4 of 12 points."),
        (2, "With fewer than 10 papers no question can be judged."),
    ],
)
def test_small_classes(count: int, said: str) -> None:
    text = words(page(class_of(count)))
    assert said in text
    assert "rank correlation" not in text.split("How the figures")[0]
    assert "nan" not in text.lower().replace("explanation", "")


def test_of_a_few_students_no_percentages() -> None:
    text = words(page(class_of(4)))
    assert "2 of 4 turned the kernel" in text
    assert "Quartiles" not in text


def everything() -> ClassData:
    """A class with something in every section, written by somebody who means harm."""
    sender = Sender(Platform.MOODLE, "12", EVIL)
    return class_of(
        12,
        directory=Directory(
            ClassList((Student("s000", "Known"), Student(f"x{EVIL}", EVIL)), {"s000": "A", "s001": "B"})
        ),
        arrivals=[
            Arrival(EVIL, str(number), outcome, sender=sender, notes=(EVIL,))
            for number, outcome in enumerate(Outcome)
        ],
        likenesses=[
            Likeness(
                Kind.KEY,
                "s001",
                "P1",
                EVIL,
                "P2",
                1,
                (Alike(Place("a", "Y"), Written(0, 0, (EVIL,)), (0,), (0,), 1e-9),),
                1e-9,
            )
        ],
        files=[HandedIn(Matter.SAME_FILE, ("s001", EVIL), (EVIL,))],
        rules=[Applied(Ruling(1, Rule("a", drop=True), EVIL), (Moved(EVIL, "P1", (), MOVE),))],
        outcomes={"filter": EVIL},
    )


def test_everything_is_escaped() -> None:
    data = replace(everything(), exam=replace(EXAM, title=EVIL, course=EVIL, date=EVIL))
    data.records[0]["student"] = EVIL
    html = page(data)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert") > 10


def test_the_page_is_whole_and_needs_nothing() -> None:
    html = page(everything())
    body = html[html.index("<main") : html.index("</main>") + len("</main>")]
    ElementTree.fromstring(re.sub(r"&(?!amp;|lt;|gt;|#)", "&amp;", body))
    assert "://" not in html.replace("http://www.w3.org/2000/svg", "")


def test_whoever_must_act_is_told_what_to_do() -> None:
    text = words(page(everything()))
    for outcome, what in TO_DO.items():
        assert str(outcome) in text.replace("&#39;", "'")
        assert what in text.replace("&#39;", "'")
    assert set(TO_DO) == set(Outcome) - {Outcome.READ, Outcome.NOT_TYPED}
    assert "11 things at intake need a look" in text


def test_intake_names_whom_the_class_list_knows_the_sender_as() -> None:
    ada = Student("s000", "Ada Lovelace", ids={"moodle": "12"})
    lost = Arrival("a.heic", "1", Outcome.NO_ANSWERS, sender=Sender(Platform.MOODLE, "12", "Lovelace, A."))
    fine = Arrival("b.yaml", "2", Outcome.READ, "s000", notes=("odd",), sender=Sender(Platform.MOODLE, "12"))
    data = class_of(3, directory=Directory(ClassList((ada,))), arrivals=[lost, fine])
    standings = {("b.yaml", "2"): Standing.EARLIER}
    text = words(page(replace(data, standings=standings)))
    assert "2 files and rows: 1 read, 1 no answer file." in text
    assert "s000, Ada Lovelace, moodle 12" in text
    assert "b.yaml does not count: an earlier file odd s000 –" in text


def test_names_stand_only_where_somebody_must_act() -> None:
    students = (Student("s000", "Ada Lovelace"), Student("zz", "Grace Hopper"))
    text = words(page(class_of(3, directory=Directory(ClassList(students)))))
    assert "Ada Lovelace" not in text
    assert "zz Grace Hopper" in text


def shuffled(items: Sequence[Any]) -> list[Any]:
    return random.Random(5).sample(list(items), len(items))


def test_no_order_changes_a_byte() -> None:
    data = everything()
    other = replace(data, records=shuffled(data.records), arrivals=shuffled(data.arrivals))
    assert page(other) == page(data)
    assert statistics_csv(class_statistics(other)) == statistics_csv(class_statistics(data))


def test_the_table_of_figures() -> None:
    first, *rows = statistics_csv(class_statistics(class_of(30))).decode("utf-8-sig").splitlines()
    assert first == ",".join(HEADER)
    assert rows[0].startswith("a,a,A,30,30,0,0,0,20,0.667,")
    assert rows[0].endswith(",extra_flip,10")
    assert rows[2] == "c,c,C,30,30,0,0,0,30,1.000,,0.000,products,,,"


def test_the_table_is_safe_to_open() -> None:
    data = class_of(3)
    papers = {
        code: tuple(replace(each, title="=1+1") for each in paper) for code, paper in data.papers.items()
    }
    assert b",'=1+1," in statistics_csv(class_statistics(replace(data, papers=papers)))


@pytest.mark.parametrize("name", SENTENCES)
def test_every_misconception_says_what_was_done(name: str) -> None:
    said = did(Finding(name, SENTENCES[name], Shown(1, 1, 1), ()))
    assert not re.search(r"\b([Yy]ou|[Yy]our)\b", said)
    assert not said.endswith(".")
    assert said in SENTENCES[name] or "their" in said.lower()


def test_the_rest_of_a_sentence_is_what_is_right() -> None:
    assert what_is_right(Finding("x", "You added. They are multiplied. Always.", Shown(1, 1, 1), ())) == (
        "They are multiplied. Always."
    )
    assert what_is_right(Finding("x", "You added.", Shown(1, 1, 1), ())) == ""


def test_all_other_findings_have_words() -> None:
    settings = (f"other_{name}" for name in SETTINGS)
    assert set(OTHER_FINDINGS) == {*REARRANGED, *SLIPS, *EXPRESSION_SLIPS, *settings}


def test_a_rule_says_whom_it_moved() -> None:
    assert "a: dropped" in words(page(everything()))
    assert "1 of 12 → 2.5 of 8" in words(page(everything()))
