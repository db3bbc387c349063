"""What stands where in the folder of an exam.

::

    handout/     what students may see: CODE.html, CODE.pdf, CODE.answers.yaml, CODE.paper.json
    solutions/   the same papers with worked solutions
    record/      exam.json, papers/CODE.json, marks.sqlite: what was drawn, what is right, what was handed in
    marks/       marks.csv, and for each student a record and a feedback page
"""

from __future__ import annotations

HANDOUT = "handout"
SOLUTIONS = "solutions"
RECORD = "record"
EXAM = "record/exam.json"
PAPERS = "record/papers"
STORE = "record/marks.sqlite"
MARKS = "marks"
