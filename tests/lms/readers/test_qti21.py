"""The engine for QTI 2.1: what a package written by hand holds, how it is marked, and NULL."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .qti.handmade import CHOSEN, FILES, cells, changed, packed
from .qti21 import Refused, Value, read_package


def test_items_come_in_the_order_of_the_test() -> None:
    package = read_package(packed())
    assert [item.identifier for item in package.items] == ["chosen", "cells"]
    assert (package.title, package.items[1].max_score) == ("Lab 1", 2.0)
    assert package.items[1].text.startswith("Convolve")


def test_interactions_come_in_document_order() -> None:
    found = [(part.identifier, part.kind) for part in read_package(packed()).items[0].interactions]
    assert found == [
        ("ONE", "choiceInteraction"),
        ("MANY", "choiceInteraction"),
        ("PICK", "inlineChoiceInteraction"),
        ("ORDER", "orderInteraction"),
        ("COUNT", "textEntryInteraction"),
        ("WORD", "textEntryInteraction"),
        ("TEXT", "extendedTextInteraction"),
    ]


def test_choices_have_their_texts() -> None:
    choices = read_package(packed()).items[0].interactions[0].choices
    assert [(choice.identifier, choice.text) for choice in choices] == [("A", "a first"), ("B", "b")]


@pytest.mark.parametrize(
    ("typed", "score", "feedback"),
    [
        ("12", 1, "OK"),
        (" 12 ", 1, "OK"),
        ("+12", 1, "OK"),
        ("12.0", 1, "OK"),
        ("1.2e1", 1, "OK"),
        ("-12", 0.5, "SIGN"),
        ("12.000001", 0, "NONE"),
        ("12,0", 0, "NONE"),
        ("abc", 0, "NONE"),
        ("nan", 0, "NONE"),
        ("INF", 0, "NONE"),
        ("1e999", 0, "NONE"),
        ("٣", 0, "NONE"),
        ("", 0, "NONE"),
        (None, 0, "NONE"),
    ],
)
def test_one_cell(typed: str | None, score: float, feedback: str) -> None:
    outcomes = cells().process({"Y_0_0": typed})
    assert (outcomes["SCORE"], outcomes["FB_Y_0_0"], outcomes["MAXSCORE"]) == (score, feedback, 2.0)


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("0.5", 1),
        ("5e-1", 1),
        ("0.499999999", 1),
        ("0.500000001", 1),
        ("0.4999999989", 0),
        ("0.5000000011", 0),
    ],
)
def test_the_edges_of_a_range_belong_to_it(typed: str, score: float) -> None:
    assert cells().process({"Y_0_1": typed})["SCORE"] == score


def test_a_blank_item_earns_nothing_and_shows_nothing() -> None:
    item = cells()
    outcomes = item.process({})
    assert outcomes == {"SCORE": 0.0, "MAXSCORE": 2.0, "FB_Y_0_0": "NONE", "FB_Y_0_1": "NONE"}
    assert item.shown(outcomes) == []


ZERO = (
    "items/cells.xml",
    '<and><gte><variable identifier="Y_0_0"/><baseValue baseType="float">12</baseValue></gte>',
    '<and>{}<gte><variable identifier="Y_0_0"/><baseValue baseType="float">-12</baseValue></gte>',
)


def test_a_blank_that_some_engine_takes_for_zero_is_refused() -> None:
    name, old, new = ZERO
    with pytest.raises(Refused, match="a blank counts as 0 in some engine"):
        changed(name, old, new.format(""))


def test_a_blank_that_is_asked_for_earns_nothing_in_any_engine() -> None:
    name, old, new = ZERO
    item = changed(name, old, new.format('<not><isNull><variable identifier="Y_0_0"/></isNull></not>')).items[
        1
    ]
    assert [item.process({"Y_0_0": typed})["SCORE"] for typed in ("0", "", None)] == [1.0, 0.0, 0.0]


def test_feedback_is_shown_by_outcome() -> None:
    item = cells()
    shown = item.shown(item.process({"Y_0_0": "-12", "Y_0_1": "0.5"}))
    assert [(one.kind, one.text) for one in shown] == [
        ("feedbackInline", "You flipped the kernel."),
        ("modalFeedback", "Well done."),
    ]


def test_feedback_may_be_hidden_by_an_outcome() -> None:
    package = changed("items/cells.xml", 'showHide="show" identifier="OK"', 'showHide="hide" identifier="OK"')
    item = package.items[1]
    assert [one.kind for one in item.shown(item.process({}))] == ["modalFeedback"]
    assert item.shown(item.process({"Y_0_1": "0.5"})) == []


def test_processing_does_not_remember() -> None:
    item = cells()
    assert [item.process({"Y_0_0": "12"})["SCORE"] for _ in range(2)] == [1.0, 1.0]


def test_the_test_adds_its_items_up() -> None:
    package = read_package(packed())
    found = [package.items[0].process({"ONE": "A"}), package.items[1].process({"Y_0_0": "-12"})]
    assert package.process(found) == {"SCORE": 1.5}


VARIABLE = '<variable identifier="{}"/>'
ANSWERS = {
    "ONE": "A",
    "MANY": ["B", "A"],
    "ORDER": ["B", "A"],
    "COUNT": "3",
    "WORD": "relu",
    "TEXT": None,
    "PICK": "",
}


def base(value: str, kind: str = "float") -> str:
    return f'<baseValue baseType="{kind}">{value}</baseValue>'


def outcome(name: str, expression: str, responses: Mapping[str, str | list[str] | None] = ANSWERS) -> Value:
    """What an expression, written with names in braces for variables, sets an outcome to."""
    for identifier in (*ANSWERS, "SCORE"):
        expression = expression.replace(f"{{{identifier}}}", VARIABLE.format(identifier))
    start = CHOSEN.index("<responseProcessing>") + len("<responseProcessing>")
    text = f'{CHOSEN[:start]}<setOutcomeValue identifier="{name}">{expression}</setOutcomeValue></responseProcessing></assessmentItem>'
    return read_package(packed({**FILES, "items/chosen.xml": text})).items[0].process(responses)[name]


T, F, N = "<gte>{COUNT}{COUNT}</gte>", "<lt>{COUNT}{COUNT}</lt>", "<lt>{COUNT}<null/></lt>"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (T, True),
        (F, False),
        (N, None),
        ("<gte><null/>{COUNT}</gte>", None),
        ("<equal><null/><null/></equal>", None),
        ("<match>{TEXT}{TEXT}</match>", None),
        ("<isNull>{TEXT}</isNull>", True),
        ("<isNull>{PICK}</isNull>", True),
        ("<isNull>{COUNT}</isNull>", False),
        ("<isNull><null/></isNull>", True),
        ("<isNull><multiple/></isNull>", True),
        (f"<not>{T}</not>", False),
        (f"<not>{N}</not>", None),
        (f"<and>{T}{T}</and>", True),
        (f"<and>{T}{N}</and>", None),
        (f"<and>{N}{F}</and>", False),
        (f"<or>{F}{F}</or>", False),
        (f"<or>{F}{N}</or>", None),
        (f"<or>{N}{T}</or>", True),
        (f"<gt>{{COUNT}}{base('2.5')}</gt>", True),
        (f"<lte>{{COUNT}}{base('3', 'integer')}</lte>", True),
        (f"<equal>{{COUNT}}{base('3')}</equal>", True),
        (f"<match>{{WORD}}{base('relu', 'string')}</match>", True),
        (f"<match>{{WORD}}{base('ReLU', 'string')}</match>", False),
        ('<match>{MANY}<correct identifier="MANY"/></match>', True),
        ('<match>{ORDER}<correct identifier="ORDER"/></match>', True),
        (
            f"<match>{{ORDER}}<ordered>{base('A', 'identifier')}{base('B', 'identifier')}</ordered></match>",
            False,
        ),
        (f"<member>{base('A', 'identifier')}{{MANY}}</member>", True),
        (f"<member>{base('C', 'identifier')}{{MANY}}</member>", False),
        ("<member>{PICK}{MANY}</member>", None),
        (f"<contains>{{MANY}}<multiple>{base('A', 'identifier')}</multiple></contains>", True),
        (
            f"<contains>{{MANY}}<multiple>{base('A', 'identifier')}{base('A', 'identifier')}</multiple></contains>",
            False,
        ),
        ("<contains>{ORDER}<ordered>{ONE}</ordered></contains>", True),
        (f"<contains>{{ORDER}}<ordered>{{ONE}}{base('B', 'identifier')}</ordered></contains>", False),
        ("<null/>", None),
    ],
)
def test_what_is_true_false_or_null(expression: str, expected: bool | None) -> None:
    assert outcome("FOUND", expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (f"<sum>{base('0.5')}{{COUNT}}</sum>", 3.5),
        (f"<sum><multiple>{base('0.5')}<null/></multiple>{base('1')}</sum>", 1.5),
        (f"<product>{base('0.5')}{{COUNT}}</product>", 1.5),
        (f"<subtract>{base('0.5')}{{COUNT}}</subtract>", -2.5),
        (f"<divide>{{COUNT}}{base('2', 'integer')}</divide>", 1.5),
        ('<mapResponse identifier="MANY"/>', 1.5),
    ],
)
def test_numbers(expression: str, expected: float) -> None:
    assert outcome("NUMBER", expression) == expected


def test_a_sum_of_integers_is_an_integer() -> None:
    assert outcome("WHOLE", f"<sum>{{COUNT}}{base('4', 'integer')}</sum>") == 7


@pytest.mark.parametrize(
    "expression",
    [
        f"<sum>{base('1')}<null/></sum>",
        f"<divide>{{COUNT}}{base('0')}</divide>",
        f"<subtract>{base('1')}<null/></subtract>",
    ],
)
def test_numbers_that_are_null(expression: str) -> None:
    assert outcome("NUMBER", expression) is None
    with pytest.raises(Refused, match="SCORE is None"):
        outcome("SCORE", expression)


@pytest.mark.parametrize(
    ("chosen", "mapped"), [([], 0), (["C"], 0), (["A"], 1), (["A", "C"], 0), (["A", "B"], 1.5)]
)
def test_mapped_responses_keep_within_bounds(chosen: list[str], mapped: float) -> None:
    assert outcome("NUMBER", '<mapResponse identifier="MANY"/>', {"MANY": chosen}) == mapped


@pytest.mark.parametrize("typed", ["3.0", "3e0", "three", "", None])
def test_what_is_no_integer_is_null(typed: str | None) -> None:
    assert outcome("FOUND", "<isNull>{COUNT}</isNull>", {"COUNT": typed}) is True


def test_a_branch_is_not_taken_on_null() -> None:
    condition = """<responseCondition><responseIf><gt><variable identifier="COUNT"/><baseValue baseType="integer">0</baseValue></gt>{0}</responseIf>
     <responseElseIf><isNull><variable identifier="WORD"/></isNull>{1}</responseElseIf><responseElse>{2}</responseElse></responseCondition>"""
    set_to = (
        '<setOutcomeValue identifier="WHOLE"><baseValue baseType="integer">{}</baseValue></setOutcomeValue>'
    )
    start = CHOSEN.index("<responseProcessing>") + len("<responseProcessing>")
    rules = condition.format(*(set_to.format(branch) for branch in range(3)))
    text = f"{CHOSEN[:start]}{rules}</responseProcessing></assessmentItem>"
    item = read_package(packed({**FILES, "items/chosen.xml": text})).items[0]
    assert item.process({"COUNT": "1"})["WHOLE"] == 0
    assert item.process({})["WHOLE"] == 1
    assert item.process({"WORD": "relu", "COUNT": "-1"})["WHOLE"] == 2


@pytest.mark.parametrize(
    ("responses", "says"),
    [
        ({"TWO": "A"}, "no response TWO"),
        ({"ONE": "Z"}, "no choice Z"),
        ({"ONE": ["A", "B"]}, "2 answers where one"),
        ({"MANY": ["A", "A"]}, "each once"),
        ({"ORDER": ["A", "C"]}, "no choice C"),
    ],
)
def test_responses_that_nobody_could_give(responses: dict[str, str | list[str]], says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_package(packed()).items[0].process(responses)
