"""What becomes of a submission: outcomes, points, and who sees what when."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from convexam.cli.autograde import grader_in
from convexam.generator.codes import paper_code
from convexam.generator.language import ENGLISH
from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Paper
from convexam.generator.policy import Marking, Release, Rounding
from convexam.generator.render.answers import key_rows, key_text
from convexam.generator.streams import practice_secret
from convexam.grader.autograder.harness import Grader, failed
from convexam.grader.autograder.results import Graded, results_bytes
from convexam.grader.marking.fields import write
from convexam.grader.rules.rule import Rule, Ruling

from ...cli.conftest import filled_in, the_paper
from .conftest import EXAM, SCHEMA, Hand, drawn, metadata, packed, written

LEVELS = tuple(Release)
BELOW = LEVELS[:-1]


@pytest.fixture
def ada(exam: Path) -> Paper:
    return the_paper(exam, "s001")


def in_json(text: str) -> str:
    """Write an answer file as the page of a paper does."""
    answers: dict[str, dict[str, list[str]]] = {}
    code = ""
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip())
        if line.startswith("paper:"):
            code = line.split()[1]
        elif depth == 2:
            item = line.strip(" :")
        elif depth == 4:
            field = line.split(":")[0].strip()
            answers.setdefault(item, {})[field] = []
        elif depth == 6:
            answers[item][field].append(line.strip())
    joined = {item: {name: "\n".join(rows) for name, rows in each.items()} for item, each in answers.items()}
    return json.dumps({"format": "convexam-answers/1", "paper": code, "answers": joined})


def unmarked(graded: Graded) -> bool:
    data = written(graded)
    assert data["extra_data"]["convexam"]["paper"] == ""
    return data["score"] == 0 and [test["visibility"] for test in data["tests"]] == ["hidden"]


# -- points -----------------------------------------------------------------------------------------


def test_points_stand_at_questions_and_add_up(hand_in: Hand, ada: Paper) -> None:
    data = written(hand_in({"answers.yaml": filled_in(ada)}, "s001"))
    scores = {test["number"]: test.get("score") for test in data["tests"]}
    assert scores["1"] == 0  # in words: it waits
    assert scores["2"] == 3
    assert scores["2.1"] is None
    assert data["score"] == pytest.approx(sum(filter(None, scores.values())), abs=0.01)
    told = [test["number"] for test in data["tests"] if test["name"] != "Worked solution"]
    assert told == ["1", "1.1", "2", "2.1", "2.2", "2.3", "3", "3.1", "4", "4.1", "5", "5.1"]
    assert {test["number"]: test["max_score"] for test in data["tests"] if "max_score" in test} == {
        "1": 4,
        "2": 3,
        "3": 2,
        "4": 2,
        "5": 0.33,
    }


def test_the_score_is_that_of_the_paper_rounded_and_capped(
    hand_in: Hand, ada: Paper, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    marking = Marking(rounding=Rounding(total=Fraction(1, 2)), out_of=Fraction(7))
    record = grader.desk._record
    monkeypatch.setattr(grader.desk, "_record", replace(record, exam=replace(record.exam, marking=marking)))
    assert written(hand_in({"a.yaml": filled_in(ada)}, "s001"))["score"] == 7
    half = filled_in(ada, {"map": {"Y": None}, "pick": {"options": "B"}})
    assert written(hand_in({"a.yaml": half}, "s001"))["score"] == 3.5


def test_what_waits_counts_nothing_and_says_so(hand_in: Hand, ada: Paper) -> None:
    rows = write(ada.problems[2].fields[0], ada.problems[2].key["Y"][0]).splitlines()
    rows[0] = "seven " + rows[0].split(maxsplit=1)[1]
    graded = hand_in({"a.yaml": filled_in(ada, {"map": {"Y": "\n".join(rows)}})}, "s001")
    tests = {test["number"]: test for test in written(graded)["tests"]}
    assert tests["3"]["score"] == 0
    for number in ("1", "1.1", "3", "3.1"):
        assert "pending: a person will look at this" in tests[number]["output"]
        assert "pending" in tests[number]["tags"]
    assert "status" not in tests["3.1"]
    assert any(line.startswith("PENDING: 2") for line in graded.log)


def test_misconceptions_are_named(hand_in: Hand, ada: Paper) -> None:
    problem = ada.problems[2]
    wrong = dict(wrong_answers(problem.spec.type, problem.case))["extra_flip"]
    data = written(hand_in({"a.yaml": filled_in(ada, {"map": wrong})}, "s001"))
    tests = {test["number"]: test for test in data["tests"]}
    assert "What your answer points at" in tests["3"]["output"]
    assert tests["3.1"]["status"] == "failed"


def test_rules_of_remarking_count(hand_in: Hand, ada: Paper, grader: Grader) -> None:
    lenient = replace(grader, rulings=(Ruling(1, Rule("dense", full_marks="everyone"), "a typo"),))
    wrong = filled_in(ada, {"dense": {"inputs": "1", "weights": "1", "parameters": "1"}})
    tests = {
        test["number"]: test for test in written(hand_in({"a.yaml": wrong}, "s001", marks=lenient))["tests"]
    }
    assert tests["2"]["score"] == 3
    assert "a typo" in tests["2"]["output"]
    dropped = replace(grader, rulings=(Ruling(1, Rule("dense", drop=True), "unfair"),))
    tests = {
        test["number"]: test for test in written(hand_in({"a.yaml": wrong}, "s001", marks=dropped))["tests"]
    }
    assert "max_score" not in tests["2"]


def test_the_same_bytes(hand_in: Hand, ada: Paper) -> None:
    one, other = (hand_in({"a.yaml": filled_in(ada)}, "s001") for _ in range(2))
    assert results_bytes(one.results) == results_bytes(other.results)


# -- who sees what ------------------------------------------------------------------------------------


def key_texts(paper: Paper) -> list[str]:
    """Texts of the key that no blank paper holds."""
    dense, third = paper.problems[1], paper.problems[4]
    (rows,) = (key_rows(paper.problems[2].key["Y"][0], paper.problems[2].fields[0].rule),)
    return [
        "products are added up over all channels",
        str(dense.key["weights"][0]),
        str(dense.key["parameters"][0]),
        "  ".join(rows[0]),
        key_text(third.key["shape"], third.fields[0], ENGLISH),
    ]


@pytest.mark.parametrize("release", LEVELS)
def test_no_level_tells_more_than_its_name(hand_in: Hand, ada: Paper, release: Release) -> None:
    blank = {each.item: dict.fromkeys((field.name for field in each.fields), None) for each in ada.problems}
    text = results_bytes(hand_in({"a.yaml": filled_in(ada, blank)}, "s001", release=release).results).decode()
    held = [key for key in key_texts(ada) if key in text]
    assert held == ([] if release in BELOW else held)
    assert bool(held) == (release is Release.EVERYTHING)


@pytest.mark.parametrize("release", LEVELS)
def test_marks_are_never_visible_at_once(hand_in: Hand, ada: Paper, release: Release) -> None:
    data = written(hand_in({"a.yaml": filled_in(ada)}, "s001", release=release))
    seen = "hidden" if release is Release.RECEIPT else "after_published"
    assert {test["visibility"] for test in data["tests"]} == {seen}
    assert data["stdout_visibility"] == "hidden"
    statuses = {test["number"] for test in data["tests"] if "status" in test}
    assert bool(statuses) == (release in (Release.DIAGNOSIS, Release.EVERYTHING))


@pytest.mark.parametrize("release", LEVELS)
def test_what_is_visible_at_once_is_no_oracle(hand_in: Hand, ada: Paper, release: Release) -> None:
    right, wrong = str(ada.problems[1].key["weights"][0]), "7" * len(str(ada.problems[1].key["weights"][0]))
    of_right = written(hand_in({"a.yaml": filled_in(ada)}, "s001", release=release))["output"]
    changed = filled_in(ada, {"dense": {"weights": wrong}})
    of_wrong = written(hand_in({"a.yaml": changed}, "s001", release=release))["output"]
    assert of_wrong == of_right.replace(right, wrong)


def test_nothing_personal_is_kept_for_programs(hand_in: Hand, ada: Paper) -> None:
    data = written(hand_in({"a.yaml": filled_in(ada)}, "s001"))
    assert data["extra_data"] == {
        "convexam": {"schema": 1, "paper": ada.code, "version": data["extra_data"]["convexam"]["version"]}
    }
    assert "Ada" not in json.dumps(data)
    assert "ada@" not in json.dumps(data)


def test_answers_are_echoed_up_to_a_limit(hand_in: Hand, ada: Paper) -> None:
    graded = hand_in({"a.yaml": filled_in(ada, {"words": {"text": "q" * 3000}})}, "s001")
    for test in [written(graded), *written(graded)["tests"]]:
        assert test["output"].count("q") <= 250


# -- what was handed in ---------------------------------------------------------------------------------


def test_one_answer_file_among_others(hand_in: Hand, ada: Paper) -> None:
    files: dict[str, str | bytes] = {
        "photo.png": b"\x89PNG....",
        "notes.txt": "I liked it",
        "__MACOSX/._answers.yaml": b"\0\5\x16\7",
        ".DS_Store": b"x",
        "deep/folder/answers.json": in_json(filled_in(ada)),
    }
    data = written(hand_in(files, "s001"))
    assert data["score"] > 7
    assert "photo.png" in data["output"]
    assert "DS_Store" not in data["output"]


def test_of_many_files_those_that_may_hold_answers_are_read_first(hand_in: Hand, ada: Paper) -> None:
    files = {f"src/a{number:03}.txt": "print(1)" for number in range(100)}
    assert written(hand_in(files | {"z/answers.yaml": filled_in(ada)}, "s001"))["score"] > 7


def test_files_that_nobody_looked_at_are_counted_not_listed(hand_in: Hand, ada: Paper) -> None:
    """They may well hold answers, and ten thousand of them must not fill the page."""
    others = {f"b{number:04}.yaml": f"# {number}" for number in range(1000)}
    graded = hand_in({"a.yaml": filled_in(ada)} | others, "s001")
    output = written(graded)["output"]
    assert written(graded)["score"] > 7
    assert "b0018.yaml" in output
    assert "b0019.yaml" not in output
    assert "981 more files were not looked at; at most 20 are." in output
    assert len(graded.log) < 40


def test_answers_among_files_that_nobody_looked_at(hand_in: Hand, ada: Paper) -> None:
    others = {f"b{number:02}.yaml": f"x: {number}" for number in range(20)}
    graded = hand_in({"z.yaml": filled_in(ada)} | others, "s001")
    assert unmarked(graded)
    assert "1 more file was not looked at; at most 20 are." in written(graded)["output"]


def test_an_archive(hand_in: Hand, ada: Paper) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("Ada_12_assignsubmission_file_/a.yaml", filled_in(ada))
    assert written(hand_in({"all.zip": buffer.getvalue()}, "s001"))["score"] > 7


def test_copies_and_blank_templates_do_no_harm(hand_in: Hand, ada: Paper) -> None:
    blank = {each.item: dict.fromkeys((field.name for field in each.fields), None) for each in ada.problems}
    files = {"a.yaml": filled_in(ada), "b.json": in_json(filled_in(ada)), "t.yaml": filled_in(ada, blank)}
    assert written(hand_in(files, "s001"))["score"] > 7


def test_of_several_that_differ_none_is_chosen(hand_in: Hand, ada: Paper) -> None:
    files = {"a.yaml": filled_in(ada), "b.yaml": filled_in(ada, {"dense": {"weights": "1"}})}
    graded = hand_in(files, "s001")
    assert unmarked(graded)
    assert "Hand in one of them only" in written(graded)["output"]


def test_a_blank_file_beside_a_broken_one_is_not_marked(hand_in: Hand, ada: Paper) -> None:
    blank = {each.item: dict.fromkeys((field.name for field in each.fields), None) for each in ada.problems}
    graded = hand_in({"a.json": "{" + in_json(filled_in(ada)), "t.yaml": filled_in(ada, blank)}, "s001")
    assert unmarked(graded)


REFUSED = {
    "nothing": ({}, "No answer file"),
    "empty": ({"a.yaml": b" \n"}, "empty"),
    "an image": ({"a.png": b"\x89PNG...."}, "an image"),
    "no code": ({"a.yaml": "answers:\n  dense:\n    inputs: 3\n"}, "code of your paper is missing"),
    "broken JSON": ({"a.json": '{"paper": "x", '}, "no answer file"),
    "a class": ({"class.csv": "paper,student,dense/inputs\nX,s001,3\n"}, "CSV of a class"),
    "a broken archive": ({"a.zip": b"PK\x03\x04 nothing"}, "cannot be opened"),
}


@pytest.mark.parametrize("release", LEVELS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_marked_waits_for_a_look(hand_in: Hand, name: str, release: Release) -> None:
    files, says = REFUSED[name]
    graded = hand_in(files, "s001", release=release)
    assert unmarked(graded)
    output = written(graded)["output"]
    assert says in output
    assert "A person will look at what you handed in" in output


def test_an_unknown_code(hand_in: Hand, ada: Paper) -> None:
    other = paper_code(practice_secret(99), exam="other", student="s001")
    graded = hand_in({"a.yaml": filled_in(ada).replace(ada.code, other)}, "s001")
    assert unmarked(graded)
    assert "not that of a paper of this exam" in written(graded)["output"]


# -- who handed in --------------------------------------------------------------------------------------


def test_somebody_elses_paper(hand_in: Hand, ada: Paper) -> None:
    graded = hand_in({"a.yaml": filled_in(ada)}, "s002")
    assert unmarked(graded)
    data = written(graded)
    assert "somebody else’s" in data["output"]
    assert "s001" not in data["output"]
    assert "s001" in data["tests"][0]["output"]


@pytest.mark.parametrize("about", [b"", b"{", b'{"users": []}', b"[1]"])
def test_without_metadata_the_code_says_whose_it_is(hand_in: Hand, ada: Paper, about: bytes) -> None:
    graded = hand_in({"a.yaml": filled_in(ada)}, about=about)
    assert written(graded)["score"] > 7
    assert "marked for s001" in graded.log


def test_a_stranger_with_somebodys_paper_is_named(hand_in: Hand, ada: Paper) -> None:
    graded = hand_in({"a.yaml": filled_in(ada)}, "nobody")
    assert "not on the class list" in written(graded)["output"]
    assert any(line.startswith("LOOK") for line in graded.log)


@pytest.mark.parametrize("group", [("s001", "s002"), ("s002", "s001"), ("nobody", "s002", "s001")])
def test_the_paper_of_one_of_a_group(hand_in: Hand, ada: Paper, group: tuple[str, ...]) -> None:
    graded = hand_in({"a.yaml": filled_in(ada)}, *group)
    assert written(graded)["score"] > 7
    assert "counts for all of your group" in written(graded)["output"]


def test_a_group_without_the_owner_of_the_paper(hand_in: Hand, ada: Paper) -> None:
    assert unmarked(hand_in({"a.yaml": filled_in(ada)}, "nobody", "s002", "s003"))


def test_an_id_of_gradescope_on_the_roster(hand_in: Hand, exam: Path) -> None:
    assert "marked for s003" in hand_in({"a.yaml": filled_in(the_paper(exam, "s003"))}, "s003").log


VERSIONS = EXAM.replace("sections:", "variants: 2\nsections:")


@pytest.fixture(scope="module")
def dealt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Grader, dict[str, Paper]]:
    """An exam that deals versions, and the paper of each student."""
    folder = drawn(tmp_path_factory.mktemp("versions"), VERSIONS)
    grader = grader_in(packed(folder, tmp_path_factory.mktemp("package")))
    versions = grader.directory.class_list.versions
    papers = {student: the_paper(folder, f"version-{letter}") for student, letter in versions.items()}
    return grader, papers


def test_a_version_is_the_senders(hand_in: Hand, dealt: tuple[Grader, dict[str, Paper]]) -> None:
    grader, papers = dealt
    for student in ("s001", "s002"):
        graded = hand_in({"a.yaml": filled_in(papers[student])}, student, marks=grader)
        assert f"marked for {student}" in graded.log


def test_a_version_that_was_not_dealt(hand_in: Hand, dealt: tuple[Grader, dict[str, Paper]]) -> None:
    grader, papers = dealt
    other = next(paper for paper in papers.values() if paper.code != papers["s001"].code)
    assert unmarked(hand_in({"a.yaml": filled_in(other)}, "s001", marks=grader))


def test_a_version_from_a_stranger(hand_in: Hand, dealt: tuple[Grader, dict[str, Paper]]) -> None:
    grader, papers = dealt
    graded = hand_in({"a.yaml": filled_in(papers["s001"])}, "nobody", marks=grader)
    assert unmarked(graded)
    assert "class list does not say who you are" in written(graded)["output"]


# -- in place of results ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "nl"])
def test_the_results_of_a_program_that_died(grader: Grader, code: str) -> None:
    data = json.loads(results_bytes(failed(replace(grader.exam, language=code))))
    assert list(SCHEMA.iter_errors(data)) == []
    assert data["score"] == 0
    assert data["tests"][0]["visibility"] == "hidden"


def test_metadata_are_as_gradescope_writes_them() -> None:
    assert json.loads(metadata("s001"))["users"][0]["email"] == "ada@example.edu"
