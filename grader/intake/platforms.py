"""The names in what a learning platform hands out say who sent each file.

Each platform names all files in its own way. Which platform it was is seen from all names in a folder, never
from one: a student can call a file as any platform would. For the same reason nothing is looked for below a
folder that a platform made for somebody. An unpacked archive and the archive itself are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from ...generator.errors import DataError
from ...generator.frozen import frozen
from .gradescope import METADATA, read_metadata, sender_of
from .handed_in import Platform, Sender

_MOODLE = re.compile(
    r"(?P<name>.*?)_(?P<key>[0-9]{1,18})_assignsubmission_(?P<kind>file|onlinetext)(?:_?/|_(?P<own>[^/]+))",
    re.DOTALL,
)
_CANVAS = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE)?_(?P<key>[0-9]{1,18})_"
    r"(?:(?P<order>[0-9]{1,18})_(?P<own>[^/]+)|(?P<kind>text|link)\.html)",
    re.DOTALL,
)
_CANVAS_ANONYMOUS = re.compile(
    r"anon(?P<late>_LATE)?_(?P<key>[A-Za-z0-9]{1,64})(?P<later>_LATE)?_"
    r"(?:(?P<order>[0-9]{1,18})_(?P<own>[^/]+)|(?P<kind>text|link)\.html)",
    re.DOTALL,
)
_CANVAS_COPY = re.compile(r"-[0-9]{1,2}(?=(?:\.[^.]*)?$)")
_BRIGHTSPACE_KEY = re.compile(r"#?(?P<key>\S{1,64}?)(?:-[0-9]{1,18})?")
_BRIGHTSPACE_DATE = re.compile(
    r"(?P<month>[A-Za-z]{3})[a-z]*\.? (?P<day>[0-9]{1,2}), (?P<year>20[0-9]{2}),? "
    r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})(?: ?(?P<half>[AP]M))?"
)
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF_PLATFORMS = {METADATA, "index.html"}
_LONGEST = 200
_TYPED = "was typed or linked in {platform} and is no file; read it there, and mark it by hand"


@frozen
class Sent:
    """A file as the platform that handed it out knows it.

    Attributes
    ----------
    sender
        Who sent it; None where nobody did.
    own_name
        What the student called it; empty where the name only says whose folder it is.
    problem
        Why it holds no answers.
    """

    sender: Sender | None = None
    own_name: str = ""
    problem: str = ""

    @property
    def is_of_platform(self) -> bool:
        """Whether the platform wrote it itself, and nothing is wrong with it."""
        return self.sender is None and not self.problem


Layout: TypeAlias = "Callable[[str], Sent | None]"
"""What a platform says by the name of a file, or of a folder, which ends in ``/``."""


def senders(names: Iterable[str], read: Callable[[str], bytes]) -> dict[str, Sent]:
    """Say who sent which file; files that no platform named are left out.

    Parameters
    ----------
    names
        All files that belong together, each with the folders it lies in, separated by ``/``.
    read
        Reads the file of a name; only lists that a platform wrote are asked for.
    """
    found: dict[str, Sent] = {}
    folders = [("", list(names))]
    while folders:
        above, below = folders.pop()
        entries: dict[str, list[str]] = {}
        for name in below:
            entry, slash, _ = name[len(above) :].partition("/")
            entries.setdefault(entry + slash, []).append(name)
        known, problem = _metadata(above + METADATA, entries, read)
        sent = _sent(entries, known)
        for entry, inside in entries.items():
            if entry in sent:
                found |= {name: _inside(sent[entry], name[len(above + entry) :]) for name in inside}
            elif sent and entry in _OF_PLATFORMS:
                found[above + entry] = Sent(problem=problem)
            elif entry.endswith("/"):
                folders.append((above + entry, inside))
    return found


def _inside(sent: Sent, below: str) -> Sent:
    """Return what is known of a file in somebody's folder; of a file itself, nothing changes."""
    if not below:
        return sent
    return replace(sent, own_name=below, problem=sent.problem if below.lower().endswith(".html") else "")


