"""What students hand in becomes a `Submission`: raw answers, and what was odd about the file."""
