"""The package: a manifest, and for each paper a quiz with its settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain
from typing import BinaryIO, ClassVar
from xml.etree.ElementTree import Element, indent, tostring

from ...frozen import frozen
from ...papers import Exam
from ..decimals import decimal
from ..fragment import element
from ..frames import filled, gap, piece
from ..package import BEGINS, Member, write_zip
from ..spool import Spool
from ..titles import with_code
from ..variant import Variant
from .item_xml import item_xml, metadata
from .questions import Question, questions_of
from .stems import FOLDER, Stems

_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_ASSESSMENT = "imsqti_xmlv1p2"
_MANIFEST = "imsmanifest.xml"
_SETTINGS = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


_LEVEL = 2  # of a resource, below the root of the manifest


@frozen
class Quiz:
    """A paper as it is written.

    Attributes
    ----------
    files
        The quiz and its settings, by path.
    resources
        Their entries in the manifest.
    pictures
        What it shows, by name, in the order in which it comes up.
    """

    files: dict[str, bytes]
    resources: bytes
    pictures: dict[str, bytes]


class CanvasPackage:
    """A package of quizzes; the title of the exam stands before the code of each, and no mistake is paid."""

    begins: ClassVar = BEGINS
    pays_mistakes: ClassVar = False

    def written(self, exam: Exam, variant: Variant) -> Quiz:
        """Write a paper as a quiz."""
        stems = Stems()
        questions = [question for item in variant.items for question in questions_of(item, stems)]
        ident, title = f"convexam_{variant.code}", with_code(exam.title, variant.code)
        quiz, settings = f"{ident}/{ident}.xml", f"{ident}/assessment_meta.xml"
        points = sum((each.points for each in questions), Fraction())
        return Quiz(
            {
                quiz: _written(_quiz(ident, title, questions)),
                settings: _written(_settings(ident, title, points)),
            },
            b"".join(piece(each, _LEVEL) for each in _resources(ident, quiz, settings)),
            {picture.name: picture.data for picture in stems.pictures.values()},
        )

    def put_together(self, exam: Exam, papers: Iterable[Quiz], file: BinaryIO, spool: Spool) -> None:
        """Pack the manifest, which lists everything, then all quizzes, and the pictures of all."""
        quizzes: list[str] = []
        pictures: list[str] = []
        for paper in papers:
            spool.keep(_MANIFEST, paper.resources)
            for path, data in paper.files.items():
                quizzes.append(path)
                spool.keep(path, data)
            for name, data in paper.pictures.items():
                path = f"{FOLDER}/{name}"
                if path not in spool:
                    pictures.append(path)
                    spool.keep(path, data)
        listed = filled(_written(_manifest(exam)), spool.pieces(_MANIFEST), map(_picture, pictures))
        members = (Member(path, spool.pieces(path)) for path in (*quizzes, *pictures))
        write_zip(file, chain([Member(_MANIFEST, listed)], members))


def _written(root: Element) -> bytes:
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _root(tag: str, namespace: str, schema: str, *children: Element) -> Element:
    made = element(tag, *children, xmlns=namespace)
    made.set("xmlns:xsi", _SCHEMA_INSTANCE)
    made.set("xsi:schemaLocation", f"{namespace} {schema}")
    return made


# -- manifest -----------------------------------------------------------------------------------


def _manifest(exam: Exam) -> Element:
    """Write the manifest, with a gap for quizzes and another for pictures."""
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
        element("resources", gap(), gap()),
    )
    made.set("xmlns:imsmd", _METADATA)
    made.set("identifier", f"convexam_manifest_{exam.id}")
    return made


def _resources(ident: str, quiz: str, settings: str) -> list[Element]:
    """Return the entry of a quiz, and of its settings, on which it depends."""
    first = _resource(ident, _ASSESSMENT, quiz)
    first.append(element("dependency", identifierref=f"{ident}_meta"))
    return [first, _resource(f"{ident}_meta", _SETTINGS, settings, href=settings)]


def _picture(path: str) -> bytes:
    name = path.removeprefix(f"{FOLDER}/").replace(".", "_")
    return piece(_resource(f"convexam_{name}", "webcontent", path, href=path), _LEVEL)


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
