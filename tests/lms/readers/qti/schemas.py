"""Validation with the official XSDs, where ``CONVEXAM_QTI_SCHEMAS`` names a folder that holds them.

They are 1EdTech's and no part of this project. They stand as in the public repository ``oat-sa/qti-sdk``
(``src/qtism/data/storage/xml/schemes``), or anywhere below the folder: files are found by their names.
What they include or import is looked up below the folder too, so that nothing is fetched.
"""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from . import content

VARIABLE = "CONVEXAM_QTI_SCHEMAS"
MANIFEST = "imsmanifest.xml"
# The newest first: 2.1.2 corrects 2.1.1, which corrects 2.1.
_ITEM_FILES = ("imsqti_v2p1p2.xsd", "imsqti_v2p1p1.xsd", "imsqti_v2p1.xsd")
_MANIFEST_FILES = ("qtiv2p1_imscpv1p2_v1p0.xsd", "imscp_v1p1.xsd", "imscp_v1p2.xsd")


@dataclass(frozen=True)
class Schemas:
    """The schema of items and tests, and that of manifests."""

    item: etree.XMLSchema
    manifest: etree.XMLSchema | None

    def errors(self, package: bytes) -> list[str]:
        """What is invalid in a package: file, line and message."""
        found: list[str] = []
        with zipfile.ZipFile(BytesIO(package)) as archive:
            for name in sorted(archive.namelist()):
                if not name.endswith(".xml"):
                    continue
                root = etree.fromstring(archive.read(name), _parser())
                schema = self.manifest if name == MANIFEST else self.item
                if schema is None or not (name == MANIFEST or _is_qti(root)):
                    continue
                if not schema.validate(root):
                    found += [f"{name}, line {error.line}: {error.message}" for error in schema.error_log]
        return found


def schemas() -> Schemas | None:
    """Those of the folder that the environment names; nothing where it names none.

    Raises
    ------
    FileNotFoundError
        If there is no schema of items in that folder.
    etree.XMLSchemaParseError
        If one that it includes is not there.
    """
    folder = os.environ.get(VARIABLE)
    return read_schemas(Path(folder)) if folder else None


def read_schemas(folder: Path) -> Schemas:
    """The schemas somewhere below a folder."""
    files = {path.name: path for path in sorted(folder.rglob("*.xsd"), reverse=True)}
    item = next((files[name] for name in _ITEM_FILES if name in files), None)
    if item is None:
        raise FileNotFoundError(f"{VARIABLE}: none of {', '.join(_ITEM_FILES)} in {folder}")
    manifest = next((files[name] for name in _MANIFEST_FILES if name in files), None)
    parser = _parser(_Local(files))
    return Schemas(_schema(item, parser), _schema(manifest, parser) if manifest else None)


class _Local(etree.Resolver):  # type: ignore[misc] # lxml has no types
    """Finds what a schema includes: the file it says, or else one of that name in the folder."""

    def __init__(self, files: dict[str, Path]) -> None:
        self.files = files

    def resolve(self, url: str, pubid: str | None, context: object) -> object:
        path = Path(re.sub("^file:(//)?", "", url))
        if not path.is_file():
            path = self.files.get(path.name, path)
        return self.resolve_filename(str(path), context) if path.is_file() else None


def _schema(path: Path, parser: etree.XMLParser) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path), parser))


def _parser(resolver: etree.Resolver | None = None) -> etree.XMLParser:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    if resolver is not None:
        parser.resolvers.add(resolver)
    return parser


def _is_qti(root: etree._Element) -> bool:
    return bool(etree.QName(root).namespace == content.NAMESPACE)
