"""What stands where in the folder of an exam.

::

    handout/     what students may see: CODE.html, CODE.pdf, CODE.answers.yaml, CODE.paper.json
    solutions/   the same papers with worked solutions
    print/       papers to be written on by hand: EXAM.pdf, all of them in one file, and CODE.pdf (a version
                 with a name on it: CODE.STUDENT.pdf); contact-sheet.pdf
    record/      exam.json, papers/CODE.json, roster.json (the class, and what was dealt to whom), papers.csv
                 and contact-sheet.html (whose paper is whose), lists.json (who is who on learning
                 platforms), marks.sqlite, release (what feedback pages tell, if it was decided), lock (empty:
                 the command that works on the papers holds it)
    marker/      for those who mark on paper: the key of every paper, and class.csv to type answers into
    marks/       marks.csv, for each student a record and a feedback page, waiting.yaml: what waits for you,
                 intake.csv: everything that arrived; report.html and statistics.csv: what the marks say;
                 likeness.csv: answers that are worth a look
    lms/         what `export` wrote for learning platforms, most of it with the answers; marks by `gradebook`
"""

from __future__ import annotations

HANDOUT = "handout"
SOLUTIONS = "solutions"
PRINT = "print"
RECORD = "record"
EXAM = "record/exam.json"
PAPERS = "record/papers"
CODES = "record/papers.csv"
CLASS_LIST = "record/roster.json"
LISTS = "record/lists.json"
CONTACT = "record/contact-sheet.html"
CONTACT_PRINTED = "print/contact-sheet.pdf"
STORE = "record/marks.sqlite"
LOCK = "record/lock"
RELEASE = "record/release"
MARKER = "marker"
CLASS = "marker/class.csv"
MARKS = "marks"
WAITING = "marks/waiting.yaml"
INTAKE = "intake.csv"  # in MARKS
REPORT = "report.html"  # in MARKS
STATISTICS = "statistics.csv"  # in MARKS
LIKENESS = "likeness.csv"  # in MARKS
LMS = "lms"
