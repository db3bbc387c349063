"""Convolutions written as one sparse matrix: the matrix, and how it is written out and counted."""
