"""The versions of QTI are one tree, written in other names."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from convexam.cli.exports.qti import command
from convexam.generator.export.qti.version import V21, V22, V30, VERSIONS, Version
from convexam.generator.policy import Release

from ....exported import qti_package
from . import made

HTML = re.compile(r"<(/?)(p|div|ul|ol|li|table|thead|tbody|tr|th|td|br|code|em|img|small|strong|m\w+)\b")


def texts(version: Version) -> dict[str, str]:
    data = qti_package(made.EXAM, [made.variant()], Release.EVERYTHING, version)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_2_2_differs_by_its_names_alone() -> None:
    for name, text in texts(V21).items():
        changed = text.replace("_v2p1", "_v2p2").replace("_xmlv2p1", "_xmlv2p2").replace("QTIv2.1", "QTIv2.2")
        if name.endswith("_words.xml"):
            changed = changed.replace(
                '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"',
                '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" externalScored="human"',
            )
        assert texts(V22)[name] == changed


def _plain(text: str) -> str:
    """Write what 3.0 says in the names of 2.2."""
    text = text.replace("<qti-content-body>", "").replace("</qti-content-body>", "")
    text = re.sub(r"(</?)qti-([a-z-]+)", lambda found: found[1] + _capitals(found[2]), text)
    return re.sub(r' ([a-z]+(?:-[a-z]+)+)="', lambda found: f' {_capitals(found[1])}="', text)


def _capitals(name: str) -> str:
    return re.sub(r"-([a-z])", lambda letter: letter[1].upper(), name)


def test_3_0_differs_by_hyphens_and_by_what_holds_texts() -> None:
    for name, text in texts(V22).items():
        if name == "imsmanifest.xml":
            continue
        assert _plain(texts(V30)[name]) == text.replace(V22.namespace, V30.namespace)


def test_in_3_0_all_but_html_and_formulas_has_the_new_names() -> None:
    for name, text in texts(V30).items():
        if name != "imsmanifest.xml":
            own = HTML.sub("", text)
            assert set(re.findall(r"<(\w[\w-]*)", own)) == {
                each for each in re.findall(r"<(\w[\w-]*)", own) if each.startswith("qti-")
            }


def test_a_package_says_what_it_is() -> None:
    for version, schema, kind in (
        (V21, "<schema>QTIv2.1 Package</schema>", 'type="imsqti_item_xmlv2p1"'),
        (V22, "<schema>QTIv2.2 Package</schema>", 'type="imsqti_item_xmlv2p2"'),
        (V30, "<schema>QTI Package</schema>", 'type="imsqti_item_xmlv3p0"'),
    ):
        manifest = texts(version)["imsmanifest.xml"]
        assert schema in manifest
        assert kind in manifest
        assert f'xmlns="{version.package_namespace}"' in manifest


def test_the_command_offers_them_all() -> None:
    (option,) = (each for each in command.params if each.name == "version")
    assert list(option.type.choices) == list(VERSIONS)  # type: ignore[attr-defined]
