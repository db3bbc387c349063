"""Filled-in PDFs that swell, lead round in circles, hold programs, or hold something else than text.

Besides these, `tests/grader/intake/pdf_samples.py` holds forms that are damaged in one place.
"""

from __future__ import annotations

import zlib
from functools import partial

from ..grader.intake.pdf_samples import (
    ENCRYPTED,
    deflated,
    form,
    in_object_stream,
    nested,
    of_one_place,
    of_one_value,
    stream,
    text,
    updated,
)
from .cases import CODE, REFUSED, Case, refused, same

PAPER = text(b"paper", b"(%s)" % CODE.encode(), b"/Ff 1")
BOX = b"dense/inputs"
DAMAGED = "the PDF is damaged"
LOST = {"dense/inputs": "UNREADABLE"}


def answered(value: bytes, fourth: bytes | None = None) -> bytes:
    """Return a form with one answer, written as it is, and an object of the number 4."""
    return form(PAPER, text(BOX, value), more=None if fourth is None else {4: fourth})


def flooded(megabytes: int, layers: int) -> bytes:
    """Return an answer that is a stream of zeros, deflated again and again."""
    content, filters = bytes(megabytes << 20), b" ".join([b"/FlateDecode"] * layers)
    for _ in range(layers):
        content = zlib.compress(content)
    return answered(b"4 0 R", fourth=stream(content, b"/Filter [%s]" % filters))


def with_many_updates(count: int) -> bytes:
    """Return a form that was saved again and again; the last answer counts."""
    data = answered(b"(0)")
    for number in range(count):
        data = updated(data, 11, text(BOX, b"(%d and more)" % number))
    return data


def acting(entry: bytes, action: bytes) -> bytes:
    """Return a form whose catalogue wants something done when it is opened."""
    catalogue = b"<< /Type /Catalog /Pages 2 0 R /AcroForm 3 0 R %s 4 0 R >>" % entry
    return form(PAPER, text(BOX, b"(run!)", b"/AA << /K 4 0 R >>"), more={1: catalogue, 4: action})


def kids(count: int) -> bytes:
    """Return a chain of groups, each the parent of the next one twice."""
    groups = {
        number: b"<< /T (g%d) /Kids [%d 0 R %d 0 R] >>" % (number, number + 1, number + 1)
        for number in range(20, 20 + count)
    }
    return form(more={3: b"<< /Fields [20 0 R] >>", **groups, 20 + count: text(BOX, b"(3)")})


