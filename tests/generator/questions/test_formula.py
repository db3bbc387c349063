"""Questions made of formulas: keys by hand, wrong ways, what is refused, and that all of it survives."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from convexam.generator import bank
from convexam.generator.checking import check_bank
from convexam.generator.compose import draw_problem
from convexam.generator.document import Message, Symbol, quote
from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, sentence_of, wrong_answers
from convexam.generator.model import Case, Refused
from convexam.generator.papers import EVERYONE, Exam, Paper, Problem, Section
from convexam.generator.questions.formula import Given, Params, ask, draw, effort, second, show, solve, work
from convexam.generator.questions.misconceptions import SENTENCES
from convexam.generator.reading.schema import canonical_json, dump, parse_value
from convexam.generator.render.preview import preview_html
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Result, Verdict
from convexam.grader.reports.feedback import feedback_html

from ...shipped import shipped_bank

MAP: dict[str, Any] = {
    "parameters": {"n": 28, "k": 5},
    "let": ["side = n - k + 1", "unused = 1"],
    "answers": [
        {"name": "cells", "label": "Cells", "formula": "side^2", "whole": "true"},
        {"name": "share", "label": "Share", "formula": "cells / n^2", "digits": "2"},
    ],
    "mistakes": {
        "missing_plus_one": {"instead": ["side = n - k"]},
        "one_side": {"instead": ["cells = side"], "sentence": "You took one side."},
    },
    "explain": {"side": "The window has {{ n }} - {{ k }} + 1 positions.", "share": "Of {{ cells }} cells."},
}


def case(**changes: Any) -> Case[Given]:
    return Case(parse_value(Given, {**MAP, **changes}))


def answers(problem: Case[Given]) -> dict[str, Any]:
    return first_values(solve(problem, {}))


def shipped(entry: str) -> Case[Given]:
    return Case(shipped_bank()[entry].given)


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("formula/kernel-of-30", {"weights_small": 100, "weights_large": 900, "times": 9}),  # E9
        ("formula/partly-connected", {"partly": 1516, "full": 2416}),  # E27, C3 of 1998
        (
            "formula/about-five-million",  # E3, E4, X3
            {
                "inputs": 5_598_720,
                "error_inputs": Fraction(100 * 598_720, 5_598_720),
                "weights": 31_345_665_638_400,
                "error_weights": Fraction(100 * 6_345_665_638_400, 31_345_665_638_400),
            },
        ),
    ],
)
def test_numbers_of_the_lectures(entry: str, key: dict[str, Any]) -> None:
    assert answers(shipped(entry)) == key
    assert first_values(second(shipped(entry))) == key


def test_the_cat_takes_as_many_bytes_as_it_has_values() -> None:
    """E20: (1068, 1600, 3) are 5,126,400 values of 256 levels; here with whole tens of rows."""
    entry = shipped_bank()["formula/bytes-of-an-image"]
    data = dump(entry.params)
    data.pop("conditions")
    data["parameters"] |= {"tens_of_rows": "534/5", "tens_of_columns": 160}
    assert answers(Case(parse_value(Given, data))) == {"bytes": 5_126_400, "floats": 20_505_600}


def test_a_key_and_its_mistakes() -> None:
    assert answers(case()) == {"cells": 576, "share": Fraction(576, 784)}
    wrong = dict(wrong_answers("formula", case()))
    assert wrong == {
        "missing_plus_one": {"cells": 529, "share": Fraction(529, 784)},
        "one_side": {"cells": 24, "share": Fraction(24, 784)},
    }


def test_sentences_are_borrowed_or_the_entrys_own() -> None:
    assert sentence_of("formula", case(), "missing_plus_one") == Message(SENTENCES["missing_plus_one"])
    assert sentence_of("formula", case(), "one_side") == quote("You took one side.")


def test_errors_are_carried_forward() -> None:
    assert first_values(solve(case(), {"cells": 392})) == {"cells": 392, "share": Fraction(1, 2)}
    cells, share = ask(case())
    assert (cells.kind, share.kind) == ("integer", "number")
    assert (cells.needs, share.needs) == ((), ("cells",))


def test_the_prompt_sees_parameters_and_what_the_entry_shows() -> None:
    assert show(case()) == {"n": 28, "k": 5}
    assert show(case(show=["side"])) == {"n": 28, "k": 5, "side": 24}
    assert show(case(parameters={"n": "7.25", "k": "1/3"}, let=["side = 4"])) == {
        "n": "7.25",
        "k": Fraction(1, 3),
    }


def test_the_effort_counts_what_leads_to_an_answer() -> None:
    assert effort(case()).products == 5
    assert effort(case(show=["side"])).products == 3
    assert effort(case()).digits == 4  # 36/49


def test_the_work_puts_numbers_in() -> None:
    steps = list(work(case()))
    assert [step.text for step in steps if isinstance(step, Message)] == [
        "The window has {{ n }} - {{ k }} + 1 positions.",
        "Of {{ cells }} cells.",
    ]
    assert [step.latex for step in steps if isinstance(step, Symbol)] == [
        r"\text{side}=n-k+1=28-5+1=24",
        r"\text{cells}={\text{side}}^{2}={24}^{2}=576",
        r"\text{share}=\frac{\text{cells}}{{n}^{2}}=\frac{576}{{28}^{2}}=\tfrac{36}{49}\approx 0.73",
    ]


def test_a_long_chain_is_broken() -> None:
    long = {"name": "sum", "label": "Sum", "formula": " + ".join(["n * k"] * 9), "digits": 1}
    given = {"parameters": {"n": "1/3", "k": 7}, "let": [], "mistakes": {}, "explain": {}}
    lines = [step.latex for step in work(case(**given, answers=[long])) if isinstance(step, Symbol)]
    assert len(lines) == 2
    assert lines[0] == r"\text{sum}=" + "+".join([r"n\cdot k"] * 9)
    assert lines[1].endswith(r"\cdot 7=21")


def test_numbers_that_fill_pages_are_not_put_in() -> None:
    total = {"name": "sum", "label": "Sum", "formula": "+".join("n" * 100)}
    given = {"parameters": {"n": 10**17}, "let": [], "mistakes": {}, "explain": {}}
    lines = [step.latex for step in work(case(**given, answers=[total])) if isinstance(step, Symbol)]
    assert lines == [r"\text{sum}=" + "+".join("n" * 100), r"\qquad {}=1" + "0" * 19]


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"let": ["side = m - k"]}, "in 'm - k', at character 1: there is no 'm' here; known here: n, k"),
        ({"let": ["side = n - kk"]}, "at character 5: there is no 'kk' here; did you mean k?"),
        ({"let": ["side = later", "later = n"]}, "there is no 'later' here"),
        ({"let": ["side = cells"]}, "there is no 'cells' here"),
        ({"let": ["n = 3"]}, "'n' is defined twice"),
        ({"let": ["side = n +"]}, "$.let[0]: at character 11: expected a number, a name or (, found the end"),
        ({"let": ["side n + 1"]}, "$.let[0]: expected 'name = formula', such as side = n - k + 1"),
        ({"let": ["floor = n"]}, "$.let[0]: 'floor' means something in formulas; take another name"),
        ({"let": ["side = __import__('os')"]}, "at character 8: '_' has no place in a formula"),
        ({"let": ["side = n / (k - 5)"]}, "this divides by zero"),
        ({"let": ["side = 9^64", "u = side^64"]}, "this number becomes too large"),
        ({"let": ["side = 9^64"]}, "'side' comes to a number of more than 40 digits"),
        ({"let": ["side = " + "n/" * 20 + "k"]}, "nested too deeply, to be printed; split it"),
        ({"let": ["side = " + "n * " * 90 + "k"]}, "too long, or nested too deeply, to be printed; split it"),
        ({"parameters": {"n": "x", "k": 3}}, "expected a number, such as 3, 0.5 or -1/2"),
        ({"parameters": {"a b": 3}}, "letters, digits and _"),
        ({"parameters": {f"n{i}": 1 for i in range(21)}}, "too many: 21 given, at most 20 allowed"),
        ({"let": [f"side{i} = 1" for i in range(31)]}, "at most 30"),
        ({"answers": []}, "at least 1"),
        ({"explain": {"sides": "x"}}, "there is no result or answer 'sides'; did you mean 'side'?"),
        ({"explain": {"side": "{{ cells }}"}}, "there is no value called 'cells'"),
        ({"show": ["cells"]}, "there is no intermediate result 'cells'; there are: side, unused"),
        ({"mistakes": {"odd": {"instead": ["side = 1"]}}}, "the mistake 'odd' needs a 'sentence'"),
        ({"mistakes": {"no_biass": {"instead": ["side = 1"]}}}, "or did you mean 'no_bias'?"),
        ({"mistakes": {"no_bias": {"instead": ["sid = 1"]}}}, "there is no result or answer 'sid'"),
        ({"mistakes": {"no_bias": {"instead": ["side = cells"]}}}, "there is no 'cells' here"),
        (
            {"mistakes": {"odd": {"instead": ["side = 1"], "sentence": "{{ n }}"}}},
            "expected plain words, without $ and double braces",
        ),
        ({"mistakes": {"odd": {"instead": ["side = 1"], "sentence": "- a"}}}, "expected a sentence"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError) as error:
        case(**changes)
    assert message in str(error.value)


def test_a_whole_answer_has_to_be_one() -> None:
    with pytest.raises(DataError, match="'cells' is said to be a whole number, and comes to a fraction"):
        case(parameters={"n": "12.5", "k": 5})
    with pytest.raises(DataError, match="a whole number has no 'digits'"):
        case(answers=[{"name": "a", "label": "A", "formula": "n", "whole": "true", "digits": 1}])


def params(**changes: Any) -> Params:
    return parse_value(
        Params, {**MAP, "parameters": {"n": {"from": 4, "to": 9}, "k": {"one_of": [3, "1/2"]}}, **changes}
    )


def drawn(source: Params, number: int) -> Given:
    return draw(source, Stream(derive(b"formula", [str(number)])))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"conditions": ["n > 100"], "parameters": {"n": 5, "k": 3}}, "the condition n > 100 is not met"),
        ({"let": ["side = 1 / (n - n)"]}, "a formula has no value: this divides by zero"),
        ({"let": ["side = n / 11"]}, "'cells' is said to be a whole number, and comes to a fraction"),
    ],
)
def test_draws_that_are_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        drawn(params(**changes), 1)
    assert refusal.value.reason == reason


def test_conditions_see_every_name() -> None:
    source = params(conditions=["k == 3 and 10 < cells <= 30"])
    kept = set()
    for number in range(60):
        try:
            kept.add(drawn(source, number).parameters["n"])
        except Refused:
            continue
    assert kept == {6, 7}  # 16 and 25 cells; 9 and 36 are refused
    with pytest.raises(DataError, match="there is no 'm' here"):
        params(conditions=["m > 3"])
    with pytest.raises(DataError, match="a condition is needed here"):
        params(conditions=["n and k"])


# -- in a bank, in a record, in marks -----------------------------------------------------------

ENTRY = """format: convexam-bank/1
questions:
  - id: mine/own
    type: formula
    title: Own
    difficulty: 1
    points: 2
    given:
      parameters: {n: 6}
      answers:
        - {name: square, label: Square, formula: n^2}
      mistakes:
        doubled:
          sentence: You doubled it.
          instead:
            - square = 2 * n
    misconceptions: {NAME: 1/2}
    prompt: {en: "What is {{ n }} squared?"}
