"""Validation with the official schemas: with small ones here, and with those of a folder where one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from .qti import schemas as xsd
from .qti.handmade import packed

SMALL = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{0}" xmlns="{0}" elementFormDefault="qualified">
 {1}</xs:schema>"""
ITEMS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PARTS = "http://www.imsglobal.org/xsd/imscp_v1p1"
ANYTHING = '<xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType>'


def test_schemas_are_found_by_name_with_what_they_include(tmp_path: Path) -> None:
    declared = f'<xs:element name="assessmentItem">{ANYTHING}</xs:element>'
    include = '<xs:include schemaLocation="http://www.imsglobal.org/xsd/part.xsd"/>'
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "imsqti_v2p1.xsd").write_text(SMALL.format(ITEMS, include))
    (tmp_path / "part.xsd").write_text(SMALL.format(ITEMS, declared))
    (tmp_path / "imscp_v1p1.xsd").write_text(
        SMALL.format(PARTS, f'<xs:element name="manifest">{ANYTHING}</xs:element>')
    )
    assert [error.partition(",")[0] for error in xsd.read_schemas(tmp_path).errors(packed())] == ["test.xml"]


def test_a_folder_without_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(xsd.VARIABLE, str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"imsqti_v2p1\.xsd"):
        xsd.schemas()


def test_the_packages_here_are_valid() -> None:
    schemas = xsd.schemas()
    if schemas is None:
        pytest.skip(f"{xsd.VARIABLE} names no folder")
    assert schemas.errors(packed()) == []


def test_what_a_schema_includes_is_never_fetched(tmp_path: Path) -> None:
    include = '<xs:include schemaLocation="http://www.imsglobal.org/xsd/part.xsd"/>'
    (tmp_path / "imsqti_v2p1.xsd").write_text(SMALL.format(ITEMS, include))
    with pytest.raises(etree.XMLSchemaParseError, match=r"part\.xsd"):
        xsd.read_schemas(tmp_path)
