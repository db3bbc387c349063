"""A reader of QTI 1.2 packages, as strict as Canvas's two importers together.

Rules of the package, and where each is from (RAN: tried with instructure/qti; read: in the source;
text2qti: what that writer, whose packages Canvas takes, writes):

- ``imsmanifest.xml`` at the root; one resource of type ``imsqti_xmlv1p2`` (RAN; New Quizzes reads one,
  read), its file by ``href`` or ``<file>``; ``assessment_meta.xml`` optional, a dependency of it (RAN,
  text2qti).
- Every file that the manifest names is there, every file there is named: others are not taken in.
- Pictures: ``$IMS-CC-FILEBASE$/path`` (also as ``%24IMS-CC-FILEBASE%24``), ``webcontent`` in the manifest,
  at that path in the archive (text2qti) or in ``web_resources/`` (documented for course exports).
- ``questestinterop`` in its namespace, one assessment, items in sections. A section in a section is a group
  of which ``selection_number`` items are drawn; ``points_per_item`` replaces the points of its items
  (read).
- ``question_type`` and ``points_possible`` in the metadata; without the second, classic says 1 and New
  Quizzes another number (read).
"""

from __future__ import annotations

import html
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import unquote

from .canvas_items import DECIMAL, GENERAL, blanks, feedbacks, text_of
from .canvas_marks import Answer, Blank
from .refusal import Refused, need, repeated

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
TYPES = (
    "numerical_question",
    "multiple_choice_question",
    "multiple_answers_question",
    "multiple_dropdowns_question",
    "fill_in_multiple_blanks_question",
    "short_answer_question",
    "essay_question",
    "text_only_question",
)
SHOWN = re.compile(r"(?:\$IMS-CC-FILEBASE\$|%24IMS-CC-FILEBASE%24)/?([^\"'<>\s)]*)")


@dataclass(frozen=True)
class Item:
    """An item as Canvas holds it; ``general`` is its feedback: ``general``, ``correct``, ``incorrect``."""

    identifier: str
    title: str
    type: str
    points: Fraction
    text: str
    blanks: tuple[Blank, ...]
    general: Mapping[str, str]
    images: Mapping[str, bytes]

    def mark(self, answers: Sequence[Answer]) -> Fraction:
        """Return the share of ``points`` that the answers earn, one for each blank."""
        if not self.blanks:
            raise ValueError(f"{self.identifier}: Canvas does not mark a {self.type}")
        pairs = zip(self.blanks, answers, strict=True)
        return sum((blank.mark(answer) for blank, answer in pairs), Fraction(0)) / len(self.blanks)

    def feedback(self, answers: Sequence[Answer]) -> tuple[str, ...]:
        """Return the feedback (HTML) that the answers bring up: of what was chosen, then of the item."""
        pairs = zip(self.blanks, answers, strict=True)
        chosen = [one.feedback for blank, answer in pairs for one in blank.taken(answer)]
        verdict = "correct" if self.mark(answers) == 1 else "incorrect"
        return tuple(
            text for text in (*chosen, self.general.get(verdict), self.general.get("general")) if text
        )


@dataclass(frozen=True)
class Section:
    """Items in a row, or a group of which ``pick`` are drawn."""

    title: str
    items: tuple[Item, ...]
    pick: int | None = None


