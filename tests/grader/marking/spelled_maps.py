"""How people and programs write maps: each a function from rows of cells, as texts, to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

Cells = Sequence[Sequence[str]]
Layout = Callable[[Cells], "str | list[object] | None"]
"""In a text, ``NAME`` stands for what was asked."""


def _lines(cell: str, row: str = "\n", form: str = "{}") -> Layout:
    return lambda rows: form.format(row.join(cell.join(cells) for cells in rows))


def _nested(
    opened: str, closed: str, between: str = ", ", rows_between: str = ", ", form: str = "{}"
) -> Layout:
    def write(rows: Cells) -> str:
        lines = rows_between.join(f"{opened}{between.join(cells)}{closed}" for cells in rows)
        return form.format(f"{opened}{lines}{closed}")

    return write


def _columns(rows: Cells) -> str:
    return "\n".join("".join(f" {cell:>9}" for cell in cells) for cells in rows)


def _markdown(head: bool) -> Layout:
    def write(rows: Cells) -> str:
        lines = ["| " + " | ".join(cells) + " |" for cells in rows]
        empty = "|" + "  |" * len(rows[0])
        rule = "|" + "---|" * len(rows[0])
        return "\n".join([empty, rule, *lines] if head else [lines[0], rule, *lines[1:]])

    return write


def _ascii_table(rows: Cells) -> str:
    rule = "+" + "------+" * len(rows[0])
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([rule, *(f"{line}\n{rule}" for line in lines)])


def _boxed(rows: Cells) -> str:
    top, middle, bottom = (
        signs[0] + signs[1].join(["────"] * len(rows[0])) + signs[2] for signs in ("┌┬┐", "├┼┤", "└┴┘")
    )
    lines = [f"│ {' │ '.join(cells)} │" for cells in rows]
    return "\n".join([top, f"\n{middle}\n".join(lines), bottom])


def _printed(rows: Cells) -> str:
    """Write what sympy prints."""
    if len(rows) == 1:
        return f"[{'  '.join(rows[0])}]"
    sides = ["⎡⎤", *["⎢⎥"] * (len(rows) - 2), "⎣⎦"]
    lines = [f"{both[0]}{'  '.join(cells)}{both[1]}" for both, cells in zip(sides, rows, strict=True)]
    return "\n⎢    ⎥\n".join(lines)


def _latex(environment: str, form: str = "{}") -> Layout:
    begin = "array}{" + "cc" if environment == "array" else environment

    def write(rows: Cells) -> str:
        body = " \\\\\n".join(" & ".join(map(_as_latex, cells)) for cells in rows)
        return form.format(f"\\begin{{{begin}}}\n{body}\n\\end{{{environment}}}")

    return write


def _as_latex(cell: str) -> str:
    sign, number = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
    above, slash, below = number.partition("/")
    return rf"{sign}\frac{{{above}}}{{{below}}}" if slash else cell


def _numbered(form: str, first: int) -> Layout:
    return lambda rows: "\n".join(
        form.format(number) + " ".join(cells) for number, cells in enumerate(rows, first)
    )


LAYOUTS: dict[str, Layout] = {
    "lines": _lines(" "),
    "several spaces": _columns,
    "spaces that do not break": _lines("\u00a0"),
    "blank lines between": _lines(" ", "\n\n"),
    "Windows line ends": _lines(" ", "\r\n", "{}\r\n"),
    "a spreadsheet": _lines("\t"),
    "a spreadsheet, with an end": _lines("\t", "\r\n", "{}\r\n"),
    "a spreadsheet, indented": _lines("\t", "\n\t", "\t{}"),
    "CSV with semicolons": _lines(";"),
    "CSV with semicolons, ends": _lines(";", ";\n", "{};"),
    "semicolons and spaces": _lines("; "),
    "commas and spaces": _lines(", "),
    "commas and spaces, ends": _lines(", ", ",\n", "{},"),
    # of a single column these are cells of a row, unless the paper shows its size
    "rows of semicolons": lambda rows: _lines(" ", "; ")(rows) if len(rows[0]) > 1 else None,
    "bars": _lines(" | "),
    "Markdown": _markdown(head=False),
    "Markdown with an empty head": _markdown(head=True),
    "a table of characters": _ascii_table,
    "a table of a terminal": _boxed,
    "bars around": lambda rows: "\n".join(f"|{' '.join(cells)}|" for cells in rows),
    "lists": lambda rows: [list(cells) for cells in rows],
    "lists in a list": lambda rows: [[list(cells) for cells in rows]],
    "a list of lines": lambda rows: [" ".join(cells) for cells in rows] if len(rows[0]) > 1 else None,
    "Python": _nested("[", "]"),
    "Python without spaces": _nested("[", "]", ",", ","),
    "Python over lines": _nested("[", "]", rows_between=",\n "),
    "Python tuples": lambda rows: _nested("(", ")")(rows) if len(rows[0]) > 1 else None,
    "JSON of texts": lambda rows: json.dumps([list(cells) for cells in rows]),
    "Python texts": lambda rows: str([list(cells) for cells in rows]),
    "numpy prints": _nested("[", "]", " ", "\n "),
    "numpy shows": _nested("[", "]", ", ", ",\n       ", "array({})"),
    "numpy shows a type": _nested("[", "]", ", ", ",\n       ", "array({}, dtype=float32)"),
    "numpy": _nested("[", "]", form="np.array({})"),
    "torch prints": _nested("[", "]", ", ", ",\n        ", "tensor({})"),
    "torch prints an image": _nested("[", "]", ", ", ",\n          ", "tensor([[{}]], dtype=torch.float64)"),
    "sympy": _nested("[", "]", form="Matrix({})"),
    "sympy prints": _printed,
    "MATLAB": _lines(" ", "; ", "[{}]"),
    "MATLAB with commas": _lines(", ", "; ", "[{}]"),
    "MATLAB with an end": _lines(" ", "; ", "[{}];"),
    "MATLAB over lines": _lines(" ", "\n", "[{}]"),
    "MATLAB prints": lambda rows: f"NAME =\n\n{_columns(rows)}\n",
    "Mathematica": _nested("{", "}"),
    "Mathematica without spaces": _nested("{", "}", ",", ","),
    "LaTeX rows": lambda rows: " \\\\ ".join(" & ".join(map(_as_latex, cells)) for cells in rows) + r" \\",
    "LaTeX bmatrix": _latex("bmatrix"),
    "LaTeX pmatrix in dollars": _latex("pmatrix", "$${}$$"),
    "LaTeX array": _latex("array", r"\left[ {} \right]"),
    "LaTeX matrix in parentheses": _latex("matrix", r"\left({}\right)"),
    "LaTeX with its name": _latex("bmatrix", r"\[ NAME = {} \]"),
    "its name": _lines(" ", "\n", "NAME =\n{}"),
    "its name and lists": _nested("[", "]", form="NAME = {}"),
    "answer": _lines(" ", "\n", "Answer:\n{}"),
    "a code block": _lines(" ", "\n", "```\n{}\n```"),
    "numbered rows": _numbered("{}: ", 0),
    "rows with names": _numbered("Row {}: ", 1),
}
