"""A package with every sort of blank, and all its bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest

from convexam.generator.export.item import Item
from convexam.generator.export.qti.version import V21
from convexam.generator.export.variant import Part, Variant
from convexam.generator.policy import Release

from ....exported import qti_package
from . import made

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def package(release: Release = Release.EVERYTHING, **more: str) -> bytes:
    return qti_package(made.EXAM, [made.variant()], release, V21, **more)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def item(name: str, release: Release = Release.EVERYTHING) -> ElementTree.Element:
    return ElementTree.fromstring(members(package(release))[f"items/Q{made.CODE}_{name}.xml"])


def test_the_whole_package(golden: Callable[[str, str], None]) -> None:
    data = package()
    written = [
        f"==== {name}\n{content.decode() if name.endswith('.xml') else f'{len(content)} bytes'}\n"
        for name, content in members(data).items()
    ]
    golden("qti/package.txt", "".join([*written, f"==== SHA-256\n{hashlib.sha256(data).hexdigest()}\n"]))


def test_the_same_items_are_the_same_bytes() -> None:
    assert package() == package()


def test_everything_is_listed_and_there() -> None:
    files = members(package())
    manifest = ElementTree.fromstring(files.pop("imsmanifest.xml"))
    assert {each.attrib["href"] for each in manifest.iter(f"{CP}file")} == set(files)


def test_of_several_papers_one_is_drawn() -> None:
    other = Variant("B", tuple(Part(part.title, _renamed(part)) for part in made.variant().parts))
    data = qti_package(made.EXAM, [made.variant(), other], Release.EVERYTHING, V21)
    test = ElementTree.fromstring(members(data)["test.xml"])
    (top,) = test.findall(f"{QTI}testPart/{QTI}assessmentSection")
    assert top.find(f"{QTI}selection").attrib == {"select": "1"}  # type: ignore[union-attr]
    drawn = top.findall(f"{QTI}assessmentSection")
    assert [each.attrib["title"] for each in drawn] == [made.CODE, "B"]
    assert [len(list(each.iter(f"{QTI}assessmentItemRef"))) for each in drawn] == [5, 5]


def _renamed(part: Part) -> tuple[Item, ...]:
    return tuple(replace(each, name=each.name.replace(made.CODE, "B")) for each in part.items)


def test_a_package_of_one_paper_is_another_test() -> None:
    names = [
        ElementTree.fromstring(members(data)["test.xml"]).attrib["identifier"]
        for data in (package(), package(only=made.CODE))
    ]
    assert names == ["Tquiz", f"Tquiz_{made.CODE}"]


@pytest.mark.parametrize(
    ("release", "told"),
    [
        (Release.RECEIPT, []),
        (Release.MARKS, []),
        (Release.DIAGNOSIS, ["HINT_1"]),
        (Release.EVERYTHING, ["HINT_1", "SOLUTION"]),
    ],
)
def test_students_are_told_what_the_exam_releases(release: Release, told: list[str]) -> None:
    found = item("map", release)
    assert [each.attrib["outcomeIdentifier"] for each in found.findall(f"{QTI}modalFeedback")] == told
    test = ElementTree.fromstring(members(package(release))["test.xml"])
    control = next(test.iter(f"{QTI}itemSessionControl")).attrib
    assert (control["showFeedback"], control["showSolution"]) == (
        str(bool(told)).lower(),
        str("SOLUTION" in told).lower(),
    )


def test_what_has_no_end_as_a_decimal_has_twelve() -> None:
    values = [each.text for each in item("map").iter(f"{QTI}value")]
    assert "0.333333333333" in values
    assert "-2.5" in values


def test_what_is_right_for_a_person_is_not_in_the_package() -> None:
    asked = "".join(next(item("words").iter(f"{QTI}itemBody")).itertext())
    assert "It is" not in asked
