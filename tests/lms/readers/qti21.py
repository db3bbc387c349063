"""An independent small engine for QTI 2.1: takes a package in strictly and runs response processing.

Written from the specification and from what engines were seen to do, without a look at any writer. It refuses
whatever it does not know, and what the portable pattern rules out because some engine stumbles over it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from .qti import content, declarations, rules
from .qti.content import Element
from .qti.expressions import Scope
from .qti.items import Choice, Feedback, Interaction, Item, read_item
from .qti.rules import Rule
from .qti.values import Value
from .refusal import Refused

__all__ = ["Choice", "Feedback", "Interaction", "Item", "Package", "Refused", "Value", "read_package"]

MANIFEST = "imsmanifest.xml"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
SCHEMA, VERSION = "QTIv2.1 Package", "1.0.0"
TEST, ITEM = "imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"
OPTIONAL = {"QTI21PackageConfig.xml"}  # of one engine, beside the package
_PICTURES = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".gif": b"GIF8",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".svg": b"<",
}
_LIMIT = 200_000_000


@dataclass(frozen=True)
class Package:
    """A test and its items.

    Attributes
    ----------
    identifier, title
        Of the test.
    items
        In the order of the test.
    files
        All bytes, by the name in the archive.
    """

    identifier: str
    title: str
    items: tuple[Item, ...]
    files: Mapping[str, bytes] = field(repr=False)
    scope: Scope = field(repr=False)
    rule: Rule = field(repr=False)
    defaults: Mapping[str, Value] = field(repr=False)

    def process(self, items: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
        """The outcomes of the test, from those of its items."""
        now = Scope(self.scope.types, state=dict(self.defaults), items=list(items))
        self.rule(now)
        return {name: now.state[name] for name in self.defaults}


@dataclass(frozen=True)
class _Resource:
    kind: str
    href: str
    files: tuple[str, ...]
    dependencies: tuple[str, ...]


def read_package(data: bytes) -> Package:
    """Take a package in, as strictly as the strictest engine.

    Raises
    ------
    Refused
        If anything in it is missing, unknown, left over, or outside the portable pattern.
    """
    files = _files(data)
    resources = _resources(files)
    tests = [one for one in resources.values() if one.kind == TEST]
    if len(tests) != 1:
        raise Refused(f"{MANIFEST}: {len(tests)} tests, where one is taken")
    test = tests[0]
    root = content.parsed(files[test.href], test.href)
    content.check(root, "assessmentTest", test.href)
    _unique_identifiers(root, test.href)
    items = tuple(_items(root, test, resources, files))
    outcomes = declarations.outcomes_of(root, test.href)
    scope = Scope({name: one.type for name, one in outcomes.items()}, items=[])
    processing = content.child(root, "outcomeProcessing")
    rule = rules.read([] if processing is None else list(processing), scope, tuple(outcomes), test.href)
    defaults = {name: one.default for name, one in outcomes.items()}
    return Package(root.attrib["identifier"], root.attrib["title"], items, files, scope, rule, defaults)


def _files(data: bytes) -> dict[str, bytes]:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Refused(f"not a zip: {error}") from None
    with archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in archive.infolist()) > _LIMIT:
            raise Refused("the archive is too large")
        if len({name.casefold() for name in names}) < len(names):
            raise Refused("two files of one name")
        for name in names:
            if not _is_path(name):
                raise Refused(f"a name that is no relative path: {name!r}")
        if MANIFEST not in names:
            raise Refused(f"no {MANIFEST} at the root")
        return {name: archive.read(name) for name in names}


def _is_path(name: str) -> bool:
    """Whether it stays in the package, and needs no escapes in a URL."""
    return re.fullmatch(r"[\w.-]+(/[\w.-]+)*", name, re.ASCII) is not None and ".." not in name.split("/")


def _resources(files: Mapping[str, bytes]) -> dict[str, _Resource]:
    root = content.parsed(files[MANIFEST], MANIFEST)
    _packaged(root, "manifest", {"identifier"}, ["metadata", "organizations", "resources"])
    metadata, organizations, listed = root
    _packaged(metadata, "metadata", set(), ["schema", "schemaversion"])
    if [part.text for part in metadata] != [SCHEMA, VERSION]:
        raise Refused(f"{MANIFEST}: a package of {[part.text for part in metadata]}, not {[SCHEMA, VERSION]}")
    _packaged(organizations, "organizations", set(), [])
    _packaged(listed, "resources", set(), ["resource"] * len(listed))
    found: dict[str, _Resource] = {}
    for element in listed:
        identifier = element.get("identifier", "")
        if identifier in {*found, root.get("identifier")}:
            raise Refused(f"{MANIFEST}: two things are called {identifier}")
        found[identifier] = _resource(element, files)
    _nothing_left(found, files)
    return found


def _packaged(element: Element, name: str, attributes: set[str], children: list[str]) -> None:
    """Refuse an element of the manifest that is not exactly as packages have it."""
    names = set(element.keys()) - {content.SCHEMA_LOCATION}
    if element.tag != f"{{{PACKAGING}}}{name}":
        raise Refused(f"{MANIFEST}: {element.tag}, not {name} of content packaging 1.1")
    if names != attributes:
        raise Refused(f"{MANIFEST}, {name}: attributes {sorted(names)}, not {sorted(attributes)}")
    if (found := [content.name_of(part) for part in element]) != children:
        raise Refused(f"{MANIFEST}, {name}: holds {found}, not {children}")
    if not re.fullmatch(r"[A-Za-z_][\w.-]*", element.get("identifier", "ID")):
        raise Refused(f"{MANIFEST}, {name}: not an XML name: {element.get('identifier')!r}")


def _resource(element: Element, files: Mapping[str, bytes]) -> _Resource:
    listed, needed = content.children(element, "file"), content.children(element, "dependency")
    order = ["file"] * len(listed) + ["dependency"] * len(needed)
    _packaged(element, "resource", {"identifier", "type", "href"}, order)
    for part in listed:
        _packaged(part, "file", {"href"}, [])
    for part in needed:
        _packaged(part, "dependency", {"identifierref"}, [])
    kind, href = element.attrib["type"], element.attrib["href"]
    at = f"{MANIFEST}, resource {element.attrib['identifier']}"
    if kind not in (TEST, ITEM, "webcontent"):
        raise Refused(f"{at}: of the unknown type {kind}")
    names = tuple(part.attrib["href"] for part in listed)
    if missing := [name for name in (href, *names) if name not in files]:
        raise Refused(f"{at}: {missing[0]} is not in the archive")
    if href not in names:
        raise Refused(f"{at}: its own file {href} is not among its files")
    return _Resource(kind, href, names, tuple(part.attrib["identifierref"] for part in needed))


def _nothing_left(resources: Mapping[str, _Resource], files: Mapping[str, bytes]) -> None:
    for name, one in resources.items():
        if unknown := set(one.dependencies) - set(resources):
            raise Refused(f"{MANIFEST}, resource {name}: depends on {min(unknown)}, which is not there")
    listed = {name for one in resources.values() for name in one.files}
    if left := set(files) - listed - {MANIFEST} - OPTIONAL:
        raise Refused(f"{MANIFEST}: {min(left)} is in the archive and not listed")


def _unique_identifiers(root: Element, where: str) -> None:
    named = {"assessmentTest", "testPart", "assessmentSection", "assessmentItemRef"}
    seen: set[str] = set()
    for element in root.iter():
        if content.name_of(element) in named:
            identifier = element.attrib["identifier"]
            if identifier in seen:
                raise Refused(f"{where}: two things are called {identifier}")
            seen.add(identifier)


def _items(
    root: Element, test: _Resource, resources: Mapping[str, _Resource], files: Mapping[str, bytes]
) -> Iterator[Item]:
    by_href = {one.href: (name, one) for name, one in resources.items() if one.kind == ITEM}
    asked: set[str] = set()
    for reference in root.iter(f"{{{content.NAMESPACE}}}assessmentItemRef"):
        href = _resolved(test.href, reference.attrib["href"])
        if href not in by_href:
            raise Refused(f"{test.href}: {href} is no item of the package")
        name, resource = by_href[href]
        if name not in test.dependencies:
            raise Refused(f"{MANIFEST}: the test does not depend on its item {name}")
        if href in asked:
            raise Refused(f"{test.href}: {href} is asked twice")
        asked.add(href)
        item = read_item(files[href], href)
        _check_files(item, resource, resources, files)
        yield item
    if left := set(by_href) - asked:
        raise Refused(f"{test.href}: the item {min(left)} is never asked")


def _check_files(
    item: Item, resource: _Resource, resources: Mapping[str, _Resource], files: Mapping[str, bytes]
) -> None:
    needed = [name for one in resource.dependencies for name in resources[one].files]
    used = {_resolved(resource.href, source) for source in (*item.images, *item.styles)}
    if missing := used - {*resource.files, *needed}:
        raise Refused(f"{resource.href}: {min(missing)} is not among the files of its resource")
    for source in item.images:
        name = _resolved(resource.href, source)
        begins = _PICTURES.get(posixpath.splitext(name)[1])
        if begins is None or not files[name].startswith(begins):
            raise Refused(f"{resource.href}: {name} is no picture of the kind that its name says")
    if left := set(resource.files) - used - {resource.href}:
        raise Refused(f"{resource.href}: lists {min(left)} and does not use it")


def _resolved(base: str, href: str) -> str:
    """A relative address, seen from a file."""
    if not re.fullmatch(r"(\.\./)*[\w.-]+(/[\w.-]+)*", href, re.ASCII):
        raise Refused(f"{base}: not a relative address inside the package: {href!r}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), href))
