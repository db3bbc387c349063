"""Questions as Moodle XML: a category for each entry of the bank, in it one variant from each paper.

What a platform can mark is an "embedded answers (cloze)" question, what a person has to mark is an essay.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import BinaryIO, ClassVar
from xml.etree.ElementTree import Element

from ..document import Document
from ..frozen import frozen
from ..language import Language
from ..papers import Exam
from .cloze import cloze, weights, widths
from .decimals import decimal
from .fragment import element, fragment, markup
from .item import Item
from .layout import Layout, Spot
from .pictures import Picture
from .spool import Spool
from .titles import shortened, with_code
from .variant import Variant

FILES_OF_ANSWER = 3
"""How many files a student may hand in with an essay: photos of what was worked out by hand."""

_LONGEST_ID = 100
_LONGEST_TITLE = 150  # the name of a category, with the id, has room for 255 characters
_APART = "border-top: 1px solid #8f959e; margin-top: 1.2em; padding-top: 0.4em"
_PICTURE = "max-width: 100%; height: auto; vertical-align: middle"
_CELL = "border: 1px solid #8f959e; padding: 0.3em 0.5em; text-align: center"
_STYLES: Mapping[Spot, str] = {
    "label": "margin: 0.8em 0 0.2em",
    "line": "margin: 0.8em 0 0.4em",
    "wide": "overflow-x: auto",
    "table": "border-collapse: collapse; margin: 0.2em 0 0.8em",
    "cell": _CELL,
    "numbers": f"{_CELL}; white-space: nowrap",
    "kept": "display: inline-block; margin-right: 0.8em",
    "small": "font-size: 85%; margin: 0.2em 0",
}
_BLANK = re.compile(r'<blank name="(\w+)" />')


@frozen
class Question:
    """A question as it is written.

    Attributes
    ----------
    entry
        Of the bank: its category.
    title, points
        What is told of it there.
    xml
        As it stands in the file.
    """

    entry: str
    title: str
    points: str
    xml: bytes


@dataclass
class _Category:
    """What is told of the questions of an entry, as they come in."""

    title: str
    points: dict[str, None] = field(default_factory=dict)
    variants: int = 0

    def add(self, question: Question) -> None:
        self.points[question.points] = None
        self.variants += 1


class MoodleXML:
    """A file that Moodle's question bank takes in; title and id of the exam name its categories."""

    begins: ClassVar = b"<?xml"
    pays_mistakes: ClassVar = True

    def written(self, exam: Exam, variant: Variant) -> tuple[Question, ...]:  # noqa: ARG002
        """Write the questions of a paper."""
        return tuple(
            Question(item.entry, item.title, decimal(item.points), _question(item).encode())
            for item in variant.items
        )

    def put_together(
        self, exam: Exam, papers: Iterable[Iterable[Question]], file: BinaryIO, spool: Spool
    ) -> None:
        """Sort the questions of all papers into categories, in the order in which their entries come up."""
        categories: dict[str, _Category] = {}
        for question in (question for questions in papers for question in questions):
            categories.setdefault(question.entry, _Category(question.title)).add(question)
            spool.keep(question.entry, question.xml)
        file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
        for entry, category in categories.items():
            file.write(_category(exam, entry, category).encode())
            file.writelines(spool.pieces(entry))
        file.write(b"</quiz>\n")


def _category(exam: Exam, entry: str, category: _Category) -> str:
    of_exam = f"{exam.id}.{exam.attempt}" if exam.attempt else exam.id
    title = shortened(exam.title, _LONGEST_TITLE, _html)
    path = "/".join(["$course$", "top", *map(_step, ("convexam", f"{title} ({of_exam})", entry))])
    points = " or ".join(category.points)
    about = f"Mark of each in the exam: {points}. Variants: {category.variants}. Title: {category.title}"
    return (
        f'<question type="category">\n<category>{_text(path)}</category>\n'
        f'<info format="plain_text">{_text(about)}</info>\n'
        f"<idnumber>{_id(f'convexam.{of_exam}.{entry}')}</idnumber>\n</question>\n"
    )


