r"""A reader of Moodle XML, as strict as Moodle's importer and stricter where that changes things silently.

Rules, and where each is from (RAN: tried with Moodle 4.5.6; read: in Moodle's source; documented):

- A question goes into the last category before it; ids of categories and questions (RAN). Ids hold 100
  characters, names 255, tags 50 (read). A second question of the same idnumber in a category loses it
  (read).
- Shares of answers outside a cloze must be of the grade list, to 0.00001, or nothing is imported (RAN,
  read).
- shortanswer needs an answer of 100 % (read); numerical and multichoice are imported without one, and
  refused here. Multichoice needs two options; if several may be right, the positive shares add up to 1 at
  two decimals (read).
- Text with elements in it is "invalid XML": HTML needs CDATA or entities (read).
- Files lie beside the text that shows them, path with a slash at both ends, always read as base64 (read).
- A cloze weighs the sum of its parts, whatever ``<defaultgrade>`` says; a description weighs 0 (read).
- Elements that the importer does not know it passes over (read); refused here. Units, ``truefalse``,
  ``matching`` and the calculated types are not read here.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import unquote

from .markup import check_markup
from .moodle_cloze import check_alternatives, check_number, parse
from .moodle_marks import Alternative, Answer, Blank, Kind
from .refusal import Refused, need, repeated

COMMON = "name questiontext generalfeedback defaultgrade penalty hidden idnumber tags hint"
CHILDREN = {
    "cloze": "",
    "description": "",
    "essay": "responseformat responserequired responsefieldlines minwordlimit maxwordlimit attachments "
    "attachmentsrequired maxbytes filetypeslist graderinfo responsetemplate",
    "numerical": "answer unitgradingtype unitpenalty showunits unitsleft",
    "shortanswer": "usecase answer",
    "multichoice": "single shuffleanswers answernumbering showstandardinstruction correctfeedback "
    "partiallycorrectfeedback incorrectfeedback shownumcorrect answer",
}
FORMATS = ("moodle_auto_format", "html", "plain_text", "markdown")
ESSAYS = ("editor", "editorfilepicker", "plain", "monospaced", "noinline")
GRADES = "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0"
SHARES = [Fraction(sign + g) / 100 for g in GRADES.split() for sign in "+-"]
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
SHOWN = re.compile(r"@@PLUGINFILE@@(/[^\"'<>\s)]*)")


@dataclass(frozen=True)
class Question:
    """A question as Moodle holds it; ``text`` has ``{#1}``, ``{#2}``, ... for the blanks of a cloze."""

    category: str
    category_idnumber: str
    idnumber: str
    name: str
    type: str
    default_mark: Fraction
    text: str
    general_feedback: str
    blanks: tuple[Blank, ...]
    tags: tuple[str, ...]
    files: Mapping[str, bytes]

    def mark(self, answers: Sequence[Answer]) -> Fraction:
        """Return the share of ``default_mark`` that the answers earn, one for each blank."""
        if not self.blanks:
            raise ValueError(f"{self.name}: Moodle does not mark a {self.type}")
        earned = sum(
            (blank.weight * blank.mark(answer) for blank, answer in zip(self.blanks, answers, strict=True)),
            Fraction(0),
        )
        return earned / sum(blank.weight for blank in self.blanks)

    def feedback(self, answers: Sequence[Answer]) -> tuple[tuple[str, ...], ...]:
        """Return the feedback (HTML) beside each blank."""
        return tuple(blank.feedback(answer) for blank, answer in zip(self.blanks, answers, strict=True))


def read(data: bytes) -> tuple[Question, ...]:
    """Read a Moodle XML file; `Refused` if the importer would not take it in as it is written."""
    try:
        quiz = ET.fromstring(data.decode("utf-8-sig"))
    except (ET.ParseError, UnicodeDecodeError) as error:
        raise Refused(f"file: {error}") from None
    need(quiz.tag == "quiz", "file", f"<quiz> expected, not <{quiz.tag}>")
    need(len(quiz), "file", "no questions")
    need(all(child.tag == "question" for child in quiz), "file", "something else than <question>")
    category, questions = ("", ""), []
    categories: dict[str, str] = {}
    for element in quiz:
        if element.get("type") == "category":
            category = _category(element)
            other = categories.setdefault(category[1], category[0]) if category[1] else category[0]
            need(other == category[0], category[0], f"idnumber {category[1]!r} is that of {other}")
        else:
            questions.append(_question(element, *category))
    need(questions, "file", "no questions")
    twice = repeated(f"{q.category}: {q.idnumber}" for q in questions if q.idnumber)
    need(not twice, twice, "the idnumber of two questions; the second would lose it")
    return tuple(questions)


def _category(element: ET.Element) -> tuple[str, str]:
    path = _text(element, "category", "category")
    _known(element, "category info idnumber", f"category {path}")
    names = re.split("(?<!/)/(?!/)", path)
    need(all(name.strip() for name in names), f"category {path!r}", "a name is empty")
    for name in names:
        _check_name(name.strip(), f"category {path}")
    return path, _idnumber(element, f"category {path}")


def _question(element: ET.Element, category: str, category_idnumber: str) -> Question:
    name = _text(element, "name", "question")
    kind = element.get("type", "")
    where = f"{kind} {name!r}"
    kind = "cloze" if kind == "multianswer" else kind
    need(kind in CHILDREN, where, "a type that is not read here, or unknown to Moodle")
    need(name, where, "no name")
    _check_name(name, where)
    _known(element, f"{COMMON} {CHILDREN[kind]}", where)
    need(_text(element, "questiontext", where), where, "no text")
    text, blanks, grade = _blanks(element, kind, where)
    return Question(
        category=category,
        category_idnumber=category_idnumber,
        idnumber=_idnumber(element, where),
        name=name,
        type=kind,
        default_mark=grade,
        text=text,
        general_feedback=_text(element, "generalfeedback", where),
        blanks=blanks,
        tags=_tags(element, where),
        files=_files(element, where),
    )


def _blanks(element: ET.Element, kind: str, where: str) -> tuple[str, tuple[Blank, ...], Fraction]:
    """Return the text, the blanks and what the question weighs."""
    text = _text(element, "questiontext", where)
    stated = element.findtext("defaultgrade")
    grade = _decimal(stated or "1", f"{where}, defaultgrade")
    blanks: tuple[Blank, ...] = ()
    if kind == "cloze":
        text, blanks = parse(text, where)
        weights = Fraction(sum(blank.weight for blank in blanks))
        need(weights, where, "all weights are 0")
        need(
            stated is None or grade == weights,
            where,
            f"defaultgrade {stated}, but the weights add up to {weights}",
        )
        return text, blanks, weights
    if kind == "description":
        need(stated is None or not grade, where, "a description weighs 0")
        return text, (), Fraction(0)
    if kind == "essay":
        form = element.findtext("responseformat") or "editor"
        need(form in ESSAYS, where, f"unknown responseformat {form!r}")
    else:
        blanks = (_part(element, kind, where),)
    return text, blanks, grade


def _part(element: ET.Element, kind: str, where: str) -> Blank:
    """Read the answers of a question that is no cloze."""
    answers = tuple(_answer(answer, kind, where) for answer in element.findall("answer"))
    if kind == "multichoice":
        single = _flag(element, "single", "true", where)
        shuffled = _flag(element, "shuffleanswers", "false", where)
        form: Kind = "MULTICHOICE" if single else "MULTIRESPONSE"
        check_alternatives(form, answers, where)
        total = sum((a.fraction for a in answers if a.fraction > 0), Fraction(0))
        need(single or round(total, 2) == 1, where, f"the positive shares add up to {float(total):.0%}")
        return Blank(form, 1, answers, "vertical", shuffled)
    if kind == "shortanswer":
        form = "SHORTANSWER_C" if _flag(element, "usecase", "0", where) else "SHORTANSWER"
    else:
        form = "NUMERICAL"
        need((element.findtext("showunits") or "3") == "3", where, "units are not read here")
    check_alternatives(form, answers, where)
    return Blank(form, 1, answers)


def _answer(element: ET.Element, kind: str, where: str) -> Alternative:
    where = f"{where}, answer {element.findtext('text')!r}"
    _known(element, "text feedback file" + " tolerance" * (kind == "numerical"), where)
    text, feedback = _own_text(element, where), _text(element, "feedback", where)
    check_markup(feedback, where)
    share = _decimal(element.get("fraction", "0"), f"{where}, fraction") / 100
    need(
        any(abs(share - known) < Fraction("0.00001") for known in SHARES),
        where,
        "fraction not in the grade list",
    )
    if kind == "multichoice":
        check_markup(text, where)
    if kind != "numerical" or text == "*":
        return Alternative(text, share, feedback)
    tolerance = (element.findtext("tolerance") or "0").strip()
    for number in (text, tolerance):
        need(PLAIN_NUMBER.fullmatch(number.replace(",", ".")), where, f"{number!r} is no number")
        check_number(number, where)
    need(float(tolerance) >= 0, where, f"tolerance {tolerance} would lose its sign")
    return Alternative(text, share, feedback, float(tolerance))


def _tags(element: ET.Element, where: str) -> tuple[str, ...]:
    tags = tuple(_own_text(tag, where) for tag in element.iterfind("tags/tag"))
    for tag in tags:
        need(tag and len(tag) <= 50, where, f"tag {tag!r}: 1 to 50 characters")
        need(not re.search(r"[<>`\x00-\x1f\x7f]|\s\s", tag), where, f"tag {tag!r} would lose characters")
    twice = repeated(tag.casefold() for tag in tags)
    need(not twice, where, f"tag {twice!r} twice")
    return tags


def _files(element: ET.Element, where: str) -> dict[str, bytes]:
    """Read the files beside each text; each is shown there, and nothing else."""
    every: dict[str, bytes] = {}
    for holder in element.iter():
        files = [_file(file, where) for file in holder.findall("file")]
        twice = repeated(path for path, _ in files)
        need(not twice, where, f"file {twice} twice")
        paths = {path for path, _ in files}
        shown = {
            unquote(html.unescape(path).split("?")[0])
            for path in SHOWN.findall(holder.findtext("text") or "")
        }
        for path in sorted(shown ^ paths):
            need(
                False,
                where,
                f"{path} is " + ("shown, without a <file>" if path in shown else "a file not shown"),
            )
        every.update(files)
    return every


def _file(element: ET.Element, where: str) -> tuple[str, bytes]:
    name, path = element.get("name", ""), element.get("path", "/")
    where = f"{where}, file {path}{name}"
    need(name and not re.search(r"[\x00-\x1f&<>\"`|':\\/]|\.\.", name), where, "a name that Moodle refuses")
    need(path.startswith("/") and path.endswith("/"), where, "the path needs a slash at both ends")
    need(element.get("encoding") == "base64", where, "files are read as base64")
    try:
        data = base64.b64decode("".join((element.text or "").split()), validate=True)
    except binascii.Error as error:
        raise Refused(f"{where}: {error}") from None
    need(data, where, "empty")
    return path + name, data


def _text(element: ET.Element, name: str, where: str) -> str:
    """Return the trimmed ``<text>`` in the child of that name; empty if there is none."""
    found = element.findall(name)
    need(len(found) < 2, where, f"<{name}> twice")
    return _own_text(found[0], f"{where}, {name}") if found else ""


def _own_text(element: ET.Element, where: str) -> str:
    texts = element.findall("text")
    need(len(texts) == 1, where, f"{len(texts)} <text>, one expected")
    need(not len(texts[0]), where, "elements in <text>: HTML goes into CDATA")
    form = element.get("format", "html")
    need(form in FORMATS, where, f"unknown format {form!r}")
    return (texts[0].text or "").strip()


def _idnumber(element: ET.Element, where: str) -> str:
    found = element.findtext("idnumber") or ""
    need(found == found.strip(), where, f"idnumber {found!r} has space at an end")
    need(len(found) <= 100, where, f"idnumber of {len(found)} characters, 100 fit")
    return found


def _check_name(name: str, where: str) -> None:
    need(len(name) <= 255, where, f"a name of {len(name)} characters, 255 fit")
    need(not re.search(r"<\S", name), where, f"name {name!r}: markup would go")


def _known(element: ET.Element, names: str, where: str) -> None:
    for child in element:
        need(child.tag in names.split(), where, f"<{child.tag}> would be passed over")


def _flag(element: ET.Element, name: str, default: str, where: str) -> bool:
    value = (element.findtext(name) or default).strip()
    need(value in ("true", "false", "1", "0"), where, f"<{name}> {value!r}")
    return value in ("true", "1")


def _decimal(text: str, where: str) -> Fraction:
    need(PLAIN_NUMBER.fullmatch(text), where, f"{text!r} is no number")
    return Fraction(text)
