"""The package: a manifest, and for each paper a quiz with its settings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element, indent, tostring

from ...papers import Exam
from ..decimals import decimal
from ..fragment import element
from ..item import Item
from ..package import Member, zip_bytes
from ..titles import with_code
from .item_xml import item_xml, metadata
from .questions import Question, questions_of
from .stems import FOLDER, Stems

_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_ASSESSMENT = "imsqti_xmlv1p2"
_SETTINGS = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def canvas_package(exam: Exam, papers: Sequence[Sequence[Item]]) -> bytes:
    """Pack the papers of an exam, each as a quiz.

    Parameters
    ----------
    exam
        Its title stands before the code of each paper.
    papers
        The items of each paper; no mistake of theirs is paid.
    """
    stems = Stems()
    resources: list[Element] = []
    members: list[Member] = []
    for items in papers:
        questions = [question for item in items for question in questions_of(item, stems)]
        code = items[0].name.partition(".")[0]
        ident, title = f"convexam_{code}", with_code(exam.title, code)
        folder = f"{ident}/{ident}.xml", f"{ident}/assessment_meta.xml"
        members.append(Member(folder[0], _written(_quiz(ident, title, questions))))
        points = sum((each.points for each in questions), Fraction())
        members.append(Member(folder[1], _written(_settings(ident, title, points))))
        resources += _resources(ident, *folder)
    for name in stems.pictures:
        path = f"{FOLDER}/{name}"
        resources.append(_resource(f"convexam_{name.replace('.', '_')}", "webcontent", path, href=path))
    pictures = [Member(f"{FOLDER}/{each.name}", each.data) for each in stems.pictures.values()]
    manifest = Member("imsmanifest.xml", _written(_manifest(exam, resources)))
    return zip_bytes([manifest, *members, *pictures])


def _written(root: Element) -> bytes:
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _root(tag: str, namespace: str, schema: str, *children: Element) -> Element:
    made = element(tag, *children, xmlns=namespace)
    made.set("xmlns:xsi", _SCHEMA_INSTANCE)
    made.set("xsi:schemaLocation", f"{namespace} {schema}")
    return made


# -- manifest -----------------------------------------------------------------------------------


def _manifest(exam: Exam, resources: Sequence[Element]) -> Element:
    title = element("imsmd:general", element("imsmd:title", element("imsmd:string", exam.title)))
    about = element(
        "metadata",
        element("schema", "IMS Content"),
        element("schemaversion", "1.1.3"),
        element("imsmd:lom", title),
    )
    made = _root(
        "manifest",
        _PACKAGE,
        "http://www.imsglobal.org/xsd/imscp_v1p1.xsd",
        about,
        element("organizations"),
        element("resources", *resources),
    )
    made.set("xmlns:imsmd", _METADATA)
    made.set("identifier", f"convexam_manifest_{exam.id}")
    return made


def _resources(ident: str, quiz: str, settings: str) -> list[Element]:
    """Return the entry of a quiz, and of its settings, on which it depends."""
    first = _resource(ident, _ASSESSMENT, quiz)
    first.append(element("dependency", identifierref=f"{ident}_meta"))
    return [first, _resource(f"{ident}_meta", _SETTINGS, settings, href=settings)]


def _resource(identifier: str, kind: str, path: str, **href: str) -> Element:
    return element("resource", element("file", href=path), identifier=identifier, type=kind, **href)


# -- quizzes ------------------------------------------------------------------------------------


def _quiz(ident: str, title: str, questions: Sequence[Question]) -> Element:
    section = element("section", *map(item_xml, questions), ident="root_section")
    once = metadata(("cc_maxattempts", "1"))
    assessment = element("assessment", once, section, ident=ident, title=title)
    return _root("questestinterop", _QTI, "http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd", assessment)


def _settings(ident: str, title: str, points: Fraction) -> Element:
    """Write settings under which nobody sees the quiz, or its solutions, before its instructor wants it."""
    worth = decimal(points)
    assignment = _texts(
        "assignment",
        title=title,
        workflow_state="unpublished",
        quiz_identifierref=ident,
        points_possible=worth,
        grading_type="points",
        submission_types="online_quiz",
    )
    assignment.set("identifier", f"{ident}_assignment")
    settings = _texts(
        "quiz",
        title=title,
        description="",
        shuffle_answers="false",
        scoring_policy="keep_highest",
        hide_results="always",
        quiz_type="assignment",
        points_possible=worth,
        show_correct_answers="false",
        allowed_attempts="1",
        one_question_at_a_time="false",
        cant_go_back="false",
        available="false",
    )
    made = _root("quiz", _CANVAS, "https://canvas.instructure.com/xsd/cccv1p0.xsd", *settings, assignment)
    made.set("identifier", ident)
    return made


def _texts(tag: str, **texts: str) -> Element:
    return element(tag, *(element(name, text) for name, text in texts.items()))