"""


def test_the_entry_names_its_own_misconceptions(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(ENTRY.replace("NAME", "doubled"))
    spec = bank.load([file])["mine/own"]
    file.write_text(ENTRY.replace("NAME", "double"))
    with pytest.raises(DataError) as error:
        bank.load([file])
    assert "unknown misconception 'double'; did you mean 'doubled'?" in str(error.value)
    assert ":17:30:" in str(error.value)
    assert bank.entry_from(json.loads(canonical_json(bank.entry_data(spec))), "stored") == spec


def test_a_faulty_formula_is_reported_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(ENTRY.replace("NAME", "doubled").replace("n^2", "n^^2"))
    with pytest.raises(DataError) as error:
        bank.load([file])
    assert f"{file}:11:50: $.questions[0].given.answers[0].formula: at character 3:" in str(error.value)
    assert len(error.value.faults) == 1


def test_an_explanation_that_cannot_be_set_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    text = ENTRY.replace("NAME", "doubled").replace(
        "      mistakes", "      explain: {square: '$\\frac{1}$'}\n      mistakes"
    )
    file.write_text(text)
    (fault,) = check_bank(bank.load([file]))
    assert "the worked solution cannot be set" in fault.message


def test_marks_name_the_entrys_own_misconception(tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(ENTRY.replace("NAME", "doubled"))
    known = bank.load([file])
    spec, origin = known["mine/own"], known.origins["mine/own"]
    problem = draw_problem(spec, Stream(derive(b"x", ["y"])), item="q", origin=origin)
    stored = parse_value(Given, json.loads(canonical_json(dump(problem.case.given))))
    again = Problem(problem.item, spec, Case(stored), problem.points, problem.key)
    marked = mark_problem(again, {"square": "12"})
    (mark,) = marked.marks
    assert mark.verdict is Verdict.WRONG
    assert marked.explanation.finding is not None
    assert marked.explanation.finding.names == ("doubled",)
    assert marked.points == 1
    assert "You doubled it." in preview_html([(spec, [again])])
    paper = Paper("code", EVERYONE, (Section("", (again,)),))
    result = Result("s", "code", (marked,), (), "")
    assert "You doubled it." in feedback_html(Exam("exam", "Exam"), paper, result)
