"""A package: the list of its files, a test, its items, and their figures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO, ClassVar
from xml.etree.ElementTree import Element

from ...frozen import frozen
from ...papers import Exam
from ...policy import Release
from ..fragment import element
from ..frames import filled, gap, piece
from ..package import BEGINS, Member, write_zip
from ..spool import Spool
from ..variant import Variant
from . import names
from .exam_test import ITEMS, paper_in_test, test_tree
from .item_file import FIGURES, ItemFile, item_file
from .version import Version, listed, written

MANIFEST = "imsmanifest.xml"
TEST = "test.xml"

_LEVEL = 2  # of a resource, below the root of the manifest
_DEPENDENCIES = "dependencies of the test"


@frozen
class PaperFiles:
    """A paper as it is written.

    Attributes
    ----------
    in_test, dependencies, resources
        What it adds to the test, to the files on which the test depends, and to the list of the package.
    items, figures
        Its questions, and what they show, by path.
    """

    in_test: bytes
    dependencies: bytes
    resources: bytes
    items: dict[str, bytes]
    figures: dict[str, bytes]


@frozen
class QTIPackage:
    """A package of one test.

    Attributes
    ----------
    release
        What students may be told.
    version
        Of QTI.
    several
        Whether the platform draws one of several papers.
    only
        The code of the paper, where it is that of a single one.
    """

    release: Release
    version: Version
    several: bool
    only: str = ""

    begins: ClassVar = BEGINS
    pays_mistakes: ClassVar = True

    def written(self, exam: Exam, variant: Variant) -> PaperFiles:  # noqa: ARG002
        """Write the questions of a paper, and where they are named."""
        items = [item_file(item, self.release, self.version) for item in variant.items]
        return PaperFiles(
            paper_in_test(variant, self.version, several=self.several),
            b"".join(piece(_dependency(item), _LEVEL + 1) for item in items),
            b"".join(piece(_resource(item, self.version), _LEVEL) for item in items),
            {_place(item): item.data for item in items},
            {_figure(picture.name): picture.data for item in items for picture in item.pictures},
        )

    def put_together(self, exam: Exam, papers: Iterable[PaperFiles], file: BinaryIO, spool: Spool) -> None:
        """Pack the list of the package and the test, then all questions, and the figures of all."""
        items: list[str] = []
        figures: set[str] = set()
        for paper in papers:
            spool.keep(TEST, paper.in_test)
            spool.keep(_DEPENDENCIES, paper.dependencies)
            spool.keep(MANIFEST, paper.resources)
            items += paper.items
            for path, data in paper.items.items():
                spool.keep(path, data)
            for path in paper.figures.keys() - figures:
                spool.keep(path, paper.figures[path])
            figures |= paper.figures.keys()
        resit = f"resit{exam.attempt}" if exam.attempt else ""
        name = names.identifier("T", ".".join(filter(None, (exam.id, resit, self.only))))
        manifest = listed(_manifest(name, self.version), self.version)
        test = written(test_tree(exam, name, self.release, several=self.several), self.version)
        first = [
            Member(MANIFEST, filled(manifest, spool.pieces(_DEPENDENCIES), spool.pieces(MANIFEST))),
            Member(TEST, filled(test, spool.pieces(TEST))),
        ]
        others = (Member(path, spool.pieces(path)) for path in (*items, *sorted(figures)))
        write_zip(file, chain(first, others))


def _place(item: ItemFile) -> str:
    return f"{ITEMS}/{item.identifier}.xml"


def _figure(name: str) -> str:
    return f"{ITEMS}/{FIGURES}/{name}"


def _manifest(name: str, version: Version) -> Element:
    """Write the list of a package, with a gap for what the test depends on, and another for questions."""
    test = element(
        "resource",
        element("file", href=TEST),
        gap(),
        identifier=name,
        type=version.test_type,
        href=TEST,
    )
    return element(
        "manifest",
        element(
            "metadata",
            element("schema", version.schema),
            element("schemaversion", version.schema_version),
        ),
        element("organizations"),
        element("resources", test, gap()),
        identifier=f"M{name}",
    )


def _dependency(item: ItemFile) -> Element:
    return element("dependency", identifierref=item.identifier)


def _resource(item: ItemFile, version: Version) -> Element:
    return element(
        "resource",
        element("file", href=_place(item)),
        *(element("file", href=_figure(picture.name)) for picture in item.pictures),
        identifier=item.identifier,
        type=version.item_type,
        href=_place(item),
    )