ACTIONS = {
    "JavaScript": b"<< /S /JavaScript /JS (app.launchURL('http://127.0.0.1/');while(true){}) >>",
    "a program": b"<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>",
    "a form that is sent": b"<< /S /SubmitForm /F (http://127.0.0.1/) >>",
    "a file of another place": b"<< /S /GoToR /F (file:///etc/passwd) /D [0 /Fit] >>",
    "an action after itself": b"<< /S /JavaScript /JS (1) /Next 4 0 R >>",
}
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&b;&x;</a>"""

PREDICTOR = b"/DecodeParms << /Predictor 15 /Columns 999999999 >>"
FLAGS = b"/Ff " + b"9" * 100_000
TWO = "two fields of the name"
SLOW = "takes too long to read"
ZERO = answered(b"(0!)")


def endless(length: bytes) -> bytes:
    """Return a stream that is as long as it says."""
    return b"<< /Length %s >>\nstream\nx\nendstream" % length


def many() -> bytes:
    """Return a form of many boxes."""
    return form(PAPER, *(text(b"dense/f%d" % n, b"(3)") for n in range(50_000)))


def groups() -> bytes:
    """Return a box in a group in a group in a group."""
    return form(more={3: b"<< /Fields [10 0 R] >>", **dict(enumerate(nested(2_000), 10))})


def laughing() -> bytes:
    """Return a form with a second one in XML, which holds a bomb and asks for a file."""
    more = {3: b"<< /Fields [10 0 R 11 0 R] /XFA 4 0 R >>", 4: stream(LAUGHS)}
    return form(PAPER, text(BOX, b"(x)"), more=more)


CASES = [
    *(
        Case(f"runs {name}", f"acts-{number}.pdf", same(acting(b"/OpenAction", action)), verdicts=LOST)
        for number, (name, action) in enumerate(ACTIONS.items())
    ),
    *(
        Case(name, file, partial(answered, value), verdicts=LOST)
        for name, file, value in (
            ("a list", "list.pdf", b"[(3) (4)]"),
            ("a dictionary", "dictionary.pdf", b"<< /V (3) >>"),
            ("a name", "name.pdf", b"/#33"),
            ("steers a terminal", "terminal.pdf", b"(\\033[31m =cmd <script>\\033[2J)"),
            ("parentheses", "parentheses.pdf", b"(" * 500_000 + b")" * 500_000),
        )
    ),
    *(
        Case(name, file, partial(answered, value), verdicts=LOST, is_long=True)
        for name, file, value in (
            ("a value of 8 MB", "value.pdf", b"(" + b"9" * (8 << 20) + b")"),
            ("hexadecimal, 4 MB", "hex.pdf", b"<" + b"39" * (2 << 20) + b">"),
            ("escapes", "escapes.pdf", b"(" + b"\\071" * (2 << 20) + b")"),
        )
    ),
    *(
        refused(name, file, partial(answered, value, fourth=more), DAMAGED)
        for name, file, value, more in (
            ("lists, 100,000 deep", "lists.pdf", b"[" * 100_000, None),
            ("a number", "number.pdf", b"9" * 100_000, None),
            ("a value that is itself", "itself.pdf", b"4 0 R", b"4 0 R"),
            ("a length without end", "length.pdf", b"4 0 R", endless(b"99999999999")),
            ("a length that is itself", "lengths.pdf", b"4 0 R", endless(b"4 0 R")),
        )
    ),
    *(
        Case(name, file, partial(answered, b"4 0 R", fourth=value), verdicts=LOST)
        for name, file, value in (
            ("a stream", "stream.pdf", deflated(b"3")),
            ("a predictor of a milliard columns", "predictor.pdf", deflated(b"x", PREDICTOR)),
        )
    ),
    *(
        refused(name, file, same(data), says)
        for name, file, data, says in (
            ("two boxes of one name", "twice.pdf", form(PAPER, text(BOX, b"(3)"), text(BOX, b"(4)")), TWO),
            ("two papers", "papers.pdf", form(PAPER, PAPER, text(BOX, b"(3)")), TWO),
            ("encrypted", "encrypted.pdf", form(PAPER, trailer=ENCRYPTED), "is encrypted"),
            ("flags of 100,000 digits", "flags.pdf", form(PAPER, text(BOX, b"(x)", FLAGS)), DAMAGED),
            ("a table of a milliard", "table.pdf", ZERO.replace(b"xref\n0 1", b"xref\n0 999999999"), DAMAGED),
            ("60 fields in 2 to the power of 60 places", "double.pdf", kids(60), "stands in it twice"),
        )
    ),
    refused("groups, 2,000 deep", "groups.pdf", groups, "too long"),
    refused("1,900 numbers of one field", "place.pdf", partial(of_one_place, 1_900), SLOW, is_long=True),
    refused("1,900 numbers of one value", "values.pdf", partial(of_one_value, 1_900), SLOW, is_long=True),
    refused("50,000 fields", "many.pdf", many, "more than 2000 fields"),
    refused("ten megabytes of comments", "comments.pdf", lambda: b"%PDF-1.7\n" + b"%" * 10_000_000, DAMAGED),
    refused("eleven megabytes", "large.pdf", lambda: ZERO + bytes(11 << 20), "more than 10 MB", REFUSED),
    *(
        refused(name, file, make, DAMAGED, is_long=True)
        for name, file, make in (
            ("an object stream of 300 MB", "objects.pdf", partial(in_object_stream, 300)),
            ("a million objects", "million.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000),
        )
    ),
    *(
        Case(name, file, make, verdicts=LOST)
        for name, file, make in (
            ("100 MB in a stream", "bomb.pdf", partial(flooded, 100, 1)),
            ("100 MB in three streams", "bombs.pdf", partial(flooded, 100, 3)),
            ("3,000 updates", "updates.pdf", partial(with_many_updates, 3_000)),
            ("half an update", "half.pdf", lambda: updated(ZERO, 11, text(BOX, b"(1!)"))[:-60]),
            ("an update that leads to itself", "loop.pdf", lambda: ZERO.replace(b"/Root", b"/Prev 9 /Root")),
            ("a milliard laughs", "xfa.pdf", laughing),
            ("a zip archive as well", "zip.pdf", lambda: ZERO + b"PK\x05\x06" + bytes(18)),
        )
    ),
    Case("an open text", "open.pdf", lambda: answered(b"(" * 9_000_000)),
    Case("a name of another place", "path.pdf", lambda: form(PAPER, text(b"../../etc/passwd", b"(3)"))),
]
