"""Marks as people and programs read them: JSON records, CSV, feedback pages, a table in the terminal."""
