"""What tells the versions of QTI apart, and trees as files of one of them.

All trees are built with the names of QTI 2.1. Version 3.0 calls the same things otherwise: ``qti-`` and
hyphens instead of capitals. What comes from HTML and MathML keeps its names.
"""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree.ElementTree import Element, indent, tostring

from ...frozen import frozen
from ..fragment import element
from ..frames import GAP, piece

LISTS = ("ul", "ol", "li")
TABLES = ("table", "thead", "tbody", "tr", "th", "td")
HTML = {"p", "div", *LISTS, *TABLES, "br", "code", "em", "img", "small", "strong"}
TEXTS = ("itemBody", "modalFeedback")
MATH = "math"
_LINE = "\n  "
_CAPITAL = re.compile(r"([A-Z])")


@frozen
class Version:
    """A version of QTI.

    Attributes
    ----------
    name
        As in ``2.1``.
    namespace, package_namespace
        Of items and tests, and of the list of a package.
    schema, schema_version
        What a package says that it is.
    item_type, test_type
        Of the resources of a package.
    hyphens
        Whether names are written ``qti-response-if``, and texts inside feedback are wrapped.
    external
        Whether a score can say that a person gives it.
    """

    name: str
    namespace: str
    package_namespace: str
    schema: str
    schema_version: str
    item_type: str
    test_type: str
    hyphens: bool = False
    external: bool = True


V21 = Version(
    "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "QTIv2.1 Package",
    "1.0.0",
    "imsqti_item_xmlv2p1",
    "imsqti_test_xmlv2p1",
    external=False,
)
V22 = Version(
    "2.2",
    "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "QTIv2.2 Package",
    "1.0.0",
    "imsqti_item_xmlv2p2",
    "imsqti_test_xmlv2p2",
)
V30 = Version(
    "3.0",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "QTI Package",
    "3.0.0",
    "imsqti_item_xmlv3p0",
    "imsqti_test_xmlv3p0",
    hyphens=True,
)
VERSIONS = {version.name: version for version in (V21, V22, V30)}


def written(tree: Element, version: Version) -> bytes:
    """Write an item or a test as a file of a version."""
    return _file(_named(_laid_out(tree), version), version.namespace)


def written_piece(tree: Element, version: Version, level: int) -> bytes:
    """Write a part of a test in the names of a version."""
    return piece(_named(tree, version), level)


def listed(manifest: Element, version: Version) -> bytes:
    """Write the list of a package, whose names are those of all versions."""
    return _file(_laid_out(manifest), version.package_namespace)


def _file(tree: Element, namespace: str) -> bytes:
    """Write a tree whose names have no namespace as a file in which all have this one."""
    root = element(tree.tag, *tree, xmlns=namespace, **tree.attrib)
    root.text = tree.text
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _laid_out(tree: Element) -> Element:
    """Return a tree with a line for each of its elements, but those of texts, where a space is seen."""
    laid_out = deepcopy(tree)
    laid_out.text = _LINE
    for part in laid_out:
        if part.tag not in TEXTS:
            indent(part, level=1)
        part.tail = _LINE
    laid_out[-1].tail = "\n"
    return laid_out


def _named(tree: Element, version: Version) -> Element:
    """Return a tree in the names of a version."""
    if tree.tag in (MATH, GAP):
        return tree
    attributes = {
        name: value for name, value in tree.attrib.items() if version.external or name != "externalScored"
    }
    children = [_named(child, version) for child in tree]
    if version.hyphens and tree.tag not in HTML:
        if tree.tag == "modalFeedback":
            children = [element("qti-content-body", *children)]
        attributes = {_hyphens(name): value for name, value in attributes.items()}
        named = element(f"qti-{_hyphens(tree.tag)}", **attributes)
    else:
        named = element(tree.tag, **attributes)
    named.text, named.tail = tree.text, tree.tail
    named.extend(children)
    return named


def _hyphens(name: str) -> str:
    return _CAPITAL.sub(lambda capital: f"-{capital[1].lower()}", name)
