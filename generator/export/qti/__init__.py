"""Questions as QTI packages: one tree in the vocabulary of QTI 2.1, written as 2.1, 2.2 or 3.0."""
