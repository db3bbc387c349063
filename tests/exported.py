"""Items as the files of learning platforms, as `export` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from convexam.generator.export.canvas.package import CanvasPackage
from convexam.generator.export.format import Format, Written
from convexam.generator.export.item import Item
from convexam.generator.export.moodle import MoodleXML
from convexam.generator.export.package import Member, write_zip
from convexam.generator.export.qti.package import QTIPackage
from convexam.generator.export.qti.version import Version
from convexam.generator.export.spool import Spool
from convexam.generator.export.variant import Part, Variant
from convexam.generator.papers import Exam
from convexam.generator.policy import Release


def moodle_xml(exam: Exam, papers: Sequence[Sequence[Item]]) -> bytes:
    """Write papers as Moodle XML."""
    return _file(MoodleXML(), exam, map(_variant, papers))


def canvas_package(exam: Exam, papers: Sequence[Sequence[Item]]) -> bytes:
    """Write papers as a package for Canvas."""
    return _file(CanvasPackage(), exam, map(_variant, papers))


def qti_package(
    exam: Exam, variants: Sequence[Variant], release: Release, version: Version, *, only: str = ""
) -> bytes:
    """Write papers as a QTI package."""
    return _file(QTIPackage(release, version, several=len(variants) > 1, only=only), exam, variants)


def zip_bytes(members: Iterable[Member]) -> bytes:
    """Pack files."""
    file = BytesIO()
    write_zip(file, members)
    return file.getvalue()


def _variant(items: Sequence[Item]) -> Variant:
    return Variant(items[0].name.partition(".")[0], (Part("", tuple(items)),))


def _file(form: Format[Written], exam: Exam, variants: Iterable[Variant]) -> bytes:
    file = BytesIO()
    form.put_together(exam, (form.written(exam, each) for each in variants), file, Spool(BytesIO()))
    assert file.getvalue().startswith(form.begins)
    return file.getvalue()
