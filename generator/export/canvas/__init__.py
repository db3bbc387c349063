"""Questions for Canvas: a QTI 1.2 package that classic quizzes and New Quizzes take in.

In a question of several blanks Canvas compares texts, never numbers: so each blank is a question of its own.
"""
