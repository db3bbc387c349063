"""The fields of a filled-in PDF, read in a worker.

Only the form is looked at, never pages, texts, scripts or pictures.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from time import process_time
from typing import Any, TypeAlias

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, TextStringObject

from ...generator.frozen import frozen

MAX_FIELDS = 2_000
MAX_NODES = 3 * MAX_FIELDS  # fields, their groups and what shows them on pages
MAX_NAME = 256
MAX_SECONDS = 2  # of computing, for the objects of all fields
MAX_VALUE = 4_096  # one more is kept, so that it can be seen that it was too long

_MULTILINE = 1 << 12

Opened: TypeAlias = Callable[[Any], Any]
"""Looks an object up, or returns it as it is where it is no number."""


class Refused(Exception):  # noqa: N818 - a verdict on the file, in words for its owner
    """A file is no form that can be read; the message says why."""


@frozen
class Node:
    """A field or a group of fields, with what it takes over from the groups around it."""

    here: DictionaryObject
    name: str
    value: Any
    flags: Any


def fields(data: bytes) -> tuple[list[tuple[str, str | None]], bool]:
    """Return the names of all fields with their texts, and whether there are fields that cannot be read.

    A value that is no text is None.

    Raises
    ------
    Refused
        If this is no PDF, or one without a form that can be read.
    """
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Refused("the PDF is encrypted; save it without a password")
    root: Any = reader.trailer["/Root"].get_object()
    form = root.get("/AcroForm", NullObject()).get_object()
    listed = form.get("/Fields", NullObject()).get_object() if isinstance(form, DictionaryObject) else None
    opened = _opener()
    found = list(_leaves(listed, opened)) if isinstance(listed, ArrayObject) else []
    if not any(found):
        raise Refused("the PDF has no form fields; was it printed to a PDF? Save the form that was filled in")
    return [(node.name, _text(node, opened)) for node in found if node], None in found


def _opener() -> Opened:
    """Return what looks objects up, for a while: many numbers may lead to one, read anew for each of them."""
    until = process_time() + MAX_SECONDS

    def opened(item: Any) -> Any:
        if isinstance(item, IndirectObject) and process_time() > until:
            raise Refused("the form in the PDF takes too long to read; this is no paper of ours")
        return item.get_object()

    return opened


def _leaves(listed: ArrayObject, opened: Opened) -> Iterator[Node | None]:
    """Walk the tree of fields, without recursion, each object once and not too many of them.

    None stands for what should be a field and is none: its answer must not pass for a blank.
    """
    waiting = [(item, Node(DictionaryObject(), "", None, None)) for item in reversed(listed)]
    seen: set[Any] = set()
    count = leaves = 0
    while waiting:
        item, above = waiting.pop()
        count += 1
        if count > MAX_NODES or leaves > MAX_FIELDS or len(waiting) > MAX_NODES:
            raise Refused(f"the PDF has more than {MAX_FIELDS} fields; this is no paper of ours")
        number = getattr(item, "idnum", None)
        if number is not None and number in seen:
            raise Refused("the form in the PDF is damaged: a field stands in it twice; save the form again")
        seen.add(number)
        node = _node(opened(item), above)
        if node is None:
            yield None
            continue
        kids = opened(node.here.get("/Kids", NullObject()))
        inner = [kid for kid in kids if _is_named(opened(kid))] if isinstance(kids, ArrayObject) else []
        if inner:
            waiting += [(kid, node) for kid in reversed(inner)]
        else:
            leaves += 1
            yield node


def _is_named(here: Any) -> bool:
    """Say whether a kid is a field; without a name it only shows its parent on a page."""
    return isinstance(here, DictionaryObject) and "/T" in here


def _node(here: Any, above: Node) -> Node | None:
    if not isinstance(here, DictionaryObject) or not isinstance(name := here.get("/T"), TextStringObject):
        return None
    full = f"{above.name}.{name}" if above.name else str(name)
    if len(full) > MAX_NAME:
        raise Refused("the form in the PDF has a name that is too long; this is no paper of ours")
    return Node(here, _sound(full), here.get("/V", above.value), here.get("/Ff", above.flags))


def _text(node: Node, opened: Opened) -> str | None:
    """Return the text of a field; its line breaks count where it has several lines."""
    value = None if node.value is None else opened(node.value)
    if value is None or isinstance(value, NullObject):
        return ""
    if not isinstance(value, TextStringObject):  # names, lists, streams, bytes in no known encoding
        return None
    lines = value[: MAX_VALUE + 1].replace("\r\n", "\n").replace("\r", "\n")
    flags = node.flags
    several = isinstance(flags, int) and flags & _MULTILINE
    return _sound(lines if several else lines.replace("\n", " "))


def _sound(text: str) -> str:
    """Replace half surrogate pairs, which cannot be written to a file."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def answer(data: bytes) -> dict[str, Any]:
    """Read a PDF, whatever it is; what cannot be read is told in words."""
    try:
        with pypdf.apply_configuration(jbig2dec_binary=None):  # no program is to be started
            read, damaged = fields(data)
        return {"fields": read, "damaged": damaged}
    except Refused as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "the PDF could not be read: it would take too much memory"}
    except Exception:  # pypdf raises about anything on a damaged file
        return {"refused": "the PDF is damaged and could not be read; save the form again"}
