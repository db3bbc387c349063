"""PDFs made by hand, as small as the standard allows, or as wrong as nobody would make them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

CODE = "39212EAM13HG3N"


def written(objects: Mapping[int, bytes], trailer: bytes = b"", start: bytes = b"%PDF-1.7\n") -> bytes:
    """Write numbered objects with a right table of references; number 1 is the root."""
    body, places = bytearray(start), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    body += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table)
    return bytes(body)


def form(*fields: bytes, more: Mapping[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """Write a PDF with fields, each an object of its own from number 10 on."""
    numbers = range(10, 10 + len(fields))
    listed = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm 3 0 R >>",
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
        3: b"<< /Fields [%s] >>" % listed,
        **dict(zip(numbers, fields, strict=True)),
        **(more or {}),
    }
    return written(objects, trailer)


def text(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    return b"<< /FT /Tx /T (%s) /V %s %s >>" % (name, value, more)


PAPER = text(b"paper", b"(%s)" % CODE.encode(), b"/Ff 1")
Y = text(b"q1/Y", b"(3)")


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def deflated(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content), b"/Filter /FlateDecode " + entries)


def in_object_stream(megabytes: int) -> bytes:
    """Keep the form in an object stream that swells when it is opened."""
    inside = b"3 0 << /Fields [] >>".ljust(megabytes * 1024 * 1024)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm 3 0 R >>",
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
        4: deflated(inside, b"/Type /ObjStm /N 1 /First 4"),
    }
    body, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = [
        (0, 0, 65535),
        (1, places[1], 0),
        (1, places[2], 0),
        (2, 4, 0),
        (1, places[4], 0),
        (1, len(body), 0),
    ]
    table = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(4, "big") + more.to_bytes(2, "big") for kind, at, more in rows
    )
    start = len(body)
    body += b"5 0 obj\n%s\nendobj\n" % stream(table, b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R")
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % start)


def nested(depth: int) -> Iterator[bytes]:
    """Write a chain of groups of fields, the last a field."""
    for level in range(depth):
        yield b"<< /T (g%d) /Kids [%d 0 R] >>" % (level, 11 + level)
    yield Y


SLOW = b"/Z <%s>" % (b"39" * 8_192)
"""What takes long to read, and is not looked at."""


def of_one_place(count: int) -> bytes:
    """Write a form in which many numbers lead to one field."""
    numbers = range(10, 10 + count)
    listed = b" ".join(b"%d 0 R" % each for each in numbers)
    return leading(
        form(more={3: b"<< /Fields [%s] >>" % listed, 10: text(b"q1/Y", b"(3)", SLOW)}), 10, numbers
    )


def of_one_value(count: int) -> bytes:
    """Write a form in which many numbers lead to one value."""
    numbers = range(50_000, 50_000 + count)
    boxes = (text(b"q1/f%d" % number, b"%d 0 R" % number) for number in numbers)
    return leading(form(*boxes, more={4: b"<< %s >>" % SLOW}), 4, numbers)


def leading(data: bytes, number: int, numbers: Iterable[int]) -> bytes:
    """Let many numbers lead to the object of another one."""
    place, table = data.index(b"\n%d 0 obj" % number) + 1, data.index(b"xref\n")
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (each, place) for each in numbers)
    return data[:table] + data[table:].replace(b"trailer", rows + b"trailer", 1)


def updated(data: bytes, number: int, content: bytes) -> bytes:
    """Append an object in a new version, as programs do that save what was typed."""
    before = data.rindex(b"startxref") + len(b"startxref")
    previous = int(data[before:].split()[0])
    place = len(data)
    body = data + b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size 100 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (number, place, previous, len(body))
    )


ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(aa) (aa)]" % (
    b"o" * 32,
    b"u" * 32,
)

NO_FORM = "the PDF has no form fields; was it printed to a PDF? Save the form that was filled in"
DAMAGED = "the PDF is damaged and could not be read"
TWICE = "the form in the PDF is damaged: a field stands in it twice"
GAVE_UP = "the PDF could not be read: the reader ran out of time or memory"
MANY = "the PDF has more than 2000 fields; this is no paper of ours"

REFUSED: dict[str, tuple[bytes, str]] = {
    "encrypted": (form(PAPER, Y, trailer=ENCRYPTED), "the PDF is encrypted; save it without a password"),
    "encryption that is no dictionary": (form(PAPER, Y, trailer=b"/Encrypt 10 0 R"), "encrypted|damaged"),
    "no form": (written({1: b"<< /Type /Catalog >>"}), NO_FORM),
    "form is null": (form(PAPER, more={3: b"null"}), NO_FORM),
    "form is a list": (form(PAPER, more={3: b"[1 2]"}), NO_FORM),
    "form points nowhere": (form(PAPER, more={3: b"99 0 R"}), f"{NO_FORM}|{DAMAGED}"),
    "form points to itself": (form(PAPER, more={3: b"3 0 R"}), DAMAGED),
    "form without fields": (form(), NO_FORM),
    "only XFA": (form(more={3: b"<< /Fields [] /XFA [(template) 4 0 R] >>", 4: stream(b"<x/>")}), NO_FORM),
    "fields are a name": (form(more={3: b"<< /Fields /All >>"}), NO_FORM),
    "fields are numbers": (form(more={3: b"<< /Fields [1 2 3] >>"}), NO_FORM),
    "fields point to themselves": (form(more={3: b"<< /Fields 3 0 R >>"}), NO_FORM),
    "a field stands twice": (form(more={3: b"<< /Fields [4 0 R 4 0 R] >>", 4: Y}), TWICE),
    "kids point to their parent": (form(b"<< /T (a) /Kids [10 0 R] >>"), TWICE),
    "kids in a circle": (form(b"<< /T (a) /Kids [11 0 R] >>", b"<< /T (b) /Kids [10 0 R] >>"), TWICE),
    "kids point to themselves": (form(b"<< /T (a) /Kids 4 0 R >>", more={4: b"4 0 R"}), DAMAGED),
    "two fields of one name": (form(PAPER, Y, Y), "the PDF has two fields of the name 'q1/Y'; hand in"),
    "a colon and a full stop": (
        form(PAPER, text(b"q:1/Y", b"()"), text(b"q.1/Y", b"(1)")),
        "two fields of the name",
    ),
    "no name": (form(b"<< /FT /Tx /V (3) >>"), NO_FORM),
    "a name that is a number": (form(b"<< /FT /Tx /T 3 /V (3) >>"), NO_FORM),
    "a name that points to itself": (form(b"<< /T 4 0 R >>", more={4: b"4 0 R"}), f"{NO_FORM}|{DAMAGED}"),
    "a name that is too long": (form(text(b"a" * 70_000, b"(3)")), "a name that is too long"),
    "the form of somebody else": (form(text(b"address", b"(Delft)")), "not that of a paper"),
    "50,000 fields": (form(*(text(b"q1/Y/%d" % n, b"(3)") for n in range(50_000))), f"{MANY}|{GAVE_UP}"),
    "3,000 fields": (form(*(text(b"q%d/Y" % n, b"(3)") for n in range(3_000))), MANY),
    "one field with 50,000 kids": (
        form(b"<< /T (a) /Kids [%s] >>" % (b"11 0 R " * 50_000), Y),
        f"{TWICE}|{MANY}",
    ),
    "a list of 3 million fields": (
        form(more={3: b"<< /Fields [%s] >>" % (b"1 " * 3_000_000)}),
        f"{MANY}|{GAVE_UP}|{DAMAGED}",
    ),
    "groups 3,000 deep": (
        form(more={3: b"<< /Fields [10 0 R] >>", **dict(enumerate(nested(3_000), 10))}),
        "too long",
    ),
    "lists 100,000 deep": (
        form(more={3: b"<< /Fields %s >>" % (b"[" * 100_000)}),
        f"{DAMAGED}|{GAVE_UP}|{NO_FORM}",
    ),
    "dictionaries 100,000 deep": (form(more={3: b"<< /A " * 100_000}), f"{DAMAGED}|{GAVE_UP}|{NO_FORM}"),
    "garbage": (b"%PDF-1.7\n" + bytes(range(256)) * 400, DAMAGED),
    "nothing after the first line": (b"%PDF-1.7\n", DAMAGED),
    "a table that leads to itself": (
        form(PAPER, Y).replace(b"/Root", b"/Prev 9 /Root"),
        f"{DAMAGED}|{NO_FORM}|",
    ),
    "root points nowhere": (form(PAPER).replace(b"/Root 1 0 R", b"/Root 9 0 R"), f"{DAMAGED}|{NO_FORM}"),
    "root is a number": (form(PAPER, more={1: b"42"}), f"{DAMAGED}|{NO_FORM}"),
    "an object stream of 150 MB": (in_object_stream(150), f"{DAMAGED}|{GAVE_UP}|{NO_FORM}"),
    "an object stream that is right": (in_object_stream(1), NO_FORM),
    "a value that points to itself": (form(PAPER, text(b"q1/Y", b"4 0 R"), more={4: b"4 0 R"}), DAMAGED),
    "more than 10 MB": (form(PAPER, Y) + bytes(10 * 1024 * 1024), "the PDF has more than 10 MB"),
}
"""What is refused, and why; where pypdf may see it in one way or another, all of them."""

ODD_VALUES: dict[str, bytes] = {
    "a list": b"[(3) (4)]",
    "a dictionary": b"<< /A (3) >>",
    "a name": b"/Three",
    "a number": b"3",
    "a truth": b"true",
    "bytes in no encoding": b"<819f>",
    "half a pair": b"<FEFFD800>",
    "a stream": b"4 0 R",
}
"""What may stand in place of a text: that field is lost, and no other."""
