"""Rules of re-marking: what an instructor changes after answers were marked, and who moves."""
