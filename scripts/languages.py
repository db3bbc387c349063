"""Bring the catalogues of all languages up to date: `make languages`.

Every phrase that a student may read stands in the sources as the literal first argument of one of `KEYWORDS`,
in the templates as ``_("...")``, or in the table of misconceptions. Translations are kept; new phrases come
in empty, and those that are no longer said go. The same sources make the same bytes.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "generator" / "languages"
KEYWORDS = ("say", "translate", "phrase", "tell", "result", "sum_of", "size_formula", "_product")
SOURCES = {"generator": "**/*.py", "grader": "**/*.py", "templates": "**/*.j2"}
TABLE = "generator/questions/misconceptions.py"

_NO_WORDS = re.compile(r"\{\{ \w+ \}\}|\$[^$]*\$|[\W\d_]")
_IN_FORMULAS = re.compile(r"\\text\{[\s,:]*([^{}]*?)[\s,:]*\}")
_HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def phrases() -> dict[str, list[str]]:
    """Return every phrase of the sources with the files that say it."""
    found: dict[str, set[str]] = {}
    for file, text in _phrases():
        if _NO_WORDS.sub("", text):
            found.setdefault(text, set()).add(file)
    return {text: sorted(found[text]) for text in sorted(found)}


def _phrases() -> Iterator[tuple[str, str]]:
    from convexam.generator.questions.misconceptions import SENTENCES

    for folder, pattern in SOURCES.items():
        for path in sorted((ROOT / folder).glob(pattern)):
            with path.open("rb") as file:
                texts = said(file) if path.suffix == ".py" else translated(file)
                yield from ((path.relative_to(ROOT).as_posix(), text) for text in texts)
    for sentence in SENTENCES.values():
        yield TABLE, sentence


def translated(template: IO[bytes]) -> Iterator[str]:
    """Yield the phrases of a template."""
    for _line, _function, text, _comments in babel_extract(template, ["_"], [], {}):
        yield str(text)


def said(module: IO[bytes]) -> Iterator[str]:
    """Yield the phrases of a module; Babel's own extractor does not see calls that are nested in others.

    Raises
    ------
    SyntaxError
        If a phrase is put together where it is said: nobody could translate it.
    """
    tree = ast.parse(module.read())
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield from _IN_FORMULAS.findall(node.value)
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in KEYWORDS:
            text = node.args[0]
            if isinstance(text, ast.JoinedStr | ast.BinOp | ast.IfExp):
                raise SyntaxError(f"line {node.lineno}: {ast.unparse(text)} is no literal")
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def catalogue(code: str, before: bytes) -> bytes:
    """Write the catalogue of a language with the translations that it had before."""
    known = {message.id: message.string for message in read_po(io.BytesIO(before), locale=code)}
    fresh = Catalog(locale=code)
    for text, files in phrases().items():
        fresh.add(text, known.get(text) or "", locations=[(file, 0) for file in files])
    written = io.BytesIO()
    write_po(written, fresh, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    return _HEADER.format(code=code).encode() + written.getvalue()


def main() -> int:
    """Write all catalogues anew; say how many phrases of each wait for a translation."""
    for path in sorted(CATALOGUES.glob("*.po")):
        data = catalogue(path.stem, path.read_bytes())
        path.write_bytes(data)
        messages = [message for message in read_po(io.BytesIO(data), locale=path.stem) if message.id]
        empty = sum(not message.string for message in messages)
        sys.stdout.write(f"{path.name}: {len(messages)} phrases, {empty} without a translation\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
