"""Files that are no answer files, known by their first bytes: what they are, and what to do."""

from __future__ import annotations

from collections.abc import Collection

_IMAGE = "an image; answers have to be typed"
_OFFICE = "an office document; copy the answers into the answer file, or type them into the page of the paper"
_UTF_16 = "UTF-16 text; save it with the encoding UTF-8"
_PACKED = "an archive; unpack it and hand in the answer file itself"
_BEGIN_WITH = {
    b"\x89PNG": _IMAGE,
    b"\xff\xd8\xff": _IMAGE,
    b"GIF8": _IMAGE,
    b"II*\0": _IMAGE,
    b"MM\0*": _IMAGE,
    b"\xd0\xcf\x11\xe0": _OFFICE,
    b"{\\rtf": "rich text; save it as plain text, or copy the answers into the answer file",
    b"Rar!": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"\x1f\x8b": _PACKED,
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
    b"SQLite format 3": "a database",
    b"%!PS": "a file for a printer; hand in the PDF form or the answer file",
}
_IMAGE_BRANDS = (b"ftyphei", b"ftyphev", b"ftypmif", b"ftypavif")
_IN_OFFICE = ("[Content_Types].xml", "mimetype", "Index/Document.iwa")


def other_file(data: bytes) -> str | None:
    """Say what a file is that certainly is no answer file."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        is_office = any(member.encode() in data for member in _IN_OFFICE)
        return _OFFICE if is_office else _PACKED
    if data[4:12].startswith(_IMAGE_BRANDS) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return _IMAGE
    return next((kind for magic, kind in _BEGIN_WITH.items() if data.startswith(magic)), None)


def other_archive(members: Collection[str]) -> str | None:
    """Say what an archive with these members is, if not one that holds files of students."""
    return _OFFICE if any(member in members for member in _IN_OFFICE) else None
