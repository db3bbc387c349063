"""A question of Canvas as an item of QTI 1.2."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element

from ..decimals import decimal
from ..fragment import element
from .questions import Question

RESPONSE = "response1"
_FULL = "100"
_READ = 4  # decimals that classic quizzes keep of what a student types


def item_xml(question: Question) -> Element:
    """Write a question."""
    item = element("item", _metadata(question), _presentation(question), ident=question.ident)
    item.set("title", question.title)
    if question.kind != "text_only_question":
        item.append(_processing(question))
        item.extend(_feedback(question))
    return item


def metadata(*fields: tuple[str, str]) -> Element:
    """Write pairs of names and values."""
    return element(
        "qtimetadata",
        *(
            element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))
            for label, entry in fields
        ),
    )


def _metadata(question: Question) -> Element:
    fields = [
        ("question_type", question.kind),
        ("points_possible", decimal(question.points)),
        ("assessment_question_identifierref", f"{question.ident}_ref"),
    ]
    if question.parent:
        fields.append(("parent_stimulus_item_ident", question.parent))
    return element("itemmetadata", metadata(*fields))


def _material(html: str) -> Element:
    return element("material", element("mattext", html, texttype="text/html"))


def _presentation(question: Question) -> Element:
    made = element("presentation", _material(question.text))
    match question.kind:
        case "numerical_question":
            box = element("render_fib", element("response_label", ident="answer1"), fibtype="Decimal")
            made.append(element("response_str", box, ident=RESPONSE, rcardinality="Single"))
        case "essay_question":
            box = element("render_fib", element("response_label", ident="answer1", rshuffle="No"))
            made.append(element("response_str", box, ident=RESPONSE, rcardinality="Single"))
        case "multiple_choice_question" | "multiple_answers_question":
            labels = (
                element("response_label", _material(each.text), ident=each.ident) for each in question.options
            )
            how_many = "Single" if question.kind == "multiple_choice_question" else "Multiple"
            box = element("render_choice", *labels)
            made.append(element("response_lid", box, ident=RESPONSE, rcardinality=how_many))
    return made


# -- marking ------------------------------------------------------------------------------------


def _processing(question: Question) -> Element:
    score = element("decvar", maxvalue=_FULL, minvalue="0", varname="SCORE", vartype="Decimal")
    made = element("resprocessing", element("outcomes", score))
    if question.feedback:
        made.append(_condition(element("other"), shown="general_fb"))
    for option in question.options:
        if option.feedback:
            made.append(_condition(_equal(option.ident), shown=f"{option.ident}_fb"))
    made.extend(_right(question))
    return made


def _right(question: Question) -> Iterator[Element]:
    """Yield what earns the points."""
    match question.kind:
        case "numerical_question":
            yield from (
                _condition(_near(number, question.tolerance), earns=True) for number in question.numbers
            )
        case "multiple_choice_question":
            yield from (
                _condition(_equal(each.ident), earns=True) for each in question.options if each.is_right
            )
        case "multiple_answers_question":
            chosen = (
                _equal(each.ident) if each.is_right else element("not", _equal(each.ident))
                for each in question.options
            )
            yield _condition(element("and", *chosen), earns=True)
        case _:
            made = _condition(element("other"))
            made.set("continue", "No")
            yield made


def _condition(when: Element, *, earns: bool = False, shown: str = "") -> Element:
    made = element("respcondition", element("conditionvar", when))
    made.set("continue", "No" if earns else "Yes")
    if earns:
        made.append(element("setvar", _FULL, action="Set", varname="SCORE"))
    if shown:
        made.append(element("displayfeedback", feedbacktype="Response", linkrefid=shown))
    return made


def _equal(answer: str) -> Element:
    return element("varequal", answer, respident=RESPONSE)


def _near(number: Fraction, tolerance: Fraction) -> Element:
    """Write by how much a number may differ: by less than Canvas itself rounds it, no student could be right.

    New Quizzes takes the margin as it is written here, and would else compute it in binary fractions; classic
    quizzes compute it from the bounds. Both read three equal numbers as an exact one.
    """
    written = decimal(number)
    centre = Fraction(written)
    if (centre * 10**_READ).denominator != 1:
        tolerance = max(tolerance, Fraction(1, 2 * 10**_READ))
    equal = _equal(written)
    if tolerance:
        equal.set("margintype", "absolute")
        equal.set("margin", decimal(tolerance))
    least = element("vargte", decimal(centre - tolerance), respident=RESPONSE)
    most = element("varlte", decimal(centre + tolerance), respident=RESPONSE)
    return element("or", equal, element("and", least, most))


# -- feedback -----------------------------------------------------------------------------------


def _feedback(question: Question) -> Iterator[Element]:
    if question.feedback:
        yield _told("general_fb", question.feedback)
    yield from (_told(f"{each.ident}_fb", each.feedback) for each in question.options if each.feedback)


def _told(ident: str, html: str) -> Element:
    return element("itemfeedback", element("flow_mat", _material(html)), ident=ident)