def _metadata(
    name: str, entries: Collection[str], read: Callable[[str], bytes]
) -> tuple[Mapping[str, Sender], str]:
    """Read the list that Gradescope puts beside submissions, or say why it is no such list."""
    if METADATA not in entries:
        return {}, ""
    try:
        return read_metadata(read(name), name), ""
    except (DataError, OSError) as error:
        reason = error.faults[0].message if isinstance(error, DataError) else str(error.strerror)
        return {}, f"does not say who handed in what, so the codes of the papers do: {reason}"


def _sent(entries: Collection[str], known: Mapping[str, Sender]) -> dict[str, Sent]:
    """Return who sent the folders and files beside each other, if most are named as one platform does.

    Files that lie loose beside folders of a platform do not matter.
    """
    others = set(entries) - _OF_PLATFORMS
    folders = {entry for entry in others if entry.endswith("/")}
    layouts: list[Layout] = [_moodle, _canvas, _brightspace, partial(_gradescope, known)]
    return _named(folders, layouts) | _named(others - folders, layouts)


def _named(entries: Collection[str], layouts: Iterable[Layout]) -> dict[str, Sent]:
    by_layout = [{entry: sent for entry in entries if (sent := layout(entry))} for layout in layouts]
    most = max(by_layout, key=_weight)
    return most if len(most) > len(entries) / 2 else {}


def _weight(sent: Mapping[str, Sent]) -> tuple[int, int]:
    """Say which layout it rather is: of most names, and if of all alike, what students write stands last."""
    return len(sent), sum(len(each.own_name) for each in sent.values())


# -- platforms ----------------------------------------------------------------------------------


def _moodle(entry: str) -> Sent | None:
    """``Name_12_assignsubmission_file/``, or with the name of the file behind it; N is of the assignment."""
    match = _MOODLE.fullmatch(entry)
    if match is None:
        return None
    sent = Sent(Sender(Platform.MOODLE, match["key"], _line(match["name"])), match["own"] or "")
    return _typed(sent) if match["kind"] == "onlinetext" else sent


def _canvas(entry: str) -> Sent | None:
    """``name[_LATE]_USER_ATTACHMENT_file``; the ids of attachments grow from one attempt to the next."""
    match = _CANVAS_ANONYMOUS.fullmatch(entry) or _CANVAS.fullmatch(entry)
    if match is None:
        return None
    groups = match.groupdict()
    sender = Sender(
        Platform.CANVAS,
        match["key"],
        _line(groups.get("name", "anonymous")),
        order=int(match["order"] or 0),
        late=bool(groups["late"] or groups.get("later")),
    )
    if match["kind"]:
        return _typed(Sent(sender, f"{match['kind']}.html"))
    return Sent(sender, _CANVAS_COPY.sub("", match["own"]))


def _brightspace(entry: str) -> Sent | None:
    """``ID - Name - Date/``, or with the name of the file behind it; seen in scripts of others only."""
    is_folder = entry.endswith("/")
    first, *parts = entry.removesuffix("/").split(" - ")
    key = _BRIGHTSPACE_KEY.fullmatch(first)
    date = next((place for place, part in enumerate(parts) if place and _YEAR.search(part)), 0)
    own_name = " - ".join(parts[date + 1 :])
    if key is None or not date or is_folder == bool(own_name):
        return None
    name = _line(" - ".join(parts[:date]))
    return Sent(Sender(Platform.BRIGHTSPACE, key["key"], name, order=_minute(parts[date])), own_name)


def _minute(date: str) -> int:
    """Write a date as a number that grows with time; 0 for one that is written in another way."""
    match = _BRIGHTSPACE_DATE.fullmatch(date)
    if match is None or match["month"].lower() not in _MONTHS:
        return 0
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"] == "PM")
    month = _MONTHS.index(match["month"].lower()) + 1
    return int(f"{match['year']}{month:02}{int(match['day']):02}{hour:02}{match['minute']}")


def _gradescope(known: Mapping[str, Sender], entry: str) -> Sent | None:
    """``submission_123/``, or ``123.pdf``, beside a list that says who handed it in."""
    name = entry.removesuffix("/")
    sender = known.get(name) or (sender_of(name) if entry.endswith("/") else None)
    return Sent(sender, "" if entry.endswith("/") else name) if sender else None


def _typed(sent: Sent) -> Sent:
    platform = sent.sender.platform.capitalize() if sent.sender else ""
    return replace(sent, problem=_TYPED.format(platform=platform))


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text[:_LONGEST]).split())
