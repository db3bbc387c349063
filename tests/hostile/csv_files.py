"""The CSV of a class: rows and columns without end, quotes that never close, formulas."""

from __future__ import annotations

from .cases import CODE, EMPTY, Case, refused, same

HEADER = "paper,student,dense/inputs\n"
LOST = {"dense/inputs": "UNREADABLE"}
FORMULAS = {
    "a formula": "=cmd|' /C calc'!A0",
    "a formula after a tab": "\t=cmd|' /C calc'!A0",
    "a formula after a minus": "-2+3+cmd|' /C calc'!A0",
    "a formula after an at sign": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("http://127.0.0.1/","3")',
    "a web service": '=WEBSERVICE("http://127.0.0.1/")',
}


def row(cell: str, student: str = "") -> str:
    """Return a class of one paper."""
    quoted = cell.replace('"', '""')
    return f'{HEADER}{CODE},{student},"{quoted}"\n'


CASES = [
    *(
        Case(name, f"formula-{number}.csv", same(row(cell)), verdicts=LOST)
        for number, (name, cell) in enumerate(FORMULAS.items())
    ),
    refused("open quote", "quote.csv", lambda: f'{HEADER}{CODE},,"' + "1\n" * 500_000, says="not a CSV file"),
    refused("quotes", "quotes.csv", lambda: HEADER + '"' * 1_000_000, says="not a CSV file"),
    refused("a cell of 200 kB", "cell.csv", lambda: row("9" * 200_000), says="not a CSV file"),
    Case("a cell of 100 kB", "long.csv", lambda: row("9" * 100_000), verdicts=LOST),
    refused("a million commas", "commas.csv", lambda: HEADER + "," * 1_000_000, "there is no row", EMPTY),
    refused(
        "a million columns", "columns.csv", lambda: "paper," + "a/b," * 250_000 + "\n", says="stands twice"
    ),
    refused(
        "3,000 columns",
        "wide.csv",
        lambda: "paper," + ",".join(f"q{n}/a" for n in range(3_000)) + f"\n{CODE}\n",
        says="at most 2000 are read",
    ),
    refused("a million rows", "rows.csv", lambda: HEADER + "x\n" * 1_000_000, says="more than 5000 rows"),
    Case(
        "a million empty rows", "empty.csv", lambda: HEADER + "\n" * 1_000_000 + f"{CODE},,x\n", verdicts=LOST
    ),
    refused("more than 2 MB", "large.csv", lambda: HEADER + " " * (2 << 20), says="more than 2 MB"),
    refused(
        "one column twice",
        "twice.csv",
        same(f"paper,dense/inputs,dense/inputs\n{CODE},1,2\n"),
        says="stands twice",
    ),
    refused(
        "no column for the paper", "none.csv", same("student,dense/inputs\ns,1\n"), says="no column 'paper'"
    ),
    refused(
        "a column of another kind",
        "kind.csv",
        same("paper,../../etc/passwd\nx,1\n"),
        says="no name of a column",
    ),
    Case("a shifted row", "shifted.csv", same(f"{HEADER}{CODE},,1,2,3\n"), verdicts=LOST),
    refused("NUL", "nul.csv", same(row("1\0")), says="NUL"),
    refused("Latin-1", "latin.csv", lambda: row("é").encode("latin-1"), says="not UTF-8"),
    Case("a date", "date.csv", same(row("1-Feb")), verdicts=LOST),
    Case(
        "carriage returns",
        "returns.csv",
        same(HEADER.replace("\n", "\r") + f"{CODE},,1e999\r"),
        verdicts=LOST,
    ),
    Case("a student who is a path", "path.csv", same(row("x", "../../../etc/passwd")), verdicts=LOST),
]
