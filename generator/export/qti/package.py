"""A package: the list of its files, a test, its items, and their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from ...papers import Exam
from ...policy import Release
from ..fragment import element
from ..package import Member, zip_bytes
from . import names
from .exam_test import ITEMS, Variant, test_tree
from .item_file import FIGURES, ItemFile, item_file
from .version import Version, listed, written

MANIFEST = "imsmanifest.xml"
TEST = "test.xml"


def qti_package(
    exam: Exam, variants: Sequence[Variant], release: Release, version: Version, *, only: str = ""
) -> bytes:
    """Write the questions of an exam as a package.

    Parameters
    ----------
    exam
        Its id and title.
    variants
        Its papers.
    release
        What students may be told.
    version
        Of QTI.
    only
        The code of the paper, where it is that of a single one.
    """
    items = [item_file(item, release, version) for variant in variants for item in variant.items]
    about = [exam.id, *([f"resit{exam.attempt}"] if exam.attempt else []), *([only] if only else [])]
    name = names.identifier("T", ".".join(about))
    figures = {picture.name: picture.data for item in items for picture in item.pictures}
    return zip_bytes(
        [
            Member(MANIFEST, listed(_manifest(name, items, version), version)),
            Member(TEST, written(test_tree(exam, name, variants, release), version)),
            *(Member(_place(item), item.data) for item in items),
            *(Member(f"{ITEMS}/{FIGURES}/{figure}", data) for figure, data in sorted(figures.items())),
        ]
    )


def _place(item: ItemFile) -> str:
    return f"{ITEMS}/{item.identifier}.xml"


def _manifest(name: str, items: Sequence[ItemFile], version: Version) -> Element:
    return element(
        "manifest",
        element(
            "metadata",
            element("schema", version.schema),
            element("schemaversion", version.schema_version),
        ),
        element("organizations"),
        element("resources", *_resources(name, items, version)),
        identifier=f"M{name}",
    )


def _resources(name: str, items: Sequence[ItemFile], version: Version) -> Iterator[Element]:
    yield element(
        "resource",
        element("file", href=TEST),
        *(element("dependency", identifierref=item.identifier) for item in items),
        identifier=name,
        type=version.test_type,
        href=TEST,
    )
    for item in items:
        yield element(
            "resource",
            element("file", href=_place(item)),
            *(element("file", href=f"{ITEMS}/{FIGURES}/{picture.name}") for picture in item.pictures),
            identifier=item.identifier,
            type=version.item_type,
            href=_place(item),
        )
