"""What the store asks of its database, and what takes more than a line to add to it."""

from __future__ import annotations

# What arrived again keeps the number of its first arrival. Of a row of a class, and of what could not be
# read, the last arrival from a place holds: a row that was corrected is no second attempt. An empty row
# corrects nothing.
ARRIVALS = """
SELECT arrival.source, sha256, outcome, student, paper, is_row, platform, sender, name, email, attempt, late,
  known, notes, kept.first
FROM (SELECT MIN(id) AS first, MAX(id) AS last FROM arrival GROUP BY source, sha256) AS kept
JOIN arrival ON arrival.id = kept.last
WHERE ? = (outcome = 'read' AND NOT is_row OR id = (
  SELECT MAX(id) FROM arrival AS other WHERE other.source = arrival.source
    AND (other.outcome <> 'not typed into' OR arrival.outcome = 'not typed into')
))
ORDER BY kept.first
"""
LAST_ARRIVAL = """
SELECT outcome, student, paper, is_row, platform, sender, name, email, attempt, late, known, notes
FROM arrival WHERE source = ? AND sha256 = ? ORDER BY id DESC LIMIT 1
"""
FIRST_ARRIVAL = "SELECT MIN(id) FROM arrival WHERE source = ? AND sha256 = ?"
LAST_OF_SOURCE = "SELECT sha256 FROM arrival WHERE source = ? ORDER BY id DESC LIMIT 1"
RESULT = """
SELECT MAX(id) FROM result
WHERE submission = ? AND student = ? AND paper = ? AND exam_sha256 = ? AND rules = ?
"""
SUBMISSION = """
SELECT sha256, submission.student, submission.paper, bytes FROM result JOIN submission
  ON sha256 = submission AND submission.student = result.student AND submission.paper = result.paper
WHERE result.id = ?
"""
LAST_RECORD = """
SELECT record FROM result WHERE submission = ? AND student = ? AND paper = ? ORDER BY id DESC LIMIT 1
"""
SETTLED = "SELECT said, record FROM settled WHERE result = ? ORDER BY id DESC LIMIT 1"
COUNT = """
SELECT (SELECT COUNT(*) FROM judgement WHERE student = ?1)
  + (SELECT COUNT(*) FROM override WHERE student = ?1)
"""
JUDGEMENTS = """
SELECT student, paper, item, field, sha256, points, remark FROM judgement
WHERE id IN (SELECT MAX(id) FROM judgement GROUP BY student, paper, item, field, sha256)
"""
JUDGEMENTS_OF = """
SELECT student, paper, item, field, sha256, points, remark FROM judgement
WHERE id IN (SELECT MAX(id) FROM judgement WHERE student = ? GROUP BY paper, item, field, sha256)
"""
OVERRIDES_OF = """
SELECT paper, item, points, reason FROM override
WHERE id IN (SELECT MAX(id) FROM override WHERE student = ? GROUP BY paper, item)
"""
MAKE_RULE = """
INSERT INTO rule (text, reason) SELECT ?1, ?2 WHERE NOT EXISTS (
  SELECT * FROM rule WHERE id = (SELECT MAX(id) FROM rule) AND text = ?1 AND reason = ?2
)
"""
UNDO_RULE = """
INSERT INTO rule (text, undoes, reason) SELECT '', ?1, ?2
WHERE NOT EXISTS (SELECT * FROM rule WHERE undoes = ?1)
"""