@dataclass(frozen=True)
class Quiz:
    """A quiz of a package."""

    identifier: str
    title: str
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, those of groups too."""
        return tuple(item for section in self.sections for item in section.items)


def read(data: bytes) -> Quiz:
    """Read a package; `Refused` if Canvas would not take it in as it is written."""
    members = _members(data)
    path, meta = _manifest(members)
    quiz = _quiz(_xml(members, path), members)
    if meta:
        _check_meta(_xml(members, meta, plain=True), quiz)
    shown = {name for item in quiz.items for name in item.images}
    unshown = set(members) - shown - {"imsmanifest.xml", path, meta}
    need(not unshown, "package", f"pictures that no item shows: {sorted(unshown)}")
    return quiz


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
            twice = repeated(names)
            need(not twice, "package", f"{twice} twice")
            for name in names:
                parts = name.split("/")
                need("\\" not in name and not {"", ".", ".."} & set(parts), "package", f"path {name!r}")
            return {name: archive.read(name) for name in names}
    except zipfile.BadZipFile as error:
        raise Refused(f"package: {error}") from None


def _xml(members: Mapping[str, bytes], name: str, *, plain: bool = False) -> ET.Element:
    """Parse a member; names lose their namespace."""
    need(name in members, name, "not in the package")
    try:
        root = ET.fromstring(members[name])
    except ET.ParseError as error:
        raise Refused(f"{name}: {error}") from None
    if not plain:
        need(root.tag == f"{{{NAMESPACE}}}questestinterop", name, f"questestinterop of {NAMESPACE} expected")
    for element in root.iter():
        element.tag = element.tag.split("}")[-1]
    return root


def _manifest(members: Mapping[str, bytes]) -> tuple[str, str]:
    """Return the paths of the assessment and of its meta file (empty if none); files and names agree."""
    root = _xml(members, "imsmanifest.xml", plain=True)
    need(root.tag == "manifest", "imsmanifest.xml", "<manifest> expected")
    resources = root.findall("resources/resource")
    idents = [one.get("identifier", "") for one in resources]
    need(all(idents) and not repeated(idents), "imsmanifest.xml", f"identifiers of resources: {idents}")
    files = {ident: _hrefs(one) for ident, one in zip(idents, resources, strict=True)}
    named = [path for paths in files.values() for path in paths]
    for path in sorted(set(named) ^ (set(members) - {"imsmanifest.xml"})):
        raise Refused(f"{path}: " + ("not in the package" if path in named else "not in the manifest"))
    for one in resources:
        kind = one.get("type")
        need(kind in ("imsqti_xmlv1p2", META, "webcontent"), "imsmanifest.xml", f"unknown type {kind!r}")
    tests = [one for one in resources if one.get("type") == "imsqti_xmlv1p2"]
    need(len(tests) == 1, "imsmanifest.xml", f"{len(tests)} resources imsqti_xmlv1p2, one expected")
    needed = [one.get("identifierref", "") for one in tests[0].findall("dependency")]
    need(set(needed) <= set(idents), "imsmanifest.xml", f"dependencies {needed}")
    metas = [ident for ident, one in zip(idents, resources, strict=True) if one.get("type") == META]
    need(len(metas) < 2 and set(metas) <= set(needed), "imsmanifest.xml", "the meta file is one dependency")
    (path,) = files[tests[0].get("identifier", "")]
    return path, next((files[ident][0] for ident in metas), "")


def _hrefs(resource: ET.Element) -> list[str]:
    paths = [unquote(one.get("href", "")) for one in resource.findall("file")]
    own = unquote(resource.get("href", "")) or (paths[0] if paths else "")
    need(own and set(paths) <= {own}, "imsmanifest.xml", f"one file expected, not {paths or [own]}")
    return [own]


def _check_meta(meta: ET.Element, quiz: Quiz) -> None:
    where = "assessment_meta.xml"
    need(meta.tag == "quiz", where, "<quiz> expected")
    need(meta.get("identifier") == quiz.identifier, where, "identifier of another assessment")
    need(meta.findtext("title") == quiz.title, where, "another title")
    points = sum(
        (item.points * (section.pick or len(section.items)) / len(section.items))
        for section in quiz.sections
        for item in section.items
    )
    stated = meta.findtext("points_possible")
    need(stated is None or DECIMAL.fullmatch(stated), where, f"points_possible {stated!r}")
    need(
        stated is None or Fraction(stated) == points,
        where,
        f"points_possible {stated}, but the items make {points}",
    )


def _quiz(root: ET.Element, members: Mapping[str, bytes]) -> Quiz:
    assessments = root.findall("assessment")
    need(len(assessments) == 1, "questestinterop", "one assessment expected")
    (assessment,) = assessments
    title = assessment.get("title", "")
    need(title, "assessment", "no title")
    sections: list[Section] = []
    for section in assessment.findall("section"):
        sections += _sections(section, members)
    items = [item for section in sections for item in section.items]
    need(items, "assessment", "no items")
    need(
        len(items) == len(list(root.iter("item"))), "assessment", "items out of sections, or too deep in them"
    )
    twice = repeated(item.identifier for item in items)
    need(not twice, f"item {twice}", "the ident of two items")
    return Quiz(assessment.get("ident", ""), title, tuple(sections))


def _sections(root: ET.Element, members: Mapping[str, bytes]) -> list[Section]:
    """Cut a section at its groups."""
    found: list[Section] = []
    loose: list[Item] = []
    for child in root:
        if child.tag == "item":
            loose.append(_item(child, members))
        if child.tag == "section":
            found += [Section("", tuple(loose))] if loose else []
            loose = []
            found.append(_group(child, members))
    return found + ([Section("", tuple(loose))] if loose else [])


def _group(section: ET.Element, members: Mapping[str, bytes]) -> Section:
    title = section.get("title", "")
    where = f"group {title!r}"
    items = tuple(_item(child, members) for child in section.findall("item"))
    selection = section.find("selection_ordering/selection")
    need(items, where, "no items")
    if selection is None:
        return Section(title, items)
    pick = selection.findtext("selection_number") or ""
    need(pick.isdigit() and 0 < int(pick) <= len(items), where, f"{pick!r} of {len(items)} items")
    points = selection.findtext("selection_extension/points_per_item")
    same = {item.points for item in items} | ({Fraction(points)} if points else set())
    need(len(same) == 1, where, "its items have to be worth the same")
    return Section(title, items, int(pick))


def _item(element: ET.Element, members: Mapping[str, bytes]) -> Item:
    ident = element.get("ident", "")
    where = f"item {ident}"
    need(ident, where, "no ident")
    fields = element.findall("itemmetadata/qtimetadata/qtimetadatafield")
    labels = [one.findtext("fieldlabel") or "" for one in fields]
    need(not repeated(labels), where, f"metadata {labels}")
    metadata = {label: one.findtext("fieldentry") or "" for label, one in zip(labels, fields, strict=True)}
    kind, points = metadata.get("question_type", ""), metadata.get("points_possible", "")
    need(kind in TYPES, where, f"question_type {kind!r} is not read here, or unknown to Canvas")
    need(DECIMAL.fullmatch(points) and Fraction(points) >= 0, where, f"points_possible {points!r}")
    materials = element.findall("presentation/material")
    need(len(materials) == 1, where, f"{len(materials)} <material>, one expected")
    text = text_of(materials[0], where)
    need(text, where, "no text")
    notes = feedbacks(element, where)
    if kind == "text_only_question":
        need(
            element.find("resprocessing") is None and Fraction(points) == 0, where, "a text is worth nothing"
        )
    return Item(
        identifier=ident,
        title=element.get("title", ""),
        type=kind,
        points=Fraction(points),
        text=text,
        blanks=() if kind == "text_only_question" else blanks(element, kind, text, notes, where),
        general={GENERAL[name]: note for name, note in notes.items() if name in GENERAL},
        images=_images(element, members, where),
    )


def _images(element: ET.Element, members: Mapping[str, bytes], where: str) -> dict[str, bytes]:
    """Find the pictures of an item in the package."""
    found: dict[str, bytes] = {}
    for text in element.iter("mattext"):
        for shown in SHOWN.findall(text.text or ""):
            path = unquote(html.unescape(shown).split("?")[0])
            name = next((one for one in (path, f"web_resources/{path}") if one in members), "")
            need(name, where, f"{path} is shown, but not in the package")
            found[name] = members[name]
    return found
