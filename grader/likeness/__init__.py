"""Answers that are like another student's, for a person to look at."""
