"""The items of a QTI 1.2 package, as Canvas reads them.

Two importers read them: that of classic quizzes (instructure/QTIMigrationTool, then
gems/plugins/qti_exporter in canvas-lms) and that of New Quizzes (instructure/qti). What either refuses, or
the two mark differently, is refused here.

- Every number in a condition of a numerical_question is a right answer to classic, with or without
  ``setvar``, whatever the ``setvar`` says; New Quizzes takes those with one (read). So wrong numbers cannot
  have feedback.
- A number needs ``varequal``, ``vargte`` and ``varlte``, or the bounds only, or New Quizzes raises (read).
  Classic takes upper bound less number as the margin, New Quizzes the attribute ``margin``, or number less
  lower bound in floats, 0.009999999999999787 for 0.01 (RAN, read).
- Numbers are plain decimals: questions with exponents were reported to be invisible in New Quizzes.
- Every text in a short_answer_question, and every label in a fill_in_multiple_blanks_question, is right to
  classic, whatever the conditions say (read).
- A choice counts as the last condition that names it says: feedback goes before the mark (read). Any
  ``setvar`` above 0 makes it wholly right (read), so only 100 passes here.
- multiple_answers_question: one ``and``, the wrong ones under ``not`` (read).
- multiple_dropdowns_question: ``setvar`` must add, and the labels of all blanks are one set (read).
- Placeholders ``[name]`` and ``response_name``; other characters than ``A-Za-z0-9._-`` are replaced (read).
- Classic finds general feedback by parts of the id, so ids of answers may not hold them (read).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

from .canvas_marks import Blank, Known, number
from .markup import TAG, check_markup
from .refusal import need, repeated

DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
GENERAL = {"general_fb": "general", "correct_fb": "correct", "general_incorrect_fb": "incorrect"}
RESERVED = re.compile(r"wrong|correct|solution|general_|_all|_IC$|_C$", re.I)
NAME = re.compile(r"[A-Za-z0-9._-]+")


def feedbacks(item: ET.Element, where: str) -> dict[str, str]:
    """Return the feedback by its id: each is linked, and each link has one."""
    found = item.findall("itemfeedback")
    idents = [one.get("ident", "") for one in found]
    twice = repeated(idents)
    need(not twice, where, f"feedback {twice!r} twice")
    links = {link.get("linkrefid", "") for link in item.iter("displayfeedback")}
    need(links == set(idents), where, f"feedback without its link or text: {sorted(links ^ set(idents))}")
    for ident in set(idents) - set(GENERAL):
        need(ident.endswith("_fb"), where, f"feedback {ident!r} would not be shown")
        need(not RESERVED.search(ident), where, f"classic would take feedback {ident!r} for a general one")
    return {one.get("ident", ""): text_of(one, where) for one in found}


def text_of(element: ET.Element, where: str) -> str:
    """Return the one text in an element, HTML or plain."""
    found = list(element.iter("mattext"))
    need(len(found) == 1, where, f"{len(found)} <mattext> in <{element.tag}>, one expected")
    need(not len(found[0]), where, "elements in <mattext>: HTML goes in as entities")
    text = (found[0].text or "").strip()
    if found[0].get("texttype") == "text/html":
        check_markup(text, where)
    return text


def blanks(item: ET.Element, kind: str, text: str, notes: dict[str, str], where: str) -> tuple[Blank, ...]:
    """Return the blanks of an item in the order of its text."""
    conditions = item.findall("resprocessing/respcondition")
    for scale in item.iterfind("resprocessing/outcomes/decvar"):
        need(scale.get("maxvalue", "100") == "100", where, "scores go up to 100")
    lists, fields = item.findall("presentation/response_lid"), item.findall("presentation/response_str")
    idents = [one.get("ident", "") for one in [*lists, *fields]]
    for used in item.findall("resprocessing//*[@respident]"):
        need(used.get("respident") in idents, where, f"no response {used.get('respident')!r}")
    if kind in ("multiple_dropdowns_question", "fill_in_multiple_blanks_question"):
        need(lists and not fields, where, "one response_lid for each blank expected")
        return _named(lists, kind, text, conditions, where)
    if kind in ("multiple_choice_question", "multiple_answers_question"):
        need(len(lists) == 1 and not fields, where, "one response_lid expected")
        return (_choices(lists[0], kind, conditions, notes, where),)
    need(len(fields) == 1 and not lists, where, "one response_str expected")
    field = fields[0].find("render_fib")
    need(field is not None, where, "no render_fib")
    assert field is not None
    decimal = field.get("fibtype") == "Decimal"
    need(
        decimal == (kind == "numerical_question"), where, "fibtype Decimal is for numbers, and only for them"
    )
    if kind == "essay_question":
        need(not list(item.iter("varequal")), where, "an essay with answers would be a short answer")
        return ()
    known = _numbers if kind == "numerical_question" else _texts
    found = tuple(one for condition in conditions for one in known(condition, notes, where))
    need(found, where, "no right answer")
    return (Blank("number" if decimal else "text", found),)


def _score(condition: ET.Element, where: str, action: str = "Set") -> bool:
    """Tell if a condition gives the mark."""
    found = condition.find("setvar")
    if found is None:
        return False
    need(found.get("varname", "SCORE") == "SCORE", where, f"varname {found.get('varname')!r}")
    need(found.get("action") == action, where, f"setvar {action} expected")
    if action == "Set":
        need(found.text == "100", where, f"setvar {found.text}: classic makes it 100")
    return True


def _note(condition: ET.Element, notes: dict[str, str]) -> str:
    links = [link.get("linkrefid", "") for link in condition.findall("displayfeedback")]
    return "".join(notes[link] for link in links if link not in GENERAL)


def _numbers(condition: ET.Element, notes: dict[str, str], where: str) -> list[Known]:
    parts = {part: list(condition.iter(part)) for part in ("varequal", "vargte", "varlte", "vargt", "varlt")}
    if not any(parts.values()):
        need(not _score(condition, where), where, "a mark for no number")
        return []
    need(_score(condition, where), where, "a number without a mark: to classic it is right all the same")
    need(not parts["vargt"] and not parts["varlt"], where, "significant digits are not read here")
    texts = {part: [(one.text or "").strip() for one in found] for part, found in parts.items()}
    for text in (one for several in texts.values() for one in several):
        need(DECIMAL.fullmatch(text), where, f"{text!r} is no number")
    shape = [len(texts[part]) for part in ("varequal", "vargte", "varlte")]
    need(shape in ([1, 1, 1], [0, 1, 1]), where, "varequal, vargte and varlte expected, or the two bounds")
    low, high = Fraction(texts["vargte"][0]), Fraction(texts["varlte"][0])
    need(low <= high, where, f"from {low} to {high}")
    if texts["varequal"]:
        need(
            condition.find("conditionvar/or/and") is not None,
            where,
            "varequal or (vargte and varlte) expected",
        )
        same = {texts["varequal"][0] == texts[bound][0] for bound in ("vargte", "varlte")}
        need(
            len(same) == 1, where, "bounds written like the number, or both unlike it, or New Quizzes raises"
        )
        _check_margin(parts["varequal"][0], low, high, where)
    text = (texts["varequal"] or [f"{texts['vargte'][0]} to {texts['varlte'][0]}"])[0]
    return [Known(text, right=True, feedback=_note(condition, notes), low=low, high=high)]


def _check_margin(equal: ET.Element, low: Fraction, high: Fraction, where: str) -> None:
    """Refuse bounds and a margin of which the two importers make different ranges."""
    text = (equal.text or "").strip()
    exact = Fraction(text)
    need(exact - low == high - exact, where, f"{text} is not in the middle of its bounds")
    margin = equal.get("margin")
    need(equal.get("margintype", "absolute") == "absolute", where, "margintype absolute expected")
    need(margin is None or DECIMAL.fullmatch(margin), where, f"margin {margin!r}")
    taken = margin or repr(float(text) - float(low))
    why = f"New Quizzes takes the margin {taken}, not that of the bounds"
    need(Fraction(taken) == high - exact, where, why)
    kept = number(text)
    need(kept is not None and low <= kept <= high, where, f"{text} is out of its bounds at four decimals")


def _texts(condition: ET.Element, notes: dict[str, str], where: str) -> list[Known]:
    texts = [(one.text or "").strip() for one in condition.iter("varequal")]
    scored = _score(condition, where)
    need(scored == bool(texts), where, "a text without a mark: to classic it is right all the same")
    need(all(texts), where, "an empty text is ignored")
    return [Known(text, right=True, feedback=_note(condition, notes)) for text in texts]


def _labels(response: ET.Element, where: str) -> dict[str, str]:
    labels = response.findall("render_choice/response_label")
    idents = [one.get("ident", "") for one in labels]
    need(all(idents) and not repeated(idents), where, f"ids of options: {idents}")
    need(
        "scoring_algorithm" not in {name for one in labels for name in one.attrib},
        where,
        "classic knows no patterns",
    )
    return {ident: text_of(one, where) for ident, one in zip(idents, labels, strict=True)}


def _choices(
    response: ET.Element, kind: str, conditions: list[ET.Element], notes: dict[str, str], where: str
) -> Blank:
    several = kind == "multiple_answers_question"
    cardinality = "Multiple" if several else "Single"
    need(response.get("rcardinality") == cardinality, where, f"rcardinality {cardinality} expected")
    labels = _labels(response, where)
    need(len(labels) > 1, where, "fewer than two options")
    right: dict[str, bool] = dict.fromkeys(labels, False)
    feedback: dict[str, str] = {}
    marks = 0
    for condition in conditions:
        named = [(one.text or "").strip() for one in condition.iter("varequal")]
        for ident in named:
            need(ident in labels, where, f"no option {ident!r}")
        scored = _score(condition, where)
        marks += scored
        if scored and several:
            _check_and(condition, set(labels), where)
            named = [(one.text or "").strip() for one in condition.findall("conditionvar/and/varequal")]
        else:
            need(len(named) == 1 or not (named or scored), where, "one option in a condition expected")
        for ident in named:
            need(
                scored or not right[ident], where, f"feedback after the mark makes {ident!r} wrong to classic"
            )
            right[ident] = scored
            feedback[ident] = feedback.get(ident, "") + _note(condition, notes)
    need(any(right.values()), where, "no right answer")
    need(marks == 1 or not several, where, "one condition with the mark expected")
    known = tuple(Known(labels[ident], right[ident], feedback.get(ident, "")) for ident in labels)
    return Blank("choices" if several else "choice", known)


def _check_and(condition: ET.Element, labels: set[str], where: str) -> None:
    """Refuse what is not one ``and`` of all options, the wrong ones under ``not``."""
    yes = [one.text or "" for one in condition.findall("conditionvar/and/varequal")]
    no = [one.text or "" for one in condition.findall("conditionvar/and/not/varequal")]
    named = [text.strip() for text in yes + no]
    need(
        set(named) == labels and not repeated(named),
        where,
        "all options in one <and>, wrong ones in <not>, expected",
    )


def _named(
    responses: list[ET.Element], kind: str, text: str, conditions: list[ET.Element], where: str
) -> tuple[Blank, ...]:
    scored = _added(conditions, len(responses), where)
    listed = kind == "multiple_dropdowns_question"
    found, every = [], []
    for response in responses:
        ident = response.get("ident", "")
        name = ident.removeprefix("response_")
        need(
            ident != name and NAME.fullmatch(name),
            where,
            f"ident {ident!r}: response_ and a plain name expected",
        )
        times = text.count(f"[{name}]")
        need(times == 1, where, f"[{name}] is {times} times in the text")
        place = f"{where}, blank {name}"
        known = {
            label: Known(shown, (ident, label) in scored) for label, shown in _labels(response, place).items()
        }
        for one in known.values():
            need(one.text and not TAG.search(one.text), place, f"option {one.text!r}: plain text expected")
            need(one.right or listed, place, f"{one.text!r} earns nothing, but is right to classic")
        need(any(one.right for one in known.values()), place, "no right answer")
        found.append(Blank("choice" if listed else "text", tuple(known.values()), name))
        every += [(ident, label) for label in known]
    twice = repeated(label for _, label in every)
    need(not twice, where, f"option {twice!r} in two blanks is one option to classic")
    need(scored <= set(every), where, f"no such option: {sorted(scored - set(every))}")
    return tuple(sorted(found, key=lambda blank: text.index(f"[{blank.name}]")))


def _added(conditions: list[ET.Element], count: int, where: str) -> set[tuple[str, str]]:
    """Return the options that earn their blank's share; to Canvas all blanks weigh the same."""
    scored = set()
    for condition in conditions:
        if not _score(condition, where, "Add"):
            continue
        named = list(condition.iter("varequal"))
        need(len(named) == 1, where, "one option in a condition expected")
        share = condition.findtext("setvar") or ""
        need(DECIMAL.fullmatch(share), where, f"setvar {share!r}")
        need(
            abs(Fraction(share) * count - 100) <= Fraction(count, 50),
            where,
            f"setvar {share}: blanks weigh the same",
        )
        scored.add((named[0].get("respident", ""), (named[0].text or "").strip()))
    return scored