def _step(name: str) -> str:
    """Write HTML as a name in the path of a category: a slash is doubled, and stands at neither end."""
    step = name.replace("/", "//")
    return f"{' ' * step.startswith('/')}{step}{' ' * step.endswith('/')}"


def _html(text: str) -> str:
    return escape(text, quote=False)


def _id(name: str) -> str:
    """Shorten what is too long for an ID number."""
    if len(name) <= _LONGEST_ID:
        return name
    return f"{name[: _LONGEST_ID - 17]}.{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _question(item: Item) -> str:
    name = with_code(item.title, item.name, _html)
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in item.tags)
    return (
        f'<question type="{"essay" if item.by_hand else "cloze"}">\n<name>{_text(name)}</name>\n'
        f"{_area('questiontext', _asked(item))}{_area('generalfeedback', _worked(item))}"
        f"<defaultgrade>{_mark(item)}</defaultgrade>\n<penalty>0</penalty>\n<hidden>0</hidden>\n"
        f"<idnumber>{_id(item.name)}</idnumber>\n{_essay(item) if item.by_hand else ''}"
        f"<tags>{tags}</tags>\n</question>\n"
    )


def _mark(item: Item) -> str:
    """Return what the question is worth by itself: a cloze is always worth the sum of its weights."""
    return decimal(item.points) if item.by_hand else str(sum(weights(item.blanks).values()))


def _essay(item: Item) -> str:
    """Write what only an essay has; what is right, and why, stands there for whoever marks it."""
    model = _Area()
    model.add(model.document((*item.model, *item.worked), item.language))
    return (
        "<responseformat>editor</responseformat>\n<responserequired>0</responserequired>\n"
        f"<responsefieldlines>10</responsefieldlines>\n<attachments>{FILES_OF_ANSWER}</attachments>\n"
        "<attachmentsrequired>0</attachmentsrequired>\n<maxbytes>0</maxbytes>\n"
        f'{_area("graderinfo", model)}<responsetemplate format="html"><text></text></responsetemplate>\n'
    )


# -- areas: a text, and the pictures that it shows ----------------------------------------------


@dataclass
class _Area:
    """A text of a question; Moodle keeps the files of each of them apart."""

    html: str = ""
    pictures: dict[str, Picture] = field(default_factory=dict)

    def document(self, document: Document, language: Language) -> list[Element]:
        """Write a document whose pictures go with the text."""
        return fragment(document, language, self._source)

    def add(self, elements: Sequence[Element]) -> None:
        """Add elements; no brace of theirs begins a blank."""
        for image in (image for each in elements for image in each.iter("img")):
            image.set("style", _PICTURE)
        self.html += markup(*elements).replace("{", "&#123;")

    def _source(self, picture: Picture) -> str:
        self.pictures[picture.name] = picture
        return f"@@PLUGINFILE@@/{picture.name}"


def _area(tag: str, area: _Area) -> str:
    files = "".join(
        f'<file name="{each.name}" path="/" encoding="base64">{b64encode(each.data).decode()}</file>\n'
        for each in area.pictures.values()
    )
    return f'<{tag} format="html">{_text(area.html)}\n{files}</{tag}>\n'


def _text(content: str) -> str:
    return f"<text><![CDATA[{content.replace(']]>', ']]]]><![CDATA[>')}]]></text>"


def _worked(item: Item) -> _Area:
    area = _Area()
    area.add(area.document(item.worked, item.language))
    return area


def _asked(item: Item) -> _Area:
    """Write what is asked: the prompt, the answers, and what the exam takes for granted."""
    area, language = _Area(), item.language
    layout = Layout(language, lambda blank: element("blank", name=blank.name), styles=_STYLES)
    area.add(area.document(item.prompt, language))
    area.add([made for part in item.parts for made in layout.part(part)])
    area.add(layout.asked_of_a_person(item))
    area.add([element("div", *layout.taken_for_granted(item), style=_APART)])
    worth, wide = weights(item.blanks) if item.parts else {}, widths(item.parts)
    blanks = {
        blank.name: cloze(blank, worth[blank.name], language, wide.get(blank.name, 0))
        for blank in item.blanks
    }
    area.html = _BLANK.sub(lambda found: blanks[found[1]], area.html)
    return area
