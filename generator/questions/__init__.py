"""The kinds of question, one file each; the docstring of a file is its manual page."""
